use serde::Serialize;

use crate::opaque::AccessToken;
use crate::scope::Scopes;

/// How many seconds an access token lives.
pub const ACCESS_TOKEN_LIFETIME: i64 = 3600;

/// What a code is traded for (RFC 6749 5.1, OpenID Connect Core 3.1.3.3), as JSON.
#[derive(Clone, Serialize)]
pub struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    id_token: String,
    scope: String,
}

impl TokenResponse {
    /// Hands over the two tokens.
    #[must_use]
    pub fn new(access_token: &AccessToken, id_token: String, scopes: &Scopes) -> Self {
        Self {
            access_token: access_token.as_str().to_owned(),
            token_type: "Bearer",
            expires_in: ACCESS_TOKEN_LIFETIME,
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
