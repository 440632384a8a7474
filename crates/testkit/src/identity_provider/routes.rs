use axum::Router;
use axum::extract::{Form, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use saml::write::ForbiddenCharacter;
use serde::Deserialize;

use super::authn_request::{AuthnRequest, AuthnRequestError};
use super::pages::{ChooseUserPage, ErrorPage, HomePage, NO_USER, PostResponsePage};
use super::{
    ErrorStatus, IdentityProvider, IdpBehavior, ResponseTarget, ServiceProvider, SignatureScope,
    add_application,
};
use crate::theme::PlainError;
use crate::{request_guard, theme};

/// Without `form-action`: the directive would also apply to the redirects that follow the posted form, and the service
/// provider decides where they lead.
const POST_RESPONSE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);

const CONTINUE_SCRIPT: &str = include_str!("../../assets/continue.js");
const COPY_SCRIPT: &str = include_str!("../../assets/copy.js");

pub(super) fn routes(provider: IdentityProvider) -> Router {
    Router::new()
        .route("/", get(home))
        .route(
            "/applications",
            get(add_application::show).post(add_application::submit),
        )
        .route("/metadata", get(metadata))
        .route("/sso", get(sso_redirect).post(sso_post))
        .route("/idp-initiated", get(idp_initiated))
        .route("/respond", post(respond))
        .route("/continue.js", get(|| script(CONTINUE_SCRIPT)))
        .route("/copy.js", get(|| script(COPY_SCRIPT)))
        .fallback(async || StatusCode::NOT_FOUND)
        .layer(from_fn(render_plain_errors))
        .layer(from_fn(request_guard::reject_foreign_requests))
        .with_state(provider)
}

/// Gives responses that have no page one.
async fn render_plain_errors(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let Some(error) = PlainError::of(&response) else {
        return response;
    };
    let page = ErrorPage {
        title: error.title,
        message: error.message,
        is_unknown_application: false,
    };
    theme::render(error.status, &page)
}

/// An authentication request, in the query (HTTP-Redirect) or in a form (HTTP-POST).
#[derive(Deserialize)]
struct SsoParameters {
    #[serde(rename = "SAMLRequest", default)]
    saml_request: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
}

#[derive(Deserialize)]
struct HomeQuery {
    /// The index of the application that was just added.
    added: Option<usize>,
}

#[derive(Deserialize)]
struct IdpInitiatedQuery {
    /// The index of the application.
    application: usize,
    #[serde(default)]
    relay_state: String,
}

/// The form of [`ChooseUserPage`].
#[derive(Deserialize)]
struct RespondForm {
    user: String,
    entity_id: String,
    acs_url: String,
    in_response_to: String,
    relay_state: String,
    behavior: String,
    signature_scope: String,
}

