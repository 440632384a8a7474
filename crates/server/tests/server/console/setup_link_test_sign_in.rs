//! Test sign-ins with a setup link.

use std::sync::Arc;

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::StoreError;
use test_support::{
    ADA, Engine, GRACE, ORIGIN, TestBrowser, TestResponse, TestServer, each_database, redact,
};
use testkit::identity_provider::{IdpBehavior, User};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::page_text::{main_text, section_text};
use super::setup_steps::{open_setup_link, submit_step, verify_domain};
use crate::acme::{ada_browser, answer_saml_request, create_acme, test_connection};
use crate::manual_connection::manual_connection;
use crate::objects::{create_setup_link, id};

const TEST: &str = "/setup/test";
const ATTRIBUTES: &str = "/setup/attributes";

/// The maximum number of waiting transactions.
const TRANSACTION_QUEUE_LENGTH: u64 = 2048;

#[apply(each_database)]
async fn an_admin_shares_a_test_with_a_setup_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let (result, link) = test_and_share(&server, &mut ada, &connection).await;
    let mut guest = open_setup_link(&server, &link).await;
    // The guest can't see the result of Ada's own test.
    let result = result.replace("/console/organizations/acme", "/setup");
    assert_eq!(guest.get(&result).await.status, StatusCode::NOT_FOUND);
    let page = guest.get(TEST).await;
    assert!(!page.text.contains("ada@acme.example"));

    let result = test_with_link(&server, &mut guest).await;
    assert!(result.starts_with("/setup/tests/att_"), "{result}");
    let page = guest.get(&result).await;
    assert!(page.text.contains("Setup link"));
    // What the member list would make of the user is for admins.
    assert!(
        page.text
            .contains("You see what your identity provider sent.")
    );
    assert!(!page.text.contains("This user would become a new member."));
}

