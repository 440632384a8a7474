//! Drafts, publishing, and restoring versions.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestServer, each_database};

use super::start_with_acme;
use crate::manual_connection::key_file;
use crate::objects::{activate_connection, connection_path, create_connection};

/// A server with the organization Acme, which has one connection.
struct Fixture {
    server: TestServer,
    /// The path of the connection.
    connection: String,
    /// The path of its draft.
    draft: String,
    /// The path of its versions.
    versions: String,
}

impl Fixture {
    /// With a connection that was never active.
    async fn start(engine: Engine) -> Self {
        let server = start_with_acme(engine).await;
        let connection = connection_path(&create_connection(&server, "acme", &[]).await);
        Self {
            server,
            draft: format!("{connection}/draft"),
            versions: format!("{connection}/versions"),
            connection,
        }
    }

    /// With an active connection.
    async fn start_active(engine: Engine) -> Self {
        let fixture = Self::start(engine).await;
        activate_connection(&fixture.server, &fixture.connection).await;
        fixture
    }

    async fn get(&self, path: &str) -> Value {
        self.server.api.get(path).await.json()
    }

    /// Changes the draft. Returns the draft.
    async fn change_draft(&self, change: Value) -> Value {
        self.server.api.patch(&self.draft, change).await.json()
    }

    async fn publish(&self) -> Value {
        self.post(&format!("{}/publish", self.draft)).await
    }

    /// Sends a request that must succeed. Returns the connection.
    async fn post(&self, path: &str) -> Value {
        let response = self.server.api.post(path, Value::Null).await;
        assert_eq!(response.status, StatusCode::OK, "{}", response.text);
        response.json()
    }

    /// Sends a request that must fail with this status and this code.
    async fn assert_rejected(&self, path: &str, status: StatusCode, code: &str) {
        let response = self.server.api.post(path, Value::Null).await;
        assert_eq!(response.status, status, "{path}: {}", response.text);
        assert_eq!(response.problem().code, code, "{path}");
    }

    /// The numbers of the versions, the newest first.
    async fn version_numbers(&self) -> Vec<i64> {
        let list = self.get(&self.versions).await;
        list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|version| version["number"].as_i64().unwrap())
            .collect()
    }
}

#[apply(each_database)]
async fn a_connection_that_was_never_active_is_changed_directly(#[case] engine: Engine) {
    let fixture = Fixture::start(engine).await;
    let draft = fixture.change_draft(json!({"name": "Okta"})).await;
    assert_eq!(draft["name"], "Okta");
    assert_eq!(draft["is_draft"], false);
    assert_eq!(fixture.get(&fixture.connection).await["name"], "Okta");
    assert_eq!(fixture.get(&fixture.versions).await["items"], json!([]));

    let publish = format!("{}/publish", fixture.draft);
    fixture
        .assert_rejected(&publish, StatusCode::CONFLICT, "no-draft")
        .await;
    let response = fixture.server.api.delete(&fixture.draft).await;
    assert_eq!(response.problem().code, "no-draft");
}

#[apply(each_database)]
async fn a_draft_does_not_affect_members_until_it_is_published(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let before = fixture.get(&fixture.connection).await;
    let change =
        json!({"issuer": "https://new.example", "certificates": [key_file("ec-p256.crt")]});
    let draft = fixture.change_draft(change).await;
    assert_eq!(draft["is_draft"], true);
    assert_eq!(draft["issuer"], "https://new.example");
    let updated_by = draft["updated_by"].as_str().unwrap();
    assert!(updated_by.starts_with("key_"), "{updated_by}");
    assert_eq!(fixture.get(&fixture.connection).await, before);

    let published = fixture.publish().await;
    assert_eq!(published["issuer"], "https://new.example");
    assert_eq!(published["state"], "active");
    assert_eq!(fixture.get(&fixture.connection).await, published);
    assert_eq!(fixture.get(&fixture.draft).await["is_draft"], false);
}

#[apply(each_database)]
async fn a_second_change_is_added_to_the_draft(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    fixture
        .change_draft(json!({"issuer": "https://new.example"}))
        .await;
    let draft = fixture.change_draft(json!({"accept_cbc": true})).await;
    assert_eq!(draft["issuer"], "https://new.example");
    assert_eq!(draft["accept_cbc"], true);
    assert_eq!(fixture.get(&fixture.draft).await, draft);
    fixture.publish().await;
    assert_eq!(
        fixture.server.audit_actions("acme").await,
        [
            "connection.activated",
            "connection.created",
            "connection.draft_updated",
            "connection.draft_updated",
            "connection.published",
            "organization.created",
        ]
    );
}

#[apply(each_database)]
async fn an_outdated_revision_cannot_be_activated(#[case] engine: Engine) {
    let fixture = Fixture::start(engine).await;
    let activate = format!("{}/activate?revision=", fixture.connection);
    let outdated = revision(&fixture.get(&fixture.draft).await);
    fixture
        .change_draft(json!({"issuer": "https://new.example"}))
        .await;
    fixture
        .assert_rejected(
            &format!("{activate}{outdated}"),
            StatusCode::CONFLICT,
            "edit-conflict",
        )
        .await;
    let current = revision(&fixture.get(&fixture.draft).await);
    fixture.post(&format!("{activate}{current}")).await;
}

