//! The page with the members of an organization.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestServer, each_database};

#[apply(each_database)]
async fn members_are_searched_by_name_or_email(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    for (name, email) in [
        ("Ada Lovelace", "ada@acme.example"),
        ("Grace Hopper", "grace@acme.example"),
    ] {
        server
            .api
            .create(
                "/organizations/acme/members",
                json!({"name": name, "email": email}),
            )
            .await;
    }
    let mut operator = server.operator_browser("op@example.com").await;
    for (sought, is_ada, is_grace) in [
        ("", true, true),
        ("LOVE", true, false),
        ("grace%40", false, true),
        ("%25", false, false),
    ] {
        let path = format!("/console/organizations/acme/team?q={sought}");
        let page = operator.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(
            page.text.contains("ada@acme.example"),
            is_ada,
            "{sought}: {}",
            page.text
        );
        assert_eq!(
            page.text.contains("Grace Hopper"),
            is_grace,
            "{sought}: {}",
            page.text
        );
    }
    let page = operator
        .get("/console/organizations/acme/team?q=%3Cb%3E")
        .await;
    assert!(
        page.text.contains("value=\"&#60;b&#62;\"") && !page.text.contains("<b>"),
        "{}",
        page.text
    );
}

#[apply(each_database)]
async fn without_email_only_operators_see_the_link_of_an_invitation(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut server = server;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    server
        .api
        .create(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example", "role": "admin"}),
        )
        .await;
    server.disable_mail();
    let mut ada = server.account_browser("ada@acme.example").await;
    let mut operator = server.operator_browser("op@example.com").await;
    let team = "/console/organizations/acme/team";
    // An admin can enter any email address, and the link would sign in to all organizations of that user.
    for (inviter, email, sees) in [
        (&mut ada, "boss@vendor.example", false),
        (&mut operator, "grace@acme.example", true),
    ] {
        let page = inviter.get(team).await;
        let invited = inviter
            .submit(&page, team, &[("email", email), ("role", "admin")])
            .await;
        assert!(
            invited.text.contains(&format!("{email} has been invited")),
            "{}",
            invited.text
        );
        assert_eq!(
            invited.text.contains("/console/link/"),
            sees,
            "{}",
            invited.text
        );
        assert_eq!(
            invited
                .text
                .contains("Ask its operator to create a console link"),
            !sees,
            "{}",
            invited.text
        );
    }
}

#[apply(each_database)]
async fn roles_come_from_the_configuration(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server
        .api
        .create("/organizations", json!({"name": "Acme"}))
        .await;
    let refused = server
        .api
        .post(
            "/organizations/acme/members",
            json!({"email": "ada@acme.example", "role": "auditor"}),
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = refused.problem().errors;
    assert_eq!(
        (problem[0].field.as_str(), problem[0].expected.as_str()),
        ("role", "one of admin, member")
    );
    let page = server
        .operator_browser("op@example.com")
        .await
        .get("/console/organizations/acme/team")
        .await;
    assert!(
        page.text
            .contains("<option>admin</option><option selected>member</option>"),
        "{}",
        page.text
    );
}
