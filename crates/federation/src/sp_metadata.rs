//! What an identity provider's administrator needs from us: metadata and certificate of a connection.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use runtime::app::App;
use saml::certificate::Certificate;
use service::connection;
use service::sign_in::discovery::Destination;
use store::ConnectionId;
use web::{ProblemResponse, RequestLanguage};

use super::failed_sign_in::{Refused, answer};

/// `GET /saml/{connection}/metadata`
pub(super) async fn metadata(
    State(app): State<App>,
    Path(id): Path<String>,
    language: RequestLanguage,
) -> Response {
    let ended = write_metadata(&app, &id).await;
    answer(&app, language, ended)
}

/// `GET /saml/{connection}/certificate`: the certificates of the keys that sign our requests, the one in use first.
pub(super) async fn certificate(
    State(app): State<App>,
    Path(id): Path<String>,
    language: RequestLanguage,
) -> Response {
    let ended = write_certificates(&app, &id).await;
    answer(&app, language, ended)
}

/// Also for a connection that is not active yet: its administrator needs it before.
async fn write_metadata(app: &App, id: &str) -> Result<Response, Refused> {
    let destination = Destination::find(app, id).await?;
    match connection::sp_metadata(app, &destination.connection).await {
        Ok(xml) => Ok(file(
            &destination.connection.id,
            "xml",
            "application/samlmetadata+xml",
            xml,
        )),
        Err(problem) => Ok(ProblemResponse::from(problem).into_response()),
    }
}

async fn write_certificates(app: &App, id: &str) -> Result<Response, Refused> {
    let destination = Destination::find(app, id).await?;
    let keys = app.keys.connection(&destination.connection).await?;
    let certificates = keys.signing_certificates.iter().map(Certificate::pem);
    Ok(file(
        &destination.connection.id,
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
