//! Style sheets, scripts and the icon: embedded, with a hash of the content in their URLs.

use std::sync::LazyLock;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use runtime::brand::BrandFile;
use runtime::seal;

/// For all pages.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "style",
        "css",
        "text/css; charset=utf-8",
        include_str!("../assets/style.css"),
    )
});
/// Submits a form without a click.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "post",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/post.js"),
    )
});

/// For the pages of the console, in addition to [`STYLE`].
pub static CONSOLE_STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "console",
        "css",
        "text/css; charset=utf-8",
        include_str!("../assets/console.css"),
    )
});
/// Enhances the pages of the console, which work without it.
pub static CONSOLE_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "console",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/console.js"),
    )
});

/// Registers and uses passkeys.
pub static PASSKEY_SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "passkey",
        "js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/passkey.js"),
    )
});

/// The icon of all pages.
pub static ICON: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "icon",
        "svg",
        "image/svg+xml",
        include_str!("../assets/icon.svg"),
    )
});

#[derive(Debug)]
pub struct Asset {
    /// Changes with the content, so browsers may cache the file forever.
    pub path: String,
    content_type: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(name: &str, extension: &str, content_type: &'static str, content: &'static str) -> Self {
        let hash: String = seal::hash(content).as_str().chars().take(16).collect();
        Self {
            path: format!("/assets/{name}-{hash}.{extension}"),
            content_type,
            content,
        }
    }
}

/// `GET /assets/{file}`
pub async fn serve_asset(State(app): State<App>, Path(file): Path<String>) -> Response {
    let path = format!("/assets/{file}");
    if let Some(file) = app.brand.file(&path) {
        return brand_file(file);
    }
    let Some(asset) = [
        &*STYLE,
        &*SCRIPT,
        &*CONSOLE_STYLE,
        &*CONSOLE_SCRIPT,
        &*PASSKEY_SCRIPT,
        &*ICON,
    ]
    .into_iter()
    .find(|asset| asset.path == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.content).into_response()
}

/// An SVG file can contain scripts, and can be opened by its own URL.
const LOGO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

fn brand_file(file: &BrandFile) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    let mut response = (headers, file.bytes.clone()).into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(LOGO_POLICY),
    );
    response
}
