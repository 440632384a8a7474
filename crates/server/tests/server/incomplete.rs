//! Connections without IdP details, and role rules.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::database::on_each_database;
use crate::harness::{Server, connection_by_hand, key_file};

async fn begun(server: &Server) -> (Value, String) {
    let acme = json!({"name": "Acme", "plan": "enterprise"});
    server.make("/organizations", acme).await;
    let new = json!({"name": "Acme Okta", "provider": "okta"});
    let made = server.make("/organizations/acme/connections", new).await;
    let id = made["id"].as_str().unwrap();
    let path = format!("/organizations/acme/connections/{id}");
    (made, path)
}

on_each_database! {
    async fn a_connection_can_be_created_without_idp_details(server) {
        let (made, path) = begun(&server).await;
        assert_eq!(made["state"], "draft");
        assert_eq!(made["complete"], false);
        assert_eq!(made["missing"], json!(["issuer", "sign_on_url", "certificates"]));
        assert!(made["acs_url"].as_str().unwrap().ends_with("/acs"));
        assert_eq!((&made["issuer"], &made["certificates"]), (&json!(""), &json!([])));

        let refused = server.post(&format!("{path}/activate"), Value::Null).await;
        assert_eq!((refused.status, refused.problem().0.as_str()), (StatusCode::CONFLICT, "connection-incomplete"));

        // Settings other than the IdP details can already be changed.
        let named = server.patch(&path, json!({"name": "Okta", "provisioning": "invitation_only"})).await.json();
        assert_eq!((&named["name"], &named["complete"]), (&json!("Okta"), &json!(false)));
        let given = json!({
            "issuer": "https://idp.example/metadata",
            "sign_on_url": "https://idp.example/sso",
            "certificates": [key_file("rsa-2048.crt")],
        });
        let complete = server.patch(&path, given).await.json();
        assert_eq!((&complete["complete"], &complete["missing"]), (&json!(true), &json!([])));
        let active = server.post(&format!("{path}/activate"), Value::Null).await.json();
        assert_eq!(active["state"], "active");
    }

    async fn idp_details_must_be_complete_and_cannot_be_removed(server) {
        let (_, path) = begun(&server).await;
        let half = server.patch(&path, json!({"issuer": "https://idp.example/metadata"})).await;
        let fields: Vec<String> = half.problem().1.into_iter().map(|(field, ..)| field).collect();
        assert_eq!(fields, ["sign_on_url", "certificates"]);

        let whole = server.make("/organizations/acme/connections", connection_by_hand(&[])).await;
        let path = format!("/organizations/acme/connections/{}", whole["id"].as_str().unwrap());
        let nothing = json!({"issuer": null, "sign_on_url": null, "certificates": null});
        let refused = server.patch(&path, nothing).await;
        assert_eq!((refused.status, refused.problem().0.as_str()), (StatusCode::CONFLICT, "connection-incomplete"));
        assert_eq!(server.get(&path).await.json(), whole);
    }

    async fn role_rules_accept_only_configured_roles(server) {
        let (made, path) = begun(&server).await;
        assert_eq!((&made["default_role"], &made["role_rules"]), (&json!("member"), &json!([])));
        let rules = json!([{"group": "CN=it,DC=acme", "role": "admin"}, {"group": "staff", "role": "member"}]);
        let changed = server.patch(&path, json!({"role_rules": rules})).await.json();
        assert_eq!(changed["role_rules"], rules);
        assert_eq!(server.get(&path).await.json()["role_rules"], rules);
        for (change, field) in [
            (json!({"default_role": "king"}), "default_role"),
            (json!({"default_role": "admin"}), "default_role"),
            (json!({"role_rules": [{"group": "it", "role": "king"}]}), "role_rules[0].role"),
            (json!({"role_rules": [{"group": "", "role": "admin"}]}), "role_rules[0].group"),
            (json!({"role_rules": [{"group": "it"}]}), "role_rules[0].role"),
            (json!({"role_rules": [{"groups": "it", "role": "admin"}]}), "role_rules[0].groups"),
        ] {
            let refused = server.patch(&path, change.clone()).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{change}");
            assert_eq!(refused.problem().1[0].0, field, "{change}");
        }
        assert_eq!(server.get(&path).await.json()["role_rules"], rules);
        let cleared = server.patch(&path, json!({"role_rules": null})).await.json();
        assert_eq!(cleared["role_rules"], json!([]));
    }
}
