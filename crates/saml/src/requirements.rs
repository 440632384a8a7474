/// What a connection requires of a response in addition to the rules that always apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirements {
    /// The response itself is signed, not only the assertion.
    pub signed_response: bool,
    /// The assertion itself is signed, not only the response.
    pub signed_assertion: bool,
    pub encrypted_assertion: bool,
    pub authentication: RequiredAuthentication,
}

/// What an assertion has to say about the authentication of the user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RequiredAuthentication {
    /// An `AuthnStatement`, which saml-profiles 4.1.4.2 demands, with any authentication context.
    #[default]
    AnyContext,
    /// An `AuthnStatement` with one of these authentication contexts. They are compared exactly: which context is
    /// stronger than another one is not defined (saml-core 3.3.2.2.1).
    OneOf(Vec<String>),
    /// Nothing: the identity provider is known to send no `AuthnStatement`.
    Nothing,
}

impl RequiredAuthentication {
    /// Whether an `AuthnStatement` with this authentication context is enough.
    pub(crate) fn is_met_by(&self, context: Option<&str>) -> bool {
        match self {
            Self::AnyContext | Self::Nothing => true,
            Self::OneOf(contexts) => contexts.iter().any(|one| Some(one.as_str()) == context),
        }
    }
}
