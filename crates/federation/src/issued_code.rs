//! Codes: what an application asked for, and what it gets.

use jiff::Timestamp;
use oidc::authorization::AuthorizationRequest;
use oidc::token::CodeGrant;
use oidc::{AuthorizationCode, CodeChallenge, Scopes};
use runtime::{random, seal};
use store::{ApplicationId, Session};

/// A code that is about to be granted.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    /// The code itself, for the application alone.
    pub secret: AuthorizationCode,
    bound_to: CodeGrant,
    now: Timestamp,
}

impl Grant {
    /// Draws a code that answers a request.
    pub(super) fn draw(request: &AuthorizationRequest, now: Timestamp) -> Self {
        Self {
            secret: AuthorizationCode::from_random(&random::bytes()),
            bound_to: CodeGrant::new(request, now),
            now,
        }
    }

    /// What the store keeps of it.
    ///
    /// # Panics
    ///
    /// Never: the request was judged against an application of the store.
    pub(super) fn code(&self, session: &Session) -> store::AuthorizationCode {
        let CodeGrant {
            client_id,
            redirect_uri,
            code_challenge,
            nonce,
            scopes,
            expires_at,
        } = self.bound_to.clone();
        store::AuthorizationCode {
            hash: seal::hash(self.secret.as_str()),
            application: ApplicationId::parse(&client_id)
                .expect("a judged request names a stored application"),
            organization: session.organization.clone(),
            member: session.member.clone(),
            connection: session.connection.clone(),
            session: session.id.clone(),
            redirect_uri,
            code_challenge: code_challenge.map(|challenge| challenge.as_str().to_owned()),
            nonce,
            scope: scopes.to_string(),
            auth_time: session.auth_time,
            acr: session.acr.clone(),
            created_at: self.now,
            expires_at,
        }
    }
}

/// What a stored code is bound to.
pub(super) fn bound_to(code: &store::AuthorizationCode) -> CodeGrant {
    CodeGrant {
        client_id: code.application.to_string(),
        redirect_uri: code.redirect_uri.clone(),
        code_challenge: code
            .code_challenge
            .as_deref()
            .and_then(CodeChallenge::parse),
        nonce: code.nonce.clone(),
        scopes: Scopes::parse(&code.scope),
        expires_at: code.expires_at,
    }
}
