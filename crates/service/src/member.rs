//! Members: people's memberships of an organization.

use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::problem::Problem;
use runtime::random;
use serde::{Deserialize, Serialize};
use store::{
    Domain, Member, MemberId, Organization, OrganizationId, Person, PersonId, Profile, StoreError,
    Tx,
};
use utoipa::ToSchema;

use super::audit_log::Deed;
pub use super::role::ADMIN;
use super::{Actor, Listing, PageRequest, Undone, account, instant, organization, role};
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
    /// The role: `admin`, `member`, or another role of the configuration.
    pub role: String,
    /// When the member was deactivated.
    #[schema(format = DateTime)]
    pub deactivated_at: Option<String>,
    /// When the member was invited or first signed in.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// The members of an organization, oldest first.
///
/// # Errors
///
/// When there is no such organization.
pub async fn list(
    app: &App,
    named: &str,
    request: &PageRequest,
) -> Result<Listing<MemberView>, Problem> {
    search(app, named, request, "").await
}

/// Those of them whose name or e-mail address contains what somebody looks for; everybody, when that is nothing.
///
/// # Errors
///
/// When there is no such organization.
pub async fn search(
    app: &App,
    named: &str,
    request: &PageRequest,
    sought: &str,
) -> Result<Listing<MemberView>, Problem> {
    let page = request.page()?;
    let organization = organization::find(app, named).await?;
    let (wanted, sought) = (page.clone(), sought.trim().to_owned());
    let members = {
        let mut tx = app.store.snapshot().await?;
        let mut organization = tx.organization(&organization.id);
        match sought.as_str() {
            "" => organization.members(&wanted).await,
            sought => organization.search_members(sought, &wanted).await,
        }?
    };
    Ok(Listing::new(
        &page,
        members,
        |member| member.id.as_str(),
        |member| view(&member),
    ))
}

/// One member.
///
/// # Errors
///
/// When the organization has no such member.
pub async fn show(app: &App, named: &str, id: &str) -> Result<MemberView, Problem> {
    let organization = organization::find(app, named).await?;
    Ok(view(&find(app, &organization, id).await?))
}

/// Invites somebody.
///
/// # Errors
///
/// When they are a member already, or something is not as it must be.
pub async fn add(
    app: &App,
    actor: &Actor,
    named: &str,
    new: NewMember,
) -> Result<MemberView, Problem> {
    let organization = organization::find(app, named).await?;
    let email = EmailAddress::parse_field("email", &new.email)?;
    json::validate(&new)?;
    let role = new.role.unwrap_or_else(role::usual);
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
        deactivated_at: None,
    };
    let person = Person {
        id,
        email: Some(email.to_string()),
        name: new.name,
        created_at: now,
    };
    let event = deed(actor, &member, "member.add").event(app, None, Some(to_json(&view(&member))));
    app.store
        .write(async move |tx| {
            let mut organization = tx.organization(&organization.id);
            if !organization
                .members_by_email(email.as_str())
                .await?
                .is_empty()
            {
                return Err(store::Conflict::AlreadyMember.into());
            }
            let domains = organization.domains().await?;
            member.profile.email_verified_at = is_in_one_of(&email, &domains).then_some(now);
            member.person = person_of(tx, (&member, &email), person).await?;
            tx.organization(&member.organization)
                .add_member(&member)
                .await??;
            tx.add_audit_entry(&event).await?;
            Ok::<_, Undone>(view(&member))
        })
        .await
        .map_err(Problem::from)
}

/// The person that a new member is. An administrator comes into the console by their address, so they are whoever has
/// it already, perhaps from another organization; everybody else is known by their identity provider alone.
async fn person_of(
    tx: &mut Tx,
    (member, email): (&Member, &EmailAddress),
    person: Person,
) -> Result<PersonId, StoreError> {
    if member.role == ADMIN {
        return account::person_with(tx, email, person.name, person.created_at).await;
    }
    tx.add_person(&person).await?;
    Ok(person.id)
}

