//! The states of setup links: creating, opening, revoking and expiring.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use runtime::problem::{Problem, ProblemCode};
use runtime::secret_token::SecretToken;
use serde_json::{Value, json};
use service::json::Patch;
use service::setup_link::RedeemedLink;
use service::{connection, organization, setup_link};
use test_support::{Engine, START, TestServer, each_database};

use crate::manual_connection::manual_connection;
use crate::objects::{create_organization, id};

const HOUR: i64 = 3600;

#[apply(each_database)]
async fn only_the_response_to_its_creation_contains_a_setup_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = json!({ "email": "IT@acme.example" });
    let created = server.api.post(&links, link).await;
    assert!(token(&created.json()).starts_with("vsl_"));
    assert_snapshot!(created.redacted_json(), @r#"
    {
      "connection": "[con]",
      "created_at": "2026-11-24T09:00:00Z",
      "created_by": "[key]",
      "email": "it@acme.example",
      "expires_at": "2026-12-01T09:00:00Z",
      "id": "[set]",
      "opened_at": null,
      "purpose": "connection",
      "revoked_at": null,
      "state": "pending",
      "url": "https://auth.example.com/setup/[vsl]"
    }
    "#);
    let listed = server.api.get(&links).await;
    assert_snapshot!(listed.redacted_json(), @r#"
    {
      "items": [
        {
          "connection": "[con]",
          "created_at": "2026-11-24T09:00:00Z",
          "created_by": "[key]",
          "email": "it@acme.example",
          "expires_at": "2026-12-01T09:00:00Z",
          "id": "[set]",
          "opened_at": null,
          "purpose": "connection",
          "revoked_at": null,
          "state": "pending"
        }
      ]
    }
    "#);
}

#[apply(each_database)]
async fn a_setup_link_is_pending_until_it_is_redeemed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = server.api.create(&links, json!({})).await;
    for _ in 0..3 {
        let target = setup_link::find(&server.app, token(&link)).await.unwrap();
        assert_eq!(target.connection.id.as_str(), link["connection"]);
    }
    assert_eq!(first_state(&server, &links).await, "pending");

    let redeemed = setup_link::redeem(&server.app, token(&link)).await;
    assert_eq!(redeemed.unwrap().target.actor().to_string(), id(&link));
    assert_eq!(first_state(&server, &links).await, "opened");
}

#[apply(each_database)]
async fn several_users_can_redeem_a_setup_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = server.api.create(&links, json!({})).await;
    let RedeemedLink { target, secret } =
        setup_link::redeem(&server.app, token(&link)).await.unwrap();
    let session = setup_link::find_by_session(&server.app, secret.hash).await;
    assert_eq!(session.unwrap().unwrap().link.id, target.link.id);

    let second = setup_link::redeem(&server.app, token(&link)).await;
    second.unwrap();
    let audit_log = [
        "connection.created",
        "organization.created",
        "setup_link.created",
        "setup_link.opened",
        "setup_link.opened",
    ];
    assert_eq!(server.audit_actions("acme").await, audit_log);
}

#[apply(each_database)]
async fn an_unknown_secret_opens_no_session(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = server.api.create(&links, json!({})).await;
    setup_link::redeem(&server.app, token(&link)).await.unwrap();
    assert!(!has_session(&server, &SecretToken::generate()).await);
}

#[apply(each_database)]
async fn an_expired_setup_link_does_not_open(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = server.api.create(&links, json!({ "hours": 1 })).await;
    let RedeemedLink { secret, .. } = setup_link::redeem(&server.app, token(&link)).await.unwrap();
    server.clock.set(START + HOUR - 1);
    assert!(has_session(&server, &secret).await);

    server.clock.set(START + HOUR);
    assert!(!has_session(&server, &secret).await);
    assert_expired(&find_error(&server, token(&link)).await);
    let redeemed = setup_link::redeem(&server.app, token(&link)).await;
    assert_expired(&redeemed.err().unwrap());
    assert_eq!(first_state(&server, &links).await, "expired");
}

#[rstest]
#[case::unknown(&format!("vsl_{}", "a".repeat(43)))]
#[case::empty("")]
#[case::only_the_prefix("vsl_")]
#[case::another_kind_of_token("vst_x")]
#[tokio::test]
async fn an_unknown_setup_link_does_not_open(#[case] token: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_connection(&server).await;
    let problem = find_error(&server, token).await;
    assert_eq!(problem.code, ProblemCode::SetupLinkUnknown);
}

#[apply(each_database)]
async fn revoking_a_setup_link_ends_its_sessions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = server.api.create(&links, json!({})).await;
    let RedeemedLink { secret, .. } = setup_link::redeem(&server.app, token(&link)).await.unwrap();
    let revoke = format!("{links}/{}/revoke", id(&link));
    let revoked = server.api.post(&revoke, Value::Null).await;
    assert_eq!(revoked.json()["state"], "revoked");
    assert!(!has_session(&server, &secret).await);
    let problem = find_error(&server, token(&link)).await;
    assert_eq!(problem.code, ProblemCode::SetupLinkRevoked);
}

