//! The page of one sign-in attempt.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use guide::diagnosis::{DiagnosedAttempt, FixLink};
use runtime::app::App;
use service::sign_in::attempt_log::SamlMessages;
use service::sign_in::error::Code;
use service::sign_in_attempt;
use service::sign_in_attempt::SignerSearch;
use web::page;

use super::messages::{MessageLine, PersonalData, message_lines};
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::notice::redirect_with_notice;
use crate::page_error::PageError;

#[derive(Debug, Template)]
#[template(path = "console/sign_in_attempt.html")]
struct AttemptPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    /// The path of this page, on which the paths of its forms are based.
    path: String,
    attempt: DiagnosedAttempt,
    /// The name of the identity provider's product as part of a sentence.
    provider: String,
    fix_link: Option<FixLink>,
    certificate: CertificateSearch,
    messages: Option<MessagesView>,
}

impl AttemptPage<'_> {
    fn is_revealed(&self) -> bool {
        let messages = self.messages.as_ref();
        messages.is_some_and(MessagesView::is_revealed)
    }
}

#[derive(Debug)]
struct MessagesView {
    personal_data: PersonalData,
    request: Option<Vec<MessageLine>>,
    response: Option<Vec<MessageLine>>,
}

impl MessagesView {
    fn new(messages: &SamlMessages, personal_data: PersonalData) -> Self {
        let lines = |message: &str| message_lines(message, personal_data);
        Self {
            personal_data,
            request: messages.request.as_deref().and_then(lines),
            response: messages.response_xml().and_then(|message| lines(&message)),
        }
    }

    fn is_revealed(&self) -> bool {
        self.personal_data == PersonalData::Shown
    }
}

/// The search for an unknown signing certificate in the identity provider's published metadata.
#[derive(Debug)]
enum CertificateSearch {
    /// The certificate is not the problem, or no metadata URL is known.
    Unavailable,
    Available {
        url: String,
    },
    /// The metadata contains the certificate. The administrator can trust it.
    Found {
        url: String,
        sha256: String,
    },
    NotFound {
        url: String,
    },
    /// The metadata could not be read.
    Failed {
        reason: String,
    },
}

/// `GET /console/organizations/{organization}/sign-in-attempts/{attempt}`
pub(crate) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let messages = sign_in_attempt::messages(&app, admin.organization_id(), &id).await?;
    attempt_page(&app, &admin, &id, messages, PersonalData::Hidden).await
}

/// `POST …/sign-in-attempts/{attempt}/reveal`
///
/// A form instead of a link, so that neither a link nor a browser that prefetches writes into the audit log.
pub(crate) async fn reveal(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let organization = admin.organization_id();
    let messages = sign_in_attempt::reveal(&app, &admin.actor(), organization, &id).await?;
    attempt_page(&app, &admin, &id, messages, PersonalData::Shown).await
}

/// `POST …/sign-in-attempts/{attempt}/find-certificate`
pub(crate) async fn find_certificate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let organization = admin.organization_id();
    let certificate = match sign_in_attempt::find_signer(&app, organization, &id).await {
        Ok(SignerSearch {
            url,
            signer: Some(signer),
        }) => CertificateSearch::Found {
            url,
            sha256: signer.sha256(),
        },
        Ok(SignerSearch { url, signer: None }) => CertificateSearch::NotFound { url },
        Err(problem) if problem.errors.is_empty() => return Err(problem.into()),
        Err(problem) => CertificateSearch::Failed {
            reason: problem.localize(admin.text()),
        },
    };
    let attempt = load(&app, &admin, &id).await?;
    let messages = sign_in_attempt::messages(&app, organization, &id).await?;
    let messages = messages.map(|messages| MessagesView::new(&messages, PersonalData::Hidden));
    Ok(render(&app, &admin, attempt, messages, certificate))
}

/// `POST …/sign-in-attempts/{attempt}/trust-certificate`
pub(crate) async fn trust_certificate(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let organization = admin.organization_id();
    let working = sign_in_attempt::trust_signer(&app, &admin.actor(), organization, &id).await?;
    let panel = admin.panel_path(Some(&working.connection.id));
    Ok(redirect_with_notice(&panel, "saved"))
}

async fn attempt_page(
    app: &App,
    admin: &RequireOrgAdmin,
    id: &str,
    messages: Option<SamlMessages>,
    personal_data: PersonalData,
) -> Result<Response, PageError> {
    let attempt = load(app, admin, id).await?;
    let certificate = certificate_search(app, admin, &attempt, messages.as_ref()).await?;
    let messages = messages.map(|messages| MessagesView::new(&messages, personal_data));
    Ok(render(app, admin, attempt, messages, certificate))
}

async fn load(app: &App, admin: &RequireOrgAdmin, id: &str) -> Result<DiagnosedAttempt, PageError> {
    let organization = admin.organization_id();
    Ok(DiagnosedAttempt::load(app, admin.text(), organization, id).await?)
}

fn render(
    app: &App,
    admin: &RequireOrgAdmin,
    attempt: DiagnosedAttempt,
    messages: Option<MessagesView>,
    certificate: CertificateSearch,
) -> Response {
    let code = attempt.diagnosis.as_ref().map(|diagnosis| diagnosis.code);
    let page = AttemptPage {
        frame: admin.frame(app, "sign-in-attempts"),
        slug: &admin.organization().slug,
        path: admin.path(&format!("sign-in-attempts/{}", attempt.attempt.id)),
        fix_link: code.and_then(FixLink::for_code),
        provider: attempt.guide.name_in_sentence(admin.text()),
        certificate,
        messages,
        attempt,
    };
    page::answer(StatusCode::OK, &page)
}

/// Whether the administrator can search for the certificate that signed the response.
async fn certificate_search(
    app: &App,
    admin: &RequireOrgAdmin,
    attempt: &DiagnosedAttempt,
    messages: Option<&SamlMessages>,
) -> Result<CertificateSearch, PageError> {
    let has_response = messages.is_some_and(|messages| messages.response.is_some());
    let code = attempt.attempt.code.as_deref();
    let is_mismatch = code == Some(Code::SignatureMismatch.as_str());
    if !is_mismatch || !has_response || attempt.connection.is_none() {
        return Ok(CertificateSearch::Unavailable);
    }
    let target = admin.connection_ref(&attempt.attempt.connection);
    let source = sign_in_attempt::metadata_url(app, target).await?;
    Ok(match source {
        Some(url) => CertificateSearch::Available { url },
        None => CertificateSearch::Unavailable,
    })
}
