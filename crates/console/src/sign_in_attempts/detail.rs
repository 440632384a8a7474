//! The page of one sign-in attempt.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use guide::diagnosis::{Checks, Diagnosis};
use guide::{Guide, GuideContext, SpValues};
use i18n::Localizer;
use runtime::app::App;
use serde_json::Value;
use service::sign_in::attempt_log::SamlMessages;
use service::sign_in::error::Code;
use service::sign_in_attempt::{AttemptView, SignerSearch};
use service::{connection, sign_in_attempt};
use store::{Connection, Provider};
use web::page;

use super::fix_links::{FixLink, fix_link};
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
    attempt: AttemptView,
    /// `None` when the connection was deleted.
    connection: Option<Connection>,
    /// The name of the identity provider's product as part of a sentence.
    provider: String,
    checks: Checks,
    /// Why the attempt failed.
    diagnosis: Option<Diagnosis>,
    /// Whether the checks are those of the decrypted assertion, which the attempt itself does not show.
    is_decrypted: bool,
    fix_link: Option<FixLink>,
    certificate: CertificateSearch,
    messages: Option<MessagesView>,
}

impl AttemptPage<'_> {
    fn fix_link_path(&self, link: &FixLink) -> String {
        let connection = self.connection.as_ref();
        let page = link.target.path(connection.map(|found| found.id.as_str()));
        format!("/console/organizations/{}/{page}", self.slug)
    }

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
    let attempt = Attempt::load(&app, &admin, &id).await?;
    let messages = sign_in_attempt::messages(&app, organization, &id).await?;
    let messages = messages.map(|messages| MessagesView::new(&messages, PersonalData::Hidden));
    attempt.page(&app, &admin, messages, certificate).await
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
    let attempt = Attempt::load(app, admin, id).await?;
    let certificate = attempt
        .certificate_search(app, admin, messages.as_ref())
        .await?;
    let messages = messages.map(|messages| MessagesView::new(&messages, personal_data));
    attempt.page(app, admin, messages, certificate).await
}

/// An attempt with its connection.
struct Attempt {
    view: AttemptView,
    /// `None` when the connection was deleted.
    connection: Option<Connection>,
}

impl Attempt {
    async fn load(app: &App, admin: &RequireOrgAdmin, id: &str) -> Result<Self, PageError> {
        let view = sign_in_attempt::show(app, admin.organization_id(), id).await?;
        let target = admin.connection_ref(&view.connection);
        let connection = match connection::find(app, target).await {
            Ok((_, connection)) => Some(connection),
            Err(problem) if problem.status == StatusCode::NOT_FOUND => None,
            Err(problem) => return Err(problem.into()),
        };
        Ok(Self { view, connection })
    }

    async fn page(
        self,
        app: &App,
        admin: &RequireOrgAdmin,
        messages: Option<MessagesView>,
        certificate: CertificateSearch,
    ) -> Result<Response, PageError> {
        let guide = self.guide();
        let inside =
            sign_in_attempt::encrypted_failure(app, admin.organization_id(), &self.view.id).await?;
        let stored = inside
            .as_ref()
            .map_or(&self.view.checks, |inside| &inside.checks);
        let checks = self.checks(app, admin.text(), guide, stored).await?;
        let is_decrypted = inside.is_some();
        let code = self.view.code.as_deref().and_then(|code| code.parse().ok());
        let code = inside.map(|inside| inside.code).or(code);
        let page = AttemptPage {
            frame: admin.frame(app, "sign-in-attempts"),
            slug: &admin.organization().slug,
            path: admin.path(&format!("sign-in-attempts/{}", self.view.id)),
            diagnosis: code.and_then(|code| checks.diagnosis(code).cloned()),
            fix_link: code.and_then(fix_link),
            provider: guide.name_in_sentence(admin.text()),
            is_decrypted,
            checks,
            certificate,
            messages,
            connection: self.connection,
            attempt: self.view,
        };
        Ok(page::answer(StatusCode::OK, &page))
    }

    fn guide(&self) -> &'static Guide {
        let connection = self.connection.as_ref();
        let provider = connection.map_or(Provider::Other, |found| found.settings.provider);
        Guide::for_provider(provider)
    }

    async fn checks(
        &self,
        app: &App,
        text: Localizer,
        guide: &'static Guide,
        stored: &Value,
    ) -> Result<Checks, PageError> {
        let values = match &self.connection {
            Some(connection) => SpValues::load(app, connection).await?,
            None => SpValues::without_connection(app),
        };
        let context = GuideContext {
            text,
            values: &values,
        };
        Ok(Checks::parse(&stored.to_string(), guide, &context))
    }

    /// Whether the administrator can search for the certificate that signed the response.
    async fn certificate_search(
        &self,
        app: &App,
        admin: &RequireOrgAdmin,
        messages: Option<&SamlMessages>,
    ) -> Result<CertificateSearch, PageError> {
        let has_response = messages.is_some_and(|messages| messages.response.is_some());
        let is_mismatch = self.view.code.as_deref() == Some(Code::SignatureMismatch.as_str());
        if !is_mismatch || !has_response || self.connection.is_none() {
            return Ok(CertificateSearch::Unavailable);
        }
        let target = admin.connection_ref(&self.view.connection);
        let source = sign_in_attempt::metadata_url(app, target).await?;
        Ok(match source {
            Some(url) => CertificateSearch::Available { url },
            None => CertificateSearch::Unavailable,
        })
    }
}
