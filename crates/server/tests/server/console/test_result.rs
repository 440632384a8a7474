//! The page with the result of a test sign-in.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{ConnectionId, Identity, IdpAccount, MemberId, OrganizationId};
use test_support::{ADA, Engine, GRACE, TestBrowser, TestResponse, TestServer, each_database};
use testkit::identity_provider::{IdpBehavior, User};

use super::organization::{create_acme_with_ada, create_other_with_eve, member_id};
use super::page_text::section_text;
use super::responses::{get_each, submit_each};
use crate::acme::{ada_browser, create_acme, test_connection};
use crate::manual_connection::manual_connection;
use crate::objects::id;

const SSO: &str = "/console/organizations/acme/sso";
const UNVERIFIED_DOMAIN: &str = "eve@elsewhere.example isn’t in a verified domain";

#[apply(each_database)]
async fn a_successful_test_shows_the_verdict_and_the_next_step(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, ADA).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Configuration is correct."));
    let verdict = "The response is valid, and this user would be signed in.";
    assert!(page.text.contains(verdict));
    assert!(page.text.contains("<li class=\"finding-passed\">"));
    assert!(page.text.contains("/activate\""));
    let tested_by = "Ada, <time datetime=\"2026-11-24T09:00:00Z\">24 Nov 2026, 09:00 UTC</time>";
    assert!(page.text.contains(tested_by));
    assert_snapshot!(section_text(&page, "next-title"), @"
    Next step
    You can now activate the connection.
    Activate connection
    Test again
    Back to single sign-on
    ");
    assert!(!page.text.contains("finding-failed"));
}

#[apply(each_database)]
async fn a_successful_test_shows_the_user_and_the_received_attributes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, ADA).await;
    assert_snapshot!(section_text(&page, "user-title"), @"
    User
    This user would sign in as Ada, who has been invited or whose connection was deleted.
    Role
    admin
    There are no role mapping rules, so members keep their current role.
    Email address
    ada@acme.example In a verified domain
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
    assert_snapshot!(section_text(&page, "sent-title"), @"
    Received attributes
    Attribute
    Values
    Used for
    email
    ada@acme.example
    Email address
    first_name
    Ada
    First name
    last_name
    Lovelace
    Last name
    name
    Ada Lovelace
    Full name
    groups
    analysts, everybody
    Groups
    ");
    assert!(!page.text.contains("didn’t send an email address"));
}

#[apply(each_database)]
async fn the_saml_sso_page_shows_whether_the_settings_are_tested(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let panel = ada.get(SSO).await;
    assert!(panel.text.contains("Not tested with these settings"));
    // The form of a test redirects to the identity provider.
    let policy = panel.header("content-security-policy");
    assert!(policy.contains("form-action 'self' https:;"), "{policy}");
    test_as(&server, &mut ada, &connection, ADA).await;
    assert!(ada.get(SSO).await.text.contains("Test passed"));
}

#[apply(each_database)]
async fn the_sign_in_attempts_show_a_test_as_a_test(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    test_as(&server, &mut ada, &connection, ADA).await;
    let attempt = last_attempt(&server).await;
    let tester = attempt["tested_by"].as_str().unwrap();
    assert!(tester.starts_with("per_"), "{tester}");
    let attempts = "/console/organizations/acme/sign-in-attempts";
    for path in [attempts, &format!("{attempts}/{}", id(&attempt))] {
        let page = ada.get(path).await;
        let badge = "<span class=\"badge good\">Test passed</span>";
        assert!(page.text.contains(badge), "{path}");
        // A test creates no session.
        assert!(!page.text.contains("The user was signed in"), "{path}");
    }
}

#[apply(each_database)]
async fn a_test_without_an_email_address_shows_a_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let behavior = IdpBehavior::NoAttributes;
    let page = test_connection(&server, &mut ada, &connection, ADA, behavior).await;
    assert!(page.text.contains("didn’t send an email address"));
    let attributes = format!("{SSO}/{}/setup/attributes", id(&connection));
    let page = ada.get(&attributes).await;
    let not_received = page.text.matches(">Not received<").count();
    assert_eq!(not_received, 4, "{}", page.text);
}

