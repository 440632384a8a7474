//! The API explains sign-in attempts as the console does.

use axum::body::Body;
use axum::http::{Method, Request};
use insta::assert_snapshot;
use rstest::rstest;
use serde_json::{Value, json};
use service::sign_in::error::Code;
use store::{
    Attempt, AttemptId, AttemptKind, AttemptOutcome, ConnectionId, OrganizationId, StoreError,
};
use test_support::{Engine, START, TestResponse, TestServer, at};

use crate::objects::{create_connection, create_organization, id};

const ATTEMPTS: &str = "/organizations/acme/sign-in-attempts";
const API_DOCUMENTATION: &str = include_str!("../../../../../docs/api.md");

/// A server with the organization `acme`, which has one connection to Okta.
struct Fixture {
    server: TestServer,
    organization: OrganizationId,
    connection: ConnectionId,
}

impl Fixture {
    async fn new() -> Self {
        let server = TestServer::start(Engine::Sqlite).await;
        let acme = create_organization(&server, "Acme", "starter").await;
        let connection = create_connection(&server, "acme", &[("provider", json!("okta"))]).await;
        Self {
            organization: OrganizationId::parse(id(&acme)).unwrap(),
            connection: ConnectionId::parse(id(&connection)).unwrap(),
            server,
        }
    }

    /// Stores an attempt with this error code, or a successful one.
    async fn add_attempt(&self, number: u8, code: Option<&str>, checks: &Value) -> AttemptId {
        let outcome = match code {
            Some(_) => AttemptOutcome::Rejected,
            None => AttemptOutcome::Accepted,
        };
        let attempt = Attempt {
            id: AttemptId::from_random([number; 16]),
            organization: self.organization.clone(),
            connection: self.connection.clone(),
            pending_sign_in: None,
            started_at: at(START),
            finished_at: Some(at(START)),
            outcome: Some(outcome),
            code: code.map(str::to_owned),
            member: None,
            checks: checks.to_string(),
            kind: AttemptKind::SignIn,
            test_result: None,
            test_result_until: None,
            tested_by: None,
            user: None,
        };
        let id = attempt.id.clone();
        let written = self.server.app.store.write(async move |tx| {
            let mut scope = tx.organization(&attempt.organization);
            scope.add_attempt(&attempt).await?;
            Ok::<_, StoreError>(())
        });
        written.await.unwrap();
        id
    }

    async fn show(&self, attempt: &AttemptId) -> Value {
        let path = format!("{ATTEMPTS}/{attempt}");
        self.server.api.get(&path).await.json()
    }
}

/// A check as a sign-in stores it.
fn check(name: &str, outcome: &str, code: Option<&str>) -> Value {
    json!({"name": name, "title": "A check", "outcome": outcome, "expected": null, "received": null, "code": code, "detail": null})
}

/// The explanations of an attempt, without the fields that every attempt has.
fn explanations(attempt: &Value) -> String {
    let fields = ["diagnosis", "failed_checks", "warnings", "is_decrypted"];
    let shown: serde_json::Map<String, Value> = fields
        .into_iter()
        .map(|field| (field.to_owned(), attempt[field].clone()))
        .collect();
    serde_json::to_string_pretty(&shown).unwrap()
}

