//! The pages of the audit log.

use insta::assert_snapshot;
use test_support::{Engine, TestServer};

use super::organization::{create_acme_with_ada, member_id};

#[tokio::test]
async fn an_entry_names_the_action_and_what_it_changed() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut ada = create_acme_with_ada(&server).await;
    let id = member_id(&server, "ada@acme.example").await;
    let domains = "/console/organizations/acme/domains";
    let page = ada.get(domains).await;
    ada.submit(&page, domains, &[("domain", "acme.example")])
        .await;
    let exempt = "/console/organizations/acme/sso-enforcement/exempt";
    ada.submit(&page, exempt, &[("member", &id)]).await;
    let page = ada.get("/console/organizations/acme/audit-log").await;
    let rows = page.text.split("<strong>").skip(1);
    let mut changes: Vec<String> = rows
        .filter_map(|row| row.lines().next())
        .map(|line| line.replace("</strong>", ":"))
        .collect();
    changes.sort();
    assert_snapshot!(changes.join("\n"), @"
    Domain added: acme.example
    Member added: ada@acme.example
    Member exempted from SSO enforcement: ada@acme.example
    Organization created: Acme
    ");
    // Programs and the API name the action by its code.
    assert!(
        page.text
            .contains("<code>member.sso_exemption_granted</code>")
    );
}
