//! Renaming, duplicating and deleting a connection, and choosing a product more than once.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use store::{ConnectionId, CustomClaim, OrganizationId};
use test_support::{Engine, TestServer, each_database};

use super::organization::{create_acme_with_ada, first_connection, list_connections};
use super::saml_sso_steps::{SSO, patch_draft};
use super::setup_steps::{start_setup, submit_step};
use crate::acme::{ada_browser, create_active_acme};
use crate::objects::{create_setup_link, id};

#[apply(each_database)]
async fn a_rename_applies_at_once_and_to_the_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let draft = patch_draft(&server, json!({"accept_cbc": true})).await;
    let mut ada = ada_browser(&server).await;
    let path = format!("{SSO}/rename");
    let renamed = submit_step(&mut ada, &path, &[("name", "Entra")]).await;
    assert_eq!(renamed.location(), format!("{SSO}?done=connection-renamed"));
    let connection = first_connection(&server).await;
    assert_eq!(connection["name"], "Entra");
    assert_eq!(connection["accept_cbc"], false);
    let draft = server.api.get(&draft).await.json();
    assert_eq!(draft["name"], "Entra");
    assert_eq!(draft["accept_cbc"], true);
}

/// A claim of the draft has a name that was allowed when it was saved.
#[apply(each_database)]
async fn a_draft_that_would_be_rejected_today_is_renamed_too(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let draft = patch_draft(&server, json!({"accept_cbc": true})).await;
    let connection_id = ConnectionId::parse(id(&connection)).unwrap();
    let organization = connection["organization"].as_str().unwrap();
    let organization = OrganizationId::parse(organization).unwrap();
    let written = server.app.store.write(async move |tx| {
        let mut org_tx = tx.organization(&organization);
        let mut draft = org_tx.draft(&connection_id).await?.unwrap();
        draft.settings.policy.custom_claims.push(CustomClaim {
            name: "sub_id".to_owned(),
            attribute: "uid".to_owned(),
            multiple: false,
        });
        org_tx.upsert_draft(&draft).await.map(drop)
    });
    written.await.unwrap();
    let mut ada = ada_browser(&server).await;
    let path = format!("{SSO}/rename");
    let renamed = submit_step(&mut ada, &path, &[("name", "Entra")]).await;
    assert_eq!(renamed.location(), format!("{SSO}?done=connection-renamed"));
    assert_eq!(first_connection(&server).await["name"], "Entra");
    let draft = server.api.get(&draft).await.json();
    assert_eq!(draft["name"], "Entra");
    let actions = server.audit_actions("acme").await;
    let renames = ["connection.updated", "connection.draft_updated"];
    for action in renames {
        assert!(actions.iter().any(|one| one == action), "{actions:?}");
    }
}

#[apply(each_database)]
async fn an_empty_name_is_rejected_at_its_field(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    for page in ["rename", "duplicate"] {
        let path = format!("{SSO}/{page}");
        let rejected = submit_step(&mut ada, &path, &[("name", " ")]).await;
        assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(rejected.text.contains("id=\"name-fault\""));
    }
    let connections = list_connections(&server).await;
    assert_eq!(connections.len(), 1);
    assert_eq!(connections[0]["name"], "Practice");
}

#[apply(each_database)]
async fn a_copy_is_a_draft_with_urls_of_its_own(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let source = create_active_acme(&server).await;
    let change = json!({
        "entity_id": source["sp_metadata_url"],
        "acs_url": "https://old.example.com/acs",
        "custom_claims": [{"name": "cost_center", "attribute": "costCenter"}],
    });
    patch_draft(&server, change).await;
    let mut ada = ada_browser(&server).await;
    let path = format!("{SSO}/duplicate");
    let page = ada.get(&path).await;
    assert!(page.text.contains("value=\"Practice (copy)\""));
    let copied = ada.submit(&page, &path, &[("name", "Practice 2")]).await;
    let connections = list_connections(&server).await;
    let copy = connections.iter().find(|one| one["name"] == "Practice 2");
    let copy = copy.unwrap();
    let panel = format!("{SSO}/{}?done=connection-duplicated", id(copy));
    assert_eq!(copied.location(), panel);
    assert_eq!(copy["name"], "Practice 2");
    assert_eq!(copy["state"], "draft");
    assert_eq!(copy["issuer"], source["issuer"]);
    assert_eq!(copy["certificates"], source["certificates"]);
    assert_eq!(copy["custom_claims"][0]["name"], "cost_center");
    assert_eq!(copy["entity_id"], copy["sp_metadata_url"]);
    assert!(
        copy["acs_url"]
            .as_str()
            .unwrap()
            .contains("auth.example.com")
    );
    assert_ne!(copy["sp_metadata_url"], source["sp_metadata_url"]);
}

#[apply(each_database)]
async fn deleting_names_the_consequences_first(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let path = format!("{SSO}/delete");
    let page = ada.get(&path).await;
    assert!(page.text.contains("Delete Practice?"));
    assert!(
        page.text
            .contains("No active member has an account at this connection.")
    );
    assert_eq!(list_connections(&server).await.len(), 1);
    let deleted = ada.submit(&page, &path, &[("confirmed", "1")]).await;
    assert_eq!(deleted.location(), format!("{SSO}?done=connection-deleted"));
    assert!(list_connections(&server).await.is_empty());
    assert!(
        ada.get(deleted.location())
            .await
            .text
            .contains("Connection deleted.")
    );
}

#[apply(each_database)]
async fn choosing_products_leaves_no_empty_drafts_behind(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let first = start_setup(&mut ada, "okta").await;
    assert_eq!(start_setup(&mut ada, "okta").await, first);
    assert_eq!(start_setup(&mut ada, "entra").await, first);
    let connections = list_connections(&server).await;
    assert_eq!(connections.len(), 1);
    assert_eq!(connections[0]["provider"], "entra");
    assert_eq!(connections[0]["name"], "Microsoft Entra ID");
    assert_eq!(connections[0]["reject_expired_signing_certificate"], true);
}

#[apply(each_database)]
async fn a_draft_that_was_worked_on_is_not_reused(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let mut bases = vec![start_setup(&mut ada, "okta").await];
    // A step of the guide is done.
    let step = format!("{}/instructions/1", bases[0]);
    submit_step(&mut ada, &step, &[("done", "1")]).await;
    bases.push(start_setup(&mut ada, "okta").await);
    // A setting is changed.
    let path = format!("/organizations/acme/connections/{}", id_in(&bases[1]));
    server.api.patch(&path, json!({"accept_cbc": true})).await;
    bases.push(start_setup(&mut ada, "okta").await);
    // A setup link leads to it.
    let path = format!("/organizations/acme/connections/{}", id_in(&bases[2]));
    let connection = server.api.get(&path).await.json();
    create_setup_link(&server, &connection, json!({})).await;
    bases.push(start_setup(&mut ada, "okta").await);
    bases.sort();
    bases.dedup();
    assert_eq!(bases.len(), 4);
}

/// The connection's ID in the base path of its setup.
fn id_in(base: &str) -> &str {
    let (_, rest) = base.split_once("/sso/").unwrap();
    rest.split('/').next().unwrap()
}
