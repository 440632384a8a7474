//! Where somebody goes whom no application had sent: to the front page of the only application, or to a list.

use axum::http::StatusCode;
use axum::response::Response;
use i18n::Localizer;
use runtime::app::App;
use service::sign_in::error::Refusal;
use store::{Application, Page};
use url::Url;
use web::page;

use super::pages::{Frame, Onward, SignedInPage};
use super::redirect::see_other;

/// The most applications of a list.
const MANY: u32 = 50;

/// Sends somebody on who is signed in here. At the application they find that they need not sign in again.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn onward(app: &App, text: Localizer) -> Result<Response, Refusal> {
    let applications = app
        .store
        .snapshot()
        .await?
        .applications(&Page::first(MANY))
        .await?;
    let there: Vec<Onward> = applications.iter().filter_map(front_page).collect();
    Ok(match there.as_slice() {
        [only] => see_other(&only.address),
        several => page::answer(
            StatusCode::OK,
            &SignedInPage {
                frame: Frame::new(app, text),
                applications: several,
            },
        ),
    })
}

/// The front page of the host to which an application wants its people sent back.
fn front_page(application: &Application) -> Option<Onward> {
    let web = |uri: &String| {
        Url::parse(uri)
            .ok()
            .filter(|url| matches!(url.scheme(), "https" | "http"))
    };
    let url = application.redirect_uris.iter().find_map(web)?;
    Some(Onward {
        name: application.name.clone(),
        address: url.origin().ascii_serialization(),
    })
}
