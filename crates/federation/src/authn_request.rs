//! Sending a browser to the identity provider.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::random;
use runtime::secret_token::SecretToken;
use saml::location::Location;
use saml::redirect::RelayState;
use saml::request::{AuthnContextComparison, AuthnRequest, PostForm, RequestError, RequestId};
use service::sign_in::discovery::OrgConnection;
use service::sign_in::error::SignInError;
use store::{Binding, PendingSignIn, PendingSignInId, SecretHash, SentAuthnRequest};
use web::{Cookie, RequestLanguage, request_log};

use super::pending_sign_in::SignInFlow;
use super::responses::{post_form, see_other};

/// How long a user may take at the identity provider, or on the email page.
const PENDING_LIFETIME: SignedDuration = SignedDuration::from_mins(30);

/// Starts a sign-in and sends the browser to the identity provider.
///
/// Each request has a row of its own: when the user goes back and chooses again, the earlier row expires.
pub(crate) async fn send_authn_request(
    app: &App,
    headers: &HeaderMap,
    org_connection: &OrgConnection,
    flow: &SignInFlow,
    now: Timestamp,
) -> Result<Response, SignInError> {
    let OrgConnection {
        organization,
        connection,
    } = org_connection;
    request_log::record_connection(&organization.id, &connection.id);
    let browser = Cookie::Browser.get_or_create(app, headers);
    let relay_state = SecretToken::generate();
    let request =
        OutgoingAuthnRequest::new(app, org_connection, flow, &relay_state.secret, now).await?;
    let sent = SentAuthnRequest {
        organization: organization.id.clone(),
        connection: connection.id.clone(),
        id: request.id.as_str().to_owned(),
        message: (app.config.keep_messages_days > 0).then_some(request.xml),
    };
    let pending = PendingSignIn {
        authn_request: Some(sent),
        ..pending(flow, &relay_state, &browser.hash, now)
    };
    save_pending(app, pending).await?;
    let text = RequestLanguage::from_headers(headers).localizer(flow.languages());
    let mut response = request.binding.response(app, text);
    let cookie = Cookie::Browser.set(app, &browser);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// A sign-in that has no connection yet.
pub(crate) fn pending(
    flow: &SignInFlow,
    relay_state: &SecretToken,
    browser: &SecretHash,
    now: Timestamp,
) -> PendingSignIn {
    PendingSignIn {
        id: PendingSignInId::from_random(random::bytes()),
        relay_state: relay_state.hash.clone(),
        browser: browser.clone(),
        application: flow.application_id(),
        application_request: flow.to_json(),
        authn_request: None,
        created_at: now,
        expires_at: now + PENDING_LIFETIME,
        consumed_at: None,
    }
}

pub(crate) async fn save_pending(app: &App, pending: PendingSignIn) -> Result<(), SignInError> {
    app.store
        .write(async move |tx| Ok(tx.add_pending_sign_in(&pending).await?))
        .await
}

struct OutgoingAuthnRequest {
    id: RequestId,
    xml: String,
    binding: RequestBinding,
}

/// How the browser takes the request to the identity provider.
enum RequestBinding {
    /// The URL to open.
    Redirect(String),
    Post(Box<PostForm>),
}

impl OutgoingAuthnRequest {
    async fn new(
        app: &App,
        org_connection: &OrgConnection,
        flow: &SignInFlow,
        relay_state: &str,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let settings = &org_connection.connection.settings;
        let invalid = |error| SignInError::internal("reading a URL of the connection", &error);
        let sign_on_url = Location::parse(&settings.sign_on_url).map_err(invalid)?;
        let acs_url = Location::parse(&org_connection.acs_url(app)).map_err(invalid)?;
        let contexts = flow.authn_contexts(&settings.authn_contexts);
        let id = RequestId::from_random(random::bytes());
        let request = AuthnRequest {
            id: &id,
            issue_instant: now,
            destination: &sign_on_url,
            acs_url: &acs_url,
            issuer: org_connection.entity_id(app),
            force_authn: settings.force_authn_since.is_some() || flow.requires_reauthentication(),
            is_passive: flow.silent_request().is_some(),
            name_id_format: settings.requested_name_id_format(),
            allow_create: settings.permits_new_identifiers(),
            authn_context: &contexts,
            authn_context_comparison: comparison(settings.policy.authn_context_comparison),
        };
        // The keys are generated here even when nothing is signed: the response may be encrypted for them.
        let keys = app.keys.connection(&org_connection.connection).await?;
        let signer = settings.signs_requests().then_some(&keys.signer);
        let relay_state = RelayState::new(relay_state)
            .map_err(|error| SignInError::internal("creating the RelayState", &error))?;
        let unwritten =
            |error: RequestError| SignInError::internal("writing an AuthnRequest", &error);
        let xml = request.xml().map_err(unwritten)?;
        let binding = match settings.sign_on_binding {
            Binding::Redirect => RequestBinding::Redirect(
                request
                    .redirect_url(&relay_state, signer)
                    .map_err(unwritten)?,
            ),
            Binding::Post => RequestBinding::Post(Box::new(
                request.post_form(&relay_state, signer).map_err(unwritten)?,
            )),
        };
        Ok(Self { id, xml, binding })
    }
}

fn comparison(stored: store::AuthnContextComparison) -> AuthnContextComparison {
    match stored {
        store::AuthnContextComparison::Exact => AuthnContextComparison::Exact,
        store::AuthnContextComparison::Minimum => AuthnContextComparison::Minimum,
        store::AuthnContextComparison::Maximum => AuthnContextComparison::Maximum,
        store::AuthnContextComparison::Better => AuthnContextComparison::Better,
    }
}

impl RequestBinding {
    fn response(&self, app: &App, text: Localizer) -> Response {
        match self {
            Self::Redirect(url) => see_other(url),
            Self::Post(form) => {
                let fields = [
                    ("SAMLRequest".into(), form.saml_request.as_str().into()),
                    ("RelayState".into(), form.relay_state.as_str().into()),
                ];
                post_form(app, text, form.action.as_str(), &fields)
            }
        }
    }
}
