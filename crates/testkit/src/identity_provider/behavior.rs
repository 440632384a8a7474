//! What the practice identity provider does wrong on request.

macro_rules! behaviors {
    ($($(#[doc = $doc:literal])* $name:ident = $value:literal, $label:literal;)*) => {
        /// How the identity provider makes a response: valid, or with one defect.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum IdpBehavior { $($(#[doc = $doc])* $name),* }

        impl IdpBehavior {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The value of the form field `behavior`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $value),* }
            }

            /// The text of the option in the form.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }
        }
    };
}

behaviors! {
    Valid = "valid", "Valid";
    WrongAudience = "wrong-audience", "Wrong Audience";
    /// The `Recipient` of the subject confirmation is another URL.
    WrongRecipient = "wrong-recipient", "Wrong Recipient";
    /// The `Destination` of the response is another URL.
    WrongDestination = "wrong-destination", "Wrong Destination";
    WrongIssuer = "wrong-issuer", "Wrong Issuer";
    /// The response answers a request that was never sent.
    WrongInResponseTo = "wrong-in-response-to", "Wrong InResponseTo";
    /// Issued an hour ago.
    Expired = "expired", "Expired";
    /// The assertion is valid in an hour.
    NotYetValid = "not-yet-valid", "Not yet valid";
    /// All times are an hour ahead.
    ClockAhead = "clock-ahead", "Clock 1 hour ahead";
    /// All times are an hour behind.
    ClockBehind = "clock-behind", "Clock 1 hour behind";
    Unsigned = "unsigned", "Unsigned";
    /// Signed with a key that is not in the metadata.
    UntrustedKey = "untrusted-key", "Signed with an untrusted key";
    /// The email address is replaced after signing.
    Tampered = "tampered", "Modified after signing";
    Sha1Digest = "sha1-digest", "Signed with a SHA-1 digest";
    /// A second assertion without a signature follows the signed one.
    SecondAssertion = "second-assertion", "With a second, unsigned assertion";
    NoNameId = "no-name-id", "No NameID";
    /// The `NameID` is different in each response.
    TransientNameId = "transient-name-id", "Transient NameID";
    NoAttributes = "no-attributes", "No attributes";
    /// The email address has an attribute name that no mapping expects.
    RenamedEmailAttribute = "renamed-email-attribute", "Email attribute renamed";
    /// The assertion does not say when and how the user authenticated.
    NoAuthnStatement = "no-authn-statement", "No AuthnStatement";
    /// The authentication context is the one of the REFEDS profile.
    MultiFactor = "multi-factor", "Multi-factor authentication context";
    /// Issued now for a user who authenticated an hour ago, as from a standing session.
    EarlierAuthentication = "earlier-authentication", "Authenticated an hour ago";
    /// Issued now for a user who authenticated a minute ago, which the difference of two clocks may hide.
    RecentAuthentication = "recent-authentication", "Authenticated a minute ago";
    /// The previous response of this identity provider is sent again.
    Replayed = "replayed", "Replay of the previous response";
}

impl IdpBehavior {
    /// Parses the value of the form field `behavior`.
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|behavior| behavior.as_str() == value)
    }
}

/// Which elements of a response are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureScope {
    /// As Entra ID does.
    Assertion,
    Response,
    /// The assertion first, then the response that contains it, as Okta does.
    Both,
}

impl SignatureScope {
    pub const ALL: &[Self] = &[Self::Assertion, Self::Response, Self::Both];

    /// The value of the form field `signature_scope`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Assertion => "assertion",
            Self::Response => "response",
            Self::Both => "both",
        }
    }

    /// The text of the option in the form.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assertion => "Assertion",
            Self::Response => "Response",
            Self::Both => "Assertion and response",
        }
    }

    /// Parses the value of the form field `signature_scope`.
    pub fn parse(value: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|scope| scope.as_str() == value)
    }

    pub(crate) const fn includes_assertion(self) -> bool {
        matches!(self, Self::Assertion | Self::Both)
    }

    pub(crate) const fn includes_response(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }
}
