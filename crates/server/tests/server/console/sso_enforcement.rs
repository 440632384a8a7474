//! The page for SSO enforcement and exemptions.

use std::sync::Arc;

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{ConnectionId, OrganizationId, StoreError};
use test_support::{ADA, Engine, GRACE, START, TestBrowser, TestServer, at, each_database};
use tokio::sync::Notify;

use super::organization::{create_other_with_eve, member_id};
use super::page_text::{main_text, section_text};
use super::responses::{post_each, submit_each};
use super::sso_enforcement_steps::{
    CONFIRMED, ENFORCEMENT, RECOVERY_CODES, enforce_sso, is_enforced, sign_in_through_connection,
};
use crate::acme::{ada_browser, create_active_acme};
use crate::objects::id;

const SSO: &str = "/console/organizations/acme/sso";
const DISABLE: &str = "/console/organizations/acme/sso-enforcement/disable";
const EXEMPT: &str = "/console/organizations/acme/sso-enforcement/exempt";

#[apply(each_database)]
async fn sso_is_not_enforced_if_the_connection_is_disabled_concurrently(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let target = sign_in_through_connection(&server, &mut ada, ADA).await;
    let page = ada.get(&target).await;
    let is_disabled = Arc::new(Notify::new());
    let submit = async {
        is_disabled.notified().await;
        ada.submit(&page, ENFORCEMENT, &CONFIRMED).await
    };
    let disable = disable_connection(&server, &connection, Arc::clone(&is_disabled));
    let ((), rejected) = tokio::join!(disable, submit);
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(!is_enforced(&server).await);
}

#[apply(each_database)]
async fn enforcing_sso_requires_a_sign_in_through_the_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(ENFORCEMENT).await;
    assert!(page.text.contains("disabled"));
    assert_snapshot!(main_text(&page), @"
    Acme
    SSO enforcement
    All members will have to sign in through your identity provider, including to this console. No one is removed, and you can turn it off at any time.
    Impact preview
    No members would be locked out. Unaffected: 0. Recognized at first sign-in: 1. Exempt: 0.
    If your identity provider stops working, no admin can regain access. Save recovery codes and confirm that, or exempt an admin who has signed in without SSO.
    Member
    Access
    Reason
    Recovery codes
    Actions
    Ada
    ada@acme.example
    admin
    At first sign-in
    Hasn’t signed in through a present connection. Will be recognized by email address at the first sign-in.
    0 left
    Generate new codes
    Exempt Ada
    Exempt members can still sign in to this console without SSO, for example to fix the connection.
    Activation
    To avoid locking yourself out, sign in with SSO within the last 15 minutes before enforcing it.
    Sign in through the connection with your own account. You’ll return to this page.
    Sign in with SSO
    Enforce SSO
    Back to single sign-on
    ");
    let rejected = ada.submit(&page, ENFORCEMENT, &CONFIRMED).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    let error = "within the last 15 minutes";
    assert!(rejected.text.contains(error));
    assert!(!is_enforced(&server).await);
}

#[apply(each_database)]
async fn a_sign_in_as_another_user_does_not_allow_enforcing_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let target = sign_in_through_connection(&server, &mut ada, GRACE).await;
    assert_eq!(target, format!("{ENFORCEMENT}?failed=other-account"));
    let page = ada.get(&target).await;
    assert!(page.text.contains("but with another account"));
}

#[apply(each_database)]
async fn enforcing_sso_requires_a_confirmation(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    add_member_without_domain(&server).await;
    let mut ada = ada_browser(&server).await;
    let target = sign_in_through_connection(&server, &mut ada, ADA).await;
    assert_eq!(target, format!("{ENFORCEMENT}?done=signed-in-with-sso"));
    let page = ada.get(&target).await;
    assert!(page.text.contains("name=\"confirmed\""));
    let words = [("override", "enforce without recovery")];
    let rejected = ada.submit(&page, ENFORCEMENT, &words).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    let error = "Confirm that you understand who will be locked out";
    assert!(rejected.text.contains(error));
    assert!(!is_enforced(&server).await);
}

