//! The page with the members of an organization.

use axum::http::StatusCode;
use serde_json::json;

use crate::database::on_each_database;
use crate::visitor::Visitor;

on_each_database! {
    async fn members_are_searched_by_name_or_email(server) {
        server.make("/organizations", json!({"name": "Acme"})).await;
        for (name, email) in [("Ada Lovelace", "ada@acme.example"), ("Grace Hopper", "grace@acme.example")] {
            server.make("/organizations/acme/members", json!({"name": name, "email": email})).await;
        }
        let mut operator = Visitor::operator(&server).await;
        for (sought, is_ada, is_grace) in [("", true, true), ("LOVE", true, false), ("grace%40", false, true), ("%25", false, false)] {
            let path = format!("/console/organizations/acme/team?q={sought}");
            let page = operator.get(&server, &path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(page.text.contains("ada@acme.example"), is_ada, "{sought}: {}", page.text);
            assert_eq!(page.text.contains("Grace Hopper"), is_grace, "{sought}: {}", page.text);
        }
        let page = operator.get(&server, "/console/organizations/acme/team?q=%3Cb%3E").await;
        assert!(page.text.contains("value=\"&#60;b&#62;\"") && !page.text.contains("<b>"), "{}", page.text);
    }

    async fn without_email_only_operators_see_the_link_of_an_invitation(server) {
        let mut server = server;
        server.make("/organizations", json!({"name": "Acme"})).await;
        server.make("/organizations/acme/members", json!({"email": "ada@acme.example", "role": "admin"})).await;
        server.stop_mail();
        let mut ada = Visitor::with_account(&server, "ada@acme.example").await;
        let mut operator = Visitor::operator(&server).await;
        let team = "/console/organizations/acme/team";
        // An admin can enter any email address, and the link would sign in to all organizations of that user.
        for (inviter, email, sees) in [(&mut ada, "boss@vendor.example", false), (&mut operator, "grace@acme.example", true)] {
            let page = inviter.get(&server, team).await;
            let invited = inviter.submit(&server, &page, team, &[("email", email), ("role", "admin")]).await;
            assert!(invited.text.contains(&format!("{email} has been invited")), "{}", invited.text);
            assert_eq!(invited.text.contains("/console/sign-in/link/"), sees, "{}", invited.text);
            assert_eq!(invited.text.contains("Ask its operator to create a console link"), !sees, "{}", invited.text);
        }
    }

    async fn roles_come_from_the_configuration(server) {
        server.make("/organizations", json!({"name": "Acme"})).await;
        let refused = server.post("/organizations/acme/members", json!({"email": "ada@acme.example", "role": "auditor"})).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let problem = refused.problem().1;
        assert_eq!((problem[0].0.as_str(), problem[0].1.as_str()), ("role", "one of admin, member"));
        let page = Visitor::operator(&server).await.get(&server, "/console/organizations/acme/team").await;
        assert!(page.text.contains("<option>admin</option><option selected>member</option>"), "{}", page.text);
    }
}
