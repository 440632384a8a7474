//! The page for SSO enforcement, exemptions and recovery codes.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use store::{ConnectionId, OrganizationId};
use testkit::identity_provider::IdpBehavior;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::database::on_each_database;
use crate::harness::{Answer, MORNING, Server, at, linger};
use crate::practice::{ADA, GRACE, active_acme, ada, answer};
use crate::visitor::{Visitor, location};

const PAGE: &str = "/console/organizations/acme/sso-enforcement";

fn shows(answer: &Answer, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

/// Signs in through the connection with the button of the page, and returns to the page.
async fn come_through(
    server: &Server,
    (visitor, connection): (&mut Visitor, &Value),
    person: &testkit::identity_provider::User,
) -> String {
    let page = visitor.get(server, PAGE).await;
    let sent_off = visitor
        .submit(server, &page, &format!("{PAGE}/sign-in"), &[])
        .await;
    let back = answer(
        server,
        (visitor, connection),
        &sent_off,
        (person, IdpBehavior::Valid),
    )
    .await;
    location(&visitor.get(server, &back).await).to_owned()
}

async fn member(server: &Server, email: &str) -> String {
    let members = server.get("/organizations/acme/members").await.json();
    let all = members["items"].as_array().unwrap();
    let one = all.iter().find(|one| one["email"] == email).unwrap();
    one["id"].as_str().unwrap().to_owned()
}

async fn is_required(server: &Server) -> bool {
    let shown = server.get("/organizations/acme").await.json();
    shown["sso_enforced"].as_bool().unwrap()
}

/// The codes that a page shows.
fn codes(page: &Answer) -> Vec<String> {
    let parts = page.text.split("<li><code>").skip(1);
    parts
        .map(|part| part.split('<').next().unwrap().to_owned())
        .collect()
}

/// Disables the connection in a transaction, signals that, and keeps it open for a while before the commit.
async fn switch_off(server: &Server, connection: &Value, switched: Arc<Notify>) {
    let id = |name: &str| connection[name].as_str().unwrap().to_owned();
    let organization = OrganizationId::parse(&id("organization")).unwrap();
    let connection = ConnectionId::parse(&id("id")).unwrap();
    let store = server.app.store.clone();
    let off = server.app.store.write(async move |tx| {
        let mut place = tx.organization(&organization);
        place.disable(&connection, at(MORNING)).await?;
        switched.notify_one();
        linger(tx, &store, &organization).await
    });
    off.await.unwrap();
}

on_each_database! {
    async fn sso_is_not_enforced_if_the_connection_is_disabled_concurrently(server) {
        let connection = active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let back = come_through(&server, (&mut visitor, &connection), ADA).await;
        let page = visitor.get(&server, &back).await;
        let switched = Arc::new(Notify::new());
        let press = async {
            switched.notified().await;
            visitor.submit(&server, &page, PAGE, &[("confirmed", "1")]).await
        };
        let ((), refused) = tokio::join!(switch_off(&server, &connection, Arc::clone(&switched)), press);
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
        assert!(!is_required(&server).await);
    }

    async fn enforcing_sso_requires_a_recent_sign_in_through_the_connection(server) {
        let connection = active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let page = visitor.get(&server, PAGE).await;
        shows(&page, "Sign in through the connection with your own account");
        shows(&page, "disabled");
        shows(&page, "no admin can regain access");
        let fields = [("confirmed", "1")];
        let refused = visitor.submit(&server, &page, PAGE, &fields).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        shows(&refused, "within the last 15 minutes");

        let other = come_through(&server, (&mut visitor, &connection), GRACE).await;
        assert_eq!(other, format!("{PAGE}?failed=other-person"));
        shows(&visitor.get(&server, &other).await, "but with another account");
        let back = come_through(&server, (&mut visitor, &connection), ADA).await;
        assert_eq!(back, format!("{PAGE}?done=signed-in-with-sso"));
        let page = visitor.get(&server, &back).await;
        shows(&page, "name=\"confirmed\"");
        let unread = visitor.submit(&server, &page, PAGE, &[]).await;
        assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(&unread, "Confirm that you understand who will be locked out");
        assert!(!is_required(&server).await);
        let done = visitor.submit(&server, &page, PAGE, &fields).await;
        assert!(is_required(&server).await);
        // The page confirms the change before the user has to sign in again.
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        for words in ["All members of Acme now have to sign in through your identity provider", "no longer gives access to Acme", "You have no recovery codes.", "select “Turn off SSO enforcement”", "/console/sign-in?next=/console/organizations/acme/sso\"", "/console/sign-in/recovery"] {
            shows(&done, words);
        }
        assert!(!done.text.contains("/sso-enforcement"), "{}", done.text);
        let again = visitor.submit(&server, &page, PAGE, &fields).await;
        assert!(location(&again).ends_with("&reason=sso-enforced"), "{}", location(&again));
        // Sign-in links no longer work, and sessions that started with one have ended.
        let barred = visitor.get(&server, PAGE).await;
        assert!(location(&barred).ends_with("&reason=sso-enforced"), "{}", location(&barred));
        let asked = visitor.get(&server, location(&barred)).await;
        shows(&asked, "This organization enforces SSO.");
        shows(&asked, &format!("type=\"email\" value=\"{}\"", ADA.email));
        assert_eq!(location(&visitor.get(&server, "/console").await), "/console/sign-in?reason=sso-enforced");
    }

    async fn after_fifteen_minutes_enforcing_sso_requires_another_sign_in(server) {
        let connection = active_acme(&server).await;
        let mut visitor = ada(&server).await;
        come_through(&server, (&mut visitor, &connection), ADA).await;
        server.clock.set(MORNING + 15 * 60 + 1);
        shows(&visitor.get(&server, PAGE).await, "Sign in with SSO");
    }

    async fn a_member_is_exempted_and_enforcement_is_turned_off(server) {
        let connection = active_acme(&server).await;
        server.make("/organizations/acme/members", json!({"email": "kim@elsewhere.example"})).await;
        let mut visitor = ada(&server).await;
        let page = visitor.get(&server, PAGE).await;
        for words in ["Impact preview", "1 member would be locked out", "kim@elsewhere.example", "isn’t in a verified domain", "At first sign-in"] {
            shows(&page, words);
        }
        let own = member(&server, "ada@acme.example").await;
        for (member, status) in [("mem_x", StatusCode::NOT_FOUND), ("", StatusCode::NOT_FOUND)] {
            let refused = visitor.submit(&server, &page, &format!("{PAGE}/exempt"), &[("member", member)]).await;
            assert_eq!(refused.status, status, "{member}");
        }
        let path = format!("{PAGE}/exempt");
        let done = visitor.submit(&server, &page, &path, &[("member", &own)]).await;
        assert_eq!(location(&done), format!("{PAGE}?done=exemption-granted"));
        shows(&visitor.get(&server, PAGE).await, "an admin can regain access");
        come_through(&server, (&mut visitor, &connection), ADA).await;
        let done = visitor.submit(&server, &page, PAGE, &[("confirmed", "1")]).await;
        assert_eq!(location(&done), format!("{PAGE}?done=sso-enforced"));
        assert!(is_required(&server).await);
        let page = visitor.get(&server, PAGE).await;
        shows(&page, "Enforced by Ada since <time datetime=\"2026-11-24T09:00:00Z\">24 Nov 2026, 09:00 UTC</time>.");
        for words in ["Affected members", "1 member is locked out."] {
            shows(&page, words);
        }
        assert!(!page.text.contains("would be locked out"), "{}", page.text);
        shows(&visitor.get(&server, "/console/organizations/acme/sso").await, "Turn off SSO enforcement");
        let withdrawn = [("member", own.as_str()), ("remove", "1")];
        let undone = visitor.submit(&server, &page, &format!("{PAGE}/disable"), &[]).await;
        assert_eq!(location(&undone), format!("{PAGE}?done=sso-not-enforced"));
        assert!(!is_required(&server).await);
        visitor.submit(&server, &page, &path, &withdrawn).await;
        shows(&visitor.get(&server, PAGE).await, "no admin can regain access");
    }

    async fn without_an_active_connection_or_the_plan_the_reason_is_shown(server) {
        let connection = active_acme(&server).await;
        let mut visitor = ada(&server).await;
        let panel = visitor.get(&server, "/console/organizations/acme/sso").await;
        shows(&panel, "Run a successful test with the current settings first.");
        let id = connection["id"].as_str().unwrap();
        server.post(&format!("/organizations/acme/connections/{id}/disable"), Value::Null).await;
        shows(&visitor.get(&server, "/console/organizations/acme/sso").await, "Activate the connection first.");
        let page = visitor.get(&server, PAGE).await;
        shows(&page, "There is no active connection yet");
        let refused = visitor.submit(&server, &page, PAGE, &[("confirmed", "1")]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        server.patch("/organizations/acme", json!({"plan": "starter"})).await;
        let refused = visitor.submit(&server, &page, PAGE, &[("confirmed", "1")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        shows(&refused, "Your plan doesn’t include");
        assert!(!is_required(&server).await);
    }

    async fn a_draft_must_be_published_before_enforcing_sso(server) {
        let connection = active_acme(&server).await;
        let id = connection["id"].as_str().unwrap();
        server.patch(&format!("/organizations/acme/connections/{id}/draft"), json!({"accept_cbc": true})).await;
        shows(&ada(&server).await.get(&server, PAGE).await, "The connection has unpublished changes");
    }

    async fn other_organizations_and_other_sites_cannot_change_enforcement(server) {
        active_acme(&server).await;
        server.make("/organizations", json!({"name": "Other", "plan": "enterprise"})).await;
        server.make("/organizations/other/members", json!({"email": "eve@evil.example", "role": "admin"})).await;
        let own = member(&server, "ada@acme.example").await;
        let mut eve = Visitor::with_account(&server, "eve@evil.example").await;
        let page = eve.get(&server, "/console/organizations/other/team").await;
        assert_eq!(eve.get(&server, PAGE).await.status, StatusCode::NOT_FOUND);
        let codes = format!("/console/organizations/acme/sso/recovery-codes/{own}");
        let foreign = codes.replace("/acme/", "/other/");
        for path in [PAGE, &format!("{PAGE}/disable"), &format!("{PAGE}/exempt"), &format!("{PAGE}/sign-in"), &codes] {
            let fields = [("member", own.as_str()), ("confirmed", "1")];
            assert_eq!(eve.submit(&server, &page, path, &fields).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(eve.submit(&server, &page, &foreign, &[]).await.status, StatusCode::FORBIDDEN);
        let mut visitor = ada(&server).await;
        for path in [PAGE, &format!("{PAGE}/disable"), &format!("{PAGE}/exempt"), &codes] {
            let refused = visitor.post(&server, path, &[("csrf", "x"), ("member", &own)], "same-origin").await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        }
    }

    async fn a_recovery_code_signs_in_its_owner_without_the_identity_provider(server) {
        let connection = active_acme(&server).await;
        server.make("/organizations", json!({"name": "Other", "plan": "enterprise"})).await;
        server.make("/organizations/other/members", json!({"email": "ada@acme.example", "role": "admin"})).await;
        let own = member(&server, "ada@acme.example").await;
        let mut visitor = ada(&server).await;
        let page = visitor.get(&server, PAGE).await;
        let path = format!("/console/organizations/acme/sso/recovery-codes/{own}");
        let shown = visitor.submit(&server, &page, &path, &[]).await;
        assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
        let codes = codes(&shown);
        assert_eq!(codes.len(), 10);
        shows(&shown, "download=\"recovery-codes-acme.txt\"");
        shows(&visitor.get(&server, PAGE).await, "10 left");
        come_through(&server, (&mut visitor, &connection), ADA).await;
        let done = visitor.submit(&server, &page, PAGE, &[("confirmed", "1")]).await;
        shows(&done, "use one of your recovery codes. You have 10 left.");
        assert!(is_required(&server).await);

        let mut locked_out = Visitor::default();
        shows(&locked_out.get(&server, "/console/sign-in").await, "/console/sign-in/recovery");
        let sign_in = "/console/sign-in/recovery";
        let page = locked_out.get(&server, sign_in).await;
        for (email, code) in [("ada@acme.example", "abcd-efgh-ijkm-npqr"), ("grace@acme.example", codes[0].as_str()), ("ada", codes[0].as_str())] {
            let refused = locked_out.submit(&server, &page, sign_in, &[("email", email), ("code", code)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            shows(&refused, &format!("value=\"{email}\""));
            assert!(!refused.text.contains(code), "a code travels no second time");
        }
        let fields = [("email", "Ada@acme.example"), ("code", codes[0].as_str())];
        let foreign = locked_out.post(&server, sign_in, &fields, "same-origin").await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
        let entered = locked_out.submit(&server, &page, sign_in, &fields).await;
        let inside = location(&entered).to_owned();
        assert!(inside.ends_with("/sso-enforcement"), "{inside}");
        let page = locked_out.get(&server, &inside).await;
        shows(&page, "9 left");
        shows(&locked_out.get(&server, "/console/account").await, "Recovery code");
        // Only to this organization.
        assert_eq!(locked_out.get(&server, "/console/organizations/other/team").await.status, StatusCode::NOT_FOUND);
        let undone = locked_out.submit(&server, &page, &format!("{PAGE}/disable"), &[]).await;
        assert_eq!(location(&undone), format!("{PAGE}?done=sso-not-enforced"));
        assert!(!is_required(&server).await);
        let mut again = Visitor::default();
        let page = again.get(&server, sign_in).await;
        let refused = again.submit(&server, &page, sign_in, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn guessing_codes_is_rate_limited(server) {
        let mut visitor = Visitor::elsewhere();
        let page = Arc::new(visitor.get(&server, "/console/sign-in/recovery").await);
        let server = Arc::new(server);
        let mut tries = JoinSet::new();
        for _ in 0..40 {
            let (server, page, mut visitor) = (Arc::clone(&server), Arc::clone(&page), visitor.clone());
            tries.spawn(async move {
                let fields = [("email", "ada@acme.example"), ("code", "aaaa-aaaa-aaaa-aaaa")];
                visitor.submit(&server, &page, "/console/sign-in/recovery", &fields).await
            });
        }
        let answers = tries.join_all().await;
        let slowed = answers.iter().find(|one| one.status == StatusCode::TOO_MANY_REQUESTS);
        shows(slowed.unwrap(), "Too many attempts");
        assert!(answers.iter().any(|one| one.status == StatusCode::UNPROCESSABLE_ENTITY));
    }
}
