//! What an administrator gives to the identity provider: metadata and certificate of a connection.

use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use saml::certificate::Certificate;
use service::connection;
use service::sign_in::discovery::OrgConnection;
use service::sign_in::error::SignInError;
use store::ConnectionId;
use web::{ProblemResponse, RequestLanguage};

use super::responses::FailedSignIn;

/// `GET /saml/{connection}/metadata`, signed with `?signed=true`.
pub(crate) async fn metadata(
    State(app): State<App>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    language: RequestLanguage,
) -> Response {
    let is_signed = query.as_deref() == Some("signed=true");
    let result = metadata_file(&app, &id, is_signed).await;
    respond_with_file(&app, language, result)
}

/// `GET /saml/{connection}/certificate`: the certificates that verify signed requests, the one in use first.
pub(crate) async fn certificate(
    State(app): State<App>,
    Path(id): Path<String>,
    language: RequestLanguage,
) -> Response {
    let result = certificate_file(&app, &id).await;
    respond_with_file(&app, language, result)
}

/// The error page for an administrator: the text for a sign-in link does not fit.
fn respond_with_file(
    app: &App,
    language: RequestLanguage,
    result: Result<Response, FailedSignIn>,
) -> Response {
    result.unwrap_or_else(|failed| match failed.error {
        SignInError::ConnectionNotFound => {
            failed.response_with_message(app, language, Some("signin-error-metadata-not-found"))
        }
        _ => failed.response(app, language),
    })
}

/// It works for a connection that is not active yet: the administrator needs the metadata first.
async fn metadata_file(app: &App, id: &str, is_signed: bool) -> Result<Response, FailedSignIn> {
    let org_connection = OrgConnection::find(app, id).await?;
    let xml = if is_signed {
        connection::signed_sp_metadata(app, &org_connection.connection).await
    } else {
        connection::sp_metadata(app, &org_connection.connection).await
    };
    match xml {
        Ok(xml) => Ok(file(
            &org_connection.connection.id,
            "xml",
            "application/samlmetadata+xml",
            xml,
        )),
        Err(problem) => Ok(ProblemResponse::from(problem).into_response()),
    }
}

async fn certificate_file(app: &App, id: &str) -> Result<Response, FailedSignIn> {
    let org_connection = OrgConnection::find(app, id).await?;
    let keys = app.keys.connection(&org_connection.connection).await;
    let keys = keys.map_err(SignInError::from)?;
    let certificates = keys.signing_certificates.iter().map(Certificate::pem);
    Ok(file(
        &org_connection.connection.id,
        "pem",
        "application/x-pem-file",
        certificates.collect(),
    ))
}

fn file(
    id: &ConnectionId,
    extension: &str,
    content_type: &'static str,
    content: String,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{id}.{extension}\""),
        ),
    ];
    (headers, content).into_response()
}
