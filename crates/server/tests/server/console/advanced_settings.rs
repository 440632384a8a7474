//! The page of advanced settings of a connection, for administrators and for the recipient of a setup link.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use runtime::problem::{Problem, ProblemCode};
use serde_json::{Value, json};
use service::Actor;
use service::connection::{self, ConnectionRef};
use service::json::Patch;
use store::SetupLinkId;
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};

use super::organization::{create_acme_with_ada, first_connection, list_connections};
use super::setup_steps::{open_setup_link, start_setup, submit_step};
use crate::acme::{ada_browser, create_active_acme};
use crate::objects::{create_setup_link, id};

const LINK_PAGE: &str = "/setup/advanced";

fn page_path(connection: &Value) -> String {
    format!(
        "/console/organizations/acme/sso/{}/advanced",
        id(connection)
    )
}

#[apply(each_database)]
async fn a_change_becomes_a_draft_of_an_active_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let path = page_path(&connection);
    let mut ada = ada_browser(&server).await;
    let fields = [
        ("accept_cbc", "1"),
        ("sign_on_binding", "post"),
        ("require_signed_assertion", "1"),
        ("publish_encryption_key", "false"),
        (
            "authn_contexts",
            "https://refeds.org/profile/mfa\r\n\r\n https://refeds.org/profile/sfa ",
        ),
        ("authn_context_comparison", "minimum"),
        ("clock_tolerance_seconds", "60"),
        ("idp_initiated", "restart"),
        ("subject_attribute", "uid"),
        ("group_separator", "pipe"),
        ("provisioning", "invitation_only"),
        ("unverified_email", "refuse"),
        ("claim_name", "cost_center"),
        ("claim_attribute", "costCenter"),
        ("claim_values", "list"),
    ];
    let saved = submit_step(&mut ada, &path, &fields).await;
    assert_eq!(saved.location(), format!("{path}?done=draft-saved"));
    let live = first_connection(&server).await;
    assert_eq!(live["accept_cbc"], false);
    assert_eq!(live["custom_claims"], json!([]));
    let draft = format!("/organizations/acme/connections/{}/draft", id(&connection));
    let draft = server.api.get(&draft).await.json();
    for (field, expected) in [
        ("accept_cbc", json!(true)),
        ("sign_on_binding", json!("post")),
        ("require_signed_assertion", json!(true)),
        ("require_signed_response", json!(false)),
        ("publish_encryption_key", json!(false)),
        (
            "authn_contexts",
            json!([
                "https://refeds.org/profile/mfa",
                "https://refeds.org/profile/sfa"
            ]),
        ),
        ("authn_context_comparison", json!("minimum")),
        ("clock_tolerance_seconds", json!(60)),
        ("idp_initiated", json!("restart")),
        ("subject_attribute", json!("uid")),
        ("group_separator", json!("pipe")),
        ("provisioning", json!("invitation_only")),
        ("unverified_email", json!("refuse")),
        (
            "custom_claims",
            json!([{"name": "cost_center", "attribute": "costCenter", "multiple": true}]),
        ),
    ] {
        assert_eq!(draft[field], expected, "{field}");
    }
}

#[tokio::test]
async fn the_page_shows_every_setting_with_its_help() {
    let server = TestServer::start(Engine::Sqlite).await;
    let connection = create_active_acme(&server).await;
    let page = ada_browser(&server)
        .await
        .get(&page_path(&connection))
        .await;
    assert_snapshot!("advanced_settings_page", page.main_html());
}

#[apply(each_database)]
async fn an_unchanged_form_records_nothing(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let path = page_path(&connection);
    let saved = submit_step(&mut ada_browser(&server).await, &path, &[]).await;
    assert_eq!(saved.location(), format!("{path}?done=saved"));
}

#[rstest]
#[case::number("clock_tolerance_seconds", "soon")]
#[case::number_too_high("clock_tolerance_seconds", "301")]
#[case::context_that_is_no_uri("authn_contexts", "multi factor")]
#[case::name_id_format("name_id_format", "persistent")]
#[case::entity_id("entity_id", "my app")]
#[case::option("provisioning", "sometimes")]
#[tokio::test]
async fn an_invalid_value_is_kept_next_to_its_error(#[case] field: &str, #[case] value: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let connection = create_active_acme(&server).await;
    let path = page_path(&connection);
    let mut ada = ada_browser(&server).await;
    let fields = [(field, value), ("subject_attribute", "uid")];
    let rejected = submit_step(&mut ada, &path, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains(&format!("id=\"{field}-fault\"")));
    assert!(rejected.text.contains("value=\"uid\""));
    assert!(field == "provisioning" || rejected.text.contains(value));
    assert_eq!(
        first_connection(&server).await["subject_attribute"],
        Value::Null
    );
}

