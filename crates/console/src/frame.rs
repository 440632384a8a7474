//! What the console's pages have in common.

use askama::Template;
use i18n::{Language, Localizer};
use runtime::app::App;
use runtime::problem::Problem;
use store::{Membership, Organization};
use web::{CONSOLE_SCRIPT, CONSOLE_STYLE, STYLE};

use super::current_user::Visitor;

/// What stands on every page of the console.
#[derive(Clone, Debug)]
pub(crate) struct ConsoleFrame<'p> {
    /// The words.
    pub text: Localizer,
    /// The product that people sign in to.
    pub product: &'p str,
    /// Whom to ask.
    pub support: Option<&'p str>,
    /// The token for the page's forms.
    pub csrf: String,
    /// Who is signed in.
    pub who: Option<&'p str>,
    /// Whether they run the deployment.
    pub is_operator: bool,
    /// The organizations among which they can choose.
    pub memberships: Vec<&'p Membership>,
    /// The organization that the page is about.
    pub organization: Option<&'p Organization>,
    /// Which entry of the navigation the page is.
    pub tab: &'static str,
    /// What has just been done.
    pub notice: Option<String>,
    /// Where the styles are.
    pub styles: Vec<&'p str>,
    /// Where the picture is that stands for the product.
    pub logo: Option<&'p str>,
    /// Where the script is.
    pub script: &'p str,
}

impl<'p> ConsoleFrame<'p> {
    /// The frame of a page for whoever is not signed in.
    pub(crate) fn outside(app: &'p App, text: Localizer, csrf: String) -> Self {
        Self {
            text,
            product: &app.config.product_name,
            support: app.config.support_contact.as_deref(),
            csrf,
            who: None,
            is_operator: false,
            memberships: Vec::new(),
            organization: None,
            tab: "",
            notice: None,
            styles: [STYLE.path.as_str(), &CONSOLE_STYLE.path]
                .into_iter()
                .chain(app.brand.style_path())
                .collect(),
            logo: app.brand.logo_path(),
            script: &CONSOLE_SCRIPT.path,
        }
    }

    /// The frame of a page that belongs to no organization.
    pub(crate) fn of_visitor(app: &'p App, visitor: &'p Visitor, tab: &'static str) -> Self {
        Self {
            who: Some(visitor.name()),
            is_operator: visitor.is_operator,
            memberships: visitor.administered().collect(),
            tab,
            ..Self::outside(app, visitor.text, visitor.csrf.clone())
        }
    }

    /// The frame of an organization's page.
    pub(crate) fn of_organization(
        app: &'p App,
        visitor: &'p Visitor,
        organization: &'p Organization,
        tab: &'static str,
    ) -> Self {
        Self {
            organization: Some(organization),
            ..Self::of_visitor(app, visitor, tab)
        }
    }

    /// The frame with a word about what has just been done: `done` names it in an address, as a key after `done-`.
    pub(crate) fn noting(mut self, done: Option<&str>) -> Self {
        let key = done.map(|done| format!("done-{done}"));
        self.notice = key
            .filter(|key| self.text.has(key))
            .map(|key| self.text.get(&key));
        self
    }

    /// The languages that a reader can choose.
    pub(crate) fn languages(&self) -> [Language; 4] {
        Language::ALL
    }
}

/// Says what could not be done.
#[derive(Debug, Template)]
#[template(path = "console/problem.html")]
pub(super) struct ProblemPage<'p> {
    /// See [`ConsoleFrame`].
    pub frame: ConsoleFrame<'p>,
    /// In a few words.
    pub title: String,
    /// In whole sentences.
    pub problem: &'p Problem,
    /// Where it goes on from here.
    pub home: &'static str,
}

/// The key of a tab's name.
pub(crate) fn tab_key(tab: &&str) -> &'static str {
    match *tab {
        "team" => "console-tab-team",
        "sso" => "console-tab-sso",
        "domains" => "domain-title",
        "attempts" => "attempt-tab",
        _ => "console-tab-history",
    }
}
