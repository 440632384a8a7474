//! The SAML panel: drafts, activation, versions, role rules, and organizations without the plan.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};

use crate::acme::{ada_browser, create_acme, create_active_acme};
use crate::manual_connection::key_file;

const SSO: &str = "/console/organizations/acme/sso";

fn shows(answer: &TestResponse, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

async fn connection(server: &TestServer) -> Value {
    let listed = server
        .api
        .get("/organizations/acme/connections")
        .await
        .json();
    listed["items"][0].clone()
}

async fn press(
    _server: &TestServer,
    browser: &mut TestBrowser,
    path: &str,
    fields: &[(&str, &str)],
) -> String {
    let page = browser.get(SSO).await;
    let answer = browser.submit(&page, path, fields).await;
    answer.location().to_owned()
}

/// The form of the panel with another issuer.
const CHANGED: [(&str, &str); 3] = [
    ("enabled", "1"),
    ("sign_on_url", "https://idp.example/sso"),
    ("issuer", "https://new.example"),
];

#[apply(each_database)]
async fn changes_to_an_active_connection_become_a_draft(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let before = create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let same = [
        ("enabled", "1"),
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example/metadata"),
    ];
    assert_eq!(
        press(&server, &mut browser, SSO, &same).await,
        format!("{SSO}?done=saved")
    );
    assert!(
        !browser.get(SSO).await.text.contains("id=\"draft\""),
        "nothing was changed"
    );
    assert_eq!(
        press(&server, &mut browser, SSO, &CHANGED).await,
        format!("{SSO}?done=draft-saved")
    );
    assert_eq!(connection(&server).await, before);
    let page = browser.get(SSO).await;
    for words in [
        "id=\"draft\"",
        "https://new.example",
        "https://idp.example/metadata",
        "These settings haven’t passed a test yet",
    ] {
        shows(&page, words);
    }
    assert_eq!(
        press(&server, &mut browser, &format!("{SSO}/discard"), &[]).await,
        format!("{SSO}?done=draft-discarded")
    );
    assert!(!browser.get(SSO).await.text.contains("https://new.example"));
    press(&server, &mut browser, SSO, &CHANGED).await;
    assert_eq!(
        press(&server, &mut browser, &format!("{SSO}/publish"), &[]).await,
        format!("{SSO}?done=draft-published")
    );
    assert_eq!(connection(&server).await["issuer"], "https://new.example");
    let page = browser.get(SSO).await;
    let nothing = browser.submit(&page, &format!("{SSO}/publish"), &[]).await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
}

#[apply(each_database)]
async fn each_emptied_field_shows_an_error(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get(SSO).await;
    let emptied = [("enabled", "1"), ("sign_on_url", ""), ("issuer", "")];
    let refused = browser.submit(&page, SSO, &emptied).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.text.matches("This field is required.").count(),
        2,
        "{}",
        refused.text
    );
    let wrong = [
        ("enabled", "1"),
        ("sign_on_url", "idp.example/sso"),
        ("issuer", "https://idp.example"),
        (
            "certificate",
            "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----",
        ),
    ];
    let refused = browser.submit(&page, SSO, &wrong).await;
    shows(&refused, "(without https:// or http://)");
    shows(
        &refused,
        ">Part of the certificate is missing. Copy all of it",
    );
}

#[apply(each_database)]
async fn disabling_and_activating_shows_who_is_affected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let off = [
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example/metadata"),
    ];
    let asked = press(&server, &mut browser, SSO, &off).await;
    assert_eq!(asked, format!("{SSO}/disable"));
    assert_eq!(connection(&server).await["state"], "active");
    let page = browser.get(&asked).await;
    shows(&page, "acme.example to this identity provider");
    let done = browser.submit(&page, &asked, &[]).await;
    assert_eq!(done.location(), format!("{SSO}?done=disabled"));
    assert_eq!(connection(&server).await["state"], "disabled");
    press(&server, &mut browser, SSO, &CHANGED[1..]).await;
    let asked = press(&server, &mut browser, SSO, &CHANGED).await;
    assert_eq!(asked, format!("{SSO}/activate"));
    let page = browser.get(&asked).await;
    for words in [
        "1 member will be able to sign in",
        "an email address at acme.example",
        "These settings haven’t passed a test yet",
        "name=\"publish\"",
    ] {
        shows(&page, words);
    }
    let done = browser.submit(&page, &asked, &[("publish", "1")]).await;
    assert_eq!(done.location(), format!("{SSO}?done=activated"));
    let there = connection(&server).await;
    assert_eq!(
        (&there["state"], &there["issuer"]),
        (&json!("active"), &json!("https://new.example"))
    );
}

