//! Drafts in which nothing was set yet.

use runtime::app::App;
use runtime::problem::Problem;
use store::{Connection, ConnectionState, Organization};

use super::{ConnectionInput, ConnectionRef, IdpConfig, setup_progress};

/// The oldest connection of an organization that has only a name and a product: nothing was set in it, only the setup
/// steps with these names are done, and no setup link leads to it.
pub async fn find_untouched(
    app: &App,
    organization: &Organization,
    done_steps: &[&str],
) -> Result<Option<Connection>, Problem> {
    let mut snapshot = app.store.snapshot().await?;
    let connections = snapshot
        .organization(&organization.id)
        .connections()
        .await?;
    drop(snapshot);
    for connection in connections {
        if connection.state() == ConnectionState::Draft
            && has_only_name_and_product(app, &connection).await?
            && is_setup_untouched(app, organization, &connection, done_steps).await?
        {
            return Ok(Some(connection));
        }
    }
    Ok(None)
}

async fn has_only_name_and_product(app: &App, connection: &Connection) -> Result<bool, Problem> {
    let input = ConnectionInput {
        name: connection.settings.name.clone(),
        provider: Some(connection.settings.provider),
        ..ConnectionInput::default()
    };
    let idp_config = IdpConfig::from_settings(app, &input, None).await?;
    let settings = input.resolve(app, &idp_config, Some(&connection.settings))?;
    Ok(settings == connection.settings && connection.certificates.is_empty())
}

async fn is_setup_untouched(
    app: &App,
    organization: &Organization,
    connection: &Connection,
    done_steps: &[&str],
) -> Result<bool, Problem> {
    let target = ConnectionRef::InOrganization(organization.id.as_str(), connection.id.as_str());
    let progress = setup_progress(app, target).await?;
    let mut completed = progress.completed_steps.iter();
    if progress.metadata_url.is_some() || !completed.all(|step| done_steps.contains(&step.as_str()))
    {
        return Ok(false);
    }
    let mut snapshot = app.store.snapshot().await?;
    let mut org_tx = snapshot.organization(&organization.id);
    Ok(org_tx.setup_links(&connection.id).await?.is_empty())
}
