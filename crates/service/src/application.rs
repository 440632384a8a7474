//! Applications: the OpenID Connect clients.

mod client;
mod rejected_redirect_uri;
mod start_page;

pub use client::to_oidc_client;
use jiff::Timestamp;
use oidc::{ClientKeys, ClientSecret, RedirectUri};
pub use rejected_redirect_uri::{RejectedRedirectUriView, record_rejected_redirect_uri};
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem, ProblemCode};
use runtime::{random, seal};
use serde::{Deserialize, Serialize};
use serde_json::Value;
pub use start_page::start_page;
use store::{
    Application, ApplicationId, ClientType, IdTokenAlgorithm, PagedList, StoreError,
    TokenEndpointAuthMethod, Tx,
};
use utoipa::ToSchema;

use super::audit_log::AuditRecord;
use super::{Actor, Listing, PageRequest, TxError, instant, schema};
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
    /// Whether each authorization request must use PKCE. Turn it off only for a confidential application whose library
    /// does not support PKCE. Default: `true`.
    pub require_pkce: Option<bool>,
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
    /// The redirect URI of the last request that was rejected because the application has not registered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rejected_redirect_uri: Option<RejectedRedirectUriView>,
    /// The client secret, only in the response to the request that created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

const fn confidential() -> ClientType {
    ClientType::Confidential
}

/// Creates an application, with a client secret if its authentication method uses one.
pub async fn create(
    app: &App,
    actor: &Actor,
    settings: ApplicationSettings,
) -> Result<ApplicationView, Problem> {
    let id = ApplicationId::from_random(random::bytes());
    let mut application = build(id, settings, app.clock.now())?;
    let secret = uses_secret(&application).then(new_secret);
    application.secret = secret.as_ref().map(|secret| seal::hash(secret.as_str()));
    let view = view(&application);
    let entry =
        audit(actor, &application, "application.created").entry(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            tx.add_application(&application).await?;
            tx.add_audit_entry(&entry).await
        })
        .await?;
    Ok(ApplicationView {
        client_secret: secret.map(|secret| secret.as_str().to_owned()),
        ..view
    })
}

/// Lists the applications, oldest first.
pub async fn list(app: &App, request: &PageRequest) -> Result<Listing<ApplicationView>, Problem> {
    let mut tx = app.store.snapshot().await?;
    let page = request.page(&mut tx, PagedList::Applications).await?;
    let applications = tx.applications(&page).await?;
    Ok(Listing::new(
        &page,
        applications,
        |application| application.id.as_str(),
        |application| view(&application),
    ))
}

pub async fn show(app: &App, id: &str) -> Result<ApplicationView, Problem> {
    Ok(view(&find(app, id).await?))
}

/// Updates an application. The result has a new client secret if the application needs one and had none.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: &str,
    change: Patch,
) -> Result<ApplicationView, Problem> {
    let before = find(app, id).await?;
    let settings = change.apply_to(to_json(&settings_of(&before)))?;
    let mut after = build(before.id.clone(), settings, app.clock.now())?;
    after.created_at = before.created_at;
    after.rejected_redirect_uri = before.rejected_redirect_uri.clone();
    keep_time(
        &mut after.auth_method_pinned_since,
        before.auth_method_pinned_since,
    );
    keep_time(&mut after.pkce_required_since, before.pkce_required_since);
    let secret = (uses_secret(&after) && before.secret.is_none()).then(new_secret);
    after.secret = match &secret {
        Some(secret) => Some(seal::hash(secret.as_str())),
        None => before.secret.clone().filter(|_| uses_secret(&after)),
    };
    let updated = view(&after);
    if after == before {
        return Ok(updated);
    }
    let record = audit(actor, &after, "application.updated");
    let entry = record.entry(app, Some(to_json(&view(&before))), Some(to_json(&updated)));
    save(app, after, entry).await?;
    Ok(ApplicationView {
        client_secret: secret.map(|secret| secret.as_str().to_owned()),
        ..updated
    })
}

/// A setting that is on stays on since the same time.
fn keep_time(after: &mut Option<Timestamp>, before: Option<Timestamp>) {
    if after.is_some() && before.is_some() {
        *after = before;
    }
}

/// Replaces the client secret with immediate effect.
///
/// # Errors
///
/// [`ProblemCode::NoSecret`] if the application authenticates with another method.
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
    let view = view(&application);
    let entry = audit(actor, &application, "application.secret_rotated").entry(app, None, None);
    save(app, application, entry).await?;
    Ok(ApplicationView {
        client_secret: Some(secret.as_str().to_owned()),
        ..view
    })
}