#[apply(each_database)]
async fn rows_of_claims_are_added_and_removed_without_saving(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let path = page_path(&connection);
    let mut ada = ada_browser(&server).await;
    let two = [
        ("accept_cbc", "1"),
        ("claim_name", "cost_center"),
        ("claim_attribute", "costCenter"),
        ("claim_values", "first"),
        ("claim_name", "badge"),
        ("claim_attribute", "badgeNumber"),
        ("claim_values", "list"),
    ];
    let mut added = two.to_vec();
    added.push(("add_claim", "1"));
    let page = submit_step(&mut ada, &path, &added).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text.matches("name=\"claim_name\"").count(), 3);
    // The other values stay in their fields.
    assert!(
        page.text
            .contains("name=\"accept_cbc\" value=\"1\" checked")
    );
    let mut removed = two.to_vec();
    removed.push(("remove_claim", "0"));
    let page = submit_step(&mut ada, &path, &removed).await;
    assert!(!page.text.contains("value=\"cost_center\""));
    assert!(page.text.contains("value=\"badge\""));
    let connections = list_connections(&server).await;
    assert_eq!(connections[0]["custom_claims"], json!([]));
    let draft = format!("/organizations/acme/connections/{}/draft", id(&connection));
    assert_eq!(server.api.get(&draft).await.json()["is_draft"], false);
}

#[tokio::test]
async fn an_invalid_claim_shows_the_error_in_its_row() {
    let server = TestServer::start(Engine::Sqlite).await;
    let connection = create_active_acme(&server).await;
    let fields = [
        ("claim_name", ""),
        ("claim_attribute", ""),
        ("claim_values", "first"),
        ("claim_name", "email"),
        ("claim_attribute", "mail"),
        ("claim_values", "first"),
    ];
    let mut ada = ada_browser(&server).await;
    let rejected = submit_step(&mut ada, &page_path(&connection), &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rejected.text.contains("id=\"claim-name-0-fault\""));
    assert!(rejected.text.contains("value=\"mail\""));
}

#[apply(each_database)]
async fn a_change_since_the_page_was_shown_is_not_overwritten(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let path = page_path(&connection);
    let mut ada = ada_browser(&server).await;
    let page = ada.get(&path).await;
    submit_step(&mut ada, &path, &[("subject_attribute", "employeeNumber")]).await;
    let rejected = ada
        .submit(&page, &path, &[("subject_attribute", "uid")])
        .await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains("value=\"uid\""));
}

#[apply(each_database)]
async fn a_connection_gets_an_entity_id_of_its_own(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "google").await;
    let entity_id_step = format!("{base}/instructions/4");
    let page = ada.get(&entity_id_step).await;
    assert!(page.text.contains("Use an entity ID of its own"));
    let path = format!("{base}/own-entity-id");
    let used = ada.submit(&page, &path, &[("instruction", "4")]).await;
    assert_eq!(used.location(), entity_id_step);
    let connection = first_connection(&server).await;
    assert_eq!(connection["entity_id"], connection["sp_metadata_url"]);
    let page = ada.get(&entity_id_step).await;
    assert!(!page.text.contains("Use an entity ID of its own"));
    assert!(
        page.text
            .contains(connection["sp_metadata_url"].as_str().unwrap())
    );
}

#[apply(each_database)]
async fn the_button_on_the_page_sets_the_entity_id(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    start_setup(&mut ada, "okta").await;
    let path = page_path(&first_connection(&server).await);
    let fields = [("own_entity_id", "1"), ("entity_id", "")];
    submit_step(&mut ada, &path, &fields).await;
    let connection = first_connection(&server).await;
    assert_eq!(connection["entity_id"], connection["sp_metadata_url"]);
}

#[apply(each_database)]
async fn a_setup_link_changes_only_settings_that_are_not_the_administrators(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    let mut guest = guest_browser(&server).await;
    let page = guest.get(LINK_PAGE).await;
    assert!(page.text.contains("id=\"accept_cbc\""));
    for field in [
        "danger_accept_sha1",
        "provisioning",
        "unverified_email",
        "custom_claims",
    ] {
        assert!(!page.text.contains(&format!("id=\"{field}\"")), "{field}");
    }
    let help = page
        .text
        .split("Always require re-authentication")
        .nth(1)
        .unwrap();
    let shown = help.split("</div>").next().unwrap();
    assert!(shown.contains("<p>No</p>"), "{shown}");
    assert!(shown.contains("Only an admin can change this setting."));
    assert!(!page.text.contains("value=\"danger_accept\""));
    let fields = [
        ("accept_cbc", "1"),
        ("danger_accept_sha1", "1"),
        ("provisioning", "invitation_only"),
        ("claim_name", "cost_center"),
        ("claim_attribute", "costCenter"),
        ("claim_values", "first"),
    ];
    let saved = guest.submit(&page, LINK_PAGE, &fields).await;
    assert_eq!(saved.location(), "/setup/advanced?done=saved");
    let connection = first_connection(&server).await;
    assert_eq!(connection["accept_cbc"], true);
    assert_eq!(connection["danger_accept_sha1"], false);
    assert_eq!(connection["provisioning"], "just_in_time");
    assert_eq!(connection["custom_claims"], json!([]));
}

