//! Passkeys in the console: adding, renaming, removing and signing in.

use axum::http::{StatusCode, header};
use serde_json::Value;
use service::{PageRequest, audit_log};

use crate::authenticator::Authenticator;
use crate::database::on_each_database;
use crate::harness::{Answer, MORNING, Server};
use crate::window::Window;

const ADA: &str = "ada@example.com";

/// The WebAuthn options on a page.
async fn question(server: &Server, window: &mut Window, page: &str) -> Value {
    window.open(server, page).await;
    let answer = window.post(server, &format!("{page}/challenge"), &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    answer.json()
}

const PASSKEYS: &str = "/console/passkeys";
const SIGN_IN: &str = "/console/sign-in/passkey";

/// Adds the passkey of a device to the account of the signed-in user.
async fn add(server: &Server, window: &mut Window, device: &mut Authenticator) -> Answer {
    let options = question(server, window, PASSKEYS).await;
    let response = device.make(&options);
    let fields = [("name", "Blue <key>"), ("response", response.as_str())];
    window.post(server, PASSKEYS, &fields).await
}

/// The WebAuthn options of the sign-in page.
async fn sign_in_question(server: &Server, window: &mut Window) -> Value {
    window.open(server, "/console/sign-in").await;
    let answer = window
        .post(server, &format!("{SIGN_IN}/challenge"), &[])
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn come_in(server: &Server, window: &mut Window, device: &Authenticator) -> Answer {
    let options = sign_in_question(server, window).await;
    let response = device.sign(&options);
    let fields = [
        ("next", "/console/account"),
        ("response", response.as_str()),
    ];
    window.post(server, SIGN_IN, &fields).await
}

fn assert_done(answer: &Answer, location: &str) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(answer.headers[header::LOCATION], location);
}

fn assert_refused(answer: &Answer, words: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
    assert!(answer.text.contains(words), "{}", answer.text);
    assert!(
        !answer
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .any(|cookie| { cookie.to_str().unwrap().contains("-console=") })
    );
}

/// The audit log actions of passkeys, in alphabetical order.
async fn deeds(server: &Server) -> Vec<String> {
    let events = audit_log::list_all(&server.app, &PageRequest::default())
        .await
        .unwrap();
    let actions = events.items.into_iter().map(|event| event.action);
    let mut deeds: Vec<_> = actions
        .filter(|action| action.starts_with("passkey."))
        .collect();
    deeds.sort();
    deeds
}

/// The ID of the only passkey on a page.
fn only_id(page: &Answer) -> String {
    let (_, rest) = page.text.split_once("/console/passkeys/pky_").unwrap();
    format!("pky_{}", rest.split('/').next().unwrap())
}

on_each_database! {
    async fn a_user_adds_a_passkey_and_signs_in_with_it(server) {
        let mut window = Window::of_operator(&server, ADA).await;
        let mut device = Authenticator::new(1);
        assert_done(&add(&server, &mut window, &mut device).await, "/console/passkeys?done=passkey-added");
        let page = window.open(&server, "/console/passkeys?done=passkey-added").await;
        assert!(page.text.contains("Passkey added."), "{}", page.text);
        assert!(page.text.contains("Blue &#60;key&#62;") && page.text.contains("Never"), "{}", page.text);

        server.clock.set(MORNING + 60);
        let mut other = Window::default();
        assert_done(&come_in(&server, &mut other, &device).await, "/console/account");
        let account = other.open(&server, "/console/account").await;
        assert!(account.text.contains(ADA) && account.text.contains(">Passkey<"), "{}", account.text);
        // A sign-in with a passkey gives access to all organizations of the user.
        assert_eq!(other.open(&server, "/console/operators").await.status, StatusCode::OK);
        let page = other.open(&server, PASSKEYS).await;
        assert!(page.text.contains("24 Nov 2026, 09:01 UTC</time>"), "{}", page.text);
        assert_eq!(deeds(&server).await, ["passkey.added", "passkey.used"]);
    }

    async fn only_the_owner_can_rename_and_remove_a_passkey(server) {
        let mut window = Window::of_operator(&server, ADA).await;
        let mut device = Authenticator::new(1);
        add(&server, &mut window, &mut device).await;
        let id = only_id(&window.open(&server, PASSKEYS).await);
        let (rename, remove) = (format!("{PASSKEYS}/{id}/rename"), format!("{PASSKEYS}/{id}/remove"));
        let mut other = Window::of_operator(&server, "eve@example.com").await;
        other.open(&server, PASSKEYS).await;
        assert_eq!(other.post(&server, &rename, &[("name", "mine")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&server, &remove, &[]).await.status, StatusCode::NOT_FOUND);

        assert_refused(&window.post(&server, &rename, &[("name", " ")]).await, "1 to 60 characters");
        assert_done(&window.post(&server, &rename, &[("name", "Laptop")]).await, "/console/passkeys?done=saved");
        assert!(window.open(&server, PASSKEYS).await.text.contains("Laptop"));
        assert_done(&window.post(&server, &remove, &[]).await, "/console/passkeys?done=passkey-removed");
        assert!(window.open(&server, PASSKEYS).await.text.contains("no passkeys yet"));
        assert_eq!(window.post(&server, &remove, &[]).await.status, StatusCode::NOT_FOUND);
        assert_refused(&come_in(&server, &mut Window::default(), &device).await, "no longer registered");
        assert_eq!(deeds(&server).await, ["passkey.added", "passkey.removed", "passkey.renamed"]);
    }

    async fn a_passkey_can_be_registered_only_once(server) {
        let mut device = Authenticator::new(1);
        let mut window = Window::of_operator(&server, ADA).await;
        add(&server, &mut window, &mut device).await;
        assert_refused(&add(&server, &mut window, &mut device).await, "already have a passkey on this device");
        let mut other = Window::of_operator(&server, "eve@example.com").await;
        assert_refused(&add(&server, &mut other, &mut device).await, "already have a passkey on this device");
        let options = question(&server, &mut window, PASSKEYS).await;
        assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
        assert_eq!(options["rp"]["id"], "auth.example.com");
        assert_eq!(deeds(&server).await, ["passkey.added"]);
    }

    async fn a_challenge_works_once_in_its_browser_for_five_minutes(server) {
        let mut device = Authenticator::new(1);
        add(&server, &mut Window::of_operator(&server, ADA).await, &mut device).await;
        let mut window = Window::default();
        let response = device.sign(&sign_in_question(&server, &mut window).await);
        let fields = [("response", response.as_str())];

        let mut other = Window::default();
        other.open(&server, "/console/sign-in").await;
        assert_refused(&other.post(&server, SIGN_IN, &fields).await, "has expired or was already used");
        server.clock.set(MORNING + 299);
        assert_done(&window.post(&server, SIGN_IN, &fields).await, "/console");
        window.open(&server, "/console/account").await;
        let mut again = Window::default();
        again.open(&server, "/console/sign-in").await;
        assert_refused(&again.post(&server, SIGN_IN, &fields).await, "has expired or was already used");

        let mut late = Window::default();
        let response = device.sign(&sign_in_question(&server, &mut late).await);
        server.clock.set(MORNING + 299 + 300);
        let fields = [("response", response.as_str())];
        assert_refused(&late.post(&server, SIGN_IN, &fields).await, "has expired or was already used");
        assert_eq!(deeds(&server).await, ["passkey.added", "passkey.used"]);
    }

    async fn a_sign_in_challenge_cannot_register_a_passkey(server) {
        let mut window = Window::of_operator(&server, ADA).await;
        let mut asked = question(&server, &mut window, PASSKEYS).await;
        let for_coming_in = sign_in_question(&server, &mut Window::default()).await;
        asked["challenge"] = for_coming_in["challenge"].clone();
        let response = Authenticator::new(1).make(&asked);
        let fields = [("name", "x"), ("response", response.as_str())];
        assert_refused(&window.post(&server, PASSKEYS, &fields).await, "has expired or was already used");
    }

    async fn a_rejected_response_consumes_its_challenge(server) {
        let mut device = Authenticator::new(1);
        add(&server, &mut Window::of_operator(&server, ADA).await, &mut device).await;
        let mut window = Window::default();
        let options = sign_in_question(&server, &mut window).await;
        device.origin = "https://auth.example.com.evil.example";
        let phished = device.sign(&options);
        device.origin = "https://auth.example.com";
        let good = device.sign(&options);
        assert_refused(&window.post(&server, SIGN_IN, &[("response", &phished)]).await, "wasn’t accepted");
        assert_refused(&window.post(&server, SIGN_IN, &[("response", &good)]).await, "has expired or was already used");
        assert_refused(&window.post(&server, SIGN_IN, &[("response", "")]).await, "wasn’t accepted");
        assert_done(&come_in(&server, &mut window, &device).await, "/console/account");
    }

    async fn a_cloned_authenticator_is_rejected_and_reported(server) {
        let mut device = Authenticator::new(1);
        add(&server, &mut Window::of_operator(&server, ADA).await, &mut device).await;
        device.count = 5;
        assert_done(&come_in(&server, &mut Window::default(), &device).await, "/console/account");
        for count in [5, 4] {
            device.count = count;
            assert_refused(&come_in(&server, &mut Window::default(), &device).await, "wasn’t accepted");
        }
        device.count = 6;
        assert_done(&come_in(&server, &mut Window::default(), &device).await, "/console/account");
        let told = ["passkey.added", "passkey.rejected", "passkey.rejected", "passkey.used", "passkey.used"];
        assert_eq!(deeds(&server).await, told);
    }

    async fn a_session_limited_to_one_organization_cannot_add_a_passkey(server) {
        let made = server.make("/organizations", serde_json::json!({"name": "Acme"})).await;
        let mut window = Window::of_operator(&server, ADA).await;
        let mut restricted = Window::through(&server, ADA, &made).await;
        let page = restricted.open(&server, PASSKEYS).await;
        assert!(page.text.contains("You signed in with SSO"), "{}", page.text);
        for path in ["", "/challenge", "/pky_aaaaaaaaaaaaaaaaaaaaaaaaaa/rename", "/pky_aaaaaaaaaaaaaaaaaaaaaaaaaa/remove"] {
            let answer = restricted.post(&server, &format!("{PASSKEYS}{path}"), &[("name", "x")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        // Control: the same user after a sign-in with a link.
        question(&server, &mut window, PASSKEYS).await;
    }

    async fn only_passkey_pages_may_connect_and_only_their_forms_are_accepted(server) {
        let mut window = Window::of_operator(&server, ADA).await;
        let policy = |page: &Answer| page.headers["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy(&window.open(&server, PASSKEYS).await).ends_with("; connect-src 'self'"));
        assert!(!policy(&window.open(&server, "/console/account").await).contains("connect-src"));
        let mut outside = Window::default();
        let page = outside.open(&server, "/console/sign-in").await;
        assert!(policy(&page).ends_with("; connect-src 'self'"));
        assert!(page.text.contains("/assets/passkey-") && page.text.contains("data-passkey=\"use\""));
        for path in [SIGN_IN, "/console/sign-in/passkey/challenge"] {
            let answer = Window::default().post(&server, path, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}
