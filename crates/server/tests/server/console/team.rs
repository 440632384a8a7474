//! The page with the members of an organization.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, START, TestBrowser, TestResponse, TestServer, each_database};

use super::organization::{create_acme_with_ada, member_id};
use super::page_text::main_text;
use crate::objects::create_organization;

const TEAM: &str = "/console/organizations/acme/team";
const GRACE: &str = "grace@acme.example";

#[apply(each_database)]
async fn members_are_searched_by_name_or_email(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let ada = json!({ "name": "Ada Lovelace", "email": "ada@acme.example" });
    let grace = json!({ "name": "Grace Hopper", "email": GRACE });
    for member in [ada, grace] {
        let members = "/organizations/acme/members";
        server.api.create(members, member).await;
    }
    let mut operator = server.operator_browser("op@example.com").await;
    let ada = ["Ada Lovelace", "ada@acme.example"];
    let grace = ["Grace Hopper", GRACE];
    assert_eq!(search(&mut operator, "").await, [ada, grace].concat());
    assert_eq!(search(&mut operator, "LOVE").await, ada);
    assert_eq!(search(&mut operator, "grace%40").await, grace);
    assert_eq!(search(&mut operator, "%25").await, [""; 0]);
}

#[apply(each_database)]
async fn the_search_field_keeps_and_escapes_the_query(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(&format!("{TEAM}?q=%3Cb%3E")).await;
    assert!(page.text.contains("value=\"&#60;b&#62;\""));
    assert!(!page.text.contains("<b>"));
}

#[apply(each_database)]
async fn an_admin_invites_a_member_by_email(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let invited = invite(&mut ada, GRACE).await;
    let confirmation = "We’ve emailed the invitation to grace@acme.example";
    assert!(invited.text.contains(confirmation));
    // Emails stay on this machine, so the page links to the outbox.
    assert!(invited.text.contains("href=\"/outbox\""));
    let mail = server.outbox.mails().pop().unwrap();
    assert_eq!(mail.to, GRACE);
    let link = "https://auth.example.com/console/sign-in/link/vsi_";
    assert!(mail.text.contains(link), "{mail:?}");
}

#[tokio::test]
async fn the_invitation_of_a_member_is_mailed_without_a_link_into_the_console() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let application =
        json!({ "name": "Portal", "redirect_uris": ["https://app.example.com/callback"] });
    server.api.create("/applications", application).await;
    let page = ada.get(TEAM).await;
    let fields = [("email", GRACE), ("role", "member")];
    let added = ada.submit(&page, TEAM, &fields).await;
    let confirmation = "We’ve emailed the invitation to grace@acme.example";
    assert!(added.text.contains(confirmation));
    let mail = server.outbox.mails().pop().unwrap();
    assert_eq!(mail.to, GRACE);
    assert_snapshot!(format!("{}\n\n{}", mail.subject, mail.text), @"
    You’re invited to auth.example.com

    You’ve been invited to use auth.example.com with your account at Acme.

    Sign in with your company account. You don’t need a password for auth.example.com.

    Start here: https://app.example.com
    ");
}

#[tokio::test]
async fn without_email_the_admin_tells_the_member() {
    let mut server = TestServer::start(Engine::Sqlite).await;
    create_acme_with_ada(&server).await;
    server.disable_mail();
    let mut ada = server.account_browser("ada@acme.example").await;
    let page = ada.get(TEAM).await;
    let fields = [("email", GRACE), ("role", "member")];
    let added = ada.submit(&page, TEAM, &fields).await;
    let confirmation = "grace@acme.example can sign in with SSO. This service doesn’t send email";
    assert!(added.text.contains(confirmation));
    assert!(!added.text.contains("href=\"/outbox\""));
}

