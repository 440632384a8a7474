//! The result of a test sign-in as a page shows it.

use axum::http::StatusCode;
use guide::diagnosis::{Checks, Diagnosis, ErrorFacts};
use guide::{Guide, GuideContext, SpValues};
use i18n::Localizer;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use serde_json::Value;
use service::connection::ConnectionRef;
use service::sign_in::attribute_mapping::{has_joined_emails, looks_joined};
use service::sign_in::error::Code;
use service::sign_in::test_result::{MappedUser, SentAttribute, TestOutcome, TestResult};
use service::{Actor, connection, domain, sign_in_attempt};
use store::{
    AttemptKind, AttemptOutcome, Connection, MemberId, Organization, Provider, StoreError,
};

use service::actor_name;

/// More attributes with an email address are not offered.
const MAX_EMAIL_CANDIDATES: usize = 5;

#[derive(Debug)]
pub(crate) struct TestView {
    pub connection: String,
    pub attempt: String,
    pub checks: Checks,
    /// The member that the response stands for. Missing when the response was rejected.
    pub user: Option<UserView>,
    /// What an administrator must know although the response is valid.
    pub warnings: Vec<String>,
    /// The tester as the audit log names them.
    pub tester: String,
    /// The tester's name.
    pub tested_by: String,
    pub tested_at: String,
    /// Where the administrator makes an attribute the email attribute, if they may.
    pub email_action: Option<String>,
    is_accepted: bool,
    /// Whether the reader sees only what the identity provider sent, and nothing of the organization's members.
    is_limited: bool,
}

/// Who reads a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TestReader {
    Admin,
    /// The recipient of a setup link, who chooses at their own identity provider whom a test names. They do not learn who is
    /// a member until they have proved that the domain of the address is theirs.
    SetupLink(Actor),
}

/// The member that a response stands for.
#[derive(Debug)]
pub(crate) struct UserView {
    /// What a sign-in would do, or why it would fail; `None` for a limited reader.
    pub outcome: Option<String>,
    /// The code with which a sign-in would fail.
    pub error_code: Option<String>,
    pub diagnosis: Option<Diagnosis>,
    pub role: Option<String>,
    /// The identifier of the account.
    pub subject: String,
    pub profile: MappedUser,
    pub attributes: Vec<AttributeRow>,
    /// Explains the role when no rules map groups to roles.
    pub role_hint: Option<String>,
}

/// An attribute of the response.
#[derive(Debug)]
pub(crate) struct AttributeRow {
    pub name: String,
    pub values: Vec<String>,
    /// The labels of the profile's fields that it fills.
    pub fills: Vec<String>,
}

impl TestView {
    /// Loads the result of a test.
    ///
    /// # Errors
    ///
    /// The problem `not-found` when the organization has no test with this ID.
    pub(crate) async fn load(
        app: &App,
        text: Localizer,
        organization: &Organization,
        id: &str,
        reader: TestReader,
    ) -> Result<Self, Problem> {
        let organization_id = organization.id.as_str();
        let attempt = sign_in_attempt::show(app, organization_id, id).await?;
        if attempt.kind != AttemptKind::Test {
            return Err(Problem::not_found("test", id));
        }
        let result = sign_in_attempt::test_result(app, organization_id, id).await?;
        let tester = attempt.tested_by.clone().unwrap_or_default();
        let target = ConnectionRef::InOrganization(organization_id, &attempt.connection);
        let connection = find_connection(app, target).await?;
        let values = match &connection {
            Some(connection) => SpValues::load(app, connection).await?,
            None => SpValues::without_connection(app),
        };
        let settings = connection.map(|connection| connection.settings);
        let provider = settings.as_ref().map(|settings| settings.provider);
        let renderer = ResultRenderer {
            app,
            organization,
            guide: Guide::for_provider(provider.unwrap_or(Provider::Other)),
            context: GuideContext {
                text,
                values: &values,
            },
            has_rules: settings.is_some_and(|settings| !settings.role_rules.is_empty()),
        };
        let is_limited = match (&reader, &result) {
            (TestReader::Admin, _) => false,
            (TestReader::SetupLink(_), None) => true,
            (TestReader::SetupLink(link), Some(result)) => {
                !has_proved_domain(app, link, organization, result).await?
            }
        };
        let (warnings, user) = match result {
            Some(result) if is_limited => (Vec::new(), Some(limited_user(result, text))),
            Some(result) => (
                renderer.warnings(&result).await?,
                Some(renderer.user(result).await?),
            ),
            None => (Vec::new(), None),
        };
        Ok(Self {
            user,
            warnings,
            checks: Checks::parse(
                &attempt.checks.to_string(),
                renderer.guide,
                &renderer.context,
            ),
            tested_by: actor_name(app, text, &tester).await?,
            tester,
            tested_at: attempt.finished_at.unwrap_or(attempt.started_at),
            email_action: None,
            is_accepted: attempt.outcome == Some(AttemptOutcome::Accepted),
            connection: attempt.connection,
            attempt: attempt.id,
            is_limited,
        })
    }

