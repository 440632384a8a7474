//! The health page for operators.

use axum::http::StatusCode;
use serde_json::json;

use crate::database::on_each_database;
use crate::harness::{MORNING, connection_by_hand};
use crate::visitor::Visitor;

const DAY: i64 = 24 * 60 * 60;

on_each_database! {
    async fn organizations_that_need_attention_come_first(server) {
        for name in ["Acme", "Zeta"] {
            server.make("/organizations", json!({"name": name, "plan": "enterprise"})).await;
        }
        server.make("/organizations/zeta/connections", connection_by_hand(&[("name", json!("Zeta Okta"))])).await;
        let page = Visitor::operator(&server).await.get(&server, "/console/health").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        assert!(page.text.contains("0 of 2 organizations need attention"), "{}", page.text);
        assert!(page.text.contains("Zeta Okta \n<span class=\"badge\">Draft</span>"), "{}", page.text);

        let attempts = "/console/organizations/zeta/sign-in-attempts";
        assert!(page.text.contains(&format!("href=\"{attempts}\"")), "{}", page.text);
        let list = Visitor::operator(&server).await.get(&server, attempts).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text);

        server.clock.set(MORNING + 8 * DAY);
        let page = Visitor::operator(&server).await.get(&server, "/console/health").await;
        assert!(page.text.contains("1 of 2 organizations need attention"), "{}", page.text);
        let place = |text: &str| page.text.find(text).unwrap_or_else(|| panic!("{text} in {}", page.text));
        assert!(place("/console/organizations/zeta/sso") < place("/console/organizations/acme/sso"));
        assert!(page.text.contains("Zeta Okta has been unfinished for more than a week"), "{}", page.text);
        assert!(page.text.contains("0 accepted, 0 refused"), "{}", page.text);
    }

    async fn only_operators_see_the_health_of_all_organizations(server) {
        server.make("/organizations", json!({"name": "Acme", "plan": "enterprise"})).await;
        server.make("/organizations/acme/members", json!({"email": "ada@acme.example", "role": "admin"})).await;
        let mut ada = Visitor::with_account(&server, "ada@acme.example").await;
        let page = ada.get(&server, "/console/health").await;
        assert_ne!(page.status, StatusCode::OK, "{}", page.text);
        assert!(!page.text.contains("need attention"), "{}", page.text);
    }
}