#[apply(each_database)]
async fn a_version_is_restored_after_a_preview_of_the_changes(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    press(&server, &mut browser, SSO, &CHANGED).await;
    press(&server, &mut browser, &format!("{SSO}/publish"), &[]).await;
    let versions = format!("{SSO}/versions");
    let page = browser.get(&versions).await;
    for words in ["Current", "Ada", "API key", "/versions/1\""] {
        shows(&page, words);
    }
    let one = format!("{versions}/1");
    let page = browser.get(&one).await;
    for words in [
        "Restore version 1",
        "https://new.example",
        "https://idp.example/metadata",
    ] {
        shows(&page, words);
    }
    let done = browser.submit(&page, &one, &[]).await;
    assert_eq!(done.location(), format!("{SSO}?done=version-restored"));
    assert_eq!(
        connection(&server).await["issuer"],
        "https://idp.example/metadata"
    );
    for unknown in ["9", "x", "-1"] {
        let path = format!("{versions}/{unknown}");
        assert_eq!(
            browser.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{unknown}"
        );
        assert_eq!(
            browser.submit(&page, &path, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{unknown}"
        );
    }
}

#[apply(each_database)]
async fn changes_made_after_the_page_was_loaded_are_not_published(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let before = create_active_acme(&server).await;
    let draft = format!(
        "/organizations/acme/connections/{}/draft",
        before["id"].as_str().unwrap()
    );
    let mut browser = ada_browser(&server).await;
    press(&server, &mut browser, SSO, &CHANGED).await;
    let panel = browser.get(SSO).await;
    let concurrent =
        json!({"issuer": "https://evil.example", "certificates": [key_file("ec-p256.crt")]});
    server.api.patch(&draft, concurrent).await;
    let publish = format!("{SSO}/publish");
    for path in [&publish, &format!("{SSO}/discard")] {
        let refused = browser.submit(&panel, path, &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
        shows(&refused, "Review the latest version");
    }
    let refused = browser.get(SSO).await;
    assert_eq!(connection(&server).await, before);
    // The response shows the current settings, so the user can decide again.
    shows(&refused, "https://evil.example");
    let done = browser.submit(&refused, &publish, &[]).await;
    assert_eq!(done.location(), format!("{SSO}?done=draft-published"));
    // A version is not restored over changes that the user has not seen either.
    let one = format!("{SSO}/versions/1");
    let page = browser.get(&one).await;
    server
        .api
        .patch(&draft, json!({"issuer": "https://third.example"}))
        .await;
    server
        .api
        .post(&format!("{draft}/publish"), Value::Null)
        .await;
    let refused = browser.submit(&page, &one, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    shows(&refused, "Review the latest version");
    assert_eq!(connection(&server).await["issuer"], "https://third.example");
}

#[apply(each_database)]
async fn changes_made_after_the_page_was_loaded_are_not_overwritten(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let roles = format!("{SSO}/roles");
    let (panel, rules) = (browser.get(SSO).await, browser.get(&roles).await);
    assert_eq!(
        press(&server, &mut browser, SSO, &CHANGED).await,
        format!("{SSO}?done=draft-saved")
    );
    let old = [
        ("enabled", "1"),
        ("sign_on_url", "https://idp.example/sso"),
        ("issuer", "https://idp.example/metadata"),
    ];
    let rule = [
        ("default_role", "member"),
        ("group", "it"),
        ("role", "admin"),
    ];
    for (page, path, fields) in [(&panel, SSO, &old), (&rules, roles.as_str(), &rule)] {
        let refused = browser.submit(page, path, fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
        shows(&refused, "Review the latest version");
        let shown = browser.get(SSO).await;
        shows(&shown, "https://new.example");
    }
    let id = connection(&server).await["id"].as_str().unwrap().to_owned();
    let draft = server
        .api
        .get(&format!("/organizations/acme/connections/{id}/draft"))
        .await
        .json();
    assert_eq!(draft["role_rules"], json!([]));
}

#[apply(each_database)]
async fn changes_made_after_the_page_was_loaded_are_not_activated(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let made = create_acme(&server).await;
    let draft = format!(
        "/organizations/acme/connections/{}/draft",
        made["id"].as_str().unwrap()
    );
    let mut browser = ada_browser(&server).await;
    let activate = format!("{SSO}/activate");
    let page = browser.get(&activate).await;
    server
        .api
        .patch(&draft, json!({"issuer": "https://evil.example"}))
        .await;
    let refused = browser.submit(&page, &activate, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    shows(&refused, "Review the latest version");
    assert_eq!(connection(&server).await["state"], "draft");
    // The last step of the guided setup behaves the same way.
    let step = format!("{SSO}/{}/setup/activate", made["id"].as_str().unwrap());
    let page = browser.get(&step).await;
    server
        .api
        .patch(&draft, json!({"issuer": "https://third.example"}))
        .await;
    let refused = browser.submit(&page, &step, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    shows(&refused, "Review the latest version");
    assert_eq!(connection(&server).await["state"], "draft");
    // A form without the revision is rejected.
    let token = [("csrf", page.hidden_field("csrf").unwrap())];
    let blind = browser.post_from("same-origin", &activate, &token).await;
    assert_eq!(blind.status, StatusCode::CONFLICT);
    let page = browser.get(&activate).await;
    browser.submit(&page, &activate, &[]).await;
    assert_eq!(connection(&server).await["state"], "active");
}

#[apply(each_database)]
async fn role_rules_assign_roles_and_admin_cannot_be_the_default(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = ada_browser(&server).await;
    let roles = format!("{SSO}/roles");
    let fields = [
        ("default_role", "member"),
        ("group", "it-admins"),
        ("role", "admin"),
        ("group", " "),
        ("role", "member"),
    ];
    assert_eq!(
        press(&server, &mut browser, &roles, &fields).await,
        format!("{SSO}?done=draft-saved")
    );
    let page = browser.get(&roles).await;
    shows(&page, "value=\"it-admins\"");
    // The default role and empty rows for rules.
    assert_eq!(
        page.text
            .matches("<option selected>member</option>")
            .count(),
        4,
        "{}",
        page.text
    );
    shows(&browser.get(SSO).await, "it-admins → admin");
    assert_eq!(
        press(&server, &mut browser, &roles, &fields).await,
        format!("{SSO}?done=saved")
    );
    for (wrong, field) in [
        (("default_role", "admin"), "default_role"),
        (("role", "emperor"), "role_rules[0].role"),
    ] {
        let fields = [
            wrong,
            ("default_role", "member"),
            ("group", "it"),
            ("role", "admin"),
        ];
        let refused = browser.submit(&page, &roles, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(&refused, field);
        shows(&refused, "value=\"it\"");
    }
}

#[apply(each_database)]
async fn other_organizations_and_other_sites_cannot_change_a_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let before = create_active_acme(&server).await;
    server
        .api
        .create(
            "/organizations",
            json!({"name": "Other", "plan": "enterprise"}),
        )
        .await;
    server
        .api
        .create(
            "/organizations/other/members",
            json!({"email": "eve@evil.example", "role": "admin"}),
        )
        .await;
    let mut eve = server.account_browser("eve@evil.example").await;
    let mut browser = ada_browser(&server).await;
    let page = eve.get("/console/organizations/other/team").await;
    for path in [
        "",
        "/publish",
        "/discard",
        "/activate",
        "/disable",
        "/roles",
        "/versions/1",
    ] {
        let path = format!("{SSO}{path}");
        assert_eq!(
            eve.submit(&page, &path, &CHANGED).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
        let forged = browser.post_from("same-origin", &path, &CHANGED).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in [
        "",
        "/activate",
        "/disable",
        "/roles",
        "/versions",
        "/versions/1",
    ] {
        let path = format!("{SSO}{path}");
        assert_eq!(eve.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        let signed_out = server.browser().get(&path).await;
        assert!(
            signed_out.location().starts_with("/console/sign-in"),
            "{path}"
        );
    }
    // Without a connection, the actions do not exist.
    for path in ["/activate", "/disable", "/roles", "/versions"] {
        let path = format!("/console/organizations/other/sso{path}");
        assert_eq!(eve.get(&path).await.status, StatusCode::CONFLICT, "{path}");
    }
    assert_eq!(connection(&server).await, before);
}

#[apply(each_database)]
async fn without_the_plan_the_page_shows_the_sales_contact(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut server = server;
    server
        .api
        .create("/organizations", json!({"name": "Acme", "plan": "starter"}))
        .await;
    server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example", "role": "admin"}),
        )
        .await;
    let mut browser = ada_browser(&server).await;
    let page = browser.get(SSO).await;
    shows(&page, "on the enterprise plan");
    assert!(
        !page.text.contains("Contact sales"),
        "no contact is configured"
    );
    server.reconfigure(&[("VESTIBULE_SALES_CONTACT", "sales@example.com")]);
    let page = ada_browser(&server).await.get(SSO).await;
    shows(&page, "href=\"mailto:sales@example.com\"");
    shows(&page, "Contact sales");
    assert!(!page.text.contains("name=\"issuer\""), "{}", page.text);
}
