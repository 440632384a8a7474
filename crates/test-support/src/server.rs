//! A server in this process, without a network, with a stopped clock.

use axum::Router;
use base64_simd::URL_SAFE_NO_PAD;
use config::{Config, SecretKey};
use jiff::SignedDuration;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::dns::{Dns, Records};
use runtime::mail::{Mailer, Outbox};
use runtime::seal::{self, Seal, SecretKeys};
use serde_json::{Value, json};
use service::{Actor, api_key, operator, sign_in_link};
use store::{ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, OrganizationId, Store};
use vestibule::router::router;

use crate::api_client::ApiClient;
use crate::browser::TestBrowser;
use crate::database::{Engine, TestDatabase};
use crate::deployment::{ORIGIN, START, SUPPORT_CONTACT, at};
use crate::lock_watch::LockWatch;

/// The server. Mails and DNS records stay in memory.
pub struct TestServer {
    pub app: App,
    pub clock: Clock,
    /// Sends requests with an API key.
    pub api: ApiClient,
    pub outbox: Outbox,
    pub dns_records: Records,
    pub database: TestDatabase,
    router: Router,
}

impl TestServer {
    /// A server without organizations.
    pub async fn start(engine: Engine) -> Self {
        let database = TestDatabase::create(engine).await;
        let clock = Clock::fixed_at(START);
        let store = Store::open(&database.url).await.unwrap();
        let mut app = App::new(configuration(&database, &[]), clock.clone(), seal(), store);
        let outbox = Outbox::default();
        app.mailer = Mailer::Outbox(outbox.clone());
        let dns_records = Records::default();
        app.dns = Dns::Fixed(dns_records.clone());
        let router = router(app.clone());
        Self {
            api: ApiClient::new(router.clone(), create_api_key(&app).await),
            app,
            clock,
            outbox,
            dns_records,
            database,
            router,
        }
    }

    /// Restarts the server with these environment variables added. Browsers that were opened before keep the old
    /// configuration.
    pub fn reconfigure(&mut self, variables: &[(&str, &str)]) {
        let store = self.app.store.clone();
        let config = configuration(&self.database, variables);
        let app = App::new(config, self.clock.clone(), seal(), store);
        let mailer = std::mem::replace(&mut self.app, app).mailer;
        self.app.mailer = mailer;
        self.app.dns = Dns::Fixed(self.dns_records.clone());
        self.rebuild_router();
    }

    /// Restarts the server without email. Browsers that were opened before keep the old configuration.
    pub fn disable_mail(&mut self) {
        self.app.mailer = Mailer::None;
        self.rebuild_router();
    }

    fn rebuild_router(&mut self) {
        self.router = router(self.app.clone());
        self.api.set_router(self.router.clone());
    }

    /// A new browser on the machine of the server, which rate limits do not count.
    pub fn browser(&self) -> TestBrowser {
        TestBrowser::new(self.router.clone())
    }

    /// A new browser that checks no page and follows redirects, for a server with this `public_url`.
    pub fn browser_for(&self, public_url: &str) -> testkit::browser::Browser {
        let url = url::Url::parse(public_url).unwrap();
        testkit::browser::Browser::in_process(self.router.clone(), url)
    }

    /// A new browser with this client address.
    pub fn browser_at(&self, address: [u8; 4]) -> TestBrowser {
        self.browser().with_client_address(address)
    }

    /// A browser in which a new operator is signed in to the console.
    pub async fn operator_browser(&self, email: &str) -> TestBrowser {
        let link = operator::invite(&self.app, &Actor::CommandLine, email).await;
        self.browser_after_link(&link.unwrap().address).await
    }

    /// A browser in which the user with this console account is signed in.
    pub async fn account_browser(&self, email: &str) -> TestBrowser {
        let link = sign_in_link::create(&self.app, &Actor::CommandLine, email).await;
        self.browser_after_link(&link.unwrap().address).await
    }

    /// A browser with a console session of this user that is limited to one organization, as after a sign-in through
    /// the organization's identity provider. The user becomes an administrator of the organization.
    pub async fn organization_browser(
        &self,
        email: &'static str,
        organization: &Value,
    ) -> TestBrowser {
        let members = format!(
            "/organizations/{}/members",
            organization["id"].as_str().unwrap()
        );
        let admin = json!({ "email": email, "role": "admin" });
        self.api.create(&members, admin).await;
        let cookie = URL_SAFE_NO_PAD.encode_to_string([9; 32]);
        let cookie_hash = seal::hash(&cookie);
        let organization = OrganizationId::parse(organization["id"].as_str().unwrap()).unwrap();
        let now = at(START);
        let begun = self.app.store.write(async move |tx| {
            let session = ConsoleSession {
                id: ConsoleSessionId::from_random([9; 16]),
                cookie: cookie_hash,
                person: tx.console_account(email).await?.unwrap().person,
                organization: Some(organization),
                connection: None,
                method: ConsoleSignInMethod::Sso,
                browser: None,
                created_at: now,
                last_seen_at: now,
                expires_at: now + SignedDuration::from_hours(1),
            };
            tx.begin_console_session(&session, None).await
        });
        begun.await.unwrap().unwrap();
        let mut browser = self.browser();
        browser.set_cookie(&format!("__Host-vestibule-console={cookie}"));
        browser
    }

    async fn browser_after_link(&self, address: &str) -> TestBrowser {
        let mut browser = self.browser();
        let path = address.strip_prefix(ORIGIN).unwrap();
        let page = browser.get(path).await;
        let signed_in = browser.submit(&page, path, &[]).await;
        assert_eq!(signed_in.location(), "/console");
        browser
    }

    /// The actions in the audit log of an organization, in alphabetical order, because many have the same time.
    pub async fn audit_actions(&self, organization: &str) -> Vec<String> {
        let path = format!("/organizations/{organization}/audit-log");
        let entries = self.api.get(&path).await.json();
        let action = |entry: &Value| entry["action"].as_str().unwrap().to_owned();
        let mut actions: Vec<String> = entries["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(action)
            .collect();
        actions.sort();
        actions
    }

    /// Waits until a transaction of this server waits for another.
    pub fn lock_watch(&self) -> LockWatch {
        LockWatch::new(&self.app.store, &self.database)
    }
}

fn configuration(database: &TestDatabase, variables: &[(&str, &str)]) -> Config {
    let always = [
        ("VESTIBULE_PUBLIC_URL", ORIGIN),
        ("VESTIBULE_DATABASE_URL", database.url.as_str()),
        ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8"),
        ("VESTIBULE_SUPPORT_CONTACT", SUPPORT_CONTACT),
    ];
    let all = always.iter().chain(variables);
    Config::load(
        None,
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    )
    .unwrap()
}

fn seal() -> Seal {
    Seal::from_keys(&SecretKeys::one(SecretKey::from_bytes([7; 32])))
}

async fn create_api_key(app: &App) -> String {
    let new = service::json::from_value(serde_json::json!({ "name": "test" })).unwrap();
    let created = api_key::create(app, &Actor::CommandLine, new).await;
    created.unwrap().key.unwrap()
}
