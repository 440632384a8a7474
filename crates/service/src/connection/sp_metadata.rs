//! The service provider's metadata, for one identity provider.

use runtime::app::App;
use runtime::problem::Problem;
use saml::location::Location;
use saml::metadata::ServiceProvider;
use store::Connection;

use super::acs_address::acs_url;
use super::view::entity_id;

/// Generates the service provider's metadata for a connection.
pub async fn sp_metadata(app: &App, connection: &Connection) -> Result<String, Problem> {
    let keys = app.keys.connection(connection).await?;
    let settings = &connection.settings;
    let acs_url = Location::parse(&acs_url(app, connection))
        .map_err(|error| Problem::internal_error("writing the ACS URL into metadata", &error))?;
    let formats: Vec<&str> = settings.name_id_format.as_deref().into_iter().collect();
    let provider = ServiceProvider {
        entity_id: entity_id(app, connection),
        acs_urls: &[acs_url],
        signing: &keys.signing_certificates,
        encryption: &keys.decryption_certificates,
        signs_requests: settings
            .sign_requests_since
            .or(settings.metadata_wants_signed_requests_since)
            .is_some(),
        // A signature of the response is as good, and some identity providers sign only that.
        wants_signed_assertions: false,
        accepts_cbc: settings.accept_cbc_since.is_some(),
        name_id_formats: &formats,
        organization: None,
        valid_until: None,
    };
    provider
        .write()
        .map_err(|error| Problem::internal_error("writing metadata", &error))
}
