//! What the log says about a sign-in.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use test_support::{ADA, SsoFixture};
use testkit::identity_provider::IdpBehavior;

/// The lines of the log, as JSON.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Takes the log lines of this thread until the guard is dropped.
    fn capture(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.clone();
        let lines = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .with_writer(move || log.clone());
        tracing::subscriber::set_default(lines.finish())
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The line of the last request of this route.
    fn request(&self, route: &str) -> Value {
        let text = self.text();
        let mut lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        let of_route = |line: &Value| line["message"] == "answered" && line["route"] == route;
        lines.rfind(of_route).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_lines_of_a_sign_in_have_its_ids_and_nothing_about_the_person() {
    let log = Log::default();
    let _guard = log.capture();
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let attempt = sso.attempts().await.remove(0);
    let mut authorize = log.request("/authorize");
    let mut acs = log.request("/saml/{connection}/acs");
    for line in [&mut authorize, &mut acs] {
        assert!(line["span"]["id"].take().is_string());
    }
    let sign_in = json!({
        "name": "request",
        "id": null,
        "organization": sso.organization.as_str(),
        "connection": sso.connection.as_str(),
    });
    assert_eq!(authorize["span"], sign_in);
    let mut finished = sign_in;
    finished["attempt"] = attempt.id.as_str().into();
    assert_eq!(acs["span"], finished);
    let text = log.text().to_lowercase();
    for personal in ["ada", "lovelace", "acme.example"] {
        assert!(!text.contains(personal), "{text}");
    }
}

#[tokio::test]
async fn the_log_line_of_a_rejected_sign_in_has_its_attempt() {
    let log = Log::default();
    let _guard = log.capture();
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    sso.attempt_sign_in(&mut browser, ADA, IdpBehavior::Expired)
        .await;
    let attempt = sso.attempts().await.remove(0);
    let line = log.request("/saml/{connection}/acs");
    assert_eq!(line["span"]["attempt"], attempt.id.as_str());
    assert_eq!(line["span"]["connection"], sso.connection.as_str());
}