/// Changes a member.
///
/// # Errors
///
/// When the organization has no such member, or something is not as it must be.
pub async fn update(
    app: &App,
    actor: &Actor,
    place: (&str, &str),
    change: Patch,
) -> Result<MemberView, Problem> {
    let (named, id) = place;
    let place = place_of(app, named, id).await?;
    let (app, actor) = (app.clone(), actor.clone());
    let store = app.store.clone();
    let done = store.write(async move |tx| {
        // Read here, where nobody else changes them: a sign-in may have just brought other groups or another address.
        let before = hold(tx, &place).await?;
        let after = changed(&app, &before, change)?;
        let now = app.clock.now();
        let mut organization = tx.organization(&after.organization);
        organization
            .update_profile(&after.id, &after.profile)
            .await?;
        organization.set_role(&after.id, &after.role).await?;
        if let Some(email) = address_to_give(&before, &after) {
            account::give(tx, &after.person, &email, now).await?;
        }
        let mut organization = tx.organization(&after.organization);
        match after.deactivated_at {
            Some(at) => {
                organization.deactivate_member(&after.id, at).await?;
                organization.end_sessions_of(&after.id, now).await?;
            }
            None => drop(organization.reactivate_member(&after.id).await?),
        }
        let shown = view(&after);
        let (was, is) = (to_json(&view(&before)), to_json(&shown));
        let deed = deed(&actor, &after, "member.update");
        tx.add_audit_entry(&deed.event(&app, Some(was), Some(is)))
            .await?;
        Ok::<_, Undone>(shown)
    });
    done.await.map_err(Problem::from)
}

/// The address by which somebody who becomes an administrator comes into the console.
///
/// An address is a person for all organizations and for the operators, so an identity provider's word for it counts
/// inside the organization's own domains alone.
fn address_to_give(before: &Member, after: &Member) -> Option<EmailAddress> {
    let becomes_admin = before.role != ADMIN && after.role == ADMIN;
    let is_believed = after.profile.email_verified_at.is_some();
    let email = after.profile.email.as_deref().and_then(EmailAddress::parse);
    email.filter(|_| becomes_admin && is_believed)
}

/// A member as a change makes them.
fn changed(app: &App, before: &Member, change: Patch) -> Result<Member, Problem> {
    let there = MemberSettings {
        name: before.profile.name.clone(),
        role: before.role.clone(),
        deactivated: before.deactivated_at.is_some(),
    };
    let settings: MemberSettings = change.apply_to(to_json(&there))?;
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

/// Ends a membership. The same person's next one has another id.
///
/// # Errors
///
/// When the organization has no such member.
pub async fn delete(app: &App, actor: &Actor, named: &str, id: &str) -> Result<(), Problem> {
    let place = place_of(app, named, id).await?;
    let (app, actor) = (app.clone(), actor.clone());
    let store = app.store.clone();
    let done = store.write(async move |tx| {
        let member = hold(tx, &place).await?;
        let mut organization = tx.organization(&member.organization);
        organization.delete_member(&member.id).await?;
        let deed = deed(&actor, &member, "member.delete");
        let event = deed.event(&app, Some(to_json(&view(&member))), None);
        Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
    });
    done.await.map_err(Problem::from)
}

/// Where a member is to be found.
async fn place_of(app: &App, named: &str, id: &str) -> Result<(OrganizationId, MemberId), Problem> {
    let organization = organization::find(app, named).await?;
    let member = MemberId::parse(id).map_err(|_| Problem::not_found("member", id))?;
    Ok((organization.id, member))
}

/// The member at a place, whom nobody else changes until the unit of work ends.
async fn hold(
    tx: &mut Tx,
    (organization, id): &(OrganizationId, MemberId),
) -> Result<Member, Undone> {
    let found = tx.organization(organization).lock_member(id).await?;
    found.ok_or_else(|| Problem::not_found("member", id.as_str()).into())
}

async fn find(app: &App, organization: &Organization, id: &str) -> Result<Member, Problem> {
    let unknown = || Problem::not_found("member", id);
    let member = MemberId::parse(id).map_err(|_| unknown())?;
    let place = organization.id.clone();
    let found = app
        .store
        .snapshot()
        .await?
        .organization(&place)
        .member(&member)
        .await?;
    found.ok_or_else(unknown)
}

fn view(member: &Member) -> MemberView {
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
        role: member.role.clone(),
        deactivated_at: member.deactivated_at.map(instant),
        created_at: instant(member.created_at),
    }
}

fn deed<'d>(actor: &'d Actor, member: &'d Member, action: &'static str) -> Deed<'d> {
    Deed {
        actor,
        organization: Some(&member.organization),
        action,
        subject: member.id.as_str(),
    }
}

pub(super) fn is_in_one_of(email: &EmailAddress, domains: &[Domain]) -> bool {
    domains
        .iter()
        .any(|one| one.verified_at.is_some() && one.name == email.domain())
}

fn check_role(app: &App, role: &str) -> Result<(), Problem> {
    match role::problem(app, "role", role) {
        None => Ok(()),
        Some(problem) => Err(Problem::fields(vec![problem])),
    }
}