/// Without a way to regain access, the admin types the words that the page shows.
#[rstest]
#[case::nothing(
    "",
    StatusCode::CONFLICT,
    "No admin can sign in without your identity provider"
)]
#[case::other_words("enforce", StatusCode::UNPROCESSABLE_ENTITY, "The words don’t match")]
#[tokio::test]
async fn enforcing_sso_requires_a_way_to_regain_access_or_the_words(
    #[case] words: &str,
    #[case] status: StatusCode,
    #[case] error: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let target = sign_in_through_connection(&server, &mut ada, ADA).await;
    let page = ada.get(&target).await;
    assert!(
        page.text
            .contains("To confirm, type: enforce without recovery")
    );
    let rejected = ada.submit(&page, ENFORCEMENT, &[("override", words)]).await;
    assert_eq!(rejected.status, status);
    assert!(rejected.text.contains(error));
    assert!(!is_enforced(&server).await);
    let typed = [("override", "  Enforce WITHOUT recovery ")];
    let enforced = ada.submit(&page, ENFORCEMENT, &typed).await;
    assert_eq!(enforced.status, StatusCode::OK, "{}", enforced.text);
    assert!(is_enforced(&server).await);
}

#[tokio::test]
async fn saved_recovery_codes_replace_the_words() {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let own = member_id(&server, "ada@acme.example").await;
    let codes_path = format!("{RECOVERY_CODES}/{own}");
    let target = sign_in_through_connection(&server, &mut ada, ADA).await;
    let page = ada.get(&target).await;
    let codes = ada.submit(&page, &codes_path, &[]).await;
    let page = ada.get(ENFORCEMENT).await;
    assert!(page.text.contains("Not confirmed as saved"));
    assert!(page.text.contains("name=\"override\""));
    let saved = ada
        .submit(&codes, &format!("{codes_path}/saved"), &[])
        .await;
    let confirmation = format!("{ENFORCEMENT}?done=recovery-codes-saved");
    assert_eq!(saved.location(), confirmation);
    let page = ada.get(saved.location()).await;
    assert!(!page.text.contains("Not confirmed as saved"));
    assert!(!page.text.contains("name=\"override\""));
    ada.submit(&page, ENFORCEMENT, &[]).await;
    assert!(is_enforced(&server).await);
}

