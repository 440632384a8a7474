//! Merging members, and moving them to another connection.

use axum::http::StatusCode;
use serde_json::json;
use store::{ConnectionId, Member, UnverifiedEmail};
use test_support::{ADA, SsoFixture, connection_settings};
use testkit::identity_provider::{IdpBehavior, User};

pub(crate) fn with_name_id(name_id: &'static str) -> User {
    User {
        name_id,
        ..ADA.clone()
    }
}

/// Signs a user in through a connection.
pub(crate) async fn sign_in_through(sso: &SsoFixture, connection: &ConnectionId, user: &User) {
    let mut browser = sso.browser();
    let path = sso.authorize_path(&[("connection", connection.as_str())]);
    let redirect = browser.get(&path).await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let response = sso
        .complete_sign_in(&mut browser, &relay_state, user, IdpBehavior::Valid)
        .await;
    assert!(response.location_parameter("code").is_some());
}

pub(crate) async fn add_second_connection(sso: &SsoFixture) -> ConnectionId {
    sso.add_connection(&sso.organization, connection_settings())
        .await
}

pub(crate) async fn member_ids(sso: &SsoFixture) -> Vec<String> {
    let members = sso.members().await;
    members.iter().map(|member| member.id.to_string()).collect()
}

#[tokio::test]
async fn merged_members_are_one_with_both_accounts() {
    let sso = SsoFixture::new().await;
    for name_id in ["one", "two"] {
        sso.sign_in(&mut sso.browser(), &with_name_id(name_id))
            .await;
    }
    let mut members: Vec<Member> = sso.members().await;
    let [first, second] = [members.remove(0), members.remove(0)];
    let path = format!("/organizations/acme/members/{}", first.id);
    let duplicates = sso.server.api.get(&format!("{path}/duplicates")).await;
    assert_eq!(duplicates.json()["items"][0]["id"], json!(second.id));

    let body = json!({ "from": second.id });
    let merged = sso
        .server
        .api
        .post(&format!("{path}/merge"), body.clone())
        .await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.text);
    let accounts = sso.server.api.get(&format!("{path}/accounts")).await.json();
    assert_eq!(accounts["items"].as_array().unwrap().len(), 2);
    let again = sso.server.api.post(&format!("{path}/merge"), body).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);

    for name_id in ["one", "two"] {
        sso.sign_in(&mut sso.browser(), &with_name_id(name_id))
            .await;
    }
    assert_eq!(member_ids(&sso).await, [first.id.to_string()]);
    let log = sso
        .server
        .api
        .get("/organizations/acme/audit-log")
        .await
        .json();
    assert_eq!(log["items"][0]["action"], "member.merged");
    assert_eq!(log["items"][0]["subject"], json!(first.id));
}

#[tokio::test]
async fn members_with_different_addresses_are_not_merged() {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let other = User {
        email: "grace@acme.example",
        ..with_name_id("two")
    };
    sso.sign_in(&mut sso.browser(), &other).await;
    let ids = member_ids(&sso).await;
    let path = format!("/organizations/acme/members/{}/merge", ids[0]);
    for from in &ids {
        let response = sso.server.api.post(&path, json!({ "from": from })).await;
        assert_eq!(response.status, StatusCode::CONFLICT);
        assert_eq!(response.problem().code, "members-not-mergeable");
    }
    assert_eq!(member_ids(&sso).await, ids);
}

#[tokio::test]
async fn a_deactivated_member_is_not_merged() {
    let sso = SsoFixture::new().await;
    for name_id in ["one", "two"] {
        sso.sign_in(&mut sso.browser(), &with_name_id(name_id))
            .await;
    }
    let ids = member_ids(&sso).await;
    let path = format!("/organizations/acme/members/{}", ids[1]);
    let change = json!({ "deactivated": true });
    sso.server.api.patch(&path, change).await;
    let path = format!("/organizations/acme/members/{}/merge", ids[0]);
    let response = sso.server.api.post(&path, json!({ "from": ids[1] })).await;
    assert_eq!(response.problem().code, "members-not-mergeable");
}

#[tokio::test]
async fn a_moved_member_keeps_the_id_until_the_move_is_undone() {
    let sso = SsoFixture::new().await;
    sign_in_through(&sso, &sso.connection, &with_name_id("old")).await;
    let ids = member_ids(&sso).await;
    let new = add_second_connection(&sso).await;
    let body = json!({ "from": sso.connection, "to": new });
    let moves = "/organizations/acme/account-moves";
    let preview = sso
        .server
        .api
        .post(&format!("{moves}/preview"), body.clone())
        .await
        .json();
    assert_eq!(preview["members"], 1);
    assert_eq!(preview["movable"], 1);

    let started = sso.server.api.create(moves, body.clone()).await;
    assert_eq!(started["state"], "open");
    let again = sso.server.api.post(moves, body).await;
    assert_eq!(again.problem().code, "account-move-open");
    sign_in_through(&sso, &new, &with_name_id("new")).await;
    sign_in_through(&sso, &new, &with_name_id("new")).await;
    assert_eq!(member_ids(&sso).await, ids);
    let list = sso.server.api.get(moves).await.json();
    assert_eq!(list["items"][0]["moved"], 1);
    let path = format!("/organizations/acme/members/{}/accounts", ids[0]);
    let accounts = sso.server.api.get(&path).await.json();
    assert_eq!(accounts["items"].as_array().unwrap().len(), 2);

    let undo = format!("{moves}/{}/undo", started["id"].as_str().unwrap());
    let undone = sso.server.api.post(&undo, json!(null)).await.json();
    assert_eq!(undone["state"], "undone");
    sign_in_through(&sso, &sso.connection, &with_name_id("old")).await;
    assert_eq!(member_ids(&sso).await, ids);
    // Without the move, an address leads to no member who has signed in.
    sign_in_through(&sso, &new, &with_name_id("new")).await;
    assert_eq!(member_ids(&sso).await.len(), 2);
}

#[tokio::test]
async fn a_preview_says_whom_a_move_does_not_concern() {
    let sso = SsoFixture::with(|settings| {
        settings.policy.unverified_email = Some(UnverifiedEmail::Admit);
    })
    .await;
    let unverified = User {
        email: "ada@home.example",
        ..with_name_id("unverified")
    };
    for user in [&with_name_id("one"), &with_name_id("two"), &unverified] {
        sso.sign_in(&mut sso.browser(), user).await;
    }
    let new = add_second_connection(&sso).await;
    let body = json!({ "from": sso.connection, "to": new });
    let path = "/organizations/acme/account-moves/preview";
    let preview = sso.server.api.post(path, body).await.json();
    assert_eq!(preview["members"], 3);
    assert_eq!(preview["movable"], 0);
    let others = preview["not_movable"].as_array().unwrap().iter();
    let mut reasons: Vec<_> = others.map(|one| one["reason"].as_str().unwrap()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["no-verified-email", "same-email", "same-email"]);
}
