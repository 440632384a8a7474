//! The operator's color and logo as files for browsers.

mod shade;

use config::{Color, Config, Logo};

use crate::seal;

/// The look of the operator's product.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    style: Option<BrandFile>,
    logo: Option<BrandFile>,
}

/// A file that is generated at the start, with a hash of its content in its name.
#[derive(Clone, Debug)]
pub struct BrandFile {
    path: String,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl Brand {
    pub fn from_config(config: &Config) -> Self {
        Self {
            style: config.brand_color.map(style),
            logo: config.logo.as_ref().map(logo),
        }
    }

    /// The path of the style sheet, which must be the last one of a page.
    pub fn style_path(&self) -> Option<&str> {
        self.style.as_ref().map(|file| file.path.as_str())
    }

    pub fn logo_path(&self) -> Option<&str> {
        self.logo.as_ref().map(|file| file.path.as_str())
    }

    pub fn file(&self, path: &str) -> Option<&BrandFile> {
        let mut files = [&self.style, &self.logo].into_iter().flatten();
        files.find(|file| file.path == path)
    }
}

fn style(color: Color) -> BrandFile {
    let rules = |backgrounds: &shade::Backgrounds| {
        format!(
            ":root{{--accent:{color};--on-accent:{};--link:{}}}",
            shade::text_on(color),
            shade::readable(color, backgrounds)
        )
    };
    let light = rules(&shade::LIGHT);
    let dark = rules(&shade::DARK);
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
