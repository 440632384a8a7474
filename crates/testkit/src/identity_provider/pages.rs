use askama::Template;

use super::registration::{Faults, Typed};
use super::{Conduct, Person, ServiceProvider, Signed};

/// Who are you?
#[derive(Template)]
#[template(path = "identity_provider/choose.html")]
pub(super) struct Choose<'a> {
    pub(super) service_provider: &'a ServiceProvider,
    pub(super) request: &'a str,
    pub(super) relay_state: &'a str,
    pub(super) hint: &'a str,
    pub(super) people: &'a [Person],
    pub(super) conducts: &'a [Conduct],
    pub(super) signed: &'a [Signed],
}

/// The answer, on its way back.
#[derive(Template)]
#[template(path = "identity_provider/continue.html")]
pub(super) struct Continue<'a> {
    pub(super) service_provider: &'a str,
    pub(super) acs_url: &'a str,
    pub(super) saml_response: &'a str,
    pub(super) relay_state: &'a str,
}

/// Something that was asked cannot be done.
#[derive(Template)]
#[template(path = "identity_provider/problem.html")]
pub(super) struct Problem<'a> {
    pub(super) sentence: &'a str,
    /// Whether adding the application would help.
    pub(super) is_unknown: bool,
}

/// The identity provider's own address.
#[derive(Template)]
#[template(path = "identity_provider/home.html")]
pub(super) struct Home<'a> {
    /// The service provider that has just been added.
    pub(super) added: Option<&'a ServiceProvider>,
    pub(super) entity_id: &'a str,
    pub(super) sign_on_url: &'a str,
    pub(super) certificate: &'a str,
    pub(super) people: &'a [Person],
    pub(super) service_providers: &'a [ServiceProvider],
}

/// A service provider that an administrator adds.
#[derive(Template)]
#[template(path = "identity_provider/application.html")]
pub(super) struct Application<'a> {
    pub(super) typed: &'a Typed,
    pub(super) faults: &'a Faults,
}
