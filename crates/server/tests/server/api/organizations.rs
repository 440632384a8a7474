use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use std::sync::Arc;
use test_support::{Engine, TestServer, each_database};

use axum::http::StatusCode;
use serde_json::json;
use store::{OrganizationChange, OrganizationId, StoreError};
use tokio::sync::Notify;

#[apply(each_database)]
async fn an_organization_is_found_by_id_and_slug(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme & Sons", "plan": "enterprise"}),
        )
        .await;
    assert_eq!(made["slug"], "acme-sons");
    assert_eq!(made["plan_includes_sso"], true);
    assert_eq!(made["created_at"], "2026-11-24T09:00:00Z");
    for named in [made["id"].as_str().unwrap(), "acme-sons"] {
        assert_eq!(
            server
                .api
                .get(&format!("/organizations/{named}"))
                .await
                .json(),
            made
        );
    }
}

#[apply(each_database)]
async fn the_lowest_plan_is_the_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    assert_eq!(
        (&made["plan"], &made["plan_includes_sso"]),
        (&json!("starter"), &json!(false))
    );
}

#[apply(each_database)]
async fn slugs_are_unique(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    server
        .api
        .create("/organizations", json!({"name": "Other"}))
        .await;
    for answer in [
        server
            .api
            .post("/organizations", json!({"name": "Acme"}))
            .await,
        server
            .api
            .patch("/organizations/other", json!({"slug": "acme"}))
            .await,
    ] {
        assert_eq!(
            (answer.status, answer.problem().code.as_str()),
            (StatusCode::CONFLICT, "slug-taken")
        );
    }
    assert_eq!(
        server.api.get("/organizations/other").await.json()["name"],
        "Other"
    );
}

#[apply(each_database)]
async fn an_update_keeps_concurrent_changes_of_other_fields(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "professional"}),
        )
        .await;
    let id = OrganizationId::parse(made["id"].as_str().unwrap()).unwrap();
    let lowered = Arc::new(Notify::new());
    let notify = Arc::clone(&lowered);
    let lock_watch = server.lock_watch();
    let other = server.app.store.write(async move |tx| {
        let change = OrganizationChange {
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
            plan: "starter".to_owned(),
        };
        assert!(tx.organization(&id).update(&change).await?.unwrap());
        notify.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    let change = async {
        lowered.notified().await;
        server
            .api
            .patch("/organizations/acme", json!({"name": "Acme Inc."}))
            .await
            .json()
    };
    let (done, changed) = tokio::join!(other, change);
    done.unwrap();
    assert_eq!(
        (&changed["name"], &changed["plan"]),
        (&json!("Acme Inc."), &json!("starter"))
    );
    assert_eq!(server.api.get("/organizations/acme").await.json(), changed);
}

#[apply(each_database)]
async fn an_update_keeps_omitted_fields(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = server
        .api
        .create(
            "/organizations",
            json!({"name": "Acme", "plan": "professional"}),
        )
        .await;
    let changed = server
        .api
        .patch("/organizations/acme", json!({"name": "Acme Inc."}))
        .await
        .json();
    assert_eq!(changed["name"], "Acme Inc.");
    assert_eq!(
        (&changed["slug"], &changed["plan"], &changed["id"]),
        (&made["slug"], &made["plan"], &made["id"])
    );
    assert_eq!(
        server.audit_actions("acme").await,
        ["organization.create", "organization.update"]
    );
}

#[apply(each_database)]
async fn only_configured_plans_are_accepted(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let answer = server
        .api
        .post("/organizations", json!({"name": "Acme", "plan": "gold"}))
        .await;
    assert_snapshot!(answer.problem(), @r#"
    invalid-fields
    plan: expected one of starter, professional, enterprise, enterprise-plus, received "gold"
    "#);
    assert_eq!(
        server.api.get("/organizations").await.json()["items"],
        json!([])
    );
}

#[apply(each_database)]
async fn a_deleted_organization_is_gone(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    assert_eq!(
        server.api.delete("/organizations/acme").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        server.api.get("/organizations/acme").await.problem().code,
        "not-found"
    );
    assert_eq!(
        server.api.delete("/organizations/acme").await.status,
        StatusCode::NOT_FOUND
    );
}

#[apply(each_database)]
async fn lists_are_paginated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for name in ["one", "two", "three", "four", "five"] {
        server
            .api
            .create("/organizations", json!({"name": name}))
            .await;
    }
    let mut seen = Vec::new();
    let mut path = "/organizations?limit=2".to_owned();
    loop {
        let page = server.api.get(&path).await.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        seen.extend(
            items
                .iter()
                .map(|item| item["slug"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/organizations?limit=2&cursor={next}");
    }
    seen.sort();
    assert_eq!(seen, ["five", "four", "one", "three", "two"]);
    for query in [
        "limit=0",
        "limit=201",
        "limit=x",
        "page=2",
        "limit=1&limit=2",
    ] {
        let answer = server.api.get(&format!("/organizations?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        answer.problem();
    }
}

#[apply(each_database)]
async fn a_verified_domain_belongs_to_one_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    server
        .api
        .create("/organizations", json!({"name": "Other"}))
        .await;
    let made = server
        .api
        .create(
            "/organizations/acme/domains",
            json!({"domain": "ACME.Example"}),
        )
        .await;
    assert_eq!(made["domain"], "acme.example");
    assert_eq!(made["verified_at"], "2026-11-24T09:00:00Z");
    let taken = server
        .api
        .post(
            "/organizations/other/domains",
            json!({"domain": "acme.example"}),
        )
        .await;
    assert_eq!(
        (taken.status, taken.problem().code.as_str()),
        (StatusCode::CONFLICT, "domain-in-use")
    );
    assert_eq!(
        server
            .api
            .delete("/organizations/other/domains/acme.example")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        server
            .api
            .delete("/organizations/acme/domains/acme.example")
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        server.api.get("/organizations/acme/domains").await.json()["items"],
        json!([])
    );
    assert_eq!(
        server.audit_actions("acme").await,
        ["domain.add", "domain.remove", "organization.create"]
    );
}
