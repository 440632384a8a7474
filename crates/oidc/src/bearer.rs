//! The access token of a request to the userinfo endpoint (RFC 6750).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::opaque::AccessToken;
use crate::scope::Scopes;
use crate::timestamp::Timestamp;
use crate::token::{ACCESS_TOKEN_LIFETIME, CodeGrant};

/// What a store keeps with the hash of an access token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessGrant {
    /// The application that the token was given to.
    pub client_id: String,
    /// What the token lets it know.
    pub scopes: Scopes,
    /// The first second at which the token is worth nothing.
    pub expires_at: Timestamp,
}

impl AccessGrant {
    /// Gives no more than the code did.
    #[must_use]
    pub fn new(code: &CodeGrant, now: Timestamp) -> Self {
        Self {
            client_id: code.client_id.clone(),
            scopes: code.scopes.clone(),
            expires_at: now.after(ACCESS_TOKEN_LIFETIME),
        }
    }

    /// Judges whether the token is still worth something.
    pub fn check(&self, now: Timestamp) -> Result<(), BearerProblem> {
        if now >= self.expires_at {
            return Err(BearerProblem::Expired {
                until: self.expires_at,
                now,
            });
        }
        Ok(())
    }
}

/// Reads the access token from every `Authorization` header of a request.
///
/// A token in the form or the query is not looked at: addresses end in logs (RFC 9700 4.3.2).
pub fn read(authorization: &[&[u8]]) -> Result<AccessToken, BearerProblem> {
    let header = match authorization {
        [] => return Err(BearerProblem::Missing),
        [header] => str::from_utf8(header).map_err(|_| BearerProblem::Malformed)?,
        _ => return Err(BearerProblem::SeveralHeaders),
    };
    let (scheme, token) = header.split_once(' ').ok_or(BearerProblem::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(BearerProblem::Missing);
    }
    AccessToken::read(token.trim_matches(' ')).ok_or(BearerProblem::Unknown)
}

/// Why an access token opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BearerProblem {
    /// There is none.
    Missing,
    /// The `Authorization` header is there twice.
    SeveralHeaders,
    /// The `Authorization` header is not `Bearer` and a token.
    Malformed,
    /// We gave no such token, or have taken it back.
    Unknown,
    /// The token is older than its life is long.
    Expired {
        /// When it expired.
        until: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
}

impl BearerProblem {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "token-missing",
            Self::SeveralHeaders => "several-authorization-headers",
            Self::Malformed => "authorization-header-malformed",
            Self::Unknown => "unknown-token",
            Self::Expired { .. } => "token-expired",
        }
    }

    /// What goes back to the application; the body is empty.
    #[must_use]
    pub fn response(self) -> BearerErrorResponse {
        let (status, error) = match self {
            // Whoever shows no token at all is told no more than how to (RFC 6750 3.1).
            Self::Missing => (401, None),
            Self::SeveralHeaders | Self::Malformed => (400, Some("invalid_request")),
            Self::Unknown | Self::Expired { .. } => (401, Some("invalid_token")),
        };
        let mut www_authenticate = r#"Bearer realm="userinfo""#.to_owned();
        if let Some(error) = error {
            www_authenticate += &format!(r#", error="{error}", error_description="{self}""#);
        }
        BearerErrorResponse {
            status,
            www_authenticate,
        }
    }
}

/// An error of the userinfo endpoint (RFC 6750 3): its status and a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BearerErrorResponse {
    /// The HTTP status.
    pub status: u16,
    /// The header `WWW-Authenticate`.
    pub www_authenticate: String,
}

impl fmt::Display for BearerProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Missing => "the request has no access token",
            Self::SeveralHeaders => "there is more than one Authorization header",
            Self::Malformed => "the Authorization header has to be Bearer and the access token",
            Self::Unknown => "there is no such access token",
            Self::Expired { .. } => "the access token has expired",
        })
    }
}

impl std::error::Error for BearerProblem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_read_from_one_header() {
        let token = AccessToken::from_random(&[7; 32]);
        for scheme in ["Bearer", "bearer", "BEARER", "Bearer "] {
            let header = format!("{scheme} {}", token.as_str());
            assert_eq!(read(&[header.as_bytes()]), Ok(token.clone()), "{scheme}");
        }
    }

    #[test]
    fn each_fault_has_its_status_and_its_hint() {
        let token = format!("Bearer {}", AccessToken::from_random(&[7; 32]).as_str());
        let token = token.as_bytes();
        let code = AccessToken::PREFIX.replace('a', "c") + &"A".repeat(43);
        let code = format!("Bearer {code}");
        for (headers, expected, status, error) in [
            (&[][..], "token-missing", 401, None),
            (&[&b"Basic YTpi"[..]], "token-missing", 401, None),
            (
                &[b"Bearer"],
                "authorization-header-malformed",
                400,
                Some("invalid_request"),
            ),
            (
                &[b""],
                "authorization-header-malformed",
                400,
                Some("invalid_request"),
            ),
            (
                &[b"Bearer \xff"],
                "authorization-header-malformed",
                400,
                Some("invalid_request"),
            ),
            (
                &[token, token],
                "several-authorization-headers",
                400,
                Some("invalid_request"),
            ),
            (&[b"Bearer "], "unknown-token", 401, Some("invalid_token")),
            (
                &[b"Bearer eyJhbGciOiJub25lIn0.e30."],
                "unknown-token",
                401,
                Some("invalid_token"),
            ),
            (
                &[code.as_bytes()],
                "unknown-token",
                401,
                Some("invalid_token"),
            ),
        ] {
            let problem = read(headers).unwrap_err();
            assert_eq!(problem.code(), expected);
            let BearerErrorResponse {
                status: answered,
                www_authenticate,
            } = problem.response();
            assert_eq!(answered, status, "{expected}");
            assert!(www_authenticate.starts_with(r#"Bearer realm="userinfo""#));
            let told = error.map(|error| format!(r#"error="{error}""#));
            assert_eq!(www_authenticate.contains("error"), told.is_some());
            assert!(told.is_none_or(|told| www_authenticate.contains(&told)));
        }
    }

    #[test]
    fn a_token_is_over_at_its_last_second() {
        let (client_id, scopes) = ("app_1".to_owned(), Scopes::default());
        let grant = AccessGrant {
            client_id,
            scopes,
            expires_at: Timestamp(100),
        };
        assert_eq!(grant.check(Timestamp(99)), Ok(()));
        let (until, now) = (Timestamp(100), Timestamp(100));
        assert_eq!(grant.check(now), Err(BearerProblem::Expired { until, now }));
    }
}
