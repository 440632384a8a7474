//! Signing in to the console, and access control in it.

use crate::manual_connection::key_file;
use axum::http::{StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use service::{Actor, operator};
use test_support::{Engine, START, TestBrowser, TestResponse, TestServer, each_database};

async fn organization(server: &TestServer, name: &str, plan: &str) {
    server
        .api
        .create("/organizations", json!({ "name": name, "plan": plan }))
        .await;
}

async fn admin(server: &TestServer, slug: &str, email: &str) -> TestBrowser {
    let path = format!("/organizations/{slug}/members");
    server
        .api
        .create(&path, json!({ "email": email, "role": "admin" }))
        .await;
    server.account_browser(email).await
}

fn code_of(server: &TestServer) -> String {
    let mails = server.outbox.mails();
    let text = &mails.last().unwrap().text;
    let digits: Vec<&str> = text
        .split_whitespace()
        .filter(|word| word.len() == 8 && word.bytes().all(|one| one.is_ascii_digit()))
        .collect();
    digits[0].to_owned()
}

fn shows(answer: &TestResponse, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

#[apply(each_database)]
async fn every_page_requires_a_session(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    for path in [
        "/console",
        "/console/organizations",
        "/console/operators",
        "/console/audit-log",
        "/console/health",
        "/console/account",
        "/console/organizations/acme/team",
        "/console/organizations/acme/sso",
        "/console/organizations/acme/domains",
        "/console/organizations/acme/audit-log",
        "/console/organizations/acme/settings",
    ] {
        let answer = server.browser().get(path).await;
        let asked = answer.location();
        assert!(
            asked.starts_with("/console/sign-in?next="),
            "{path}: {asked}"
        );
    }
}

#[apply(each_database)]
async fn the_link_for_the_first_operator_works_once(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let link = operator::create_first_link(&server.app)
        .await
        .unwrap()
        .unwrap();
    let path = link
        .address
        .strip_prefix("https://auth.example.com")
        .unwrap();
    let mut browser = server.browser();
    let page = browser.get(path).await;
    shows(&page, "Become the first operator");
    browser.get(path).await;
    let refused = browser.submit(&page, path, &[("email", "nonsense")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(&refused, "value=\"nonsense\"");
    let entered = browser
        .submit(&page, path, &[("email", "op@example.com")])
        .await;
    assert_eq!(entered.location(), "/console");
    assert_eq!(
        browser.get("/console").await.location(),
        "/console/organizations"
    );
    let again = server.browser().get(path).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(
        operator::create_first_link(&server.app)
            .await
            .unwrap()
            .is_none()
    );
}

#[apply(each_database)]
async fn a_name_in_use_is_reported_at_its_field(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let path = "/console/organizations";
    let page = operator.get(path).await;
    let refused = operator
        .submit(&page, path, &[("name", "ACME"), ("plan", "enterprise")])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    shows(
        &refused,
        "An organization with this name or a similar one already exists",
    );
    assert!(!refused.text.contains("slug"), "{}", refused.text);
}

#[apply(each_database)]
async fn a_database_failure_is_not_reported_as_an_unknown_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut browser = server.operator_browser("op@example.com").await;
    let unknown = browser.get("/console/organizations/other/team").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let broken = "ALTER TABLE organization RENAME COLUMN plan TO mislaid";
    server.database.execute(broken).await;
    let answer = browser.get("/console/organizations/acme/team").await;
    assert_eq!(
        answer.status,
        StatusCode::INTERNAL_SERVER_ERROR,
        "{}",
        answer.text
    );
}

#[apply(each_database)]
async fn a_database_failure_is_not_reported_as_a_domain_without_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser();
    let page = browser.get("/console/sign-in").await;
    let fields = [("email", "ada@acme.example"), ("sso", "1")];
    let without = browser.submit(&page, "/console/sign-in", &fields).await;
    shows(&without, "Single sign-on isn’t set up");
    server.app.store.close().await;
    let broken = browser.submit(&page, "/console/sign-in", &fields).await;
    assert_eq!(
        broken.status,
        StatusCode::INTERNAL_SERVER_ERROR,
        "{}",
        broken.text
    );
}

#[apply(each_database)]
async fn forms_from_other_sites_and_expired_pages_are_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.operator_browser("op@example.com").await;
    let page = browser.get("/console/organizations").await;
    let token = page.hidden_field("csrf").unwrap().to_owned();
    let fields = [
        ("csrf", token.as_str()),
        ("name", "Evil"),
        ("plan", "enterprise"),
    ];
    for site in ["cross-site", "same-site", "none"] {
        let answer = browser
            .post_from(site, "/console/organizations", &fields)
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{site}");
    }
    for token in ["", "0000", "x"] {
        let fields = [("csrf", token), ("name", "Evil")];
        let answer = browser
            .post_from("same-origin", "/console/organizations", &fields)
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{token:?}");
    }
    assert_eq!(
        server.api.get("/organizations").await.json()["items"],
        json!([])
    );
    let made = browser
        .post_from("same-origin", "/console/organizations", &fields)
        .await;
    assert_eq!(
        made.location(),
        "/console/organizations/evil/team?done=organization-created"
    );
}

#[apply(each_database)]
async fn a_code_signs_in_once_and_only_in_the_browser_that_requested_it(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    admin(&server, "acme", "ada@acme.example").await;
    let mut browser = server.browser();
    let page = browser.get("/console/sign-in?next=/console/account").await;
    let fields = [("email", "Ada@Acme.example"), ("next", "/console/account")];
    let sent = browser.submit(&page, "/console/sign-in", &fields).await;
    let page = browser.get(sent.location()).await;
    // If emails stay on this machine, the page links to the outbox.
    shows(&page, "href=\"/outbox\"");
    let (id, code) = (
        page.hidden_field("id").unwrap().to_owned(),
        code_of(&server),
    );
    let fields = [
        ("id", id.as_str()),
        ("code", code.as_str()),
        ("next", "/console/account"),
    ];
    let wrong = [("id", id.as_str()), ("code", "000000x")];
    let refused = browser.submit(&page, "/console/sign-in/code", &wrong).await;
    shows(&refused, "Incorrect code.");
    let mut thief = server.browser();
    let stolen = thief.get("/console/sign-in").await;
    let refused = thief
        .submit(&stolen, "/console/sign-in/code", &fields)
        .await;
    shows(&refused, "Request a new one");
    let entered = browser
        .submit(&page, "/console/sign-in/code", &fields)
        .await;
    assert_eq!(entered.location(), "/console/account");
    shows(&browser.get("/console/account").await, "Emailed code");
    let again = browser
        .clone()
        .submit(&page, "/console/sign-in/code", &fields)
        .await;
    assert_ne!(again.status, StatusCode::SEE_OTHER);
}

#[apply(each_database)]
async fn an_address_without_an_account_gets_the_same_response_and_no_email(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser();
    let page = browser.get("/console/sign-in").await;
    let fields = [("email", "unknown@elsewhere.example")];
    let sent = browser.submit(&page, "/console/sign-in", &fields).await;
    assert!(sent.location().starts_with("/console/sign-in/code?id=cod_"));
    assert_eq!(server.outbox.mails(), []);
    for _ in 0..4 {
        browser.submit(&page, "/console/sign-in", &fields).await;
    }
    let refused = browser.submit(&page, "/console/sign-in", &fields).await;
    shows(&refused, "Too many codes");
    let bad = browser
        .submit(&page, "/console/sign-in", &[("email", "ada")])
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(&bad, "value=\"ada\"");
}

#[apply(each_database)]
async fn an_admin_can_open_only_their_own_organization(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    organization(&server, "Other", "enterprise").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    assert_eq!(
        ada.get("/console").await.location(),
        "/console/organizations/acme/team"
    );
    for path in [
        "/console/organizations/other/team",
        "/console/organizations/other/sso",
        "/console/organizations/other/audit-log",
        "/console/organizations/acme/settings",
        "/console/organizations",
        "/console/operators",
        "/console/audit-log",
        "/console/health",
        "/console/organizations/nothing/team",
    ] {
        assert_eq!(ada.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = ada.get("/console/organizations/acme/team").await;
    let fields = [("email", "eve@evil.example"), ("role", "admin")];
    let tried = ada
        .submit(&page, "/console/organizations/other/team", &fields)
        .await;
    assert_eq!(tried.status, StatusCode::NOT_FOUND);
    let members = server.api.get("/organizations/other/members").await.json();
    assert_eq!(members["items"], json!([]));
}

#[apply(each_database)]
async fn a_former_admin_loses_access_immediately(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    let team = "/console/organizations/acme/team";
    assert_eq!(ada.get(team).await.status, StatusCode::OK);
    let members = server.api.get("/organizations/acme/members").await.json();
    let id = members["items"][0]["id"].as_str().unwrap();
    server
        .api
        .patch(
            &format!("/organizations/acme/members/{id}"),
            json!({ "role": "member" }),
        )
        .await;
    assert_eq!(ada.get(team).await.status, StatusCode::NOT_FOUND);
    shows(
        &ada.get("/console").await,
        "You don’t manage any organizations",
    );
}

#[apply(each_database)]
async fn a_session_ends_on_sign_out_and_after_inactivity(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut here = server.operator_browser("op@example.com").await;
    let mut there = server.operator_browser("op@example.com").await;
    let page = here.get("/console/account").await;
    let (_, rest) = page.text.split_once("/console/account/sessions/").unwrap();
    let path = format!(
        "/console/account/sessions/{}/end",
        rest.split_once('/').unwrap().0
    );
    let ended = here.submit(&page, &path, &[]).await;
    assert_eq!(ended.location(), "/console/account?done=session-ended");
    assert!(
        there
            .get("/console")
            .await
            .location()
            .starts_with("/console/sign-in")
    );
    let page = here.get("/console/account").await;
    let out = here.clone().submit(&page, "/console/sign-out", &[]).await;
    assert_eq!(out.location(), "/console/sign-in");
    assert!(
        here.get("/console")
            .await
            .location()
            .starts_with("/console/sign-in")
    );
    let mut idle = server.operator_browser("op@example.com").await;
    server.clock.set(START + 8 * 3600);
    assert!(
        idle.get("/console")
            .await
            .location()
            .starts_with("/console/sign-in")
    );
}

#[apply(each_database)]
async fn operators_are_invited_and_the_last_one_cannot_be_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut op = server.operator_browser("op@example.com").await;
    let page = op.get("/console/operators").await;
    assert!(!page.text.contains("/remove"), "{}", page.text);
    let invited = op
        .submit(
            &page,
            "/console/operators",
            &[("email", "grace@example.com")],
        )
        .await;
    shows(&invited, "https://auth.example.com/console/link/vsi_");
    let page = op.get("/console/operators").await;
    let removals = page.text.matches("/remove\"").count();
    assert_eq!(removals, 2);
    let bad = op
        .submit(&page, "/console/operators", &[("email", "grace")])
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(each_database)]
async fn the_language_follows_the_browser_until_the_user_chooses_one(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut browser = server.browser();
    let page = browser.get("/console/sign-in").await;
    shows(&page, "<html lang=\"en\">");
    let chosen = browser
        .submit(&page, "/console/language", &[("language", "nl")])
        .await;
    assert_eq!(chosen.location(), "/console");
    let page = browser.get("/console/sign-in").await;
    shows(&page, "<html lang=\"nl\">");
    shows(&page, "Inloggen");
    assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
}

#[apply(each_database)]
async fn errors_are_shown_in_the_language_of_the_user(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    let home = "/console/organizations/acme";
    let team = format!("{home}/team");
    let page = ada.get(&team).await;
    ada.submit(&page, "/console/language", &[("language", "fr")])
        .await;
    let said = |answer: &TestResponse, status, words: &str| {
        assert_eq!(answer.status, status);
        let text = answer.text.replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.contains(words), "{words:?} in {text}");
    };
    let again = ada
        .submit(
            &page,
            &team,
            &[("email", "ada@acme.example"), ("role", "member")],
        )
        .await;
    said(
        &again,
        StatusCode::CONFLICT,
        "Cette personne est déjà membre de l’organisation.",
    );
    let none = ada
        .submit(&page, &team, &[("email", "ada"), ("role", "member")])
        .await;
    said(
        &none,
        StatusCode::UNPROCESSABLE_ENTITY,
        "Attendu : une adresse e-mail, par exemple ada@acme.example. Reçu : &#34;ada&#34;.",
    );
    let sso = format!("{home}/sso");
    let wrong = [
        ("sign_on_url", "ftp://idp.example"),
        ("issuer", ""),
        ("certificate", "nonsense"),
    ];
    let wrong = ada.submit(&page, &sso, &wrong).await;
    said(
        &wrong,
        StatusCode::UNPROCESSABLE_ENTITY,
        "(sans https:// ni http://).",
    );
    said(
        &wrong,
        StatusCode::UNPROCESSABLE_ENTITY,
        ">Ce contenu n’est ni une URL, ni des métadonnées, ni un certificat.",
    );
    let nothing = ada.submit(&page, &format!("{sso}/publish"), &[]).await;
    said(
        &nothing,
        StatusCode::CONFLICT,
        "Cette organisation n’a pas encore de connexion SSO.",
    );
    let nowhere = ada.get("/console/organizations/umbrella/team").await;
    said(
        &nowhere,
        StatusCode::NOT_FOUND,
        "Introuvable, ou vous n’y avez pas accès.",
    );
}

#[apply(each_database)]
async fn members_are_invited_updated_and_removed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    let team = "/console/organizations/acme/team";
    let page = ada.get(team).await;
    let fields = [
        ("email", "grace@acme.example"),
        ("role", "admin"),
        ("name", "Grace"),
    ];
    let invited = ada.submit(&page, team, &fields).await;
    shows(&invited, "grace@acme.example has been invited");
    shows(&invited, "href=\"/outbox\"");
    let mail = server.outbox.mails().pop().unwrap();
    assert_eq!(mail.to, "grace@acme.example");
    assert!(
        mail.text
            .contains("https://auth.example.com/console/link/vsi_"),
        "{mail:?}"
    );
    let twice = ada.submit(&page, team, &fields).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    shows(&twice, "value=\"grace@acme.example\"");
    let members = server.api.get("/organizations/acme/members").await.json();
    let ids: Vec<&str> = ["ada@acme.example", "grace@acme.example"]
        .map(|email| {
            let all = members["items"].as_array().unwrap();
            all.iter().find(|one| one["email"] == email).unwrap()["id"]
                .as_str()
                .unwrap()
        })
        .to_vec();
    let own = ada
        .submit(&page, &format!("{team}/{}/remove", ids[0]), &[])
        .await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    let off = ada
        .submit(&page, &format!("{team}/{}/deactivate", ids[1]), &[])
        .await;
    assert_eq!(off.location(), format!("{team}?done=member-deactivated"));
    shows(&ada.get(team).await, "badge bad");
    ada.submit(&page, &format!("{team}/{}/reactivate", ids[1]), &[])
        .await;
    let role = [("role", "member")];
    ada.submit(&page, &format!("{team}/{}/role", ids[1]), &role)
        .await;
    let path = format!("/organizations/acme/members/{}", ids[1]);
    let grace = server.api.get(&path).await.json();
    assert_eq!(
        (&grace["role"], &grace["deactivated_at"]),
        (&json!("member"), &json!(null))
    );
    ada.submit(&page, &format!("{team}/{}/remove", ids[1]), &[])
        .await;
    assert_eq!(server.api.get(&path).await.status, StatusCode::NOT_FOUND);
    let foreign = ada
        .submit(&page, &format!("{team}/mem_x/remove"), &[])
        .await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn a_sign_in_link_redirects_only_to_console_pages(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for (next, leads_to) in [
        ("", "/console"),
        (
            "/console/organizations/acme/sso/setup",
            "/console/organizations/acme/sso/setup",
        ),
        ("https%3A%2F%2Fevil.example%2Fconsole", "/console"),
        ("/console//evil.example", "/console"),
    ] {
        let link = operator::invite(&server.app, &Actor::CommandLine, "op@example.com")
            .await
            .unwrap();
        let path = link
            .address
            .strip_prefix("https://auth.example.com")
            .unwrap();
        let mut browser = server.browser();
        let page = browser.get(&format!("{path}?next={next}")).await;
        let wanted = page.hidden_field("next").unwrap().to_owned();
        let entered = browser.submit(&page, path, &[("next", &wanted)]).await;
        assert_eq!(entered.location(), leads_to, "{next}");
    }
}

#[apply(each_database)]
async fn the_panel_keeps_its_input_and_shows_the_errors(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    let sso = "/console/organizations/acme/sso";
    let page = ada.get(sso).await;
    assert_eq!(
        ada.submit(&page, sso, &[]).await.location(),
        format!("{sso}?done=saved")
    );
    let page = ada.get(sso).await;
    shows(&page, "https://auth.example.com/saml/con");
    let early = ada.submit(&page, sso, &[("enabled", "1")]).await;
    assert_ne!(
        early.status,
        StatusCode::SEE_OTHER,
        "nothing to switch on yet"
    );
    let wrong = [
        ("enabled", "1"),
        ("sign_on_url", "ftp://idp.example"),
        ("issuer", "https://idp.example"),
        ("certificate", "nonsense"),
    ];
    let refused = ada.submit(&page, sso, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in [
        "ftp://idp.example",
        "value=\"https://idp.example\"",
        "nonsense",
        "id=\"sign-on-fault\"",
        "id=\"certificate-fault\"",
    ] {
        shows(&refused, kept);
    }
    let certificate = key_file("rsa-2048.crt");
    let right = [
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example"),
        ("certificate", certificate.as_str()),
    ];
    assert_eq!(
        ada.submit(&page, sso, &right).await.location(),
        format!("{sso}?done=saved")
    );
    let listed = server
        .api
        .get("/organizations/acme/connections")
        .await
        .json();
    assert_eq!(listed["items"][0]["state"], "draft");
    let shown = ada.get(sso).await;
    shows(&shown, listed["items"][0]["acs_url"].as_str().unwrap());
    shows(
        &shown,
        listed["items"][0]["certificates"][0]["sha256"]
            .as_str()
            .unwrap(),
    );
    let on = [
        ("enabled", "1"),
        ("sign_on_url", "https://idp.example/sso2"),
        ("issuer", "https://idp.example"),
    ];
    let asked = ada.submit(&shown, sso, &on).await;
    assert_eq!(asked.location(), format!("{sso}/activate"));
    let sure = ada.get(asked.location()).await;
    ada.submit(&sure, asked.location(), &[]).await;
    let listed = server
        .api
        .get("/organizations/acme/connections")
        .await
        .json();
    assert_eq!(listed["items"][0]["state"], "active");
    assert_eq!(
        listed["items"][0]["sign_on_url"],
        "https://idp.example/sso2"
    );
    assert_eq!(
        listed["items"][0]["certificates"].as_array().unwrap().len(),
        1
    );
    let off = &on[1..];
    let page = ada.get(sso).await;
    let asked = ada.submit(&page, sso, off).await;
    assert_eq!(asked.location(), format!("{sso}/disable"));
    ada.submit(&page, asked.location(), &[]).await;
    let listed = server
        .api
        .get("/organizations/acme/connections")
        .await
        .json();
    assert_eq!(listed["items"][0]["state"], "disabled");
}

#[apply(each_database)]
async fn a_private_key_in_the_panel_is_neither_stored_nor_shown_again(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "enterprise").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    let sso = "/console/organizations/acme/sso";
    let page = ada.get(sso).await;
    let key = key_file("rsa-2048.key");
    let around = format!("<md>{key}</md>");
    let right = [
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example"),
        ("certificate", ""),
    ];
    let short = key_file("ec-p256.sec1.key")
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect::<String>();
    for (place, secret) in [
        (2, &key),
        (2, &around),
        (1, &key),
        (0, &key),
        (1, &short),
        (2, &short),
    ] {
        let mut fields = right;
        fields[place].1 = secret;
        let refused = ada.submit(&page, sso, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(
            &refused,
            "a private key, or a file that usually contains one",
        );
        assert!(!refused.text.contains("BEGIN"), "{}", refused.text);
    }
    let listed = server
        .api
        .get("/organizations/acme/connections")
        .await
        .json();
    assert_eq!(listed["items"], json!([]));
}

#[apply(each_database)]
async fn without_the_plan_the_panel_names_the_plan_with_sso(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    organization(&server, "Acme", "starter").await;
    let mut ada = admin(&server, "acme", "ada@acme.example").await;
    let page = ada.get("/console/organizations/acme/sso").await;
    shows(&page, "Not included in your plan");
    shows(&page, "on the enterprise plan");
    assert!(!page.text.contains("name=\"issuer\""), "{}", page.text);
}
