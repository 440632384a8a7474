//! The page of one attempt.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Text;
use runtime::app::App;
use service::sign_in::attempt_log::SamlMessages;
use service::sign_in::error::Code;
use service::sign_in_attempt::{AttemptView, Published};
use service::{connection, sign_in_attempt};
use store::{Connection, Provider};
use web::page;

use super::fix_links;
use super::fix_links::{Mend, Where};
use super::messages::{LineView, Personal, lines};
use crate::current_user::AdminVisit;
use crate::diagnosis::{Checks, Diagnosis};
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::guard::Refusal;
use crate::guide::{Guide, Values, Words};

/// Tells the story of an attempt.
#[derive(Debug, Template)]
#[template(path = "console/attempt.html")]
struct AttemptPage<'p> {
    frame: ConsoleFrame<'p>,
    slug: &'p str,
    attempt: AttemptView,
    /// The connection, unless it has been deleted.
    connection: Option<Connection>,
    /// What the provider is called inside a sentence.
    provider: String,
    checks: Checks,
    /// What is behind it, when it was refused.
    diagnosis: Option<Diagnosis>,
    mend: Option<Mend>,
    offer: Offer,
    messages: Option<MessagesView>,
}

impl AttemptPage<'_> {
    /// Where the refusal is repaired.
    fn mend_address(&self, mend: &Mend) -> String {
        let organization = format!("/console/organizations/{}", self.slug);
        match (mend.place, &self.connection) {
            (Where::Connection, Some(connection)) => {
                format!("{organization}/sso/{}", connection.id)
            }
            (Where::Connection, None) => format!("{organization}/sso"),
            (Where::Organization(tab), _) => format!("{organization}/{tab}"),
        }
    }

    /// Whether somebody has asked for what is known of the person.
    fn is_revealed(&self) -> bool {
        let messages = self.messages.as_ref();
        messages.is_some_and(MessagesView::is_revealed)
    }
}

/// The messages, written out.
#[derive(Debug)]
struct MessagesView {
    personal: Personal,
    request: Option<Vec<LineView>>,
    response: Option<Vec<LineView>>,
}

impl MessagesView {
    fn is_revealed(&self) -> bool {
        self.personal == Personal::Shown
    }
}

/// What can be done about a certificate that the connection does not know.
#[derive(Debug)]
enum Offer {
    /// Nothing.
    Nothing,
    /// To look whether the provider publishes it.
    Look { url: String },
    /// To trust it, since the provider publishes it.
    Trust { url: String, sha256: String },
    /// The provider does not publish it.
    NotFound { url: String },
    /// The metadata could not be read.
    Failed { why: String },
}

/// `GET /console/organizations/{organization}/attempts/{attempt}`
pub(crate) async fn show(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let kept = sign_in_attempt::messages(&app, visit.organization().id.as_str(), &id).await?;
    answer(&app, &visit, &id, (kept, Personal::Hidden), None).await
}

/// `POST …/attempts/{attempt}/reveal`
///
/// By a form and not by an address, so that neither a link nor a browser that looks ahead writes into the audit trail.
pub(crate) async fn reveal(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let (actor, named) = (visit.visitor().actor(), visit.organization().id.as_str());
    let kept = sign_in_attempt::reveal(&app, &actor, named, &id).await?;
    answer(&app, &visit, &id, (kept, Personal::Shown), None).await
}

/// `POST …/attempts/{attempt}/look`
pub(crate) async fn look(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let named = visit.organization().id.as_str();
    let offer = match sign_in_attempt::published(&app, named, &id).await {
        Ok(Published {
            url,
            signer: Some(signer),
        }) => Offer::Trust {
            url,
            sha256: signer.sha256(),
        },
        Ok(Published { url, signer: None }) => Offer::NotFound { url },
        Err(problem) if problem.errors.is_empty() => return Err(problem.into()),
        Err(problem) => Offer::Failed {
            why: problem.localize(visit.visitor().text),
        },
    };
    let kept = sign_in_attempt::messages(&app, named, &id).await?;
    answer(&app, &visit, &id, (kept, Personal::Hidden), Some(offer)).await
}

