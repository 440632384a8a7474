use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::json;
use store::{OrganizationChange, OrganizationId};
use tokio::sync::Notify;

use crate::database::on_each_database;
use crate::harness::linger;

on_each_database! {
    async fn an_organization_is_found_by_id_and_slug(server) {
        let made = server.make("/organizations", json!({"name": "Acme & Sons", "plan": "enterprise"})).await;
        assert_eq!(made["slug"], "acme-sons");
        assert_eq!(made["plan_includes_sso"], true);
        assert_eq!(made["created_at"], "2026-11-24T09:00:00Z");
        for named in [made["id"].as_str().unwrap(), "acme-sons"] {
            assert_eq!(server.get(&format!("/organizations/{named}")).await.json(), made);
        }
    }

    async fn the_lowest_plan_is_the_default(server) {
        let made = server.make("/organizations", json!({"name": "Acme"})).await;
        assert_eq!((&made["plan"], &made["plan_includes_sso"]), (&json!("starter"), &json!(false)));
    }

    async fn slugs_are_unique(server) {
        server.make("/organizations", json!({"name": "Acme"})).await;
        server.make("/organizations", json!({"name": "Other"})).await;
        for answer in [
            server.post("/organizations", json!({"name": "Acme"})).await,
            server.patch("/organizations/other", json!({"slug": "acme"})).await,
        ] {
            assert_eq!((answer.status, answer.problem().0.as_str()), (StatusCode::CONFLICT, "slug-in-use"));
        }
        assert_eq!(server.get("/organizations/other").await.json()["name"], "Other");
    }

    async fn an_update_keeps_concurrent_changes_of_other_fields(server) {
        let made = server.make("/organizations", json!({"name": "Acme", "plan": "professional"})).await;
        let id = OrganizationId::parse(made["id"].as_str().unwrap()).unwrap();
        let lowered = Arc::new(Notify::new());
        let (notify, store) = (Arc::clone(&lowered), server.app.store.clone());
        let other = server.app.store.write(async move |tx| { let change = OrganizationChange {
                    slug: "acme".to_owned(),
                    name: "Acme".to_owned(),
                    plan: "starter".to_owned(),
                };
                assert!(tx.organization(&id).update(&change).await?.unwrap());
                notify.notify_one();
                linger(tx, &store, &id).await });
        let change = async {
            lowered.notified().await;
            server.patch("/organizations/acme", json!({"name": "Acme Inc."})).await.json()
        };
        let (done, changed) = tokio::join!(other, change);
        done.unwrap();
        assert_eq!((&changed["name"], &changed["plan"]), (&json!("Acme Inc."), &json!("starter")));
        assert_eq!(server.get("/organizations/acme").await.json(), changed);
    }

    async fn an_update_keeps_omitted_fields(server) {
        let made = server.make("/organizations", json!({"name": "Acme", "plan": "professional"})).await;
        let changed = server.patch("/organizations/acme", json!({"name": "Acme Inc."})).await.json();
        assert_eq!(changed["name"], "Acme Inc.");
        assert_eq!((&changed["slug"], &changed["plan"], &changed["id"]), (&made["slug"], &made["plan"], &made["id"]));
        assert_eq!(server.deeds("acme").await, ["organization.created", "organization.updated"]);
    }

    async fn only_configured_plans_are_accepted(server) {
        let answer = server.post("/organizations", json!({"name": "Acme", "plan": "gold"})).await;
        let (code, errors) = answer.problem();
        assert_eq!(code, "invalid-fields");
        let expected = "one of starter, professional, enterprise, enterprise-plus";
        assert_eq!(errors, [("plan".to_owned(), expected.to_owned(), "\"gold\"".to_owned())]);
        assert_eq!(server.get("/organizations").await.json()["items"], json!([]));
    }

    async fn a_deleted_organization_is_gone(server) {
        server.make("/organizations", json!({"name": "Acme"})).await;
        assert_eq!(server.delete("/organizations/acme").await.status, StatusCode::NO_CONTENT);
        assert_eq!(server.get("/organizations/acme").await.problem().0, "not-found");
        assert_eq!(server.delete("/organizations/acme").await.status, StatusCode::NOT_FOUND);
    }

    async fn lists_are_paginated(server) {
        for name in ["one", "two", "three", "four", "five"] {
            server.make("/organizations", json!({"name": name})).await;
        }
        let mut seen = Vec::new();
        let mut path = "/organizations?limit=2".to_owned();
        loop {
            let page = server.get(&path).await.json();
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 2);
            seen.extend(items.iter().map(|item| item["slug"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/organizations?limit=2&cursor={next}");
        }
        seen.sort();
        assert_eq!(seen, ["five", "four", "one", "three", "two"]);
        for query in ["limit=0", "limit=201", "limit=x", "page=2", "limit=1&limit=2"] {
            let answer = server.get(&format!("/organizations?{query}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            answer.problem();
        }
    }

    async fn a_verified_domain_belongs_to_one_organization(server) {
        server.make("/organizations", json!({"name": "Acme"})).await;
        server.make("/organizations", json!({"name": "Other"})).await;
        let made = server.make("/organizations/acme/domains", json!({"domain": "ACME.Example"})).await;
        assert_eq!(made["domain"], "acme.example");
        assert_eq!(made["verified_at"], "2026-11-24T09:00:00Z");
        let taken = server.post("/organizations/other/domains", json!({"domain": "acme.example"})).await;
        assert_eq!((taken.status, taken.problem().0.as_str()), (StatusCode::CONFLICT, "domain-in-use"));
        assert_eq!(server.delete("/organizations/other/domains/acme.example").await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.delete("/organizations/acme/domains/acme.example").await.status, StatusCode::NO_CONTENT);
        assert_eq!(server.get("/organizations/acme/domains").await.json()["items"], json!([]));
        assert_eq!(server.deeds("acme").await, ["domain.added", "domain.removed", "organization.created"]);
    }
}
