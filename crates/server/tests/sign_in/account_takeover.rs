//! An email address that an identity provider has claimed must not lead to the member of another person.

use rstest::rstest;
use serde_json::json;
use store::{ConnectionId, Provisioning, UnverifiedEmail};
use test_support::{ADA, START, SsoFixture, at, connection_settings};
use testkit::identity_provider::{IdpBehavior, User};

use crate::account_changes::{add_second_connection, member_ids, sign_in_through, with_name_id};
use crate::invitation::invite;
use crate::provisioning::remove_domain;

/// Whether the rows of a deleted connection are erased already.
#[derive(Clone, Copy, Debug)]
enum Rows {
    Left,
    Erased,
}

/// An organization whose connection admits users with addresses outside the verified domains.
async fn admitting_all() -> SsoFixture {
    SsoFixture::with(|settings| settings.policy.unverified_email = Some(UnverifiedEmail::Admit))
        .await
}

/// A user becomes a member with an address in a domain that is verified only afterwards.
async fn claim_address(sso: &SsoFixture) -> Vec<String> {
    remove_domain(sso).await;
    sign_in_through(sso, &sso.connection, &with_name_id("claimant")).await;
    sso.add_domain(&sso.organization, "acme.example").await;
    member_ids(sso).await
}

async fn delete_connection(sso: &SsoFixture, rows: Rows) {
    let (organization, connection) = (sso.organization.clone(), sso.connection.clone());
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.delete_connection(&connection, at(START)).await?;
        while matches!(rows, Rows::Erased) && scope.erase_connection_batch(&connection).await? {}
        Ok(())
    })
    .await;
}

async fn start_move(sso: &SsoFixture, to: &ConnectionId) {
    let body = json!({ "from": sso.connection, "to": to });
    let moves = "/organizations/acme/account-moves";
    assert_eq!(sso.server.api.create(moves, body).await["state"], "open");
}

#[rstest]
#[case::rows_left(Rows::Left)]
#[case::rows_erased(Rows::Erased)]
#[tokio::test]
async fn a_claimed_address_leads_to_no_member_of_a_deleted_connection(#[case] rows: Rows) {
    let sso = admitting_all().await;
    let claimant = claim_address(&sso).await.remove(0);
    delete_connection(&sso, rows).await;
    let next = add_second_connection(&sso).await;
    sign_in_through(&sso, &next, &with_name_id("ada")).await;
    let ids = member_ids(&sso).await;
    assert_eq!(ids.len(), 2);
    sign_in_through(&sso, &next, &with_name_id("ada")).await;
    assert_eq!(member_ids(&sso).await, ids);
    let accounts = format!("/organizations/acme/members/{claimant}/accounts");
    let accounts = sso.server.api.get(&accounts).await.json();
    assert_eq!(accounts["items"], json!([]));
}

#[tokio::test]
async fn a_claimed_address_is_no_invitation() {
    let sso = admitting_all().await;
    let ids = claim_address(&sso).await;
    delete_connection(&sso, Rows::Left).await;
    let mut settings = connection_settings();
    settings.provisioning = Provisioning::InvitationOnly;
    let next = sso.add_connection(&sso.organization, settings).await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("connection", next.as_str())])
        .await;
    let page = sso
        .server
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(page.error_code(), "not-a-member");
    assert_eq!(member_ids(&sso).await, ids);
    let report = sso.server.api.get("/organizations/acme/sso-enforcement");
    assert_eq!(
        report.await.json()["members"][0]["reason"],
        "email-not-confirmed"
    );
}

#[rstest]
#[case::rows_left(Rows::Left)]
#[case::rows_erased(Rows::Erased)]
#[tokio::test]
async fn a_verified_address_leads_to_the_member_of_a_deleted_connection(#[case] rows: Rows) {
    let sso = SsoFixture::new().await;
    sign_in_through(&sso, &sso.connection, &with_name_id("old")).await;
    let ids = member_ids(&sso).await;
    delete_connection(&sso, rows).await;
    let next = add_second_connection(&sso).await;
    sign_in_through(&sso, &next, &with_name_id("new")).await;
    assert_eq!(member_ids(&sso).await, ids);
}

#[tokio::test]
async fn an_invited_member_with_an_address_that_was_claimed_since_is_not_matched_by_it() {
    let sso = admitting_all().await;
    let invited = invite(&sso, Some("ada@acme.example"), "admin").await;
    sign_in_through(&sso, &sso.connection, &with_name_id("ada")).await;
    assert_eq!(member_ids(&sso).await, [invited.to_string()]);
    let grace = User {
        email: "grace@home.example",
        ..with_name_id("ada")
    };
    sign_in_through(&sso, &sso.connection, &grace).await;
    delete_connection(&sso, Rows::Left).await;
    sso.add_domain(&sso.organization, "home.example").await;
    let next = add_second_connection(&sso).await;
    let grace = User {
        email: "grace@home.example",
        ..with_name_id("grace")
    };
    sign_in_through(&sso, &next, &grace).await;
    let members = sso.members().await;
    assert_eq!(members.len(), 2);
    let other = members.iter().find(|member| member.id != invited).unwrap();
    assert_eq!(other.role, "member");
}

#[tokio::test]
async fn an_invited_member_of_a_deleted_connection_is_matched_by_the_invitation() {
    let sso = SsoFixture::new().await;
    let invited = invite(&sso, Some("ada@acme.example"), "admin").await;
    sign_in_through(&sso, &sso.connection, &with_name_id("old")).await;
    // The addresses in the domain are unverified from now on.
    let domain = "/organizations/acme/domains/acme.example";
    sso.server.api.delete(domain).await;
    assert_eq!(
        sso.members().await.remove(0).profile.email_verified_at,
        None
    );
    sso.add_domain(&sso.organization, "acme.example").await;
    delete_connection(&sso, Rows::Erased).await;
    let next = add_second_connection(&sso).await;
    sign_in_through(&sso, &next, &with_name_id("new")).await;
    assert_eq!(member_ids(&sso).await, [invited.to_string()]);
}

#[tokio::test]
async fn a_move_does_not_concern_a_member_who_has_claimed_an_address() {
    let sso = admitting_all().await;
    claim_address(&sso).await;
    let new = add_second_connection(&sso).await;
    start_move(&sso, &new).await;
    sign_in_through(&sso, &new, &with_name_id("ada")).await;
    assert_eq!(member_ids(&sso).await.len(), 2);
    let moves = sso.server.api.get("/organizations/acme/account-moves");
    assert_eq!(moves.await.json()["items"][0]["moved"], 0);
}

#[tokio::test]
async fn a_move_does_not_concern_members_with_the_same_address() {
    let sso = SsoFixture::new().await;
    for name_id in ["one", "two"] {
        sign_in_through(&sso, &sso.connection, &with_name_id(name_id)).await;
    }
    let new = add_second_connection(&sso).await;
    start_move(&sso, &new).await;
    sign_in_through(&sso, &new, &with_name_id("three")).await;
    assert_eq!(member_ids(&sso).await.len(), 3);
}
