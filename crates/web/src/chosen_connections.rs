//! The cookie that remembers through which connections this browser's user chose to sign in.
//!
//! It has the IDs of connections, the last chosen first: at most one of each organization matters, because a connection
//! belongs to one. It proves nothing. A forged value chooses only what the user of the browser could choose anyway.

use ::cookie::SameSite;
use axum::http::{HeaderMap, HeaderValue};
use runtime::app::App;
use store::ConnectionId;

use super::cookie::{header_value, read_value};

/// How many choices are remembered.
const MAX_CHOICES: usize = 10;
const SEPARATOR: char = '.';

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenConnections(Vec<ConnectionId>);

impl ChosenConnections {
    pub fn read(app: &App, headers: &HeaderMap) -> Self {
        let value = read_value(headers, name(app)).unwrap_or_default();
        let ids = value.split(SEPARATOR).take(MAX_CHOICES);
        Self(ids.filter_map(|id| ConnectionId::parse(id).ok()).collect())
    }

    /// The last chosen first.
    pub fn ids(&self) -> &[ConnectionId] {
        &self.0
    }

    /// Remembers a choice.
    pub fn add(&mut self, chosen: &ConnectionId) {
        self.0.retain(|id| id != chosen);
        self.0.insert(0, chosen.clone());
        self.0.truncate(MAX_CHOICES);
    }

    /// The `Set-Cookie` header.
    pub fn header(&self, app: &App) -> HeaderValue {
        let ids: Vec<&str> = self.0.iter().map(ConnectionId::as_str).collect();
        let value = ids.join(&SEPARATOR.to_string());
        let cookie = ::cookie::Cookie::build((name(app), value))
            .path("/")
            .http_only(true)
            .secure(app.config.public_url.is_https())
            .same_site(SameSite::Lax)
            .max_age(::cookie::time::Duration::days(365));
        header_value(&cookie.build())
    }
}

fn name(app: &App) -> &'static str {
    if app.config.public_url.is_https() {
        "__Host-vestibule-connections"
    } else {
        "vestibule-connections"
    }
}
