//! Restores the practice identity provider and the DNS records of a demo with existing data. Neither is stored, and the
//! URLs may have changed since the last start.

use runtime::app::App;
use runtime::dns::Records;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use serde_json::json;
use service::connection::{ConnectionRef, ConnectionView};
use service::json::Patch;
use service::organization::{OrganizationQuery, OrganizationView};
use service::{PageRequest, connection, domain, organization};
use testkit::IdentityProvider;
use testkit::identity_provider::ServiceProvider;

use super::DemoError;
use super::seed::ACTOR;

/// Further organizations are not reconnected.
const MAX_ORGANIZATIONS: u32 = 200;

/// Registers all connections with the practice identity provider, and publishes the records of verified domains.
pub(super) async fn reconnect(
    app: &App,
    identity_provider: &IdentityProvider,
    records: &Records,
) -> Result<(), DemoError> {
    let metadata = identity_provider.metadata().map_err(DemoError::Metadata)?;
    let page = PageRequest {
        cursor: None,
        limit: Some(MAX_ORGANIZATIONS),
    };
    for organization in organization::list(app, &OrganizationQuery::default(), &page)
        .await?
        .items
    {
        publish_records(app, &organization, records).await?;
        for connection in connection::list(app, &organization.id).await?.items {
            if !uses_practice_key(&connection, identity_provider) {
                continue;
            }
            if connection.issuer != identity_provider.entity_id() {
                let place = ConnectionRef::InOrganization(&organization.id, &connection.id);
                update_metadata(app, place, &metadata).await?;
            }
            identity_provider.register(ServiceProvider {
                name: format!("{} for {}", app.config.product_name, organization.name),
                entity_id: connection.entity_id,
                acs_url: connection.acs_url,
            });
        }
    }
    Ok(())
}

/// Updates the URLs of the practice identity provider. A connection that rejects them (because the user has changed it)
/// is left as it is, so the demo still starts.
async fn update_metadata(
    app: &App,
    place: ConnectionRef<'_>,
    metadata: &str,
) -> Result<(), Problem> {
    let change = Patch::new(json!({ "metadata_xml": metadata }));
    match connection::update(app, &ACTOR, place, change).await {
        Err(problem) if problem.status.is_server_error() => Err(problem),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether a connection trusts the practice identity provider: its key is kept in the folder, its URL can change.
fn uses_practice_key(connection: &ConnectionView, identity_provider: &IdentityProvider) -> bool {
    let practice = Certificate::from_der(identity_provider.certificate_der());
    let mut trusted = connection.certificates.iter();
    practice.is_ok_and(|practice| trusted.any(|one| one.sha256 == practice.sha256()))
}

/// Publishes the DNS records of verified domains.
async fn publish_records(
    app: &App,
    organization: &OrganizationView,
    records: &Records,
) -> Result<(), Problem> {
    for domain in domain::list(app, &organization.id).await?.items {
        if let Some(record) = &domain.record
            && domain.verified_at.is_some()
        {
            records.publish(&record.name, &record.value);
        }
    }
    Ok(())
}
