//! Drafts, publishing, and restoring versions.

use crate::manual_connection::{key_file, manual_connection};
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

/// Creates an organization with a connection. Returns the path of the connection.
async fn acme(server: &TestServer) -> String {
    let acme = json!({"name": "Acme", "plan": "enterprise"});
    server.api.create("/organizations", acme).await;
    let made = server
        .api
        .create("/organizations/acme/connections", manual_connection(&[]))
        .await;
    format!(
        "/organizations/acme/connections/{}",
        made["id"].as_str().unwrap()
    )
}

async fn done(server: &TestServer, path: &str) -> Value {
    let answer = server.api.post(path, Value::Null).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

async fn refused(server: &TestServer, path: &str) -> (StatusCode, String) {
    let answer = server.api.post(path, Value::Null).await;
    (answer.status, answer.problem().code)
}

#[apply(each_database)]
async fn a_connection_that_was_never_active_is_changed_directly(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    let draft = format!("{path}/draft");
    let changed = server
        .api
        .patch(&draft, json!({"name": "Okta"}))
        .await
        .json();
    assert_eq!(
        (&changed["name"], &changed["is_draft"]),
        (&json!("Okta"), &json!(false))
    );
    assert_eq!(server.api.get(&path).await.json()["name"], "Okta");
    assert_eq!(
        server.api.get(&format!("{path}/versions")).await.json()["items"],
        json!([])
    );
    assert_eq!(
        refused(&server, &format!("{draft}/publish")).await,
        (StatusCode::CONFLICT, "no-draft".to_owned())
    );
    assert_eq!(server.api.delete(&draft).await.problem().code, "no-draft");
}

#[apply(each_database)]
async fn a_draft_does_not_affect_members_until_it_is_published(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    let draft = format!("{path}/draft");
    let before = done(&server, &format!("{path}/activate")).await;
    let change =
        json!({"issuer": "https://new.example", "certificates": [key_file("ec-p256.crt")]});
    let revised = server.api.patch(&draft, change).await.json();
    assert_eq!(
        (&revised["is_draft"], &revised["issuer"]),
        (&json!(true), &json!("https://new.example"))
    );
    assert_eq!(
        revised["updated_by"].as_str().unwrap().get(..4),
        Some("key_")
    );
    assert_eq!(server.api.get(&path).await.json(), before);
    // A second change is added to the first.
    let revised = server
        .api
        .patch(&draft, json!({"accept_cbc": true}))
        .await
        .json();
    assert_eq!(
        (&revised["issuer"], &revised["accept_cbc"]),
        (&json!("https://new.example"), &json!(true))
    );
    assert_eq!(server.api.get(&draft).await.json(), revised);

    let published = done(&server, &format!("{draft}/publish")).await;
    assert_eq!(
        (&published["issuer"], &published["state"]),
        (&json!("https://new.example"), &json!("active"))
    );
    assert_eq!(server.api.get(&path).await.json(), published);
    assert_eq!(server.api.get(&draft).await.json()["is_draft"], false);
    assert_eq!(
        server.audit_actions("acme").await,
        [
            "connection.activate",
            "connection.create",
            "connection.draft.update",
            "connection.draft.update",
            "connection.publish",
            "organization.create",
        ]
    );
}

#[apply(each_database)]
async fn the_revision_parameter_prevents_conflicting_changes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    let draft = format!("{path}/draft");
    let seen = server.api.get(&draft).await.json()["revision"]
        .as_str()
        .unwrap()
        .to_owned();
    server
        .api
        .patch(&draft, json!({"issuer": "https://new.example"}))
        .await;
    let activate = format!("{path}/activate?revision=");
    let changed = (StatusCode::CONFLICT, "edit-conflict".to_owned());
    assert_eq!(
        refused(&server, &format!("{activate}{seen}")).await,
        changed
    );
    let seen = server.api.get(&draft).await.json()["revision"]
        .as_str()
        .unwrap()
        .to_owned();
    done(&server, &format!("{activate}{seen}")).await;
    let revised = server
        .api
        .patch(&draft, json!({"accept_cbc": true}))
        .await
        .json();
    for deed in ["draft/publish", "versions/1/restore"] {
        assert_eq!(
            refused(&server, &format!("{path}/{deed}?revision={seen}")).await,
            changed,
            "{deed}"
        );
    }
    let seen = revised["revision"].as_str().unwrap();
    assert_eq!(server.api.get(&draft).await.json()["revision"], seen);
    done(&server, &format!("{draft}/publish?revision={seen}")).await;
    let odd = server
        .api
        .post(&format!("{draft}/publish?seen={seen}"), Value::Null)
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(each_database)]
async fn a_discarded_draft_leaves_nothing(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    let draft = format!("{path}/draft");
    let before = done(&server, &format!("{path}/activate")).await;
    server
        .api
        .patch(&draft, json!({"issuer": "https://new.example"}))
        .await;
    let discarded = server.api.delete(&draft).await;
    assert_eq!(
        (discarded.status, discarded.json()),
        (StatusCode::OK, before.clone())
    );
    assert_eq!(
        server.api.get(&draft).await.json()["issuer"],
        before["issuer"]
    );
}

