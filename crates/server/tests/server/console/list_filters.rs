//! The filters of the lists on pages work without JavaScript, and the next page keeps them.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestServer, each_database};

use crate::objects::{add_member, create_organization};

const ACME: &str = "/console/organizations/acme";

#[apply(each_database)]
async fn organizations_are_filtered_and_the_next_page_keeps_the_filter(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Globex", "enterprise").await;
    for n in 0..51 {
        create_organization(&server, &format!("Acme {n}"), "starter").await;
    }
    let mut operator = server.operator_browser("op@example.com").await;
    let list = "/console/organizations";
    let found = operator.get(&format!("{list}?q=LOB&sso=inactive")).await;
    assert!(found.text.contains(">Globex</a>"));
    assert!(!found.text.contains(">Acme 1</a>"));
    assert!(found.text.contains("value=\"LOB\""));
    let first = operator.get(&format!("{list}?plan=starter")).await;
    assert!(!first.text.contains(">Globex</a>"));
    let next = first.text.split("after=").nth(1).unwrap();
    let next = next.split('"').next().unwrap();
    assert!(
        first.text.contains("organizations?plan=starter&#38;after="),
        "{}",
        first.text
    );
    let second = operator
        .get(&format!("{list}?plan=starter&after={next}"))
        .await;
    assert_eq!(second.text.matches("<th scope=\"row\">").count(), 1);
    let none = operator.get(&format!("{list}?q=unknown")).await;
    assert!(none.text.contains("No organizations match."));
}

#[apply(each_database)]
async fn members_are_filtered_by_role_and_status(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    add_member(&server, "acme", "ada@acme.example", "admin").await;
    add_member(&server, "acme", "grace@acme.example", "member").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let admins = operator
        .get(&format!("{ACME}/team?role=admin&state=invited"))
        .await;
    assert!(admins.text.contains("ada@acme.example"));
    assert!(!admins.text.contains("grace@acme.example"));
    let active = operator.get(&format!("{ACME}/team?state=active")).await;
    assert!(active.text.contains("No members match."));
}

#[apply(each_database)]
async fn the_audit_log_is_filtered_by_action_and_time(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    add_member(&server, "acme", "ada@acme.example", "admin").await;
    let mut operator = server.operator_browser("op@example.com").await;
    for log in ["/console/audit-log".to_owned(), format!("{ACME}/audit-log")] {
        let added = operator.get(&format!("{log}?action=member.added")).await;
        assert!(added.text.contains("<strong>Member added</strong>"));
        assert!(!added.text.contains("<strong>Organization created</strong>"));
        let later = operator.get(&format!("{log}?from=2030-01-01")).await;
        assert!(later.text.contains("No changes match."));
        let invalid = operator.get(&format!("{log}?to=2026-02-30")).await;
        assert_eq!(invalid.status, StatusCode::OK);
        assert!(invalid.text.contains("Enter a date like 2026-01-31."));
    }
}

#[apply(each_database)]
async fn an_unknown_connection_in_the_filter_of_attempts_is_an_error(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_organization(&server, "Acme", "enterprise").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let attempts = format!("{ACME}/sign-in-attempts");
    let found = operator.get(&format!("{attempts}?code=expired")).await;
    assert!(found.text.contains("No sign-in attempts match."));
    let invalid = operator.get(&format!("{attempts}?connection=x")).await;
    let error = "This organization has no such connection.";
    assert!(invalid.text.contains(error), "{}", invalid.text);
}
