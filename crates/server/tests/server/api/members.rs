use rstest::rstest;
use rstest_reuse::apply;
use std::sync::Arc;
use test_support::{Engine, START, TestServer, each_database};

use axum::http::StatusCode;
use serde_json::{Value, json};
use store::{MemberId, OrganizationId, StoreError};
use tokio::sync::Notify;

fn ids(member: &Value, organization: &Value) -> (OrganizationId, MemberId) {
    let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
    (
        OrganizationId::parse(&id(organization)).unwrap(),
        MemberId::parse(&id(member)).unwrap(),
    )
}

#[apply(each_database)]
async fn an_invited_member_is_matched_by_email(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    server
        .api
        .create(
            "/organizations/acme/domains",
            json!({"domain": "acme.example"}),
        )
        .await;
    let body = json!({"email": "Ada@Acme.example", "name": "Ada", "role": "admin"});
    let ada = server
        .api
        .create("/organizations/acme/members", body.clone())
        .await;
    assert_eq!(
        (&ada["email"], &ada["email_verified"]),
        (&json!("ada@acme.example"), &json!(true))
    );
    let stranger = json!({"email": "bob@elsewhere.example"});
    server.clock.set(START + 1);
    let bob = server
        .api
        .create("/organizations/acme/members", stranger)
        .await;
    assert_eq!(
        (&bob["role"], &bob["email_verified"]),
        (&json!("member"), &json!(false))
    );
    let again = server.api.post("/organizations/acme/members", body).await;
    assert_eq!(
        (again.status, again.problem().code.as_str()),
        (StatusCode::CONFLICT, "already-member")
    );
    assert_eq!(
        server.api.get("/organizations/acme/members").await.json()["items"],
        json!([ada, bob])
    );
}

#[apply(each_database)]
async fn only_a_verified_email_gives_a_new_admin_console_access(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    server
        .api
        .create(
            "/organizations/acme/domains",
            json!({"domain": "acme.example"}),
        )
        .await;
    for (email, is_believed) in [("ada@acme.example", true), ("boss@vendor.example", false)] {
        let member = server
            .api
            .create("/organizations/acme/members", json!({"email": email}))
            .await;
        let path = format!(
            "/organizations/acme/members/{}",
            member["id"].as_str().unwrap()
        );
        for change in [
            json!({"role": "admin"}),
            json!({"deactivated": true}),
            json!({"deactivated": false}),
        ] {
            assert_eq!(server.api.patch(&path, change).await.status, StatusCode::OK);
        }
        let account = server
            .app
            .store
            .snapshot()
            .await
            .unwrap()
            .console_account(email)
            .await
            .unwrap();
        assert_eq!(account.is_some(), is_believed, "{email}");
    }
}

#[apply(each_database)]
async fn a_member_is_updated_deactivated_and_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let ada = server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example"}),
        )
        .await;
    let path = format!(
        "/organizations/acme/members/{}",
        ada["id"].as_str().unwrap()
    );
    let changed = server
        .api
        .patch(&path, json!({"role": "admin", "deactivated": true}))
        .await
        .json();
    assert_eq!(
        (&changed["role"], &changed["deactivated_at"]),
        (&json!("admin"), &json!("2026-11-24T09:00:00Z"))
    );
    let back = server
        .api
        .patch(&path, json!({"deactivated": false, "name": "Ada Lovelace"}))
        .await
        .json();
    assert_eq!(
        (&back["role"], &back["deactivated_at"]),
        (&json!("admin"), &json!(null))
    );
    assert_eq!(server.api.get(&path).await.json(), back);
    assert_eq!(
        server.api.delete(&path).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(server.api.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn an_update_keeps_the_changes_of_a_concurrent_sign_in(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let ada = server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example"}),
        )
        .await;
    let path = format!(
        "/organizations/acme/members/{}",
        ada["id"].as_str().unwrap()
    );
    let (organization, member) = ids(&ada, &acme);
    let brought = Arc::new(Notify::new());
    let notify = Arc::clone(&brought);
    let lock_watch = server.lock_watch();
    let sign_in = server.app.store.write(async move |tx| {
        let mut its = tx.organization(&organization);
        let mut profile = its.member(&member).await?.unwrap().profile;
        profile.groups = vec!["pilots".to_owned()];
        profile.email = Some("ada@new.example".to_owned());
        its.update_profile(&member, &profile).await?;
        notify.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    let change = async {
        brought.notified().await;
        server.api.patch(&path, json!({"name": "Ada"})).await
    };
    let (signed_in, changed) = tokio::join!(sign_in, change);
    signed_in.unwrap();
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let found = server.api.get(&path).await.json();
    assert_eq!(found, changed.json());
    assert_eq!(
        (&found["name"], &found["groups"]),
        (&json!("Ada"), &json!(["pilots"]))
    );
    assert_eq!(found["email"], "ada@new.example");
}

#[apply(each_database)]
async fn a_concurrently_removed_member_is_neither_updated_nor_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let ada = server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example"}),
        )
        .await;
    let path = format!(
        "/organizations/acme/members/{}",
        ada["id"].as_str().unwrap()
    );
    let (organization, member) = ids(&ada, &acme);
    let deleted = Arc::new(Notify::new());
    let notify = Arc::clone(&deleted);
    let lock_watch = server.lock_watch();
    let going = server.app.store.write(async move |tx| {
        assert!(
            tx.organization(&organization)
                .delete_member(&member)
                .await?
        );
        notify.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    let others = async {
        deleted.notified().await;
        tokio::join!(
            server.api.patch(&path, json!({"name": "Ada"})),
            server.api.delete(&path)
        )
    };
    let (gone, (changed, removed)) = tokio::join!(going, others);
    gone.unwrap();
    assert_eq!(changed.problem().code, "not-found");
    assert_eq!(removed.problem().code, "not-found");
    assert_eq!(
        server.audit_actions("acme").await,
        ["member.add", "organization.create"]
    );
}

#[apply(each_database)]
async fn invalid_members_are_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    for (body, field) in [
        (json!({}), "email"),
        (json!({"email": "ada"}), "email"),
        (json!({"email": "a b@acme.example"}), "email"),
        (
            json!({"email": "ada@acme.example", "role": "Boss!"}),
            "role",
        ),
        (
            json!({"email": "ada@acme.example", "organization": "org_other"}),
            "organization",
        ),
        (
            json!({"email": "ada@acme.example", "email_verified": true}),
            "email_verified",
        ),
    ] {
        let answer = server
            .api
            .post("/organizations/acme/members", body.clone())
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(answer.problem().errors[0].field, field, "{body}");
    }
    assert_eq!(
        server.api.get("/organizations/acme/members").await.json()["items"],
        json!([])
    );
}
