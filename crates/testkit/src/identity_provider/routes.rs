//! What the practice identity provider answers.

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use saml::write::ForbiddenCharacter;
use serde::Deserialize;

use super::authn_request::{AuthnRequest, AuthnRequestError};
use super::pages::{Choose, Continue, Home, Problem};
use super::registration;
use super::{Addressee, Conduct, Failure, IdentityProvider, Person, ServiceProvider, Signed};
use crate::{look, own_machine};

/// Where the answer's form goes after the service provider is that one's affair, so `form-action` is left out: it
/// would hold for the redirects that follow, too.
const CONTINUE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);

const CONTINUE_SCRIPT: &str = include_str!("../../assets/continue.js");
const COPY_SCRIPT: &str = include_str!("../../assets/copy.js");

pub(super) fn routes(provider: IdentityProvider) -> Router {
    Router::new()
        .route("/", get(home))
        .route(
            "/applications",
            get(registration::form).post(registration::submitted),
        )
        .route("/metadata", get(metadata))
        .route("/sso", get(redirected).post(posted))
        .route("/start", get(started))
        .route("/answer", post(answered))
        .route("/continue.js", get(|| script(CONTINUE_SCRIPT)))
        .route("/copy.js", get(|| script(COPY_SCRIPT)))
        .layer(from_fn(own_machine::guard))
        .with_state(provider)
}

/// A message as both bindings carry it.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "SAMLRequest")]
    saml_request: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
}

/// What the first page speaks of besides.
#[derive(Deserialize)]
struct Look {
    /// The place in the list of the application that has just been added.
    added: Option<usize>,
}

/// Who starts at the identity provider, and wants to go where.
#[derive(Deserialize)]
struct Start {
    /// The application's place in the list.
    application: usize,
    #[serde(default)]
    relay_state: String,
}

/// The button that was pressed, and what the form had beside it.
#[derive(Deserialize)]
struct Pressed {
    person: String,
    service_provider: String,
    acs_url: String,
    request: String,
    relay_state: String,
    conduct: String,
    signed: String,
}

