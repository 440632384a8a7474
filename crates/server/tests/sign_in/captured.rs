//! Responses of real products, with the sign-in that they answered put back in place.

use base64_simd::STANDARD;
use serde::Deserialize;
use store::{ConnectionId, PendingSignIn, PendingSignInId, SentAuthnRequest};
use test_support::{SsoFixture, TestBrowser, at, connection_settings};

#[derive(Deserialize)]
struct Verdicts {
    document: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    file: String,
    verdict: String,
    context: Context,
}

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
}

fn read(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests/captured");
    std::fs::read_to_string(format!("{folder}/{file}")).unwrap()
}

/// A sign-in that was begun at another service provider, whose request the captured response answers.
async fn begun(
    sso: &SsoFixture,
    connection: &ConnectionId,
    authn_request_id: &str,
) -> (TestBrowser, String) {
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let hash = runtime::seal::hash(&relay_state);
    let found = sso
        .server
        .app
        .store
        .snapshot()
        .await
        .unwrap()
        .pending_sign_in_by_relay_state(&hash)
        .await;
    let found = found.unwrap().unwrap();
    let relay_state = "captured".to_owned();
    let pending = PendingSignIn {
        id: PendingSignInId::from_random(runtime::random::bytes()),
        relay_state: runtime::seal::hash(&relay_state),
        authn_request: Some(SentAuthnRequest {
            organization: sso.organization.clone(),
            connection: connection.clone(),
            id: authn_request_id.to_owned(),
            message: None,
        }),
        ..found
    };
    sso.write(async move |tx| tx.add_pending_sign_in(&pending).await)
        .await;
    (browser, relay_state)
}

#[tokio::test]
async fn every_captured_document_signs_its_person_in_or_is_refused_by_its_name() {
    let verdicts: Verdicts = toml::from_str(&read("verdicts.toml")).unwrap();
    let mut looked_at = 0;
    for Document {
        file,
        verdict,
        context,
    } in verdicts.document
    {
        // Those for other people's decryption keys are judged in the crate `saml`; here every connection has its own.
        let Some(in_response_to) = context
            .in_response_to
            .filter(|_| context.decryption_keys.is_empty())
        else {
            continue;
        };
        let sso = SsoFixture::new().await;
        let now = saml::parse_xs_date_time(&context.now).unwrap().as_second();
        sso.server.clock.set(now);
        let mut settings = connection_settings();
        settings.issuer = context.issuer;
        settings.entity_id = Some(context.audience);
        settings.acs_url = Some(context.recipient);
        let certificate = read(&context.certificates[0]);
        let certificate: String = certificate
            .lines()
            .filter(|line| !line.starts_with("-----"))
            .collect();
        let connection = sso
            .add_connection_with_certificate(&sso.organization, settings, certificate)
            .await;
        let (mut browser, relay_state) = begun(&sso, &connection, &in_response_to).await;
        let response = STANDARD.encode_to_string(read(&file));
        let fields = [
            ("SAMLResponse", response.as_str()),
            ("RelayState", relay_state.as_str()),
        ];
        let answer = browser
            .post(&format!("/saml/{connection}/acs"), &fields)
            .await;
        match verdict.split_once(' ').unwrap() {
            ("refused", code) => assert_eq!(answer.error_code(), code, "{file}"),
            ("accepted", _)
                if file.starts_with("simplesamlphp")
                    && answer.status == axum::http::StatusCode::FORBIDDEN =>
            {
                assert_eq!(answer.error_code(), "transient-subject", "{file}");
            }
            ("accepted", _) => {
                assert!(answer.location_parameter("code").is_some(), "{file}");
                let code = answer.location_parameter("code").unwrap();
                assert!(code.starts_with("vsc_"));
            }
            _ => panic!("{file}: {verdict}"),
        }
        assert_eq!(at(now), sso.attempts().await.remove(0).started_at);
        looked_at += 1;
    }
    assert!(
        looked_at >= 8,
        "{looked_at}: a test that looks at nothing proves nothing"
    );
}
