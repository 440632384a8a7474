//! Bearer authentication at the userinfo endpoint (RFC 6750).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::opaque::AccessToken;
use crate::parameters::{Parameter, Parameters};
use crate::scope::Scopes;
use crate::time::saturating_add;
use crate::token::{ACCESS_TOKEN_LIFETIME, CodeGrant};

const ACCESS_TOKEN: Parameter = Parameter::new("access_token", 256);

/// What an access token authorizes; a store keeps it with the hash of the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessGrant {
    pub client_id: String,
    pub scopes: Scopes,
    /// The token is invalid from this second on.
    #[serde(with = "jiff::fmt::serde::timestamp::second::required")]
    pub expires_at: Timestamp,
}

impl AccessGrant {
    /// Grants the scopes of the code.
    #[must_use]
    pub fn new(code: &CodeGrant, now: Timestamp) -> Self {
        Self {
            client_id: code.client_id.clone(),
            scopes: code.scopes.clone(),
            expires_at: saturating_add(now, ACCESS_TOKEN_LIFETIME),
        }
    }

    pub fn check(&self, now: Timestamp) -> Result<(), BearerError> {
        if now >= self.expires_at {
            return Err(BearerError::TokenExpired {
                expires_at: self.expires_at,
                now,
            });
        }
        Ok(())
    }
}

/// Reads the access token from the `Authorization` headers of a request or from its form (RFC 6750 2.2); exactly one is
/// allowed.
///
/// A token in the query is ignored, because URLs appear in logs (RFC 9700 4.3.2).
pub fn extract_token(
    authorization: &[&[u8]],
    form: Option<&str>,
) -> Result<AccessToken, BearerError> {
    let posted = form.map_or(Ok(None), posted_token)?;
    let header = match authorization {
        [] => {
            let token = posted.ok_or(BearerError::MissingToken)?;
            return AccessToken::parse(&token).ok_or(BearerError::TokenNotFound);
        }
        _ if posted.is_some() => return Err(BearerError::MultipleTokens),
        [header] => {
            str::from_utf8(header).map_err(|_| BearerError::MalformedAuthorizationHeader)?
        }
        _ => return Err(BearerError::MultipleAuthorizationHeaders),
    };
    let (scheme, token) = header
        .split_once(' ')
        .ok_or(BearerError::MalformedAuthorizationHeader)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(BearerError::MissingToken);
    }
    AccessToken::parse(token.trim_matches(' ')).ok_or(BearerError::TokenNotFound)
}

fn posted_token(form: &str) -> Result<Option<String>, BearerError> {
    let parameters = Parameters::parse(form).map_err(|_| BearerError::MalformedForm)?;
    let token = parameters.value(ACCESS_TOKEN);
    let token = token.map_err(|_| BearerError::MalformedForm)?;
    Ok(token.map(str::to_owned))
}

/// Why the userinfo endpoint rejects a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BearerError {
    #[error("the request has no access token")]
    MissingToken,
    #[error("there is more than one Authorization header")]
    MultipleAuthorizationHeaders,
    #[error("the Authorization header has to be Bearer and the access token")]
    MalformedAuthorizationHeader,
    /// RFC 6750 2: one method in each request.
    #[error("the access token is in the Authorization header and in the form")]
    MultipleTokens,
    #[error("the form has to be application/x-www-form-urlencoded with one access_token")]
    MalformedForm,
    /// The token was never issued, or was revoked.
    #[error("there is no such access token")]
    TokenNotFound,
    #[error("the access token has expired")]
    TokenExpired {
        expires_at: Timestamp,
        now: Timestamp,
    },
}

