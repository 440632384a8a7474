//! What the person is told whose sign-in stops: one sentence of what happened and one of what to do, in their language.

use i18n::{Language, Localizer};
use saml::Rejection;

use super::Refusal;

/// What happened, as far as it is the person's business. How the server works and what was posted is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// Something of ours does not work.
    Broken,
    /// There is too much to do.
    Overloaded,
    /// The application asks for what cannot be done.
    Application,
    /// No such organization.
    NoSuchOrganization,
    /// No such connection.
    NoSuchConnection,
    /// The connection is switched off.
    ConnectionDisabled,
    /// The connection has never been switched on.
    ConnectionNotActive,
    /// The organization has none.
    NoConnection,
    /// The organization's plan has no single sign-on.
    PlanWithoutSso,
    /// Nobody here waits for what came.
    NotAsked,
    /// Another browser began.
    OtherBrowser,
    /// Another connection's answer.
    OtherConnection,
    /// It took too long.
    RequestExpired,
    /// It was used before.
    Replayed,
    /// The identity provider did not ask the person anew.
    NotAuthenticatedAnew,
    /// The person has not been invited.
    NotAMember,
    /// The membership has been deactivated.
    Deactivated,
    /// The answer does not say who the person is.
    Nameless,
    /// The e-mail address is not the organization's.
    OutsideDomains,
    /// What came is no complete answer.
    Incomplete,
    /// Somebody looks at an address that is for machines.
    OpenedByHand,
    /// The clocks do not agree.
    Clocks,
    /// The identity provider itself says no.
    Status,
    /// Another message than an answer.
    NotAResponse,
    /// The answer is not valid now.
    NotNow,
    /// Everything that only an administrator can see and repair.
    NotAccepted,
}

impl Sentence {
    /// The sentence that belongs to a refusal.
    pub fn of(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Broken(_) => Self::Broken,
            Refusal::Overloaded => Self::Overloaded,
            Refusal::Application(_) => Self::Application,
            Refusal::NoSuchOrganization => Self::NoSuchOrganization,
            Refusal::NoSuchConnection => Self::NoSuchConnection,
            Refusal::ConnectionDisabled => Self::ConnectionDisabled,
            Refusal::ConnectionNotActive => Self::ConnectionNotActive,
            Refusal::NoConnection => Self::NoConnection,
            Refusal::PlanWithoutSso { .. } => Self::PlanWithoutSso,
            Refusal::NotAsked => Self::NotAsked,
            Refusal::OtherBrowser => Self::OtherBrowser,
            Refusal::OtherConnection => Self::OtherConnection,
            Refusal::RequestExpired => Self::RequestExpired,
            Refusal::Replayed => Self::Replayed,
            Refusal::NotAuthenticatedAnew => Self::NotAuthenticatedAnew,
            Refusal::NotAMember => Self::NotAMember,
            Refusal::Deactivated => Self::Deactivated,
            Refusal::NoSubject { .. }
            | Refusal::TransientSubject
            | Refusal::SubjectTooLong
            | Refusal::EmailMissing
            | Refusal::EmailElsewhere { .. } => Self::Nameless,
            Refusal::OutsideDomains { .. } => Self::OutsideDomains,
            Refusal::FormTooLarge
            | Refusal::FormType { .. }
            | Refusal::FormUnreadable
            | Refusal::FormFieldMissing { .. }
            | Refusal::FormFieldRepeated { .. }
            | Refusal::FormFieldUnexpected { .. } => Self::Incomplete,
            Refusal::OpenedByHand => Self::OpenedByHand,
            Refusal::ClockAhead { .. } | Refusal::ClockBehind { .. } => Self::Clocks,
            Refusal::CertificateOfOtherConnection { .. }
            | Refusal::EncryptedForOldKey { .. }
            | Refusal::EncryptedForOtherKey { .. } => Self::NotAccepted,
            Refusal::Saml(rejection) => Self::of_rejection(rejection),
        }
    }

    fn of_rejection(rejection: &Rejection) -> Self {
        match rejection {
            Rejection::IdpErrorStatus { .. } => Self::Status,
            Rejection::NotAResponse { .. } => Self::NotAResponse,
            Rejection::Expired { .. } | Rejection::NotYetValid { .. } => Self::NotNow,
            _ => Self::NotAccepted,
        }
    }

    /// What happened, in one sentence.
    pub fn what_happened(self, text: Localizer) -> String {
        text.get(self.key())
    }

    /// The same for whoever reads no translation: the log, and administrators' tools.
    pub(super) fn in_english(self) -> String {
        self.what_happened(Localizer::new(Language::English))
    }

    /// What to do now, and whom to ask.
    pub fn what_to_do(self, text: Localizer) -> String {
        text.get(self.asks().key())
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Broken => "signin-refused-broken",
            Self::Overloaded => "signin-refused-overloaded",
            Self::Application => "signin-refused-application",
            Self::NoSuchOrganization => "signin-refused-no-such-organization",
            Self::NoSuchConnection => "signin-refused-no-such-connection",
            Self::ConnectionDisabled => "signin-refused-connection-disabled",
            Self::ConnectionNotActive => "signin-refused-connection-not-active",
            Self::NoConnection => "signin-refused-no-connection",
            Self::PlanWithoutSso => "signin-refused-plan-without-sso",
            Self::NotAsked => "signin-refused-not-asked",
            Self::OtherBrowser => "signin-refused-other-browser",
            Self::OtherConnection => "signin-refused-other-connection",
            Self::RequestExpired => "signin-refused-request-expired",
            Self::Replayed => "signin-refused-replayed",
            Self::NotAuthenticatedAnew => "signin-refused-not-authenticated-anew",
            Self::NotAMember => "signin-refused-not-a-member",
            Self::Deactivated => "signin-refused-deactivated",
            Self::Nameless => "signin-refused-nameless",
            Self::OutsideDomains => "signin-refused-outside-domains",
            Self::Incomplete => "signin-refused-incomplete",
            Self::OpenedByHand => "signin-refused-opened-by-hand",
            Self::Clocks => "signin-refused-clocks",
            Self::Status => "signin-refused-status",
            Self::NotAResponse => "signin-refused-not-a-response",
            Self::NotNow => "signin-refused-not-now",
            Self::NotAccepted => "signin-refused-not-accepted",
        }
    }

    const fn asks(self) -> Whom {
        match self {
            Self::Broken | Self::Overloaded => Whom::Operator,
            Self::Application => Whom::Makers,
            Self::NoSuchOrganization
            | Self::NoSuchConnection
            | Self::NotAsked
            | Self::OtherBrowser
            | Self::OtherConnection
            | Self::RequestExpired
            | Self::Replayed
            | Self::Incomplete
            | Self::OpenedByHand
            | Self::Status
            | Self::NotNow => Whom::OneselfFirst,
            Self::ConnectionDisabled
            | Self::ConnectionNotActive
            | Self::NoConnection
            | Self::PlanWithoutSso
            | Self::NotAuthenticatedAnew
            | Self::NotAMember
            | Self::Deactivated
            | Self::Nameless
            | Self::OutsideDomains
            | Self::Clocks
            | Self::NotAResponse
            | Self::NotAccepted => Whom::Administrator,
        }
    }
}

