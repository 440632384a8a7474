//! What a demo on a folder that was kept has to be told anew: the practice identity provider and the practice zone keep
//! nothing, and may be at other addresses than before.

use runtime::app::App;
use runtime::dns::Records;
use runtime::problem::Problem;
use saml::certificate::Certificate;
use serde_json::json;
use service::connection::{ConnectionRef, ConnectionView};
use service::json::Patch;
use service::organization::OrganizationView;
use service::{PageRequest, connection, domain, organization};
use testkit::IdentityProvider;
use testkit::identity_provider::ServiceProvider;

use super::DemoProblem;
use super::seed::ACTOR;

/// The most organizations that are looked at.
const MANY: u32 = 200;

/// Introduces the practice identity provider to whoever is connected to it, and publishes the records that were.
pub(super) async fn introduce(
    app: &App,
    identity_provider: &IdentityProvider,
    records: &Records,
) -> Result<(), DemoProblem> {
    let metadata = identity_provider
        .metadata()
        .map_err(DemoProblem::Metadata)?;
    let page = PageRequest {
        cursor: None,
        limit: Some(MANY),
    };
    for organization in organization::list(app, &page).await?.items {
        publish(app, &organization, records).await?;
        for there in connection::list(app, &organization.id).await?.items {
            if !is_practice(&there, identity_provider) {
                continue;
            }
            if there.issuer != identity_provider.entity_id() {
                let place = ConnectionRef::InOrganization(&organization.id, &there.id);
                move_to(app, place, &metadata).await?;
            }
            identity_provider.register(ServiceProvider {
                name: format!("Vestibule for {}", organization.name),
                entity_id: there.entity_id,
                acs_url: there.acs_url,
            });
        }
    }
    Ok(())
}

/// Tells a connection where the practice identity provider is now. One that somebody has changed so that it cannot take
/// this stays as it is: the demo starts all the same.
async fn move_to(app: &App, place: ConnectionRef<'_>, metadata: &str) -> Result<(), Problem> {
    let change = Patch::new(json!({ "metadata_xml": metadata }));
    match connection::update(app, &ACTOR, place, change).await {
        Err(problem) if problem.status.is_server_error() => Err(problem),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Its key stays in the folder, whatever its address is.
fn is_practice(connection: &ConnectionView, identity_provider: &IdentityProvider) -> bool {
    let its_own = Certificate::from_der(identity_provider.certificate_der());
    let mut trusted = connection.certificates.iter();
    its_own.is_ok_and(|its_own| trusted.any(|one| one.sha256 == its_own.sha256()))
}

/// Publishes what has proved the organization's domains.
async fn publish(
    app: &App,
    organization: &OrganizationView,
    records: &Records,
) -> Result<(), Problem> {
    for there in domain::list(app, &organization.id).await?.items {
        if let (Some(record), true) = (&there.record, there.verified_at.is_some()) {
            records.publish(&record.name, &record.value);
        }
    }
    Ok(())
}
