//! Codes: what an application asked for, and what it gets.

use oidc::authorization::AuthorizationRequest;
use oidc::token::CodeGrant;
use oidc::{AuthorizationCode, CodeChallenge, Scopes, Timestamp};
use runtime::{random, seal};
use store::{ApplicationId, Code, Session, UnixTime};

/// A code that is about to be granted.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    /// The code itself, for the application alone.
    pub secret: AuthorizationCode,
    bound_to: CodeGrant,
    now: UnixTime,
}

impl Grant {
    /// Draws a code that answers a request.
    pub(super) fn draw(request: &AuthorizationRequest, now: UnixTime) -> Self {
        Self {
            secret: AuthorizationCode::from_random(&random::bytes()),
            bound_to: CodeGrant::new(request, Timestamp(now.0)),
            now,
        }
    }

    /// What the store keeps of it.
    ///
    /// # Panics
    ///
    /// Never: the request was judged against an application of the store.
    pub(super) fn code(&self, session: &Session) -> Code {
        let CodeGrant {
            client_id,
            redirect_uri,
            code_challenge,
            nonce,
            scopes,
            expires_at,
        } = self.bound_to.clone();
        Code {
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
            expires_at: UnixTime(expires_at.0),
        }
    }
}

/// What a stored code is bound to.
pub(super) fn bound_to(code: &Code) -> CodeGrant {
    CodeGrant {
        client_id: code.application.to_string(),
        redirect_uri: code.redirect_uri.clone(),
        code_challenge: code.code_challenge.as_deref().and_then(CodeChallenge::read),
        nonce: code.nonce.clone(),
        scopes: Scopes::read(&code.scope),
        expires_at: Timestamp(code.expires_at.0),
    }
}
