//! Revoked access stays revoked: what a browser and an application hold ends with the connection, the plan or the
//! member, and does not come back.

use axum::http::StatusCode;
use rstest::rstest;
use serde_json::{Value, json};
use test_support::{ADA, SsoFixture, TestBrowser, TestResponse};
use testkit::identity_provider::IdpBehavior;

use crate::tokens::{get_userinfo, redeem_code};

const SIGN_IN: &str = "/console/sign-in";
const TEAM: &str = "/console/organizations/acme/team";

/// What an operator revokes, and restores later.
#[derive(Clone, Copy, Debug)]
enum Revocation {
    Connection,
    Plan,
    Member,
}

/// Everything that Ada, an administrator, has after she signed in to the application and to the console through the
/// connection.
struct SignedIn {
    sso: SsoFixture,
    application: TestBrowser,
    console: TestBrowser,
    /// A page of the console that was open before.
    activate_page: TestResponse,
    access_token: String,
    /// Not redeemed yet.
    code: String,
}

impl Revocation {
    async fn happen(self, sso: &SsoFixture) {
        self.change(sso, "disable", "professional", true).await;
    }

    async fn undo(self, sso: &SsoFixture) {
        self.change(sso, "activate", "enterprise", false).await;
    }

    async fn change(self, sso: &SsoFixture, action: &str, plan: &str, deactivated: bool) {
        let api = &sso.server.api;
        let changed = match self {
            Self::Connection => {
                let path = format!("{}/{action}", connection_path(sso));
                api.post(&path, Value::Null).await
            }
            Self::Plan => {
                api.patch("/organizations/acme", json!({ "plan": plan }))
                    .await
            }
            Self::Member => {
                let body = json!({ "deactivated": deactivated });
                api.patch(&ada_path(sso).await, body).await
            }
        };
        assert_eq!(changed.status, StatusCode::OK, "{changed:?}");
    }
}

impl SignedIn {
    async fn new() -> Self {
        let sso = SsoFixture::new().await;
        let mut application = sso.browser();
        let code = sso.sign_in(&mut application, ADA).await;
        let tokens = redeem_code(&sso, &code).await.json();
        let again = sso.authorize_path(&[("organization", "acme")]);
        let redirect = application.get(&again).await;
        let code = redirect.location_parameter("code").unwrap();
        let admin = json!({ "role": "admin" });
        let path = ada_path(&sso).await;
        assert_eq!(
            sso.server.api.patch(&path, admin).await.status,
            StatusCode::OK
        );
        let mut console = sign_in_to_console(&sso).await;
        assert_eq!(console.get(TEAM).await.status, StatusCode::OK);
        let activate_page = console.get(&activate_path(&sso)).await;
        Self {
            access_token: tokens["access_token"].as_str().unwrap().to_owned(),
            sso,
            application,
            console,
            activate_page,
            code,
        }
    }

    /// Asserts that nothing of it gives access.
    async fn assert_ended(&mut self) {
        let userinfo = get_userinfo(&self.sso, &self.access_token).await;
        assert_eq!(userinfo.status, StatusCode::UNAUTHORIZED);
        let redeemed = redeem_code(&self.sso, &self.code).await;
        assert_eq!(redeemed.json()["error"], "invalid_grant");
        let silent = self
            .sso
            .authorize_path(&[("organization", "acme"), ("prompt", "none")]);
        let answer = self.application.get(&silent).await;
        assert_eq!(answer.location_parameter("code"), None);
        assert!(answer.location_parameter("error").is_some(), "{answer:?}");
        let team = self.console.get(TEAM).await;
        assert!(team.location().starts_with(SIGN_IN), "{team:?}");
    }

    /// Sends the form that was open when access was revoked.
    async fn activate_connection(&mut self) -> TestResponse {
        let path = activate_path(&self.sso);
        self.console.submit(&self.activate_page, &path, &[]).await
    }
}

#[rstest]
#[case::disabled_connection(Revocation::Connection)]
#[case::lowered_plan(Revocation::Plan)]
#[case::deactivated_member(Revocation::Member)]
#[tokio::test]
async fn revoked_access_ends_at_once_and_does_not_come_back(#[case] revocation: Revocation) {
    let mut ada = SignedIn::new().await;
    revocation.happen(&ada.sso).await;
    ada.assert_ended().await;
    revocation.undo(&ada.sso).await;
    ada.assert_ended().await;
}

#[tokio::test]
async fn a_session_that_came_through_a_connection_cannot_activate_it_again() {
    let mut ada = SignedIn::new().await;
    Revocation::Connection.happen(&ada.sso).await;
    let rejected = ada.activate_connection().await;
    assert!(rejected.location().starts_with(SIGN_IN), "{rejected:?}");
    let connection = ada.sso.server.api.get(&connection_path(&ada.sso)).await;
    assert_eq!(connection.json()["state"], "disabled");
}

async fn sign_in_to_console(sso: &SsoFixture) -> TestBrowser {
    let mut browser = sso.browser();
    let form = [("email", "ada@acme.example"), ("sso", "1")];
    let page = browser.get(SIGN_IN).await;
    let redirect = browser.submit(&page, SIGN_IN, &form).await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let answer = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert_eq!(answer.location(), "/console");
    browser
}

fn connection_path(sso: &SsoFixture) -> String {
    format!("/organizations/acme/connections/{}", sso.connection)
}

fn activate_path(sso: &SsoFixture) -> String {
    format!(
        "/console/organizations/acme/sso/{}/activate",
        sso.connection
    )
}

async fn ada_path(sso: &SsoFixture) -> String {
    let members = sso.members().await;
    format!("/organizations/acme/members/{}", members[0].id)
}
