use crate::assertion::{Assertion, Attribute as Read};
use crate::certificate::Certificate;
use crate::dsig::Signed;
use crate::expectation::Tolerance;
use crate::rejection::Rejection;
use crate::timestamp::Timestamp;
use crate::validate::MAX_AGE;

/// What a verified assertion says about a person, copied out of the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The identity provider's entity ID.
    pub issuer: String,
    /// The assertion's ID: the key of the memory against replay, unique for the identity provider alone.
    pub assertion_id: String,
    /// Until when the ID has to be remembered.
    pub remember_until: Timestamp,
    /// The request that was answered; none when the identity provider began.
    pub in_response_to: Option<String>,
    /// Who signed in, unless the identity provider names nobody and leaves it to an attribute.
    pub name_id: Option<NameId>,
    /// The attributes in the order in which they stand; a name may stand several times.
    pub attributes: Vec<Attribute>,
    /// When the person signed in at the identity provider.
    pub authenticated_at: Option<Timestamp>,
    /// The identity provider's name for its session, for single logout.
    pub session_index: Option<String>,
    /// When the identity provider wants the session to end.
    pub session_not_on_or_after: Option<Timestamp>,
    /// How the person signed in (saml-authn-context).
    pub authn_context: Option<String>,
    /// The SHA-256 fingerprint of the configured certificate whose key signed.
    pub signed_by: String,
}

/// A NameID with everything that makes it unique (saml-core 2.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameId {
    /// The name, byte for byte.
    pub value: String,
    /// What kind of name it is.
    pub format: Option<String>,
    /// The domain in which it is unique; the identity provider when absent.
    pub name_qualifier: Option<String>,
    /// The service provider for which it was made, when it was made for one.
    pub sp_name_qualifier: Option<String>,
}

/// An attribute with the values that are text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name, which alone identifies it here; friendly names are for people.
    pub name: String,
    /// How the name is to be read.
    pub name_format: Option<String>,
    /// The values in the order in which they stand.
    pub values: Vec<String>,
}

impl Claims {
    /// Every value of the attributes with this name.
    pub fn values<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c str> {
        self.attributes
            .iter()
            .filter(move |one| one.name == name)
            .flat_map(|one| &one.values)
            .map(String::as_str)
    }

    /// Copies an assertion's words and the request that it answers; what was encrypted in it comes decrypted beside it.
    pub(crate) fn copy(
        assertion: &Assertion<'_>,
        answered: Option<&str>,
        name_id: Option<NameId>,
        attributes: Vec<Attribute>,
    ) -> Self {
        let authentication = assertion.authentication;
        let owned = |text: &str| text.to_owned();
        Self {
            issuer: assertion.issuer.to_owned(),
            assertion_id: assertion.id.to_owned(),
            remember_until: assertion
                .issued
                .plus_seconds(MAX_AGE)
                .plus_seconds(i64::from(Tolerance::MAX.seconds()).saturating_mul(2)),
            in_response_to: answered.map(owned),
            name_id,
            attributes,
            authenticated_at: authentication.map(|one| one.instant),
            session_index: authentication.and_then(|one| one.session_index).map(owned),
            session_not_on_or_after: authentication.and_then(|one| one.session_not_on_or_after),
            authn_context: authentication.and_then(|one| one.context_class).map(owned),
            signed_by: String::new(),
        }
    }

    pub(crate) fn signed_by(self, signer: &Certificate) -> Self {
        Self {
            signed_by: signer.sha256(),
            ..self
        }
    }
}

impl NameId {
    /// The longest NameID that is taken; saml-core 8.3.7 allows the persistent ones 256 characters.
    const LONGEST: usize = 256;

    pub(crate) fn read(name_id: Signed<'_>) -> Result<Self, Rejection> {
        let value = name_id.value()?;
        let detail = if value.trim().is_empty() {
            Some("it is empty")
        } else if value.chars().count() > Self::LONGEST {
            Some("it is longer than 256 characters")
        } else if value.chars().any(char::is_control) {
            Some("it holds control characters")
        } else {
            None
        };
        if let Some(detail) = detail {
            return Err(Rejection::NameId { detail });
        }
        let attribute = |name| name_id.attribute(name).map(str::to_owned);
        Ok(Self {
            value: value.to_owned(),
            format: attribute("Format"),
            name_qualifier: attribute("NameQualifier"),
            sp_name_qualifier: attribute("SPNameQualifier"),
        })
    }
}

impl Attribute {
    pub(crate) fn copy(name: &str, name_format: Option<&str>, values: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            name_format: name_format.map(str::to_owned),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    pub(crate) fn read(signed: Signed<'_>) -> Result<Option<Self>, Rejection> {
        Ok(match Read::read(signed)? {
            Read::Plain {
                name,
                name_format,
                values,
            } => Some(Self::copy(name, name_format, &values)),
            Read::Encrypted(_) => None,
        })
    }
}
