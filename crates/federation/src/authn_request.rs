//! Sending a person to their identity provider.

use axum::http::{StatusCode, header};
use axum::response::Response;
use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::random;
use runtime::secret_token::SecretToken;
use saml::location::Location;
use saml::redirect::RelayState;
use saml::request::{AuthnRequest, PostForm, RequestError, RequestId};
use service::sign_in::discovery::Destination;
use service::sign_in::error::Refusal;
use store::{Binding, PendingSignIn, PendingSignInId, SecretHash, SentAuthnRequest};
use web::{Cookie, page};

use super::pages::{Frame, PostPage};
use super::redirect::see_other;
use super::sign_in_flow::Asked;

/// For so long a person may take at the identity provider, or over the e-mail page.
pub(super) const REQUEST_LIFETIME: SignedDuration = SignedDuration::from_mins(30);

/// How the browser brings the request to the identity provider.
#[derive(Debug)]
pub(super) enum Departure {
    /// By following an address.
    Redirect(String),
    /// By posting a form.
    Post(Box<PostForm>),
}

/// Remembers a sign-in that begins, and writes the request for it.
///
/// Every departure has a row of its own: whoever goes back and chooses again leaves the row before to expire.
///
/// # Errors
///
/// When the connection cannot be used, or something of ours does not work.
pub(super) async fn depart(
    app: &App,
    destination: &Destination,
    asked: &Asked,
    browser: &SecretHash,
) -> Result<Departure, Refusal> {
    let now = app.clock.now();
    let id = RequestId::from_random(random::bytes());
    let handle = SecretToken::generate();
    let (departure, authn_request) = write(app, destination, asked, (&id, &handle)).await?;
    let route = SentAuthnRequest {
        organization: destination.organization.id.clone(),
        connection: destination.connection.id.clone(),
        id: id.as_str().to_owned(),
        message: (app.config.keep_messages_days > 0).then_some(authn_request),
    };
    remember(app, pending(asked, &handle, browser, (Some(route), now))).await?;
    Ok(departure)
}

/// Remembers a sign-in for which the person has to be asked where to go; gives the handle of the page.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn wait(
    app: &App,
    asked: &Asked,
    browser: &SecretHash,
) -> Result<SecretToken, Refusal> {
    let handle = SecretToken::generate();
    remember(
        app,
        pending(asked, &handle, browser, (None, app.clock.now())),
    )
    .await?;
    Ok(handle)
}

fn pending(
    asked: &Asked,
    handle: &SecretToken,
    browser: &SecretHash,
    (route, now): (Option<SentAuthnRequest>, Timestamp),
) -> PendingSignIn {
    PendingSignIn {
        id: PendingSignInId::from_random(random::bytes()),
        relay_state: handle.hash.clone(),
        browser: browser.clone(),
        application: asked.application(),
        application_request: asked.json(),
        authn_request: route,
        created_at: now,
        expires_at: now + REQUEST_LIFETIME,
        consumed_at: None,
    }
}

async fn remember(app: &App, pending: PendingSignIn) -> Result<(), Refusal> {
    app.store
        .write(async move |tx| Ok(tx.add_pending_sign_in(&pending).await?))
        .await
}

async fn write(
    app: &App,
    destination: &Destination,
    asked: &Asked,
    (id, handle): (&RequestId, &SecretToken),
) -> Result<(Departure, String), Refusal> {
    let settings = &destination.connection.settings;
    let misplaced = |error| Refusal::broken("reading an address of the connection", &error);
    let sign_on = Location::parse(&settings.sign_on_url).map_err(misplaced)?;
    let acs_url = Location::parse(&destination.acs_url(app)).map_err(misplaced)?;
    let context: Vec<String> = settings.authn_context.iter().cloned().collect();
    let request = AuthnRequest {
        id,
        issue_instant: app.clock.now(),
        destination: &sign_on,
        acs_url: &acs_url,
        issuer: destination.entity_id(app),
        force_authn: settings.force_authn_since.is_some() || asked.wants_new_authentication(),
        is_passive: false,
        name_id_format: settings.name_id_format.as_deref(),
        authn_context: &context,
    };
    // Made here even when nothing is signed, so that the answer, which may be encrypted, finds them.
    let keys = app.keys.connection(&destination.connection).await?;
    let is_signed = settings.sign_requests_since.is_some()
        || settings.metadata_wants_signed_requests_since.is_some();
    let signer = is_signed.then_some(&keys.signer);
    let relay_state = RelayState::new(handle.secret.as_str());
    let relay_state =
        relay_state.map_err(|error| Refusal::broken("creating the RelayState", &error))?;
    let unwritten = |error: RequestError| Refusal::broken("writing a request", &error);
    let text = request.xml().map_err(unwritten)?;
    let departure = match settings.sign_on_binding {
        Binding::Redirect => Departure::Redirect(
            request
                .redirect_url(&relay_state, signer)
                .map_err(unwritten)?,
        ),
        Binding::Post => Departure::Post(Box::new(
            request.post_form(&relay_state, signer).map_err(unwritten)?,
        )),
    };
    Ok((departure, text))
}

impl Departure {
    /// The answer that sends the browser off, with the cookie by which it will be known again.
    pub(super) fn response(&self, app: &App, text: Localizer, browser: &SecretToken) -> Response {
        let mut response = match self {
            Self::Redirect(address) => see_other(address),
            Self::Post(form) => {
                let fields = [
                    ("SAMLRequest".into(), form.saml_request.as_str().into()),
                    ("RelayState".into(), form.relay_state.as_str().into()),
                ];
                let frame = Frame::new(app, text);
                let page = PostPage {
                    frame,
                    action: form.action.as_str(),
                    fields: &fields,
                };
                page::answer_with_external_form(app, StatusCode::OK, &page)
            }
        };
        response
            .headers_mut()
            .append(header::SET_COOKIE, Cookie::Browser.set(app, browser));
        response
    }
}
