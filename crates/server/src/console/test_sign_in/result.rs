//! What a test sign-in has shown, as a page shows it.

use serde_json::Value;
use store::{AttemptKind, MemberId, Organization, StoreError};

use crate::app::App;
use crate::console::doer;
use crate::guide::{ErrorView, Guide, Values, Words};
use crate::operations::attempt::{self, AttemptView};
use crate::operations::connection::{self, Place, RoleRuleSettings};
use crate::problem::Problem;
use crate::signin::{Becomes, TestResult, Understood};
use crate::text::Text;

/// What a test sign-in has shown.
#[derive(Debug)]
pub(in crate::console) struct TestView {
    /// The connection.
    pub connection: String,
    /// The attempt.
    pub attempt: String,
    /// Every check.
    pub checks: Vec<CheckRow>,
    /// What the identity provider's own words mean, where the guide to it knows them.
    pub explained: Option<ErrorView>,
    /// Who they would be.
    pub person: Option<PersonRow>,
    /// Who tested.
    pub tested_by: String,
    /// When.
    pub tested_at: String,
}

/// A check.
#[derive(Debug)]
pub(in crate::console) struct CheckRow {
    /// What was checked.
    pub title: String,
    /// `passed`, `failed` or `unchecked`.
    pub outcome: String,
    /// What would have been right.
    pub expected: Option<String>,
    /// What came.
    pub received: Option<String>,
    /// Why it failed, in a sentence.
    pub detail: Option<String>,
    /// The stable code.
    pub code: Option<String>,
}

/// Who somebody would be.
#[derive(Debug)]
pub(in crate::console) struct PersonRow {
    /// What would become of them.
    pub becomes: String,
    /// The code of the refusal, when they would not come in.
    pub refused: Option<String>,
    /// What they might do.
    pub role: Option<String>,
    /// The name by which the account would be known.
    pub subject: String,
    /// What was understood of them.
    pub understood: Understood,
    /// What was sent.
    pub attributes: Vec<AttributeRow>,
    /// The rules that give roles by groups.
    pub has_rules: bool,
}

/// What was sent.
#[derive(Debug)]
pub(in crate::console) struct AttributeRow {
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
    pub(in crate::console) async fn read(
        app: &App,
        text: Text,
        (organization, id): (&Organization, &str),
    ) -> Result<Self, Problem> {
        let named = organization.id.as_str();
        let shown = attempt::show(app, named, id).await?;
        if shown.kind != AttemptKind::Test {
            return Err(Problem::not_found("test", id));
        }
        let result = attempt::test_result(app, named, id).await?;
        let by = shown.tested_by.clone().unwrap_or_default();
        let rules = rules(app, Place::In(named, &shown.connection)).await?;
        let person = match result {
            Some(result) => Some(person(app, text, (organization, result), &rules).await?),
            None => None,
        };
        let checks = checks(&shown.checks);
        Ok(Self {
            explained: explained(app, text, (named, &shown), &checks).await?,
            person,
            checks,
            tested_by: doer::name(app, text, &by).await?,
            tested_at: shown.finished_at.unwrap_or(shown.started_at),
            connection: shown.connection,
            attempt: shown.id,
        })
    }

    /// Whether the response was accepted and its person would come in.
    pub(in crate::console) fn is_passed(&self) -> bool {
        self.is_accepted() && self.person.as_ref().is_none_or(|one| one.refused.is_none())
    }

    /// Whether the response was accepted.
    pub(in crate::console) fn is_accepted(&self) -> bool {
        !self.checks.iter().any(|check| check.outcome == "failed")
    }
}

fn checks(lines: &Value) -> Vec<CheckRow> {
    let row = |line: &Value| {
        let text = |name: &str| line.get(name).and_then(Value::as_str).map(str::to_owned);
        CheckRow {
            title: text("title").unwrap_or_default(),
            outcome: text("outcome").unwrap_or_default(),
            expected: text("expected"),
            received: text("received"),
            detail: text("detail"),
            code: text("code"),
        }
    };
    lines.as_array().into_iter().flatten().map(row).collect()
}

async fn rules(app: &App, place: Place<'_>) -> Result<Vec<RoleRuleSettings>, Problem> {
    match connection::show_working(app, place).await {
        Ok(working) => Ok(working.connection.role_rules),
        Err(problem) if problem.status == axum::http::StatusCode::NOT_FOUND => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}

/// What the words of the identity provider mean in which it has refused somebody.
async fn explained(
    app: &App,
    text: Text,
    (named, shown): (&str, &AttemptView),
    checks: &[CheckRow],
) -> Result<Option<ErrorView>, Problem> {
    let said: Vec<&str> = checks
        .iter()
        .filter(|check| check.outcome == "failed")
        .flat_map(|check| [check.received.as_deref(), check.detail.as_deref()])
        .flatten()
        .collect();
    let place = Place::In(named, &shown.connection);
    let working = match connection::working(app, place).await {
        Ok(working) if !said.is_empty() => working,
        Ok(_) => return Ok(None),
        Err(problem) if problem.status == axum::http::StatusCode::NOT_FOUND => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let values = Values::of(app, &working.connection).await?;
    let words = Words {
        text,
        values: &values,
    };
    let guide = Guide::of(working.connection.settings.provider);
    Ok(said.iter().find_map(|said| guide.explain(said, &words)))
}

async fn person(
    app: &App,
    text: Text,
    (organization, result): (&Organization, TestResult),
    rules: &[RoleRuleSettings],
) -> Result<PersonRow, StoreError> {
    let who = |name: &str| [("who", name.to_owned().into())];
    let (becomes, refused) = match &result.becomes {
        Becomes::Known { member } => {
            let name = member_name(app, organization, member).await?;
            (text.with("test-becomes-known", &who(&name)), None)
        }
        Becomes::Invited { member } => {
            let name = member_name(app, organization, member).await?;
            (text.with("test-becomes-invited", &who(&name)), None)
        }
        Becomes::New => (text.say("test-becomes-new"), None),
        Becomes::Refused { code, detail } => (detail.clone(), Some(code.clone())),
    };
    let attributes = result.attributes.into_iter().map(|sent| AttributeRow {
        name: sent.name,
        values: sent.values,
        fills: sent
            .fills
            .iter()
            .map(|part| part_name(text, part))
            .collect(),
    });
    Ok(PersonRow {
        becomes,
        refused,
        role: result.role,
        subject: subject(&result.subject),
        understood: result.person,
        attributes: attributes.collect(),
        has_rules: !rules.is_empty(),
    })
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
