//! Sign-in codes by email: who gets one, and how strangers are limited.

use axum::http::StatusCode;
use serde_json::json;

use crate::database::on_each_database;
use crate::harness::{Answer, MORNING, Server};
use crate::visitor::{Visitor, location};

const SIGN_IN: &str = "/console/sign-in";

/// Creates an admin with this email address.
async fn admin(server: &Server, email: &str) {
    let acme = json!({ "name": "Acme", "plan": "enterprise" });
    server.make("/organizations", acme).await;
    let member = json!({ "email": email, "role": "admin" });
    server.make("/organizations/acme/members", member).await;
}

/// Requests a code in a new browser.
async fn ask(server: &Server, mut visitor: Visitor, email: &str) -> Answer {
    let page = visitor.get(server, SIGN_IN).await;
    visitor
        .submit(server, &page, SIGN_IN, &[("email", email)])
        .await
}

on_each_database! {
    async fn email_addresses_are_case_insensitive(server) {
        admin(&server, "Ünal@Acme.Example").await;
        for (sent, written) in ["ünal@acme.example", "ÜNAL@ACME.EXAMPLE", " Ünal@acme.example "].into_iter().enumerate() {
            assert!(location(&ask(&server, Visitor::default(), written).await).starts_with("/console/sign-in/code?id="));
            let mails = server.outbox.mails();
            assert_eq!((mails.len(), mails[sent].to.as_str()), (sent + 1, "ünal@acme.example"), "{written}");
        }
        let again = json!({ "email": "ÜNAL@acme.example" });
        assert_eq!(server.post("/organizations/acme/members", again).await.problem().0, "already-member");
    }

    async fn a_stranger_can_delay_the_code_of_another_user_by_at_most_a_minute(server) {
        admin(&server, "ada@acme.example").await;
        let asked = async |visitor: Visitor| {
            let before = server.outbox.mails().len();
            let answer = ask(&server, visitor, "ada@acme.example").await;
            assert!(answer.status == StatusCode::SEE_OTHER || answer.text.contains("Too many codes requested"), "{}", answer.text);
            server.outbox.mails().len() - before
        };
        // A stranger requests codes for Ada, each time in a new browser.
        for _ in 0..5 {
            assert_eq!(asked(Visitor::elsewhere()).await, 1);
        }
        assert_eq!(asked(Visitor::elsewhere()).await, 0);
        assert_eq!(asked(Visitor::default()).await, 0, "no second code within a minute");
        server.clock.set(MORNING + 60);
        assert_eq!(asked(Visitor::elsewhere()).await, 0, "one client has had its share");
        assert_eq!(asked(Visitor::default()).await, 1, "Ada gets hers");
        // A request that is rejected because of the limit does not extend it.
        let owner = || Visitor::at([198, 51, 100, 7]);
        for _ in 0..6 {
            assert_eq!(asked(owner()).await, 0);
        }
        server.clock.set(MORNING + 120);
        assert_eq!(asked(owner()).await, 1);
        // Requests from many addresses still cause only one email per minute.
        assert_eq!(asked(Visitor::default()).await, 0);
        server.clock.set(MORNING + 179);
        assert_eq!(asked(Visitor::default()).await, 0);
        server.clock.set(MORNING + 180);
        assert_eq!(asked(Visitor::default()).await, 1);
    }
}
