//! The practice identity provider, as a test uses it: its keys, and responses that it signs.

use std::sync::OnceLock;

use base64_simd::STANDARD;
use runtime::random;
use store::PendingSignIn;
use testkit::identity_provider::{
    IdpBehavior, PracticeKey, ResponseBuilder, ResponseTarget, SignatureScope, User,
};

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

    /// The sign-in that was started with this RelayState and is not finished.
    pub async fn pending_sign_in(&self, relay_state: &str) -> PendingSignIn {
        let hash = runtime::seal::hash(relay_state);
        let mut tx = self.app.store.snapshot().await.unwrap();
        let pending = tx.pending_sign_in_by_relay_state(&hash).await.unwrap();
        pending.unwrap()
    }

    /// The ID of the SAML request that was sent with this RelayState.
    pub async fn authn_request_id(&self, relay_state: &str) -> String {
        let pending = self.pending_sign_in(relay_state).await;
        pending.authn_request.unwrap().id
    }
}
