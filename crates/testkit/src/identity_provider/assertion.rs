use jiff::Timestamp;
use saml::write::{ElementBuilder, Vocabulary};

use super::response::ResponseBuilder;
use super::{IdpBehavior, User};

pub(super) const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const BASIC: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
const REFEDS_MFA: &str = "https://refeds.org/profile/mfa";
const EMAIL: &str = "email";
const VALIDITY_SECONDS: i64 = 5 * 60;
pub(super) const HOUR_SECONDS: i64 = 3600;
const MINUTE_SECONDS: i64 = 60;

/// The values of a response and its assertion, after the behavior's changes.
#[derive(Clone, Debug)]
pub(super) struct AssertionValues {
    pub(super) response_issuer: String,
    pub(super) destination: String,
    pub(super) in_response_to: Option<String>,
    issuer: String,
    audience: String,
    recipient: String,
    issued_at: i64,
    authentication: Option<Authentication>,
    name_id: Option<NameId>,
    attributes: Vec<Attribute>,
}

/// What the `AuthnStatement` says.
#[derive(Clone, Debug)]
struct Authentication {
    at: i64,
    context: &'static str,
}

#[derive(Clone, Debug)]
struct NameId {
    format: &'static str,
    value: String,
}

#[derive(Clone, Debug)]
struct Attribute {
    name: &'static str,
    values: Vec<String>,
}

impl AssertionValues {
    pub(super) fn new(builder: &ResponseBuilder<'_>, user: &User, behavior: IdpBehavior) -> Self {
        let target = builder.target;
        let valid = Self {
            response_issuer: builder.issuer.to_owned(),
            destination: target.acs_url.clone(),
            in_response_to: target.in_response_to.clone(),
            issuer: builder.issuer.to_owned(),
            audience: target.entity_id.clone(),
            recipient: target.acs_url.clone(),
            issued_at: builder.now,
            authentication: Some(Authentication {
                at: builder.now,
                context: UNSPECIFIED,
            }),
            name_id: Some(NameId {
                format: PERSISTENT,
                value: user.name_id.to_owned(),
            }),
            attributes: attributes(user),
        };
        valid.with_behavior(builder.id, behavior)
    }

    fn with_behavior(mut self, response_id: &str, behavior: IdpBehavior) -> Self {
        match behavior {
            IdpBehavior::WrongAudience => self.audience = "https://other.example/saml".to_owned(),
            IdpBehavior::WrongRecipient => self.recipient = "https://other.example/acs".to_owned(),
            IdpBehavior::WrongDestination => {
                self.destination = "https://other.example/acs".to_owned();
            }
            IdpBehavior::WrongIssuer => {
                self.issuer = "https://other.example/idp".to_owned();
                self.response_issuer.clone_from(&self.issuer);
            }
            IdpBehavior::WrongInResponseTo => {
                self.in_response_to = Some("_unknown-request".to_owned());
            }
            IdpBehavior::Expired => self.shift(-HOUR_SECONDS),
            IdpBehavior::NotYetValid => self.shift(HOUR_SECONDS),
            IdpBehavior::NoAuthnStatement => self.authentication = None,
            IdpBehavior::MultiFactor => {
                if let Some(authentication) = &mut self.authentication {
                    authentication.context = REFEDS_MFA;
                }
            }
            IdpBehavior::EarlierAuthentication => {
                if let Some(authentication) = &mut self.authentication {
                    authentication.at -= HOUR_SECONDS;
                }
            }
            IdpBehavior::RecentAuthentication => {
                if let Some(authentication) = &mut self.authentication {
                    authentication.at -= MINUTE_SECONDS;
                }
            }
            IdpBehavior::NoNameId => self.name_id = None,
            IdpBehavior::TransientNameId => {
                self.name_id = Some(NameId {
                    format: TRANSIENT,
                    value: format!("{response_id}-t"),
                });
            }
            IdpBehavior::NoAttributes => self.attributes.clear(),
            IdpBehavior::RenamedEmailAttribute => {
                for attribute in &mut self.attributes {
                    if attribute.name == EMAIL {
                        attribute.name = "mailbox";
                    }
                }
            }
            // Applied when the response is signed or sent.
            IdpBehavior::Valid
            | IdpBehavior::ClockAhead
            | IdpBehavior::ClockBehind
            | IdpBehavior::Unsigned
            | IdpBehavior::UntrustedKey
            | IdpBehavior::Tampered
            | IdpBehavior::Sha1Digest
            | IdpBehavior::SecondAssertion
            | IdpBehavior::Replayed => {}
        }
        self
    }

