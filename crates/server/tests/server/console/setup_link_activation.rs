//! Activating a connection with a setup link, and the confirmation of administrators.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{
    ADA, Engine, GRACE, IDP_ENTITY_ID, IDP_SIGN_ON_URL, TestBrowser, TestResponse, TestServer,
    each_database, idp_certificate, redact,
};
use testkit::identity_provider::{IdpBehavior, User};

use super::organization::{create_admin, list_connections, member_id};
use super::page_text::{main_text, section_text};
use super::setup_steps::{open_setup_link, submit_step, verify_domain};
use crate::acme::answer_saml_request;
use crate::objects::{
    activate_connection, add_member, connection_path, create_connection, create_organization,
    create_setup_link, id,
};

const ACTIVATE: &str = "/setup/activate";
const DOMAIN: &str = "/setup/domain";
const OPERATOR: &str = "grace@example.com";

/// Acme with its admin Ada, and a guest who has opened a setup link for a connection to the practice identity provider
/// and verified the domain.
struct Setup {
    server: TestServer,
    ada: TestBrowser,
    guest: TestBrowser,
    connection: Value,
    /// The path of the setup link.
    link: String,
    /// The path of the connection's page in the console.
    panel: String,
}

impl Setup {
    async fn new(engine: Engine) -> Self {
        let server = TestServer::start(engine).await;
        create_organization(&server, "Acme", "enterprise").await;
        let ada = create_admin(&server, "acme", "ada@acme.example").await;
        let connection = json!({
            "name": "Practice",
            "issuer": IDP_ENTITY_ID,
            "sign_on_url": IDP_SIGN_ON_URL,
            "certificates": [idp_certificate()],
        });
        let connections = "/organizations/acme/connections";
        let connection = server.api.create(connections, connection).await;
        let new_link = json!({ "email": "it@acme.example" });
        let link = create_setup_link(&server, &connection, new_link).await;
        let mut guest = open_setup_link(&server, &link).await;
        verify_domain(&server, &mut guest, DOMAIN).await;
        Self {
            panel: format!("/console/organizations/acme/sso/{}", id(&connection)),
            server,
            ada,
            guest,
            connection,
            link,
        }
    }

    /// With another connection, which is active.
    async fn with_active_connection(engine: Engine) -> Self {
        let setup = Self::new(engine).await;
        setup.activate_another_connection().await;
        setup
    }

    /// The guest has tested the connection and requested the activation.
    async fn requested(engine: Engine) -> Self {
        let mut setup = Self::with_active_connection(engine).await;
        setup.test_as_guest().await;
        let requested = submit_step(&mut setup.guest, ACTIVATE, &[]).await;
        assert_eq!(requested.location(), ACTIVATE);
        setup
    }

    /// The setup link has activated the first connection of Acme.
    async fn unconfirmed(engine: Engine) -> Self {
        let mut setup = Self::new(engine).await;
        setup.test_as_guest().await;
        submit_step(&mut setup.guest, ACTIVATE, &[]).await;
        assert_eq!(setup.read_connection().await["state"], "active");
        setup
    }

    /// Returns the path of the other connection in the API.
    async fn activate_another_connection(&self) -> String {
        let other = [("name", json!("The other one"))];
        let other = create_connection(&self.server, "acme", &other).await;
        let path = connection_path(&other);
        activate_connection(&self.server, &path).await;
        path
    }

    async fn test_as_guest(&mut self) {
        let redirect = submit_step(&mut self.guest, "/setup/test", &[]).await;
        let (guest, valid) = (&mut self.guest, IdpBehavior::Valid);
        let result = answer_saml_request(&self.server, guest, &redirect, GRACE, valid).await;
        assert!(result.starts_with("/setup/tests/att_"), "{result}");
    }

    /// Posts the form of the activation, although the page has none.
    async fn post_activation(&mut self, page: &TestResponse) -> StatusCode {
        let draft = format!("{}/draft", self.api_path());
        let working = self.server.api.get(&draft).await.json();
        let fields = [("revision", working["revision"].as_str().unwrap())];
        self.guest.submit(page, ACTIVATE, &fields).await.status
    }

