//! The audit log.

use runtime::app::App;
use runtime::problem::Problem;
use runtime::random;
use serde::Serialize;
use serde_json::Value;
use store::{AuditEntry, AuditEntryId, OrganizationId};
use utoipa::ToSchema;

use super::{Actor, Listing, PageRequest, instant, organization};

/// A change with the person or program that made it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct EventView {
    /// The entry ID.
    pub id: String,
    /// When the change was made.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who made the change: `cli`, `server` for a background job, or the ID of an API key, a person, a setup link, or a
    /// connection whose role rules applied.
    pub actor: String,
    /// The action.
    #[schema(example = "connection.activate")]
    pub action: String,
    /// The ID of the changed resource.
    pub subject: String,
    /// The resource before the change.
    pub before: Option<Value>,
    /// The resource after the change.
    pub after: Option<Value>,
}

/// Something that somebody does, about to be written into the audit trail.
pub(super) struct Deed<'d> {
    pub(super) actor: &'d Actor,
    pub(super) organization: Option<&'d OrganizationId>,
    pub(super) action: &'static str,
    pub(super) subject: &'d str,
}

impl Deed<'_> {
    /// The event of this deed, now.
    pub(super) fn event(
        &self,
        app: &App,
        before: Option<Value>,
        after: Option<Value>,
    ) -> AuditEntry {
        AuditEntry {
            id: AuditEntryId::from_random(random::bytes()),
            organization: self.organization.cloned(),
            actor: self.actor.to_string(),
            action: self.action.to_owned(),
            subject: self.subject.to_owned(),
            before: before.map(|value| value.to_string()),
            after: after.map(|value| value.to_string()),
            at: app.clock.now(),
        }
    }
}

/// The events of an organization, newest first.
///
/// # Errors
///
/// When there is no such organization.
pub async fn list(
    app: &App,
    named: &str,
    request: &PageRequest,
) -> Result<Listing<EventView>, Problem> {
    let page = request.page()?;
    let organization = organization::find(app, named).await?;
    let wanted = page.clone();
    let events = app
        .store
        .snapshot()
        .await?
        .organization(&organization.id)
        .audit_log(&wanted)
        .await?;
    Ok(Listing::new(&page, events, |event| event.id.as_str(), view))
}

/// The events of the whole deployment, newest first.
///
/// # Errors
///
/// When the page cannot be.
pub async fn everywhere(app: &App, request: &PageRequest) -> Result<Listing<EventView>, Problem> {
    let page = request.page()?;
    let wanted = page.clone();
    let events = app.store.snapshot().await?.audit_log(&wanted).await?;
    Ok(Listing::new(&page, events, |event| event.id.as_str(), view))
}

fn view(event: AuditEntry) -> EventView {
    let parse = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    EventView {
        id: event.id.to_string(),
        at: instant(event.at),
        actor: event.actor,
        action: event.action,
        subject: event.subject,
        before: parse(event.before),
        after: parse(event.after),
    }
}
