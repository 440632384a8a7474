//! Members of organizations. One person can be a member of several organizations.

mod merge;
mod merge_preview;

use std::collections::BTreeMap;

pub use merge::{AccountView, MemberMerge, list_accounts, list_duplicates, merge};
pub use merge_preview::{MergePreview, preview_merge};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{
    ClaimValue, Domain, Member, MemberFilter, MemberId, MemberState, OrganizationId, PagedList,
    Person, PersonId, Profile, StoreError, Tx,
};
use utoipa::{IntoParams, ToSchema};

use super::audit_log::AuditRecord;
use super::{Actor, Listing, PageRequest, TxError, account, instant, organization, role};
use crate::filter::FilterReader;
use crate::json::Patch;
use crate::{json, to_json};

/// A member to invite.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewMember {
    /// The email address. The person who first signs in with it accepts the invitation.
    #[schema(min_length = 3, max_length = 254, example = "ada@acme.example")]
    pub email: String,
    /// The full name.
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// The role. Default: `member`.
    #[schema(example = "member")]
    pub role: Option<String>,
    /// Whether the invitation is mailed to the address. Default: true.
    pub send_email: Option<bool>,
}

/// The settings of a member.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct MemberSettings {
    /// The full name.
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// The role: `admin`, `member`, or another role of the configuration.
    pub role: String,
    /// Whether the member is deactivated. A deactivated member cannot sign in and is signed out immediately.
    pub deactivated: bool,
}

/// A member of an organization.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberView {
    /// The member ID, which applications receive as `sub`.
    pub id: String,
    /// The ID of the person, the same in every organization.
    pub person: String,
    /// The email address.
    pub email: Option<String>,
    /// Whether the address is in a verified domain of the organization.
    pub email_verified: bool,
    /// The full name.
    pub name: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The groups as the identity provider sends them.
    pub groups: Vec<String>,
    /// The custom claims that applications receive with the scope `profile`, by their names: a text, or a list of texts.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    pub custom_claims: BTreeMap<String, ClaimValue>,
    /// The role: `admin`, `member`, or another role of the configuration.
    pub role: String,
    /// `invited`: has not signed in yet. `active`: has signed in. `deactivated`: cannot sign in.
    #[schema(value_type = String, example = "active")]
    pub state: MemberState,
    /// When the invitation was last mailed.
    #[schema(format = DateTime)]
    pub invitation_sent_at: Option<String>,
    /// When the member was deactivated.
    #[schema(format = DateTime)]
    pub deactivated_at: Option<String>,
    /// When the member was invited or first signed in.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// Names a member in a request.
#[derive(Clone, Copy, Debug)]
pub struct MemberRef<'a> {
    /// The ID or the slug of the organization.
    pub organization: &'a str,
    /// The member ID.
    pub member: &'a str,
}

impl<'a> MemberRef<'a> {
    pub const fn new(organization: &'a str, member: &'a str) -> Self {
        Self {
            organization,
            member,
        }
    }
}

/// The parsed IDs of a [`MemberRef`]. The member may not exist.
#[derive(Clone, Debug)]
pub(super) struct MemberKey {
    pub(super) organization: OrganizationId,
    pub(super) member: MemberId,
}

/// Which members to list. An absent or empty field matches all members.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MemberQuery {
    /// Only members whose name or email address contains this text.
    #[param(example = "ada@acme.example")]
    pub search: Option<String>,
    /// Only members with this role.
    #[param(example = "admin")]
    pub role: Option<String>,
    /// `active`: has signed in. `invited`: has not signed in yet. `deactivated`: cannot sign in.
    #[param(example = "invited")]
    pub state: Option<String>,
}

impl MemberQuery {
    fn filter(&self) -> Result<MemberFilter, Problem> {
        let mut reader = FilterReader::default();
        let filter = MemberFilter {
            search: FilterReader::text(self.search.as_ref()),
            role: FilterReader::text(self.role.as_ref()),
            state: reader.parsed("state", self.state.as_ref(), MemberState::parse),
        };
        reader.finish(filter)
    }
}

/// Lists the members of an organization that match, oldest first.
pub async fn list(
    app: &App,
    org_id_or_slug: &str,
    query: &MemberQuery,
    request: &PageRequest,
) -> Result<Listing<MemberView>, Problem> {
    let filter = query.filter()?;
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let list = PagedList::MembersOf(&organization.id);
    let page = request.page(&mut tx, list).await?;
    let mut org_tx = tx.organization(&organization.id);
    let members = org_tx.members(&filter, &page).await?;
    Ok(Listing::new(
        &page,
        members,
        |member| member.id.as_str(),
        |member| view(&member),
    ))
}

