//! Why a sign-in fails.
//!
//! The user reads the message and the code of a [`Code`]; the administrator and the log read [`SignInError`]'s `Display`,
//! which says what is behind it. Neither text repeats what was posted as if it were true.

mod admin_message;
mod code;
mod protocol_codes;

use crate::console_session::BeginError;
pub use code::{Code, Remedy};
use http::StatusCode;
use jiff::Timestamp;
use oidc::authorization::ClientValidationError;
use runtime::keys::KeyRingError;
use runtime::problem;
use saml::Rejection;
use store::{Conflict, ConsumeError, InactiveSession, StoreError};

#[derive(Debug)]
pub enum SignInError {
    /// A failure of this server; the text says in which step.
    Internal(String),
    /// The database is too busy.
    Overloaded,
    /// The database cannot be reached, or cannot write.
    Unavailable,
    /// The client started too many sign-ins, or failed too often.
    TooManyRequests,
    /// The request of the application is invalid, and the user must not be sent back to it.
    AuthorizationRequest(ClientValidationError),
    OrganizationNotFound,
    /// No connection has this ID, or it belongs to another organization.
    ConnectionNotFound,
    ConnectionDisabled,
    ConnectionNotActive,
    /// The organization has no connection.
    NoConnection,
    SsoNotInPlan {
        plan: String,
        /// The first plan that includes SAML SSO.
        needed: String,
    },
    /// No pending sign-in waits for this response.
    NoPendingSignIn,
    /// The sign-in was started in another browser, or the browser does not keep cookies.
    BrowserMismatch,
    /// The response belongs to a sign-in that was started at another connection.
    ConnectionMismatch,
    SignInExpired,
    /// The response has been used before.
    Replayed,
    /// The identity provider did not authenticate the user again, although that was requested.
    ReauthenticationRequired,
    /// The identity provider did not authenticate the user in a way that the application requires.
    AcrMismatch {
        expected: Vec<String>,
        received: Option<String>,
    },
    /// The application accepts only another member.
    OtherMember,
    /// The response answers a request of this connection, but has not its RelayState.
    RelayStateMismatch {
        received: Option<String>,
    },
    /// The user is no member, and the connection allows no just-in-time provisioning.
    NotAMember,
    MemberDeactivated,
    /// The user would become an administrator through a connection that a setup link activated and no one has confirmed.
    ActivationNotConfirmed,
    /// The response has nothing that identifies an account.
    SubjectNotFound {
        /// Where the subject was expected.
        expected: String,
    },
    /// The `NameID` changes with every sign-in.
    TransientSubject,
    SubjectTooLong,
    /// An invitation is found by the email address, and the response has none.
    EmailMissing,
    /// As [`Self::EmailMissing`], but another attribute holds an email address.
    EmailAttributeMismatch {
        attribute: String,
    },
    /// As [`Self::EmailMissing`], but an attribute holds several addresses in one value.
    EmailValuesJoined {
        attribute: String,
    },
    /// An invitation is found by the email address, and its domain is not verified for the organization; or the
    /// connection refuses new members with such an address.
    EmailDomainNotVerified {
        domain: String,
    },
    FormTooLarge,
    UnsupportedContentType {
        received: Option<String>,
    },
    /// The form was cut off, or is not UTF-8.
    MalformedForm,
    MissingFormField {
        field: &'static str,
    },
    RepeatedFormField {
        field: &'static str,
    },
    /// The form has this field in place of a response.
    UnexpectedFormField {
        field: &'static str,
    },
    /// The ACS URL was opened as a page.
    AcsOpenedInBrowser,
    /// The identity provider's clock is ahead, so its assertion is not valid yet.
    IdpClockAhead {
        issued: Timestamp,
        now: Timestamp,
    },
    /// The identity provider's clock is behind, so its assertion has expired when it arrives.
    IdpClockBehind {
        issued: Timestamp,
        requested: Timestamp,
    },
    /// The signature was made with the certificate of another connection of the same organization.
    WrongConnectionCertificate {
        /// The name of that connection.
        connection: String,
        /// The fingerprint of the certificate.
        sha256: String,
    },
    /// The assertion was encrypted for a key of this connection that is no longer in use.
    EncryptedForRetiredKey {
        /// The fingerprint of the certificate in use.
        expected: Option<String>,
        /// The fingerprint of the certificate that the message names.
        received: String,
    },
    /// The assertion was encrypted for a key that this connection never had.
    EncryptedForUnknownKey {
        /// The fingerprint of the certificate in use.
        expected: Option<String>,
        /// The fingerprint of the certificate that the message names.
        received: String,
    },
    /// The response was rejected.
    Saml(Box<Rejection>),
}

