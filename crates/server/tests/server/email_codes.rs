//! Codes by mail: who gets one, and what strangers cannot do about it.

use serde_json::json;

use crate::database::on_each_database;
use crate::harness::{Answer, Server};
use crate::visitor::{Visitor, location};

const SIGN_IN: &str = "/console/sign-in";

/// An administrator with this address.
async fn admin(server: &Server, email: &str) {
    let acme = json!({ "name": "Acme", "plan": "enterprise" });
    server.make("/organizations", acme).await;
    let member = json!({ "email": email, "role": "admin" });
    server.make("/organizations/acme/members", member).await;
}

/// Asks for a code in a browser that has never been here.
async fn ask(server: &Server, mut visitor: Visitor, email: &str) -> Answer {
    let page = visitor.get(server, SIGN_IN).await;
    visitor
        .submit(server, &page, SIGN_IN, &[("email", email)])
        .await
}

on_each_database! {
    async fn an_address_is_the_same_however_its_letters_are_written(server) {
        admin(&server, "Ünal@Acme.Example").await;
        for (sent, written) in ["ünal@acme.example", "ÜNAL@ACME.EXAMPLE", " Ünal@acme.example "].into_iter().enumerate() {
            assert!(location(&ask(&server, Visitor::default(), written).await).starts_with("/console/sign-in/code?id="));
            let mails = server.outbox.mails();
            assert_eq!((mails.len(), mails[sent].to.as_str()), (sent + 1, "ünal@acme.example"), "{written}");
        }
        let again = json!({ "email": "ÜNAL@acme.example" });
        assert_eq!(server.post("/organizations/acme/members", again).await.problem().0, "already-member");
    }
}
