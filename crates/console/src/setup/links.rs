//! The page of a connection's setup links: making one for somebody else, and withdrawing it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::Problem;
use service::connection::ConnectionView;
use service::setup_link::{NewSetupLink, SetupLinkView};
use service::{connection, setup_link};
use store::SetupLinkPurpose;
use web::page;

use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// For how many hours a link can be good.
const HOURS: [i64; 4] = [24, 72, 168, 720];
/// For how many it is unless somebody chooses.
const USUAL: i64 = 168;

/// Lists links and makes others.
#[derive(Debug, Template)]
#[template(path = "setup/links.html")]
struct LinksPage<'p> {
    frame: ConsoleFrame<'p>,
    t: Localizer,
    slug: &'p str,
    connection: ConnectionView,
    links: Vec<SetupLinkView>,
    /// The address of the one that was just made; it is shown this once.
    made: Option<String>,
    typed: Typed<'p>,
    fault: Option<String>,
}

/// What stands in the form.
#[derive(Clone, Copy, Debug)]
struct Typed<'p> {
    purpose: SetupLinkPurpose,
    hours: i64,
    email: &'p str,
}

impl LinksPage<'_> {
    fn purpose(&self, purpose: &SetupLinkPurpose) -> String {
        match purpose {
            SetupLinkPurpose::Connection => self.t.get("setup-purpose-connection"),
            SetupLinkPurpose::Test => self.t.get("setup-purpose-test"),
            SetupLinkPurpose::Domain => self.t.get("setup-purpose-domain"),
        }
    }

    fn purposes(&self) -> [SetupLinkPurpose; 3] {
        [
            SetupLinkPurpose::Connection,
            SetupLinkPurpose::Test,
            SetupLinkPurpose::Domain,
        ]
    }

    fn hours(&self) -> [i64; 4] {
        HOURS
    }

    fn days(&self, hours: &i64) -> String {
        self.t
            .format("frame-days", &[("days", (hours / 24).into())])
    }

    fn state(&self, link: &SetupLinkView) -> String {
        match link.state {
            "waiting" => self.t.get("setup-link-waiting"),
            "opened" => self.t.get("setup-link-opened"),
            "expired" => self.t.get("setup-link-expired"),
            _ => self.t.get("setup-link-revoked"),
        }
    }

    fn is_live(&self, link: &SetupLinkView) -> bool {
        matches!(link.state, "waiting" | "opened")
    }
}

impl<'p> Typed<'p> {
    const USUAL: Self = Self {
        purpose: SetupLinkPurpose::Connection,
        hours: USUAL,
        email: "",
    };

    fn of_form(form: &'p ConsoleForm) -> Self {
        Self {
            purpose: SetupLinkPurpose::parse(form.text("purpose")).unwrap_or(Self::USUAL.purpose),
            hours: form
                .text("hours")
                .parse()
                .ok()
                .filter(|hours| HOURS.contains(hours))
                .unwrap_or(USUAL),
            email: form.text("email"),
        }
    }
}

/// `GET …/sso/{connection}/links`
pub(super) async fn show(
    State(app): State<App>,
    visit: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    list(&app, &visit, (&id, Typed::USUAL, Ok(None))).await
}

/// `POST …/sso/{connection}/links`
pub(super) async fn create(
    State(app): State<App>,
    visit: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let typed = Typed::of_form(&form);
    let new = NewSetupLink {
        purpose: Some(typed.purpose),
        hours: Some(typed.hours),
        email: Some(typed.email.to_owned()).filter(|email| !email.is_empty()),
    };
    let place = visit.connection_ref(&id);
    match setup_link::create(&app, &visit.actor(), place, new).await {
        Ok(made) => list(&app, &visit, (&id, Typed::USUAL, Ok(made.url))).await,
        Err(problem) if problem.errors.is_empty() => Err(problem.into()),
        Err(problem) => list(&app, &visit, (&id, typed, Err(problem))).await,
    }
}

/// `POST …/sso/{connection}/links/{link}/revoke`
pub(super) async fn revoke(
    State(app): State<App>,
    visit: RequireOrgAdmin,
    Path((_, id, link)): Path<(String, String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let place = visit.connection_ref(&id);
    setup_link::revoke(&app, &visit.actor(), place, &link).await?;
    let slug = &visit.organization().slug;
    let address = format!("/console/organizations/{slug}/sso/{id}/links");
    Ok(Redirect::to(&address).into_response())
}

async fn list(
    app: &App,
    visit: &RequireOrgAdmin,
    (id, typed, made): (&str, Typed<'_>, Result<Option<String>, Problem>),
) -> Result<Response, PageError> {
    let place = visit.connection_ref(id);
    let text = visit.user().text;
    let (made, fault, status) = match made {
        Ok(made) => (made, None, StatusCode::OK),
        Err(problem) => (
            None,
            Some(text.get("setup-link-email-fault")),
            problem.status,
        ),
    };
    let page = LinksPage {
        frame: visit.frame(app, "sso"),
        t: text,
        slug: &visit.organization().slug,
        connection: connection::show(app, place).await?,
        links: setup_link::list(app, place).await?.items,
        made,
        typed,
        fault,
    };
    Ok(page::answer(status, &page))
}
