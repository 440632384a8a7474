//! Setup links: who has one sets up one connection, for as long as it is good.

use axum::http::StatusCode;
use runtime::problem::ProblemCode;
use runtime::secret_token::SecretToken;
use serde_json::{Value, json};
use service::json::Patch;
use service::setup_link::OpenedLink;
use service::{Actor, connection, organization, setup_link};

use crate::database::on_each_database;
use crate::harness::{MORNING, Server, connection_by_hand};

const HOUR: i64 = 3600;

async fn links(server: &Server) -> String {
    let acme = json!({"name": "Acme", "plan": "enterprise"});
    server.make("/organizations", acme).await;
    let made = server
        .make("/organizations/acme/connections", connection_by_hand(&[]))
        .await;
    format!(
        "/organizations/acme/connections/{}/setup-links",
        made["id"].as_str().unwrap()
    )
}

fn token(made: &Value) -> &str {
    made["url"]
        .as_str()
        .unwrap()
        .strip_prefix("https://auth.example.com/setup/")
        .unwrap()
}

on_each_database! {
    async fn a_link_is_shown_once_and_opened_by_a_button(server) {
        let path = links(&server).await;
        let made = server.make(&path, json!({"email": "IT@acme.example"})).await;
        assert!(token(&made).starts_with("vsl_"));
        assert_eq!((&made["state"], &made["purpose"]), (&json!("waiting"), &json!("connection")));
        assert_eq!(made["email"], "it@acme.example");
        assert_eq!(made["expires_at"], "2026-12-01T09:00:00Z");
        let listed = server.get(&path).await.json();
        assert!(listed["items"][0].get("url").is_none());

        // Looking at it changes nothing, however often.
        for _ in 0..3 {
            let guided = setup_link::look(&server.app, token(&made)).await.unwrap();
            assert_eq!(guided.connection.id.as_str(), made["connection"]);
        }
        assert_eq!(server.get(&path).await.json()["items"][0]["state"], "waiting");

        let OpenedLink { guided, secret } = setup_link::open(&server.app, token(&made)).await.unwrap();
        assert_eq!(guided.actor().to_string(), made["id"].as_str().unwrap());
        assert_eq!(server.get(&path).await.json()["items"][0]["state"], "opened");
        let visit = setup_link::visit(&server.app, secret.hash.clone()).await.unwrap().unwrap();
        assert_eq!(visit.link.id, guided.link.id);
        // A colleague opens it too.
        setup_link::open(&server.app, token(&made)).await.unwrap();
        assert!(setup_link::visit(&server.app, SecretToken::generate().hash).await.unwrap().is_none());
        assert_eq!(
            server.deeds("acme").await,
            ["connection.create", "organization.create", "setup_link.create", "setup_link.open", "setup_link.open"]
        );
    }

    async fn a_link_that_is_over_leads_nowhere(server) {
        let path = links(&server).await;
        let made = server.make(&path, json!({"hours": 1})).await;
        let OpenedLink { secret, .. } = setup_link::open(&server.app, token(&made)).await.unwrap();
        server.clock.set(MORNING + HOUR - 1);
        assert!(setup_link::visit(&server.app, secret.hash.clone()).await.unwrap().is_some());
        server.clock.set(MORNING + HOUR);
        assert!(setup_link::visit(&server.app, secret.hash.clone()).await.unwrap().is_none());
        for tried in [setup_link::look(&server.app, token(&made)).await.map(drop), setup_link::open(&server.app, token(&made)).await.map(drop)] {
            let problem = tried.unwrap_err();
            assert_eq!((problem.status, problem.code), (StatusCode::GONE, ProblemCode::SetupLinkExpired));
        }
        assert_eq!(server.get(&path).await.json()["items"][0]["state"], "expired");
        let unknown = format!("vsl_{}", "a".repeat(43));
        for token in [unknown.as_str(), "", "vsl_", "vst_x"] {
            assert_eq!(setup_link::look(&server.app, token).await.unwrap_err().code, ProblemCode::SetupLinkUnknown);
        }
    }

    async fn a_link_that_is_withdrawn_ends_the_visits_by_it(server) {
        let path = links(&server).await;
        let made = server.make(&path, json!({})).await;
        let OpenedLink { secret, .. } = setup_link::open(&server.app, token(&made)).await.unwrap();
        let id = made["id"].as_str().unwrap();
        let revoked = server.post(&format!("{path}/{id}/revoke"), Value::Null).await.json();
        assert_eq!(revoked["state"], "revoked");
        assert!(setup_link::visit(&server.app, secret.hash.clone()).await.unwrap().is_none());
        assert_eq!(setup_link::look(&server.app, token(&made)).await.unwrap_err().code, ProblemCode::SetupLinkRevoked);
    }

    async fn a_link_is_refused_for_what_is_wrong_with_it(server) {
        let path = links(&server).await;
        for (new, field) in [
            (json!({"hours": 0}), "hours"),
            (json!({"hours": 721}), "hours"),
            (json!({"purpose": "admin"}), "purpose"),
            (json!({"email": "nobody"}), "email"),
            (json!({"connection": "con_a"}), "connection"),
        ] {
            let answer = server.post(&path, new.clone()).await;
            assert_eq!((answer.status, answer.problem().1[0].0.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, field), "{new}");
        }
        assert_eq!(server.get(&path).await.json()["items"], json!([]));
    }

    async fn a_link_is_out_of_reach_of_another_connection(server) {
        let path = links(&server).await;
        let made = server.make(&path, json!({})).await;
        let other = server.make("/organizations/acme/connections", connection_by_hand(&[])).await;
        let foreign = format!(
            "/organizations/acme/connections/{}/setup-links/{}/revoke",
            other["id"].as_str().unwrap(),
            made["id"].as_str().unwrap()
        );
        assert_eq!(server.post(&foreign, Value::Null).await.status, StatusCode::NOT_FOUND);
        assert_eq!(server.get(&path).await.json()["items"][0]["state"], "waiting");
    }

    async fn no_way_of_a_link_makes_an_administrator(server) {
        let path = links(&server).await;
        let connection = path.strip_suffix("/setup-links").unwrap();
        let rules = json!({"role_rules": [{"group": "guests", "role": "member"}, {"group": "it", "role": "admin"}]});
        server.patch(connection, rules.clone()).await;
        let made = server.make(&path, json!({})).await;
        let OpenedLink { guided, .. } = setup_link::open(&server.app, token(&made)).await.unwrap();
        let revise = async |change: Value| {
            let change = Patch::new(change);
            connection::revise(&server.app, &guided.actor(), guided.place(), change).await
        };
        for refused in [
            json!({"role_rules": [{"group": "staff", "role": "admin"}]}),
            json!({"role_rules": [{"group": "it", "role": "admin"}]}),
        ] {
            let problem = revise(refused.clone()).await.unwrap_err();
            assert_eq!((problem.status, problem.code), (StatusCode::FORBIDDEN, ProblemCode::AdminRuleNotAllowed), "{refused}");
        }
        // What an administrator has written stays, and everything else can be changed beside it.
        revise(json!({"attributes": {"groups": "memberOf"}})).await.unwrap();
        assert_eq!(server.get(connection).await.json()["role_rules"], rules["role_rules"]);
        revise(json!({"role_rules": [{"group": "sales", "role": "member"}]})).await.unwrap();
    }

    async fn the_operators_word_for_a_domain_lets_no_link_activate(server) {
        links(&server).await;
        server.make("/organizations/acme/domains", json!({"domain": "acme.example"})).await;
        let organization = organization::find(&server.app, "acme").await.unwrap();
        assert!(!setup_link::may_activate_by_link(&server.app, &organization).await.unwrap());
        assert_eq!(Actor::CommandLine.to_string(), "cli");
    }
}
