//! Merging two members who are one person, with two accounts at identity providers.

use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use store::{Identity, Member, MemberId, MemberState, Tx};
use utoipa::ToSchema;

use super::merge_preview::loses_last_admin;
use super::{MemberKey, MemberRef, MemberView, audit, lock, not_found, resolve, view};
use crate::{Actor, Listing, TxError, instant, json, to_json};

/// The member to merge into another one.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct MemberMerge {
    /// The ID of the member who is deleted. Their accounts at identity providers go to the other member.
    #[schema(example = "mem_4xk6t7yq2m5c3w6lz4ys2n7pba")]
    pub from: String,
}

/// An account of a member at an identity provider.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MemberAccount)]
pub struct AccountView {
    /// The connection ID.
    pub connection: String,
    /// The entity ID of the identity provider.
    pub issuer: String,
    /// The subject: the NameID with its qualifiers, or the subject attribute, as JSON.
    pub subject: String,
    /// When the account was first used.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// The other active members with the same verified email address, oldest first.
pub async fn list_duplicates(
    app: &App,
    member: MemberRef<'_>,
) -> Result<Listing<MemberView>, Problem> {
    let key = resolve(app, member).await?;
    let mut tx = app.store.snapshot().await?;
    let mut organization = tx.organization(&key.organization);
    let member = organization.member(&key.member).await?;
    let member = member.ok_or_else(|| not_found(key.member.as_str()))?;
    let Some(email) = &member.profile.email else {
        return Ok(Listing::empty());
    };
    let same_email = organization.members_by_email(email).await?;
    let others = same_email
        .iter()
        .filter(|other| check_mergeable(&member, other).is_ok());
    Ok(Listing::whole(others.map(view).collect()))
}

/// The accounts of a member, oldest first.
pub async fn list_accounts(
    app: &App,
    member: MemberRef<'_>,
) -> Result<Listing<AccountView>, Problem> {
    let key = resolve(app, member).await?;
    let mut tx = app.store.snapshot().await?;
    let mut organization = tx.organization(&key.organization);
    if organization.member(&key.member).await?.is_none() {
        return Err(not_found(key.member.as_str()));
    }
    let accounts = organization.identities(&key.member).await?;
    let accounts = accounts.into_iter().map(account_view);
    Ok(Listing::whole(accounts.collect()))
}

fn account_view(identity: Identity) -> AccountView {
    AccountView {
        connection: identity.account.connection.to_string(),
        issuer: identity.account.issuer,
        subject: identity.account.subject,
        created_at: instant(identity.created_at),
    }
}

/// Merges a member into `survivor`, who keeps ID, profile and role, and receives the accounts of the other one. The
/// other one is deleted, which ends their sessions.
///
/// # Errors
///
/// The problem `members-not-mergeable` when the members are the same, one is not active, or they do not have the same
/// verified email address; `last-admin` when the organization would have no active administrator any more.
pub async fn merge(
    app: &App,
    actor: &Actor,
    survivor: MemberRef<'_>,
    merge: MemberMerge,
) -> Result<MemberView, Problem> {
    json::validate(&merge)?;
    let survivor = resolve(app, survivor).await?;
    let merged = merged_key(&survivor, &merge)?;
    let (app, actor) = (app.clone(), actor.clone());
    let store = app.store.clone();
    let written = store.write(async move |tx| {
        let [survivor, merged] = lock_both(tx, &survivor, &merged).await?;
        check_mergeable(&survivor, &merged)?;
        let mut organization = tx.organization(&survivor.organization);
        if loses_last_admin(&mut organization, &survivor, &merged).await? {
            return Err(Problem::new(ProblemCode::LastAdmin).into());
        }
        organization
            .move_identities(&merged.id, &survivor.id)
            .await?;
        organization.delete_member(&merged.id).await?;
        let survivor_view = view(&survivor);
        let before = serde_json::json!({ "survivor": survivor_view, "merged": view(&merged) });
        let record = audit(&actor, &survivor, "member.merged");
        let entry = record.entry(&app, Some(before), Some(to_json(&survivor_view)));
        tx.add_audit_entry(&entry).await?;
        Ok::<_, TxError>(survivor_view)
    });
    written.await.map_err(Problem::from)
}

/// Locks in the order of the IDs, so that two merges cannot wait for each other.
async fn lock_both(
    tx: &mut Tx,
    survivor: &MemberKey,
    merged: &MemberKey,
) -> Result<[Member; 2], TxError> {
    if survivor.member < merged.member {
        let survivor = lock(tx, survivor).await?;
        return Ok([survivor, lock(tx, merged).await?]);
    }
    let merged = lock(tx, merged).await?;
    Ok([lock(tx, survivor).await?, merged])
}

/// The member to merge, who is another one than the survivor.
pub(super) fn merged_key(survivor: &MemberKey, merge: &MemberMerge) -> Result<MemberKey, Problem> {
    let member = MemberId::parse(&merge.from).map_err(|_| not_found(&merge.from))?;
    if survivor.member == member {
        return Err(Problem::new(ProblemCode::MembersNotMergeable));
    }
    Ok(MemberKey {
        organization: survivor.organization.clone(),
        member,
    })
}

/// Checks that both are active and have the same verified address. A merge must not give the accounts of a deactivated
/// member to an active one, and an invitation can be withdrawn, which deletes the member.
pub(super) fn check_mergeable(one: &Member, other: &Member) -> Result<(), Problem> {
    for member in [one, other] {
        let state = member.state();
        if state != MemberState::Active {
            let detail = format!(
                "{} is {}; two members can be merged only if both are active",
                member.id,
                state.as_str()
            );
            return Err(Problem::with_detail(
                ProblemCode::MembersNotMergeable,
                detail,
            ));
        }
    }
    let is_verified = |member: &Member| member.profile.email_verified_at.is_some();
    let is_same = one.profile.email.is_some() && one.profile.email == other.profile.email;
    if one.id == other.id || !is_same || !is_verified(one) || !is_verified(other) {
        return Err(Problem::new(ProblemCode::MembersNotMergeable));
    }
    Ok(())
}