    /// Whether the response was accepted and a sign-in would succeed.
    pub(crate) fn is_passed(&self) -> bool {
        let would_fail = |user: &UserView| user.error_code.is_some();
        self.is_accepted && !self.user.as_ref().is_some_and(would_fail)
    }

    /// Whether the test passed, but without an email address.
    pub(crate) fn lacks_email(&self) -> bool {
        let lacks_email = |user: &UserView| user.profile.email.is_none();
        self.is_passed() && self.user.as_ref().is_some_and(lacks_email)
    }

    /// The attributes that contain an email address, each with the address: one of them can become the email attribute.
    pub(crate) fn email_candidates(&self) -> Vec<(&str, String)> {
        let attributes = self.user.iter().flat_map(|user| &user.attributes);
        let candidate = |row: &'_ AttributeRow| {
            let mut values = row.values.iter();
            values.find_map(|value| EmailAddress::parse(value))
        };
        attributes
            .filter_map(|row| Some((row.name.as_str(), candidate(row)?.to_string())))
            .take(MAX_EMAIL_CANDIDATES)
            .collect()
    }

    /// The attribute that holds several addresses in one value.
    pub(crate) fn joined_emails(&self) -> Option<&str> {
        let mut attributes = self.user.iter().flat_map(|user| &user.attributes);
        let is_joined = |row: &&AttributeRow| row.values.iter().any(|one| has_joined_emails(one));
        attributes.find(is_joined).map(|row| row.name.as_str())
    }

    /// Whether the reader sees only what the identity provider sent.
    pub(crate) fn is_limited(&self) -> bool {
        self.is_limited
    }

    /// Whether the response was accepted.
    pub(crate) fn is_accepted(&self) -> bool {
        self.is_accepted
    }
}

