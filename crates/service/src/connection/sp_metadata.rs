//! The service provider's metadata, for one identity provider.

use jiff::SignedDuration;
use runtime::app::App;
use runtime::keys::ConnectionKeys;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use saml::location::Location;
use saml::metadata::{Organization, ServiceProvider, WriteMetadataError};
use store::{Connection, ConnectionSettings, Provider};

use super::acs_address::acs_url;
use super::view::entity_id;

/// How long an identity provider may use a copy. New keys are published days before they are used.
const CACHE_DURATION: SignedDuration = SignedDuration::from_hours(6);

/// The formats in which a user is recognized at the next sign-in. A transient NameID is not among them: without a list,
/// products such as Shibboleth and SimpleSAMLphp send one.
const NAME_ID_FORMATS: [&str; 3] = [
    "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    UNSPECIFIED,
];
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/// Generates the service provider's metadata for a connection.
pub async fn sp_metadata(app: &App, connection: &Connection) -> Result<String, Problem> {
    generate(app, connection, |provider, _| provider.write()).await
}

/// The metadata with a signature of the connection's signing key.
pub async fn signed_sp_metadata(app: &App, connection: &Connection) -> Result<String, Problem> {
    generate(app, connection, |provider, keys| {
        provider.write_signed(&keys.signer)
    })
    .await
}

async fn generate(
    app: &App,
    connection: &Connection,
    write: impl Fn(&ServiceProvider<'_>, &ConnectionKeys) -> Result<String, WriteMetadataError>,
) -> Result<String, Problem> {
    let invalid = |error| Problem::internal_error("writing a URL into metadata", &error);
    let keys = app.keys.connection(connection).await?;
    let settings = &connection.settings;
    let acs_url = Location::parse(&acs_url(app, connection)).map_err(invalid)?;
    let home = Location::parse(app.config.public_url.as_str()).map_err(invalid)?;
    let support_contact = app.config.support_contact.as_ref();
    let provider = ServiceProvider {
        entity_id: entity_id(app, connection),
        acs_urls: &[acs_url],
        signing: &keys.signing_certificates,
        encryption: encryption_certificates(settings, &keys),
        signs_requests: settings.signs_requests(),
        // By default, a signature of the response is as good, and some identity providers sign only that.
        wants_signed_assertions: settings.policy.require_signed_assertion,
        accepts_cbc: settings.accept_cbc_since.is_some(),
        name_id_formats: &name_id_formats(settings),
        display_name: Some(&app.config.product_name),
        organization: Some(Organization {
            name: &app.config.product_name,
            url: &home,
        }),
        support_email: support_contact.and_then(|contact| contact.href().strip_prefix("mailto:")),
        cache_duration: Some(CACHE_DURATION),
        valid_until: None,
    };
    write(&provider, &keys).map_err(|error| Problem::internal_error("writing metadata", &error))
}

fn name_id_formats(settings: &ConnectionSettings) -> Vec<&str> {
    if let Some(format) = &settings.name_id_format {
        return vec![format];
    }
    let mut formats = NAME_ID_FORMATS.to_vec();
    // Shibboleth ignores the whole list when it contains this format, and sends a transient NameID.
    if settings.provider == Provider::Shibboleth {
        formats.retain(|format| *format != UNSPECIFIED);
    }
    formats
}

fn encryption_certificates<'k>(
    settings: &ConnectionSettings,
    keys: &'k ConnectionKeys,
) -> &'k [Certificate] {
    if settings.publishes_encryption_key() {
        &keys.decryption_certificates
    } else {
        &[]
    }
}
