//! A server in this process with one organization, one connection and one application, on a clock that stands still.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use base64_simd::STANDARD;
use config::Config;
use jiff::SignedDuration;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::seal::Seal;
use runtime::{random, seal};
use store::{
    Application, ApplicationId, AttemptFilter, AttributeMapping, Binding, ClientType, Connection,
    ConnectionId, ConnectionLifecycle, ConnectionSettings, Domain, IdTokenAlgorithm, IdpInitiated,
    Organization, OrganizationId, Page, Provider, Provisioning, Store, StoreError,
    TokenEndpointAuthMethod, TrustedCertificate,
};
use testkit::identity_provider::{
    IdpBehavior, PracticeKey, ResponseBuilder, ResponseTarget, SignatureScope, User,
};
use vestibule::router::router;

use crate::browser::{self, Browser};

/// When every scenario begins: 2026-11-24T09:00:00Z.
pub(crate) const MORNING: i64 = 1_795_510_800;

pub(crate) fn at(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(seconds).unwrap()
}
pub(crate) const HOST: &str = "auth.example.com";
pub(crate) const ORIGIN: &str = "https://auth.example.com";
pub(crate) const ENTITY_ID: &str = "https://auth.example.com/saml";
pub(crate) const IDP: &str = "https://idp.example/metadata";
pub(crate) const CALLBACK: &str = "https://app.example.com/callback";
pub(crate) const SECRET: &str = "vss_secret";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Everything that a scenario needs.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) routes: Router,
    pub(crate) organization: OrganizationId,
    pub(crate) connection: ConnectionId,
    pub(crate) application: ApplicationId,
    pub(crate) database_url: String,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// The practice identity provider's key, made once; making one takes longer than a scenario.
pub(crate) fn idp_key() -> &'static PracticeKey {
    static KEY: OnceLock<PracticeKey> = OnceLock::new();
    KEY.get_or_init(|| PracticeKey::generate().unwrap())
}

/// A key that no connection knows.
pub(crate) fn other_key() -> &'static PracticeKey {
    static KEY: OnceLock<PracticeKey> = OnceLock::new();
    KEY.get_or_init(|| PracticeKey::generate().unwrap())
}

