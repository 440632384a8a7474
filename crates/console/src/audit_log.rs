//! The audit log: of one organization, and of the deployment.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use serde::Deserialize;
use serde_json::Value;
use service::audit_log::{AuditEntryView, AuditQuery};
use service::{Listing, PageRequest, audit_log};
use store::{ConnectionId, MemberId, OrganizationId, PersonId, StoreError, Tx};
use web::page;

use super::current_user::{RequireOperator, RequireOrgAdmin};
use super::form_state::FormState;
use super::frame::ConsoleFrame;
use super::list_query;
use super::page_error::PageError;
use service::actor_name;

const PAGE_SIZE: u32 = 50;

/// The actions of entries.
const ACTIONS: [&str; 59] = [
    "account_move.started",
    "account_move.undone",
    "api_key.created",
    "api_key.revoked",
    "application.created",
    "application.deleted",
    "application.secret_rotated",
    "application.updated",
    "connection.activated",
    "connection.activation_confirmed",
    "connection.activation_declined",
    "connection.activation_requested",
    "connection.created",
    "connection.deleted",
    "connection.disabled",
    "connection.draft_discarded",
    "connection.draft_updated",
    "connection.keys_rotated",
    "connection.published",
    "connection.updated",
    "connection.version_restored",
    "domain.added",
    "domain.removed",
    "domain.updated",
    "domain.verification_lost",
    "domain.verified",
    "id_token_key.rotated",
    "invitation.resent",
    "invitation.withdrawn",
    "member.added",
    "member.deleted",
    "member.merged",
    "member.role_changed",
    "member.sso_exemption_granted",
    "member.sso_exemption_removed",
    "member.updated",
    "operator.first_added",
    "operator.invited",
    "operator.removed",
    "organization.created",
    "organization.deleted",
    "organization.routing_updated",
    "organization.sso_enforced",
    "organization.sso_enforcement_disabled",
    "organization.updated",
    "passkey.added",
    "passkey.rejected",
    "passkey.removed",
    "passkey.renamed",
    "passkey.used",
    "recovery_code.used",
    "recovery_codes.generated",
    "recovery_codes.saved",
    "secret_key.discarded",
    "secret_key.rotated",
    "setup_link.created",
    "setup_link.opened",
    "setup_link.revoked",
    "sign_in_attempt.personal_data_viewed",
];

/// The beginnings of the actions that concern no organization.
const DEPLOYMENT_SUBJECTS: [&str; 6] = [
    "api_key.",
    "application.",
    "id_token_key.",
    "operator.",
    "passkey.",
    "secret_key.",
];

/// Lists entries, newest first.
#[derive(Debug, Template)]
#[template(path = "console/audit_log.html")]
struct AuditLogPage<'p> {
    frame: ConsoleFrame<'p>,
    entries: Vec<EntryRow>,
    filter: FormState<ListQuery>,
    /// The actions to choose from.
    actions: Vec<ActionName>,
    more: Option<String>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ActionName {
    name: String,
    action: &'static str,
}

#[derive(Debug)]
struct EntryRow {
    entry: AuditEntryView,
    /// What was done, in the reader's language.
    action: String,
    actor_name: String,
    /// The name of what was changed.
    subject_name: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    actor: String,
    action: String,
    from: String,
    to: String,
    after: Option<String>,
}

impl ListQuery {
    fn to_query(&self) -> AuditQuery {
        AuditQuery {
            actor: list_query::filled(&self.actor),
            action: list_query::filled(&self.action),
            from: list_query::filled(&self.from),
            to: list_query::filled(&self.to),
        }
    }

    fn to_page(&self) -> PageRequest {
        PageRequest {
            cursor: self.after.clone(),
            limit: Some(PAGE_SIZE),
        }
    }

