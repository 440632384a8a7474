//! Why a sign-in stops: one vocabulary, two readers.
//!
//! The person reads a sentence and a code; the administrator and the log read [`Refusal`]'s `Display`, which says what
//! is behind it. Neither text ever repeats what was posted as if it were true.

use std::fmt;

use axum::http::StatusCode;
use oidc::authorization::ShownRefusal;
use saml::Rejection;
use store::{Conflict, NoSession, NotSpent, StoreError};

use crate::keys::KeyProblem;
use crate::problem;

/// Why a sign-in does not go on.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Something of ours does not work.
    Broken(String),
    /// The database has too much to do.
    Overloaded,
    /// The application's request cannot be answered where it wants to be.
    Application(ShownRefusal),
    /// There is no such organization.
    NoSuchOrganization,
    /// There is no such connection, or not in this organization.
    NoSuchConnection,
    /// The connection has been switched off.
    ConnectionDisabled,
    /// The connection has not been switched on yet.
    ConnectionNotActive,
    /// The organization has no connection at all.
    NoConnection,
    /// The organization's plan does not include SAML single sign-on.
    PlanWithoutSso {
        /// The plan that it has.
        plan: String,
        /// The first plan that would do.
        needed: String,
    },
    /// Nobody asked for this response.
    NotAsked,
    /// The sign-in was begun in another browser, or the browser keeps no cookies.
    OtherBrowser,
    /// The sign-in began too long ago.
    RequestExpired,
    /// The response has been used before.
    Replayed,
    /// The identity provider remembered the person although it was asked to authenticate them anew.
    NotAuthenticatedAnew,
    /// The person is no member, and joins by invitation alone.
    NotAMember,
    /// The member may not sign in.
    Deactivated,
    /// The response names nobody by whom an account could be known.
    NoSubject {
        /// Where the name was looked for.
        expected: String,
    },
    /// The response names somebody by a name that is another one next time.
    TransientSubject,
    /// The name is longer than any real one.
    SubjectTooLong,
    /// An invitation is found by the e-mail address, and the response has none.
    EmailMissing,
    /// An invitation is found by the e-mail address, and this one is in no verified domain of the organization.
    OutsideDomains {
        /// The domain of the address.
        domain: String,
    },
    /// More was posted than any real response has.
    FormTooLarge,
    /// What was posted is not a form.
    FormType {
        /// What it says it is.
        received: Option<String>,
    },
    /// The form was cut off on its way.
    FormUnreadable,
    /// A field of the form is missing.
    FormFieldMissing {
        /// Its name.
        field: &'static str,
    },
    /// A field of the form is there twice.
    FormFieldRepeated {
        /// Its name.
        field: &'static str,
    },
    /// The form carries another message than a response.
    FormFieldUnexpected {
        /// The field that it carries.
        field: &'static str,
    },
    /// An address that takes posted responses was opened like a page.
    OpenedByHand,
    /// The identity provider's response is not one that we may believe.
    Saml(Box<Rejection>),
}