pub async fn show(app: &App, member: MemberRef<'_>) -> Result<MemberView, Problem> {
    let key = resolve(app, member).await?;
    let mut tx = app.store.snapshot().await?;
    let found = tx
        .organization(&key.organization)
        .member(&key.member)
        .await?;
    let member = found.ok_or_else(|| not_found(key.member.as_str()))?;
    Ok(view(&member))
}

/// Adds a member who has not signed in yet. [`invitation::invite`](crate::invitation::invite) also sends the invitation.
pub(super) async fn add(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    new: NewMember,
) -> Result<MemberView, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let email = EmailAddress::parse_field("email", &new.email)?;
    json::validate(&new)?;
    let role = new.role.unwrap_or_else(role::default_role);
    check_role(app, &role)?;
    let now = app.clock.now();
    let profile = Profile {
        email: Some(email.to_string()),
        name: new.name.clone(),
        ..Profile::default()
    };
    let id = PersonId::from_random(random::bytes());
    let mut member = Member {
        id: MemberId::from_random(random::bytes()),
        organization: organization.id.clone(),
        person: id.clone(),
        role,
        profile,
        created_at: now,
        joined_at: None,
        invited_email: Some(email.to_string()),
        invitation_sent_at: None,
        deactivated_at: None,
    };
    let person = Person {
        id,
        email: Some(email.to_string()),
        name: new.name,
        created_at: now,
    };
    let store = app.store.clone();
    let app = app.clone();
    let actor = actor.clone();
    store
        .write(async move |tx| {
            let mut organization = tx.organization(&organization.id);
            organization.lock_member_email(email.as_str()).await?;
            let same_email = organization.members_by_email(email.as_str()).await?;
            if !same_email.is_empty() {
                return Err(store::Conflict::AlreadyMember.into());
            }
            let domains = organization.domains().await?;
            member.profile.email_verified_at =
                is_in_verified_domain(&email, &domains).then_some(now);
            member.person = create_person(tx, &member.role, &email, person).await?;
            tx.organization(&member.organization)
                .add_member(&member)
                .await??;
            let added = view(&member);
            let record = audit(&actor, &member, "member.added");
            let entry = record.entry(&app, None, Some(to_json(&added)));
            tx.add_audit_entry(&entry).await?;
            Ok::<_, TxError>(added)
        })
        .await
        .map_err(Problem::from)
}

/// Creates the person of a new member. An administrator signs in to the console with the email address, so an existing
/// account with the address is the same person, perhaps from another organization. The identity provider alone
/// identifies other members.
async fn create_person(
    tx: &mut Tx,
    role: &str,
    email: &EmailAddress,
    person: Person,
) -> Result<PersonId, StoreError> {
    if role == role::ADMIN {
        return account::find_or_create_person(tx, email, person.name, person.created_at).await;
    }
    tx.add_person(&person).await?;
    Ok(person.id)
}

/// Updates a member. Deactivation ends the sessions of the member.
pub async fn update(
    app: &App,
    actor: &Actor,
    member: MemberRef<'_>,
    change: Patch,
) -> Result<MemberView, Problem> {
    let key = resolve(app, member).await?;
    let app = app.clone();
    let actor = actor.clone();
    let store = app.store.clone();
    let updated = store.write(async move |tx| {
        // Locked before it is read: a concurrent sign-in may change the groups or the email address.
        let before = lock(tx, &key).await?;
        let mut after = apply_change(&app, &before, change)?;
        if after == before {
            return Ok::<_, TxError>(view(&after));
        }
        let now = app.clock.now();
        if after.profile != before.profile {
            after.profile.standard_claims.updated_at = Some(now);
        }
        let mut organization = tx.organization(&after.organization);
        organization
            .update_profile(&after.id, &after.profile)
            .await?;
        organization.set_role(&after.id, &after.role).await?;
        if let Some(email) = new_console_email(&before, &after) {
            account::add_email(tx, &after.person, &email, now).await?;
        }
        let mut organization = tx.organization(&after.organization);
        match (before.deactivated_at, after.deactivated_at) {
            (None, Some(at)) => drop(organization.deactivate_member(&after.id, at).await?),
            (Some(_), None) => drop(organization.reactivate_member(&after.id).await?),
            (None, None) | (Some(_), Some(_)) => {}
        }
        let updated = view(&after);
        let record = audit(&actor, &after, "member.updated");
        let entry = record.entry(&app, Some(to_json(&view(&before))), Some(to_json(&updated)));
        tx.add_audit_entry(&entry).await?;
        Ok(updated)
    });
    updated.await.map_err(Problem::from)
}

