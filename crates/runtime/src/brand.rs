//! The operator's colour and logo, as the files that browsers load for them.

mod shade;

use config::{Color, Config, Logo};

use crate::seal;

/// What makes the pages look like the operator's product.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    style: Option<BrandFile>,
    logo: Option<BrandFile>,
}

/// A file that is made at the start, and named after its content.
#[derive(Clone, Debug)]
pub struct BrandFile {
    path: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl Brand {
    /// That of a configuration.
    pub fn of(config: &Config) -> Self {
        Self {
            style: config.brand_color.map(style),
            logo: config.logo.as_ref().map(logo),
        }
    }

    /// Where the style is that goes behind all others.
    pub fn style(&self) -> Option<&str> {
        self.style.as_ref().map(|file| file.path.as_str())
    }

    /// Where the logo is.
    pub fn logo(&self) -> Option<&str> {
        self.logo.as_ref().map(|file| file.path.as_str())
    }

    /// The file that is served at this path.
    pub fn file(&self, path: &str) -> Option<&BrandFile> {
        let mut files = [&self.style, &self.logo].into_iter().flatten();
        files.find(|file| file.path == path)
    }
}

fn style(color: Color) -> BrandFile {
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

fn logo(logo: &Logo) -> BrandFile {
    let extension = match logo.media_type {
        "image/png" => "png",
        _ => "svg",
    };
    file("logo", extension, logo.media_type, logo.bytes.to_vec())
}

fn file(name: &str, extension: &str, media_type: &'static str, bytes: Vec<u8>) -> BrandFile {
    let hash: String = seal::hash_bytes(&bytes).as_str().chars().take(16).collect();
    BrandFile {
        path: format!("/assets/{name}-{hash}.{extension}"),
        media_type,
        bytes,
    }
}
