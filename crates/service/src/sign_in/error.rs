//! Why a sign-in stops: one vocabulary, two readers.
//!
//! The person reads a sentence and a code; the administrator and the log read [`Refusal`]'s `Display`, which says what
//! is behind it. Neither text ever repeats what was posted as if it were true.

mod admin_message;
mod user_message;

use http::StatusCode;
use jiff::Timestamp;
use oidc::authorization::ClientValidationError;
use runtime::keys::KeyRingError;
use runtime::problem;
use saml::Rejection;
use store::{Conflict, ConsumeError, InactiveSession, StoreError};
pub use user_message::Sentence;

/// Why a sign-in does not go on.
#[derive(Debug)]
pub enum Refusal {
    /// Something of ours does not work.
    Broken(String),
    /// The database has too much to do.
    Overloaded,
    /// The application's request cannot be answered where it wants to be.
    Application(ClientValidationError),
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
    /// The response belongs to a sign-in that was begun at another connection.
    OtherConnection,
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
    /// The same, but another attribute looks like one.
    EmailElsewhere {
        /// Its name.
        attribute: String,
    },
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
    /// The identity provider's clock is ahead, so that its assertion is not valid yet.
    ClockAhead {
        /// When the response was written, by its clock.
        issued: Timestamp,
        /// The time here.
        now: Timestamp,
    },
    /// The identity provider's clock is behind, so that its assertion is over before it comes.
    ClockBehind {
        /// When the response was written, by its clock.
        issued: Timestamp,
        /// When we asked for it.
        asked: Timestamp,
    },
    /// The signature was made with the certificate of another connection of the same organization.
    CertificateOfOtherConnection {
        /// The name of that connection.
        connection: String,
        /// The fingerprint of the certificate.
        sha256: String,
    },
    /// The assertion was encrypted for a key of ours that is no longer in use.
    EncryptedForOldKey {
        /// The fingerprint of the certificate in use.
        expected: Option<String>,
        /// The fingerprint of the certificate that the message names.
        received: String,
    },
    /// The assertion was encrypted for a key that was never ours.
    EncryptedForOtherKey {
        /// The fingerprint of the certificate in use.
        expected: Option<String>,
        /// The fingerprint of the certificate that the message names.
        received: String,
    },
    /// The identity provider's response is not one that we may believe.
    Saml(Box<Rejection>),
}

impl Refusal {
    /// The name that pages, logs, documentation and support requests share. Never changes.
    pub fn code(&self) -> &'static str {
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
            Self::OtherConnection => "other-connection",
            Self::RequestExpired => "request-expired",
            Self::Replayed => "replayed",
            Self::NotAuthenticatedAnew => "not-authenticated-anew",
            Self::NotAMember => "not-a-member",
            Self::Deactivated => "deactivated",
            Self::NoSubject { .. } => "no-subject",
            Self::TransientSubject => "transient-subject",
            Self::SubjectTooLong => "subject-too-long",
            Self::EmailMissing => "email-missing",
            Self::EmailElsewhere { .. } => "email-elsewhere",
            Self::OutsideDomains { .. } => "outside-domains",
            Self::FormTooLarge => "form-too-large",
            Self::FormType { .. } => "form-type",
            Self::FormUnreadable => "form-unreadable",
            Self::FormFieldMissing { .. } => "form-field-missing",
            Self::FormFieldRepeated { .. } => "form-field-repeated",
            Self::FormFieldUnexpected { .. } => "form-field-unexpected",
            Self::OpenedByHand => "opened-by-hand",
            Self::ClockAhead { .. } => "clock-ahead",
            Self::ClockBehind { .. } => "clock-behind",
            Self::CertificateOfOtherConnection { .. } => "certificate-of-other-connection",
            Self::EncryptedForOldKey { .. } => "encrypted-for-old-key",
            Self::EncryptedForOtherKey { .. } => "encrypted-for-other-key",
            Self::Saml(rejection) => rejection.code(),
        }
    }

    /// The status of the page.
    pub fn status(&self) -> StatusCode {
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
            | Self::OtherConnection
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
            | Self::EmailElsewhere { .. }
            | Self::OutsideDomains { .. }
            | Self::ClockAhead { .. }
            | Self::ClockBehind { .. }
            | Self::CertificateOfOtherConnection { .. }
            | Self::EncryptedForOldKey { .. }
            | Self::EncryptedForOtherKey { .. }
            | Self::Saml(_) => StatusCode::FORBIDDEN,
        }
    }
}

impl std::error::Error for Refusal {}

impl From<ClientValidationError> for Refusal {
    fn from(refusal: ClientValidationError) -> Self {
        Self::Application(refusal)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::QueueFull | StoreError::Timeout => {
                tracing::error!(error = problem::chain(&error), "overloaded");
                Self::Overloaded
            }
            error => Self::broken("using the database", &error),
        }
    }
}

impl From<KeyRingError> for Refusal {
    fn from(error: KeyRingError) -> Self {
        match error {
            KeyRingError::Store(error) => error.into(),
            error => Self::broken("using one of this server's keys", &error),
        }
    }
}

impl From<ConsumeError> for Refusal {
    fn from(why: ConsumeError) -> Self {
        match why {
            ConsumeError::RequestAlreadyUsed | ConsumeError::AssertionReplayed => Self::Replayed,
            ConsumeError::RequestExpired | ConsumeError::AssertionExpired => Self::RequestExpired,
            ConsumeError::AssertionIdTooLong => Self::SubjectTooLong,
            ConsumeError::RequestNotFound => Self::NotAsked,
        }
    }
}

impl From<InactiveSession> for Refusal {
    /// The member was deactivated or the connection disabled between two statements.
    fn from(_: InactiveSession) -> Self {
        Self::Deactivated
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::AccountTooLong => Self::SubjectTooLong,
            conflict => Self::broken("saving the member", &conflict),
        }
    }
}

impl Refusal {
    /// Something of ours does not work. The story is for the log alone, and this writes it there.
    pub fn broken(doing: &str, error: &dyn std::error::Error) -> Self {
        tracing::error!(doing, error = problem::chain(error), "broken");
        Self::Broken(doing.to_owned())
    }
}
