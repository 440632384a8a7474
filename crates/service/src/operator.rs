//! Operators: those who run the deployment.

use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::{Problem, ProblemCode};
use serde::Serialize;
use store::{Operator, PersonId, SignInLinkPurpose, StoreError};

use super::audit_log::Deed;
use super::sign_in_link::{Drawn, NewLink};
use super::{Actor, Undone, account, instant, sign_in_link};
use crate::to_json;

/// An operator as lists show them.
#[derive(Clone, Debug, Serialize)]
pub struct OperatorView {
    /// The person's id.
    pub person: String,
    /// The address by which they sign in.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Since when they are one.
    pub created_at: String,
}

/// The operators, oldest first.
///
/// # Errors
///
/// When the database fails.
pub async fn list(app: &App) -> Result<Vec<OperatorView>, Problem> {
    let operators = app.store.snapshot().await?.operators().await?;
    Ok(operators.into_iter().map(view).collect())
}

/// A link for the first operator, while there is none. The one before it stops working.
///
/// # Errors
///
/// When the database fails.
pub async fn first_link(app: &App) -> Result<Option<NewLink>, StoreError> {
    let drawn = Drawn::new(app, SignInLinkPurpose::FirstOperator, None);
    let link = drawn.link.clone();
    let is_needed = app
        .store
        .write(async move |tx| {
            if !tx.operators().await?.is_empty() {
                return Ok(false);
            }
            tx.expire_sign_in_links(SignInLinkPurpose::FirstOperator, link.created_at)
                .await?;
            tx.add_sign_in_link(&link).await?;
            Ok::<_, StoreError>(true)
        })
        .await?;
    Ok(is_needed.then(|| drawn.handed_out(app)))
}

/// Makes whoever has the first operator's link that operator.
///
/// # Errors
///
/// When the link does not work, the address is none, or somebody else was faster.
pub async fn become_first(app: &App, token: &str, email: &str) -> Result<PersonId, Problem> {
    let link = sign_in_link::look(app, token).await?;
    let email = EmailAddress::parse_field("email", email)?;
    let now = app.clock.now();
    let clock = app.clone();
    app.store
        .write(async move |tx| {
            sign_in_link::spend(tx, &link.id, now).await?;
            let person = account::person_with(tx, &email, None, now).await?;
            if !tx.add_first_operator(&person, now).await? {
                return Err(Undone::from(Problem::new(ProblemCode::OperatorExists)));
            }
            let deed = Deed {
                actor: &Actor::Person(person.clone()),
                organization: None,
                action: "operator.first",
                subject: person.as_str(),
            };
            tx.add_audit_entry(&deed.event(&clock, None, None)).await?;
            Ok(person)
        })
        .await
        .map_err(Problem::from)
}

/// Makes whoever has this address an operator, and gives a link by which they come in.
///
/// # Errors
///
/// When the address is none.
pub async fn invite(app: &App, actor: &Actor, email: &str) -> Result<NewLink, Problem> {
    let email = EmailAddress::parse_field("email", email)?;
    let now = app.clock.now();
    let (running, by) = (app.clone(), actor.clone());
    let drawn = app
        .store
        .write(async move |tx| {
            let person = account::person_with(tx, &email, None, now).await?;
            tx.add_operator(&person, now).await?;
            let drawn = Drawn::new(&running, SignInLinkPurpose::Operator, Some(person.clone()));
            tx.add_sign_in_link(&drawn.link).await?;
            let deed = Deed {
                actor: &by,
                organization: None,
                action: "operator.invite",
                subject: person.as_str(),
            };
            let after = serde_json::json!({ "email": email.as_str() });
            tx.add_audit_entry(&deed.event(&running, None, Some(after)))
                .await?;
            Ok::<_, StoreError>(drawn)
        })
        .await?;
    Ok(drawn.handed_out(app))
}

/// Ends somebody's being an operator, with their sessions. The last one stays.
///
/// # Errors
///
/// When they are none, or the last one.
pub async fn remove(app: &App, actor: &Actor, person: &str) -> Result<(), Problem> {
    let unknown = || Problem::not_found("operator", person);
    let id = PersonId::parse(person).map_err(|_| unknown())?;
    let there = list(app).await?;
    let before = there.iter().find(|one| one.person == person);
    let before = to_json(before.ok_or_else(unknown)?);
    let deed = Deed {
        actor,
        organization: None,
        action: "operator.remove",
        subject: person,
    };
    let event = deed.event(app, Some(before), None);
    let now = app.clock.now();
    app.store
        .write(async move |tx| {
            if !tx.remove_operator(&id).await? {
                return Err(Undone::from(Problem::new(ProblemCode::LastOperator)));
            }
            tx.end_console_sessions_of(&id, now).await?;
            Ok(tx.add_audit_entry(&event).await?)
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