#[apply(each_database)]
async fn an_invitation_is_sent_again_and_withdrawn(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    server.clock.set(START + 1);
    let page = invite(&mut ada, GRACE).await;
    let first_link = link_of_last_mail(&server);
    let grace = member_id(&server, GRACE).await;
    let member = format!("{TEAM}/{grace}");

    let sent = ada
        .submit(&page, &format!("{member}/resend-invitation"), &[])
        .await;
    assert!(sent.text.contains("We’ve emailed the invitation to"));
    assert!(sent.text.contains("Email sent"));
    let second_link = link_of_last_mail(&server);
    assert_ne!(first_link, second_link);

    let withdraw = format!("{member}/withdraw-invitation");
    let question = ada.get(&withdraw).await;
    assert_snapshot!(main_text(&question), @"
    Acme
    Withdraw the invitation of Grace?
    Who is affected
    1 person is no longer invited: Grace. The person is removed from this list. You can invite them again.
    If the person has received a link into this console, it stops working.
    Withdraw invitation
    Cancel
    ");
    let withdrawn = ada.submit(&question, &withdraw, &[]).await;
    let confirmation = format!("{TEAM}?done=invitation-withdrawn");
    assert_eq!(withdrawn.location(), confirmation);
    for link in [first_link, second_link] {
        assert_eq!(ada.get(&link).await.status, StatusCode::GONE);
    }
    let path = format!("/organizations/acme/members/{grace}");
    assert_eq!(server.api.get(&path).await.status, StatusCode::NOT_FOUND);
}

/// The path of the link in the last mail.
fn link_of_last_mail(server: &TestServer) -> String {
    let mail = server.outbox.mails().pop().unwrap();
    let start = mail.text.find("/console/sign-in/link/").unwrap();
    let link = mail.text[start..].split_whitespace().next().unwrap();
    link.to_owned()
}

#[tokio::test]
async fn a_member_who_has_signed_in_has_no_invitation() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = invite(&mut ada, GRACE).await;
    server.account_browser(GRACE).await;
    let member = format!("{TEAM}/{}", member_id(&server, GRACE).await);
    for action in ["resend-invitation", "withdraw-invitation"] {
        let rejected = ada.submit(&page, &format!("{member}/{action}"), &[]).await;
        assert_eq!(rejected.status, StatusCode::CONFLICT, "{action}");
        assert!(rejected.text.contains("has already signed in"));
    }
}

/// An account that another organization uses has not accepted the invitation.
#[tokio::test]
async fn an_admin_of_another_organization_is_invited_first() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    server.clock.set(START + 1);
    let boss = json!({ "email": GRACE, "role": "admin" });
    create_organization(&server, "Other", "enterprise").await;
    server
        .api
        .create("/organizations/other/members", boss)
        .await;
    server.account_browser(GRACE).await;
    server.clock.set(START + 2);
    invite(&mut ada, GRACE).await;
    assert_eq!(states(&mut ada).await, ["Active", "Invited"]);
    server.account_browser(GRACE).await;
    assert_eq!(states(&mut ada).await, ["Active", "Active"]);
}

#[rstest]
#[case::deactivate("deactivate")]
#[case::remove("remove")]
#[tokio::test]
async fn a_member_loses_access_after_a_question(#[case] action: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    invite(&mut ada, GRACE).await;
    server.account_browser(GRACE).await;
    let grace = member_id(&server, GRACE).await;
    let path = format!("{TEAM}/{grace}/{action}");
    let page = ada.get(TEAM).await;
    assert!(
        page.text.contains(&format!("href=\"{path}\"")),
        "{}",
        page.text
    );
    let question = ada.get(&path).await;
    assert_snapshot!(format!("question_to_{action}"), main_text(&question));
    let api_path = format!("/organizations/acme/members/{grace}");
    assert_eq!(server.api.get(&api_path).await.json()["state"], "active");
    ada.submit(&question, &path, &[]).await;
    let state = server.api.get(&api_path).await.json()["state"].clone();
    assert!(state == "deactivated" || state == Value::Null, "{state}");
}

#[tokio::test]
async fn the_buttons_of_the_own_row_are_disabled_with_the_reason() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = ada.get(TEAM).await;
    assert_eq!(
        page.text
            .matches(" disabled aria-describedby=\"own-reason\"")
            .count(),
        3
    );
    assert!(page.text.contains("You can’t change your own membership."));
    let own = member_id(&server, "ada@acme.example").await;
    for action in ["deactivate", "remove"] {
        let rejected = ada.get(&format!("{TEAM}/{own}/{action}")).await;
        assert_eq!(rejected.status, StatusCode::CONFLICT, "{action}");
    }
}

#[apply(each_database)]
async fn a_member_is_invited_until_the_first_sign_in(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    // The page lists the oldest member first.
    server.clock.set(START + 1);
    invite(&mut ada, GRACE).await;
    assert_eq!(states(&mut ada).await, ["Active", "Invited"]);
    server.account_browser(GRACE).await;
    assert_eq!(states(&mut ada).await, ["Active", "Active"]);
}

/// The states of the members on the page, oldest member first.
async fn states(browser: &mut TestBrowser) -> Vec<String> {
    let page = browser.get(TEAM).await;
    let badges = page.text.split("<span class=\"badge").skip(1);
    badges
        .filter_map(|badge| badge.split(['>', '<']).nth(1))
        .map(str::to_owned)
        .collect()
}

