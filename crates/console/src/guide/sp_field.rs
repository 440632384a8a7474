//! What the other product has to be told about us.

use runtime::app::App;
use serde::Deserialize;
use service::connection::{acs_address, acs_url, entity_id, metadata_url};
use store::{Application, Connection, Page, StoreError};
use url::Url;

/// Something of ours that a product asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// What people call the application.
    AppName,
    /// Where responses are sent.
    AcsUrl,
    /// The same as a regular expression that nothing else matches.
    AcsUrlPattern,
    /// Our name toward the identity provider.
    EntityId,
    /// Where our metadata is.
    MetadataUrl,
    /// Our metadata.
    MetadataFile,
    /// The certificate of our signatures.
    Certificate,
    /// Where people begin.
    StartUrl,
}

impl Value {
    /// The key of our own word for it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::AppName => "guide-term-app-name",
            Self::AcsUrl => "guide-term-acs-url",
            Self::AcsUrlPattern => "guide-term-acs-url-pattern",
            Self::EntityId => "guide-term-entity-id",
            Self::MetadataUrl => "guide-term-metadata-url",
            Self::MetadataFile => "guide-term-metadata-file",
            Self::Certificate => "guide-term-certificate",
            Self::StartUrl => "guide-term-start-url",
        }
    }

    /// Whether it is fetched as a file rather than copied.
    pub(super) const fn is_file(self) -> bool {
        matches!(self, Self::MetadataFile | Self::Certificate)
    }
}

/// The values of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    /// What people call the application.
    pub app_name: String,
    /// Where responses are sent.
    pub acs_url: String,
    /// Our name toward the identity provider.
    pub entity_id: String,
    /// Where our metadata is.
    pub metadata_url: String,
    /// Where the certificate of our signatures is.
    pub certificate_url: String,
    /// Where people begin, if there is one such place.
    pub start_url: Option<String>,
}

impl Values {
    /// The values where there is no connection, or none any more: those that every connection has.
    pub fn of_nobody(app: &App) -> Self {
        Self {
            app_name: app.config.product_name.clone(),
            acs_url: String::new(),
            entity_id: app.config.entity_id.clone(),
            metadata_url: String::new(),
            certificate_url: String::new(),
            start_url: None,
        }
    }

    /// The values of a connection.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn of(app: &App, connection: &Connection) -> Result<Self, StoreError> {
        // Two are enough to know that there is no one place where everybody begins.
        let applications = app
            .store
            .snapshot()
            .await?
            .applications(&Page::first(2))
            .await?;
        let start_url = match applications.as_slice() {
            [only] => front_page(only),
            _ => None,
        };
        Ok(Self {
            app_name: app.config.product_name.clone(),
            acs_url: acs_url(app, connection),
            entity_id: entity_id(app, connection).to_owned(),
            metadata_url: metadata_url(app, connection),
            certificate_url: acs_address::certificate_url(app, connection),
            start_url,
        })
    }

    /// What stands in the field; nothing when this connection has no such value. Of a file, where it is.
    pub(super) fn read(&self, value: Value) -> Option<String> {
        match value {
            Value::AppName => Some(self.app_name.clone()),
            Value::AcsUrl => Some(self.acs_url.clone()),
            Value::AcsUrlPattern => Some(pattern(&self.acs_url)),
            Value::EntityId => Some(self.entity_id.clone()),
            Value::MetadataUrl | Value::MetadataFile => Some(self.metadata_url.clone()),
            Value::Certificate => Some(self.certificate_url.clone()),
            Value::StartUrl => self.start_url.clone(),
        }
    }
}

/// The front page of the host to which an application wants its people sent back.
fn front_page(application: &Application) -> Option<String> {
    let web = |uri: &String| {
        Url::parse(uri)
            .ok()
            .filter(|url| matches!(url.scheme(), "https" | "http"))
    };
    let url = application.redirect_uris.iter().find_map(web)?;
    Some(url.origin().ascii_serialization())
}

/// OneLogin wants slashes escaped too.
fn pattern(url: &str) -> String {
    let mut pattern = String::from("^");
    for one in url.chars() {
        if !one.is_ascii_alphanumeric() && !matches!(one, '-' | ':' | '_' | '~' | '%') {
            pattern.push('\\');
        }
        pattern.push(one);
    }
    pattern.push('$');
    pattern
}

#[test]
fn the_pattern_matches_the_address_alone() {
    assert_eq!(
        pattern("https://auth.example.com:8443/saml/con-a/acs?x=1+2"),
        r"^https:\/\/auth\.example\.com:8443\/saml\/con-a\/acs\?x\=1\+2$"
    );
}
