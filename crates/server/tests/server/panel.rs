//! The SAML panel: drafts, activation, versions, role rules, and organizations without the plan.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::database::on_each_database;
use crate::harness::{Answer, Server, key_file};
use crate::practice::{acme, active_acme, ada};
use crate::visitor::{Visitor, field, location};

const SSO: &str = "/console/organizations/acme/sso";

fn shows(answer: &Answer, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

async fn connection(server: &Server) -> Value {
    let listed = server.get("/organizations/acme/connections").await.json();
    listed["items"][0].clone()
}

async fn press(
    server: &Server,
    visitor: &mut Visitor,
    path: &str,
    fields: &[(&str, &str)],
) -> String {
    let page = visitor.get(server, SSO).await;
    let answer = visitor.submit(server, &page, path, fields).await;
    location(&answer).to_owned()
}

/// The form of the panel with another issuer.
const CHANGED: [(&str, &str); 3] = [
    ("enabled", "1"),
    ("sign_on_url", "https://idp.example/sso"),
    ("issuer", "https://new.example"),
];

on_each_database! {
    async fn changes_to_an_active_connection_become_a_draft(server) {
        let before = active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let same = [("enabled", "1"), ("sign_on_url", "https://idp.example/sso"), ("issuer", "https://idp.example/metadata")];
        assert_eq!(press(&server, &mut visitor, SSO, &same).await, format!("{SSO}?done=saved"));
        assert!(!visitor.get(&server, SSO).await.text.contains("id=\"draft\""), "nothing was changed");
        assert_eq!(press(&server, &mut visitor, SSO, &CHANGED).await, format!("{SSO}?done=draft-saved"));
        assert_eq!(connection(&server).await, before);
        let page = visitor.get(&server, SSO).await;
        for words in ["id=\"draft\"", "https://new.example", "https://idp.example/metadata", "These settings haven’t passed a test yet"] {
            shows(&page, words);
        }
        assert_eq!(press(&server, &mut visitor, &format!("{SSO}/discard"), &[]).await, format!("{SSO}?done=draft-discarded"));
        assert!(!visitor.get(&server, SSO).await.text.contains("https://new.example"));
        press(&server, &mut visitor, SSO, &CHANGED).await;
        assert_eq!(press(&server, &mut visitor, &format!("{SSO}/publish"), &[]).await, format!("{SSO}?done=draft-published"));
        assert_eq!(connection(&server).await["issuer"], "https://new.example");
        let page = visitor.get(&server, SSO).await;
        let nothing = visitor.submit(&server, &page, &format!("{SSO}/publish"), &[]).await;
        assert_eq!(nothing.status, StatusCode::CONFLICT);
    }

    async fn each_emptied_field_shows_an_error(server) {
        active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let page = visitor.get(&server, SSO).await;
        let emptied = [("enabled", "1"), ("sign_on_url", ""), ("issuer", "")];
        let refused = visitor.submit(&server, &page, SSO, &emptied).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.text.matches("This field is required.").count(), 2, "{}", refused.text);
        let wrong = [("enabled", "1"), ("sign_on_url", "idp.example/sso"), ("issuer", "https://idp.example"), ("certificate", "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----")];
        let refused = visitor.submit(&server, &page, SSO, &wrong).await;
        shows(&refused, "(without https:// or http://)");
        shows(&refused, ">Part of the certificate is missing. Copy all of it");
    }

    async fn disabling_and_activating_shows_who_is_affected(server) {
        active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let off = [("sign_on_url", "https://idp.example/sso"), ("issuer", "https://idp.example/metadata")];
        let asked = press(&server, &mut visitor, SSO, &off).await;
        assert_eq!(asked, format!("{SSO}/disable"));
        assert_eq!(connection(&server).await["state"], "active");
        let page = visitor.get(&server, &asked).await;
        shows(&page, "acme.example to this identity provider");
        let done = visitor.submit(&server, &page, &asked, &[]).await;
        assert_eq!(location(&done), format!("{SSO}?done=disabled"));
        assert_eq!(connection(&server).await["state"], "disabled");
        press(&server, &mut visitor, SSO, &CHANGED[1..]).await;
        let asked = press(&server, &mut visitor, SSO, &CHANGED).await;
        assert_eq!(asked, format!("{SSO}/activate"));
        let page = visitor.get(&server, &asked).await;
        for words in ["1 member will be able to sign in", "an email address at acme.example", "These settings haven’t passed a test yet", "name=\"publish\""] {
            shows(&page, words);
        }
        let done = visitor.submit(&server, &page, &asked, &[("publish", "1")]).await;
        assert_eq!(location(&done), format!("{SSO}?done=activated"));
        let there = connection(&server).await;
        assert_eq!((&there["state"], &there["issuer"]), (&json!("active"), &json!("https://new.example")));
    }

    async fn a_version_is_restored_after_a_preview_of_the_changes(server) {
        active_acme(&server).await;
        let mut visitor = ada(&server).await;
        press(&server, &mut visitor, SSO, &CHANGED).await;
        press(&server, &mut visitor, &format!("{SSO}/publish"), &[]).await;
        let versions = format!("{SSO}/versions");
        let page = visitor.get(&server, &versions).await;
        for words in ["Current", "Ada", "API key", "/versions/1\""] {
            shows(&page, words);
        }
        let one = format!("{versions}/1");
        let page = visitor.get(&server, &one).await;
        for words in ["Restore version 1", "https://new.example", "https://idp.example/metadata"] {
            shows(&page, words);
        }
        let done = visitor.submit(&server, &page, &one, &[]).await;
        assert_eq!(location(&done), format!("{SSO}?done=version-restored"));
        assert_eq!(connection(&server).await["issuer"], "https://idp.example/metadata");
        for unknown in ["9", "x", "-1"] {
            let path = format!("{versions}/{unknown}");
            assert_eq!(visitor.get(&server, &path).await.status, StatusCode::NOT_FOUND, "{unknown}");
            assert_eq!(visitor.submit(&server, &page, &path, &[]).await.status, StatusCode::NOT_FOUND, "{unknown}");
        }
    }

    async fn changes_made_after_the_page_was_loaded_are_not_published(server) {
        let before = active_acme(&server).await;
        let draft = format!("/organizations/acme/connections/{}/draft", before["id"].as_str().unwrap());
        let mut visitor = ada(&server).await;
        press(&server, &mut visitor, SSO, &CHANGED).await;
        let panel = visitor.get(&server, SSO).await;
        let concurrent = json!({"issuer": "https://evil.example", "certificates": [key_file("ec-p256.crt")]});
        server.patch(&draft, concurrent).await;
        let publish = format!("{SSO}/publish");
        for path in [&publish, &format!("{SSO}/discard")] {
            let refused = visitor.submit(&server, &panel, path, &[]).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
            shows(&refused, "Review the latest version");
        }
        let refused = visitor.get(&server, SSO).await;
        assert_eq!(connection(&server).await, before);
        // The response shows the current settings, so the user can decide again.
        shows(&refused, "https://evil.example");
        let done = visitor.submit(&server, &refused, &publish, &[]).await;
        assert_eq!(location(&done), format!("{SSO}?done=draft-published"));
        // A version is not restored over changes that the user has not seen either.
        let one = format!("{SSO}/versions/1");
        let page = visitor.get(&server, &one).await;
        server.patch(&draft, json!({"issuer": "https://third.example"})).await;
        server.post(&format!("{draft}/publish"), Value::Null).await;
        let refused = visitor.submit(&server, &page, &one, &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        shows(&refused, "Review the latest version");
        assert_eq!(connection(&server).await["issuer"], "https://third.example");
    }

    async fn changes_made_after_the_page_was_loaded_are_not_overwritten(server) {
        active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let roles = format!("{SSO}/role-mapping");
        let (panel, rules) = (visitor.get(&server, SSO).await, visitor.get(&server, &roles).await);
        assert_eq!(press(&server, &mut visitor, SSO, &CHANGED).await, format!("{SSO}?done=draft-saved"));
        let old = [("enabled", "1"), ("sign_on_url", "https://idp.example/sso"), ("issuer", "https://idp.example/metadata")];
        let rule = [("default_role", "member"), ("group", "it"), ("role", "admin")];
        for (page, path, fields) in [(&panel, SSO, &old), (&rules, roles.as_str(), &rule)] {
            let refused = visitor.submit(&server, page, path, fields).await;
            assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
            shows(&refused, "Review the latest version");
            let shown = visitor.get(&server, SSO).await;
            shows(&shown, "https://new.example");
        }
        let id = connection(&server).await["id"].as_str().unwrap().to_owned();
        let draft = server.get(&format!("/organizations/acme/connections/{id}/draft")).await.json();
        assert_eq!(draft["role_rules"], json!([]));
    }

    async fn changes_made_after_the_page_was_loaded_are_not_activated(server) {
        let made = acme(&server).await;
        let draft = format!("/organizations/acme/connections/{}/draft", made["id"].as_str().unwrap());
        let mut visitor = ada(&server).await;
        let activate = format!("{SSO}/activate");
        let page = visitor.get(&server, &activate).await;
        server.patch(&draft, json!({"issuer": "https://evil.example"})).await;
        let refused = visitor.submit(&server, &page, &activate, &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        shows(&refused, "Review the latest version");
        assert_eq!(connection(&server).await["state"], "draft");
        // The last step of the guided setup behaves the same way.
        let step = format!("{SSO}/{}/setup/activate", made["id"].as_str().unwrap());
        let page = visitor.get(&server, &step).await;
        server.patch(&draft, json!({"issuer": "https://third.example"})).await;
        let refused = visitor.submit(&server, &page, &step, &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        shows(&refused, "Review the latest version");
        assert_eq!(connection(&server).await["state"], "draft");
        // A form without the revision is rejected.
        let token = [("csrf", field(&page, "csrf").unwrap())];
        let blind = visitor.post(&server, &activate, &token, "same-origin").await;
        assert_eq!(blind.status, StatusCode::CONFLICT);
        let page = visitor.get(&server, &activate).await;
        visitor.submit(&server, &page, &activate, &[]).await;
        assert_eq!(connection(&server).await["state"], "active");
    }

    async fn role_rules_assign_roles_and_admin_cannot_be_the_default(server) {
        active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let roles = format!("{SSO}/role-mapping");
        let fields = [("default_role", "member"), ("group", "it-admins"), ("role", "admin"), ("group", " "), ("role", "member")];
        assert_eq!(press(&server, &mut visitor, &roles, &fields).await, format!("{SSO}?done=draft-saved"));
        let page = visitor.get(&server, &roles).await;
        shows(&page, "value=\"it-admins\"");
        // The default role and empty rows for rules.
        assert_eq!(page.text.matches("<option selected>member</option>").count(), 4, "{}", page.text);
        shows(&visitor.get(&server, SSO).await, "it-admins → admin");
        assert_eq!(press(&server, &mut visitor, &roles, &fields).await, format!("{SSO}?done=saved"));
        for (wrong, field) in [(("default_role", "admin"), "default_role"), (("role", "emperor"), "role_rules[0].role")] {
            let fields = [wrong, ("default_role", "member"), ("group", "it"), ("role", "admin")];
            let refused = visitor.submit(&server, &page, &roles, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            shows(&refused, field);
            shows(&refused, "value=\"it\"");
        }
    }

    async fn other_organizations_and_other_sites_cannot_change_a_connection(server) {
        let before = active_acme(&server).await;
        server.make("/organizations", json!({"name": "Other", "plan": "enterprise"})).await;
        server.make("/organizations/other/members", json!({"email": "eve@evil.example", "role": "admin"})).await;
        let mut eve = Visitor::with_account(&server, "eve@evil.example").await;
        let mut visitor = ada(&server).await;
        let page = eve.get(&server, "/console/organizations/other/team").await;
        for path in ["", "/publish", "/discard", "/activate", "/disable", "/role-mapping", "/versions/1"] {
            let path = format!("{SSO}{path}");
            assert_eq!(eve.submit(&server, &page, &path, &CHANGED).await.status, StatusCode::NOT_FOUND, "{path}");
            let forged = visitor.post(&server, &path, &CHANGED, "same-origin").await;
            assert_eq!(forged.status, StatusCode::FORBIDDEN, "{path}");
        }
        for path in ["", "/activate", "/disable", "/role-mapping", "/versions", "/versions/1"] {
            let path = format!("{SSO}{path}");
            assert_eq!(eve.get(&server, &path).await.status, StatusCode::NOT_FOUND, "{path}");
            let signed_out = Visitor::default().get(&server, &path).await;
            assert!(location(&signed_out).starts_with("/console/sign-in"), "{path}");
        }
        // Without a connection, the actions do not exist.
        for path in ["/activate", "/disable", "/role-mapping", "/versions"] {
            let path = format!("/console/organizations/other/sso{path}");
            assert_eq!(eve.get(&server, &path).await.status, StatusCode::CONFLICT, "{path}");
        }
        assert_eq!(connection(&server).await, before);
    }

    async fn without_the_plan_the_page_shows_the_sales_contact(server) {
        let mut server = server;
        server.make("/organizations", json!({"name": "Acme", "plan": "starter"})).await;
        server.make("/organizations/acme/members", json!({"email": "ada@acme.example", "role": "admin"})).await;
        let mut visitor = ada(&server).await;
        let page = visitor.get(&server, SSO).await;
        shows(&page, "on the enterprise plan");
        assert!(!page.text.contains("Contact sales"), "no contact is configured");
        server.sell_by("sales@example.com");
        let page = visitor.get(&server, SSO).await;
        shows(&page, "href=\"mailto:sales@example.com\"");
        shows(&page, "Contact sales");
        assert!(!page.text.contains("name=\"issuer\""), "{}", page.text);
    }
}
