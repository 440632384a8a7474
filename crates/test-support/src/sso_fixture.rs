//! A server on which members can sign in.

use jiff::SignedDuration;
use runtime::{random, seal};
use store::{
    Application, ApplicationId, AttemptFilter, AttributeMapping, Binding, ClientType, Connection,
    ConnectionId, ConnectionLifecycle, ConnectionSettings, Domain, DomainVerification,
    IdTokenAlgorithm, IdpInitiated, MemberFilter, Organization, OrganizationId, Page, Provider,
    Provisioning, StoreError, TokenEndpointAuthMethod, TrustedCertificate,
};
use testkit::identity_provider::{IdpBehavior, ResponseTarget, User};

use crate::browser::{TestBrowser, encode_form};
use crate::database::Engine;
use crate::deployment::{START, at};
use crate::identity_provider::{
    IDP_ENTITY_ID, IDP_SIGN_ON_URL, acs_path, idp_certificate, response_target,
};
use crate::response::TestResponse;
use crate::server::TestServer;

pub const REDIRECT_URI: &str = "https://app.example.com/callback";
pub const CLIENT_SECRET: &str = "vss_secret";
/// The example of RFC 7636, appendix B.
pub const CODE_VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The example of RFC 7636, appendix B.
pub const CODE_CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A server with the organization `acme`, its active connection to the practice identity provider, its verified domain
/// `acme.example`, and a confidential application.
pub struct SsoFixture {
    pub server: TestServer,
    pub organization: OrganizationId,
    pub connection: ConnectionId,
    pub application: ApplicationId,
}

impl SsoFixture {
    /// On SQLite, for tests of what does not depend on the database.
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// Like [`Self::new`], with changed settings of the connection.
    pub async fn with(change: impl FnOnce(&mut ConnectionSettings)) -> Self {
        Self::on(Engine::Sqlite, change).await
    }

    /// Like [`Self::with`], on this database.
    pub async fn on(engine: Engine, change: impl FnOnce(&mut ConnectionSettings)) -> Self {
        let mut settings = connection_settings();
        change(&mut settings);
        let mut fixture = Self {
            server: TestServer::start(engine).await,
            organization: OrganizationId::from_random(random::bytes()),
            connection: ConnectionId::from_random(random::bytes()),
            application: ApplicationId::from_random(random::bytes()),
        };
        fixture.organization = fixture.add_organization("acme", "enterprise").await;
        fixture.connection = fixture
            .add_connection(&fixture.organization, settings)
            .await;
        fixture
            .add_domain(&fixture.organization, "acme.example")
            .await;
        fixture.application = fixture.add_application(confidential_application()).await;
        fixture
    }

    pub fn browser(&self) -> TestBrowser {
        self.server.browser()
    }

    pub async fn add_organization(&self, slug: &str, plan: &str) -> OrganizationId {
        let organization = Organization {
            id: OrganizationId::from_random(random::bytes()),
            slug: slug.to_owned(),
            name: slug.to_owned(),
            plan: plan.to_owned(),
            created_at: at(START),
            sso_enforced_since: None,
        };
        let id = organization.id.clone();
        let store = &self.server.app.store;
        let added = store
            .write(async move |tx| tx.add_organization(&organization).await)
            .await;
        added.unwrap().unwrap();
        id
    }

    /// Adds an active connection that trusts the practice identity provider.
    pub async fn add_connection(
        &self,
        organization: &OrganizationId,
        settings: ConnectionSettings,
    ) -> ConnectionId {
        self.add_connection_with_certificate(organization, settings, idp_certificate())
            .await
    }

    /// Adds an active connection that trusts this certificate, base64 of its DER form.
    pub async fn add_connection_with_certificate(
        &self,
        organization: &OrganizationId,
        settings: ConnectionSettings,
        certificate: String,
    ) -> ConnectionId {
        let connection = Connection {
            id: ConnectionId::from_random(random::bytes()),
            organization: organization.clone(),
            settings,
            certificates: vec![TrustedCertificate {
                sha256: String::new(),
                der_base64: certificate,
            }],
            lifecycle: ConnectionLifecycle {
                created_at: at(START),
                tested_at: None,
                activated_at: Some(at(START)),
                disabled_at: None,
                session_epoch: 0,
                unconfirmed_since: None,
            },
            activation_request: None,
        };
        let id = connection.id.clone();
        let organization = organization.clone();
        self.write(async move |tx| {
            let added = tx
                .organization(&organization)
                .add_connection(&connection)
                .await?;
            added.unwrap();
            Ok(())
        })
        .await;
        id
    }

    /// Adds a verified domain.
    pub async fn add_domain(&self, organization: &OrganizationId, name: &str) {
        let domain = Domain {
            organization: organization.clone(),
            name: name.to_owned(),
            created_at: at(START),
            verified_at: Some(at(START)),
            verification: DomainVerification::Manual,
            include_subdomains_since: None,
            added_by: None,
        };
        self.write(async move |tx| {
            let added = tx
                .organization(&domain.organization)
                .add_domain(&domain)
                .await?;
            added.unwrap();
            Ok(())
        })
        .await;
    }

    pub async fn add_application(&self, application: Application) -> ApplicationId {
        let id = application.id.clone();
        self.write(async move |tx| tx.add_application(&application).await)
            .await;
        id
    }

    /// Writes to the database. Panics if that fails.
    pub async fn write<F>(&self, work: F)
    where
        F: AsyncFnOnce(&mut store::Tx) -> Result<(), StoreError>
            + for<'t> store::UnitOfWork<'t, (), StoreError>
            + Clone
            + Send
            + 'static,
    {
        self.server.app.store.write(work).await.unwrap();
    }

    /// The sign-in attempts of `acme`, the newest first.
    pub async fn attempts(&self) -> Vec<store::Attempt> {
        self.attempts_of(&self.organization).await
    }

