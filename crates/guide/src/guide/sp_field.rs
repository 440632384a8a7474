//! What the administrator copies to the identity provider.

use runtime::app::App;
use serde::Deserialize;
use service::application;
use service::connection::{acs_address, acs_url, entity_id, sp_metadata_url};
use store::{Connection, StoreError};

/// A value of the service provider that a product asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpField {
    /// The application's name.
    AppName,
    AcsUrl,
    /// A regular expression that matches only the ACS URL.
    AcsUrlPattern,
    EntityId,
    MetadataUrl,
    MetadataFile,
    /// The certificate of the key that signs our messages.
    Certificate,
    /// The page on which members start.
    StartUrl,
}

impl SpField {
    /// The key of our name of the field.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::AppName => "guide-sp-field-app-name",
            Self::AcsUrl => "guide-sp-field-acs-url",
            Self::AcsUrlPattern => "guide-sp-field-acs-url-pattern",
            Self::EntityId => "guide-sp-field-entity-id",
            Self::MetadataUrl => "guide-sp-field-metadata-url",
            Self::MetadataFile => "guide-sp-field-metadata-file",
            Self::Certificate => "guide-sp-field-certificate",
            Self::StartUrl => "guide-sp-field-start-url",
        }
    }

    /// Whether the administrator downloads a file instead of copying the value.
    pub(super) const fn is_file(self) -> bool {
        matches!(self, Self::MetadataFile | Self::Certificate)
    }
}

/// The values of one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpValues {
    pub app_name: String,
    pub acs_url: String,
    pub entity_id: String,
    pub metadata_url: String,
    pub certificate_url: String,
    /// The front page of the application, if there is exactly one application.
    pub start_url: Option<String>,
}

impl SpValues {
    /// The values that all connections have in common, for pages without a connection.
    pub fn without_connection(app: &App) -> Self {
        Self {
            app_name: app.config.product_name.clone(),
            acs_url: String::new(),
            entity_id: app.config.entity_id.clone(),
            metadata_url: String::new(),
            certificate_url: String::new(),
            start_url: None,
        }
    }

    pub async fn load(app: &App, connection: &Connection) -> Result<Self, StoreError> {
        let start_url = application::start_page(app).await?;
        Ok(Self {
            app_name: app.config.product_name.clone(),
            acs_url: acs_url(app, connection),
            entity_id: entity_id(app, connection).to_owned(),
            metadata_url: sp_metadata_url(app, connection),
            certificate_url: acs_address::certificate_url(app, connection),
            start_url,
        })
    }

    /// The value of a field, or `None` when the connection has none. The value of a file is its URL.
    pub(super) fn get(&self, field: SpField) -> Option<String> {
        match field {
            SpField::AppName => Some(self.app_name.clone()),
            SpField::AcsUrl => Some(self.acs_url.clone()),
            SpField::AcsUrlPattern => Some(pattern(&self.acs_url)),
            SpField::EntityId => Some(self.entity_id.clone()),
            SpField::MetadataUrl | SpField::MetadataFile => Some(self.metadata_url.clone()),
            SpField::Certificate => Some(self.certificate_url.clone()),
            SpField::StartUrl => self.start_url.clone(),
        }
    }
}

/// A regular expression that matches only this URL. OneLogin requires escaped slashes too.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_matches_only_the_url() {
        assert_eq!(
            pattern("https://auth.example.com:8443/saml/con-a/acs?x=1+2"),
            r"^https:\/\/auth\.example\.com:8443\/saml\/con-a\/acs\?x\=1\+2$"
        );
    }
}