pub(crate) const ADA: &User = &User::DEMO[0];
pub(crate) const GRACE: &User = &User::DEMO[1];

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A world whose connection is set as the scenario wants.
    pub(crate) async fn with(change: impl FnOnce(&mut ConnectionSettings)) -> Self {
        let (folder, database_url) = fresh_database();
        let settings = [
            ("VESTIBULE_PUBLIC_URL", ORIGIN),
            ("VESTIBULE_DATABASE_URL", database_url.as_str()),
            ("VESTIBULE_SUPPORT_CONTACT", "helpdesk@example.com"),
        ];
        let environment = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let clock = Clock::standing_at(MORNING);
        let store = Store::open(&database_url).await.unwrap();
        let config = Config::load(None, environment).unwrap();
        let app = App::new(
            config,
            clock.clone(),
            Seal::from_bytes(&[7; 32]).unwrap(),
            store,
        );
        let mut connection_settings = settings_of_practice();
        change(&mut connection_settings);
        let mut world = Self {
            routes: router(app.clone()),
            app,
            clock,
            organization: OrganizationId::from_random(random::bytes()),
            connection: ConnectionId::from_random(random::bytes()),
            application: ApplicationId::from_random(random::bytes()),
            database_url,
            folder,
        };
        world.organization = world.add_organization("acme", "enterprise").await;
        world.connection = world
            .add_connection(&world.organization, connection_settings)
            .await;
        world.add_domain(&world.organization, "acme.example").await;
        world.application = world.add_application(confidential()).await;
        world
    }

    pub(crate) async fn add_organization(&self, slug: &str, plan: &str) -> OrganizationId {
        let organization = Organization {
            id: OrganizationId::from_random(random::bytes()),
            slug: slug.to_owned(),
            name: slug.to_owned(),
            plan: plan.to_owned(),
            created_at: at(MORNING),
            sso_enforced_since: None,
        };
        let id = organization.id.clone();
        let added = self
            .app
            .store
            .write(async move |tx| tx.add_organization(&organization).await);
        added.await.unwrap().unwrap();
        id
    }

    pub(crate) async fn add_connection(
        &self,
        organization: &OrganizationId,
        settings: ConnectionSettings,
    ) -> ConnectionId {
        let certificate = STANDARD.encode_to_string(idp_key().certificate_der());
        self.add_connection_with(organization, settings, certificate)
            .await
    }

    pub(crate) async fn add_connection_with(
        &self,
        organization: &OrganizationId,
        settings: ConnectionSettings,
        certificate: String,
    ) -> ConnectionId {
        let at = at(MORNING);
        let connection = Connection {
            id: ConnectionId::from_random(random::bytes()),
            organization: organization.clone(),
            settings,
            certificates: vec![TrustedCertificate {
                sha256: String::new(),
                der_base64: certificate,
            }],
            lifecycle: ConnectionLifecycle {
                created_at: at,
                tested_at: None,
                activated_at: Some(at),
                disabled_at: None,
            },
        };
        let id = connection.id.clone();
        let place = organization.clone();
        self.write(async move |tx| {
            tx.organization(&place)
                .add_connection(&connection)
                .await
                .map(|added| added.unwrap())
        })
        .await;
        id
    }

    pub(crate) async fn add_domain(&self, organization: &OrganizationId, name: &str) {
        let at = at(MORNING);
        let domain = Domain {
            organization: organization.clone(),
            name: name.to_owned(),
            created_at: at,
            verified_at: Some(at),
            verification: store::DomainVerification::Manual,
        };
        self.write(async move |tx| {
            tx.organization(&domain.organization)
                .add_domain(&domain)
                .await
                .map(|added| added.unwrap())
        })
        .await;
    }

    pub(crate) async fn add_application(&self, application: Application) -> ApplicationId {
        let id = application.id.clone();
        self.write(async move |tx| tx.add_application(&application).await)
            .await;
        id
    }

    /// Does something to the database that has to succeed.
    pub(crate) async fn write<F>(&self, work: F)
    where
        F: AsyncFnOnce(&mut store::Tx) -> Result<(), StoreError>
            + for<'t> store::UnitOfWork<'t, (), StoreError>
            + Clone
            + Send
            + 'static,
    {
        self.app.store.write(work).await.unwrap();
    }

    pub(crate) async fn attempts(&self) -> Vec<store::Attempt> {
        self.attempts_of(&self.organization).await
    }

    pub(crate) async fn attempts_of(&self, organization: &OrganizationId) -> Vec<store::Attempt> {
        let mut tx = self.app.store.snapshot().await.unwrap();
        tx.organization(organization)
            .attempts(&AttemptFilter::default(), &Page::first(500))
            .await
            .unwrap()
    }

    pub(crate) async fn members(&self) -> Vec<store::Member> {
        let mut tx = self.app.store.snapshot().await.unwrap();
        tx.organization(&self.organization)
            .members(&Page::first(500))
            .await
            .unwrap()
    }

    /// The address with which the application begins; `more` goes behind it.
    pub(crate) fn authorize(&self, more: &[(&str, &str)]) -> String {
        let mut fields = vec![
            ("client_id", self.application.as_str()),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            ("scope", "openid email profile groups"),
            ("state", "the state"),
            ("nonce", "the nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        fields.extend(more);
        format!("/authorize?{}", browser::form(&fields))
    }

    pub(crate) fn acs(&self) -> String {
        acs_of(&self.connection)
    }

    /// Begins a sign-in at the connection and gives the handle.
    pub(crate) async fn begin(&self, browser: &mut Browser) -> String {
        self.begin_with(browser, &[]).await
    }

    pub(crate) async fn begin_with(&self, browser: &mut Browser, more: &[(&str, &str)]) -> String {
        let mut fields = vec![("organization", "acme")];
        fields.extend(more);
        let answer = browser.get(self, &self.authorize(&fields)).await;
        assert!(
            answer.location().starts_with("https://idp.example/sso?"),
            "{}",
            answer.location()
        );
        answer.parameter("RelayState").unwrap()
    }

    /// The request that a handle stands for.
    pub(crate) async fn request_of(&self, handle: &str) -> String {
        let hash = seal::hash(handle);
        let mut tx = self.app.store.snapshot().await.unwrap();
        let pending = tx.pending_sign_in_by_relay_state(&hash).await.unwrap();
        pending.unwrap().authn_request.unwrap().id
    }

    /// What the identity provider answers to a handle.
    pub(crate) async fn response(
        &self,
        handle: &str,
        person: &User,
        behavior: IdpBehavior,
    ) -> String {
        let request = Some(self.request_of(handle).await);
        self.answer(&self.addressee(request), person, behavior)
    }

    pub(crate) fn addressee(&self, request: Option<String>) -> ResponseTarget {
        ResponseTarget {
            entity_id: ENTITY_ID.to_owned(),
            acs_url: format!("{ORIGIN}{}", self.acs()),
            in_response_to: request,
        }
    }

    pub(crate) fn answer(
        &self,
        to: &ResponseTarget,
        person: &User,
        behavior: IdpBehavior,
    ) -> String {
        let key = if behavior == IdpBehavior::UntrustedKey {
            other_key()
        } else {
            idp_key()
        };
        let id = format!("_{:032x}", u128::from_be_bytes(random::bytes()));
        let now = self.clock.now().as_second();
        let answer = ResponseBuilder {
            issuer: IDP,
            target: to,
            key,
            signature_scope: SignatureScope::Both,
            now,
            id: &id,
        };
        STANDARD.encode_to_string(answer.build_success(person, behavior).unwrap())
    }

    /// Signs a user in and returns the code.
    pub(crate) async fn sign_in(&self, browser: &mut Browser, person: &User) -> String {
        let handle = self.begin(browser).await;
        let response = self.response(&handle, person, IdpBehavior::Valid).await;
        let answer = self.post_response(browser, &response, &handle).await;
        assert!(
            answer.location().starts_with(CALLBACK),
            "{}",
            answer.location()
        );
        answer.parameter("code").unwrap()
    }

    pub(crate) async fn post_response(
        &self,
        browser: &mut Browser,
        response: &str,
        handle: &str,
    ) -> browser::Answer {
        browser
            .post(
                self,
                &self.acs(),
                &[("SAMLResponse", response), ("RelayState", handle)],
            )
            .await
    }
}

/// The path to which a connection's responses are posted.
pub(crate) fn acs_of(connection: &ConnectionId) -> String {
    format!("/saml/{}/acs", connection.as_str().replace('_', "-"))
}

fn fresh_database() -> (PathBuf, String) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("vestibule-signin-{}-{number}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("vestibule.sqlite").display());
    (folder, url)
}

/// The settings of a connection to the practice identity provider.
pub(crate) fn settings_of_practice() -> ConnectionSettings {
    ConnectionSettings {
        name: "Practice".to_owned(),
        provider: Provider::Other,
        issuer: IDP.to_owned(),
        sign_on_url: "https://idp.example/sso".to_owned(),
        sign_on_binding: Binding::Redirect,
        logout_url: None,
        sign_requests_since: None,
        metadata_wants_signed_requests_since: None,
        metadata_valid_until: None,
        clock_tolerance: SignedDuration::from_secs(60),
        danger_accept_sha1_since: None,
        accept_cbc_since: None,
        reject_expired_signing_certificate_since: None,
        idp_initiated: IdpInitiated::Reject,
        provisioning: Provisioning::JustInTime,
        subject_attribute: None,
        attribute_mapping: AttributeMapping::default(),
        entity_id: None,
        acs_url: None,
        force_authn_since: None,
        name_id_format: None,
        authn_context: None,
        default_role: "member".to_owned(),
        role_rules: Vec::new(),
    }
}

/// An application that keeps a secret.
pub(crate) fn confidential() -> Application {
    Application {
        id: ApplicationId::from_random(random::bytes()),
        name: "Acme Portal".to_owned(),
        client_type: ClientType::Confidential,
        auth_method: TokenEndpointAuthMethod::ClientSecretPost,
        secret: Some(seal::hash(SECRET)),
        jwks: None,
        redirect_uris: vec![CALLBACK.to_owned()],
        id_token_algorithm: IdTokenAlgorithm::Es256,
        created_at: at(MORNING),
    }
}

/// An application that runs in browsers.
pub(crate) fn public() -> Application {
    Application {
        client_type: ClientType::Public,
        auth_method: TokenEndpointAuthMethod::None,
        secret: None,
        redirect_uris: vec!["https://spa.example.com/".to_owned()],
        ..confidential()
    }
}
