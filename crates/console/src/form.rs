//! Forms of the console's pages.

use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::seal;
use service::connection::Revision;
use url::form_urlencoded;
use web::Cookie;

use super::guard::Refusal;

/// The most bytes of a form: metadata may be pasted into one.
const LIMIT: usize = 1024 * 1024;
/// The field that holds the token.
const TOKEN: &str = "csrf";
/// The field that says which settings of a connection its page showed.
const REVISION: &str = "revision";

/// A form that was made by a page of ours for this browser.
///
/// Each page puts a token into its forms that is made of a cookie which no other site can read or set. Whoever has this
/// type has a form with the right one.
#[derive(Clone, Debug)]
pub(crate) struct ConsoleForm(Vec<(String, String)>);

impl FromRequest<App> for ConsoleForm {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, LIMIT).await;
        let body = body.map_err(|_| {
            Problem::malformed("the form was cut off on its way, or is larger than 1 MiB")
        })?;
        let form = Self::read(&body);
        match form.text(TOKEN) {
            token if is_of_this_browser(app, &parts.headers, token) => Ok(form),
            _ => Err(Problem::new(ProblemCode::FormExpired).into()),
        }
    }
}

impl ConsoleForm {
    fn read(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// What a field holds, without white space around it; nothing when it is not there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// What a field holds, when it holds something.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// What the fields of one name hold, in the order of the page.
    pub(crate) fn all<'f>(&'f self, name: &str) -> impl Iterator<Item = &'f str> {
        self.0
            .iter()
            .filter(move |(one, _)| one == name)
            .map(|(_, value)| value.trim())
    }

    /// What of a connection the page showed; a form that does not say has shown nothing that there is.
    pub(crate) fn revision(&self) -> Revision {
        Revision::read(self.text(REVISION))
    }

    /// Whether a box is ticked, or a button of this name was pressed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(one, _)| one == name)
    }
}

/// The token for the forms of a page that is shown to this browser; empty when it has no cookie yet.
pub(crate) fn token_of(app: &App, headers: &HeaderMap) -> String {
    secrets(app, headers)
        .next()
        .map(|secret| token(&secret))
        .unwrap_or_default()
}

/// The token that goes with a cookie's secret.
pub(crate) fn token(secret: &str) -> String {
    seal::hash(&format!("form {secret}")).as_str().to_owned()
}

fn is_of_this_browser(app: &App, headers: &HeaderMap, presented: &str) -> bool {
    // Both sides are hashes, so that comparing them takes no longer for one that begins alike.
    let presented = seal::hash(presented);
    secrets(app, headers).any(|secret| seal::hash(&token(&secret)) == presented)
}

/// The cookies that say who somebody is here, the most telling first.
fn secrets(app: &App, headers: &HeaderMap) -> impl Iterator<Item = String> {
    [Cookie::Console, Cookie::Setup, Cookie::Browser]
        .into_iter()
        .filter_map(|cookie| cookie.read_secret(app, headers))
}
