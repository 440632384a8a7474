//! What a merge of two members would do, and changes nothing.

use runtime::app::App;
use runtime::problem::Problem;
use serde::Serialize;
use store::{Member, MemberFilter, MemberState, OrganizationTx, Page, StoreError};
use utoipa::ToSchema;

use super::merge::{MemberMerge, check_mergeable, merged_key};
use super::{MemberKey, MemberRef, MemberView, not_found, resolve, view};
use crate::{json, role};

/// What a merge would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MemberMergePreview)]
pub struct MergePreview {
    /// The member who stays, with ID, role and profile.
    pub survivor: MemberView,
    /// The member who is deleted and signed out.
    pub merged: MemberView,
    /// The number of accounts at identity providers that the survivor receives.
    pub accounts: usize,
    /// The role of the deleted member, when it is another one than the survivor's, who does not receive it.
    pub lost_role: Option<String>,
    /// The number of unused recovery codes of the deleted member, which stop working.
    pub lost_recovery_codes: i64,
    /// Whether the merge is refused because the organization would have no active administrator any more.
    pub loses_last_admin: bool,
}

/// Tells what a merge would do.
///
/// # Errors
///
/// The problem `members-not-mergeable`, as the merge itself.
pub async fn preview_merge(
    app: &App,
    survivor: MemberRef<'_>,
    merge: &MemberMerge,
) -> Result<MergePreview, Problem> {
    json::validate(merge)?;
    let survivor = resolve(app, survivor).await?;
    let merged = merged_key(&survivor, merge)?;
    let mut tx = app.store.snapshot().await?;
    let mut organization = tx.organization(&survivor.organization);
    let survivor = find(&mut organization, &survivor).await?;
    let merged = find(&mut organization, &merged).await?;
    check_mergeable(&survivor, &merged)?;
    let lost_role = (merged.role != survivor.role).then(|| merged.role.clone());
    Ok(MergePreview {
        accounts: organization.identities(&merged.id).await?.len(),
        lost_role,
        lost_recovery_codes: organization.count_recovery_codes(&merged.id).await?,
        loses_last_admin: loses_last_admin(&mut organization, &survivor, &merged).await?,
        survivor: view(&survivor),
        merged: view(&merged),
    })
}

async fn find(organization: &mut OrganizationTx<'_>, key: &MemberKey) -> Result<Member, Problem> {
    let found = organization.member(&key.member).await?;
    found.ok_or_else(|| not_found(key.member.as_str()))
}

/// Whether the deleted member is the only active administrator, and the survivor is none.
///
/// A merge names the loss of the role in passing, so it is refused. Deleting, deactivating or changing the role of the last
/// administrator names exactly that, and is not; so nothing holds the other administrators while members are merged.
pub(super) async fn loses_last_admin(
    organization: &mut OrganizationTx<'_>,
    survivor: &Member,
    merged: &Member,
) -> Result<bool, StoreError> {
    if merged.role != role::ADMIN || survivor.role == role::ADMIN {
        return Ok(false);
    }
    let active_admins = MemberFilter {
        role: Some(role::ADMIN.to_owned()),
        state: Some(MemberState::Active),
        ..MemberFilter::default()
    };
    let admins = organization
        .members(&active_admins, &Page::first(2))
        .await?;
    Ok(admins.iter().all(|admin| admin.id == merged.id))
}
