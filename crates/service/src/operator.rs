//! Operators, who run the deployment.

use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{Problem, ProblemCode};
use serde::Serialize;
use store::{Operator, PersonId, SignInLinkPurpose, StoreError};

use super::audit_log::AuditRecord;
use super::sign_in_link::{NewLink, NewLinkRow};
use super::{Actor, TxError, account, instant, sign_in_link};
use crate::to_json;

#[derive(Clone, Debug, Serialize)]
pub struct OperatorView {
    /// The person ID.
    pub person: String,
    /// The email address with which the operator signs in.
    pub email: Option<String>,
    pub name: Option<String>,
    /// When the person became an operator.
    pub created_at: String,
}

/// Lists the operators, oldest first.
pub async fn list(app: &App) -> Result<Vec<OperatorView>, Problem> {
    let operators = app.store.snapshot().await?.operators().await?;
    Ok(operators.into_iter().map(view).collect())
}

/// Whether there is no operator yet.
pub async fn is_missing(app: &App) -> Result<bool, StoreError> {
    Ok(app.store.snapshot().await?.operators().await?.is_empty())
}

/// Creates a link for the first operator. `None` if an operator exists. Earlier links stay valid, since each node shows
/// its own.
pub async fn create_first_link(app: &App) -> Result<Option<NewLink>, StoreError> {
    let row = NewLinkRow::new(app, SignInLinkPurpose::FirstOperator, None);
    let link = row.link.clone();
    let is_needed = app
        .store
        .write(async move |tx| {
            if !tx.operators().await?.is_empty() {
                return Ok(false);
            }
            tx.add_sign_in_link(&link).await?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    Ok(is_needed.then(|| row.to_new_link(app)))
}

/// Makes the recipient of the link for the first operator an operator.
///
/// # Errors
///
/// - [`ProblemCode::LinkExpired`] if the link is unknown, used or expired,
/// - [`ProblemCode::OperatorExists`] if an operator exists by now.
pub async fn claim_first(app: &App, token: &str, email: &str) -> Result<PersonId, Problem> {
    let link = sign_in_link::peek(app, token).await?;
    let email = EmailAddress::parse_field("email", email)?;
    let now = app.clock.now();
    let tx_app = app.clone();
    app.store
        .write(async move |tx| {
            sign_in_link::mark_used(tx, &link.id, now).await?;
            let person = account::find_or_create_person(tx, &email, None, now).await?;
            if !tx.add_first_operator(&person, now).await? {
                return Err(TxError::from(Problem::new(ProblemCode::OperatorExists)));
            }
            let record = AuditRecord {
                actor: &Actor::Person(person.clone()),
                organization: None,
                action: "operator.first_added",
                subject: person.as_str(),
            };
            tx.add_audit_entry(&record.entry(&tx_app, None, None))
                .await?;
            Ok(person)
        })
        .await
        .map_err(Problem::from)
}

/// Makes the person with this email address an operator, and returns a link with which the person can sign in.
pub async fn invite(app: &App, actor: &Actor, email: &str) -> Result<NewLink, Problem> {
    let email = EmailAddress::parse_field("email", email)?;
    let now = app.clock.now();
    let tx_app = app.clone();
    let tx_actor = actor.clone();
    let row = app
        .store
        .write(async move |tx| {
            let person = account::find_or_create_person(tx, &email, None, now).await?;
            tx.add_operator(&person, now).await?;
            let row = NewLinkRow::new(&tx_app, SignInLinkPurpose::Operator, Some(person.clone()));
            tx.add_sign_in_link(&row.link).await?;
            let record = AuditRecord {
                actor: &tx_actor,
                organization: None,
                action: "operator.invited",
                subject: person.as_str(),
            };
            let after = serde_json::json!({ "email": email.as_str() });
            tx.add_audit_entry(&record.entry(&tx_app, None, Some(after)))
                .await?;
            Ok::<_, StoreError>(row)
        })
        .await?;
    Ok(row.to_new_link(app))
}

/// Removes an operator and ends the operator's sessions.
///
/// # Errors
///
/// [`ProblemCode::LastOperator`] if no other operator remains.
pub async fn remove(app: &App, actor: &Actor, person: &str) -> Result<(), Problem> {
    let unknown = || Problem::not_found("operator", person);
    let id = PersonId::parse(person).map_err(|_| unknown())?;
    let operators = list(app).await?;
    let before = operators.iter().find(|operator| operator.person == person);
    let before = to_json(before.ok_or_else(unknown)?);
    let record = AuditRecord {
        actor,
        organization: None,
        action: "operator.removed",
        subject: person,
    };
    let entry = record.entry(app, Some(before), None);
    app.store
        .write(async move |tx| {
            if !tx.remove_operator(&id).await? {
                return Err(TxError::from(Problem::new(ProblemCode::LastOperator)));
            }
            tx.end_console_sessions_of(&id).await?;
            Ok(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(())
}

fn view(operator: Operator) -> OperatorView {
    OperatorView {
        person: operator.person.to_string(),
        email: operator.email,
        name: operator.name,
        created_at: instant(operator.created_at),
    }
}