#[rstest]
#[case::no_hours(json!({ "hours": 0 }), "hours")]
#[case::more_than_30_days(json!({ "hours": 721 }), "hours")]
#[case::unknown_purpose(json!({ "purpose": "admin" }), "purpose")]
#[case::not_an_email_address(json!({ "email": "ada" }), "email")]
#[case::a_read_only_field(json!({ "connection": "con_a" }), "connection")]
#[tokio::test]
async fn an_invalid_setup_link_is_rejected_with_the_field(
    #[case] link: Value,
    #[case] field: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let links = create_connection(&server).await;
    let rejected = server.api.post(&links, link).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rejected.problem().errors[0].field, field);
    let listed = server.api.get(&links).await.json();
    assert_eq!(listed["items"], json!([]));
}

#[apply(each_database)]
async fn a_setup_link_is_not_found_under_another_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let link = server.api.create(&links, json!({})).await;
    let connections = "/organizations/acme/connections";
    let other = server.api.create(connections, manual_connection(&[])).await;
    let revoke = format!(
        "{connections}/{}/setup-links/{}/revoke",
        id(&other),
        id(&link)
    );
    let rejected = server.api.post(&revoke, Value::Null).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
    assert_eq!(first_state(&server, &links).await, "pending");
}

#[apply(each_database)]
async fn a_setup_link_cannot_add_a_rule_for_admins(
    #[case] engine: Engine,
    #[values("staff", "it")] group: &str,
) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    add_admin_rule(&server, &links).await;
    let rule = json!({ "role_rules": [{ "group": group, "role": "admin" }] });
    let rejected = patch_with_link(&server, &links, rule).await.unwrap_err();
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert_eq!(rejected.code, ProblemCode::AdminRuleNotAllowed);
}

#[apply(each_database)]
async fn a_setup_link_cannot_make_admin_the_default_role(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let change = json!({ "default_role": "admin" });
    let rejected = patch_with_link(&server, &links, change).await.unwrap_err();
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(rejected.errors[0].field, "default_role");
}

#[apply(each_database)]
async fn a_setup_link_changes_other_settings_and_keeps_the_rule_of_an_admin(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    let links = create_connection(&server).await;
    let rules = add_admin_rule(&server, &links).await;
    let attributes = json!({ "attributes": { "groups": "memberOf" } });
    patch_with_link(&server, &links, attributes).await.unwrap();
    let connection = links.strip_suffix("/setup-links").unwrap();
    let current = server.api.get(connection).await.json();
    assert_eq!(current["role_rules"], rules);

    let other_rule = json!({ "role_rules": [{ "group": "sales", "role": "member" }] });
    patch_with_link(&server, &links, other_rule).await.unwrap();
}

#[apply(each_database)]
async fn a_manually_verified_domain_does_not_let_a_setup_link_activate(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_connection(&server).await;
    let domain = json!({ "domain": "acme.example" });
    let domains = "/organizations/acme/domains";
    server.api.create(domains, domain).await;
    let acme = organization::find(&server.app, "acme").await.unwrap();
    let can_activate = setup_link::can_activate_with_link(&server.app, &acme).await;
    assert!(!can_activate.unwrap());
}

/// Creates Acme with a connection. Returns the path of the connection's setup links.
async fn create_connection(server: &TestServer) -> String {
    create_organization(server, "Acme", "enterprise").await;
    let connections = "/organizations/acme/connections";
    let connection = server.api.create(connections, manual_connection(&[])).await;
    format!("{connections}/{}/setup-links", id(&connection))
}

/// Adds a rule for the group `it`, as an admin. Returns all rules.
async fn add_admin_rule(server: &TestServer, links: &str) -> Value {
    let connection = links.strip_suffix("/setup-links").unwrap();
    let rules = json!([
        { "group": "guests", "role": "member" },
        { "group": "it", "role": "admin" },
    ]);
    let change = json!({ "role_rules": rules });
    let changed = server.api.patch(connection, change).await;
    assert_eq!(changed.status, StatusCode::OK);
    rules
}

/// Changes the connection as the user of a new setup link.
async fn patch_with_link(server: &TestServer, links: &str, change: Value) -> Result<(), Problem> {
    let link = server.api.create(links, json!({})).await;
    let redeemed = setup_link::redeem(&server.app, token(&link)).await;
    let target = redeemed.unwrap().target;
    let actor = target.actor();
    let connection = target.connection_ref();
    let change = Patch::new(change);
    connection::update_working_copy(&server.app, &actor, connection, change)
        .await
        .map(drop)
}

/// The token in the URL of a new setup link.
fn token(link: &Value) -> &str {
    let url = link["url"].as_str().unwrap();
    url.strip_prefix("https://auth.example.com/setup/").unwrap()
}

/// The state of the first setup link.
async fn first_state(server: &TestServer, links: &str) -> Value {
    let listed = server.api.get(links).await.json();
    listed["items"][0]["state"].clone()
}

async fn has_session(server: &TestServer, secret: &SecretToken) -> bool {
    let session = setup_link::find_by_session(&server.app, secret.hash.clone()).await;
    session.unwrap().is_some()
}

async fn find_error(server: &TestServer, token: &str) -> Problem {
    let found = setup_link::find(&server.app, token).await;
    found.err().unwrap()
}

fn assert_expired(problem: &Problem) {
    assert_eq!(problem.status, StatusCode::GONE);
    assert_eq!(problem.code, ProblemCode::SetupLinkExpired);
}