impl BearerError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::MissingToken => "token-missing",
            Self::MultipleAuthorizationHeaders => "several-authorization-headers",
            Self::MalformedAuthorizationHeader => "authorization-header-malformed",
            Self::MultipleTokens => "several-tokens",
            Self::MalformedForm => "form-malformed",
            Self::TokenNotFound => "unknown-token",
            Self::TokenExpired { .. } => "token-expired",
        }
    }

    /// The error response; its body is empty.
    #[must_use]
    pub fn response(self) -> BearerErrorResponse {
        let (status, error) = match self {
            // A request without a token gets no error code (RFC 6750 3.1).
            Self::MissingToken => (401, None),
            Self::MultipleAuthorizationHeaders
            | Self::MalformedAuthorizationHeader
            | Self::MultipleTokens
            | Self::MalformedForm => (400, Some("invalid_request")),
            Self::TokenNotFound | Self::TokenExpired { .. } => (401, Some("invalid_token")),
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

/// An error response of the userinfo endpoint (RFC 6750 3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BearerErrorResponse {
    pub status: u16,
    pub www_authenticate: String,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const TOKEN: &str = "Bearer vsa_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
    const CODE: &str = "Bearer vsc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    #[rstest]
    fn the_token_is_extracted_from_one_header(
        #[values("Bearer", "bearer", "BEARER", "Bearer ")] scheme: &str,
    ) {
        let token = AccessToken::from_random(&[7; 32]);
        let header = format!("{scheme} {}", token.as_str());
        assert_eq!(extract_token(&[header.as_bytes()], None), Ok(token.clone()));
    }

    #[test]
    fn the_token_is_extracted_from_the_form() {
        let token = AccessToken::from_random(&[7; 32]);
        let form = format!("access_token={}&other=1", token.as_str());
        assert_eq!(extract_token(&[], Some(&form)), Ok(token));
    }

    #[rstest]
    #[case::empty(&[], "", "token-missing", 401)]
    #[case::unknown(&[], "access_token=abc", "unknown-token", 401)]
    #[case::twice(&[], "access_token=a&access_token=b", "form-malformed", 400)]
    #[case::malformed(&[], "access_token=%zz", "form-malformed", 400)]
    #[case::in_the_header_too(&[TOKEN], "access_token=a", "several-tokens", 400)]
    #[case::basic_header(&["Basic YTpi"], "access_token=a", "several-tokens", 400)]
    fn a_form_without_one_valid_token_is_rejected(
        #[case] headers: &[&str],
        #[case] form: &str,
        #[case] code: &str,
        #[case] status: u16,
    ) {
        let headers: Vec<_> = headers.iter().map(|header| header.as_bytes()).collect();
        let error = extract_token(&headers, Some(form)).unwrap_err();
        assert_eq!((error.code(), error.response().status), (code, status));
    }

    #[rstest]
    #[case::no_header(&[], "token-missing", 401, None)]
    #[case::basic(&["Basic YTpi"], "token-missing", 401, None)]
    #[case::no_token(&["Bearer"], "authorization-header-malformed", 400, Some("invalid_request"))]
    #[case::empty_header(&[""], "authorization-header-malformed", 400, Some("invalid_request"))]
    #[case::two_headers(
        &[TOKEN, TOKEN],
        "several-authorization-headers",
        400,
        Some("invalid_request")
    )]
    #[case::empty_token(&["Bearer "], "unknown-token", 401, Some("invalid_token"))]
    #[case::jwt(
        &["Bearer eyJhbGciOiJub25lIn0.e30."],
        "unknown-token",
        401,
        Some("invalid_token")
    )]
    #[case::authorization_code(&[CODE], "unknown-token", 401, Some("invalid_token"))]
    fn each_error_has_its_status_and_www_authenticate_header(
        #[case] headers: &[&str],
        #[case] code: &str,
        #[case] status: u16,
        #[case] error: Option<&str>,
    ) {
        let headers: Vec<_> = headers.iter().map(|header| header.as_bytes()).collect();
        let bearer_error = extract_token(&headers, None).unwrap_err();
        assert_eq!(bearer_error.code(), code);
        let response = bearer_error.response();
        assert_eq!(response.status, status);
        let www_authenticate = response.www_authenticate;
        assert!(www_authenticate.starts_with(r#"Bearer realm="userinfo""#));
        match error {
            Some(error) => assert!(www_authenticate.contains(&format!(r#"error="{error}""#))),
            None => assert!(!www_authenticate.contains("error")),
        }
    }

    #[test]
    fn a_header_that_is_not_utf8_is_malformed() {
        let error = extract_token(&[b"Bearer \xff"], None).unwrap_err();
        assert_eq!(error.code(), "authorization-header-malformed");
        let response = error.response();
        assert_eq!(response.status, 400);
        let www_authenticate = response.www_authenticate;
        assert!(www_authenticate.starts_with(r#"Bearer realm="userinfo""#));
        assert!(www_authenticate.contains(r#"error="invalid_request""#));
    }

    #[test]
    fn a_token_is_invalid_from_the_second_of_its_expiry() {
        let expires_at = Timestamp::constant(100, 0);
        let grant = AccessGrant {
            client_id: "app_1".to_owned(),
            scopes: Scopes::default(),
            expires_at,
        };
        assert_eq!(grant.check(Timestamp::constant(99, 0)), Ok(()));
        let now = expires_at;
        assert_eq!(
            grant.check(now),
            Err(BearerError::TokenExpired { expires_at, now })
        );
    }
}
