//! A connection that is not active, or no longer available while a user is at the identity provider.

use rstest::rstest;
use serde_json::json;
use service::{Actor, connection};
use store::{ConnectionId, OrganizationChange};
use test_support::{ADA, GRACE, START, SsoFixture, acs_path, at};
use testkit::identity_provider::IdpBehavior;

use crate::attempt_page::assert_failed_attempt;

/// What happens to the connection while the user is at the identity provider.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Change {
    Disable,
    LowerPlan,
    Delete,
}

impl Change {
    async fn apply(self, sso: &SsoFixture) {
        let organization = sso.organization.clone();
        let connection = sso.connection.clone();
        let professional = OrganizationChange {
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
            plan: "professional".to_owned(),
        };
        sso.write(async move |tx| {
            let mut scope = tx.organization(&organization);
            match self {
                Self::Disable => scope.disable(&connection, at(START)).await.map(drop),
                Self::LowerPlan => scope.update(&professional).await.map(drop),
                Self::Delete => scope
                    .delete_connection(&connection, at(START))
                    .await
                    .map(drop),
            }
        })
        .await;
    }
}

#[rstest]
#[case::disabled(Change::Disable, "connection-disabled", "connection-disabled")]
#[case::plan_without_sso(Change::LowerPlan, "sso-not-in-plan", "sso-not-in-plan")]
#[case::deleted(Change::Delete, "connection-not-found", "no-connection")]
#[tokio::test]
async fn an_unavailable_connection_completes_and_starts_no_sign_in(
    #[case] change: Change,
    #[case] completion_code: &str,
    #[case] start_code: &str,
) {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    sso.sign_in(&mut browser, GRACE).await;
    change.apply(&sso).await;

    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(page.error_code(), completion_code);
    // The attempts of a deleted connection have no pages.
    if change != Change::Delete {
        assert_failed_attempt(&sso, &page, completion_code).await;
    }
    // An existing session does not give access either.
    let page = browser
        .get(&sso.authorize_path(&[("organization", "acme")]))
        .await;
    assert_eq!(page.error_code(), start_code);
    let redirect = browser
        .get(&sso.authorize_path(&[("organization", "acme"), ("prompt", "none")]))
        .await;
    let error = redirect.location_parameter("error");
    assert_eq!(error.as_deref(), Some("access_denied"));
}

/// A connection that is still being set up must not hide why sign-ins stopped.
#[tokio::test]
async fn a_newer_draft_does_not_hide_that_the_connection_is_disabled() {
    let sso = SsoFixture::new().await;
    let input = service::json::from_value(json!({"name": "Draft"})).unwrap();
    let organization = sso.organization.as_str();
    connection::create(&sso.server.app, &Actor::CommandLine, organization, input)
        .await
        .unwrap();
    Change::Disable.apply(&sso).await;
    let path = sso.authorize_path(&[("organization", "acme")]);
    let page = sso.browser().get(&path).await;
    assert_eq!(page.error_code(), "connection-disabled");
}

#[tokio::test]
async fn a_connection_that_was_never_activated_is_not_active() {
    let sso = SsoFixture::new().await;
    let globex = sso.add_organization("globex", "enterprise").await;
    let input = service::json::from_value(json!({"name": "Draft"})).unwrap();
    let draft = connection::create(&sso.server.app, &Actor::CommandLine, globex.as_str(), input)
        .await
        .unwrap();

    let path = sso.authorize_path(&[("connection", &draft.id)]);
    let page = sso.browser().get(&path).await;
    assert_eq!(page.error_code(), "connection-not-active");
    let acs_path = acs_path(&ConnectionId::parse(&draft.id).unwrap());
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let fields = [("SAMLResponse", response.as_str())];
    let page = sso.browser().post(&acs_path, &fields).await;
    assert_eq!(page.error_code(), "connection-not-active");
}
