//! The cookies: one ties a sign-in to the browser that began it, the others say who is signed in, and where.
//!
//! A response is posted from the identity provider's site, so the first has to be sent across sites; the others never
//! are. Under https both bear the prefix by which browsers promise that nobody else's host has set them.

use ::cookie::{CookieBuilder, SameSite};
use axum::http::{HeaderMap, HeaderValue, header};
use i18n::Language;
use runtime::app::App;
use runtime::seal;
use runtime::secret_token::SecretToken;
use store::SecretHash;

use super::LANGUAGE_COOKIE;

/// One of the cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Which browser it is; says nothing about who sits before it.
    Browser,
    /// Who is signed in.
    Session,
    /// Who is signed in to the console.
    Console,
    /// Who sets up a connection by a link.
    Setup,
}

impl Cookie {
    /// What the browser sent, as the store knows it.
    pub fn read(self, app: &App, headers: &HeaderMap) -> Option<SecretHash> {
        self.secret(app, headers).map(|secret| seal::hash(&secret))
    }

    /// The cookie that the browser has, or another one.
    pub fn get_or_create(self, app: &App, headers: &HeaderMap) -> SecretToken {
        match self.secret(app, headers) {
            Some(secret) => SecretToken::from_secret(secret),
            None => SecretToken::generate(),
        }
    }

    /// The `Set-Cookie` header that gives the browser this cookie.
    pub fn set(self, app: &App, token: &SecretToken) -> HeaderValue {
        let is_https = app.config.public_url.is_https();
        let cookie = self.build(app, token.secret.clone());
        // Without encryption, on this machine alone, browsers take no cookie across sites; there a sign-in never
        // leaves the site, since ports do not count.
        let cookie = match (self, is_https) {
            (Self::Browser, true) => cookie
                .same_site(SameSite::None)
                .max_age(::cookie::time::Duration::DAY),
            (Self::Browser, false) => cookie.max_age(::cookie::time::Duration::DAY),
            (Self::Session | Self::Console | Self::Setup, _) => cookie,
        };
        header_value(&cookie.build())
    }

    /// The `Set-Cookie` header that removes this cookie from the browser.
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

    /// The cookie's value, when it has the form of a generated secret.
    pub fn secret(self, app: &App, headers: &HeaderMap) -> Option<String> {
        value(headers, self.name(app)).filter(|value| SecretToken::is_well_formed(value))
    }
}

/// The `Set-Cookie` header that keeps a person's choice of a language.
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
pub fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let sent = headers.get_all(header::COOKIE).into_iter();
    sent.filter_map(|value| value.to_str().ok())
        .flat_map(::cookie::Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

fn header_value(cookie: &::cookie::Cookie<'_>) -> HeaderValue {
    HeaderValue::try_from(cookie.to_string()).expect("a cookie of letters and digits fits a header")
}
