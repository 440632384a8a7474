//! How the practice identity provider answers: rightly, or wrong in one chosen way.

macro_rules! conducts {
    ($($(#[doc = $doc:literal])+ $name:ident = $word:literal, $label:literal;)*) => {
        /// How an answer is made.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Conduct { $($(#[doc = $doc])+ $name),* }

        impl Conduct {
            /// Every way to answer.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The value of the form's field `conduct`.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),* }
            }

            /// What the form says to people.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
        }
    };
}

conducts! {
    /// As it should be.
    Honest = "honest", "As it should be";
    /// For another service provider.
    OtherAudience = "other-audience", "For another service provider (Audience)";
    /// To be delivered elsewhere, says the assertion.
    OtherRecipient = "other-recipient", "To be delivered elsewhere (Recipient)";
    /// To be delivered elsewhere, says the response.
    OtherDestination = "other-destination", "To be delivered elsewhere (Destination)";
    /// From another identity provider, by its name.
    OtherIssuer = "other-issuer", "From another identity provider (Issuer)";
    /// In answer to a request that nobody made.
    OtherRequest = "other-request", "In response to another request (InResponseTo)";
    /// An hour old.
    Expired = "expired", "An hour old";
    /// Valid from in an hour.
    Early = "early", "Valid from in an hour";
    /// By a clock that is an hour ahead.
    ClockAhead = "clock-ahead", "By a clock that is an hour ahead";
    /// By a clock that is an hour behind.
    ClockBehind = "clock-behind", "By a clock that is an hour behind";
    /// Without a signature.
    Unsigned = "unsigned", "Without a signature";
    /// Signed by a key that nobody knows.
    OtherKey = "other-key", "Signed with another key";
    /// The e-mail address was changed after it had been signed.
    Changed = "changed", "Changed after it was signed";
    /// The digest is SHA-1.
    Sha1 = "sha1", "With a SHA-1 digest";
    /// Beside the signed assertion stands one that nobody signed.
    SecondAssertion = "second-assertion", "With a second, unsigned assertion";
    /// Without a `NameID`.
    NoNameId = "no-name-id", "Without a NameID";
    /// With a `NameID` that is another one each time.
    TransientNameId = "transient-name-id", "With a transient NameID";
    /// Without any attributes.
    NoAttributes = "no-attributes", "Without attributes";
    /// With the e-mail address under a name that nobody expects.
    OtherEmailName = "other-email-name", "With the e-mail address under another name";
    /// The answer that this identity provider gave last, once more.
    Replayed = "replayed", "The last response once more";
}

impl Conduct {
    /// The conduct with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|conduct| conduct.word() == word)
    }
}

/// What the practice identity provider signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signed {
    /// The assertion, as Entra ID does.
    Assertion,
    /// The response around it.
    Response,
    /// The assertion, and then the response around it, as Okta does.
    Both,
}

impl Signed {
    /// Every choice.
    pub const ALL: &[Self] = &[Self::Assertion, Self::Response, Self::Both];

    /// The value of the form's field `signed`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Response => "response",
            Self::Both => "both",
        }
    }

    /// What the form says to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assertion => "The assertion",
            Self::Response => "The response",
            Self::Both => "The assertion and the response",
        }
    }

    /// The choice with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|signed| signed.word() == word)
    }

    pub(crate) const fn covers_assertion(self) -> bool {
        matches!(self, Self::Assertion | Self::Both)
    }

    pub(crate) const fn covers_response(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }
}
