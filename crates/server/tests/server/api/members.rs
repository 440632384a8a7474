//! Members of an organization.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{MemberId, OrganizationId, Tx};
use test_support::{Engine, START, TestServer, each_database};

use super::start_with_acme;
use crate::concurrency::send_during_write;
use crate::objects::{add_domain, add_member, id, member_path};

const MEMBERS: &str = "/organizations/acme/members";

async fn acme_id(server: &TestServer) -> OrganizationId {
    let acme = server.api.get("/organizations/acme").await.json();
    OrganizationId::parse(id(&acme)).unwrap()
}

fn member_id(member: &Value) -> MemberId {
    MemberId::parse(id(member)).unwrap()
}

#[apply(each_database)]
async fn the_email_of_an_invited_member_is_verified_by_its_domain(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    add_domain(&server, "acme", "acme.example").await;
    let ada = json!({"email": "Ada@Acme.example", "name": "Ada", "role": "admin"});
    let ada = server.api.create(MEMBERS, ada).await;
    assert_eq!(ada["email"], "ada@acme.example");
    assert_eq!(ada["email_verified"], true);

    server.clock.set(START + 1);
    let bob = json!({"email": "bob@elsewhere.example"});
    let bob = server.api.create(MEMBERS, bob).await;
    assert_eq!(bob["role"], "member");
    assert_eq!(bob["email_verified"], false);
    let list = server.api.get(MEMBERS).await.json();
    assert_eq!(list["items"], json!([ada, bob]));
}

#[apply(each_database)]
async fn an_invitation_is_mailed_sent_again_and_withdrawn(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let ada = json!({"email": "ada@acme.example", "role": "admin"});
    let ada = server.api.create(MEMBERS, ada).await;
    assert_eq!(ada["state"], "invited");
    assert_eq!(ada["invitation_sent_at"], "2026-11-24T09:00:00Z");
    let silent = json!({"email": "bob@acme.example", "send_email": false});
    let silent = server.api.create(MEMBERS, silent).await;
    assert_eq!(silent["state"], "invited");
    assert_eq!(silent["invitation_sent_at"], Value::Null);
    assert_eq!(server.outbox.mails().len(), 1);

    server.clock.set(START + 60);
    let member = format!("{MEMBERS}/{}", id(&ada));
    let resend = format!("{member}/resend-invitation");
    let sent = server.api.post(&resend, Value::Null).await.json();
    assert_eq!(sent["invitation_sent_at"], "2026-11-24T09:01:00Z");
    let recipients = server.outbox.mails().into_iter().map(|mail| mail.to);
    assert_eq!(
        recipients.collect::<Vec<_>>(),
        ["ada@acme.example", "ada@acme.example"]
    );

    let withdraw = format!("{member}/withdraw-invitation");
    let withdrawn = server.api.post(&withdraw, Value::Null).await;
    assert_eq!(withdrawn.status, StatusCode::NO_CONTENT);
    let gone = server.api.get(&member).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let actions = server.audit_actions("acme").await;
    for action in ["invitation.resent", "invitation.withdrawn"] {
        assert!(actions.iter().any(|one| one == action), "{actions:?}");
    }
}

#[apply(each_database)]
async fn a_member_who_has_signed_in_has_no_invitation(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let ada = add_member(&server, "acme", "ada@acme.example", "admin").await;
    server.account_browser("ada@acme.example").await;
    let member = format!("{MEMBERS}/{}", id(&ada));
    assert_eq!(server.api.get(&member).await.json()["state"], "active");
    for action in ["resend-invitation", "withdraw-invitation"] {
        let path = format!("{member}/{action}");
        let rejected = server.api.post(&path, Value::Null).await;
        assert_eq!(rejected.status, StatusCode::CONFLICT);
        assert_eq!(rejected.problem().code, "not-invited");
    }
}

#[apply(each_database)]
async fn a_member_cannot_be_invited_twice(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    add_domain(&server, "acme", "acme.example").await;
    let ada = json!({"email": "Ada@Acme.example", "name": "Ada", "role": "admin"});
    let member = server.api.create(MEMBERS, ada.clone()).await;
    let response = server.api.post(MEMBERS, ada).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "already-member");
    let list = server.api.get(MEMBERS).await.json();
    assert_eq!(list["items"], json!([member]));
}

#[apply(each_database)]
async fn an_address_receives_few_invitations_within_an_hour(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let invited = json!({"email": "ada@acme.example"});
    let member = server.api.create(MEMBERS, invited.clone()).await;
    let path = member_path("acme", &member);
    let resend = format!("{path}/resend-invitation");
    for _ in 0..4 {
        let sent = server.api.post(&resend, Value::Null).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    }
    let refused = server.api.post(&resend, Value::Null).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(server.outbox.mails().len(), 5);

    // A new invitation to the same address is no way around it, unless nothing is mailed.
    server.api.delete(&path).await;
    let again = server.api.post(MEMBERS, invited).await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS);
    let other = json!({"email": "grace@acme.example"});
    server.api.create(MEMBERS, other).await;
    let unsent = json!({"email": "ada@acme.example", "send_email": false});
    server.api.create(MEMBERS, unsent).await;
    assert_eq!(server.outbox.mails().len(), 6);

    server.clock.set(START + 3600);
    let later = json!({"email": "joe@acme.example"});
    server.api.create(MEMBERS, later).await;
    let all = server.api.get(MEMBERS).await.json();
    let mut ada = all["items"].as_array().unwrap().iter();
    let ada = ada.find(|one| one["email"] == "ada@acme.example");
    let resend = format!("{}/resend-invitation", member_path("acme", ada.unwrap()));
    let sent = server.api.post(&resend, Value::Null).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
}

