//! The account page with the user's sessions.

use axum::http::StatusCode;
use serde_json::json;

use crate::database::on_each_database;
use crate::harness::{MORNING, at};
use crate::window::Window;

const ADA: &str = "ada@example.com";
const ACCOUNT: &str = "/console/account";

on_each_database! {
    async fn a_session_limited_to_one_organization_cannot_end_other_sessions(server) {
        let acme = server.make("/organizations", json!({"name": "Acme"})).await;
        let mut ordinary = Window::of_operator(&server, ADA).await;
        let mut restricted = Window::through(&server, ADA, &acme).await;
        let seen = ordinary.open(&server, ACCOUNT).await;
        // Control: an ordinary session shows both sessions and can end the other one.
        let (_, rest) = seen.text.split_once("/console/account/sessions/").expect("the other session can be ended");
        assert!(rest.contains("/end") && seen.text.contains(ADA), "{}", seen.text);
        let own = restricted.open(&server, ACCOUNT).await;
        assert_eq!(own.status, StatusCode::OK);
        assert!(!own.text.contains("/console/account/sessions/"), "{}", own.text);
        let mut tx = server.app.store.snapshot().await.unwrap();
        let person = tx.console_account(ADA).await.unwrap().unwrap().person;
        let sessions = tx.console_sessions_of(&person, at(MORNING), jiff::SignedDuration::from_hours(1)).await.unwrap();
        drop(tx);
        let ordinary_one = sessions.iter().find(|one| one.organization.is_none()).unwrap();
        let end = format!("{ACCOUNT}/sessions/{}/end", ordinary_one.id);
        assert_eq!(restricted.post(&server, &end, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(ordinary.open(&server, ACCOUNT).await.status, StatusCode::OK);
        let other = sessions.iter().find(|one| one.organization.is_some()).unwrap();
        let ended = ordinary.post(&server, &format!("{ACCOUNT}/sessions/{}/end", other.id), &[]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER);
    }
}