    /// Moves all times.
    fn shift(&mut self, seconds: i64) {
        self.issued_at += seconds;
        if let Some(authentication) = &mut self.authentication {
            authentication.at += seconds;
        }
    }

    pub(super) fn with_email(mut self, email: &str) -> Self {
        for attribute in &mut self.attributes {
            if attribute.name == EMAIL {
                attribute.values = vec![email.to_owned()];
            }
        }
        self
    }

    /// The schema requires the signature directly after the issuer.
    pub(super) fn to_element(&self, id: &str, signature: Option<ElementBuilder>) -> ElementBuilder {
        let assertion = saml("Assertion")
            .attribute("ID", id)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", format_instant(self.issued_at))
            .child(saml("Issuer").text(&self.issuer))
            .children(signature)
            .children([self.subject(), self.conditions()])
            .children(self.authn_statement());
        if self.attributes.is_empty() {
            return assertion;
        }
        let attributes = self.attributes.iter().map(Attribute::to_element);
        assertion.child(saml("AttributeStatement").children(attributes))
    }

    fn subject(&self) -> ElementBuilder {
        let mut data = saml("SubjectConfirmationData")
            .attribute("Recipient", &self.recipient)
            .attribute("NotOnOrAfter", format_instant(self.expires_at()));
        if let Some(request_id) = &self.in_response_to {
            data = data.attribute("InResponseTo", request_id);
        }
        let name_id = self.name_id.iter().map(|name_id| {
            saml("NameID")
                .attribute("Format", name_id.format)
                .text(&name_id.value)
        });
        let confirmation = saml("SubjectConfirmation")
            .attribute("Method", BEARER)
            .child(data);
        saml("Subject").children(name_id).child(confirmation)
    }

    fn conditions(&self) -> ElementBuilder {
        saml("Conditions")
            .attribute("NotBefore", format_instant(self.issued_at))
            .attribute("NotOnOrAfter", format_instant(self.expires_at()))
            .child(saml("AudienceRestriction").child(saml("Audience").text(&self.audience)))
    }

    fn authn_statement(&self) -> Option<ElementBuilder> {
        let authentication = self.authentication.as_ref()?;
        let class = saml("AuthnContextClassRef").text(authentication.context);
        let statement = saml("AuthnStatement")
            .attribute("AuthnInstant", format_instant(authentication.at))
            .attribute("SessionIndex", format!("s{}", authentication.at))
            .child(saml("AuthnContext").child(class));
        Some(statement)
    }

    const fn expires_at(&self) -> i64 {
        self.issued_at + VALIDITY_SECONDS
    }
}

impl Attribute {
    fn single(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            values: vec![value.into()],
        }
    }

    fn to_element(&self) -> ElementBuilder {
        saml("Attribute")
            .attribute("Name", self.name)
            .attribute("NameFormat", BASIC)
            .children(
                self.values
                    .iter()
                    .map(|value| saml("AttributeValue").text(value)),
            )
    }
}

/// Seconds since 1970 as an `xs:dateTime`.
pub(super) fn format_instant(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::MAX)
        .to_string()
}

fn attributes(user: &User) -> Vec<Attribute> {
    vec![
        Attribute::single(EMAIL, user.email),
        Attribute::single("first_name", user.first_name),
        Attribute::single("last_name", user.last_name),
        Attribute::single("name", user.full_name()),
        Attribute {
            name: "groups",
            values: user
                .groups
                .iter()
                .map(|group| (*group).to_owned())
                .collect(),
        },
    ]
}

fn saml(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Saml, name)
}
