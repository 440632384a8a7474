//! Where a user goes whom no application sent: to the home page of the only application, or to a list.

use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use service::sign_in::error::SignInError;
use store::{Application, Page};
use url::Url;
use web::page;

use super::pages::{AppLink, AppPickerPage, Frame};
use super::responses::see_other;

const MAX_APPLICATIONS: u32 = 50;

/// Sends a signed-in user to an application, which signs them in without asking again.
pub(crate) async fn redirect_to_app(app: &App, text: Localizer) -> Result<Response, SignInError> {
    let links = home_pages(app).await?;
    Ok(match links.as_slice() {
        [only] => see_other(&only.url),
        several => page::answer(
            StatusCode::OK,
            &AppPickerPage {
                frame: Frame::new(app, text),
                applications: several,
            },
        ),
    })
}

/// The applications that a user can choose from.
pub(crate) async fn home_pages(app: &App) -> Result<Vec<AppLink>, SignInError> {
    let applications = app
        .store
        .snapshot()
        .await?
        .applications(&Page::first(MAX_APPLICATIONS))
        .await?;
    Ok(applications.iter().filter_map(home_page).collect())
}

/// The home page of the host of an application's first redirect URI.
fn home_page(application: &Application) -> Option<AppLink> {
    let web_url = |uri: &String| {
        Url::parse(uri)
            .ok()
            .filter(|url| matches!(url.scheme(), "https" | "http"))
    };
    let url = application.redirect_uris.iter().find_map(web_url)?;
    Some(AppLink {
        name: application.name.clone(),
        url: url.origin().ascii_serialization(),
    })
}
