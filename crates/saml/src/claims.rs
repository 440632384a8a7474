use jiff::Timestamp;

use crate::assertion::{Assertion, AuthnStatement};
use crate::certificate::Certificate;
use crate::dsig::SignedElement;
use crate::expectation::{ClockTolerance, MAX_ASSERTION_AGE};
use crate::rejection::Rejection;
use crate::text_list::TextList;
use crate::xml::trim;
use crate::xs_date_time::saturating_add;

/// What a verified assertion says about a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The identity provider's entity ID.
    pub issuer: String,
    /// The key for replay protection. It is unique only together with the issuer.
    pub assertion_id: String,
    /// When the identity provider issued the assertion, by its own clock.
    pub issued_at: Timestamp,
    /// Until when replay protection has to store the assertion's ID.
    pub remember_until: Timestamp,
    /// The ID of the answered request; none for an IdP-initiated sign-in.
    pub in_response_to: Option<String>,
    /// None if the identity provider identifies the user by an attribute only, or if the NameID is unusable and the
    /// connection does not need one.
    pub name_id: Option<NameId>,
    /// In document order; a name may occur several times.
    pub attributes: Vec<Attribute>,
    /// How and when the user signed in at the identity provider, as far as the connection accepts it. The first one
    /// counts.
    pub authentications: Vec<Authentication>,
    /// When the identity provider wants the session to end.
    pub session_not_on_or_after: Option<Timestamp>,
    /// The SHA-256 fingerprint of the configured certificate whose key signed.
    pub signed_by: String,
}

/// One `AuthnStatement` (saml-core 2.7.2). Its values belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authentication {
    pub at: Timestamp,
    /// How the user signed in (saml-authn-context).
    pub context: Option<String>,
    /// The identity provider's identifier of its session, for single logout.
    pub session_index: Option<String>,
}

/// A NameID with everything that makes it unique (saml-core 2.2.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameId {
    /// As in the message, without white space around it.
    pub value: String,
    pub format: Option<String>,
    /// The domain in which the value is unique; the identity provider if absent.
    pub name_qualifier: Option<String>,
    /// The service provider to which the value is specific, if any.
    pub sp_name_qualifier: Option<String>,
}

/// An attribute with its values as text. A `NameID` in a value is written `NameQualifier!SPNameQualifier!value`; other
/// values are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Identifies the attribute; `FriendlyName` is ignored.
    pub name: String,
    pub name_format: Option<String>,
    /// In document order.
    pub values: TextList,
}

impl Claims {
    /// The values of all attributes with this name.
    pub fn values<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c str> {
        self.attributes
            .iter()
            .filter(move |attribute| attribute.name == name)
            .flat_map(|attribute| attribute.values.iter())
    }

    /// The authentication that counts.
    #[must_use]
    pub fn authentication(&self) -> Option<&Authentication> {
        self.authentications.first()
    }

    /// Lets the first authentication count that fits. Without one, nothing changes.
    pub fn prefer_authentication(&mut self, fits: impl FnMut(&Authentication) -> bool) {
        if let Some(found) = self.authentications.iter().position(fits) {
            self.authentications.swap(0, found);
        }
    }

    /// `name_id` and `attributes` are those of the assertion, decrypted where they were encrypted.
    pub(crate) fn new(
        assertion: &Assertion<'_>,
        in_response_to: Option<&str>,
        name_id: Option<NameId>,
        attributes: Vec<Attribute>,
        signer: &Certificate,
    ) -> Self {
        let owned = |text: &str| text.to_owned();
        Self {
            issuer: assertion.issuer.to_owned(),
            assertion_id: assertion.id.to_owned(),
            issued_at: assertion.issued,
            remember_until: remember_until(assertion.issued),
            in_response_to: in_response_to.map(owned),
            name_id,
            attributes,
            authentications: assertion
                .authentications
                .iter()
                .map(Authentication::new)
                .collect(),
            session_not_on_or_after: assertion.session_not_on_or_after(),
            signed_by: signer.sha256(),
        }
    }
}

impl Authentication {
    fn new(statement: &AuthnStatement<'_>) -> Self {
        let owned = |text: &str| text.to_owned();
        Self {
            at: statement.instant,
            context: statement.context_class.map(owned),
            session_index: statement.session_index.map(owned),
        }
    }
}

/// The last time at which the assertion could be accepted, plus the tolerance of another node's clock.
fn remember_until(issued: Timestamp) -> Timestamp {
    let mut until = saturating_add(issued, MAX_ASSERTION_AGE);
    for _ in 0..2 {
        until = saturating_add(until, ClockTolerance::MAX.duration());
    }
    until
}

impl NameId {
    /// In characters; saml-core 8.3.7 allows persistent NameIDs 256.
    const MAX_LENGTH: usize = 256;

    pub(crate) fn parse(name_id: SignedElement<'_>) -> Result<Self, Rejection> {
        let value = name_id.value()?;
        let detail = if value.is_empty() {
            Some("it is empty")
        } else if value.chars().count() > Self::MAX_LENGTH {
            Some("it is longer than 256 characters")
        } else if value.chars().any(char::is_control) {
            Some("it contains control characters")
        } else {
            None
        };
        if let Some(detail) = detail {
            return Err(Rejection::InvalidNameId { detail });
        }
        let attribute = |name| name_id.attribute(name).map(str::to_owned);
        Ok(Self {
            value: value.to_owned(),
            format: name_id
                .attribute("Format")
                .map(|format| trim(format).to_owned()),
            name_qualifier: attribute("NameQualifier"),
            sp_name_qualifier: attribute("SPNameQualifier"),
        })
    }
}

impl Attribute {
    #[cfg(test)]
    pub(crate) fn new(name: &str, name_format: Option<&str>, values: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            name_format: name_format.map(str::to_owned),
            values: values.iter().collect(),
        }
    }
}