impl Refusal {
    /// The name that pages, logs, documentation and support requests share. Never changes.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Broken(_) => "broken",
            Self::Overloaded => "overloaded",
            Self::Application(refusal) => refusal.code(),
            Self::NoSuchOrganization => "no-such-organization",
            Self::NoSuchConnection => "no-such-connection",
            Self::ConnectionDisabled => "connection-disabled",
            Self::ConnectionNotActive => "connection-not-active",
            Self::NoConnection => "no-connection",
            Self::PlanWithoutSso { .. } => "plan-without-sso",
            Self::NotAsked => "not-asked",
            Self::OtherBrowser => "other-browser",
            Self::RequestExpired => "request-expired",
            Self::Replayed => "replayed",
            Self::NotAuthenticatedAnew => "not-authenticated-anew",
            Self::NotAMember => "not-a-member",
            Self::Deactivated => "deactivated",
            Self::NoSubject { .. } => "no-subject",
            Self::TransientSubject => "transient-subject",
            Self::SubjectTooLong => "subject-too-long",
            Self::EmailMissing => "email-missing",
            Self::OutsideDomains { .. } => "outside-domains",
            Self::FormTooLarge => "form-too-large",
            Self::FormType { .. } => "form-type",
            Self::FormUnreadable => "form-unreadable",
            Self::FormFieldMissing { .. } => "form-field-missing",
            Self::FormFieldRepeated { .. } => "form-field-repeated",
            Self::FormFieldUnexpected { .. } => "form-field-unexpected",
            Self::OpenedByHand => "opened-by-hand",
            Self::Saml(rejection) => rejection.code(),
        }
    }

    /// The status of the page.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoSuchOrganization | Self::NoSuchConnection => StatusCode::NOT_FOUND,
            Self::Replayed => StatusCode::CONFLICT,
            Self::FormTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::FormType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::OpenedByHand => StatusCode::METHOD_NOT_ALLOWED,
            Self::Application(_)
            | Self::NotAsked
            | Self::OtherBrowser
            | Self::RequestExpired
            | Self::FormUnreadable
            | Self::FormFieldMissing { .. }
            | Self::FormFieldRepeated { .. }
            | Self::FormFieldUnexpected { .. } => StatusCode::BAD_REQUEST,
            Self::ConnectionDisabled
            | Self::ConnectionNotActive
            | Self::NoConnection
            | Self::PlanWithoutSso { .. }
            | Self::NotAuthenticatedAnew
            | Self::NotAMember
            | Self::Deactivated
            | Self::NoSubject { .. }
            | Self::TransientSubject
            | Self::SubjectTooLong
            | Self::EmailMissing
            | Self::OutsideDomains { .. }
            | Self::Saml(_) => StatusCode::FORBIDDEN,
        }
    }

    /// What the person is told: what happened and what to do, without a word of how the server works.
    pub(crate) fn sentence(&self) -> &'static str {
        match self {
            Self::Broken(_) => "Something does not work on our side. Please try again in a moment.",
            Self::Overloaded => "There is too much to do here. Please try again in a moment.",
            Self::Application(_) => {
                "The application that you came from asked for something that cannot be done. Its makers have to repair it."
            }
            Self::NoSuchOrganization => "There is no such organization here. Check the link.",
            Self::NoSuchConnection => "There is no such single sign-on connection here.",
            Self::ConnectionDisabled => "Your organization's single sign-on is switched off.",
            Self::ConnectionNotActive => {
                "Your organization's single sign-on is not switched on yet."
            }
            Self::NoConnection => "Your organization has not set up single sign-on.",
            Self::PlanWithoutSso { .. } => {
                "Your organization's plan does not include single sign-on."
            }
            Self::NotAsked => {
                "No sign-in was under way when you came here. Open the application and sign in from there."
            }
            Self::OtherBrowser => {
                "This sign-in was begun in another browser, or your browser keeps no cookies. Open the application and sign in again, all in this browser."
            }
            Self::RequestExpired => {
                "This sign-in took too long. Open the application and sign in again."
            }
            Self::Replayed => {
                "This sign-in has been used already. If you are not signed in, open the application and sign in again."
            }
            Self::NotAuthenticatedAnew => {
                "The application wants you to prove anew who you are, and your identity provider did not ask you to."
            }
            Self::NotAMember => {
                "You are not a member of this organization in the application yet. Ask your administrator to invite you."
            }
            Self::Deactivated => "Your membership has been deactivated. Ask your administrator.",
            Self::NoSubject { .. }
            | Self::TransientSubject
            | Self::SubjectTooLong
            | Self::EmailMissing => {
                "Your identity provider did not say clearly enough who you are. Ask your administrator."
            }
            Self::OutsideDomains { .. } => {
                "Your e-mail address is not in a domain that belongs to your organization. Ask your administrator."
            }
            Self::FormTooLarge
            | Self::FormType { .. }
            | Self::FormUnreadable
            | Self::FormFieldMissing { .. }
            | Self::FormFieldRepeated { .. }
            | Self::FormFieldUnexpected { .. } => {
                "What arrived here is not a complete answer of an identity provider. Open the application and sign in again."
            }
            Self::OpenedByHand => {
                "Identity providers post their answers to this address; there is nothing to see. Open the application and sign in from there."
            }
            Self::Saml(rejection) => for_the_person(rejection),
        }
    }
}

