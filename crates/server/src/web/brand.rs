//! The operator's colour and logo, as the files that browsers load for them.

mod shade;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::config::{Color, Config, Logo};
use crate::seal;

/// What a logo may do: nothing. A drawing can carry scripts, and somebody could open it by itself.
const LOGO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// What makes the pages look like the operator's product.
#[derive(Clone, Debug, Default)]
pub(crate) struct Brand {
    style: Option<File>,
    logo: Option<File>,
}

/// A file that is made at the start, and named after its content.
#[derive(Clone, Debug)]
struct File {
    path: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl Brand {
    /// That of a configuration.
    pub(crate) fn of(config: &Config) -> Self {
        Self {
            style: config.brand_color.map(style),
            logo: config.logo.as_ref().map(logo),
        }
    }

    /// Where the style is that goes behind all others.
    pub(crate) fn style(&self) -> Option<&str> {
        self.style.as_ref().map(|file| file.path.as_str())
    }

    /// Where the logo is.
    pub(crate) fn logo(&self) -> Option<&str> {
        self.logo.as_ref().map(|file| file.path.as_str())
    }

    /// The file with this address.
    pub(super) fn serve(&self, path: &str) -> Option<Response> {
        let mut files = [&self.style, &self.logo].into_iter().flatten();
        let file = files.find(|file| file.path == path)?;
        let headers = [
            (header::CONTENT_TYPE, file.media_type),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ];
        let mut response = (headers, file.bytes.clone()).into_response();
        response.headers_mut().insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(LOGO_POLICY),
        );
        Some(response)
    }
}

fn style(color: Color) -> File {
    let rules = |ground: &shade::Ground| {
        format!(
            ":root{{--accent:{color};--on-accent:{};--link:{}}}",
            shade::text_on(color),
            shade::readable(color, ground)
        )
    };
    let (light, dark) = (rules(&shade::LIGHT), rules(&shade::DARK));
    let css = format!("{light}\n@media (prefers-color-scheme: dark){{{dark}}}\n");
    file("brand", "css", "text/css; charset=utf-8", css.into_bytes())
}

fn logo(logo: &Logo) -> File {
    let extension = match logo.media_type {
        "image/png" => "png",
        _ => "svg",
    };
    file("logo", extension, logo.media_type, logo.bytes.to_vec())
}

fn file(name: &str, extension: &str, media_type: &'static str, bytes: Vec<u8>) -> File {
    let hash: String = seal::hash_bytes(&bytes).as_str().chars().take(16).collect();
    File {
        path: format!("/assets/{name}-{hash}.{extension}"),
        media_type,
        bytes,
    }
}
