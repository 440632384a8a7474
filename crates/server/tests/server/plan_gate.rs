use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::database::on_each_database;
use crate::harness::connection_by_hand;

fn codes(connection: &Value) -> Vec<&str> {
    connection["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| warning["code"].as_str().unwrap())
        .collect()
}

on_each_database! {
    async fn a_connection_can_be_activated_only_if_the_plan_includes_sso(server) {
        server.make("/organizations", json!({"name": "Acme", "plan": "professional"})).await;
        let draft = server.make("/organizations/acme/connections", connection_by_hand(&[])).await;
        assert_eq!(codes(&draft), ["sso-not-in-plan"]);
        let path = format!("/organizations/acme/connections/{}", draft["id"].as_str().unwrap());
        let refused = server.post(&format!("{path}/activate"), Value::Null).await;
        assert_eq!((refused.status, refused.problem().0.as_str()), (StatusCode::FORBIDDEN, "sso-not-in-plan"));
        assert_eq!(
            refused.json()["detail"],
            "the plan professional of acme does not include SAML single sign-on; it is part of enterprise and the plans above"
        );
        assert_eq!(server.get(&path).await.json()["state"], "draft");

        server.patch("/organizations/acme", json!({"plan": "enterprise"})).await;
        let active = server.post(&format!("{path}/activate"), Value::Null).await.json();
        assert_eq!((&active["state"], &active["activated_at"]), (&json!("active"), &json!("2026-11-24T09:00:00Z")));
        assert_eq!(codes(&active), [""; 0]);
    }

    async fn lowering_the_plan_adds_a_warning_to_its_connections(server) {
        server.make("/organizations", json!({"name": "Acme", "plan": "enterprise-plus"})).await;
        let draft = server.make("/organizations/acme/connections", connection_by_hand(&[])).await;
        let path = format!("/organizations/acme/connections/{}", draft["id"].as_str().unwrap());
        server.post(&format!("{path}/activate"), Value::Null).await;
        server.patch("/organizations/acme", json!({"plan": "starter"})).await;
        let stopped = server.get(&path).await.json();
        assert_eq!(codes(&stopped), ["sso-not-in-plan"]);
        server.patch("/organizations/acme", json!({"plan": "enterprise"})).await;
        assert_eq!(codes(&server.get(&path).await.json()), [""; 0]);
    }
}
