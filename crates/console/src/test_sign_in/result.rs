//! What a test sign-in has shown, as a page shows it.

use axum::http::StatusCode;
use i18n::Text;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use serde_json::Value;
use service::connection::Place;
use service::sign_in::error::Code;
use service::sign_in::test_result::{MappedUser, TestOutcome, TestResult};
use service::{connection, sign_in_attempt};
use store::{AttemptKind, Connection, MemberId, Organization, Outcome, Provider, StoreError};

use crate::actor_name;
use crate::diagnosis::{Checks, Diagnosis, Facts};
use crate::guide::{Guide, Values, Words};

/// What a test sign-in has shown.
#[derive(Debug)]
pub(crate) struct TestView {
    /// The connection.
    pub connection: String,
    /// The attempt.
    pub attempt: String,
    /// Every check.
    pub checks: Checks,
    /// Who they would be.
    pub person: Option<PersonRow>,
    /// What is to be known before anybody relies on it, although the response is right.
    pub warnings: Vec<String>,
    /// Who tested, as the audit trail knows them.
    pub tester: String,
    /// Who tested, as people know them.
    pub tested_by: String,
    /// When.
    pub tested_at: String,
    is_accepted: bool,
}

/// Who somebody would be.
#[derive(Debug)]
pub(crate) struct PersonRow {
    /// What would become of them.
    pub becomes: String,
    /// The code of the refusal, when they would not come in.
    pub refused: Option<String>,
    /// What is behind it.
    pub diagnosis: Option<Diagnosis>,
    /// What they might do.
    pub role: Option<String>,
    /// The name by which the account would be known.
    pub subject: String,
    /// What was understood of them.
    pub understood: MappedUser,
    /// What was sent.
    pub attributes: Vec<AttributeRow>,
    /// The rules that give roles by groups.
    pub has_rules: bool,
}

/// What was sent.
#[derive(Debug)]
pub(crate) struct AttributeRow {
    /// The attribute.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
    /// What it was used for, in words.
    pub fills: Vec<String>,
}

impl TestView {
    /// Reads what a test of an organization has shown.
    ///
    /// # Errors
    ///
    /// When the organization has no such test.
    pub(crate) async fn read(
        app: &App,
        text: Text,
        (organization, id): (&Organization, &str),
    ) -> Result<Self, Problem> {
        let named = organization.id.as_str();
        let shown = sign_in_attempt::show(app, named, id).await?;
        if shown.kind != AttemptKind::Test {
            return Err(Problem::not_found("test", id));
        }
        let result = sign_in_attempt::test_result(app, named, id).await?;
        let by = shown.tested_by.clone().unwrap_or_default();
        let connection = connection_of(app, Place::In(named, &shown.connection)).await?;
        let values = match &connection {
            Some(connection) => Values::of(app, connection).await?,
            None => Values::of_nobody(app),
        };
        let settings = connection.map(|connection| connection.settings);
        let provider = settings.as_ref().map(|settings| settings.provider);
        let reader = Reader {
            guide: Guide::of(provider.unwrap_or(Provider::Other)),
            words: Words {
                text,
                values: &values,
            },
            has_rules: settings.is_some_and(|settings| !settings.role_rules.is_empty()),
        };
        let warnings = match &result {
            Some(result) => {
                let is_foreign = is_foreign(app, (organization, &result.user)).await?;
                warnings(text, (result, is_foreign))
            }
            None => Vec::new(),
        };
        let person = match result {
            Some(result) => Some(reader.person(app, (organization, result)).await?),
            None => None,
        };
        Ok(Self {
            person,
            warnings,
            checks: Checks::of(&shown.checks.to_string(), (reader.guide, &reader.words)),
            tested_by: actor_name::name(app, text, &by).await?,
            tester: by,
            tested_at: shown.finished_at.unwrap_or(shown.started_at),
            is_accepted: shown.outcome == Some(Outcome::Accepted),
            connection: shown.connection,
            attempt: shown.id,
        })
    }

    /// Whether the response was accepted and its person would come in.
    pub(crate) fn is_passed(&self) -> bool {
        self.is_accepted() && self.person.as_ref().is_none_or(|one| one.refused.is_none())
    }

    /// Whether the response was accepted.
    pub(crate) fn is_accepted(&self) -> bool {
        self.is_accepted
    }
}