/// Why a request gets an error page and no SAML response.
#[derive(Debug, thiserror::Error)]
enum RequestError {
    #[error(transparent)]
    AuthnRequest(#[from] AuthnRequestError),
    #[error(
        "No application is known here with the entity ID “{0}” and this ACS URL. Add it first, then try again."
    )]
    UnknownServiceProvider(String),
    #[error("The form's field {0} has no such value.")]
    InvalidField(&'static str),
    #[error(transparent)]
    ForbiddenCharacter(#[from] ForbiddenCharacter),
}

async fn script(text: &'static str) -> impl IntoResponse {
    look::asset("text/javascript", text).await
}

async fn home(State(provider): State<IdentityProvider>, Query(look): Query<Look>) -> Response {
    let service_providers = provider.service_providers().clone();
    let page = Home {
        added: look.added.and_then(|place| service_providers.get(place)),
        entity_id: &provider.entity_id(),
        sign_on_url: &provider.sign_on_url(),
        certificate: &provider.certificate_pem(),
        people: provider.0.identity.people,
        service_providers: &service_providers,
    };
    look::page(StatusCode::OK, &page)
}

async fn metadata(State(provider): State<IdentityProvider>) -> Result<Response, RequestError> {
    let document = provider.metadata()?;
    Ok((
        [(header::CONTENT_TYPE, "application/samlmetadata+xml")],
        document,
    )
        .into_response())
}

async fn redirected(
    State(provider): State<IdentityProvider>,
    Query(message): Query<Message>,
) -> Result<Response, RequestError> {
    let request = AuthnRequest::from_redirect(&message.saml_request)?;
    asked(&provider, request, &message.relay_state)
}

async fn posted(
    State(provider): State<IdentityProvider>,
    Form(message): Form<Message>,
) -> Result<Response, RequestError> {
    let request = AuthnRequest::from_post(&message.saml_request)?;
    asked(&provider, request, &message.relay_state)
}

fn asked(
    provider: &IdentityProvider,
    request: AuthnRequest,
    relay_state: &str,
) -> Result<Response, RequestError> {
    let service_provider = provider
        .service_provider(&request.issuer, request.acs_url.as_deref())
        .ok_or(RequestError::UnknownServiceProvider(request.issuer))?;
    if request.is_passive {
        let to = addressee(&service_provider, Some(request.id));
        let response = provider.failure(&to, Failure::NoPassive, Signed::Response)?;
        return Ok(deliver(&service_provider, &response, relay_state));
    }
    let hint = if request.force_authn {
        "It wants you to sign in again, even if you have done so a moment ago."
    } else {
        ""
    };
    Ok(choose(
        provider,
        &service_provider,
        (&request.id, relay_state),
        hint,
    ))
}

async fn started(
    State(provider): State<IdentityProvider>,
    Query(start): Query<Start>,
) -> Result<Response, RequestError> {
    let service_provider = provider
        .service_providers()
        .get(start.application)
        .cloned()
        .ok_or(RequestError::InvalidField("application"))?;
    let hint = "Nobody asked for this: you start here, at the identity provider.";
    Ok(choose(
        &provider,
        &service_provider,
        ("", &start.relay_state),
        hint,
    ))
}

async fn answered(
    State(provider): State<IdentityProvider>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, RequestError> {
    let service_provider = provider
        .service_provider(&pressed.service_provider, Some(&pressed.acs_url))
        .ok_or(RequestError::UnknownServiceProvider(
            pressed.service_provider,
        ))?;
    let conduct =
        Conduct::from_word(&pressed.conduct).ok_or(RequestError::InvalidField("conduct"))?;
    let signed = Signed::from_word(&pressed.signed).ok_or(RequestError::InvalidField("signed"))?;
    let to = addressee(
        &service_provider,
        Some(pressed.request).filter(|request| !request.is_empty()),
    );
    let response = match (pressed.person.as_str(), provider.person(&pressed.person)) {
        (_, Some(person)) => provider.answer(&to, person, conduct, signed)?,
        ("nobody", None) => provider.failure(&to, Failure::AuthnFailed, signed)?,
        (_, None) => return Err(RequestError::InvalidField("person")),
    };
    Ok(deliver(&service_provider, &response, &pressed.relay_state))
}

fn addressee(service_provider: &ServiceProvider, request: Option<String>) -> Addressee {
    let ServiceProvider {
        entity_id, acs_url, ..
    } = service_provider.clone();
    Addressee {
        entity_id,
        acs_url,
        request,
    }
}

fn choose(
    provider: &IdentityProvider,
    service_provider: &ServiceProvider,
    (request, relay_state): (&str, &str),
    hint: &str,
) -> Response {
    let people: &[Person] = provider.0.identity.people;
    let page = Choose {
        service_provider,
        request,
        relay_state,
        hint,
        people,
        conducts: Conduct::ALL,
        signed: Signed::ALL,
    };
    look::page(StatusCode::OK, &page)
}

/// The form that carries the answer back, which a script submits.
fn deliver(service_provider: &ServiceProvider, response: &str, relay_state: &str) -> Response {
    let page = Continue {
        service_provider: &service_provider.name,
        acs_url: &service_provider.acs_url,
        saml_response: &base64_simd::STANDARD.encode_to_string(response),
        relay_state,
    };
    let mut response = look::page(StatusCode::OK, &page);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, CONTINUE_POLICY);
    response
}

impl IntoResponse for RequestError {
    fn into_response(self) -> Response {
        let page = Problem {
            sentence: &self.to_string(),
            is_unknown: matches!(self, Self::UnknownServiceProvider(_)),
        };
        look::page(StatusCode::BAD_REQUEST, &page)
    }
}
