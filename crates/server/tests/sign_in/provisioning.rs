//! Which users become members, and which email addresses are verified.

use store::{Provisioning, UnverifiedEmail};
use test_support::{ADA, GRACE, START, SsoFixture, TestResponse, at, connection_settings};
use testkit::identity_provider::{IdpBehavior, User};

use crate::attempt_page::assert_failed_attempt;
use crate::invitation::invite;

async fn invitation_only() -> SsoFixture {
    SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await
}

/// Signs a user in with a new browser and a valid response.
async fn attempt_sign_in(sso: &SsoFixture, user: &User) -> TestResponse {
    sso.attempt_sign_in(&mut sso.browser(), user, IdpBehavior::Valid)
        .await
}

pub(crate) async fn remove_domain(sso: &SsoFixture) {
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.remove_domain("acme.example").await.map(drop)
    })
    .await;
}

#[tokio::test]
async fn with_invitation_only_provisioning_only_invited_users_sign_in() {
    let sso = invitation_only().await;
    let ada = invite(&sso, Some("ada@acme.example"), "admin").await;
    let redirect = attempt_sign_in(&sso, ADA).await;
    assert!(redirect.location_parameter("code").is_some());
    let page = attempt_sign_in(&sso, GRACE).await;
    assert_eq!(page.error_code(), "not-a-member");
    let members = sso.members().await;
    let [member] = members.as_slice() else {
        panic!("{members:?}")
    };
    assert_eq!(member.id, ada);
    assert_eq!(member.role, "admin");
    assert!(member.profile.email_verified_at.is_some());
    // The next sign-in finds the member by the account, not by the email address.
    let redirect = attempt_sign_in(&sso, ADA).await;
    assert!(redirect.location_parameter("code").is_some());
}

#[tokio::test]
async fn an_email_outside_the_verified_domains_does_not_match_an_invitation() {
    let sso = invitation_only().await;
    invite(&sso, Some("ada@acme.example"), "admin").await;
    remove_domain(&sso).await;
    let page = attempt_sign_in(&sso, ADA).await;
    assert_failed_attempt(&sso, &page, "email-domain-not-verified").await;

    // The verified domain of another organization makes no difference.
    let globex = sso.add_organization("globex", "enterprise").await;
    sso.add_domain(&globex, "acme.example").await;
    let page = attempt_sign_in(&sso, ADA).await;
    assert_eq!(page.error_code(), "email-domain-not-verified");
}

#[tokio::test]
async fn a_provisioned_member_with_an_email_outside_the_verified_domains_has_no_verified_email() {
    let sso = SsoFixture::new().await;
    let invited = invite(&sso, Some("ada@acme.example"), "admin").await;
    remove_domain(&sso).await;
    let redirect = attempt_sign_in(&sso, ADA).await;
    assert!(redirect.location_parameter("code").is_some());
    let members = sso.members().await;
    let provisioned = members.iter().find(|member| member.id != invited).unwrap();
    let email = provisioned.profile.email.as_deref();
    assert_eq!(email, Some("ada@acme.example"));
    assert_eq!(provisioned.profile.email_verified_at, None);
}

#[tokio::test]
async fn a_deactivated_member_cannot_sign_in_through_any_connection() {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let organization = sso.organization.clone();
    let member = sso.members().await.remove(0).id;
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.deactivate_member(&member, at(START)).await.map(drop)
    })
    .await;
    let page = attempt_sign_in(&sso, ADA).await;
    assert_failed_attempt(&sso, &page, "member-deactivated").await;

    let second = sso
        .add_connection(&sso.organization, connection_settings())
        .await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("connection", second.as_str())])
        .await;
    let page = sso
        .server
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(page.error_code(), "member-deactivated");
    assert_eq!(sso.members().await.len(), 1);
}

#[tokio::test]
async fn with_invitation_only_provisioning_a_response_needs_an_email() {
    let sso = invitation_only().await;
    let page = sso
        .attempt_sign_in(&mut sso.browser(), ADA, IdpBehavior::NoAttributes)
        .await;
    assert_eq!(page.error_code(), "email-missing");
    assert!(sso.members().await.is_empty());
}

/// Signs Ada in with an address outside the verified domains, by this policy.
async fn sign_in_from_home(policy: Option<UnverifiedEmail>) -> (SsoFixture, TestResponse) {
    let sso = SsoFixture::with(|settings| settings.policy.unverified_email = policy).await;
    let user = User {
        email: "ada@home.example",
        ..ADA.clone()
    };
    let response = attempt_sign_in(&sso, &user).await;
    (sso, response)
}

#[tokio::test]
async fn a_connection_decides_about_addresses_outside_the_verified_domains() {
    let (sso, _) = sign_in_from_home(Some(UnverifiedEmail::Admit)).await;
    let profile = sso.members().await.remove(0).profile;
    assert_eq!(profile.email.as_deref(), Some("ada@home.example"));
    assert_eq!(profile.email_verified_at, None);

    let (sso, _) = sign_in_from_home(Some(UnverifiedEmail::AdmitWithoutEmail)).await;
    assert_eq!(sso.members().await.remove(0).profile.email, None);
    let attempt = sso.attempts().await.remove(0);
    assert!(attempt.checks.contains("\"email-left-out\""));

    for policy in [Some(UnverifiedEmail::Refuse), None] {
        let (sso, page) = sign_in_from_home(policy).await;
        assert_failed_attempt(&sso, &page, "email-domain-not-verified").await;
        assert!(sso.members().await.is_empty());
    }
}

#[tokio::test]
async fn an_address_that_was_admitted_before_is_not_said_to_be_left_out() {
    let (sso, _) = sign_in_from_home(Some(UnverifiedEmail::Admit)).await;
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    let change = serde_json::json!({ "unverified_email": "admit_without_email" });
    let changed = sso.server.api.patch(&path, change).await;
    assert_eq!(
        changed.status,
        axum::http::StatusCode::OK,
        "{}",
        changed.text
    );
    let home = |email| User {
        email,
        ..ADA.clone()
    };
    attempt_sign_in(&sso, &home("ada@home.example")).await;
    let attempt = sso.attempts().await.remove(0);
    assert!(!attempt.checks.contains("\"email-left-out\""));
    attempt_sign_in(&sso, &home("ada@cottage.example")).await;
    let attempt = sso.attempts().await.remove(0);
    assert!(attempt.checks.contains("\"email-left-out\""));
    let profile = sso.members().await.remove(0).profile;
    assert_eq!(profile.email.as_deref(), Some("ada@home.example"));
}

#[tokio::test]
async fn without_a_verified_domain_new_connections_admit_each_address() {
    let sso = SsoFixture::new().await;
    remove_domain(&sso).await;
    let redirect = attempt_sign_in(&sso, ADA).await;
    assert!(redirect.location_parameter("code").is_some());
    let profile = sso.members().await.remove(0).profile;
    assert_eq!(profile.email.as_deref(), Some("ada@acme.example"));
}