impl SignInError {
    pub fn code(&self) -> Code {
        match self {
            Self::Internal(_) => Code::InternalError,
            Self::Overloaded => Code::Overloaded,
            Self::Unavailable => Code::Unavailable,
            Self::TooManyRequests => Code::TooManyRequests,
            Self::AuthorizationRequest(error) => error.into(),
            Self::OrganizationNotFound => Code::OrganizationNotFound,
            Self::ConnectionNotFound => Code::ConnectionNotFound,
            Self::ConnectionDisabled => Code::ConnectionDisabled,
            Self::ConnectionNotActive => Code::ConnectionNotActive,
            Self::NoConnection => Code::NoConnection,
            Self::SsoNotInPlan { .. } => Code::SsoNotInPlan,
            Self::NoPendingSignIn => Code::NoPendingSignIn,
            Self::BrowserMismatch => Code::BrowserMismatch,
            Self::ConnectionMismatch => Code::ConnectionMismatch,
            Self::SignInExpired => Code::SignInExpired,
            Self::Replayed => Code::Replayed,
            Self::ReauthenticationRequired => Code::ReauthenticationRequired,
            Self::AcrMismatch { .. } => Code::AcrMismatch,
            Self::OtherMember => Code::OtherMember,
            Self::RelayStateMismatch { .. } => Code::RelayStateMismatch,
            Self::NotAMember => Code::NotAMember,
            Self::MemberDeactivated => Code::MemberDeactivated,
            Self::ActivationNotConfirmed => Code::ActivationNotConfirmed,
            Self::SubjectNotFound { .. } => Code::SubjectNotFound,
            Self::TransientSubject => Code::TransientSubject,
            Self::SubjectTooLong => Code::SubjectTooLong,
            Self::EmailMissing => Code::EmailMissing,
            Self::EmailAttributeMismatch { .. } => Code::EmailAttributeMismatch,
            Self::EmailValuesJoined { .. } => Code::EmailValuesJoined,
            Self::EmailDomainNotVerified { .. } => Code::EmailDomainNotVerified,
            Self::FormTooLarge => Code::FormTooLarge,
            Self::UnsupportedContentType { .. } => Code::UnsupportedContentType,
            Self::MalformedForm => Code::MalformedForm,
            Self::MissingFormField { .. } => Code::MissingFormField,
            Self::RepeatedFormField { .. } => Code::RepeatedFormField,
            Self::UnexpectedFormField { .. } => Code::UnexpectedFormField,
            Self::AcsOpenedInBrowser => Code::AcsOpenedInBrowser,
            Self::IdpClockAhead { .. } => Code::IdpClockAhead,
            Self::IdpClockBehind { .. } => Code::IdpClockBehind,
            Self::WrongConnectionCertificate { .. } => Code::WrongConnectionCertificate,
            Self::EncryptedForRetiredKey { .. } => Code::EncryptedForRetiredKey,
            Self::EncryptedForUnknownKey { .. } => Code::EncryptedForUnknownKey,
            Self::Saml(rejection) => rejection.as_ref().into(),
        }
    }

    /// The status of the error page.
    pub fn status(&self) -> StatusCode {
        self.code().status()
    }

    /// Whether this server failed, and not what it was asked.
    pub fn is_internal(&self) -> bool {
        matches!(
            self,
            Self::Internal(_) | Self::Overloaded | Self::Unavailable
        )
    }

    /// A failure of this server. Only the log gets the details of the error, which this writes.
    pub fn internal(doing: &str, error: &dyn std::error::Error) -> Self {
        tracing::error!(doing, error = problem::chain(error), "internal error");
        Self::Internal(doing.to_owned())
    }
}

impl std::error::Error for SignInError {}