fn warnings(text: Text, (result, is_foreign): (&TestResult, bool)) -> Vec<String> {
    let Some(email) = &result.user.email else {
        return Vec::new();
    };
    let email = [("email", email.as_str().into())];
    let second = result
        .duplicates_email
        .then(|| text.with("test-becomes-second", &email));
    let foreign = is_foreign.then(|| text.with("test-email-foreign", &email));
    second.into_iter().chain(foreign).collect()
}

/// Whether an address was not believed, and is in none of the domains that the organization has proved.
///
/// While it has proved none there is nothing in which the address could be. Whether another organization has proved the
/// domain is not said: whoever tests sends what they like.
async fn is_foreign(
    app: &App,
    (organization, person): (&Organization, &MappedUser),
) -> Result<bool, StoreError> {
    let (Some(email), Some(false)) = (&person.email, person.email_verified) else {
        return Ok(false);
    };
    let Some(email) = EmailAddress::read(email) else {
        return Ok(false);
    };
    let tenant = organization.id.clone();
    let domains = app
        .store
        .read(move |tx| Box::pin(async move { tx.organization(&tenant).domains().await }))
        .await?;
    let mut proved = domains
        .iter()
        .filter(|one| one.verified_at.is_some())
        .peekable();
    Ok(proved.peek().is_some() && proved.all(|one| one.name != email.domain()))
}

/// The working copy of the connection, unless it has been deleted.
async fn connection_of(app: &App, place: Place<'_>) -> Result<Option<Connection>, Problem> {
    match connection::working(app, place).await {
        Ok(working) => Ok(Some(working.connection)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// In whose words a result is told.
struct Reader<'r> {
    guide: &'static Guide,
    words: Words<'r>,
    /// Whether rules give roles by groups.
    has_rules: bool,
}

impl Reader<'_> {
    async fn person(
        &self,
        app: &App,
        (organization, result): (&Organization, TestResult),
    ) -> Result<PersonRow, StoreError> {
        let text = self.words.text;
        let who = |name: &str| [("who", name.to_owned().into())];
        let (becomes, refused) = match &result.outcome {
            TestOutcome::Existing { member } => {
                let name = member_name(app, organization, member).await?;
                (text.with("test-becomes-known", &who(&name)), None)
            }
            TestOutcome::Invited { member } => {
                let name = member_name(app, organization, member).await?;
                (text.with("test-becomes-invited", &who(&name)), None)
            }
            TestOutcome::Provisioned => (text.say("test-becomes-new"), None),
            TestOutcome::Rejected { code, detail } => (detail.clone(), Some(code.clone())),
        };
        let facts = Facts {
            received: None,
            detail: Some(&becomes),
        };
        let diagnosis = refused
            .as_deref()
            .and_then(|code| code.parse().ok())
            .map(|code: Code| Diagnosis::of(code, facts, (self.guide, &self.words)));
        let attributes = result.attributes.into_iter().map(|sent| AttributeRow {
            name: sent.name,
            values: sent.values,
            fills: sent
                .fields
                .iter()
                .map(|part| part_name(text, part))
                .collect(),
        });
        Ok(PersonRow {
            becomes,
            refused,
            diagnosis,
            role: result.role,
            subject: subject(&result.subject),
            understood: result.user,
            attributes: attributes.collect(),
            has_rules: self.has_rules,
        })
    }
}

fn part_name(text: Text, part: &str) -> String {
    text.say(&format!("guide-part-{}", part.replace('_', "-")))
}

/// The account's name without what only programs need beside it.
fn subject(written: &str) -> String {
    let parts: Vec<Value> = serde_json::from_str(written).unwrap_or_default();
    let value = match parts.as_slice() {
        [kind, _, value] if kind == "attribute" => value.as_str(),
        [_, value, ..] => value.as_str(),
        _ => None,
    };
    value.unwrap_or(written).to_owned()
}

async fn member_name(
    app: &App,
    organization: &Organization,
    member: &str,
) -> Result<String, StoreError> {
    let Ok(id) = MemberId::parse(member) else {
        return Ok(member.to_owned());
    };
    let tenant = organization.id.clone();
    let found = app
        .store
        .read(move |tx| Box::pin(async move { tx.organization(&tenant).member(&id).await }))
        .await?;
    Ok(found
        .and_then(|member| member.profile.name.or(member.profile.email))
        .unwrap_or_else(|| member.to_owned()))
}

#[test]
fn a_subject_is_shown_by_its_value_alone() {
    for (written, shown) in [
        (r#"["name-id","ada",null,null]"#, "ada"),
        (r#"["attribute","uid","42"]"#, "42"),
        ("plain", "plain"),
    ] {
        assert_eq!(subject(written), shown);
    }
}