#[apply(each_database)]
async fn a_test_without_an_email_address_offers_the_attribute_that_has_one(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let behavior = IdpBehavior::RenamedEmailAttribute;
    let page = test_connection(&server, &mut ada, &connection, ADA, behavior).await;
    assert!(page.text.contains("Works, but no email address was sent."));
    assert!(!page.text.contains("Configuration is correct."));
    let attribute = page
        .text
        .split("name=\"attribute\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert!(page.text.contains(&format!("Use {attribute} as email")));

    let result = last_result(&server).await;
    let path = format!("{result}/email");
    let unknown = ada.submit(&page, &path, &[("attribute", "groups")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let saved = ada.submit(&page, &path, &[("attribute", &attribute)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let path = format!("/organizations/acme/connections/{}", id(&connection));
    let stored = server.api.get(&path).await.json();
    assert_eq!(stored["attributes"]["email"], attribute.as_str());
    let page = test_connection(&server, &mut ada, &connection, ADA, behavior).await;
    assert!(page.text.contains("Configuration is correct."));
}

#[apply(each_database)]
async fn a_test_predicts_a_second_member_with_the_same_email_address(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    create_old_connection_of_ada(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, ADA).await;
    let outcome = "This user would become a new member.";
    assert!(page.text.contains(outcome));
    let role = "so new members get the default role.";
    assert!(page.text.contains(role));
    assert!(!page.text.contains("members keep their current role"));
    let warning = "This user would become a second member";
    assert!(page.text.contains(warning));
    let other = "Another member with the email address ada@acme.example";
    assert!(page.text.contains(other));

    let attempt = last_attempt(&server).await;
    let result = format!("{SSO}/{}/setup/tests/{}", id(&connection), id(&attempt));
    assert!(ada.get(&result).await.text.contains(warning));
    // Another user is an ordinary new member.
    let page = test_as(&server, &mut ada, &connection, GRACE).await;
    assert!(!page.text.contains("second member"));
}

#[apply(each_database)]
async fn a_test_predicts_no_second_member_after_the_old_connection_is_deleted(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let old_connection = create_old_connection_of_ada(&server).await;
    let path = format!("/organizations/acme/connections/{old_connection}");
    let deleted = server.api.delete(&path).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, ADA).await;
    assert!(page.text.contains("This user would sign in as Ada"));
    assert!(!page.text.contains("second member"));
}

async fn admit_unverified_addresses(server: &TestServer, connection: &Value) {
    let path = format!("/organizations/acme/connections/{}", id(connection));
    let changed = server
        .api
        .patch(&path, json!({ "unverified_email": "admit" }))
        .await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[apply(each_database)]
async fn an_email_address_in_an_unverified_domain_shows_a_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    admit_unverified_addresses(&server, &connection).await;
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, &eve()).await;
    assert!(page.text.contains("Configuration is correct."));
    assert!(page.text.contains(UNVERIFIED_DOMAIN));
}

#[apply(each_database)]
async fn an_email_address_in_a_verified_domain_shows_no_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, ADA).await;
    assert!(!page.text.contains("isn’t in a verified domain"));

    test_as(&server, &mut ada, &connection, &eve()).await;
    let domain = json!({ "domain": "elsewhere.example" });
    let domains = "/organizations/acme/domains";
    server.api.create(domains, domain).await;
    let page = ada.get(&last_result(&server).await).await;
    assert!(!page.text.contains(UNVERIFIED_DOMAIN));
}

#[apply(each_database)]
async fn an_organization_without_verified_domains_sees_no_warning(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    admit_unverified_addresses(&server, &connection).await;
    let mut ada = ada_browser(&server).await;
    test_as(&server, &mut ada, &connection, &eve()).await;
    let domain = "/organizations/acme/domains/acme.example";
    server.api.delete(domain).await;
    let page = ada.get(&last_result(&server).await).await;
    assert!(!page.text.contains(UNVERIFIED_DOMAIN));
    assert!(page.text.contains("Not in a verified domain"));
}

#[apply(each_database)]
async fn a_failed_test_shows_the_failed_check_and_its_cause(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let behavior = IdpBehavior::UntrustedKey;
    let page = test_connection(&server, &mut ada, &connection, ADA, behavior).await;
    assert!(page.text.contains("finding-failed"));
    let error_code = "/console/error-codes/signature-mismatch";
    assert!(page.text.contains(error_code));
    assert!(page.text.contains("class=\"causes\""));
    assert_snapshot!(section_text(&page, "next-title"), @"
    Next step
    Fix the failed checks in your identity provider or in the settings here, then test again.
    Test again
    Back to single sign-on
    ");
    assert!(!page.text.contains("Configuration is correct"));
    assert_snapshot!(failed_verdict(&page), @r#"
    <p><strong>This sign-in would have failed.</strong> These checks failed. See below what we expected and what we received.</p>
    <ul>
    <li><strong>Response signature</strong> <span class="badge bad">Failed</span><p>The response was signed with a different certificate than those of this connection.</p></li>
    </ul>
    "#);
    assert!(ada.get(SSO).await.text.contains("Not tested"));
}

#[apply(each_database)]
async fn a_user_who_may_not_join_is_distinguished_from_a_wrong_configuration(
    #[case] engine: Engine,
) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let path = format!("/organizations/acme/connections/{}", id(&connection));
    let change = json!({ "provisioning": "invitation_only" });
    server.api.patch(&path, change).await;
    let mut ada = ada_browser(&server).await;
    let page = test_as(&server, &mut ada, &connection, GRACE).await;
    assert!(page.text.contains("this user isn’t allowed in"));
    let error_code = "/console/error-codes/not-a-member";
    assert!(page.text.contains(error_code));
}

#[apply(each_database)]
async fn a_result_is_visible_only_to_its_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    test_as(&server, &mut ada, &connection, ADA).await;
    let result = last_result(&server).await;
    let in_other_organization = result.replace("/acme/", "/other/");
    let mut eve = create_other_with_eve(&server).await;
    let responses = get_each(&mut eve, &[&result, &in_other_organization]).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/tests/[att]: 404
    /console/organizations/other/tests/[att]: 404
    ");
    let signed_out = server.browser().get(&result).await;
    assert!(signed_out.location().starts_with("/console/sign-in"));
}

#[apply(each_database)]
async fn an_admin_of_another_organization_cannot_test_a_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_acme(&server).await;
    let mut eve = create_other_with_eve(&server).await;
    let page = eve.get("/console/organizations/other/sso").await;
    let connections = "/console/organizations/acme/connections";
    let path = format!("{connections}/{}/test", id(&connection));
    let in_other_organization = path.replace("/acme/", "/other/");
    let paths = [path.as_str(), &in_other_organization];
    let responses = submit_each(&mut eve, &page, &paths, &[]).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/connections/[con]/test: 404
    /console/organizations/other/connections/[con]/test: 404
    ");
}

