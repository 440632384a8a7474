//! Who has done something, by a name that people know.

use i18n::Localizer;
use runtime::app::App;
use store::{PersonId, StoreError};

/// The name of whoever the audit trail knows as `by`.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn name(app: &App, text: Localizer, by: &str) -> Result<String, StoreError> {
    if let Ok(id) = PersonId::parse(by) {
        let found = app.store.snapshot().await?.person(&id).await?;
        return Ok(found
            .and_then(|person| person.name.or(person.email))
            .unwrap_or_else(|| by.to_owned()));
    }
    Ok(match by.split('_').next() {
        Some("set") => text.get("sso-by-link"),
        Some("key") => text.get("sso-by-key"),
        Some("cli") => text.get("sso-by-cli"),
        _ => text.get("sso-by-server"),
    })
}