#[apply(each_database)]
async fn every_published_version_can_be_restored(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    let versions = format!("{path}/versions");
    let numbers = async || {
        let listed = server.api.get(&versions).await.json();
        let items = listed["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|one| one["number"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    let first = done(&server, &format!("{path}/activate")).await;
    assert_eq!(numbers().await, [1]);
    // Publishing the same settings creates no new version.
    done(&server, &format!("{path}/disable")).await;
    done(&server, &format!("{path}/activate")).await;
    assert_eq!(numbers().await, [1]);
    server
        .api
        .patch(&path, json!({"issuer": "https://second.example"}))
        .await;
    server
        .api
        .patch(
            &format!("{path}/draft"),
            json!({"issuer": "https://third.example"}),
        )
        .await;
    assert_eq!(numbers().await, [2, 1]);
    done(&server, &format!("{path}/draft/publish")).await;
    let listed = server.api.get(&versions).await.json();
    let newest = &listed["items"][0];
    assert_eq!(
        (&newest["number"], &newest["changed"]),
        (&json!(3), &json!(["issuer"]))
    );
    assert_eq!(newest["settings"]["issuer"], "https://third.example");

    let restored = done(&server, &format!("{versions}/1/restore")).await;
    assert_eq!(
        (&restored["issuer"], &restored["certificates"]),
        (&first["issuer"], &first["certificates"])
    );
    assert_eq!(numbers().await, [4, 3, 2, 1]);
    assert_eq!(
        refused(&server, &format!("{versions}/9/restore")).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        refused(&server, &format!("{versions}/x/restore")).await.0,
        StatusCode::NOT_FOUND
    );
}

#[apply(each_database)]
async fn publishing_requires_the_plan(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    done(&server, &format!("{path}/activate")).await;
    server
        .api
        .patch(
            &format!("{path}/draft"),
            json!({"issuer": "https://new.example"}),
        )
        .await;
    server
        .api
        .patch("/organizations/acme", json!({"plan": "starter"}))
        .await;
    for deed in ["draft/publish", "versions/1/restore"] {
        let answer = refused(&server, &format!("{path}/{deed}")).await;
        assert_eq!(
            answer,
            (StatusCode::FORBIDDEN, "sso-not-in-plan".to_owned()),
            "{deed}"
        );
    }
}

#[apply(each_database)]
async fn a_rejected_change_creates_no_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let path = acme(&server).await;
    let draft = format!("{path}/draft");
    done(&server, &format!("{path}/activate")).await;
    let answer = server
        .api
        .patch(&draft, json!({"sign_on_url": "javascript:alert(1)"}))
        .await;
    assert_eq!(answer.problem().errors[0].field, "sign_on_url");
    let nothing = json!({"issuer": null, "sign_on_url": null, "certificates": null});
    assert_eq!(
        server.api.patch(&draft, nothing).await.problem().code,
        "connection-incomplete"
    );
    assert_eq!(server.api.get(&draft).await.json()["is_draft"], false);
}