impl From<ClientValidationError> for SignInError {
    fn from(error: ClientValidationError) -> Self {
        Self::AuthorizationRequest(error)
    }
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::QueueFull | StoreError::Timeout => {
                tracing::error!(error = problem::chain(&error), "overloaded");
                Self::Overloaded
            }
            StoreError::Unavailable(_) => {
                tracing::error!(
                    error = problem::chain(&error),
                    "the database is not available"
                );
                Self::Unavailable
            }
            error => Self::internal("using the database", &error),
        }
    }
}

impl From<KeyRingError> for SignInError {
    fn from(error: KeyRingError) -> Self {
        match error {
            KeyRingError::Store(error) => error.into(),
            error => Self::internal("using one of this server's keys", &error),
        }
    }
}

impl From<ConsumeError> for SignInError {
    fn from(error: ConsumeError) -> Self {
        match error {
            ConsumeError::RequestAlreadyUsed | ConsumeError::AssertionReplayed => Self::Replayed,
            ConsumeError::RequestExpired | ConsumeError::AssertionExpired => Self::SignInExpired,
            ConsumeError::AssertionIdTooLong => Self::SubjectTooLong,
            ConsumeError::RequestNotFound => Self::NoPendingSignIn,
        }
    }
}

impl From<InactiveSession> for SignInError {
    /// The member was deactivated or the connection disabled between two statements.
    fn from(_: InactiveSession) -> Self {
        Self::MemberDeactivated
    }
}

impl From<BeginError> for SignInError {
    fn from(error: BeginError) -> Self {
        match error {
            BeginError::Inactive(inactive) => inactive.into(),
            BeginError::Store(error) => error.into(),
        }
    }
}

impl From<Conflict> for SignInError {
    fn from(conflict: Conflict) -> Self {
        match conflict {
            Conflict::AccountTooLong => Self::SubjectTooLong,
            conflict => Self::internal("saving the member", &conflict),
        }
    }
}

#[cfg(test)]
mod tests {
    use i18n::{Language, Localizer};
    use rstest::rstest;

    use super::*;

    /// Checks that a text is a complete and translated sentence in every language.
    fn assert_translated(message: impl Fn(Localizer) -> String, key: &str) {
        let english = Localizer::new(Language::English);
        for language in Language::ALL {
            let words = message(Localizer::new(language));
            assert!(words.ends_with('.'), "{key} in {language:?}: {words}");
            assert!(!words.contains("signin-"), "{key} in {language:?}: {words}");
            assert!(
                language == Language::English || words != message(english),
                "{key} is not translated to {language:?}"
            );
        }
    }

    #[test]
    fn every_code_has_a_message_of_one_sentence_in_every_language() {
        for &code in Code::ALL {
            assert_translated(|text| code.message(text), code.as_str());
            for language in Language::ALL {
                let words = code.message(Localizer::new(language));
                assert_eq!(words.matches('.').count(), 1, "{code} in {language:?}");
            }
        }
    }

    #[rstest]
    fn every_remedy_has_a_message_in_every_language(
        #[values(
            Remedy::Retry,
            Remedy::OrgAdmin,
            Remedy::AppDeveloper,
            Remedy::Operator
        )]
        remedy: Remedy,
    ) {
        assert_translated(|text| remedy.message(text), &format!("{remedy:?}"));
    }

    #[test]
    fn codes_are_distinct_and_are_parsed_back() {
        for &code in Code::ALL {
            assert_eq!(code.as_str().parse(), Ok(code));
        }
        assert!("nonsense".parse::<Code>().is_err());
    }

    #[rstest]
    #[case::org_admin(SignInError::MemberDeactivated, "Contact your admin")]
    #[case::application(SignInError::NoPendingSignIn, "Go back to the application")]
    #[case::retry(SignInError::Internal("reading a key of Ada's".to_owned()), "Try again")]
    fn the_remedy_depends_on_who_can_fix_it(#[case] error: SignInError, #[case] remedy: &str) {
        let english = Localizer::new(Language::English);
        assert!(error.code().remedy().message(english).starts_with(remedy));
    }

    #[test]
    fn the_message_for_the_user_contains_no_posted_value() {
        let error = SignInError::EmailDomainNotVerified {
            domain: "secret.example".to_owned(),
        };
        let english = Localizer::new(Language::English);
        let code = error.code();
        let message = code.message(english) + &code.remedy().message(english);
        assert!(!message.contains("secret.example"), "{message}");
        assert!(error.to_string().contains("secret.example"));
    }
}
