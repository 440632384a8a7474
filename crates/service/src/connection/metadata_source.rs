//! Fetches the metadata whose URL is set in place of the metadata itself.

use jiff::Timestamp;
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use saml::trim_edges;
use store::{Connection, OrganizationTx, StoreError};
use url::Url;

use super::ConnectionInput;
use super::acs_address::is_own_route;
use super::idp_config::paste_error_text;

/// What is wrong with the service provider's metadata in place of the identity provider's.
pub(super) const OWN_METADATA: &str = "this is the service provider's metadata; enter it at the identity provider, and give the identity provider's metadata here";
const OWN_METADATA_KEY: &str = "setup-error-own-metadata";

/// Where metadata was fetched from, and when.
#[derive(Clone, Debug)]
pub(super) struct MetadataSource {
    url: String,
    fetched_at: Timestamp,
}

impl MetadataSource {
    /// Replaces `metadata_url` by the metadata. None if no URL is set.
    pub(super) async fn fetch(
        app: &App,
        settings: &mut ConnectionInput,
    ) -> Result<Option<Self>, Problem> {
        let Some(url) = settings.metadata_url.take() else {
            return Ok(None);
        };
        if settings.metadata_xml.is_some() {
            let problem = FieldProblem::new(
                "metadata_url",
                "no value together with metadata_xml",
                "both",
            );
            return Err(Problem::fields(vec![problem]));
        }
        if is_own_address(app, &url) {
            let expected = LocalizedText::key("problem-expected-metadata");
            let received = LocalizedText::with_fallback(OWN_METADATA, OWN_METADATA_KEY.to_owned());
            return Err(Problem::field("metadata_url", expected, received));
        }
        let fetched = app.fetch_metadata(&url, settings.issuer.as_deref()).await?;
        let tidy = fetched.tidy().await.map_err(|error| {
            let expected = LocalizedText::key("problem-expected-metadata");
            Problem::field("metadata_url", expected, paste_error_text(&error))
        })?;
        settings.metadata_xml = Some(tidy.as_str().to_owned());
        Ok(Some(Self {
            url,
            fetched_at: app.clock.now(),
        }))
    }

    /// Stores the source with the connection.
    pub(super) async fn save(
        &self,
        org_tx: &mut OrganizationTx<'_>,
        connection: &Connection,
    ) -> Result<(), StoreError> {
        org_tx
            .set_metadata_source(&connection.id, Some(&self.url), Some(self.fetched_at))
            .await
            .map(drop)
    }
}

/// Whether the URL is one of this server's, such as the `sp_metadata_url` that a client has read.
pub(super) fn is_own_address(app: &App, url: &str) -> bool {
    let own = Url::parse(&app.config.public_url.to_string());
    let (Ok(own), Ok(url)) = (own, Url::parse(trim_edges(url))) else {
        return false;
    };
    url.origin() == own.origin() && is_own_route(url.path())
}
