//! The practice identity provider, for scenarios with a sign-in through a connection.

use std::sync::OnceLock;

use base64_simd::STANDARD;
use runtime::{random, seal};
use serde_json::{Value, json};
use testkit::identity_provider::{
    IdpBehavior, PracticeKey, ResponseBuilder, ResponseTarget, SignatureScope, User,
};

use crate::harness::{Answer, Server};
use crate::visitor::{Visitor, location};

const IDP: &str = "https://idp.example/metadata";
const ENTITY_ID: &str = "https://auth.example.com/saml";

pub(crate) const ADA: &User = &User::DEMO[0];
pub(crate) const GRACE: &User = &User::DEMO[1];

fn key() -> &'static PracticeKey {
    static KEY: OnceLock<PracticeKey> = OnceLock::new();
    KEY.get_or_init(|| PracticeKey::generate().unwrap())
}

fn other_key() -> &'static PracticeKey {
    static KEY: OnceLock<PracticeKey> = OnceLock::new();
    KEY.get_or_init(|| PracticeKey::generate().unwrap())
}

/// Creates Acme with its domain, its admin Ada and a connection to the practice identity provider. Returns the
/// connection, which is not active yet.
pub(crate) async fn acme(server: &Server) -> Value {
    server
        .make(
            "/organizations",
            json!({"name": "Acme", "plan": "enterprise"}),
        )
        .await;
    let domain = json!({"domain": "acme.example"});
    server.make("/organizations/acme/domains", domain).await;
    let ada = json!({"email": "ada@acme.example", "role": "admin", "name": "Ada"});
    server.make("/organizations/acme/members", ada).await;
    let connection = json!({
        "name": "Practice",
        "issuer": IDP,
        "sign_on_url": "https://idp.example/sso",
        "certificates": [STANDARD.encode_to_string(key().certificate_der())],
    });
    server
        .make("/organizations/acme/connections", connection)
        .await
}

/// Like [`acme`], with an active connection.
pub(crate) async fn active_acme(server: &Server) -> Value {
    let connection = acme(server).await;
    let id = connection["id"].as_str().unwrap();
    let path = format!("/organizations/acme/connections/{id}/activate");
    server.post(&path, Value::Null).await.json()
}

/// Ada's browser, with a session that started with a sign-in link.
pub(crate) async fn ada(server: &Server) -> Visitor {
    Visitor::with_account(server, "ada@acme.example").await
}

/// Answers the SAML request of a redirect as a user, with the given behavior. Returns the target of the next redirect.
pub(crate) async fn answer(
    server: &Server,
    (visitor, connection): (&mut Visitor, &Value),
    sent_off: &Answer,
    (person, behavior): (&User, IdpBehavior),
) -> String {
    let url = url::Url::parse(location(sent_off)).unwrap();
    let handle = url
        .query_pairs()
        .find(|(name, _)| name == "RelayState")
        .unwrap()
        .1
        .into_owned();
    let hash = seal::hash(&handle);
    let pending = server
        .app
        .store
        .snapshot()
        .await
        .unwrap()
        .pending_sign_in_by_relay_state(&hash)
        .await
        .unwrap()
        .unwrap();
    let acs = connection["acs_url"].as_str().unwrap();
    let to = ResponseTarget {
        entity_id: ENTITY_ID.to_owned(),
        acs_url: acs.to_owned(),
        in_response_to: Some(pending.authn_request.unwrap().id),
    };
    let id = format!("_{:032x}", u128::from_be_bytes(random::bytes()));
    let response = ResponseBuilder {
        issuer: IDP,
        target: &to,
        key: if behavior == IdpBehavior::UntrustedKey {
            other_key()
        } else {
            key()
        },
        signature_scope: SignatureScope::Both,
        now: server.clock.now().as_second(),
        id: &id,
    };
    let response = STANDARD.encode_to_string(response.build_success(person, behavior).unwrap());
    let path = acs.strip_prefix("https://auth.example.com").unwrap();
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", handle.as_str()),
    ];
    let back = visitor.post(server, path, &fields, "cross-site").await;
    location(&back).to_owned()
}

/// Tests the connection with the form of a page. Returns the page with the result.
pub(crate) async fn test(
    server: &Server,
    (visitor, connection): (&mut Visitor, &Value),
    (person, behavior): (&User, IdpBehavior),
) -> Answer {
    let page = visitor.get(server, "/console/organizations/acme/sso").await;
    let id = connection["id"].as_str().unwrap();
    let path = format!("/console/organizations/acme/connections/{id}/test");
    let sent_off = visitor.submit(server, &page, &path, &[]).await;
    let result = answer(server, (visitor, connection), &sent_off, (person, behavior)).await;
    visitor.get(server, &result).await
}
