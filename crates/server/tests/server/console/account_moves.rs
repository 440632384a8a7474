//! The page that moves members to another connection.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestServer, each_database};

use crate::acme::{ada_browser, create_active_acme};
use crate::objects::id;

const MOVES: &str = "/console/organizations/acme/account-moves";

#[apply(each_database)]
async fn undoing_a_move_asks_first(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let old = create_active_acme(&server).await;
    let connections = "/organizations/acme/connections";
    let new = server.api.create(connections, json!({"name": "New"})).await;
    let moves = "/organizations/acme/account-moves";
    let route = json!({"from": id(&old), "to": id(&new)});
    let started = server.api.create(moves, route).await;
    let path = format!("{MOVES}/{}/undo", id(&started));
    let mut ada = ada_browser(&server).await;
    let page = ada.get(MOVES).await;
    assert!(page.text.contains(&format!("href=\"{path}\"")));
    let question = ada.get(&path).await;
    assert!(
        question
            .text
            .contains("Undo the move from Practice to New?")
    );
    assert_eq!(
        server.api.get(moves).await.json()["items"][0]["state"],
        "open"
    );
    let undone = ada.submit(&question, &path, &[]).await;
    assert_eq!(
        undone.location(),
        format!("{MOVES}?done=account-move-undone")
    );
    assert_eq!(
        server.api.get(moves).await.json()["items"][0]["state"],
        "undone"
    );
    let unknown = ada.get(&format!("{MOVES}/mov_unknown/undo")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}
