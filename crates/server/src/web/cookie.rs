//! The cookies: one ties a sign-in to the browser that began it, the others say who is signed in, and where.
//!
//! A response is posted from the identity provider's site, so the first has to be sent across sites; the others never
//! are. Under https both bear the prefix by which browsers promise that nobody else's host has set them.

use axum::http::{HeaderMap, HeaderValue, header};
use base64_simd::URL_SAFE_NO_PAD;
use store::SecretHash;

use crate::app::App;
use crate::{random, seal};

/// How many random bytes a cookie holds, or a handle.
const RANDOM_BYTES: usize = 32;

/// One of the cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// Which browser it is; says nothing about who sits before it.
    Browser,
    /// Who is signed in.
    Session,
    /// Who is signed in to the console.
    Console,
    /// Who sets up a connection by a link.
    Setup,
}

/// A secret that is handed out now; afterwards only its hash is known.
#[derive(Debug)]
pub(crate) struct Fresh {
    /// The secret itself, for its holder alone.
    pub secret: String,
    /// What the store keeps.
    pub hash: SecretHash,
}

impl Fresh {
    /// Draws one.
    pub(crate) fn draw() -> Self {
        let secret = URL_SAFE_NO_PAD.encode_to_string(random::bytes::<RANDOM_BYTES>());
        Self {
            hash: seal::hash(&secret),
            secret,
        }
    }
}

impl Cookie {
    /// What the browser sent, as the store knows it.
    pub(crate) fn read(self, app: &App, headers: &HeaderMap) -> Option<SecretHash> {
        self.secret(app, headers).map(|secret| seal::hash(&secret))
    }

    /// The cookie that the browser has, or another one.
    pub(crate) fn read_or_draw(self, app: &App, headers: &HeaderMap) -> Fresh {
        match self.secret(app, headers) {
            Some(secret) => Fresh {
                hash: seal::hash(&secret),
                secret,
            },
            None => Fresh::draw(),
        }
    }

    /// The header that gives the browser this cookie.
    pub(crate) fn set(self, app: &App, fresh: &Fresh) -> HeaderValue {
        let is_https = app.config.public_url.is_https();
        let name = self.name(app);
        // Without encryption, on this machine alone, browsers take no cookie across sites; there a sign-in never
        // leaves the site, since ports do not count.
        let (same_site, lifetime) = match (self, is_https) {
            (Self::Browser, true) => ("None", "; Max-Age=86400"),
            (Self::Browser, false) => ("Lax", "; Max-Age=86400"),
            (Self::Session | Self::Console | Self::Setup, _) => ("Lax", ""),
        };
        let secure = if is_https { "; Secure" } else { "" };
        let secret = &fresh.secret;
        let text =
            format!("{name}={secret}; Path=/; HttpOnly; SameSite={same_site}{secure}{lifetime}");
        HeaderValue::try_from(text).expect("a cookie of letters and digits fits a header")
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

    /// The header that takes this cookie from the browser.
    pub(crate) fn clear(self, app: &App) -> HeaderValue {
        let name = self.name(app);
        let secure = if app.config.public_url.is_https() {
            "; Secure"
        } else {
            ""
        };
        let text = format!("{name}=; Path=/; HttpOnly; SameSite=Lax{secure}; Max-Age=0");
        HeaderValue::try_from(text).expect("a cookie of letters and digits fits a header")
    }

    /// The cookie's value, when it has the shape of one of ours.
    pub(crate) fn secret(self, app: &App, headers: &HeaderMap) -> Option<String> {
        let name = self.name(app);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(one, _)| *one == name)
            .map(|(_, value)| value.to_owned())
            .filter(|value| {
                URL_SAFE_NO_PAD
                    .decode_to_vec(value)
                    .is_ok_and(|bytes| bytes.len() == RANDOM_BYTES)
            })
    }
}
