//! Applications: the OpenID Connect clients.

mod client;

pub use client::client;
use oidc::{ClientKeys, ClientSecret, RedirectUri};
use runtime::app::App;
use runtime::problem::{FieldProblem, Problem, ProblemCode};
use runtime::{random, seal};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Application, ApplicationId, ClientType, IdTokenAlgorithm, TokenEndpointAuthMethod};
use utoipa::ToSchema;

use super::audit_log::Deed;
use super::{Actor, Listing, PageRequest, Undone, instant, schema};
use crate::json::Patch;
use crate::to_json;

/// The settings of an application.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct ApplicationSettings {
    /// The display name.
    #[schema(min_length = 1, max_length = 200, example = "Acme Portal")]
    pub name: String,
    /// The redirect URIs. A request must have one of them, byte for byte.
    #[schema(min_items = 1, max_items = 50, example = json!(["https://app.example.com/callback"]))]
    pub redirect_uris: Vec<String>,
    #[serde(default = "confidential")]
    #[schema(schema_with = schema::client_type, required = false)]
    pub client_type: ClientType,
    #[schema(schema_with = schema::token_endpoint_auth_method, required = false)]
    pub token_endpoint_auth_method: Option<TokenEndpointAuthMethod>,
    /// The public keys of the application as a JWK set; required with `private_key_jwt`.
    #[schema(value_type = Option<Object>)]
    pub jwks: Option<Value>,
    #[schema(schema_with = schema::id_token_algorithm, required = false)]
    pub id_token_signed_response_alg: Option<IdTokenAlgorithm>,
}

/// An OpenID Connect client.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Application)]
pub struct ApplicationView {
    /// The `client_id`.
    pub id: String,
    #[serde(flatten)]
    pub settings: ApplicationSettings,
    /// When the application was created.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The client secret, only in the response to the request that created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

const fn confidential() -> ClientType {
    ClientType::Confidential
}

/// Makes an application.
///
/// # Errors
///
/// When something is not as it must be.
pub async fn create(
    app: &App,
    actor: &Actor,
    settings: ApplicationSettings,
) -> Result<ApplicationView, Problem> {
    let id = ApplicationId::from_random(random::bytes());
    let mut application = application(id, settings, app.clock.now())?;
    let secret = uses_secret(&application).then(new_secret);
    application.secret = secret.as_ref().map(|secret| seal::hash(secret.as_str()));
    let shown = view(&application);
    let event =
        deed(actor, &application, "application.create").event(app, None, Some(to_json(&shown)));
    app.store
        .write(async move |tx| {
            tx.add_application(&application).await?;
            tx.add_audit_entry(&event).await
        })
        .await?;
    Ok(ApplicationView {
        client_secret: secret.map(|secret| secret.as_str().to_owned()),
        ..shown
    })
}

/// The applications, oldest first.
///
/// # Errors
///
/// When the page cannot be.
pub async fn list(app: &App, request: &PageRequest) -> Result<Listing<ApplicationView>, Problem> {
    let page = request.page()?;
    let wanted = page.clone();
    let applications = app.store.snapshot().await?.applications(&wanted).await?;
    Ok(Listing::new(
        &page,
        applications,
        |one| one.id.as_str(),
        |one| view(&one),
    ))
}

/// One application.
///
/// # Errors
///
/// When there is none.
pub async fn show(app: &App, id: &str) -> Result<ApplicationView, Problem> {
    Ok(view(&find(app, id).await?))
}

/// Changes an application. One that comes to need a secret gets one, which is shown this once.
///
/// # Errors
///
/// When there is none, or something is not as it must be.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: &str,
    change: Patch,
) -> Result<ApplicationView, Problem> {
    let before = find(app, id).await?;
    let settings = change.apply_to(to_json(&settings_of(&before)))?;
    let mut after = application(before.id.clone(), settings, before.created_at)?;
    let secret = (uses_secret(&after) && before.secret.is_none()).then(new_secret);
    after.secret = match &secret {
        Some(secret) => Some(seal::hash(secret.as_str())),
        None => before.secret.clone().filter(|_| uses_secret(&after)),
    };
    let shown = view(&after);
    let deed = deed(actor, &after, "application.update");
    let event = deed.event(app, Some(to_json(&view(&before))), Some(to_json(&shown)));
    write(app, after, event).await?;
    Ok(ApplicationView {
        client_secret: secret.map(|secret| secret.as_str().to_owned()),
        ..shown
    })
}

/// Gives an application another secret, which is shown this once; the one before is refused from now on.
///
/// # Errors
///
/// When there is no such application, or it proves itself in another way.
pub async fn rotate_secret(app: &App, actor: &Actor, id: &str) -> Result<ApplicationView, Problem> {
    let mut application = find(app, id).await?;
    if !uses_secret(&application) {
        let detail = format!(
            "{id} authenticates with {}; it has no secret",
            application.auth_method
        );
        return Err(Problem::with_detail(ProblemCode::NoSecret, detail));
    }
    let secret = new_secret();
    application.secret = Some(seal::hash(secret.as_str()));
    let shown = view(&application);
    let event = deed(actor, &application, "application.rotate_secret").event(app, None, None);
    write(app, application, event).await?;
    Ok(ApplicationView {
        client_secret: Some(secret.as_str().to_owned()),
        ..shown
    })
}

