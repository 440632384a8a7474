//! Merging members, and moving them to another connection.

use axum::http::StatusCode;
use serde_json::json;
use store::{ConnectionId, Member, Profile, UnverifiedEmail};
use test_support::{ADA, START, SsoFixture, at, connection_settings};
use testkit::identity_provider::{IdpBehavior, User};

use crate::invitation::invite;

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
    assert_eq!(
        response.json()["detail"],
        format!(
            "{} is deactivated; two members can be merged only if both are active",
            ids[1]
        )
    );
}

#[tokio::test]
async fn an_invited_member_is_not_merged() {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let joined = member_ids(&sso).await.remove(0);
    let invited = invite(&sso, Some("ada@acme.example"), "member").await;
    let profile = Profile {
        email: Some("ada@acme.example".to_owned()),
        email_verified_at: Some(at(START)),
        ..Profile::default()
    };
    let (organization, id) = (sso.organization.clone(), invited.clone());
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.update_profile(&id, &profile).await.map(drop)
    })
    .await;
    let expected =
        format!("{invited} is invited; two members can be merged only if both are active");
    for (survivor, from) in [
        (joined.as_str(), invited.as_str()),
        (invited.as_str(), &joined),
    ] {
        for action in ["merge", "merge/preview"] {
            let path = format!("/organizations/acme/members/{survivor}/{action}");
            let response = sso.server.api.post(&path, json!({ "from": from })).await;
            assert_eq!(response.problem().code, "members-not-mergeable");
            assert_eq!(response.json()["detail"], expected);
        }
    }
    let duplicates = format!("/organizations/acme/members/{joined}/duplicates");
    let duplicates = sso.server.api.get(&duplicates).await.json();
    assert_eq!(duplicates["items"], json!([]));
    assert_eq!(sso.members().await.len(), 2);
}

/// Two members with the same verified address, of whom the second is the only administrator and has a recovery code.
async fn member_and_only_admin() -> (SsoFixture, [String; 2]) {
    let sso = SsoFixture::new().await;
    for name_id in ["one", "two"] {
        sso.sign_in(&mut sso.browser(), &with_name_id(name_id))
            .await;
    }
    let ids: [String; 2] = member_ids(&sso).await.try_into().unwrap();
    let path = format!("/organizations/acme/members/{}", ids[1]);
    let admin = sso
        .server
        .api
        .patch(&path, json!({ "role": "admin" }))
        .await;
    assert_eq!(admin.status, StatusCode::OK);
    let codes = format!("{path}/recovery-codes");
    sso.server.api.post(&codes, json!(null)).await;
    (sso, ids)
}

#[tokio::test]
async fn a_preview_of_a_merge_says_what_is_lost() {
    let (sso, [member, admin]) = member_and_only_admin().await;
    let path = format!("/organizations/acme/members/{member}/merge/preview");
    let preview = sso.server.api.post(&path, json!({ "from": admin })).await;
    let preview = preview.json();
    assert_eq!(preview["survivor"]["id"], json!(member));
    assert_eq!(preview["merged"]["id"], json!(admin));
    assert_eq!(preview["accounts"], 1);
    assert_eq!(preview["lost_role"], "admin");
    assert_eq!(preview["lost_recovery_codes"], 10);
    assert_eq!(preview["loses_last_admin"], true);

    let path = format!("/organizations/acme/members/{admin}/merge/preview");
    let preview = sso.server.api.post(&path, json!({ "from": member })).await;
    let preview = preview.json();
    assert_eq!(preview["lost_role"], "member");
    assert_eq!(preview["lost_recovery_codes"], 0);
    assert_eq!(preview["loses_last_admin"], false);
    assert_eq!(member_ids(&sso).await, [member, admin]);
}

#[tokio::test]
async fn a_merge_does_not_delete_the_last_admin() {
    let (sso, [member, admin]) = member_and_only_admin().await;
    // An invited or deactivated administrator is none who could act.
    invite(&sso, Some("boss@acme.example"), "admin").await;
    let path = format!("/organizations/acme/members/{member}/merge");
    let body = json!({ "from": admin });
    let refused = sso.server.api.post(&path, body.clone()).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(refused.problem().code, "last-admin");
    assert_eq!(sso.members().await.len(), 3);

    let other = User {
        email: "grace@acme.example",
        ..with_name_id("grace")
    };
    sso.sign_in(&mut sso.browser(), &other).await;
    let is_grace = |member: &&Member| member.profile.email == Some(other.email.to_owned());
    let members = sso.members().await;
    let grace = &members.iter().find(is_grace).unwrap().id;
    let role = format!("/organizations/acme/members/{grace}");
    sso.server
        .api
        .patch(&role, json!({ "role": "admin" }))
        .await;
    let merged = sso.server.api.post(&path, body).await;
    assert_eq!(merged.status, StatusCode::OK, "{}", merged.text);
    assert_eq!(merged.json()["role"], "member");
}

#[tokio::test]
async fn the_page_of_a_merge_says_what_is_lost() {
    let (sso, [member, admin]) = member_and_only_admin().await;
    let mut operator = sso.server.operator_browser("op@vestibule.example").await;
    let path = format!("/console/organizations/acme/team/{admin}/merge?with={member}");
    let page = operator.get(&path).await;
    let text = page.visible_text();
    for expected in [
        format!("If {member} stays, the role “admin” of the other member is lost"),
        format!("If {member} stays, 10 unused recovery codes of the other member stop working."),
        format!("If {admin} stays, the role “member” of the other member is lost"),
        "Your organization would have no active admin any more.".to_owned(),
    ] {
        assert!(text.contains(&expected), "{expected}\n{text}");
    }
    let input = |id: &str, state: &str| {
        page.text
            .contains(&format!("name=\"survivor\" value=\"{id}\"{state}"))
    };
    assert!(input(&member, " disabled"));
    assert!(input(&admin, " checked>"));
    let action = format!("/console/organizations/acme/team/{member}/merge");
    let fields = [("with", admin.as_str()), ("survivor", member.as_str())];
    let refused = operator.submit(&page, &action, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let fields = [("with", admin.as_str()), ("survivor", admin.as_str())];
    operator.submit(&page, &action, &fields).await;
    assert_eq!(member_ids(&sso).await, [admin]);
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