/// The connection with the settings of its draft; `None` when it was deleted.
async fn find_connection(
    app: &App,
    target: ConnectionRef<'_>,
) -> Result<Option<Connection>, Problem> {
    match connection::load_working_copy(app, target).await {
        Ok(working) => Ok(Some(working.connection)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Whether the recipient of a setup link has verified the domain of the tested email address.
async fn has_proved_domain(
    app: &App,
    link: &Actor,
    organization: &Organization,
    result: &TestResult,
) -> Result<bool, Problem> {
    let email = result.user.email.as_deref().and_then(EmailAddress::parse);
    match email {
        Some(email) => domain::is_proved_by(app, link, organization, email.domain()).await,
        None => Ok(false),
    }
}

/// What the identity provider sent, without what the organization's members make of it.
fn limited_user(result: TestResult, text: Localizer) -> UserView {
    UserView {
        outcome: None,
        error_code: None,
        diagnosis: None,
        role: None,
        subject: subject_value(&result.subject),
        profile: MappedUser {
            email_verified: None,
            ..result.user
        },
        attributes: attribute_rows(result.attributes, text),
        role_hint: None,
    }
}

fn attribute_rows(attributes: Vec<SentAttribute>, text: Localizer) -> Vec<AttributeRow> {
    let row = |attribute: SentAttribute| AttributeRow {
        name: attribute.name,
        values: attribute.values,
        fills: attribute
            .fields
            .iter()
            .map(|field| field_label(text, field))
            .collect(),
    };
    attributes.into_iter().map(row).collect()
}

/// Puts a result into the reader's words.
struct ResultRenderer<'r> {
    app: &'r App,
    organization: &'r Organization,
    guide: &'static Guide,
    context: GuideContext<'r>,
    /// Whether rules map groups to roles.
    has_rules: bool,
}

impl ResultRenderer<'_> {
    async fn warnings(&self, result: &TestResult) -> Result<Vec<String>, StoreError> {
        let text = self.context.text;
        let mut warnings = Vec::new();
        if result.groups_left_out > 0 {
            let count = [("count", result.groups_left_out.into())];
            warnings.push(text.format("test-groups-left-out", &count));
        }
        if result.groups_too_long > 0 {
            let count = [("count", result.groups_too_long.into())];
            warnings.push(text.format("test-groups-too-long", &count));
        }
        if let Some([group]) = result.user.groups.as_deref()
            && looks_joined(group)
        {
            let group = [("group", group.as_str().into())];
            warnings.push(text.format("test-groups-joined", &group));
        }
        let Some(email) = &result.user.email else {
            return Ok(warnings);
        };
        let email = [("email", email.as_str().into())];
        if result.duplicates_email {
            warnings.push(text.format("test-member-duplicate", &email));
        }
        if result.email_left_out {
            warnings.push(text.format("test-email-left-out", &email));
        } else if self.is_outside_domains(&result.user).await? {
            warnings.push(text.format("test-email-unverified-hint", &email));
        }
        Ok(warnings)
    }

    /// Whether the email address is unverified, and outside the organization's verified domains.
    ///
    /// No address is outside while the organization has no verified domain. Whether another organization has verified the
    /// domain stays secret: testers choose the address that they send.
    async fn is_outside_domains(&self, profile: &MappedUser) -> Result<bool, StoreError> {
        let (Some(email), Some(false)) = (&profile.email, profile.email_verified) else {
            return Ok(false);
        };
        let Some(email) = EmailAddress::parse(email) else {
            return Ok(false);
        };
        let tenant = self.organization.id.clone();
        let domains = self
            .app
            .store
            .snapshot()
            .await?
            .organization(&tenant)
            .domains()
            .await?;
        let mut verified = domains
            .iter()
            .filter(|domain| domain.verified_at.is_some())
            .peekable();
        Ok(verified.peek().is_some() && verified.all(|domain| domain.name != email.domain()))
    }

    async fn user(&self, result: TestResult) -> Result<UserView, StoreError> {
        let text = self.context.text;
        let member_argument = |name: String| [("member", name.into())];
        let role_hint_key = match &result.outcome {
            TestOutcome::Provisioned => "test-role-default",
            TestOutcome::Existing { .. }
            | TestOutcome::Invited { .. }
            | TestOutcome::Moved { .. }
            | TestOutcome::Rejected { .. } => "test-role-no-rules",
        };
        let (outcome, error_code) = match &result.outcome {
            TestOutcome::Existing { member } => {
                let name = self.member_name(member).await?;
                (
                    text.format("test-member-known", &member_argument(name)),
                    None,
                )
            }
            TestOutcome::Moved { member } => {
                let name = self.member_name(member).await?;
                (
                    text.format("test-member-moved", &member_argument(name)),
                    None,
                )
            }
            TestOutcome::Invited { member } => {
                let name = self.member_name(member).await?;
                (
                    text.format("test-member-invited", &member_argument(name)),
                    None,
                )
            }
            TestOutcome::Provisioned => (text.get("test-member-new"), None),
            TestOutcome::Rejected { code, detail } => (detail.clone(), Some(code.clone())),
        };
        let facts = ErrorFacts {
            received: None,
            detail: Some(&outcome),
        };
        let diagnosis = error_code
            .as_deref()
            .and_then(|code| code.parse().ok())
            .map(|code: Code| Diagnosis::for_code(code, facts, self.guide, &self.context));
        Ok(UserView {
            outcome: Some(outcome),
            error_code,
            diagnosis,
            role: result.role,
            subject: subject_value(&result.subject),
            profile: result.user,
            attributes: attribute_rows(result.attributes, text),
            role_hint: (!self.has_rules).then(|| text.get(role_hint_key)),
        })
    }

    async fn member_name(&self, member: &str) -> Result<String, StoreError> {
        let Ok(id) = MemberId::parse(member) else {
            return Ok(member.to_owned());
        };
        let tenant = self.organization.id.clone();
        let found = self
            .app
            .store
            .snapshot()
            .await?
            .organization(&tenant)
            .member(&id)
            .await?;
        Ok(found
            .and_then(|member| member.profile.name.or(member.profile.email))
            .unwrap_or_else(|| member.to_owned()))
    }
}

fn field_label(text: Localizer, field: &str) -> String {
    text.get(&format!("guide-profile-field-{}", field.replace('_', "-")))
}

/// The value of a subject, without its kind and qualifiers.
pub(crate) fn subject_value(subject: &str) -> String {
    let parts: Vec<Value> = serde_json::from_str(subject).unwrap_or_default();
    let value = match parts.as_slice() {
        [kind, _, value] if kind == "attribute" => value.as_str(),
        [_, value, ..] => value.as_str(),
        _ => None,
    };
    value.unwrap_or(subject).to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::name_id(r#"["name-id","ada",null,null]"#, "ada")]
    #[case::attribute(r#"["attribute","uid","42"]"#, "42")]
    #[case::plain("plain", "plain")]
    fn a_subject_is_shown_by_its_value(#[case] subject: &str, #[case] value: &str) {
        assert_eq!(subject_value(subject), value);
    }
}