#[tokio::test]
async fn turning_enforcement_off_asks_first() {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    exempt_ada(&server, &mut ada).await;
    enforce_sso(&server, &mut ada).await;
    let page = ada.get(DISABLE).await;
    assert_snapshot!(main_text(&page), @"
    Acme
    Turn off SSO enforcement for Acme?
    Who is affected
    0 members no longer have to sign in through your identity provider.
    Members with another sign-in method can use it again immediately.
    Admins with an account for this console are told by email.
    You can enforce SSO again later.
    Turn off SSO enforcement
    Cancel
    ");
    ada.submit(&page, DISABLE, &[("confirmed", "1")]).await;
    assert!(!is_enforced(&server).await);
}

#[tokio::test]
async fn withdrawing_the_last_exemption_under_enforcement_asks_first() {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let own = exempt_ada(&server, &mut ada).await;
    enforce_sso(&server, &mut ada).await;
    let page = ada.get(ENFORCEMENT).await;
    let withdrawal = [("member", own.as_str()), ("remove", "1")];
    let question = ada.submit(&page, EXEMPT, &withdrawal).await;
    assert_eq!(question.status, StatusCode::OK);
    assert_snapshot!(main_text(&question), @"
    Acme
    Remove the exemption of Ada?
    Who is affected
    1 member is affected: Ada will have to sign in through your identity provider, including to this console.
    If your identity provider stops working, no admin can regain access. Save recovery codes and confirm that, or exempt an admin who has signed in without SSO.
    Remove exemption
    Cancel
    ");
    assert!(
        ada.get(ENFORCEMENT)
            .await
            .text
            .contains("badge good\">Exempt")
    );
}

#[apply(each_database)]
async fn enforcing_sso_explains_how_to_sign_in_again(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let enforced = enforce_sso(&server, &mut ada).await;
    assert!(is_enforced(&server).await);
    assert_eq!(enforced.status, StatusCode::OK, "{}", enforced.text);
    assert_snapshot!("sso_enforced", enforced.main_html());
    assert!(!enforced.text.contains("/sso-enforcement"));
}

#[apply(each_database)]
async fn enforcing_sso_ends_the_sessions_that_started_with_a_link(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(ENFORCEMENT).await;
    enforce_sso(&server, &mut ada).await;

    let rejected = ada.submit(&page, ENFORCEMENT, &CONFIRMED).await;
    let location = rejected.location();
    assert!(location.ends_with("&reason=sso-enforced"), "{location}");
    let rejected = ada.get(ENFORCEMENT).await;
    let location = rejected.location();
    assert!(location.ends_with("&reason=sso-enforced"), "{location}");
    let sign_in = ada.get(location).await;
    let reason = "This organization enforces SSO.";
    assert!(sign_in.text.contains(reason));
    let field = format!("type=\"email\" value=\"{}\"", ADA.email);
    assert!(sign_in.text.contains(&field));
    let console = ada.get("/console").await;
    let sign_in = "/console/sign-in?reason=sso-enforced";
    assert_eq!(console.location(), sign_in);
}

#[apply(each_database)]
async fn after_fifteen_minutes_enforcing_sso_requires_another_sign_in(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    sign_in_through_connection(&server, &mut ada, ADA).await;
    server.clock.set(START + 15 * 60 + 1);
    assert!(ada.get(ENFORCEMENT).await.text.contains("Sign in with SSO"));
}

#[apply(each_database)]
async fn the_impact_preview_lists_locked_out_members(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    add_member_without_domain(&server).await;
    let page = ada_browser(&server).await.get(ENFORCEMENT).await;
    assert_snapshot!(section_text(&page, "run-title"), @"
    Impact preview
    1 member would be locked out. Unaffected: 0. Recognized at first sign-in: 1. Exempt: 0.
    If your identity provider stops working, no admin can regain access. Save recovery codes and confirm that, or exempt an admin who has signed in without SSO.
    Member
    Access
    Reason
    Recovery codes
    Actions
    kim@elsewhere.example
    member
    Locked out
    Hasn’t signed in through a present connection, and the email address isn’t in a verified domain.
    –
    Exempt kim@elsewhere.example
    Ada
    ada@acme.example
    admin
    At first sign-in
    Hasn’t signed in through a present connection. Will be recognized by email address at the first sign-in.
    0 left
    Generate new codes
    Exempt Ada
    Exempt members can still sign in to this console without SSO, for example to fix the connection.
    ");
}

#[rstest]
#[case::unknown("mem_x")]
#[case::empty("")]
#[tokio::test]
async fn only_members_can_be_exempted(#[case] member: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(ENFORCEMENT).await;
    let rejected = ada.submit(&page, EXEMPT, &[("member", member)]).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn an_exempt_admin_keeps_access_after_sso_is_enforced(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    add_member_without_domain(&server).await;
    let mut ada = ada_browser(&server).await;
    exempt_ada(&server, &mut ada).await;
    let can_recover = "an admin can regain access";
    assert!(ada.get(ENFORCEMENT).await.text.contains(can_recover));

    let enforced = enforce_sso(&server, &mut ada).await;
    assert_eq!(
        enforced.location(),
        format!("{ENFORCEMENT}?done=sso-enforced")
    );
    assert!(is_enforced(&server).await);
    let page = ada.get(ENFORCEMENT).await;
    let since = "Enforced by Ada since <time datetime=\"2026-11-24T09:00:00Z\">24 Nov 2026, 09:00 UTC</time>.";
    assert!(page.text.contains(since));
    for path in [ENFORCEMENT, "/console/organizations/acme/sso"] {
        let page = ada.get(path).await;
        let lead = "All members have to sign in through your identity provider";
        assert!(page.text.contains(lead), "{path}");
        assert!(!page.text.contains("will have to sign in"), "{path}");
    }
    assert_snapshot!(section_text(&page, "state-title"), @"
    Status Enforced
    Enforced by Ada since 24 Nov 2026, 09:00 UTC.
    Turn off SSO enforcement
    Members with another sign-in method can use it again immediately.
    ");
    assert_snapshot!(section_text(&page, "run-title"), @"
    Affected members
    1 member is locked out. Unaffected: 0. Recognized at first sign-in: 0. Exempt: 1.
    If your identity provider stops working, an admin can regain access with a saved recovery code, or by an exemption and another sign-in method.
    Member
    Access
    Reason
    Recovery codes
    Actions
    kim@elsewhere.example
    member
    Locked out
    Hasn’t signed in through a present connection, and the email address isn’t in a verified domain.
    –
    Exempt kim@elsewhere.example
    Ada
    ada@acme.example
    admin
    Exempt
    Is exempt and can sign in to this console as before.
    0 left
    Generate new codes
    Remove exemption Ada
    Exempt members can still sign in to this console without SSO, for example to fix the connection.
    ");
    assert!(!page.text.contains("would be locked out"));
    let panel = ada.get(SSO).await;
    assert!(panel.text.contains("Turn off SSO enforcement"));
}

#[apply(each_database)]
async fn an_exempt_admin_turns_enforcement_off(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    exempt_ada(&server, &mut ada).await;
    enforce_sso(&server, &mut ada).await;
    assert!(is_enforced(&server).await);
    let page = ada.get(ENFORCEMENT).await;
    let turned_off = ada.submit(&page, DISABLE, &[]).await;
    assert_eq!(
        turned_off.location(),
        format!("{ENFORCEMENT}?done=sso-not-enforced")
    );
    assert!(!is_enforced(&server).await);
}

#[apply(each_database)]
async fn an_exemption_is_withdrawn(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let own = exempt_ada(&server, &mut ada).await;
    let page = ada.get(ENFORCEMENT).await;
    let withdrawal = [("member", own.as_str()), ("remove", "1")];
    ada.submit(&page, EXEMPT, &withdrawal).await;
    let cannot_recover = "no admin can regain access";
    assert!(ada.get(ENFORCEMENT).await.text.contains(cannot_recover));
}

#[apply(each_database)]
async fn sso_is_enforced_only_after_a_successful_test(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let panel = ada_browser(&server).await.get(SSO).await;
    let reason = "Run a successful test with the current settings first.";
    assert!(panel.text.contains(reason));
}

#[apply(each_database)]
async fn sso_is_not_enforced_without_an_active_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let connection = format!("/organizations/acme/connections/{}", id(&connection));
    let disable = format!("{connection}/disable");
    server.api.post(&disable, Value::Null).await;
    let mut ada = ada_browser(&server).await;
    let panel = ada.get(SSO).await;
    let reason = "Activate the connection first.";
    assert!(panel.text.contains(reason));
    let page = ada.get(ENFORCEMENT).await;
    let reason = "There is no active connection yet";
    assert!(page.text.contains(reason));
    let rejected = ada.submit(&page, ENFORCEMENT, &CONFIRMED).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(!is_enforced(&server).await);
}

#[apply(each_database)]
async fn sso_is_not_enforced_without_the_plan(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut ada = ada_browser(&server).await;
    let page = ada.get(ENFORCEMENT).await;
    let plan = json!({ "plan": "starter" });
    server.api.patch("/organizations/acme", plan).await;
    let rejected = ada.submit(&page, ENFORCEMENT, &CONFIRMED).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
    assert!(rejected.text.contains("Your plan doesn’t include"));
    assert!(!is_enforced(&server).await);
}

#[apply(each_database)]
async fn a_draft_must_be_published_before_enforcing_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let draft = format!("/organizations/acme/connections/{}/draft", id(&connection));
    let change = json!({ "accept_cbc": true });
    server.api.patch(&draft, change).await;
    let page = ada_browser(&server).await.get(ENFORCEMENT).await;
    let reason = "The connection has unpublished changes";
    assert!(page.text.contains(reason));
}

#[apply(each_database)]
async fn admins_of_other_organizations_cannot_change_enforcement(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let ada = member_id(&server, "ada@acme.example").await;
    let codes = format!("{RECOVERY_CODES}/{ada}");
    let mut eve = create_other_with_eve(&server).await;
    let page = eve.get("/console/organizations/other/team").await;
    assert_eq!(eve.get(ENFORCEMENT).await.status, StatusCode::NOT_FOUND);
    let sign_in = format!("{ENFORCEMENT}/sign-in");
    let paths = [ENFORCEMENT, DISABLE, EXEMPT, &sign_in, &codes];
    let fields = [("member", ada.as_str()), ("confirmed", "1")];
    let responses = submit_each(&mut eve, &page, &paths, &fields).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/sso-enforcement: 404
    /console/organizations/acme/sso-enforcement/disable: 404
    /console/organizations/acme/sso-enforcement/exempt: 404
    /console/organizations/acme/sso-enforcement/sign-in: 404
    /console/organizations/acme/sso/recovery-codes/[mem]: 404
    ");
    let codes_in_own_organization = codes.replace("/acme/", "/other/");
    let rejected = eve.submit(&page, &codes_in_own_organization, &[]).await;
    assert_eq!(rejected.status, StatusCode::FORBIDDEN);
}

#[apply(each_database)]
async fn forms_without_the_token_of_the_session_do_not_change_enforcement(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let own = member_id(&server, "ada@acme.example").await;
    let codes = format!("{RECOVERY_CODES}/{own}");
    let mut ada = ada_browser(&server).await;
    let paths = [ENFORCEMENT, DISABLE, EXEMPT, &codes];
    let fields = [("csrf", "x"), ("member", &own)];
    let responses = post_each(&mut ada, &paths, &fields).await;
    assert_snapshot!(responses, @"
    /console/organizations/acme/sso-enforcement: 403
    /console/organizations/acme/sso-enforcement/disable: 403
    /console/organizations/acme/sso-enforcement/exempt: 403
    /console/organizations/acme/sso/recovery-codes/[mem]: 403
    ");
}

/// Creates a member whose email address is not in a verified domain.
async fn add_member_without_domain(server: &TestServer) {
    let member = json!({ "email": "kim@elsewhere.example" });
    let members = "/organizations/acme/members";
    server.api.create(members, member).await;
}

/// Exempts Ada. Returns the ID of her member.
async fn exempt_ada(server: &TestServer, ada: &mut TestBrowser) -> String {
    let page = ada.get(ENFORCEMENT).await;
    let id = member_id(server, "ada@acme.example").await;
    let exempted = ada.submit(&page, EXEMPT, &[("member", &id)]).await;
    let confirmation = format!("{ENFORCEMENT}?done=exemption-granted");
    assert_eq!(exempted.location(), confirmation);
    id
}

/// Disables the connection in a transaction, signals that, and commits when another transaction waits.
async fn disable_connection(server: &TestServer, connection: &Value, is_disabled: Arc<Notify>) {
    let organization = connection["organization"].as_str().unwrap();
    let organization = OrganizationId::parse(organization).unwrap();
    let connection = ConnectionId::parse(id(connection)).unwrap();
    let lock_watch = server.lock_watch();
    let committed = server.app.store.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.disable(&connection, at(START)).await?;
        is_disabled.notify_one();
        lock_watch.until_a_transaction_waits().await;
        Ok::<_, StoreError>(())
    });
    committed.await.unwrap();
}