pub async fn delete(app: &App, actor: &Actor, id: &str) -> Result<(), Problem> {
    let application = find(app, id).await?;
    let entry = audit(actor, &application, "application.deleted").entry(
        app,
        Some(to_json(&view(&application))),
        None,
    );
    let delete_batch = async move |tx: &mut Tx| {
        if tx.erase_application_batch(&application.id).await? {
            return Ok(true);
        }
        tx.delete_application(&application.id).await?;
        tx.add_audit_entry(&entry).await?;
        Ok::<_, StoreError>(false)
    };
    Ok(app.store.write_in_batches(delete_batch).await?)
}

async fn save(
    app: &App,
    application: Application,
    entry: store::AuditEntry,
) -> Result<(), Problem> {
    app.store
        .write(async move |tx| {
            if !tx.update_application(&application).await? {
                return Err(Problem::not_found("application", application.id.as_str()).into());
            }
            Ok::<_, TxError>(tx.add_audit_entry(&entry).await?)
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

/// Builds an application from its settings, without a secret.
fn build(
    id: ApplicationId,
    settings: ApplicationSettings,
    now: Timestamp,
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
    problems.extend(pkce_problem(settings.client_type, settings.require_pkce));
    problems.extend(jwks_problem(auth_method, jwks.as_deref()));
    if !problems.is_empty() {
        return Err(Problem::fields(problems));
    }
    Ok(Application {
        id,
        name: settings.name,
        client_type: settings.client_type,
        auth_method,
        auth_method_pinned_since: settings.token_endpoint_auth_method.map(|_| now),
        pkce_required_since: settings.require_pkce.unwrap_or(true).then_some(now),
        secret: None,
        jwks,
        redirect_uris: settings.redirect_uris,
        id_token_algorithm: settings
            .id_token_signed_response_alg
            .unwrap_or(IdTokenAlgorithm::Rs256),
        created_at: now,
        rejected_redirect_uri: None,
    })
}

fn redirect_uri_problems(uris: &[String], client_type: ClientType) -> Vec<FieldProblem> {
    let kind = client::to_oidc_client_type(client_type);
    let problem = |(index, uri): (usize, &String)| {
        let error = RedirectUri::parse(uri, kind).err()?;
        let field = format!("redirect_uris[{index}]");
        Some(FieldProblem::new(
            field,
            "a valid redirect URI",
            LocalizedText::explanation(format_args!("{error}, received {uri:?}")),
        ))
    };
    uris.iter().enumerate().filter_map(problem).collect()
}

fn auth_method_problem(
    client_type: ClientType,
    method: TokenEndpointAuthMethod,
) -> Option<FieldProblem> {
    let is_none = method == TokenEndpointAuthMethod::None;
    let expected = match client_type {
        ClientType::Public if !is_none => "none, since a public application cannot keep a secret",
        ClientType::Confidential if is_none => {
            "an authentication method, since a confidential application must authenticate"
        }
        ClientType::Public | ClientType::Confidential => return None,
    };
    Some(FieldProblem::new(
        "token_endpoint_auth_method",
        expected,
        method.as_str(),
    ))
}

fn pkce_problem(client_type: ClientType, require_pkce: Option<bool>) -> Option<FieldProblem> {
    let is_turned_off = client_type == ClientType::Public && require_pkce == Some(false);
    is_turned_off.then(|| {
        let expected = "true, since PKCE is what protects the codes of a public application";
        FieldProblem::new("require_pkce", expected, "false")
    })
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
                LocalizedText::explanation(error),
            ))
        }
        (_, Some(_)) => {
            let expected = "nothing, unless token_endpoint_auth_method is private_key_jwt";
            Some(FieldProblem::new(
                "jwks",
                expected,
                format!("keys with {method}"),
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
        token_endpoint_auth_method: pinned_auth_method(application),
        jwks: application
            .jwks
            .as_deref()
            .and_then(|jwks| serde_json::from_str(jwks).ok()),
        id_token_signed_response_alg: Some(application.id_token_algorithm),
        require_pkce: Some(
            application.pkce_required_since.is_some()
                || application.client_type == ClientType::Public,
        ),
    }
}

/// The only authentication method of the application; `None` when its secret may be sent in either way.
fn pinned_auth_method(application: &Application) -> Option<TokenEndpointAuthMethod> {
    let is_pinned = application.auth_method_pinned_since.is_some() || !uses_secret(application);
    is_pinned.then_some(application.auth_method)
}

fn view(application: &Application) -> ApplicationView {
    ApplicationView {
        id: application.id.to_string(),
        settings: settings_of(application),
        created_at: instant(application.created_at),
        rejected_redirect_uri: application
            .rejected_redirect_uri
            .as_ref()
            .map(RejectedRedirectUriView::new),
        client_secret: None,
    }
}

fn audit<'d>(
    actor: &'d Actor,
    application: &'d Application,
    action: &'static str,
) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: None,
        action,
        subject: application.id.as_str(),
    }
}
