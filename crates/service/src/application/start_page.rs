//! Where members start when no page of an application sent them.

use runtime::app::App;
use store::{Application, Page, StoreError};
use url::Url;

/// The page on which members start: the front page of the only application. `None` if there is no application, or
/// several.
pub async fn start_page(app: &App) -> Result<Option<String>, StoreError> {
    // Two applications are enough to know that there is no single start page.
    let applications = app
        .store
        .snapshot()
        .await?
        .applications(&Page::first(2))
        .await?;
    Ok(match applications.as_slice() {
        [only] => front_page(only),
        _ => None,
    })
}

/// The front page of the host of an application's first redirect URI.
fn front_page(application: &Application) -> Option<String> {
    let web = |uri: &String| {
        Url::parse(uri)
            .ok()
            .filter(|url| matches!(url.scheme(), "https" | "http"))
    };
    let url = application.redirect_uris.iter().find_map(web)?;
    Some(url.origin().ascii_serialization())
}