/// Deletes an application.
///
/// # Errors
///
/// When there is none.
pub async fn delete(app: &App, actor: &Actor, id: &str) -> Result<(), Problem> {
    let application = find(app, id).await?;
    let event = deed(actor, &application, "application.delete").event(
        app,
        Some(to_json(&view(&application))),
        None,
    );
    app.store
        .write(async move |tx| {
            tx.delete_application(&application.id).await?;
            tx.add_audit_entry(&event).await
        })
        .await?;
    Ok(())
}

async fn write(
    app: &App,
    application: Application,
    event: store::AuditEntry,
) -> Result<(), Problem> {
    app.store
        .write(async move |tx| {
            if !tx.update_application(&application).await? {
                return Err(Problem::not_found("application", application.id.as_str()).into());
            }
            Ok::<_, Undone>(tx.add_audit_entry(&event).await?)
        })
        .await
        .map_err(Problem::from)
}

async fn find(app: &App, id: &str) -> Result<Application, Problem> {
    let unknown = || Problem::not_found("application", id);
    let application = ApplicationId::parse(id).map_err(|_| unknown())?;
    let found = app
        .store
        .snapshot()
        .await?
        .application(&application)
        .await?;
    found.ok_or_else(unknown)
}

/// The application that the settings describe, still without a secret.
fn application(
    id: ApplicationId,
    settings: ApplicationSettings,
    created_at: jiff::Timestamp,
) -> Result<Application, Problem> {
    let auth_method = settings
        .token_endpoint_auth_method
        .unwrap_or(match settings.client_type {
            ClientType::Confidential => TokenEndpointAuthMethod::ClientSecretBasic,
            ClientType::Public => TokenEndpointAuthMethod::None,
        });
    let jwks = settings.jwks.as_ref().map(Value::to_string);
    let mut problems = redirect_uri_problems(&settings.redirect_uris, settings.client_type);
    problems.extend(auth_method_problem(settings.client_type, auth_method));
    problems.extend(jwks_problem(auth_method, jwks.as_deref()));
    if !problems.is_empty() {
        return Err(Problem::fields(problems));
    }
    Ok(Application {
        id,
        name: settings.name,
        client_type: settings.client_type,
        auth_method,
        secret: None,
        jwks,
        redirect_uris: settings.redirect_uris,
        id_token_algorithm: settings
            .id_token_signed_response_alg
            .unwrap_or(IdTokenAlgorithm::Rs256),
        created_at,
    })
}

fn redirect_uri_problems(uris: &[String], client_type: ClientType) -> Vec<FieldProblem> {
    let kind = client::client_type(client_type);
    let refused = |(place, uri): (usize, &String)| {
        let error = RedirectUri::parse(uri, kind).err()?;
        let field = format!("redirect_uris[{place}]");
        Some(FieldProblem::new(
            field,
            format!("an address that is registered as it is sent: {error}"),
            format!("{uri:?}"),
        ))
    };
    uris.iter().enumerate().filter_map(refused).collect()
}

fn auth_method_problem(
    client_type: ClientType,
    method: TokenEndpointAuthMethod,
) -> Option<FieldProblem> {
    let is_none = method == TokenEndpointAuthMethod::None;
    let expected = match client_type {
        ClientType::Public if !is_none => "none, since a public application cannot keep a secret",
        ClientType::Confidential if is_none => {
            "a way to prove itself, since a confidential application must"
        }
        ClientType::Public | ClientType::Confidential => return None,
    };
    Some(FieldProblem::new(
        "token_endpoint_auth_method",
        expected,
        method.as_str(),
    ))
}

fn jwks_problem(method: TokenEndpointAuthMethod, jwks: Option<&str>) -> Option<FieldProblem> {
    match (method, jwks) {
        (TokenEndpointAuthMethod::PrivateKeyJwt, None) => Some(FieldProblem::new(
            "jwks",
            "a JWK set with the application's public keys",
            "nothing",
        )),
        (TokenEndpointAuthMethod::PrivateKeyJwt, Some(jwks)) => {
            let error = ClientKeys::parse(jwks).err()?;
            Some(FieldProblem::new(
                "jwks",
                "a JWK set with the application's public keys",
                error.to_string(),
            ))
        }
        (_, Some(_)) => {
            let expected = "nothing, unless token_endpoint_auth_method is private_key_jwt";
            Some(FieldProblem::new(
                "jwks",
                expected,
                format!("keys beside {method}"),
            ))
        }
        (_, None) => None,
    }
}

fn uses_secret(application: &Application) -> bool {
    match application.auth_method {
        TokenEndpointAuthMethod::ClientSecretBasic | TokenEndpointAuthMethod::ClientSecretPost => {
            true
        }
        TokenEndpointAuthMethod::PrivateKeyJwt | TokenEndpointAuthMethod::None => false,
    }
}

fn new_secret() -> ClientSecret {
    ClientSecret::from_random(&random::bytes())
}

fn settings_of(application: &Application) -> ApplicationSettings {
    ApplicationSettings {
        name: application.name.clone(),
        redirect_uris: application.redirect_uris.clone(),
        client_type: application.client_type,
        token_endpoint_auth_method: Some(application.auth_method),
        jwks: application
            .jwks
            .as_deref()
            .and_then(|jwks| serde_json::from_str(jwks).ok()),
        id_token_signed_response_alg: Some(application.id_token_algorithm),
    }
}

fn view(application: &Application) -> ApplicationView {
    ApplicationView {
        id: application.id.to_string(),
        settings: settings_of(application),
        created_at: instant(application.created_at),
        client_secret: None,
    }
}

fn deed<'d>(actor: &'d Actor, application: &'d Application, action: &'static str) -> Deed<'d> {
    Deed {
        actor,
        organization: None,
        action,
        subject: application.id.as_str(),
    }
}
