//! An organization with two connections, each with its own panel.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::database::on_each_database;
use crate::harness::{Server, key_file};
use crate::practice::{active_acme, ada};
use crate::visitor::{Visitor, location};

const SSO: &str = "/console/organizations/acme/sso";

/// Adds an inactive connection and returns its ID.
async fn another(server: &Server, organization: &str) -> String {
    let path = format!("/organizations/{organization}/connections");
    let made = server.make(&path, json!({"name": "Contractors"})).await;
    made["id"].as_str().unwrap().to_owned()
}

async fn shown(server: &Server, id: &str) -> Value {
    let path = format!("/organizations/acme/connections/{id}");
    server.get(&path).await.json()
}

on_each_database! {
    async fn each_connection_has_its_own_panel(server) {
        let first = active_acme(&server).await;
        let second = another(&server, "acme").await;
        let mut visitor = ada(&server).await;
        let page = visitor.get(&server, SSO).await;
        let panel = format!("{SSO}/{second}");
        assert!(page.text.contains(&format!("<a href=\"{panel}\">Contractors</a>")), "{}", page.text);
        assert!(page.text.contains(first["acs_url"].as_str().unwrap()));
        assert!(page.text.contains(&format!("action=\"{SSO}/{}\"", first["id"].as_str().unwrap())));
        let page = visitor.get(&server, &panel).await;
        assert!(page.text.contains(shown(&server, &second).await["acs_url"].as_str().unwrap()));
        for path in ["\"", "/role-mapping\"", "/versions\""] {
            assert!(page.text.contains(&format!("\"{panel}{path}")), "{path} in {}", page.text);
        }
        let certificate = key_file("ec-p256.crt");
        let fields = [("issuer", "https://contractors.example"), ("sign_on_url", "https://contractors.example/sso"), ("certificate", certificate.as_str())];
        let saved = visitor.submit(&server, &page, &panel, &fields).await;
        assert_eq!(location(&saved), format!("{panel}?done=saved"));
        assert_eq!(shown(&server, &second).await["issuer"], "https://contractors.example");
        assert_eq!(shown(&server, first["id"].as_str().unwrap()).await, first);
    }

    async fn the_panel_shows_the_active_connection_by_default(server) {
        let first = active_acme(&server).await;
        let id = first["id"].as_str().unwrap();
        let second = another(&server, "acme").await;
        let whole = json!({
            "issuer": "https://contractors.example",
            "sign_on_url": "https://contractors.example/sso",
            "certificates": [key_file("ec-p256.crt")],
        });
        server.patch(&format!("/organizations/acme/connections/{second}"), whole).await;
        let mut visitor = ada(&server).await;
        let ask = format!("{SSO}/{second}/activate");
        let page = visitor.get(&server, &ask).await;
        let done = visitor.submit(&server, &page, &ask, &[]).await;
        assert_eq!(location(&done), format!("{SSO}/{second}?done=activated"));
        let off = format!("{SSO}/{id}/disable");
        let page = visitor.get(&server, &off).await;
        let done = visitor.submit(&server, &page, &off, &[]).await;
        assert_eq!(location(&done), format!("{SSO}/{id}?done=disabled"));
        let page = visitor.get(&server, SSO).await;
        assert!(page.text.contains(&format!("action=\"{SSO}/{second}\"")), "{}", page.text);
    }

    async fn a_form_changes_only_the_connection_that_its_page_showed(server) {
        let first = active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let roles = format!("{SSO}/role-mapping");
        let page = visitor.get(&server, &roles).await;
        assert!(page.text.contains(&format!("action=\"{SSO}/{}/role-mapping\"", first["id"].as_str().unwrap())));
        // Without a connection, the form names none. Another admin may create one first.
        server.make("/organizations", json!({"name": "Initech", "plan": "enterprise"})).await;
        let boss = json!({"email": "boss@initech.example", "role": "admin"});
        server.make("/organizations/initech/domains", json!({"domain": "initech.example"})).await;
        server.make("/organizations/initech/members", boss).await;
        let mut boss = Visitor::with_account(&server, "boss@initech.example").await;
        let panel = "/console/organizations/initech/sso";
        let empty = boss.get(&server, panel).await;
        another(&server, "initech").await;
        let certificate = key_file("ec-p256.crt");
        let fields = [("issuer", "https://evil.example"), ("sign_on_url", "https://evil.example/sso"), ("certificate", certificate.as_str())];
        let refused = boss.submit(&server, &empty, panel, &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        let listed = server.get("/organizations/initech/connections").await.json();
        assert_eq!(listed["items"][0]["issuer"], "");
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    }

    async fn the_panel_does_not_show_connections_of_another_organization(server) {
        active_acme(&server).await;
        server.make("/organizations", json!({"name": "Other", "plan": "enterprise"})).await;
        let theirs = another(&server, "other").await;
        let mut visitor = ada(&server).await;
        let own = visitor.get(&server, SSO).await;
        for id in [theirs.as_str(), "con-nothing", "x%22"] {
            for rest in ["", "/role-mapping", "/versions", "/versions/1", "/activate", "/disable"] {
                let path = format!("{SSO}/{id}{rest}");
                assert_eq!(visitor.get(&server, &path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            for rest in ["", "/role-mapping", "/versions/1", "/activate", "/disable", "/publish", "/discard"] {
                let path = format!("{SSO}/{id}{rest}");
                let answer = visitor.submit(&server, &own, &path, &[("default_role", "member")]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
    }
}
