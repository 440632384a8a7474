//! The frame around every page of the console: header, navigation, footer.

use axum::http::HeaderMap;
use i18n::{Language, Localizer};
use runtime::app::App;
use store::{Membership, Organization};
use web::{CONSOLE_SCRIPT, CONSOLE_STYLE, ICON, RequestLanguage, STYLE};

use super::csrf;

/// `templates/console/frame.html`. [`super::current_user`] adds the navigation of the person who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct ConsoleFrame<'p> {
    pub text: Localizer,
    pub product: &'p str,
    pub support: Option<&'p str>,
    /// The token for the page's forms.
    pub csrf: String,
    /// The name of the person who is signed in.
    pub user_name: Option<&'p str>,
    pub is_operator: bool,
    /// The organizations that the person can switch between.
    pub memberships: Vec<&'p Membership>,
    /// The organization that the page belongs to.
    pub organization: Option<&'p Organization>,
    /// The current entry of the navigation.
    pub tab: &'static str,
    /// Confirms what was just done.
    pub notice: Option<String>,
    pub styles: Vec<&'p str>,
    pub logo: Option<&'p str>,
    pub icon: &'p str,
    pub script: &'p str,
}

impl<'p> ConsoleFrame<'p> {
    /// The frame without navigation.
    pub(crate) fn plain(app: &'p App, text: Localizer, csrf: String) -> Self {
        Self {
            text,
            product: &app.config.product_name,
            support: app.config.support_contact(),
            csrf,
            user_name: None,
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
            icon: app.brand.logo_path().unwrap_or(&ICON.path),
            script: &CONSOLE_SCRIPT.path,
        }
    }

    /// The frame of a page that needs no session and sets no cookie.
    pub(crate) fn signed_out(app: &'p App, headers: &HeaderMap) -> Self {
        let text = RequestLanguage::from_headers(headers).localizer(&[]);
        Self::plain(app, text, csrf::token_for_request(app, headers))
    }

    /// Adds the notice with the key `done-…`, when there is one.
    pub(crate) fn with_notice(mut self, done: Option<&str>) -> Self {
        let key = done.map(|done| format!("done-{done}"));
        self.notice = key
            .filter(|key| self.text.has(key))
            .map(|key| self.text.get(&key));
        self
    }

    /// The version of the server, which operators see.
    pub(crate) const fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    pub(crate) fn languages(&self) -> [Language; 4] {
        Language::ALL
    }
}

/// The key of a tab's label.
pub(crate) fn tab_key(tab: &&str) -> &'static str {
    match *tab {
        "team" => "console-tab-team",
        "sso" => "console-tab-sso",
        "domains" => "domain-title",
        "sign-in-attempts" => "attempt-tab",
        _ => "console-tab-audit-log",
    }
}