#[apply(each_database)]
async fn a_member_is_invited_only_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    invite(&mut ada, GRACE).await;
    let rejected = invite(&mut ada, GRACE).await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
    assert!(rejected.text.contains("value=\"grace@acme.example\""));
}

#[apply(each_database)]
async fn an_admin_deactivates_updates_and_removes_a_member(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = invite(&mut ada, GRACE).await;
    let grace = member_id(&server, GRACE).await;
    let member = format!("{TEAM}/{grace}");

    let deactivate = format!("{member}/deactivate");
    let deactivated = ada.submit(&page, &deactivate, &[]).await;
    let confirmation = format!("{TEAM}?done=member-deactivated");
    assert_eq!(deactivated.location(), confirmation);
    assert!(ada.get(TEAM).await.text.contains("badge bad"));

    let reactivate = format!("{member}/reactivate");
    ada.submit(&page, &reactivate, &[]).await;
    let role = [("role", "member")];
    ada.submit(&page, &format!("{member}/role"), &role).await;
    let api_path = format!("/organizations/acme/members/{grace}");
    let updated = server.api.get(&api_path).await.json();
    assert_eq!(updated["role"], "member");
    assert_eq!(updated["deactivated_at"], Value::Null);

    ada.submit(&page, &format!("{member}/remove"), &[]).await;
    let removed = server.api.get(&api_path).await;
    assert_eq!(removed.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn admins_cannot_remove_themselves(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = ada.get(TEAM).await;
    let own = member_id(&server, "ada@acme.example").await;
    let rejected = ada
        .submit(&page, &format!("{TEAM}/{own}/remove"), &[])
        .await;
    assert_eq!(rejected.status, StatusCode::CONFLICT);
}

#[apply(each_database)]
async fn an_unknown_member_cannot_be_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let page = ada.get(TEAM).await;
    let path = format!("{TEAM}/mem_x/remove");
    let rejected = ada.submit(&page, &path, &[]).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
}

/// An admin can enter any email address, and the link would sign in to all organizations of that user.
#[apply(each_database)]
async fn without_email_an_admin_does_not_see_the_link_of_an_invitation(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    server.disable_mail();
    let mut ada = server.account_browser("ada@acme.example").await;
    let invited = invite(&mut ada, "boss@vendor.example").await;
    let confirmation = "boss@vendor.example has been invited";
    assert!(invited.text.contains(confirmation));
    assert!(!invited.text.contains("/console/sign-in/link/"));
    let advice = "Ask its operator to create a console link";
    assert!(invited.text.contains(advice));
}

#[apply(each_database)]
async fn without_email_an_operator_sees_the_link_of_an_invitation(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    create_acme_with_ada(&server).await;
    server.disable_mail();
    let mut operator = server.operator_browser("op@example.com").await;
    let invited = invite(&mut operator, GRACE).await;
    let confirmation = "grace@acme.example has been invited";
    assert!(invited.text.contains(confirmation));
    assert!(invited.text.contains("/console/sign-in/link/"));
    let advice = "Ask its operator to create a console link";
    assert!(!invited.text.contains(advice));
}

#[apply(each_database)]
async fn the_configuration_defines_the_roles(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let auditor = json!({ "email": "ada@acme.example", "role": "auditor" });
    let members = "/organizations/acme/members";
    let rejected = server.api.post(members, auditor).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_snapshot!(rejected.problem(), @r#"
    invalid-fields
    role: expected one of admin, member, received "auditor"
    "#);

    let mut operator = server.operator_browser("op@example.com").await;
    let page = operator.get(TEAM).await;
    let options = "<option>admin</option><option selected>member</option>";
    assert!(page.text.contains(options));
}

/// The names and email addresses on the page with the members that match the query.
async fn search(operator: &mut TestBrowser, query: &str) -> Vec<&'static str> {
    let page = operator.get(&format!("{TEAM}?q={query}")).await;
    assert_eq!(page.status, StatusCode::OK);
    let all = ["Ada Lovelace", "ada@acme.example", "Grace Hopper", GRACE];
    all.into_iter()
        .filter(|text| page.text.contains(text))
        .collect()
}

/// Invites an admin on the page with the members.
async fn invite(inviter: &mut TestBrowser, email: &str) -> TestResponse {
    let page = inviter.get(TEAM).await;
    let fields = [("email", email), ("role", "admin"), ("name", "Grace")];
    inviter.submit(&page, TEAM, &fields).await
}
