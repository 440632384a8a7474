//! The setup links of a connection: creates, lists and revokes them.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem};
use service::connection::ConnectionView;
use service::setup_link::{NewSetupLink, SetupLinkView};
use service::{connection, setup_link};
use store::SetupLinkPurpose;
use web::page;

use crate::confirmation_page::{ConfirmationPage, FormButton};
use crate::current_user::RequireOrgAdmin;
use crate::form::ConsoleForm;
use crate::form_state::FormState;
use crate::frame::ConsoleFrame;
use crate::page_error::PageError;

/// The periods of validity that the form offers.
const VALIDITY_HOURS: [i64; 4] = [24, 72, 168, 720];
const DEFAULT_VALIDITY_HOURS: &str = "168";

#[derive(Debug, Template)]
#[template(path = "setup/links.html")]
struct LinksPage<'p> {
    frame: ConsoleFrame<'p>,
    t: Localizer,
    slug: &'p str,
    connection: ConnectionView,
    links: Vec<SetupLinkView>,
    /// The URL of the link that was just created. It is shown only once.
    new_url: Option<String>,
    form: FormState<LinkForm<'p>>,
}

/// The values in the fields of the form.
#[derive(Clone, Copy, Debug)]
struct LinkForm<'p> {
    purpose: &'p str,
    hours: &'p str,
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

    fn error(&self, field: &str) -> Option<String> {
        self.form.field_message(self.t, field)
    }

    fn purposes(&self) -> [SetupLinkPurpose; 3] {
        [
            SetupLinkPurpose::Connection,
            SetupLinkPurpose::Test,
            SetupLinkPurpose::Domain,
        ]
    }

    fn hours(&self) -> [i64; 4] {
        VALIDITY_HOURS
    }

    fn days(&self, hours: &i64) -> String {
        self.t
            .format("frame-days", &[("days", (hours / 24).into())])
    }

    fn state(&self, link: &SetupLinkView) -> String {
        match link.state {
            "pending" => self.t.get("setup-link-pending"),
            "opened" => self.t.get("setup-link-opened"),
            "expired" => self.t.get("setup-link-expired"),
            _ => self.t.get("setup-link-revoked"),
        }
    }

    fn is_usable(&self, link: &SetupLinkView) -> bool {
        matches!(link.state, "pending" | "opened")
    }
}

impl<'p> LinkForm<'p> {
    const DEFAULT: Self = Self {
        purpose: SetupLinkPurpose::Connection.as_str(),
        hours: DEFAULT_VALIDITY_HOURS,
        email: "",
    };

    fn from_submission(form: &'p ConsoleForm) -> Self {
        Self {
            purpose: form.text("purpose"),
            hours: form.text("hours"),
            email: form.text("email"),
        }
    }

    /// The link to create. Only the options that the page offers are valid.
    fn parse(&self) -> Result<NewSetupLink, Problem> {
        let mut problems = Vec::new();
        let purpose = SetupLinkPurpose::parse(self.purpose);
        if let Err(error) = &purpose {
            let expected = LocalizedText::one_of(error.expected);
            let received = LocalizedText::quoted(self.purpose);
            problems.push(FieldProblem::new("purpose", expected, received));
        }
        let hours = VALIDITY_HOURS
            .into_iter()
            .find(|hours| hours.to_string() == self.hours);
        if hours.is_none() {
            let expected = LocalizedText::one_of(&VALIDITY_HOURS.map(|hours| hours.to_string()));
            let received = LocalizedText::quoted(self.hours);
            problems.push(FieldProblem::new("hours", expected, received));
        }
        if !problems.is_empty() {
            return Err(Problem::fields(problems));
        }
        Ok(NewSetupLink {
            purpose: purpose.ok(),
            hours,
            email: Some(self.email.to_owned()).filter(|email| !email.is_empty()),
        })
    }
}

/// `GET …/sso/{connection}/setup-links`
pub(super) async fn show(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    render(&app, &admin, &id, FormState::new(LinkForm::DEFAULT), None).await
}

/// `POST …/sso/{connection}/setup-links`
pub(super) async fn create(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id)): Path<(String, String)>,
    form: ConsoleForm,
) -> Result<Response, PageError> {
    let values = LinkForm::from_submission(&form);
    let place = admin.connection_ref(&id);
    let created = match values.parse() {
        Ok(new) => setup_link::create(&app, &admin.actor(), place, new).await,
        Err(problem) => Err(problem),
    };
    match created {
        Ok(link) => {
            let form = FormState::new(LinkForm::DEFAULT);
            render(&app, &admin, &id, form, link.url).await
        }
        Err(problem) => {
            let form = FormState::invalid(values, problem)?;
            render(&app, &admin, &id, form, None).await
        }
    }
}

/// `GET …/sso/{connection}/setup-links/{link}/revoke`
pub(super) async fn confirm_revoke(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id, link)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let connection = connection::show(&app, admin.connection_ref(&id)).await?;
    let links = setup_link::list(&app, admin.connection_ref(&id))
        .await?
        .items;
    let found = links.iter().find(|one| one.id == link);
    let found = found.ok_or_else(|| Problem::not_found("setup link", &link))?;
    let text = admin.text();
    let name = [("connection", connection.name.as_str().into())];
    let path = admin.path(&format!("sso/{id}/setup-links"));
    let effect = match &found.email {
        Some(email) => text.format(
            "setup-link-revoke-recipient",
            &[("email", email.as_str().into())],
        ),
        None => text.get("setup-link-revoke-effect"),
    };
    let page = ConfirmationPage::new(
        admin.frame(&app, "sso"),
        text.format("setup-link-revoke-question", &name),
        vec![effect, text.get("setup-link-revoke-keeps")],
        FormButton::new(
            format!("{path}/{link}/revoke"),
            text.get("setup-link-revoke"),
        ),
        path,
    );
    Ok(page.answer(&app))
}

/// `POST …/sso/{connection}/setup-links/{link}/revoke`
pub(super) async fn revoke(
    State(app): State<App>,
    admin: RequireOrgAdmin,
    Path((_, id, link)): Path<(String, String, String)>,
    _form: ConsoleForm,
) -> Result<Response, PageError> {
    let place = admin.connection_ref(&id);
    setup_link::revoke(&app, &admin.actor(), place, &link).await?;
    let slug = &admin.organization().slug;
    let address = format!("/console/organizations/{slug}/sso/{id}/setup-links");
    Ok(Redirect::to(&address).into_response())
}

async fn render(
    app: &App,
    admin: &RequireOrgAdmin,
    id: &str,
    form: FormState<LinkForm<'_>>,
    new_url: Option<String>,
) -> Result<Response, PageError> {
    let place = admin.connection_ref(id);
    let text = admin.user().text;
    let status = form.status();
    let page = LinksPage {
        frame: admin.frame(app, "sso"),
        t: text,
        slug: &admin.organization().slug,
        connection: connection::show(app, place).await?,
        links: setup_link::list(app, place).await?.items,
        new_url,
        form,
    };
    Ok(page::answer(status, &page))
}