/// Who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    /// The person, by beginning again.
    OneselfFirst,
    /// The administrators of their organization; who they are is not for strangers to know.
    Administrator,
    /// Those who make the application.
    Makers,
    /// Whoever runs this server.
    Operator,
}

impl Whom {
    const fn key(self) -> &'static str {
        match self {
            Self::OneselfFirst => "signin-ask-oneself-first",
            Self::Administrator => "signin-ask-administrator",
            Self::Makers => "signin-ask-makers",
            Self::Operator => "signin-ask-operator",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key that a refusal can lead to: the compiler sees to it that each refusal leads to one.
    fn keys() -> Vec<&'static str> {
        let (code, _) = include_str!("user_message.rs")
            .split_once("#[cfg(test)]")
            .unwrap();
        let literals = code.split("=> \"").skip(1);
        literals.filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn every_refusal_is_told_in_one_sentence_of_every_language() {
        let english = Localizer::new(Language::English);
        let keys = keys();
        assert_eq!(keys.len(), 30);
        for key in &keys {
            assert!(english.has(key), "{key}");
            for language in Language::ALL {
                let words = Localizer::new(language).get(key);
                assert!(words.ends_with('.'), "{key} in {language:?}: {words}");
                assert!(
                    language == Language::English || words != english.get(key),
                    "{key} is not translated to {language:?}"
                );
                if key.starts_with("signin-refused-") {
                    assert_eq!(words.matches('.').count(), 1, "{key} in {language:?}");
                }
            }
        }
    }

    #[test]
    fn whom_to_ask_depends_on_who_can_repair_it() {
        let english = Localizer::new(Language::English);
        let asked = |refusal: Refusal| Sentence::of(&refusal).what_to_do(english);
        assert!(asked(Refusal::Deactivated).starts_with("Contact your admin"));
        assert!(asked(Refusal::NotAsked).starts_with("Go back to the application"));
        let broken = Refusal::Broken("reading a key of Ada's".to_owned());
        assert!(asked(broken).starts_with("Try again"));
    }

    #[test]
    fn the_person_learns_nothing_of_what_was_posted() {
        let refusal = Refusal::OutsideDomains {
            domain: "secret.example".to_owned(),
        };
        let english = Localizer::new(Language::English);
        let sentence = Sentence::of(&refusal);
        let told = sentence.what_happened(english) + &sentence.what_to_do(english);
        assert!(!told.contains("secret.example"), "{told}");
        assert!(refusal.to_string().contains("secret.example"));
    }
}