#[apply(each_database)]
async fn only_a_verified_email_gives_a_new_admin_console_access(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    add_domain(&server, "acme", "acme.example").await;
    assert!(new_admin_has_account(&server, "ada@acme.example").await);
    assert!(!new_admin_has_account(&server, "boss@vendor.example").await);
}

/// Adds a member who becomes an admin and is then deactivated and activated again.
async fn new_admin_has_account(server: &TestServer, email: &str) -> bool {
    let member = add_member(server, "acme", email, "member").await;
    let path = member_path("acme", &member);
    for update in [
        json!({"role": "admin"}),
        json!({"deactivated": true}),
        json!({"deactivated": false}),
    ] {
        let response = server.api.patch(&path, update).await;
        assert_eq!(response.status, StatusCode::OK);
    }
    let mut tx = server.app.store.snapshot().await.unwrap();
    tx.console_account(email).await.unwrap().is_some()
}

#[apply(each_database)]
async fn a_member_is_updated_deactivated_and_removed(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let ada = add_member(&server, "acme", "ada@acme.example", "member").await;
    let path = member_path("acme", &ada);
    let update = json!({"role": "admin", "deactivated": true});
    let ada = server.api.patch(&path, update).await.json();
    assert_eq!(ada["role"], "admin");
    assert_eq!(ada["deactivated_at"], "2026-11-24T09:00:00Z");

    let update = json!({"deactivated": false, "name": "Ada Lovelace"});
    let ada = server.api.patch(&path, update).await.json();
    assert_eq!(ada["role"], "admin");
    assert_eq!(ada["deactivated_at"], Value::Null);
    assert_eq!(server.api.get(&path).await.json(), ada);

    let response = server.api.delete(&path).await;
    assert_eq!(response.status, StatusCode::NO_CONTENT);
    let response = server.api.get(&path).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn an_update_keeps_the_changes_of_a_concurrent_sign_in(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let ada = add_member(&server, "acme", "ada@acme.example", "member").await;
    let path = member_path("acme", &ada);
    let organization = acme_id(&server).await;
    let member = member_id(&ada);
    let sign_in = async move |tx: &mut Tx| {
        let mut scope = tx.organization(&organization);
        let mut profile = scope.member(&member).await?.unwrap().profile;
        profile.groups = vec!["pilots".to_owned()];
        profile.email = Some("ada@new.example".to_owned());
        scope.update_profile(&member, &profile).await?;
        Ok(())
    };
    let rename = server.api.patch(&path, json!({"name": "Ada"}));
    let response = send_during_write(&server, sign_in, rename).await;
    assert_eq!(response.status, StatusCode::OK, "{}", response.text);
    let ada = response.json();
    assert_eq!(ada["name"], "Ada");
    assert_eq!(ada["groups"], json!(["pilots"]));
    assert_eq!(ada["email"], "ada@new.example");
    assert_eq!(server.api.get(&path).await.json(), ada);
}

#[apply(each_database)]
async fn a_concurrently_removed_member_is_neither_updated_nor_removed(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let ada = add_member(&server, "acme", "ada@acme.example", "member").await;
    let path = member_path("acme", &ada);
    let organization = acme_id(&server).await;
    let member = member_id(&ada);
    let delete = async move |tx: &mut Tx| {
        let mut scope = tx.organization(&organization);
        assert!(scope.delete_member(&member).await?);
        Ok(())
    };
    let requests = async {
        tokio::join!(
            server.api.patch(&path, json!({"name": "Ada"})),
            server.api.delete(&path)
        )
    };
    let (updated, removed) = send_during_write(&server, delete, requests).await;
    assert_eq!(updated.problem().code, "not-found");
    assert_eq!(removed.problem().code, "not-found");
    assert_eq!(
        server.audit_actions("acme").await,
        ["member.added", "organization.created"]
    );
}

#[rstest]
#[case::no_email(json!({}), "email")]
#[case::email_without_domain(json!({"email": "ada"}), "email")]
#[case::email_with_a_space(json!({"email": "a b@acme.example"}), "email")]
#[case::unknown_role(json!({"email": "ada@acme.example", "role": "Boss!"}), "role")]
#[case::other_organization(
    json!({"email": "ada@acme.example", "organization": "org_other"}),
    "organization"
)]
#[case::read_only_field(
    json!({"email": "ada@acme.example", "email_verified": true}),
    "email_verified"
)]
#[tokio::test]
async fn an_invalid_member_is_rejected(#[case] body: Value, #[case] field: &str) {
    let server = start_with_acme(Engine::Sqlite).await;
    let response = server.api.post(MEMBERS, body).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(response.problem().errors[0].field, field);
    let list = server.api.get(MEMBERS).await.json();
    assert_eq!(list["items"], json!([]));
}