/// The administrator repairs it, so the person learns only what may help them.
fn for_the_person(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::Status { .. } => {
            "Your identity provider did not sign you in. If you cancelled, open the application and sign in again; otherwise ask your administrator."
        }
        Rejection::NotAResponse { .. } => {
            "What arrived here is not the answer to a sign-in. Ask your administrator which address the identity provider posts to."
        }
        Rejection::Expired { .. } | Rejection::TooEarly { .. } => {
            "The answer of your identity provider is not valid at this moment. Open the application and sign in again; if that does not help, ask your administrator."
        }
        _ => {
            "The answer of your identity provider was not accepted. Ask your administrator, who can see why."
        }
    }
}

/// One sentence for the administrator.
impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(doing) => write!(out, "{doing} failed; the log says why"),
            Self::Application(refusal) => refusal.fmt(out),
            Self::PlanWithoutSso { plan, needed } => write!(
                out,
                "the organization's plan is {plan}, and SAML single sign-on is part of {needed} and the plans above"
            ),
            Self::NoSubject { expected } => write!(out, "the assertion has no single, usable {expected}"),
            Self::TransientSubject => out.write_str(
                "the NameID is transient, so it cannot name an account; let the identity provider send a persistent one, \
                 or name an attribute as the connection's subject",
            ),
            Self::SubjectTooLong => out.write_str("the subject or the issuer is longer than 1024 bytes"),
            Self::EmailMissing => out.write_str("members join by invitation, which is found by the e-mail address; the assertion has none"),
            Self::OutsideDomains { domain } => write!(
                out,
                "the e-mail address is in {domain:?}, which is not a verified domain of the organization, so it finds no invitation"
            ),
            Self::NotAMember => out.write_str("nobody with this account has been invited, and the connection's members join by invitation"),
            Self::NotAuthenticatedAnew => out.write_str("AuthnInstant is older than the application allows, although ForceAuthn was requested"),
            Self::FormType { received } => write!(
                out,
                "expected application/x-www-form-urlencoded, received {}",
                received.as_deref().unwrap_or("no content type")
            ),
            Self::FormUnreadable => out.write_str("the body ended before its announced length"),
            Self::FormFieldMissing { field } => write!(out, "the form field {field} is missing"),
            Self::FormFieldRepeated { field } => write!(out, "the form field {field} is there more than once"),
            Self::FormFieldUnexpected { field } => write!(
                out,
                "the form carries {field}; a SAMLResponse with the answer to a sign-in is expected here"
            ),
            Self::Saml(rejection) => rejection.fmt(out),
            other => out.write_str(other.sentence()),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full | StoreError::TooSlow => {
                tracing::error!(error = problem::chain(&error), "overloaded");
                Self::Overloaded
            }
            error => Self::broken("using the database", &error),
        }
    }
}

impl From<KeyProblem> for Refusal {
    fn from(error: KeyProblem) -> Self {
        Self::broken("using a key of our own", &error)
    }
}

impl From<NotSpent> for Refusal {
    fn from(why: NotSpent) -> Self {
        match why {
            NotSpent::RequestSpent | NotSpent::AssertionReplayed => Self::Replayed,
            NotSpent::RequestExpired | NotSpent::AssertionExpired => Self::RequestExpired,
            NotSpent::AssertionIdTooLong => Self::SubjectTooLong,
            NotSpent::RequestUnknown => Self::NotAsked,
        }
    }
}

impl From<NoSession> for Refusal {
    /// The member was deactivated or the connection disabled between two statements.
    fn from(_: NoSession) -> Self {
        Self::Deactivated
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::AccountTooLong => Self::SubjectTooLong,
            conflict => Self::broken("settling a member", &conflict),
        }
    }
}

impl Refusal {
    /// Something of ours does not work. The story is for the log alone, and this writes it there.
    pub(crate) fn broken(doing: &str, error: &dyn std::error::Error) -> Self {
        tracing::error!(doing, error = problem::chain(error), "broken");
        Self::Broken(doing.to_owned())
    }
}