#[apply(each_database)]
async fn an_outdated_revision_cannot_be_published(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let outdated = revision(&fixture.get(&fixture.draft).await);
    let draft = fixture.change_draft(json!({"accept_cbc": true})).await;
    let current = revision(&draft);
    let publish = format!("{}/publish", fixture.draft);
    let restore = format!("{}/1/restore", fixture.versions);
    for path in [&publish, &restore] {
        fixture
            .assert_rejected(
                &format!("{path}?revision={outdated}"),
                StatusCode::CONFLICT,
                "edit-conflict",
            )
            .await;
    }
    assert_eq!(revision(&fixture.get(&fixture.draft).await), current);
    fixture.post(&format!("{publish}?revision={current}")).await;
}

#[apply(each_database)]
async fn a_misspelled_revision_parameter_is_rejected(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let draft = fixture.change_draft(json!({"accept_cbc": true})).await;
    let path = format!("{}/publish?revison={}", fixture.draft, revision(&draft));
    let response = fixture.server.api.post(&path, Value::Null).await;
    assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(fixture.get(&fixture.draft).await, draft);
}

fn revision(draft: &Value) -> String {
    draft["revision"].as_str().unwrap().to_owned()
}

#[apply(each_database)]
async fn a_discarded_draft_is_deleted(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let before = fixture.get(&fixture.connection).await;
    fixture
        .change_draft(json!({"issuer": "https://new.example"}))
        .await;
    let response = fixture.server.api.delete(&fixture.draft).await;
    assert_eq!(response.status, StatusCode::OK);
    assert_eq!(response.json(), before);
    let draft = fixture.get(&fixture.draft).await;
    assert_eq!(draft["issuer"], before["issuer"]);
}

#[apply(each_database)]
async fn every_publication_of_new_settings_creates_a_version(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let connection = &fixture.connection;
    assert_eq!(fixture.version_numbers().await, [1]);
    // Publishing the same settings creates no new version.
    fixture.post(&format!("{connection}/disable")).await;
    fixture.post(&format!("{connection}/activate")).await;
    assert_eq!(fixture.version_numbers().await, [1]);

    let update = json!({"issuer": "https://second.example"});
    fixture.server.api.patch(connection, update).await;
    fixture
        .change_draft(json!({"issuer": "https://third.example"}))
        .await;
    assert_eq!(fixture.version_numbers().await, [2, 1]);
    fixture.publish().await;
    let list = fixture.get(&fixture.versions).await;
    let newest = &list["items"][0];
    assert_eq!(newest["number"], 3);
    assert_eq!(newest["changed"], json!(["issuer"]));
    assert_eq!(newest["settings"]["issuer"], "https://third.example");
}

#[apply(each_database)]
async fn every_published_version_can_be_restored(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let first = fixture.get(&fixture.connection).await;
    for issuer in ["https://second.example", "https://third.example"] {
        fixture.change_draft(json!({"issuer": issuer})).await;
        fixture.publish().await;
    }
    let restored = fixture
        .post(&format!("{}/1/restore", fixture.versions))
        .await;
    assert_eq!(restored["issuer"], first["issuer"]);
    assert_eq!(restored["certificates"], first["certificates"]);
    assert_eq!(fixture.version_numbers().await, [4, 3, 2, 1]);
    for unknown in ["9", "x"] {
        let path = format!("{}/{unknown}/restore", fixture.versions);
        fixture
            .assert_rejected(&path, StatusCode::NOT_FOUND, "not-found")
            .await;
    }
}

#[apply(each_database)]
async fn publishing_requires_the_plan(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    fixture
        .change_draft(json!({"issuer": "https://new.example"}))
        .await;
    let downgrade = json!({"plan": "starter"});
    fixture
        .server
        .api
        .patch("/organizations/acme", downgrade)
        .await;
    let publish = format!("{}/publish", fixture.draft);
    let restore = format!("{}/1/restore", fixture.versions);
    for path in [&publish, &restore] {
        fixture
            .assert_rejected(path, StatusCode::FORBIDDEN, "sso-not-in-plan")
            .await;
    }
}

#[apply(each_database)]
async fn a_rejected_change_creates_no_draft(#[case] engine: Engine) {
    let fixture = Fixture::start_active(engine).await;
    let api = &fixture.server.api;
    let invalid = json!({"sign_on_url": "javascript:alert(1)"});
    let response = api.patch(&fixture.draft, invalid).await;
    assert_eq!(response.problem().errors[0].field, "sign_on_url");
    let incomplete = json!({"issuer": null, "sign_on_url": null, "certificates": null});
    let response = api.patch(&fixture.draft, incomplete).await;
    assert_eq!(response.problem().code, "connection-incomplete");
    assert_eq!(fixture.get(&fixture.draft).await["is_draft"], false);
}