/// `POST …/attempts/{attempt}/trust`
pub(crate) async fn trust(
    State(app): State<App>,
    visit: AdminVisit,
    Path((_, id)): Path<(String, String)>,
    _form: ConsoleForm,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let actor = visit.visitor().actor();
    let kept = sign_in_attempt::trust(&app, &actor, organization.id.as_str(), &id).await?;
    let panel = visit.panel_of(Some(&kept.connection.id));
    Ok(Redirect::to(&format!("{panel}?done=saved")).into_response())
}

async fn answer(
    app: &App,
    visit: &AdminVisit,
    id: &str,
    (kept, personal): (Option<SamlMessages>, Personal),
    offer: Option<Offer>,
) -> Result<Response, Refusal> {
    let organization = visit.organization();
    let attempt = sign_in_attempt::show(app, organization.id.as_str(), id).await?;
    let connection = connection_of(app, visit, &attempt).await?;
    let (checks, provider) =
        checks_of(app, visit.visitor().text, (&attempt, connection.as_ref())).await?;
    let code = attempt.code.as_deref().and_then(|code| code.parse().ok());
    let offer = match offer {
        Some(offer) => offer,
        None => offer_of(app, visit, (&attempt, connection.as_ref()), kept.as_ref()).await?,
    };
    let page = AttemptPage {
        frame: visit.frame(app, "attempts"),
        slug: &organization.slug,
        diagnosis: code.and_then(|code| checks.diagnosis(code).cloned()),
        mend: code.and_then(fix_links::of),
        messages: kept.map(|kept| MessagesView {
            personal,
            request: kept
                .request
                .as_deref()
                .and_then(|text| lines(text, personal)),
            response: kept.response_xml().and_then(|text| lines(&text, personal)),
        }),
        provider,
        checks,
        offer,
        connection,
        attempt,
    };
    Ok(page::answer(StatusCode::OK, &page))
}

async fn checks_of(
    app: &App,
    text: Text,
    (attempt, connection): (&AttemptView, Option<&Connection>),
) -> Result<(Checks, String), Refusal> {
    let values = match connection {
        Some(connection) => Values::of(app, connection).await?,
        None => Values::of_nobody(app),
    };
    let words = Words {
        text,
        values: &values,
    };
    let provider = connection.map_or(Provider::Other, |one| one.settings.provider);
    let guide = Guide::of(provider);
    let checks = Checks::of(&attempt.checks.to_string(), (guide, &words));
    Ok((checks, guide.in_a_sentence(text)))
}

/// Whether it can be looked for the certificate that the connection does not know.
async fn offer_of(
    app: &App,
    visit: &AdminVisit,
    (attempt, connection): (&AttemptView, Option<&Connection>),
    kept: Option<&SamlMessages>,
) -> Result<Offer, Refusal> {
    let has_response = kept.is_some_and(|kept| kept.response.is_some());
    let is_mismatch = attempt.code.as_deref() == Some(Code::SignatureMismatch.as_str());
    if !is_mismatch || !has_response || connection.is_none() {
        return Ok(Offer::Nothing);
    }
    let place = visit.place_of(&attempt.connection);
    let source = sign_in_attempt::metadata_source(app, place).await?;
    Ok(source.map_or(Offer::Nothing, |url| Offer::Look { url }))
}

async fn connection_of(
    app: &App,
    visit: &AdminVisit,
    attempt: &AttemptView,
) -> Result<Option<Connection>, Refusal> {
    let place = visit.place_of(&attempt.connection);
    match connection::find(app, place).await {
        Ok((_, found)) => Ok(Some(found)),
        Err(problem) if problem.status == StatusCode::NOT_FOUND => Ok(None),
        Err(problem) => Err(problem.into()),
    }
}