/// What the recipient of a link sees must not depend on the members of the organization.
#[apply(each_database)]
async fn a_setup_link_learns_nothing_about_members_from_a_test(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let link = create_setup_link(&server, &connection, json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    // Ada is an invited admin, and Acme's domain is verified, but not through this link.
    let result = test_with_link_as(&server, &mut guest, ADA).await;
    assert_snapshot!(section_text(&guest.get(&result).await, "user-title"), @"
    User
    You see what your identity provider sent. Whether this user can sign in, and with which role, is visible to admins of your organization, and to you if you add and verify the domain of the email address with this setup link.
    Email address
    ada@acme.example
    Full name
    Ada Lovelace
    First name
    Ada
    Last name
    Lovelace
    Groups
    analysts, everybody
    Account ID
    p-18151210
    ");
    let invited = test_page_without_ids(&server, &mut guest, ADA).await;
    assert!(invited.contains("The response is valid."), "{invited}");
    assert!(invited.contains("analysts, everybody"), "{invited}");
    for hidden in [
        "would join",
        "has been invited",
        "Role\n",
        "admin\n",
        "verified domain",
    ] {
        assert!(!invited.contains(hidden), "{hidden} in {invited}");
    }

    let members = server.api.get("/organizations/acme/members").await.json();
    let ada = format!("/organizations/acme/members/{}", id(&members["items"][0]));
    let deactivated = json!({ "deactivated": true });
    server.api.patch(&ada, deactivated).await;
    assert_eq!(
        test_page_without_ids(&server, &mut guest, ADA).await,
        invited
    );
    server.api.delete(&ada).await;
    assert_eq!(
        test_page_without_ids(&server, &mut guest, ADA).await,
        invited
    );
    let invitation_only = json!({ "provisioning": "invitation_only" });
    let path = format!("/organizations/acme/connections/{}", id(&connection));
    server.api.patch(&path, invitation_only).await;
    assert_eq!(
        test_page_without_ids(&server, &mut guest, ADA).await,
        invited
    );
    // An administrator sees all of it.
    let result = test_with_link_as(&server, &mut guest, ADA).await;
    let mut operator = server.operator_browser("grace@example.com").await;
    let result = result.replace("/setup", "/console/organizations/acme");
    let page = operator.get(&result).await;
    assert!(page.text.contains("/console/error-codes/not-a-member"));
}

#[apply(each_database)]
async fn a_setup_link_that_verified_the_domain_shows_the_whole_result(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    server
        .api
        .delete("/organizations/acme/domains/acme.example")
        .await;
    let link = create_setup_link(&server, &connection, json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let other_link = create_setup_link(&server, &connection, json!({})).await;
    let mut other_guest = open_setup_link(&server, &other_link).await;
    verify_domain(&server, &mut guest, "/setup/domain").await;

    let outcome =
        "This user would sign in as Ada, who has been invited or whose connection was deleted.";
    let result = test_with_link_as(&server, &mut guest, ADA).await;
    let page = guest.get(&result).await;
    assert!(page.text.contains(outcome), "{}", page.text);
    assert!(
        !page
            .text
            .contains("You see what your identity provider sent.")
    );
    // Another link has proved nothing.
    let result = test_with_link_as(&server, &mut other_guest, ADA).await;
    let page = other_guest.get(&result).await;
    assert!(!page.text.contains(outcome), "{}", page.text);
    // Nor has this one about other domains.
    let eve = User {
        email: "eve@elsewhere.example",
        ..ADA.clone()
    };
    let result = test_with_link_as(&server, &mut guest, &eve).await;
    let page = guest.get(&result).await;
    assert!(
        page.text
            .contains("You see what your identity provider sent.")
    );
    // When the record is gone, the proof is too.
    let result = test_with_link_as(&server, &mut guest, ADA).await;
    server
        .dns_records
        .remove("_vestibule-challenge.acme.example");
    let page = guest.get("/setup/domain").await;
    guest
        .submit(&page, "/setup/domain/acme.example/check", &[])
        .await;
    let page = guest.get(&result).await;
    assert!(!page.text.contains(outcome), "{}", page.text);
}

#[apply(each_database)]
async fn a_setup_link_for_a_test_gives_no_access_to_the_console(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let (_, link) = test_and_share(&server, &mut ada, &connection).await;
    let mut guest = open_setup_link(&server, &link).await;
    let console = guest.get("/console/organizations/acme/sso").await;
    assert!(console.location().starts_with("/console/sign-in"));
}

#[apply(each_database)]
async fn a_result_is_not_visible_without_its_setup_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let link = create_setup_link(&server, &connection, json!({ "purpose": "test" })).await;
    let mut guest = open_setup_link(&server, &link).await;
    let result = test_with_link(&server, &mut guest).await;
    let without_link = server.browser().get(&result).await;
    assert_eq!(without_link.status, StatusCode::GONE);

    let connections = "/organizations/acme/connections";
    let other = manual_connection(&[("issuer", json!("https://second.example"))]);
    let other = server.api.create(connections, other).await;
    let link = create_setup_link(&server, &other, json!({ "purpose": "test" })).await;
    let mut guest = open_setup_link(&server, &link).await;
    let of_other_connection = guest.get(&result).await;
    assert_eq!(of_other_connection.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn an_admin_sees_the_received_attributes_and_a_setup_link_does_not(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    test_connection(&server, &mut ada, &connection, ADA, IdpBehavior::Valid).await;
    let sso = "/console/organizations/acme/sso";
    let attributes = format!("{sso}/{}/setup/attributes", id(&connection));
    let page = ada.get(&attributes).await;
    assert!(page.text.contains("ada@acme.example"));

    let link = create_setup_link(&server, &connection, json!({})).await;
    let page = open_setup_link(&server, &link).await.get(ATTRIBUTES).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("ada@acme.example"));
}

#[apply(each_database)]
async fn a_setup_link_shows_only_the_results_of_its_own_tests(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let link = create_setup_link(&server, &connection, json!({})).await;
    let mut guest = open_setup_link(&server, &link).await;
    let other_link = create_setup_link(&server, &connection, json!({})).await;
    let mut other_guest = open_setup_link(&server, &other_link).await;

    let result = test_with_link(&server, &mut guest).await;
    assert!(guest.get(&result).await.text.contains(GRACE.email));
    let attributes = guest.get(ATTRIBUTES).await;
    assert!(attributes.text.contains(GRACE.email));

    let of_other_link = other_guest.get(&result).await;
    assert_eq!(of_other_link.status, StatusCode::NOT_FOUND);
    let attributes = other_guest.get(ATTRIBUTES).await;
    assert!(!attributes.text.contains(GRACE.email));
}

/// Only SQLite queues transactions, so only its queue can be full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_under_high_load_asks_to_try_again() {
    let server = TestServer::start(Engine::Sqlite).await;
    let connection = create_acme(&server).await;
    let link = create_setup_link(&server, &connection, json!({ "purpose": "test" })).await;
    let mut guest = open_setup_link(&server, &link).await;
    let page = guest.get(TEST).await;
    let gate = Arc::new(Semaphore::new(0));
    let transactions = fill_transaction_queue(&server, Arc::clone(&gate)).await;
    let rejected = guest.submit(&page, TEST, &[]).await;
    gate.add_permits(1);
    transactions.join_all().await;
    assert_eq!(rejected.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(rejected.text.contains("We’re experiencing high load"));
}

/// Tests the connection as Ada and creates a setup link on the page with the result. Returns the path of the result
/// and the path of the setup link.
async fn test_and_share(
    server: &TestServer,
    ada: &mut TestBrowser,
    connection: &Value,
) -> (String, String) {
    let page = test_connection(server, ada, connection, ADA, IdpBehavior::Valid).await;
    let attempts = "/organizations/acme/sign-in-attempts";
    let attempts = server.api.get(attempts).await.json();
    let attempt = id(&attempts["items"][0]);
    let result = format!("/console/organizations/acme/tests/{attempt}");
    let shared = ada.submit(&page, &format!("{result}/link"), &[]).await;
    let advice = "Copy the link now. It won’t be shown again.";
    assert!(shared.text.contains(advice));
    (result, link_path(&shared))
}

/// The path of the setup link that the page shows.
fn link_path(page: &TestResponse) -> String {
    let start = format!("{ORIGIN}/setup/vsl_");
    let (_, rest) = page.text.split_once(&start).unwrap();
    format!("/setup/vsl_{}", rest.split('<').next().unwrap())
}

/// Tests the connection with a setup link and signs in as Grace. Returns the path of the result.
async fn test_with_link(server: &TestServer, guest: &mut TestBrowser) -> String {
    test_with_link_as(server, guest, GRACE).await
}

/// Tests the connection with a setup link and signs in as this user. Returns the path of the result.
async fn test_with_link_as(server: &TestServer, guest: &mut TestBrowser, user: &User) -> String {
    let redirect = submit_step(guest, TEST, &[]).await;
    answer_saml_request(server, guest, &redirect, user, IdpBehavior::Valid).await
}

/// Tests the connection with a setup link. Returns the visible text of the result.
async fn test_page_without_ids(
    server: &TestServer,
    guest: &mut TestBrowser,
    user: &User,
) -> String {
    let result = test_with_link_as(server, guest, user).await;
    redact(&main_text(&guest.get(&result).await))
}

/// Fills the queue of transactions. The first one ends when the gate opens.
async fn fill_transaction_queue(
    server: &TestServer,
    gate: Arc<Semaphore>,
) -> JoinSet<Result<(), StoreError>> {
    let mut transactions = JoinSet::new();
    let store = server.app.store.clone();
    let started_before = store.metrics().units;
    transactions.spawn(async move {
        let blocked = store.write(async move |_| {
            drop(gate.acquire().await);
            Ok::<_, StoreError>(())
        });
        blocked.await
    });
    while server.app.store.metrics().units == started_before {
        tokio::task::yield_now().await;
    }
    for _ in 0..TRANSACTION_QUEUE_LENGTH {
        let store = server.app.store.clone();
        transactions.spawn(async move { store.write(async |_| Ok::<_, StoreError>(())).await });
    }
    while server.app.store.metrics().queued < TRANSACTION_QUEUE_LENGTH {
        tokio::task::yield_now().await;
    }
    transactions
}