/// The email address with which a member who becomes an administrator can sign in to the console.
///
/// An account belongs to a person in all organizations, so the identity provider is trusted only for addresses in the
/// verified domains of its organization.
fn new_console_email(before: &Member, after: &Member) -> Option<EmailAddress> {
    let becomes_admin = before.role != role::ADMIN && after.role == role::ADMIN;
    let is_verified = after.profile.email_verified_at.is_some();
    let email = after.profile.email.as_deref().and_then(EmailAddress::parse);
    email.filter(|_| becomes_admin && is_verified)
}

fn apply_change(app: &App, before: &Member, change: Patch) -> Result<Member, Problem> {
    let current = MemberSettings {
        name: before.profile.name.clone(),
        role: before.role.clone(),
        deactivated: before.deactivated_at.is_some(),
    };
    let settings: MemberSettings = change.apply_to(to_json(&current))?;
    if settings.role != before.role {
        check_role(app, &settings.role)?;
    }
    let mut after = before.clone();
    after.profile.name = settings.name;
    after.role = settings.role;
    after.deactivated_at = settings
        .deactivated
        .then(|| before.deactivated_at.unwrap_or_else(|| app.clock.now()));
    Ok(after)
}

/// Deletes a member. If the person becomes a member again, the new member has another ID.
pub async fn delete(app: &App, actor: &Actor, member: MemberRef<'_>) -> Result<(), Problem> {
    let key = resolve(app, member).await?;
    let app = app.clone();
    let actor = actor.clone();
    let store = app.store.clone();
    let deleted = store.write(async move |tx| {
        let member = lock(tx, &key).await?;
        let mut organization = tx.organization(&member.organization);
        organization.delete_member(&member.id).await?;
        let record = audit(&actor, &member, "member.deleted");
        let entry = record.entry(&app, Some(to_json(&view(&member))), None);
        Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
    });
    deleted.await.map_err(Problem::from)
}

pub(super) async fn resolve(app: &App, member: MemberRef<'_>) -> Result<MemberKey, Problem> {
    let organization = organization::find(app, member.organization).await?;
    let id = MemberId::parse(member.member).map_err(|_| not_found(member.member))?;
    Ok(MemberKey {
        organization: organization.id,
        member: id,
    })
}

/// Reads a member and locks the row until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, key: &MemberKey) -> Result<Member, TxError> {
    let mut organization = tx.organization(&key.organization);
    let found = organization.lock_member(&key.member).await?;
    found.ok_or_else(|| not_found(key.member.as_str()).into())
}

fn not_found(id: &str) -> Problem {
    Problem::not_found("member", id)
}

pub(super) fn view(member: &Member) -> MemberView {
    let profile = &member.profile;
    MemberView {
        id: member.id.to_string(),
        person: member.person.to_string(),
        email: profile.email.clone(),
        email_verified: profile.email_verified_at.is_some(),
        name: profile.name.clone(),
        first_name: profile.first_name.clone(),
        last_name: profile.last_name.clone(),
        groups: profile.groups.clone(),
        custom_claims: profile.custom_claims.clone(),
        role: member.role.clone(),
        state: member.state(),
        invitation_sent_at: member.invitation_sent_at.map(instant),
        deactivated_at: member.deactivated_at.map(instant),
        created_at: instant(member.created_at),
    }
}

pub(super) fn audit<'d>(
    actor: &'d Actor,
    member: &'d Member,
    action: &'static str,
) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(&member.organization),
        action,
        subject: member.id.as_str(),
    }
}

pub(super) fn is_in_verified_domain(email: &EmailAddress, domains: &[Domain]) -> bool {
    domains
        .iter()
        .any(|domain| domain.verified_at.is_some() && domain.name == email.domain())
}

fn check_role(app: &App, role: &str) -> Result<(), Problem> {
    role::check_configured(app, "role", role).map_err(|problem| Problem::fields(vec![problem]))
}
