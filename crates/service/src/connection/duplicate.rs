//! Copies a connection into a draft.

use runtime::app::App;
use runtime::problem::Problem;
use runtime::random;
use store::{Connection, ConnectionId};

use super::{
    ConnectionInput, ConnectionRef, ConnectionView, audit, load_working_copy, new_lifecycle,
    sp_metadata_url, view,
};
use crate::{Actor, TxError, json, to_json};

/// Creates a draft with the settings of another connection, including those of its draft. Its URLs and keys are its own:
/// an assigned ACS URL is not copied, and an entity ID of its own becomes that of the copy.
///
/// # Errors
///
/// When the name is empty or too long.
pub async fn duplicate(
    app: &App,
    actor: &Actor,
    connection_ref: ConnectionRef<'_>,
    name: &str,
) -> Result<ConnectionView, Problem> {
    let source = load_working_copy(app, connection_ref).await?;
    let mut copy = Connection {
        id: ConnectionId::from_random(random::bytes()),
        lifecycle: new_lifecycle(app.clock.now()),
        activation_request: None,
        ..source.connection.clone()
    };
    let own_entity_id = sp_metadata_url(app, &source.connection);
    if copy.settings.entity_id.as_ref() == Some(&own_entity_id) {
        copy.settings.entity_id = Some(sp_metadata_url(app, &copy));
    }
    copy.settings.acs_url = None;
    name.clone_into(&mut copy.settings.name);
    json::validate(&ConnectionInput::from_connection(&copy))?;
    let created = view::view(app, &source.organization, &copy);
    let entry = audit(actor, &copy, "connection.created").entry(app, None, Some(to_json(&created)));
    app.store
        .write(async move |tx| {
            tx.organization(&copy.organization)
                .add_connection(&copy)
                .await??;
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(created)
}