    fn api_path(&self) -> String {
        connection_path(&self.connection)
    }

    async fn read_connection(&self) -> Value {
        self.server.api.get(&self.api_path()).await.json()
    }

    /// Whether the activation waits for a confirmation.
    async fn is_requested(&self) -> bool {
        !self.read_connection().await["activation_requested_at"].is_null()
    }

    /// Signs a user in to the console through the connection. Fails with the code of the error page.
    async fn sign_in(&self, user: &User) -> Result<TestBrowser, String> {
        let mut browser = self.server.browser();
        let fields = [("email", user.email), ("sso", "1")];
        let redirect = submit_step(&mut browser, "/console/sign-in", &fields).await;
        let relay_state = redirect.location_parameter("RelayState").unwrap();
        let response = self
            .server
            .complete_sign_in(&mut browser, &relay_state, user, IdpBehavior::Valid)
            .await;
        match response.status {
            StatusCode::SEE_OTHER => Ok(browser),
            _ => Err(response.error_code().to_owned()),
        }
    }
}

#[apply(each_database)]
async fn a_setup_link_activates_the_first_connection_after_a_test(#[case] engine: Engine) {
    let mut setup = Setup::new(engine).await;
    let page = setup.guest.get(ACTIVATE).await;
    let advice = "Before you can activate the connection, run a test sign-in with these settings";
    assert!(page.text.contains(advice), "{}", page.text);
    assert!(!page.text.contains("Activate connection</button>"));
    assert_eq!(setup.post_activation(&page).await, StatusCode::CONFLICT);
    assert_ne!(setup.read_connection().await["state"], "active");

    setup.test_as_guest().await;
    let activated = submit_step(&mut setup.guest, ACTIVATE, &[]).await;
    assert_eq!(activated.location(), ACTIVATE);
    let advice = "An admin of Acme still has to confirm this connection.";
    assert!(setup.guest.get(ACTIVATE).await.text.contains(advice));
    let connection = setup.read_connection().await;
    assert_eq!(connection["state"], "active");
    assert_eq!(connection["unconfirmed_since"], "2026-11-24T09:00:00Z");
    assert_eq!(connection["activation_requested_at"], Value::Null);
    let mail = setup.server.outbox.mails().pop().unwrap();
    assert_eq!(mail.to, "ada@acme.example");
    assert_eq!(mail.subject, "Practice is active for Acme");
    assert_snapshot!(redact(&mail.text), @"
    The recipient of a setup link has activated the connection Practice for Acme in auth.example.com. Members can now sign in through it.

    Setup link sent to: it@acme.example
    Setup link created by: API key

    Until an admin confirms the connection, no one becomes an admin through it. If you don’t expect this, disable the connection.

    Confirm or disable: https://auth.example.com/console/organizations/acme/sso/[con]
    ");
}

#[apply(each_database)]
async fn a_test_of_an_admin_does_not_count_for_a_setup_link(#[case] engine: Engine) {
    let mut setup = Setup::new(engine).await;
    let path = format!(
        "/console{}/test",
        setup.api_path().replace(&organization_id(&setup), "acme")
    );
    let page = setup.ada.get(&setup.panel).await;
    let redirect = setup.ada.submit(&page, &path, &[]).await;
    let valid = IdpBehavior::Valid;
    answer_saml_request(&setup.server, &mut setup.ada, &redirect, GRACE, valid).await;
    assert_eq!(setup.read_connection().await["state"], "tested");
    let page = setup.guest.get(ACTIVATE).await;
    assert!(page.text.contains("run a test sign-in with these settings"));
    assert_eq!(setup.post_activation(&page).await, StatusCode::CONFLICT);
}

#[apply(each_database)]
async fn settings_that_changed_after_the_test_are_tested_again(#[case] engine: Engine) {
    let mut setup = Setup::new(engine).await;
    setup.test_as_guest().await;
    let name = json!({ "name": "Another name" });
    setup.server.api.patch(&setup.api_path(), name).await;
    assert!(
        setup
            .guest
            .get(ACTIVATE)
            .await
            .text
            .contains("Activate connection</button>")
    );

    let change = json!({ "sign_on_url": "https://idp.example/other" });
    setup.server.api.patch(&setup.api_path(), change).await;
    let page = setup.guest.get(ACTIVATE).await;
    assert!(page.text.contains("run a test sign-in with these settings"));
    assert_eq!(setup.post_activation(&page).await, StatusCode::CONFLICT);
    assert_ne!(setup.read_connection().await["state"], "active");
}

#[apply(each_database)]
async fn a_further_connection_waits_for_an_admin(#[case] engine: Engine) {
    let mut setup = Setup::with_active_connection(engine).await;
    create_admin(&setup.server, "acme", "alan@acme.example").await;
    add_member(&setup.server, "acme", "joan@acme.example", "member").await;
    let before = setup.server.outbox.mails().len();
    setup.test_as_guest().await;
    let page = setup.guest.get(ACTIVATE).await;
    assert!(
        page.text
            .contains("An admin of Acme has to confirm its activation.")
    );
    assert!(page.text.contains("Request activation</button>"));
    submit_step(&mut setup.guest, ACTIVATE, &[]).await;

    let connection = setup.read_connection().await;
    assert_eq!(connection["state"], "tested");
    assert_eq!(
        connection["activation_requested_at"],
        "2026-11-24T09:00:00Z"
    );
    let link = connection["activation_requested_by"].as_str().unwrap();
    assert!(link.starts_with("set_"), "{link}");
    assert_log_contains(&setup, "connection.activation_requested").await;
    let mails = setup.server.outbox.mails().split_off(before);
    let recipients: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(recipients, ["ada@acme.example", "alan@acme.example"]);
    assert_eq!(
        mails[0].subject,
        "Activation of Practice requested for Acme"
    );
    assert_snapshot!(redact(&mails[0].text), @"
    The recipient of a setup link has set up the connection Practice for Acme in auth.example.com, and asks you to activate it.

    Setup link sent to: it@acme.example
    Setup link created by: API key

    An active connection can sign people in as members of Acme. Confirm only if you expect this request and know the identity provider. Until you confirm, the connection stays inactive.

    Confirm or decline: https://auth.example.com/console/organizations/acme/sso/[con]
    ");
}

#[rstest]
#[case::french("fr", "Activation de Practice demandée pour Acme")]
#[case::dutch("nl", "Activering van Practice aangevraagd voor Acme")]
#[case::german("de", "Aktivierung von Practice für Acme angefragt")]
#[tokio::test]
async fn the_mail_has_the_language_of_the_recipient_of_the_link(
    #[case] language: &str,
    #[case] subject: &str,
) {
    let mut setup = Setup::with_active_connection(Engine::Sqlite).await;
    setup.test_as_guest().await;
    setup
        .guest
        .set_cookie(&format!("vestibule-language={language}"));
    submit_step(&mut setup.guest, ACTIVATE, &[]).await;
    let mail = setup.server.outbox.mails().pop().unwrap();
    assert_eq!(mail.subject, subject);
}

#[apply(each_database)]
async fn the_recipient_sees_that_the_activation_waits(#[case] engine: Engine) {
    let mut setup = Setup::requested(engine).await;
    assert_eq!(setup.guest.get("/setup").await.location(), ACTIVATE);
    let waiting = main_text(&setup.guest.get(ACTIVATE).await);
    assert_snapshot!(waiting, @"
    Acme
    Your identity provider · Step 7 of 7
    Activation
    Identity provider
    Provider configuration (done)
    Provider details (done)
    Attributes and roles
    Test (done)
    Domain (done)
    Activation
    Waiting for confirmation
    The activation was requested on 24 Nov 2026, 09:00 UTC. An admin of Acme has to confirm it before members can sign in.
    We’ve emailed the admins. You don’t need to do anything else. If it takes too long, ask the person who sent you the setup link. You can close this page; open the link again to see whether the connection is active.
    Back
    ");
    // The setup link shows the same in another browser.
    let mut other = open_setup_link(&setup.server, &setup.link).await;
    assert_eq!(other.get("/setup").await.location(), ACTIVATE);
    assert_eq!(main_text(&other.get(ACTIVATE).await), waiting);
    // Until the confirmation, the settings stay as they were requested.
    let page = setup.guest.get(ACTIVATE).await;
    for step in [
        "/setup/provider",
        "/setup/attributes",
        "/setup/test",
        ACTIVATE,
    ] {
        let fields = [("provider", "okta"), ("default_role", "member")];
        let rejected = setup.guest.submit(&page, step, &fields).await;
        assert_eq!(rejected.status, StatusCode::CONFLICT, "{step}");
    }
}

#[tokio::test]
async fn without_an_admin_the_recipient_asks_the_sender_of_the_link() {
    let mut setup = Setup::requested(Engine::Sqlite).await;
    let mailed = "We’ve emailed the admins.";
    assert!(setup.guest.get(ACTIVATE).await.text.contains(mailed));
    let ada = member_id(&setup.server, "ada@acme.example").await;
    let ada = format!("/organizations/acme/members/{ada}");
    setup.server.api.delete(&ada).await;
    let page = setup.guest.get(ACTIVATE).await;
    assert!(!page.text.contains(mailed));
    assert!(
        page.text
            .contains("ask the person who sent you the setup link")
    );
}

#[derive(Clone, Copy, Debug)]
enum Past {
    Disabled,
    Deleted,
}

#[apply(each_database)]
async fn a_connection_that_was_once_active_counts(
    #[case] engine: Engine,
    #[values(Past::Disabled, Past::Deleted)] past: Past,
) {
    let mut setup = Setup::new(engine).await;
    let other = setup.activate_another_connection().await;
    match past {
        Past::Disabled => drop(
            setup
                .server
                .api
                .post(&format!("{other}/disable"), Value::Null)
                .await,
        ),
        Past::Deleted => drop(setup.server.api.delete(&other).await),
    }
    setup.test_as_guest().await;
    submit_step(&mut setup.guest, ACTIVATE, &[]).await;
    assert!(setup.is_requested().await);
    assert_eq!(setup.read_connection().await["state"], "tested");
}

#[apply(each_database)]
async fn an_admin_confirms_the_activation(#[case] engine: Engine) {
    let mut setup = Setup::requested(engine).await;
    let page = setup.ada.get(&setup.panel).await;
    assert_snapshot!(section_text(&page, "confirmation-title"), @"
    Activation requested
    The recipient of a setup link asks you to activate Practice. Until you confirm, no member can sign in through it.
    Requested
    24 Nov 2026, 09:00 UTC
    Setup link sent to
    it@acme.example
    Setup link created by
    API key
    Issuer
    https://idp.example/metadata
    An active connection can sign people in as members of Acme. Confirm only if you expect this request and know the identity provider. If you decline, the setup link is revoked.
    Confirm activation
    Decline
    ");
    let confirm = format!("{}/confirm-activation", setup.panel);
    let confirmed = setup.ada.submit(&page, &confirm, &[]).await;
    let panel = confirmed.location().to_owned();
    assert_eq!(panel, format!("{}?done=activation-confirmed", setup.panel));
    let page = setup.ada.get(&panel).await;
    assert!(page.text.contains("Connection confirmed. It is active."));
    assert!(!page.text.contains("confirmation-title"));
    let connection = setup.read_connection().await;
    assert_eq!(connection["state"], "active");
    assert_eq!(connection["activation_requested_at"], Value::Null);
    assert_eq!(connection["unconfirmed_since"], Value::Null);
    assert_log_contains(&setup, "connection.activation_confirmed").await;
    let finished = setup.guest.get("/setup").await;
    assert!(finished.text.contains("Setup complete"));
}

#[apply(each_database)]
async fn an_operator_confirms_the_activation(#[case] engine: Engine) {
    let setup = Setup::requested(engine).await;
    let mut operator = setup.server.operator_browser(OPERATOR).await;
    let page = operator.get(&setup.panel).await;
    let confirm = format!("{}/confirm-activation", setup.panel);
    operator.submit(&page, &confirm, &[]).await;
    assert_eq!(setup.read_connection().await["state"], "active");
}

#[apply(each_database)]
async fn settings_that_changed_since_the_page_are_not_confirmed(#[case] engine: Engine) {
    let mut setup = Setup::requested(engine).await;
    let page = setup.ada.get(&setup.panel).await;
    let change = json!({ "sign_on_url": "https://idp.example/other" });
    setup.server.api.patch(&setup.api_path(), change).await;
    let confirm = format!("{}/confirm-activation", setup.panel);
    let rejected = setup.ada.submit(&page, &confirm, &[]).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(setup.is_requested().await);
}

#[apply(each_database)]
async fn activating_with_the_api_confirms_the_activation(#[case] engine: Engine) {
    let setup = Setup::requested(engine).await;
    let connection = activate_connection(&setup.server, &setup.api_path()).await;
    assert_eq!(connection["state"], "active");
    assert_eq!(connection["activation_requested_at"], Value::Null);
    assert_eq!(connection["unconfirmed_since"], Value::Null);
    assert_log_contains(&setup, "connection.activation_confirmed").await;
}

#[apply(each_database)]
async fn an_admin_declines_the_activation(#[case] engine: Engine) {
    let mut setup = Setup::requested(engine).await;
    let page = setup.ada.get(&setup.panel).await;
    let decline = format!("{}/decline-activation", setup.panel);
    let declined = setup.ada.submit(&page, &decline, &[]).await;
    let panel = format!("{}?done=activation-declined", setup.panel);
    assert_eq!(declined.location(), panel);
    assert!(!setup.is_requested().await);
    assert_eq!(setup.read_connection().await["state"], "tested");
    assert_log_contains(&setup, "connection.activation_declined").await;
    assert_log_contains(&setup, "setup_link.revoked").await;
    let ended = setup.guest.get(ACTIVATE).await;
    assert_eq!(ended.status, StatusCode::GONE);
    let revoked = setup.server.browser().get(&setup.link).await;
    assert!(revoked.text.contains("The link has been revoked"));
    // The page of another admin is outdated.
    let again = setup.ada.submit(&page, &decline, &[]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
}

#[apply(each_database)]
async fn the_api_declines_an_activation(#[case] engine: Engine) {
    let setup = Setup::requested(engine).await;
    let decline = format!("{}/decline-activation", setup.api_path());
    let declined = setup.server.api.post(&decline, Value::Null).await;
    assert_eq!(declined.json()["activation_requested_at"], Value::Null);
    assert!(!setup.is_requested().await);
    let again = setup.server.api.post(&decline, Value::Null).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(again.json()["code"], "no-activation-request");
}

#[apply(each_database)]
async fn revoking_the_link_ends_its_request(#[case] engine: Engine) {
    let setup = Setup::requested(engine).await;
    let link = setup.read_connection().await["activation_requested_by"].clone();
    let revoke = format!(
        "{}/setup-links/{}/revoke",
        setup.api_path(),
        link.as_str().unwrap()
    );
    setup.server.api.post(&revoke, Value::Null).await;
    assert!(!setup.is_requested().await);
}

#[apply(each_database)]
async fn an_invited_admin_signs_in_after_the_confirmation(#[case] engine: Engine) {
    let mut setup = Setup::unconfirmed(engine).await;
    let code = setup.sign_in(ADA).await.err().unwrap();
    assert_eq!(code, "activation-not-confirmed");
    let attempts = "/organizations/acme/sign-in-attempts";
    let attempts = setup.server.api.get(attempts).await.json();
    let attempts = attempts["items"].as_array().unwrap();
    let is_recorded = |attempt: &Value| attempt["code"] == "activation-not-confirmed";
    assert!(attempts.iter().any(is_recorded), "{attempts:?}");

    let page = setup.ada.get(&setup.panel).await;
    assert_snapshot!(section_text(&page, "confirmation-title"), @"
    Connection not confirmed
    This connection was activated with a setup link on 24 Nov 2026, 09:00 UTC, and no admin has confirmed it. Members can sign in, but no one becomes an admin through it.
    If you don’t know this identity provider, disable the connection.
    Confirm connection
    Disable connection
    ");
    let confirm = format!("{}/confirm-activation", setup.panel);
    let confirmed = setup.ada.submit(&page, &confirm, &[]).await;
    assert_eq!(
        confirmed.location(),
        format!("{}?done=activation-confirmed", setup.panel)
    );
    assert_eq!(
        setup.read_connection().await["unconfirmed_since"],
        Value::Null
    );
    assert_log_contains(&setup, "connection.activation_confirmed").await;
    assert!(setup.sign_in(ADA).await.is_ok());
}

/// The identity provider behind the setup link must not confirm itself with one of its users.
#[apply(each_database)]
async fn a_session_through_the_connection_does_not_confirm_it(#[case] engine: Engine) {
    let setup = Setup::unconfirmed(engine).await;
    let mut grace = setup.sign_in(GRACE).await.unwrap();
    let member = member_id(&setup.server, GRACE.email).await;
    let member = format!("/organizations/acme/members/{member}");
    let admin = json!({ "role": "admin" });
    setup.server.api.patch(&member, admin).await;
    let page = grace.get(&setup.panel).await;
    for action in ["confirm-activation", "activate"] {
        let path = format!("{}/{action}", setup.panel);
        let rejected = grace.submit(&page, &path, &[]).await;
        assert_eq!(rejected.status, StatusCode::FORBIDDEN, "{action}");
    }
    let since = setup.read_connection().await["unconfirmed_since"].clone();
    assert_eq!(since, "2026-11-24T09:00:00Z");
}

/// Two recipients of links activate different connections at the same time: only one is the first.
#[apply(each_database)]
async fn only_one_of_two_links_activates_the_first_connection(#[case] engine: Engine) {
    let mut setup = Setup::new(engine).await;
    setup.test_as_guest().await;
    let fields = [
        ("issuer", json!(IDP_ENTITY_ID)),
        ("certificates", json!([idp_certificate()])),
    ];
    let other = create_connection(&setup.server, "acme", &fields).await;
    let link = create_setup_link(&setup.server, &other, json!({})).await;
    let mut other_guest = open_setup_link(&setup.server, &link).await;
    let redirect = submit_step(&mut other_guest, "/setup/test", &[]).await;
    let valid = IdpBehavior::Valid;
    answer_saml_request(&setup.server, &mut other_guest, &redirect, GRACE, valid).await;

    let page = setup.guest.get(ACTIVATE).await;
    let other_page = other_guest.get(ACTIVATE).await;
    let (first, second) = tokio::join!(
        setup.guest.submit(&page, ACTIVATE, &[]),
        other_guest.submit(&other_page, ACTIVATE, &[]),
    );
    assert_eq!(first.location(), ACTIVATE);
    assert_eq!(second.location(), ACTIVATE);
    let connections = list_connections(&setup.server).await;
    let active = connections.iter().filter(|one| one["state"] == "active");
    assert_eq!(active.count(), 1);
    let waiting = connections
        .iter()
        .filter(|one| !one["activation_requested_at"].is_null());
    assert_eq!(waiting.count(), 1);
}

#[apply(each_database)]
async fn a_role_rule_makes_no_one_an_admin_before_the_confirmation(#[case] engine: Engine) {
    let setup = Setup::unconfirmed(engine).await;
    let members = setup
        .server
        .api
        .get("/organizations/acme/members")
        .await
        .json();
    let ada = format!("/organizations/acme/members/{}", id(&members["items"][0]));
    setup.server.api.delete(&ada).await;
    let rule = json!({ "role_rules": [{ "group": "analysts", "role": "admin" }] });
    setup.server.api.patch(&setup.api_path(), rule).await;
    let code = setup.sign_in(ADA).await.err().unwrap();
    assert_eq!(code, "activation-not-confirmed");
    activate_connection(&setup.server, &setup.api_path()).await;
    assert!(setup.sign_in(ADA).await.is_ok());
}

async fn assert_log_contains(setup: &Setup, action: &str) {
    let log = setup.server.audit_actions("acme").await;
    assert!(log.iter().any(|one| one == action), "{log:?}");
}

/// The ID of Acme, as it stands in the path of a connection.
fn organization_id(setup: &Setup) -> String {
    setup.connection["organization"]
        .as_str()
        .unwrap()
        .to_owned()
}
