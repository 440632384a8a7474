//! The cookies of this server.
//!
//! The browser cookie ties a sign-in to the browser that started it. It is sent across sites, because the identity
//! provider's site posts the response. The session cookies are not. With https all of them have the prefix `__Host-`,
//! which other hosts cannot set.

use ::cookie::{CookieBuilder, SameSite};
use axum::http::{HeaderMap, HeaderValue, header};
use i18n::Language;
use runtime::app::App;
use runtime::seal;
use runtime::secret_token::SecretToken;
use store::SecretHash;

use super::LANGUAGE_COOKIE;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Identifies the browser, not the user.
    Browser,
    /// The session of a member.
    Session,
    /// The session of a person in the console.
    Console,
    /// The session of the recipient of a setup link.
    Setup,
}

impl Cookie {
    /// The hash of the cookie's secret, as the store has it.
    pub fn read_hash(self, app: &App, headers: &HeaderMap) -> Option<SecretHash> {
        self.read_secret(app, headers)
            .map(|secret| seal::hash(&secret))
    }

    /// The token in the cookie, or a new one when the browser has sent none.
    pub fn get_or_create(self, app: &App, headers: &HeaderMap) -> SecretToken {
        match self.read_secret(app, headers) {
            Some(secret) => SecretToken::from_secret(secret),
            None => SecretToken::generate(),
        }
    }

    /// The `Set-Cookie` header with this token.
    pub fn set(self, app: &App, token: &SecretToken) -> HeaderValue {
        let is_https = app.config.public_url.is_https();
        let cookie = self.build(app, token.secret.clone());
        // Browsers reject cross-site cookies without https. A form of another site then arrives without the cookie, and
        // is posted once more from a page of this server.
        let cookie = match (self, is_https) {
            (Self::Browser, true) => cookie
                .same_site(SameSite::None)
                .max_age(::cookie::time::Duration::DAY),
            (Self::Browser, false) => cookie.max_age(::cookie::time::Duration::DAY),
            (Self::Session | Self::Console | Self::Setup, _) => cookie,
        };
        header_value(&cookie.build())
    }

    /// The `Set-Cookie` header that deletes the cookie.
    pub fn clear(self, app: &App) -> HeaderValue {
        let cookie = self.build(app, String::new());
        header_value(&cookie.max_age(::cookie::time::Duration::ZERO).build())
    }

    fn build(self, app: &App, value: String) -> CookieBuilder<'static> {
        ::cookie::Cookie::build((self.name(app), value))
            .path("/")
            .http_only(true)
            .secure(app.config.public_url.is_https())
            .same_site(SameSite::Lax)
    }

    fn name(self, app: &App) -> &'static str {
        match (self, app.config.public_url.is_https()) {
            (Self::Browser, true) => "__Host-vestibule-browser",
            (Self::Browser, false) => "vestibule-browser",
            (Self::Session, true) => "__Host-vestibule-session",
            (Self::Session, false) => "vestibule-session",
            (Self::Console, true) => "__Host-vestibule-console",
            (Self::Console, false) => "vestibule-console",
            (Self::Setup, true) => "__Host-vestibule-setup",
            (Self::Setup, false) => "vestibule-setup",
        }
    }

    /// The secret in the cookie, if it has the form of a generated one.
    pub fn read_secret(self, app: &App, headers: &HeaderMap) -> Option<String> {
        read_value(headers, self.name(app)).filter(|value| SecretToken::is_well_formed(value))
    }
}

/// The `Set-Cookie` header for the language that a user chose.
pub fn language_cookie(app: &App, language: Language) -> HeaderValue {
    let cookie = ::cookie::Cookie::build((LANGUAGE_COOKIE, language.tag()))
        .path("/")
        .http_only(true)
        .secure(app.config.public_url.is_https())
        .same_site(SameSite::Lax)
        .max_age(::cookie::time::Duration::days(365));
    header_value(&cookie.build())
}

/// The value of the first cookie with this name.
pub fn read_value(headers: &HeaderMap, name: &str) -> Option<String> {
    let sent = headers.get_all(header::COOKIE).into_iter();
    sent.filter_map(|value| value.to_str().ok())
        .flat_map(::cookie::Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

pub(super) fn header_value(cookie: &::cookie::Cookie<'_>) -> HeaderValue {
    HeaderValue::try_from(cookie.to_string()).expect("a cookie of letters and digits fits a header")
}
