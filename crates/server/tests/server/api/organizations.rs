//! Organizations and the ownership of their domains.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use store::{OrganizationChange, OrganizationId, Tx};
use test_support::{Engine, TestServer, each_database};

use crate::concurrency::send_during_write;
use crate::objects::{add_domain, create_organization, id};

#[apply(each_database)]
async fn an_organization_is_found_by_id_and_slug(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let organization = create_organization(&server, "Acme & Sons", "enterprise").await;
    assert_eq!(organization["slug"], "acme-sons");
    assert_eq!(organization["plan_includes_sso"], true);
    assert_eq!(organization["created_at"], "2026-11-24T09:00:00Z");
    for id_or_slug in [id(&organization), "acme-sons"] {
        let path = format!("/organizations/{id_or_slug}");
        assert_eq!(server.api.get(&path).await.json(), organization);
    }
}

#[apply(each_database)]
async fn the_lowest_plan_is_the_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let body = json!({"name": "Acme"});
    let organization = server.api.create("/organizations", body).await;
    assert_eq!(organization["plan"], "starter");
    assert_eq!(organization["plan_includes_sso"], false);
}

#[apply(each_database)]
async fn slugs_are_unique(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    create_organization(&server, "Other", "starter").await;
    let same_name = json!({"name": "Acme"});
    let same_slug = json!({"slug": "acme"});
    for response in [
        server.api.post("/organizations", same_name).await,
        server.api.patch("/organizations/other", same_slug).await,
    ] {
        assert_eq!(response.status, StatusCode::CONFLICT);
        assert_eq!(response.problem().code, "slug-in-use");
    }
    let other = server.api.get("/organizations/other").await.json();
    assert_eq!(other["name"], "Other");
}

#[apply(each_database)]
async fn an_update_keeps_concurrent_changes_of_other_fields(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let organization = create_organization(&server, "Acme", "professional").await;
    let organization = OrganizationId::parse(id(&organization)).unwrap();
    let downgrade = async move |tx: &mut Tx| {
        let change = OrganizationChange {
            slug: "acme".to_owned(),
            name: "Acme".to_owned(),
            plan: "starter".to_owned(),
        };
        let mut scope = tx.organization(&organization);
        assert!(scope.update(&change).await?.unwrap());
        Ok(())
    };
    let rename = json!({"name": "Acme Inc."});
    let rename = server.api.patch("/organizations/acme", rename);
    let response = send_during_write(&server, downgrade, rename).await;
    let organization = response.json();
    assert_eq!(organization["name"], "Acme Inc.");
    assert_eq!(organization["plan"], "starter");
    let response = server.api.get("/organizations/acme").await;
    assert_eq!(response.json(), organization);
}

#[apply(each_database)]
async fn an_update_keeps_omitted_fields(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let before = create_organization(&server, "Acme", "professional").await;
    let rename = json!({"name": "Acme Inc."});
    let response = server.api.patch("/organizations/acme", rename).await;
    let after = response.json();
    assert_eq!(after["name"], "Acme Inc.");
    for field in ["slug", "plan", "id"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    assert_eq!(
        server.audit_actions("acme").await,
        ["organization.created", "organization.updated"]
    );
}

#[apply(each_database)]
async fn only_configured_plans_are_accepted(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let body = json!({"name": "Acme", "plan": "gold"});
    let response = server.api.post("/organizations", body).await;
    assert_snapshot!(response.problem(), @r#"
    invalid-fields
    plan: expected one of starter, professional, enterprise, enterprise-plus, received "gold"
    "#);
    let list = server.api.get("/organizations").await.json();
    assert_eq!(list["items"], json!([]));
}

#[apply(each_database)]
async fn a_deleted_organization_is_not_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    let response = server.api.delete("/organizations/acme").await;
    assert_eq!(response.status, StatusCode::NO_CONTENT);
    let response = server.api.get("/organizations/acme").await;
    assert_eq!(response.problem().code, "not-found");
    let response = server.api.delete("/organizations/acme").await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn lists_are_paginated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for name in ["one", "two", "three", "four", "five"] {
        create_organization(&server, name, "starter").await;
    }
    let mut slugs = Vec::new();
    let mut path = "/organizations?limit=2".to_owned();
    loop {
        let page = server.api.get(&path).await.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        slugs.extend(
            items
                .iter()
                .map(|item| item["slug"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else {
            break;
        };
        path = format!("/organizations?limit=2&cursor={next}");
    }
    slugs.sort();
    assert_eq!(slugs, ["five", "four", "one", "three", "two"]);
}

#[rstest]
#[tokio::test]
async fn invalid_list_parameters_are_rejected(
    #[values("limit=0", "limit=201", "limit=x", "page=2", "limit=1&limit=2")] query: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let response = server.api.get(&format!("/organizations?{query}")).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    response.problem();
}

#[tokio::test]
async fn problems_with_the_query_name_the_parameter() {
    let server = TestServer::start(Engine::Sqlite).await;
    let path = "/organizations?limit=x&page=2&cursor=a&cursor=b";
    assert_snapshot!(server.api.get(path).await.problem(), @"
    invalid-fields
    page: expected one of the parameters search, plan, sso, cursor, limit, received an unknown parameter
    cursor: expected one value, received several
    ");
    let path = "/organizations?limit=x";
    assert_snapshot!(server.api.get(path).await.problem(), @r#"
    invalid-fields
    limit: expected a number from 1 to 200, received "x"
    "#);
}

/// An empty page would look like the end of the list.
#[apply(each_database)]
async fn a_cursor_that_is_not_in_the_list_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = create_organization(&server, "Acme", "starter").await;
    let lists = [
        "/organizations",
        "/applications",
        "/organizations/acme/members",
        "/organizations/acme/sign-in-attempts",
        "/organizations/acme/audit-log",
    ];
    for list in lists {
        for cursor in ["bogus", "mem_aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            let response = server.api.get(&format!("{list}?cursor={cursor}")).await;
            assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY, "{list}");
            let errors = response.problem().errors;
            assert_eq!(errors[0].field, "cursor", "{list}");
            assert_eq!(errors[0].received, format!("{cursor:?}"), "{list}");
        }
    }
    let last_page = format!("/organizations?cursor={}", id(&acme));
    let page = server.api.get(&last_page).await.json();
    assert_eq!(page["items"], json!([]));
}

#[apply(each_database)]
async fn a_verified_domain_belongs_to_one_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "starter").await;
    create_organization(&server, "Other", "starter").await;
    let domain = add_domain(&server, "acme", "ACME.Example").await;
    assert_eq!(domain["domain"], "acme.example");
    assert_eq!(domain["verified_at"], "2026-11-24T09:00:00Z");

    let body = json!({"domain": "acme.example"});
    let response = server.api.post("/organizations/other/domains", body).await;
    assert_eq!(response.status, StatusCode::CONFLICT);
    assert_eq!(response.problem().code, "domain-in-use");

    let path = "/organizations/other/domains/acme.example";
    let response = server.api.delete(path).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
    let path = "/organizations/acme/domains/acme.example";
    let response = server.api.delete(path).await;
    assert_eq!(response.status, StatusCode::NO_CONTENT);
    let list = server.api.get("/organizations/acme/domains").await.json();
    assert_eq!(list["items"], json!([]));
    assert_eq!(
        server.audit_actions("acme").await,
        ["domain.added", "domain.removed", "organization.created"]
    );
}
