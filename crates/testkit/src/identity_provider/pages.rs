use askama::Template;

use super::add_application::{AddAppForm, FieldErrors};
use super::{IdpBehavior, ServiceProvider, SignatureScope, User};

/// The value of the button that sends an error response; no username.
pub(super) const NO_USER: &str = "none";

#[derive(Template)]
#[template(path = "identity_provider/choose_user.html")]
pub(super) struct ChooseUserPage<'a> {
    pub(super) service_provider: &'a ServiceProvider,
    /// Empty for an IdP-initiated sign-in.
    pub(super) in_response_to: &'a str,
    pub(super) relay_state: &'a str,
    pub(super) hint: &'a str,
    pub(super) users: &'a [User],
    pub(super) no_user: &'static str,
    pub(super) behaviors: &'a [IdpBehavior],
    pub(super) signature_scopes: &'a [SignatureScope],
}

/// Posts the response to the service provider.
#[derive(Template)]
#[template(path = "identity_provider/post_response.html")]
pub(super) struct PostResponsePage<'a> {
    pub(super) service_provider: &'a str,
    pub(super) acs_url: &'a str,
    pub(super) saml_response: &'a str,
    pub(super) relay_state: &'a str,
}

#[derive(Template)]
#[template(path = "identity_provider/error.html")]
pub(super) struct ErrorPage<'a> {
    pub(super) title: &'static str,
    pub(super) message: &'a str,
    pub(super) is_unknown_application: bool,
}

#[derive(Template)]
#[template(path = "identity_provider/home.html")]
pub(super) struct HomePage<'a> {
    /// The service provider that was just added.
    pub(super) added: Option<&'a ServiceProvider>,
    pub(super) entity_id: &'a str,
    pub(super) sign_on_url: &'a str,
    pub(super) certificate: &'a str,
    pub(super) users: &'a [User],
    pub(super) service_providers: &'a [ServiceProvider],
}

#[derive(Template)]
#[template(path = "identity_provider/add_application.html")]
pub(super) struct AddApplicationPage<'a> {
    pub(super) form: &'a AddAppForm,
    pub(super) errors: &'a FieldErrors,
}
