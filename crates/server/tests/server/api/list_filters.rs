//! The filters of lists.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use store::{
    Attempt, AttemptId, AttemptKind, AttemptOrigin, AttemptOutcome, ConnectionId, CountedAttempt,
    OrganizationId, StoreError,
};
use test_support::{Engine, START, TestServer, at, each_database};

use super::start_with_acme;
use crate::objects::{add_member, create_organization, id, member_path};

/// For each query, the values of a field in the list that it gives.
async fn values_by_query(server: &TestServer, path: &str, field: &str, queries: &[&str]) -> String {
    let mut lines = Vec::new();
    for query in queries {
        let list = server.api.get(&format!("{path}?{query}")).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text);
        let list = list.json();
        let items = list["items"].as_array().unwrap();
        let values: Vec<String> = items.iter().map(|item| text(&item[field])).collect();
        lines.push(format!("{query}: {}", values.join(", ")));
    }
    lines.join("\n")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[apply(each_database)]
async fn organizations_are_filtered(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for (second, name, plan) in [
        (1, "Acme", "enterprise"),
        (2, "Acme 100%", "starter"),
        (3, "Globex", "starter"),
    ] {
        server.clock.set(START + second);
        create_organization(&server, name, plan).await;
    }
    let queries = [
        "search=ACME",
        "search=100%25",
        "search=lobe",
        "plan=starter",
        "plan=starter&search=acme",
        "sso=inactive",
        "sso=active",
        "sso=",
    ];
    let found = values_by_query(&server, "/organizations", "slug", &queries).await;
    assert_snapshot!(found, @"
    search=ACME: acme, acme-100
    search=100%25: acme-100
    search=lobe: globex
    plan=starter: acme-100, globex
    plan=starter&search=acme: acme-100
    sso=inactive: acme, acme-100, globex
    sso=active: 
    sso=: acme, acme-100, globex
    ");
    // The filter applies to the next page too.
    let first = server.api.get("/organizations?search=acme&limit=1").await;
    let next = text(&first.json()["next"]);
    let next = format!("/organizations?search=acme&limit=1&cursor={next}");
    let second = server.api.get(&next).await.json();
    assert_eq!(second["items"][0]["slug"], "acme-100");
    assert_eq!(second["next"], Value::Null);
}

#[apply(each_database)]
async fn members_are_filtered(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    add_member(&server, "acme", "ada@acme.example", "admin").await;
    server.clock.set(START + 1);
    let grace = add_member(&server, "acme", "grace@acme.example", "member").await;
    server.clock.set(START + 2);
    add_member(&server, "acme", "joe@other.example", "member").await;
    let deactivated = json!({ "deactivated": true });
    server
        .api
        .patch(&member_path("acme", &grace), deactivated)
        .await;
    let queries = [
        "search=ACME.",
        "role=member",
        "state=deactivated",
        "state=invited",
        "state=invited&role=member",
        "state=active",
    ];
    let members = "/organizations/acme/members";
    let found = values_by_query(&server, members, "email", &queries).await;
    assert_snapshot!(found, @"
    search=ACME.: ada@acme.example, grace@acme.example
    role=member: grace@acme.example, joe@other.example
    state=deactivated: grace@acme.example
    state=invited: ada@acme.example, joe@other.example
    state=invited&role=member: joe@other.example
    state=active: 
    ");
}

#[apply(each_database)]
async fn the_audit_log_is_filtered(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    add_member(&server, "acme", "ada@acme.example", "admin").await;
    let mut ada = server.account_browser("ada@acme.example").await;
    let domains = "/console/organizations/acme/domains";
    let page = ada.get(domains).await;
    ada.submit(&page, domains, &[("domain", "acme.example")])
        .await;
    let queries = [
        "action=member.added",
        "actor=ada@acme.example",
        "actor=ada@acme.example&action=member.added",
        "from=2026-11-24&to=2026-11-24&action=domain.added",
        "from=2026-11-25",
        "to=2026-11-23",
        "to=2026-11-24T09:00:00Z",
    ];
    let log = "/organizations/acme/audit-log";
    let found = values_by_query(&server, log, "action", &queries).await;
    assert_snapshot!(found, @"
    action=member.added: member.added
    actor=ada@acme.example: domain.added
    actor=ada@acme.example&action=member.added: 
    from=2026-11-24&to=2026-11-24&action=domain.added: domain.added
    from=2026-11-25: 
    to=2026-11-23: 
    to=2026-11-24T09:00:00Z: 
    ");
}

/// Stores the `n`th attempt, and counts it.
async fn add_attempt(server: &TestServer, organization: &Value, n: u8, code: Option<&str>) {
    let attempt = Attempt {
        id: AttemptId::from_random([n; 16]),
        organization: OrganizationId::parse(id(organization)).unwrap(),
        connection: ConnectionId::from_random([n; 16]),
        pending_sign_in: None,
        started_at: at(START + i64::from(n)),
        finished_at: None,
        outcome: Some(match code {
            Some(_) => AttemptOutcome::Rejected,
            None => AttemptOutcome::Accepted,
        }),
        code: code.map(str::to_owned),
        member: None,
        checks: "[]".to_owned(),
        kind: AttemptKind::SignIn,
        test_result: None,
        test_result_until: None,
        tested_by: None,
        user: None,
    };
    let counted = CountedAttempt {
        connection: ConnectionId::from_random([9; 16]),
        started_at: attempt.started_at,
        origin: AttemptOrigin::Verified,
        outcome: AttemptOutcome::Rejected,
        code: attempt.code.clone(),
    };
    let written = server.app.store.write(async move |tx| {
        let mut organization = tx.organization(&attempt.organization);
        organization.count_attempt(&counted, Some(1)).await?;
        organization.add_attempt(&attempt).await?;
        Ok::<_, StoreError>(())
    });
    written.await.unwrap();
}

#[apply(each_database)]
async fn attempts_are_filtered_and_those_not_recorded_are_counted(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let acme = create_organization(&server, "Acme", "enterprise").await;
    for (n, code) in [(1, None), (2, Some("expired")), (3, Some("replayed"))] {
        add_attempt(&server, &acme, n, code).await;
    }
    let second_connection = format!("connection={}", ConnectionId::from_random([2; 16]));
    let queries = [
        "outcome=accepted",
        "outcome=rejected",
        "code=expired",
        second_connection.as_str(),
        "from=2026-11-24T09:00:03Z",
        "to=2026-11-24T09:00:02Z",
        "user=unknown@acme.example",
    ];
    let attempts = "/organizations/acme/sign-in-attempts";
    let found = values_by_query(&server, attempts, "started_at", &queries).await;
    let found = found.replace(&second_connection, "connection=[con]");
    assert_snapshot!(found, @"
    outcome=accepted: 2026-11-24T09:00:01Z
    outcome=rejected: 2026-11-24T09:00:03Z, 2026-11-24T09:00:02Z
    code=expired: 2026-11-24T09:00:02Z
    connection=[con]: 2026-11-24T09:00:02Z
    from=2026-11-24T09:00:03Z: 2026-11-24T09:00:03Z
    to=2026-11-24T09:00:02Z: 2026-11-24T09:00:01Z
    user=unknown@acme.example: 
    ");
    let list = server.api.get(attempts).await.json();
    assert_eq!(list["unrecorded"], 2);
}

#[apply(each_database)]
async fn an_invalid_filter_is_rejected(#[case] engine: Engine) {
    let server = start_with_acme(engine).await;
    let mut lines = Vec::new();
    for path in [
        "/organizations?sso=x",
        "/organizations?name=acme",
        "/organizations/acme/members?state=x",
        "/organizations/acme/audit-log?from=today&to=2026-02-30",
        "/organizations/acme/sign-in-attempts?outcome=x&from=1",
        "/organizations/acme/sign-in-attempts?connection=acme",
        "/organizations/acme/sign-in-attempts?member=ada",
    ] {
        let response = server.api.get(path).await;
        assert_eq!(response.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let problem = response.json();
        for error in problem["errors"].as_array().unwrap() {
            let [field, expected, received] =
                ["field", "expected", "received"].map(|name| text(&error[name]));
            lines.push(format!("{field}: {expected}, not {received}"));
        }
    }
    assert_snapshot!(lines.join("\n"), @r#"
    sso: one of enforced, active, inactive, not "x"
    name: one of the parameters search, plan, sso, cursor, limit, not an unknown parameter
    state: one of active, invited, deactivated, not "x"
    from: a date such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z, not "today"
    to: a date such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z, not "2026-02-30"
    outcome: one of accepted, rejected, not "x"
    from: a date such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z, not "1"
    connection: the ID of a connection, not "acme"
    member: the ID of a member, not "ada"
    "#);
}
