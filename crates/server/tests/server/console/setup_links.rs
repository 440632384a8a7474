//! Setup links.

use crate::manual_connection::manual_connection;
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use runtime::problem::ProblemCode;
use runtime::secret_token::SecretToken;
use serde_json::{Value, json};
use service::json::Patch;
use service::setup_link::RedeemedLink;
use service::{Actor, connection, organization, setup_link};
use test_support::{Engine, START, TestServer, each_database};

const HOUR: i64 = 3600;

async fn links(server: &TestServer) -> String {
    let acme = json!({"name": "Acme", "plan": "enterprise"});
    server.api.create("/organizations", acme).await;
    let made = server
        .api
        .create("/organizations/acme/connections", manual_connection(&[]))
        .await;
    format!(
        "/organizations/acme/connections/{}/setup-links",
        made["id"].as_str().unwrap()
    )
}

fn token(made: &Value) -> &str {
    made["url"]
        .as_str()
        .unwrap()
        .strip_prefix("https://auth.example.com/setup/")
        .unwrap()
}

#[apply(each_database)]
async fn a_link_is_shown_once_and_opened_with_a_button(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = links(&server).await;
    let made = server
        .api
        .create(&path, json!({"email": "IT@acme.example"}))
        .await;
    assert!(token(&made).starts_with("vsl_"));
    assert_eq!(
        (&made["state"], &made["purpose"]),
        (&json!("waiting"), &json!("connection"))
    );
    assert_eq!(made["email"], "it@acme.example");
    assert_eq!(made["expires_at"], "2026-12-01T09:00:00Z");
    let listed = server.api.get(&path).await.json();
    assert!(listed["items"][0].get("url").is_none());

    // Opening the page changes nothing.
    for _ in 0..3 {
        let target = setup_link::find(&server.app, token(&made)).await.unwrap();
        assert_eq!(target.connection.id.as_str(), made["connection"]);
    }
    assert_eq!(
        server.api.get(&path).await.json()["items"][0]["state"],
        "waiting"
    );

    let RedeemedLink { target, secret } =
        setup_link::redeem(&server.app, token(&made)).await.unwrap();
    assert_eq!(target.actor().to_string(), made["id"].as_str().unwrap());
    assert_eq!(
        server.api.get(&path).await.json()["items"][0]["state"],
        "opened"
    );
    let visit = setup_link::find_by_session(&server.app, secret.hash.clone())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(visit.link.id, target.link.id);
    // A second person opens the link.
    setup_link::redeem(&server.app, token(&made)).await.unwrap();
    assert!(
        setup_link::find_by_session(&server.app, SecretToken::generate().hash)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        server.audit_actions("acme").await,
        [
            "connection.create",
            "organization.create",
            "setup_link.create",
            "setup_link.open",
            "setup_link.open"
        ]
    );
}

#[apply(each_database)]
async fn an_expired_link_does_not_open(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = links(&server).await;
    let made = server.api.create(&path, json!({"hours": 1})).await;
    let RedeemedLink { secret, .. } = setup_link::redeem(&server.app, token(&made)).await.unwrap();
    server.clock.set(START + HOUR - 1);
    assert!(
        setup_link::find_by_session(&server.app, secret.hash.clone())
            .await
            .unwrap()
            .is_some()
    );
    server.clock.set(START + HOUR);
    assert!(
        setup_link::find_by_session(&server.app, secret.hash.clone())
            .await
            .unwrap()
            .is_none()
    );
    for tried in [
        setup_link::find(&server.app, token(&made)).await.map(drop),
        setup_link::redeem(&server.app, token(&made))
            .await
            .map(drop),
    ] {
        let problem = tried.unwrap_err();
        assert_eq!(
            (problem.status, problem.code),
            (StatusCode::GONE, ProblemCode::SetupLinkExpired)
        );
    }
    assert_eq!(
        server.api.get(&path).await.json()["items"][0]["state"],
        "expired"
    );
    let unknown = format!("vsl_{}", "a".repeat(43));
    for token in [unknown.as_str(), "", "vsl_", "vst_x"] {
        assert_eq!(
            setup_link::find(&server.app, token).await.unwrap_err().code,
            ProblemCode::SetupLinkUnknown
        );
    }
}