#[tokio::test]
async fn a_sign_in_that_succeeded_has_no_diagnosis() {
    let fixture = Fixture::new().await;
    let checks = json!([check("xml", "passed", None)]);
    let id = fixture.add_attempt(1, None, &checks).await;
    assert_snapshot!(explanations(&fixture.show(&id).await), @r#"
    {
      "diagnosis": null,
      "failed_checks": [],
      "is_decrypted": false,
      "warnings": []
    }
    "#);
}

#[tokio::test]
async fn a_warning_of_a_sign_in_that_succeeded_is_explained() {
    let fixture = Fixture::new().await;
    let mut warning = check("groups-left-out", "warning", None);
    warning["received"] = json!("1001 groups");
    warning["expected"] = json!("at most 100");
    let checks = json!([check("xml", "passed", None), warning]);
    let id = fixture.add_attempt(1, None, &checks).await;
    assert_snapshot!(explanations(&fixture.show(&id).await), @r#"
    {
      "diagnosis": null,
      "failed_checks": [],
      "is_decrypted": false,
      "warnings": [
        {
          "detail": null,
          "diagnosis": null,
          "difference": null,
          "expected": "at most 100",
          "explanation": "Role rules saw every group. The application receives those that a role rule names, then the first in alphabetical order. The operator can raise the limit (token_groups_limit), or you send fewer groups.",
          "name": "groups-left-out",
          "received": "1001 groups",
          "title": "Groups left out of tokens"
        }
      ]
    }
    "#);
}

/// An attempt that failed because two values differ that look alike.
async fn attempt_with_compared_values(fixture: &Fixture) -> Value {
    let mut audience = check("audience", "failed", Some("audience-mismatch"));
    audience["expected"] = json!("https://auth.example.com/saml");
    audience["received"] = json!("http://auth.example.com/saml/");
    audience["detail"] = json!("the response is for another service provider");
    let checks = json!([audience]);
    let id = fixture
        .add_attempt(1, Some("audience-mismatch"), &checks)
        .await;
    fixture.show(&id).await
}

#[tokio::test]
async fn a_failure_has_its_causes_with_the_labels_of_the_product() {
    let fixture = Fixture::new().await;
    let attempt = attempt_with_compared_values(&fixture).await;
    let diagnosis = &attempt["diagnosis"];
    assert_eq!(diagnosis, &attempt["failed_checks"][0]["diagnosis"]);
    let cause = &diagnosis["causes"][0];
    for documented in [&diagnosis["summary"], &cause["cause"], &cause["fix"]] {
        let documented = documented.as_str().unwrap();
        assert!(API_DOCUMENTATION.contains(documented), "{documented}");
    }
    let shown = serde_json::to_string_pretty(diagnosis).unwrap();
    let shown = shown.replace(fixture.connection.as_str(), "con_…");
    assert_snapshot!(shown, @r#"
    {
      "causes": [
        {
          "cause": "Audience URI (SP Entity ID) at Okta isn’t our entity ID.",
          "fix": "Copy the expected value to Audience URI (SP Entity ID) exactly as shown."
        },
        {
          "cause": "The response was issued for a different application of the same identity provider.",
          "fix": "Make sure that Single sign-on URL of the other application isn’t this connection’s ACS URL."
        }
      ],
      "code": "audience-mismatch",
      "documentation_url": "https://auth.example.com/console/error-codes/audience-mismatch",
      "settings_url": "https://auth.example.com/console/organizations/acme/sso/con_…/advanced#entity_id",
      "summary": "The assertion was issued for a different service provider (Audience)."
    }
    "#);
}

#[tokio::test]
async fn compared_values_are_shown_with_their_difference() {
    let fixture = Fixture::new().await;
    let mut attempt = attempt_with_compared_values(&fixture).await;
    let failed = &mut attempt["failed_checks"][0];
    failed["diagnosis"].take();
    assert_snapshot!(serde_json::to_string_pretty(failed).unwrap(), @r#"
    {
      "detail": "The response is for another service provider.",
      "diagnosis": null,
      "difference": {
        "expected": [
          {
            "is_different": false,
            "text": "http"
          },
          {
            "is_different": true,
            "text": "s"
          },
          {
            "is_different": false,
            "text": "://auth.example.com/saml"
          }
        ],
        "kinds": [
          "scheme",
          "slash"
        ],
        "received": [
          {
            "is_different": false,
            "text": "http://auth.example.com/saml"
          },
          {
            "is_different": true,
            "text": "/"
          }
        ],
        "text": "The values differ only in: http and https, a slash at the end."
      },
      "expected": "https://auth.example.com/saml",
      "explanation": null,
      "name": "audience",
      "received": "http://auth.example.com/saml/",
      "title": "Audience"
    }
    "#);
}

#[tokio::test]
async fn a_status_of_the_identity_provider_is_explained() {
    let fixture = Fixture::new().await;
    let mut status = check("status", "failed", Some("idp-error-status"));
    status["received"] = json!(
        "urn:oasis:names:tc:SAML:2.0:status:Responder / urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"
    );
    status["detail"] = json!("the identity provider answered: canceled");
    let checks = json!([status]);
    let id = fixture
        .add_attempt(1, Some("idp-error-status"), &checks)
        .await;
    let attempt = fixture.show(&id).await;
    assert_snapshot!(serde_json::to_string_pretty(&attempt["diagnosis"]).unwrap(), @r#"
    {
      "causes": [
        {
          "cause": "The user couldn’t authenticate, or canceled (AuthnFailed).",
          "fix": "Try again. If all users are affected, check the sign-in policies of Okta."
        },
        {
          "cause": "Okta couldn’t process the request, for a reason other than the request itself (Responder).",
          "fix": "Check the log of the identity provider at the time of this sign-in attempt. Often the user isn’t assigned to the application, or a rule for the NameID is missing."
        },
        {
          "cause": "Okta couldn’t complete the request.",
          "fix": "Look up the reason in the log of Okta, at the time of this sign-in attempt."
        }
      ],
      "code": "idp-error-status",
      "documentation_url": "https://auth.example.com/console/error-codes/idp-error-status",
      "settings_url": null,
      "summary": "Okta returned an error instead of signing the user in."
    }
    "#);
}

#[rstest]
#[case::german(
    "de-AT, en;q=0.5",
    "de",
    "Die Assertion wurde für einen anderen Service Provider ausgestellt (Audience)."
)]
#[case::unavailable(
    "it",
    "en",
    "The assertion was issued for a different service provider (Audience)."
)]
#[tokio::test]
async fn explanations_are_in_the_language_of_the_request(
    #[case] accepted: &str,
    #[case] language: &str,
    #[case] summary: &str,
) {
    let fixture = Fixture::new().await;
    let id = fixture
        .add_attempt(1, Some("audience-mismatch"), &json!([]))
        .await;
    let path = format!("{ATTEMPTS}/{id}");
    let mut request: Request<Body> = fixture.server.api.request(Method::GET, &path, &Value::Null);
    let headers = request.headers_mut();
    headers.insert("accept-language", accepted.parse().unwrap());
    let response = fixture.server.api.send(request).await;
    assert_eq!(response.header("content-language"), language);
    assert_eq!(response.json()["diagnosis"]["summary"], summary);
}

/// For every code, the page shows exactly what the API says.
#[tokio::test]
async fn the_console_and_the_api_say_the_same_for_every_code() {
    let fixture = Fixture::new().await;
    let mut browser = fixture.server.operator_browser("op@example.com").await;
    for (number, code) in Code::ALL.iter().enumerate() {
        let mut failed = check("sign-in", "failed", Some(code.as_str()));
        failed["expected"] = json!("https://auth.example.com/saml");
        failed["received"] = json!("https://auth.example.com/saml/");
        failed["detail"] = json!("what the server found");
        let number = u8::try_from(number).unwrap();
        let checks = json!([failed]);
        let id = fixture
            .add_attempt(number, Some(code.as_str()), &checks)
            .await;
        let page = browser.get(&format!("/console{ATTEMPTS}/{id}")).await;
        assert_same(&page, &fixture.show(&id).await);
    }
}

fn assert_same(page: &TestResponse, attempt: &Value) {
    let text = page.visible_text();
    let diagnosis = &attempt["diagnosis"];
    assert_eq!(diagnosis["code"], attempt["code"]);
    assert_eq!(diagnosis, &attempt["failed_checks"][0]["diagnosis"]);
    let causes = diagnosis["causes"].as_array().unwrap();
    assert!(!causes.is_empty(), "{attempt}");
    let sentences = causes.iter().flat_map(|one| [&one["cause"], &one["fix"]]);
    let difference = &attempt["failed_checks"][0]["difference"]["text"];
    for sentence in sentences.chain([&diagnosis["summary"], difference]) {
        let sentence = sentence.as_str().map(|one| one.replace('`', ""));
        let is_shown = sentence.as_ref().is_none_or(|one| text.contains(one));
        assert!(is_shown, "{sentence:?} in {text}");
    }
    let list = page.text.split_once("<ol class=\"causes\">").unwrap().1;
    let shown = list.split_once("</ol>").unwrap().0.matches("<li>").count();
    assert_eq!(shown, causes.len(), "{attempt}");
    for link in ["settings_url", "documentation_url"] {
        let path = diagnosis[link].as_str().map(path_of);
        let is_shown = path.is_none_or(|path| page.text.contains(&format!("href=\"{path}\"")));
        assert!(is_shown, "{path:?} in {}", page.text);
    }
    let has_link = page
        .text
        .contains("<p class=\"buttons\"><a class=\"button\"");
    assert_eq!(has_link, diagnosis["settings_url"].is_string(), "{attempt}");
}

fn path_of(url: &str) -> &str {
    let at = url.find("/console").unwrap();
    &url[at..]
}
