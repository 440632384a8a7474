//! The practice identity provider, as a test uses it: its keys, and responses that it signs.

use std::sync::OnceLock;

use base64_simd::STANDARD;
use runtime::random;
use store::{ConnectionId, PendingSignIn, SentAuthnRequest};
use testkit::identity_provider::{
    IdpBehavior, PracticeKey, ResponseBuilder, ResponseTarget, SignatureScope, User,
};

use crate::browser::TestBrowser;
use crate::deployment::ORIGIN;
use crate::response::TestResponse;
use crate::server::TestServer;

/// The entity ID of the practice identity provider.
pub const IDP_ENTITY_ID: &str = "https://idp.example/metadata";
pub const IDP_SIGN_ON_URL: &str = "https://idp.example/sso";
/// The entity ID of the server.
pub const SP_ENTITY_ID: &str = "https://auth.example.com/saml";
pub const ADA: &User = &User::DEMO[0];
pub const GRACE: &User = &User::DEMO[1];

/// The key of the practice identity provider. It is generated once, because that takes longer than a sign-in.
pub fn idp_key() -> &'static PracticeKey {
    static KEY: OnceLock<PracticeKey> = OnceLock::new();
    KEY.get_or_init(|| PracticeKey::generate().unwrap())
}

/// A key that no connection trusts.
pub fn untrusted_key() -> &'static PracticeKey {
    static KEY: OnceLock<PracticeKey> = OnceLock::new();
    KEY.get_or_init(|| PracticeKey::generate().unwrap())
}

/// The certificate of [`idp_key`], as base64 of its DER form.
pub fn idp_certificate() -> String {
    STANDARD.encode_to_string(idp_key().certificate_der())
}

/// The path of a connection's ACS URL.
pub fn acs_path(connection: &ConnectionId) -> String {
    format!("/saml/{}/acs", connection.as_str().replace('_', "-"))
}

/// Where the identity provider sends its response, and the request that it answers.
pub fn response_target(
    connection: &ConnectionId,
    in_response_to: Option<String>,
) -> ResponseTarget {
    ResponseTarget {
        entity_id: SP_ENTITY_ID.to_owned(),
        acs_url: format!("{ORIGIN}{}", acs_path(connection)),
        in_response_to,
    }
}

impl TestBrowser {
    /// Posts a response to the ACS URL of a connection, as the page of the identity provider does.
    pub async fn post_saml_response(
        &mut self,
        connection: &ConnectionId,
        response: &str,
        relay_state: &str,
    ) -> TestResponse {
        let fields = [("SAMLResponse", response), ("RelayState", relay_state)];
        self.post_from("cross-site", &acs_path(connection), &fields)
            .await
    }
}

impl TestServer {
    /// A response of the practice identity provider, issued now, in base64.
    pub fn build_response(
        &self,
        target: &ResponseTarget,
        user: &User,
        behavior: IdpBehavior,
    ) -> String {
        let key = if behavior == IdpBehavior::UntrustedKey {
            untrusted_key()
        } else {
            idp_key()
        };
        let response = ResponseBuilder {
            issuer: IDP_ENTITY_ID,
            target,
            key,
            signature_scope: SignatureScope::Both,
            now: self.clock.now().as_second(),
            id: &format!("_{:032x}", u128::from_be_bytes(random::bytes())),
        };
        STANDARD.encode_to_string(response.build_success(user, behavior).unwrap())
    }

    /// The response of the identity provider to the request with this RelayState, in base64.
    pub async fn saml_response(
        &self,
        relay_state: &str,
        user: &User,
        behavior: IdpBehavior,
    ) -> String {
        let request = self.authn_request(relay_state).await;
        let target = response_target(&request.connection, Some(request.id));
        self.build_response(&target, user, behavior)
    }

    /// Completes a sign-in: posts the identity provider's response to the request with this RelayState.
    pub async fn complete_sign_in(
        &self,
        browser: &mut TestBrowser,
        relay_state: &str,
        user: &User,
        behavior: IdpBehavior,
    ) -> TestResponse {
        let connection = self.authn_request(relay_state).await.connection;
        let response = self.saml_response(relay_state, user, behavior).await;
        browser
            .post_saml_response(&connection, &response, relay_state)
            .await
    }

    /// The sign-in that was started with this RelayState and is not finished.
    pub async fn pending_sign_in(&self, relay_state: &str) -> PendingSignIn {
        let hash = runtime::seal::hash(relay_state);
        let mut tx = self.app.store.snapshot().await.unwrap();
        let pending = tx.pending_sign_in_by_relay_state(&hash).await.unwrap();
        pending.unwrap()
    }

    /// The ID of the SAML request that was sent with this RelayState.
    pub async fn authn_request_id(&self, relay_state: &str) -> String {
        self.authn_request(relay_state).await.id
    }

    async fn authn_request(&self, relay_state: &str) -> SentAuthnRequest {
        let pending = self.pending_sign_in(relay_state).await;
        pending.authn_request.unwrap()
    }
}