#[apply(each_database)]
async fn revoking_a_link_ends_its_sessions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = links(&server).await;
    let made = server.api.create(&path, json!({})).await;
    let RedeemedLink { secret, .. } = setup_link::redeem(&server.app, token(&made)).await.unwrap();
    let id = made["id"].as_str().unwrap();
    let revoked = server
        .api
        .post(&format!("{path}/{id}/revoke"), Value::Null)
        .await
        .json();
    assert_eq!(revoked["state"], "revoked");
    assert!(
        setup_link::find_by_session(&server.app, secret.hash.clone())
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        setup_link::find(&server.app, token(&made))
            .await
            .unwrap_err()
            .code,
        ProblemCode::SetupLinkRevoked
    );
}

#[apply(each_database)]
async fn invalid_links_are_rejected_with_the_field(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = links(&server).await;
    for (new, field) in [
        (json!({"hours": 0}), "hours"),
        (json!({"hours": 721}), "hours"),
        (json!({"purpose": "admin"}), "purpose"),
        (json!({"email": "nobody"}), "email"),
        (json!({"connection": "con_a"}), "connection"),
    ] {
        let answer = server.api.post(&path, new.clone()).await;
        assert_eq!(
            (answer.status, answer.problem().errors[0].field.as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, field),
            "{new}"
        );
    }
    assert_eq!(server.api.get(&path).await.json()["items"], json!([]));
}

#[apply(each_database)]
async fn another_connection_cannot_access_a_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = links(&server).await;
    let made = server.api.create(&path, json!({})).await;
    let other = server
        .api
        .create("/organizations/acme/connections", manual_connection(&[]))
        .await;
    let foreign = format!(
        "/organizations/acme/connections/{}/setup-links/{}/revoke",
        other["id"].as_str().unwrap(),
        made["id"].as_str().unwrap()
    );
    assert_eq!(
        server.api.post(&foreign, Value::Null).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server.api.get(&path).await.json()["items"][0]["state"],
        "waiting"
    );
}

#[apply(each_database)]
async fn a_link_cannot_create_an_admin(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = links(&server).await;
    let connection = path.strip_suffix("/setup-links").unwrap();
    let rules = json!({"role_rules": [{"group": "guests", "role": "member"}, {"group": "it", "role": "admin"}]});
    server.api.patch(connection, rules.clone()).await;
    let made = server.api.create(&path, json!({})).await;
    let RedeemedLink { target, .. } = setup_link::redeem(&server.app, token(&made)).await.unwrap();
    let revise = async |change: Value| {
        let change = Patch::new(change);
        connection::update_working_copy(
            &server.app,
            &target.actor(),
            target.connection_ref(),
            change,
        )
        .await
    };
    for refused in [
        json!({"role_rules": [{"group": "staff", "role": "admin"}]}),
        json!({"role_rules": [{"group": "it", "role": "admin"}]}),
    ] {
        let problem = revise(refused.clone()).await.unwrap_err();
        assert_eq!(
            (problem.status, problem.code),
            (StatusCode::FORBIDDEN, ProblemCode::AdminRuleNotAllowed),
            "{refused}"
        );
    }
    let problem = revise(json!({"default_role": "admin"})).await.unwrap_err();
    assert_eq!(
        (problem.status, problem.errors[0].field.as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "default_role")
    );
    // The settings of an admin are kept, and other settings can be changed.
    revise(json!({"attributes": {"groups": "memberOf"}}))
        .await
        .unwrap();
    assert_eq!(
        server.api.get(connection).await.json()["role_rules"],
        rules["role_rules"]
    );
    revise(json!({"role_rules": [{"group": "sales", "role": "member"}]}))
        .await
        .unwrap();
}

#[apply(each_database)]
async fn a_manually_verified_domain_does_not_let_a_link_activate(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    links(&server).await;
    server
        .api
        .create(
            "/organizations/acme/domains",
            json!({"domain": "acme.example"}),
        )
        .await;
    let organization = organization::find(&server.app, "acme").await.unwrap();
    assert!(
        !setup_link::can_activate_with_link(&server.app, &organization)
            .await
            .unwrap()
    );
    assert_eq!(Actor::CommandLine.to_string(), "cli");
}