/// Why a request gets an error page and no SAML response.
#[derive(Debug, thiserror::Error)]
enum RequestError {
    #[error(
        "This URL expects a SAML request of an application. Start the sign-in in the application."
    )]
    MissingRequest,
    #[error(transparent)]
    AuthnRequest(#[from] AuthnRequestError),
    #[error(
        "No application has the entity ID “{0}” and this ACS URL. Add the application, then try again."
    )]
    UnknownServiceProvider(String),
    #[error("The value of the field {0} is invalid.")]
    InvalidField(&'static str),
    #[error(transparent)]
    ForbiddenCharacter(#[from] ForbiddenCharacter),
}

async fn script(content: &'static str) -> impl IntoResponse {
    theme::asset("text/javascript", content).await
}

async fn home(
    State(provider): State<IdentityProvider>,
    Query(query): Query<HomeQuery>,
) -> Response {
    let service_providers = provider.service_providers().clone();
    let page = HomePage {
        added: query.added.and_then(|index| service_providers.get(index)),
        entity_id: &provider.entity_id(),
        sign_on_url: &provider.sign_on_url(),
        certificate: &provider.certificate_pem(),
        users: provider.0.config.users,
        service_providers: &service_providers,
    };
    theme::render(StatusCode::OK, &page)
}

async fn metadata(State(provider): State<IdentityProvider>) -> Result<Response, RequestError> {
    let document = provider.metadata()?;
    Ok((
        [(header::CONTENT_TYPE, "application/samlmetadata+xml")],
        document,
    )
        .into_response())
}

async fn sso_redirect(
    State(provider): State<IdentityProvider>,
    Query(parameters): Query<SsoParameters>,
) -> Result<Response, RequestError> {
    require_request(&parameters)?;
    let request = AuthnRequest::from_redirect(&parameters.saml_request)?;
    handle_authn_request(&provider, request, &parameters.relay_state)
}

async fn sso_post(
    State(provider): State<IdentityProvider>,
    Form(parameters): Form<SsoParameters>,
) -> Result<Response, RequestError> {
    require_request(&parameters)?;
    let request = AuthnRequest::from_post(&parameters.saml_request)?;
    handle_authn_request(&provider, request, &parameters.relay_state)
}

fn require_request(parameters: &SsoParameters) -> Result<(), RequestError> {
    if parameters.saml_request.is_empty() {
        return Err(RequestError::MissingRequest);
    }
    Ok(())
}

fn handle_authn_request(
    provider: &IdentityProvider,
    request: AuthnRequest,
    relay_state: &str,
) -> Result<Response, RequestError> {
    let service_provider = provider
        .service_provider(&request.issuer, request.acs_url.as_deref())
        .ok_or(RequestError::UnknownServiceProvider(request.issuer))?;
    if request.is_passive {
        let target = service_provider.response_target(Some(request.id));
        let response =
            provider.error_response(&target, ErrorStatus::NoPassive, SignatureScope::Response)?;
        return Ok(post_response(&service_provider, &response, relay_state));
    }
    let hint = if request.force_authn {
        "The application requires you to sign in again, even if you have just signed in."
    } else {
        ""
    };
    Ok(choose_user(
        provider,
        &service_provider,
        &request.id,
        relay_state,
        hint,
    ))
}

async fn idp_initiated(
    State(provider): State<IdentityProvider>,
    Query(query): Query<IdpInitiatedQuery>,
) -> Result<Response, RequestError> {
    let service_provider = provider
        .service_providers()
        .get(query.application)
        .cloned()
        .ok_or(RequestError::InvalidField("application"))?;
    let hint = "This is an IdP-initiated sign-in: the application has not requested it.";
    Ok(choose_user(
        &provider,
        &service_provider,
        "",
        &query.relay_state,
        hint,
    ))
}

async fn respond(
    State(provider): State<IdentityProvider>,
    Form(form): Form<RespondForm>,
) -> Result<Response, RequestError> {
    let service_provider = provider
        .service_provider(&form.entity_id, Some(&form.acs_url))
        .ok_or(RequestError::UnknownServiceProvider(form.entity_id))?;
    let behavior =
        IdpBehavior::parse(&form.behavior).ok_or(RequestError::InvalidField("behavior"))?;
    let signature_scope = SignatureScope::parse(&form.signature_scope)
        .ok_or(RequestError::InvalidField("signature_scope"))?;
    let request_id = Some(form.in_response_to).filter(|id| !id.is_empty());
    let target = service_provider.response_target(request_id);
    let response = match (form.user.as_str(), provider.user(&form.user)) {
        (_, Some(user)) => provider.success_response(&target, user, behavior, signature_scope)?,
        (NO_USER, None) => {
            provider.error_response(&target, ErrorStatus::AuthnFailed, signature_scope)?
        }
        (_, None) => return Err(RequestError::InvalidField("user")),
    };
    Ok(post_response(
        &service_provider,
        &response,
        &form.relay_state,
    ))
}

impl ServiceProvider {
    fn response_target(&self, in_response_to: Option<String>) -> ResponseTarget {
        ResponseTarget {
            entity_id: self.entity_id.clone(),
            acs_url: self.acs_url.clone(),
            in_response_to,
        }
    }
}

fn choose_user(
    provider: &IdentityProvider,
    service_provider: &ServiceProvider,
    in_response_to: &str,
    relay_state: &str,
    hint: &str,
) -> Response {
    let page = ChooseUserPage {
        service_provider,
        in_response_to,
        relay_state,
        hint,
        users: provider.0.config.users,
        no_user: NO_USER,
        behaviors: IdpBehavior::ALL,
        signature_scopes: SignatureScope::ALL,
    };
    theme::render(StatusCode::OK, &page)
}

/// A page with a form that a script submits to the service provider.
fn post_response(
    service_provider: &ServiceProvider,
    response: &str,
    relay_state: &str,
) -> Response {
    let page = PostResponsePage {
        service_provider: &service_provider.name,
        acs_url: &service_provider.acs_url,
        saml_response: &base64_simd::STANDARD.encode_to_string(response),
        relay_state,
    };
    let mut response = theme::render(StatusCode::OK, &page);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, POST_RESPONSE_POLICY);
    response
}

impl IntoResponse for RequestError {
    fn into_response(self) -> Response {
        let is_unknown_application = matches!(self, Self::UnknownServiceProvider(_));
        let page = ErrorPage {
            title: if is_unknown_application {
                "Unknown application"
            } else {
                "Invalid request"
            },
            message: &self.to_string(),
            is_unknown_application,
        };
        theme::render(StatusCode::BAD_REQUEST, &page)
    }
}
