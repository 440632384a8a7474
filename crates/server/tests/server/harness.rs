//! A server in this process, without a network, with a stopped clock.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use config::{Config, Contact};
use runtime::app::App;
use runtime::clock::Clock;
use runtime::dns::{Dns, Records};
use runtime::mail::{Mailer, Outbox};
use runtime::seal::Seal;
use serde_json::Value;
use service::{Actor, api_key};
use store::{OrganizationId, Store, StoreError, Tx};
use tower::ServiceExt as _;
use vestibule::router::router;

use crate::database::Database;

/// The time at the start of each scenario: 2026-11-24T09:00:00Z.
pub(crate) const MORNING: i64 = 1_795_510_800;

pub(crate) fn at(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(seconds).unwrap()
}

pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) routes: Router,
    pub(crate) key: String,
    pub(crate) outbox: Outbox,
    /// The DNS records.
    pub(crate) records: Records,
    /// The URL of the database.
    pub(crate) database: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON. `null` if it is empty.
    pub(crate) fn json(&self) -> Value {
        if self.text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&self.text).unwrap()
        }
    }

    /// The code of the problem, and field, expected and received value of each error.
    pub(crate) fn problem(&self) -> (String, Vec<(String, String, String)>) {
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json",
            "{}",
            self.text
        );
        let body = self.json();
        assert_eq!(body["status"], self.status.as_u16());
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let field = |error: &Value| {
            (
                text(&error["field"]),
                text(&error["expected"]),
                text(&error["received"]),
            )
        };
        (text(&body["code"]), errors.iter().map(field).collect())
    }
}

impl Server {
    async fn start(database: &Database) -> Self {
        let settings = [
            ("VESTIBULE_PUBLIC_URL", "https://auth.example.com"),
            ("VESTIBULE_DATABASE_URL", database.url.as_str()),
            ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8"),
        ];
        let environment = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = Config::load(None, environment).unwrap();
        let clock = Clock::standing_at(MORNING);
        let store = Store::open(&database.url).await.unwrap();
        let mut app = App::new(
            config,
            clock.clone(),
            Seal::from_bytes(&[7; 32]).unwrap(),
            store,
        );
        let outbox = Outbox::default();
        app.mailer = Mailer::Outbox(outbox.clone());
        let records = Records::default();
        app.dns = Dns::Fixed(records.clone());
        let new = service::json::from_value(serde_json::json!({"name": "test"})).unwrap();
        let key = api_key::create(&app, &Actor::CommandLine, new)
            .await
            .unwrap()
            .key
            .unwrap();
        Self {
            routes: router(app.clone()),
            app,
            clock,
            key,
            outbox,
            records,
            database: database.url.clone(),
        }
    }

    /// Configures the server without email.
    pub(crate) fn stop_mail(&mut self) {
        self.app.mailer = Mailer::None;
        self.routes = router(self.app.clone());
    }

    /// Configures the contact that organizations without the plan see.
    pub(crate) fn sell_by(&mut self, contact: &str) {
        let mut config = (*self.app.config).clone();
        config.sales_contact = Contact::parse(contact);
        self.app.config = config.into();
        self.routes = router(self.app.clone());
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// A request to the API with an API key, and a body unless it is `null`.
    pub(crate) fn request(&self, method: Method, path: &str, body: &Value) -> Request<Body> {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, "auth.example.com")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key));
        if body.is_null() {
            return request.body(Body::empty()).unwrap();
        }
        request
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path, &Value::Null))
            .await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path, &body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path, &body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path, &Value::Null))
            .await
    }

    /// Creates an object and returns it. Panics if that fails.
    pub(crate) async fn make(&self, path: &str, body: Value) -> Value {
        let answer = self.post(path, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()
    }

    /// The actions in the audit log of an organization, in alphabetical order because all have the same time.
    pub(crate) async fn deeds(&self, organization: &str) -> Vec<String> {
        let path = format!("/organizations/{organization}/audit-log");
        let events = self.get(&path).await.json();
        let action = |event: &Value| event["action"].as_str().unwrap().to_owned();
        let mut deeds: Vec<String> = events["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(action)
            .collect();
        deeds.sort();
        deeds
    }
}

/// Maximum number of reads for which a transaction stays open after the others have started.
const LINGER_READS: usize = 3000;

/// Keeps the transaction open for a while before the commit: on SQLite, until another transaction waits.
pub(crate) async fn linger(
    tx: &mut Tx,
    store: &Store,
    organization: &OrganizationId,
) -> Result<(), StoreError> {
    for _ in 0..LINGER_READS {
        if store.metrics().queued > 0 {
            break;
        }
        tx.organization(organization).read().await?;
    }
    Ok(())
}

/// Runs a scenario and removes its database, also if the scenario fails.
pub(crate) async fn run<S>(database: Database, scenario: impl FnOnce(Server) -> S)
where
    S: Future<Output = ()> + Send + 'static,
{
    let server = Server::start(&database).await;
    let store = server.app.store.clone();
    let ended = tokio::spawn(scenario(server)).await;
    store.close().await;
    database.remove().await;
    if let Err(panicked) = ended {
        std::panic::resume_unwind(panicked.into_panic());
    }
}

/// A key file of the crate `saml`.
pub(crate) fn key_file(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests/fixtures-keys");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

/// The request body of a manual connection. Each row replaces or adds a field.
pub(crate) fn connection_by_hand(rows: &[(&str, Value)]) -> Value {
    let mut body = serde_json::json!({
        "name": "Acme Okta",
        "issuer": "https://idp.example/metadata",
        "sign_on_url": "https://idp.example/sso",
        "certificates": [key_file("rsa-2048.crt")],
    });
    for (field, value) in rows {
        body[*field] = value.clone();
    }
    body
}
