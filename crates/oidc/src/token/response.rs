use jiff::SignedDuration;
use serde::Serialize;

use crate::opaque::AccessToken;
use crate::scope::Scopes;

/// An access token that would outlive its session expires with it.
pub const ACCESS_TOKEN_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The response to a code exchange (RFC 6749 5.1, OpenID Connect Core 3.1.3.3).
#[derive(Clone, Serialize)]
pub struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    /// In seconds.
    expires_in: i64,
    id_token: String,
    scope: String,
}

impl TokenResponse {
    #[must_use]
    pub fn new(
        access_token: &AccessToken,
        id_token: String,
        scopes: &Scopes,
        lifetime: SignedDuration,
    ) -> Self {
        Self {
            access_token: access_token.as_str().to_owned(),
            token_type: "Bearer",
            expires_in: lifetime.as_secs(),
            id_token,
            scope: scopes.to_string(),
        }
    }
}

impl std::fmt::Debug for TokenResponse {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TokenResponse(..)")
    }
}