/// What the administrators require, by the names in the API.
#[rstest]
#[case::sha1("danger_accept_sha1", json!(true))]
#[case::force_authn("force_authn", json!(true))]
#[case::contexts("authn_contexts", json!(["https://refeds.org/profile/mfa"]))]
#[case::comparison("authn_context_comparison", json!("minimum"))]
#[case::accepted_contexts("accepted_authn_contexts", json!(["https://refeds.org/profile/mfa"]))]
#[case::statement("accept_missing_authn_statement", json!(true))]
#[case::signed_response("require_signed_response", json!(true))]
#[case::signed_assertion("require_signed_assertion", json!(true))]
#[case::encryption("require_encryption", json!(true))]
#[case::acs_url("acs_url", json!("https://old.example.com/acs"))]
#[case::idp_initiated("idp_initiated", json!("danger_accept"))]
#[case::provisioning("provisioning", json!("invitation_only"))]
#[case::unverified_email("unverified_email", json!("admit"))]
#[case::claims("custom_claims", json!([{"name": "a", "attribute": "a"}]))]
#[tokio::test]
async fn a_setting_of_the_administrators_is_refused_with_its_name(
    #[case] field: &str,
    #[case] value: Value,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    start_setup(&mut ada, "okta").await;
    let connection = first_connection(&server).await;
    let problem = change_by_link(&server, &connection, field, value).await;
    let problem = problem.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NotAllowedWithSetupLink);
    assert!(problem.detail.contains(field), "{}", problem.detail);
}

/// The first setup needs these; once sign-ins rely on them, they are the administrators'.
#[rstest]
#[case::subject("subject_attribute", json!("uid"))]
#[case::clock_tolerance("clock_tolerance_seconds", json!(300))]
#[case::expired_certificate("reject_expired_signing_certificate", json!(true))]
#[tokio::test]
async fn a_setup_link_changes_some_settings_before_the_first_activation_only(
    #[case] field: &str,
    #[case] value: Value,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    start_setup(&mut ada, "okta").await;
    let draft = first_connection(&server).await;
    let changed = change_by_link(&server, &draft, field, value.clone()).await;
    assert!(changed.is_ok(), "{changed:?}");

    let server = TestServer::start(Engine::Sqlite).await;
    let active = create_active_acme(&server).await;
    let problem = change_by_link(&server, &active, field, value).await;
    let problem = problem.unwrap_err();
    assert_eq!(problem.code, ProblemCode::NotAllowedWithSetupLink);
    assert!(problem.detail.contains(field), "{}", problem.detail);
    let name = change_by_link(&server, &active, "name", json!("Okta")).await;
    assert!(name.is_ok(), "{name:?}");
    // The page does not offer it either, and says why.
    let link = create_setup_link(&server, &active, json!({})).await;
    let page = open_setup_link(&server, &link).await.get(LINK_PAGE).await;
    assert!(!page.text.contains(&format!("id=\"{field}\"")));
    let reason = "This connection has been active, so only an admin can change this setting.";
    assert_eq!(page.text.matches(reason).count(), 3);
}

/// Changes a setting as the recipient of a setup link.
async fn change_by_link(
    server: &TestServer,
    connection: &Value,
    field: &str,
    value: Value,
) -> Result<(), Problem> {
    let actor = Actor::SetupLink(SetupLinkId::from_random([1; 16]));
    let change = Patch::new(json!({ field: value }));
    let target = ConnectionRef::ById(id(connection));
    connection::update_working_copy(&server.app, &actor, target, change)
        .await
        .map(drop)
}

#[apply(each_database)]
async fn a_setup_link_cannot_accept_unsolicited_responses(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut guest = guest_browser(&server).await;
    let rejected = save_idp_initiated(&mut guest, "danger_accept").await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert_eq!(first_connection(&server).await["idp_initiated"], "reject");
    let saved = save_idp_initiated(&mut guest, "restart").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(first_connection(&server).await["idp_initiated"], "restart");
}

async fn save_idp_initiated(guest: &mut TestBrowser, value: &str) -> TestResponse {
    submit_step(guest, LINK_PAGE, &[("idp_initiated", value)]).await
}

/// The browser of the recipient of a setup link to a new connection of Acme.
async fn guest_browser(server: &TestServer) -> TestBrowser {
    let mut ada = create_acme_with_ada(server).await;
    start_setup(&mut ada, "okta").await;
    let connection = first_connection(server).await;
    let link = create_setup_link(server, &connection, json!({})).await;
    open_setup_link(server, &link).await
}