    fn filters(&self) -> [(&str, &str); 4] {
        [
            ("actor", &self.actor),
            ("action", &self.action),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    fn is_filtered(&self) -> bool {
        self.filters().iter().any(|(_, value)| !value.is_empty())
    }
}

/// `GET /console/organizations/{organization}/audit-log`
pub(super) async fn show_organization(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let organization = admin.organization_id();
    let found = audit_log::list(&app, organization, &query.to_query(), &query.to_page()).await;
    let page = FoundEntries {
        organization: Some(&admin.organization().id),
        query,
        found,
    };
    audit_log_page(&app, admin.frame(&app, "audit-log"), page).await
}

/// `GET /console/audit-log`
pub(super) async fn show_deployment(
    State(app): State<App>,
    operator: RequireOperator,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let found = audit_log::list_all(&app, &query.to_query(), &query.to_page()).await;
    let page = FoundEntries {
        organization: None,
        query,
        found,
    };
    audit_log_page(&app, operator.frame(&app, "audit-log"), page).await
}

/// The result of a query.
struct FoundEntries<'p> {
    /// `None` for the log of the deployment.
    organization: Option<&'p OrganizationId>,
    query: ListQuery,
    found: Result<Listing<AuditEntryView>, Problem>,
}

async fn audit_log_page(
    app: &App,
    frame: ConsoleFrame<'_>,
    page: FoundEntries<'_>,
) -> Result<Response, PageError> {
    let FoundEntries {
        organization,
        query,
        found,
    } = page;
    let (listing, filter) = match found {
        Ok(listing) => (listing, FormState::new(query)),
        Err(problem) => (Listing::empty(), FormState::rejected(query, problem)?),
    };
    let pretty =
        |value: &Value| serde_json::to_string_pretty(value).expect("a JSON value serializes");
    let names = actor_names(app, frame.text, &listing.items).await?;
    let subject_names = subject_names(app, organization, &listing.items).await?;
    let row = |entry: AuditEntryView| EntryRow {
        action: frame.text.get(&action_key(&entry.action)),
        subject_name: subject_names.get(&entry.id).cloned(),
        before: entry.before.as_ref().map(pretty),
        after: entry.after.as_ref().map(pretty),
        actor_name: names.get(&entry.actor).cloned().unwrap_or_default(),
        entry,
    };
    let entries = listing.items.into_iter().map(row).collect();
    let next_page = |next: String| list_query::next_page(&filter.values.filters(), &next);
    let page = AuditLogPage {
        more: listing.next.map(next_page),
        actions: action_names(frame.text, organization),
        frame,
        entries,
        filter,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

/// The actions that the log can have, by name.
fn action_names(text: Localizer, organization: Option<&OrganizationId>) -> Vec<ActionName> {
    let is_deployment = |action: &str| {
        DEPLOYMENT_SUBJECTS
            .iter()
            .any(|subject| action.starts_with(subject))
    };
    let mut names: Vec<ActionName> = ACTIONS
        .into_iter()
        .filter(|action| organization.is_none() || !is_deployment(action))
        .map(|action| ActionName {
            name: text.get(&action_key(action)),
            action,
        })
        .collect();
    names.sort();
    names
}

/// The names of all actors, each looked up once.
async fn actor_names(
    app: &App,
    text: Localizer,
    entries: &[AuditEntryView],
) -> Result<BTreeMap<String, String>, Problem> {
    let mut names = BTreeMap::new();
    for entry in entries {
        if !names.contains_key(&entry.actor) {
            let name = actor_name(app, text, &entry.actor).await?;
            names.insert(entry.actor.clone(), name);
        }
    }
    Ok(names)
}

/// The key of the name of an action such as `connection.activated`.
fn action_key(action: &str) -> String {
    format!("audit-{}", action.replace(['.', '_'], "-"))
}

/// The names of what was changed, by the ID of the entry.
async fn subject_names(
    app: &App,
    organization: Option<&OrganizationId>,
    entries: &[AuditEntryView],
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut tx = app.store.snapshot().await?;
    let mut names = BTreeMap::new();
    for entry in entries {
        let recorded =
            recorded_name(entry.after.as_ref()).or_else(|| recorded_name(entry.before.as_ref()));
        let name = match recorded {
            Some(name) => Some(name),
            None => current_name(&mut tx, organization, &entry.subject).await?,
        };
        names.extend(name.map(|name| (entry.id.clone(), name)));
    }
    Ok(names)
}

/// The name in the recorded state of what was changed.
fn recorded_name(state: Option<&Value>) -> Option<String> {
    let state = state?;
    let name = ["name", "email"]
        .iter()
        .find_map(|field| state[field].as_str());
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The current name of what an entry is about.
async fn current_name(
    tx: &mut Tx,
    organization: Option<&OrganizationId>,
    subject: &str,
) -> Result<Option<String>, StoreError> {
    // IDs contain an underscore, domains do not.
    if !subject.contains('_') {
        return Ok(Some(subject.to_owned()));
    }
    if let Ok(id) = PersonId::parse(subject) {
        let person = tx.person(&id).await?;
        return Ok(person.and_then(|person| person.name.or(person.email)));
    }
    if let Ok(id) = OrganizationId::parse(subject) {
        let found = tx.organization(&id).read().await?;
        return Ok(found.map(|organization| organization.name));
    }
    if let Ok(id) = ConnectionId::parse(subject) {
        let connection = tx.connection(&id).await?;
        return Ok(connection.map(|connection| connection.settings.name));
    }
    if let (Ok(id), Some(organization)) = (MemberId::parse(subject), organization) {
        let member = tx.organization(organization).member(&id).await?;
        let profile = member.map(|member| member.profile);
        return Ok(profile.and_then(|profile| profile.name.or(profile.email)));
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use i18n::Language;

    use super::*;

    /// The beginnings of the actions.
    const SUBJECTS: [&str; 16] = [
        "account_move.",
        "api_key.",
        "application.",
        "connection.",
        "domain.",
        "id_token_key.",
        "invitation.",
        "member.",
        "operator.",
        "organization.",
        "passkey.",
        "recovery_code",
        "secret_key.",
        "setup_link.",
        "sign_in_attempt.",
        "sign-in-link.",
    ];

    #[test]
    fn every_action_has_a_name_in_every_language() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut actions = BTreeSet::new();
        for name in ["service", "federation"] {
            collect_actions(&crates.join(name).join("src"), &mut actions);
        }
        assert_eq!(actions, BTreeSet::from(ACTIONS.map(str::to_owned)));
        for action in actions {
            for language in Language::ALL {
                let text = Localizer::new(language);
                assert!(text.has(&action_key(&action)), "{action} in {language:?}");
            }
        }
    }

    /// Collects the literals in the source that name an action.
    fn collect_actions(folder: &Path, actions: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect_actions(&path, actions);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let is_action = |literal: &&str| {
                let is_plain = |byte: u8| byte.is_ascii_lowercase() || b"._-".contains(&byte);
                SUBJECTS.iter().any(|subject| literal.starts_with(subject))
                    && literal.contains('.')
                    && !literal.ends_with('.')
                    && literal.bytes().all(is_plain)
            };
            let literals = source.split('"').filter(is_action);
            actions.extend(literals.map(str::to_owned));
        }
    }
}
