//! A sign-in that has no connection yet: the user is asked for what leads to one.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use i18n::Localizer;
use jiff::Timestamp;
use runtime::app::App;
use runtime::secret_token::SecretToken;
use service::sign_in::error::SignInError;
use store::PendingSignIn;
use web::{Cookie, RequestLanguage};

use super::authn_request::{pending, save_pending};
use super::pending_sign_in::{SignInFlow, find_pending};
use super::posted_form;

pub(crate) struct UnroutedSignIn {
    /// The parameter `request`.
    pub(crate) handle: String,
    pub(crate) flow: SignInFlow,
    pub(crate) text: Localizer,
}

impl UnroutedSignIn {
    /// Starts the sign-in of a browser with this page.
    pub(crate) async fn start(
        app: &App,
        headers: &HeaderMap,
        flow: SignInFlow,
        page: impl FnOnce(&Self) -> Response,
    ) -> Result<Response, SignInError> {
        let browser = Cookie::Browser.get_or_create(app, headers);
        let handle = SecretToken::generate();
        let now = app.clock.now();
        save_pending(app, pending(&flow, &handle, &browser.hash, now)).await?;
        let mut response = page(&Self {
            handle: handle.secret,
            text: RequestLanguage::from_headers(headers).localizer(flow.languages()),
            flow,
        });
        let cookie = Cookie::Browser.set(app, &browser);
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }

    /// The sign-in that a page of this browser continues.
    pub(crate) async fn load(
        app: &App,
        headers: &HeaderMap,
        form: &str,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let handle = posted_form::field(form, "request")?.ok_or(SignInError::NoPendingSignIn)?;
        // Once the sign-in has a connection, the page no longer leads to it.
        let pending: PendingSignIn = find_pending(app, &handle)
            .await?
            .filter(|pending| pending.authn_request.is_none())
            .ok_or(SignInError::NoPendingSignIn)?;
        if Cookie::Browser.read_hash(app, headers).as_ref() != Some(&pending.browser) {
            return Err(SignInError::BrowserMismatch);
        }
        if pending.expires_at <= now {
            return Err(SignInError::SignInExpired);
        }
        let flow = SignInFlow::from_pending(&pending)?;
        Ok(Self {
            handle,
            text: RequestLanguage::from_headers(headers).localizer(flow.languages()),
            flow,
        })
    }
}
