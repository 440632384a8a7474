//! What an assertion says, and how it is written.

use saml::Timestamp;
use saml::write::{Element, Vocabulary};

use super::response::Answer;
use super::{Conduct, Person};

pub(super) const PERSISTENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const BASIC: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";
/// How long an answer is valid.
const VALID: i64 = 5 * 60;
pub(super) const HOUR: i64 = 3600;

/// The values of an assertion, honest or not.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) response_issuer: String,
    pub(super) destination: String,
    pub(super) request: Option<String>,
    issuer: String,
    audience: String,
    recipient: String,
    at: i64,
    name_id: Option<(&'static str, String)>,
    attributes: Vec<(&'static str, Vec<String>)>,
}

impl Statement {
    /// What is said about `person`; `conduct` changes what it is about to change.
    pub(super) fn new(answer: &Answer<'_>, person: &Person, conduct: Conduct) -> Self {
        let honest = Self {
            response_issuer: answer.issuer.to_owned(),
            destination: answer.to.acs_url.clone(),
            request: answer.to.request.clone(),
            issuer: answer.issuer.to_owned(),
            audience: answer.to.entity_id.clone(),
            recipient: answer.to.acs_url.clone(),
            at: answer.now,
            name_id: Some((PERSISTENT, person.subject.to_owned())),
            attributes: attributes(person),
        };
        honest.changed(answer, conduct)
    }

    fn changed(mut self, answer: &Answer<'_>, conduct: Conduct) -> Self {
        match conduct {
            Conduct::OtherAudience => self.audience = "https://other.example/saml".to_owned(),
            Conduct::OtherRecipient => self.recipient = "https://other.example/acs".to_owned(),
            Conduct::OtherDestination => self.destination = "https://other.example/acs".to_owned(),
            Conduct::OtherIssuer => {
                self.issuer = "https://other.example/idp".to_owned();
                self.response_issuer.clone_from(&self.issuer);
            }
            Conduct::OtherRequest => self.request = Some("_nobody-asked-this".to_owned()),
            Conduct::Expired => self.at -= HOUR,
            Conduct::Early => self.at += HOUR,
            Conduct::NoNameId => self.name_id = None,
            Conduct::TransientNameId => {
                self.name_id = Some((TRANSIENT, format!("{}-t", answer.id)));
            }
            Conduct::NoAttributes => self.attributes.clear(),
            Conduct::OtherEmailName => {
                for (name, _) in &mut self.attributes {
                    if *name == EMAIL {
                        *name = "mailbox";
                    }
                }
            }
            // These are a matter of signing and sending.
            Conduct::Honest
            | Conduct::ClockAhead
            | Conduct::ClockBehind
            | Conduct::Unsigned
            | Conduct::OtherKey
            | Conduct::Changed
            | Conduct::Sha1
            | Conduct::SecondAssertion
            | Conduct::Replayed => {}
        }
        self
    }

    /// The same about somebody with another e-mail address.
    pub(super) fn with_email(mut self, email: &str) -> Self {
        for (name, values) in &mut self.attributes {
            if *name == EMAIL {
                *values = vec![email.to_owned()];
            }
        }
        self
    }

    /// The assertion; its signature stands after the issuer, where the schema wants it.
    pub(super) fn element(&self, id: &str, signature: Option<Element>) -> Element {
        let assertion = saml("Assertion")
            .attribute("ID", id)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", instant(self.at))
            .child(saml("Issuer").text(&self.issuer))
            .children(signature)
            .children([self.subject(), self.conditions(), self.authentication()]);
        if self.attributes.is_empty() {
            return assertion;
        }
        assertion.child(saml("AttributeStatement").children(self.attributes.iter().map(attribute)))
    }

    fn subject(&self) -> Element {
        let mut data = saml("SubjectConfirmationData")
            .attribute("Recipient", &self.recipient)
            .attribute("NotOnOrAfter", instant(self.at + VALID));
        if let Some(request) = &self.request {
            data = data.attribute("InResponseTo", request);
        }
        let name_id = self
            .name_id
            .iter()
            .map(|(format, name)| saml("NameID").attribute("Format", *format).text(name));
        let confirmation = saml("SubjectConfirmation")
            .attribute("Method", BEARER)
            .child(data);
        saml("Subject").children(name_id).child(confirmation)
    }

    fn conditions(&self) -> Element {
        saml("Conditions")
            .attribute("NotBefore", instant(self.at))
            .attribute("NotOnOrAfter", instant(self.at + VALID))
            .child(saml("AudienceRestriction").child(saml("Audience").text(&self.audience)))
    }

    fn authentication(&self) -> Element {
        let context = saml("AuthnContext").child(saml("AuthnContextClassRef").text(UNSPECIFIED));
        saml("AuthnStatement")
            .attribute("AuthnInstant", instant(self.at))
            .attribute("SessionIndex", format!("s{}", self.at))
            .child(context)
    }
}

/// An instant as SAML writes it.
pub(super) fn instant(seconds: i64) -> String {
    Timestamp::from_unix_seconds(seconds).to_string()
}

const EMAIL: &str = "email";

fn attributes(person: &Person) -> Vec<(&'static str, Vec<String>)> {
    let one = |value: &str| vec![value.to_owned()];
    vec![
        (EMAIL, one(person.email)),
        ("first_name", one(person.first_name)),
        ("last_name", one(person.last_name)),
        ("name", vec![person.name()]),
        (
            "groups",
            person
                .groups
                .iter()
                .map(|group| (*group).to_owned())
                .collect(),
        ),
    ]
}

fn attribute((name, values): &(&'static str, Vec<String>)) -> Element {
    saml("Attribute")
        .attribute("Name", *name)
        .attribute("NameFormat", BASIC)
        .children(
            values
                .iter()
                .map(|value| saml("AttributeValue").text(value)),
        )
}

fn saml(name: &'static str) -> Element {
    Element::new(Vocabulary::Saml, name)
}