    pub async fn attempts_of(&self, organization: &OrganizationId) -> Vec<store::Attempt> {
        let mut tx = self.server.app.store.snapshot().await.unwrap();
        let mut scope = tx.organization(organization);
        scope
            .attempts(&AttemptFilter::default(), &Page::first(500))
            .await
            .unwrap()
    }

    /// The members of `acme`.
    pub async fn members(&self) -> Vec<store::Member> {
        let mut tx = self.server.app.store.snapshot().await.unwrap();
        tx.organization(&self.organization)
            .members(&MemberFilter::default(), &Page::first(500))
            .await
            .unwrap()
    }

    /// The path and query of an authorization request of the application, with these parameters added.
    pub fn authorize_path(&self, more: &[(&str, &str)]) -> String {
        let mut parameters = vec![
            ("client_id", self.application.as_str()),
            ("redirect_uri", REDIRECT_URI),
            ("response_type", "code"),
            ("scope", "openid email profile groups"),
            ("state", "the state"),
            ("nonce", "the nonce"),
            ("code_challenge", CODE_CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        parameters.extend(more);
        format!("/authorize?{}", encode_form(&parameters))
    }

    /// The path of the connection's ACS URL.
    pub fn acs_path(&self) -> String {
        acs_path(&self.connection)
    }

    /// Starts a sign-in at the connection. Returns the RelayState.
    pub async fn start_sign_in(&self, browser: &mut TestBrowser) -> String {
        let connection = [("connection", self.connection.as_str())];
        self.start_sign_in_with(browser, &connection).await
    }

    /// Starts a sign-in with these parameters added to the authorization request. Returns the RelayState.
    pub async fn start_sign_in_with(
        &self,
        browser: &mut TestBrowser,
        more: &[(&str, &str)],
    ) -> String {
        let mut parameters = vec![("organization", "acme")];
        parameters.extend(more);
        let redirect = browser.get(&self.authorize_path(&parameters)).await;
        let location = redirect.location();
        assert!(
            location.starts_with(&format!("{IDP_SIGN_ON_URL}?")),
            "{location}"
        );
        redirect.location_parameter("RelayState").unwrap()
    }

    /// Where the identity provider sends its response, and the request that it answers.
    pub fn response_target(&self, in_response_to: Option<String>) -> ResponseTarget {
        response_target(&self.connection, in_response_to)
    }

    /// The response of the identity provider to the request with this RelayState, in base64.
    pub async fn saml_response(
        &self,
        relay_state: &str,
        user: &User,
        behavior: IdpBehavior,
    ) -> String {
        self.server.saml_response(relay_state, user, behavior).await
    }

    /// Posts a response to the ACS URL of the connection.
    pub async fn post_response(
        &self,
        browser: &mut TestBrowser,
        response: &str,
        relay_state: &str,
    ) -> TestResponse {
        browser
            .post_saml_response(&self.connection, response, relay_state)
            .await
    }

    /// Completes a sign-in: posts the identity provider's response to the request with this RelayState.
    pub async fn complete_sign_in(
        &self,
        browser: &mut TestBrowser,
        relay_state: &str,
        user: &User,
        behavior: IdpBehavior,
    ) -> TestResponse {
        self.server
            .complete_sign_in(browser, relay_state, user, behavior)
            .await
    }

    /// Starts and completes a sign-in.
    pub async fn attempt_sign_in(
        &self,
        browser: &mut TestBrowser,
        user: &User,
        behavior: IdpBehavior,
    ) -> TestResponse {
        let relay_state = self.start_sign_in(browser).await;
        self.complete_sign_in(browser, &relay_state, user, behavior)
            .await
    }

    /// A response of the identity provider to no request, in base64.
    pub fn unsolicited_response(&self, user: &User, behavior: IdpBehavior) -> String {
        self.server
            .build_response(&self.response_target(None), user, behavior)
    }

    /// Signs a user in. Returns the authorization code.
    pub async fn sign_in(&self, browser: &mut TestBrowser, user: &User) -> String {
        let redirect = self
            .attempt_sign_in(browser, user, IdpBehavior::Valid)
            .await;
        let location = redirect.location();
        assert!(location.starts_with(REDIRECT_URI), "{location}");
        redirect.location_parameter("code").unwrap()
    }
}

/// The settings of a connection to the practice identity provider.
pub fn connection_settings() -> ConnectionSettings {
    ConnectionSettings {
        name: "Practice".to_owned(),
        provider: Provider::Other,
        issuer: IDP_ENTITY_ID.to_owned(),
        sign_on_url: IDP_SIGN_ON_URL.to_owned(),
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
        authn_contexts: Vec::new(),
        default_role: "member".to_owned(),
        role_rules: Vec::new(),
        policy: store::ConnectionPolicy::default(),
    }
}

/// An application with a client secret.
pub fn confidential_application() -> Application {
    Application {
        id: ApplicationId::from_random(random::bytes()),
        name: "Acme Portal".to_owned(),
        client_type: ClientType::Confidential,
        auth_method: TokenEndpointAuthMethod::ClientSecretPost,
        auth_method_pinned_since: Some(at(START)),
        pkce_required_since: None,
        secret: Some(seal::hash(CLIENT_SECRET)),
        jwks: None,
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        id_token_algorithm: IdTokenAlgorithm::Es256,
        created_at: at(START),
        rejected_redirect_uri: None,
    }
}

/// An application that runs in browsers and has no secret.
pub fn public_application() -> Application {
    Application {
        client_type: ClientType::Public,
        auth_method: TokenEndpointAuthMethod::None,
        secret: None,
        redirect_uris: vec!["https://spa.example.com/".to_owned()],
        ..confidential_application()
    }
}