#[rstest]
#[case::no_token("same-origin", "")]
#[case::wrong_token("same-origin", "0000")]
#[case::another_site("cross-site", "")]
#[tokio::test]
async fn a_test_starts_only_from_a_form_of_the_console(#[case] site: &str, #[case] token: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let connection = create_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let connections = "/console/organizations/acme/connections";
    let path = format!("{connections}/{}/test", id(&connection));
    let rejected = ada.post_from(site, &path, &[("csrf", token)]).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
}

#[apply(each_database)]
async fn an_incomplete_connection_cannot_be_tested(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let test = create_empty_connection(&server).await;
    let page = ada.get(SSO).await;
    let advice = "First enter your identity provider’s Sign on URL, Issuer, and certificate.";
    assert!(page.text.contains(advice));
    let rejected = ada.submit(&page, &test, &[]).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert_eq!(list_attempts(&server).await, json!([]));
}

#[apply(each_database)]
async fn a_connection_cannot_be_tested_without_the_plan(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let test = create_empty_connection(&server).await;
    let page = ada.get(SSO).await;
    let plan = json!({ "plan": "starter" });
    server.api.patch("/organizations/acme", plan).await;
    let rejected = ada.submit(&page, &test, &[]).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert_eq!(list_attempts(&server).await, json!([]));
}

/// Tests the connection and signs in as this user. Returns the page with the result.
async fn test_as(
    server: &TestServer,
    browser: &mut TestBrowser,
    connection: &Value,
    user: &User,
) -> TestResponse {
    test_connection(server, browser, connection, user, IdpBehavior::Valid).await
}

/// A user whose email address is not in the verified domain of Acme.
fn eve() -> User {
    User {
        email: "eve@elsewhere.example",
        ..ADA.clone()
    }
}

/// Creates a connection without settings. Returns the path that starts a test.
async fn create_empty_connection(server: &TestServer) -> String {
    let connections = "/organizations/acme/connections";
    let empty = json!({ "name": "Empty" });
    let connection = server.api.create(connections, empty).await;
    format!("/console{connections}/{}/test", id(&connection))
}

/// Creates a connection through which Ada has signed in. Returns its ID.
async fn create_old_connection_of_ada(server: &TestServer) -> String {
    let connections = "/organizations/acme/connections";
    let issuer = "https://old.example";
    let connection = manual_connection(&[("issuer", json!(issuer))]);
    let connection = server.api.create(connections, connection).await;
    let organization = connection["organization"].as_str().unwrap();
    let organization = OrganizationId::parse(organization).unwrap();
    let ada = member_id(server, "ada@acme.example").await;
    let identity = Identity {
        account: IdpAccount {
            connection: ConnectionId::parse(id(&connection)).unwrap(),
            issuer: issuer.to_owned(),
            subject: "17".to_owned(),
        },
        member: MemberId::parse(&ada).unwrap(),
        created_at: server.clock.now(),
    };
    let added = server
        .app
        .store
        .write(async move |tx| tx.organization(&organization).add_identity(&identity).await);
    added.await.unwrap().unwrap();
    id(&connection).to_owned()
}

/// The sign-in attempts of Acme, the newest first.
async fn list_attempts(server: &TestServer) -> Value {
    let path = "/organizations/acme/sign-in-attempts";
    server.api.get(path).await.json()["items"].clone()
}

async fn last_attempt(server: &TestServer) -> Value {
    list_attempts(server).await[0].clone()
}

/// The path of the page with the result of the last test.
async fn last_result(server: &TestServer) -> String {
    let attempt = last_attempt(server).await;
    format!("/console/organizations/acme/tests/{}", id(&attempt))
}

/// The message above the details of a failed test.
fn failed_verdict(page: &TestResponse) -> &str {
    let start = "<div class=\"fault\" role=\"status\">";
    let (_, verdict) = page.text.split_once(start).unwrap();
    verdict.split_once("</div>").unwrap().0
}
