//! Captured responses of other products, each as the response to a pending sign-in.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use serde::Deserialize;
use serde_json::Value;
use store::{ConnectionId, PendingSignIn, PendingSignInId, SentAuthnRequest, UnverifiedEmail};
use test_support::{SsoFixture, TestResponse, acs_path, at, connection_settings};

pub(crate) const RELAY_STATE: &str = "captured";

/// The file `verdicts.toml` of the captured responses.
#[derive(Deserialize)]
struct Verdicts {
    document: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    file: String,
    /// `accepted` or `rejected`, and the subject or the error code.
    verdict: String,
    context: Context,
}

/// The sign-in that the response belongs to.
#[derive(Deserialize)]
struct Context {
    certificates: Vec<String>,
    #[serde(default)]
    decryption_keys: Vec<String>,
    issuer: String,
    audience: String,
    recipient: String,
    in_response_to: Option<String>,
    now: String,
    #[serde(default)]
    accept_missing_authn_statement: bool,
}

fn read_file(name: &str) -> String {
    read_test_file(&format!("captured/{name}"))
}

/// A file of the tests of the crate `saml`.
pub(crate) fn read_test_file(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

/// Adds a connection that expects the captured response.
async fn add_connection(sso: &SsoFixture, context: &Context) -> ConnectionId {
    let mut settings = connection_settings();
    settings.issuer.clone_from(&context.issuer);
    settings.entity_id = Some(context.audience.clone());
    settings.acs_url = Some(context.recipient.clone());
    settings.policy.accept_missing_authn_statement = Some(context.accept_missing_authn_statement);
    // Their email addresses are in other domains than the organization's.
    settings.policy.unverified_email = Some(UnverifiedEmail::Admit);
    let certificate: String = read_file(&context.certificates[0])
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    sso.add_connection_with_certificate(&sso.organization, settings, certificate)
        .await
}

/// Posts a message as the response to the request with this ID.
pub(crate) async fn post_answer(
    sso: &SsoFixture,
    connection: ConnectionId,
    authn_request_id: String,
    message: &str,
) -> TestResponse {
    let response = STANDARD.encode_to_string(message);
    post_captured_response(sso, connection, authn_request_id, &response).await
}

/// Starts a sign-in, replaces its request with the one that the captured response answers, and posts the response.
pub(crate) async fn post_captured_response(
    sso: &SsoFixture,
    connection: ConnectionId,
    authn_request_id: String,
    response: &str,
) -> TestResponse {
    let answer = CapturedResponse {
        connection,
        authn_request_id,
        response,
    };
    post_captured_response_to(sso, answer, |_| {}).await
}

/// A response with the request that it answers.
pub(crate) struct CapturedResponse<'r> {
    pub connection: ConnectionId,
    pub authn_request_id: String,
    pub response: &'r str,
}

/// Like [`post_captured_response`], for an authorization request with these changes.
pub(crate) async fn post_captured_response_to(
    sso: &SsoFixture,
    captured: CapturedResponse<'_>,
    change: impl FnOnce(&mut Value),
) -> TestResponse {
    let CapturedResponse {
        connection,
        authn_request_id,
        response,
    } = captured;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let acs_path = acs_path(&connection);
    let started = sso.server.pending_sign_in(&relay_state).await;
    let mut flow: Value = serde_json::from_str(&started.application_request).unwrap();
    change(&mut flow["authorization_request"]);
    let pending = PendingSignIn {
        application_request: flow.to_string(),
        id: PendingSignInId::from_random(runtime::random::bytes()),
        relay_state: runtime::seal::hash(RELAY_STATE),
        authn_request: Some(SentAuthnRequest {
            organization: sso.organization.clone(),
            connection,
            id: authn_request_id,
            message: None,
        }),
        ..started
    };
    sso.write(async move |tx| tx.add_pending_sign_in(&pending).await)
        .await;
    let fields = [("SAMLResponse", response), ("RelayState", RELAY_STATE)];
    browser.post(&acs_path, &fields).await
}

#[tokio::test]
async fn each_captured_response_is_accepted_or_rejected_as_recorded() {
    let verdicts: Verdicts = toml::from_str(&read_file("verdicts.toml")).unwrap();
    let mut tested = 0;
    for document in verdicts.document {
        let Document {
            file,
            verdict,
            context,
        } = document;
        // The crate `saml` tests encrypted responses. The key of the recipient cannot be added to a connection.
        let in_response_to = context.in_response_to.clone();
        let Some(request) = in_response_to.filter(|_| context.decryption_keys.is_empty()) else {
            continue;
        };
        let sso = SsoFixture::new().await;
        let now = saml::parse_xs_date_time(&context.now).unwrap().as_second();
        sso.server.clock.set(now);
        let connection = add_connection(&sso, &context).await;
        let response = STANDARD.encode_to_string(read_file(&file));
        let response = post_captured_response(&sso, connection, request, &response).await;
        match verdict.split_once(' ').unwrap() {
            ("rejected", code) => assert_eq!(response.error_code(), code, "{file}"),
            // The crate `saml` accepts a transient NameID, which does not identify a user again.
            ("accepted", _)
                if file.starts_with("simplesamlphp")
                    && response.status == StatusCode::FORBIDDEN =>
            {
                assert_eq!(response.error_code(), "transient-subject", "{file}");
            }
            ("accepted", _) => {
                let code = response.location_parameter("code").unwrap();
                assert!(code.starts_with("vsc_"), "{file}: {code}");
            }
            _ => panic!("{file}: {verdict}"),
        }
        assert_eq!(sso.attempts().await.remove(0).started_at, at(now));
        tested += 1;
    }
    assert!(tested >= 8, "only {tested} responses were tested");
}
