//! The answer itself: a response with an assertion, as the identity provider's conduct makes it.

use saml::write::{Element, ForbiddenCharacter, Vocabulary};

use super::signature::{Digest, signature};
use super::statement::{HOUR, Statement, instant};
use super::{Conduct, Person, PracticeKey, Signed};

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const RESPONDER: &str = "urn:oasis:names:tc:SAML:2.0:status:Responder";

/// To whom an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// The service provider's entity ID.
    pub entity_id: String,
    /// Where the answer is posted.
    pub acs_url: String,
    /// The request that is answered, unless the identity provider began.
    pub request: Option<String>,
}

/// Everything that an answer is made of.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The identity provider's entity ID.
    pub issuer: &'a str,
    /// To whom it goes.
    pub to: &'a Addressee,
    /// The key that signs: for [`Conduct::OtherKey`], one that nobody knows.
    pub key: &'a PracticeKey,
    /// What is signed.
    pub signed: Signed,
    /// The time in seconds since 1970.
    pub now: i64,
    /// The response's ID. The assertion's is made of it.
    pub id: &'a str,
}

/// Why nobody was signed in, as a status says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The person did not sign in.
    AuthnFailed,
    /// Nobody is signed in already, and nobody was to be asked.
    NoPassive,
}

impl Answer<'_> {
    /// An answer that says who signed in.
    ///
    /// # Errors
    ///
    /// When a value cannot be written as XML.
    pub fn about(&self, person: &Person, conduct: Conduct) -> Result<String, ForbiddenCharacter> {
        let now = match conduct {
            Conduct::ClockAhead => self.now + HOUR,
            Conduct::ClockBehind => self.now - HOUR,
            _ => self.now,
        };
        if now != self.now {
            return Self { now, ..*self }.about(person, Conduct::Honest);
        }
        let statement = Statement::new(self, person, conduct);
        let mut assertions = vec![self.assertion(&statement, conduct)?];
        if conduct == Conduct::SecondAssertion {
            assertions.push(statement.element(&format!("{}-b", self.id), None));
        }
        let element = |signature| {
            let start = self.response(
                &statement.response_issuer,
                &statement.destination,
                &statement.request,
                signature,
            );
            start
                .child(samlp("Status").child(status_code(SUCCESS)))
                .children(assertions.iter().cloned())
        };
        if !self.signed.covers_response() || conduct == Conduct::Unsigned {
            return element(None).write();
        }
        let signature = signature(&element(None), self.id, self.key, digest(conduct))?;
        let response = element(Some(signature)).write()?;
        if conduct == Conduct::Changed {
            return Ok(response.replace(person.email, CHANGED));
        }
        Ok(response)
    }

    /// An answer that says that nobody signed in. It is signed where responses are.
    ///
    /// # Errors
    ///
    /// When a value cannot be written as XML.
    pub fn failure(&self, failure: Failure) -> Result<String, ForbiddenCharacter> {
        let (second, message) = match failure {
            Failure::AuthnFailed => (
                "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
                "Somebody pressed the button that answers with an error.",
            ),
            Failure::NoPassive => (
                "urn:oasis:names:tc:SAML:2.0:status:NoPassive",
                "Nobody can be signed in without being asked.",
            ),
        };
        let element = |signature| {
            let status = samlp("Status")
                .child(status_code(RESPONDER).child(status_code(second)))
                .child(samlp("StatusMessage").text(message));
            self.response(self.issuer, &self.to.acs_url, &self.to.request, signature)
                .child(status)
        };
        let signature = match self.signed.covers_response() {
            true => Some(signature(
                &element(None),
                self.id,
                self.key,
                Digest::Sha256,
            )?),
            false => None,
        };
        element(signature).write()
    }

    fn assertion(
        &self,
        statement: &Statement,
        conduct: Conduct,
    ) -> Result<Element, ForbiddenCharacter> {
        let id = format!("{}-a", self.id);
        if !self.signed.covers_assertion() || conduct == Conduct::Unsigned {
            return Ok(statement.element(&id, None));
        }
        let signature = signature(
            &statement.element(&id, None),
            &id,
            self.key,
            digest(conduct),
        )?;
        if conduct == Conduct::Changed {
            return Ok(statement
                .clone()
                .with_email(CHANGED)
                .element(&id, Some(signature)));
        }
        Ok(statement.element(&id, Some(signature)))
    }

    /// What every response begins with.
    fn response(
        &self,
        issuer: &str,
        destination: &str,
        request: &Option<String>,
        signature: Option<Element>,
    ) -> Element {
        let mut response = samlp("Response")
            .attribute("ID", self.id)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", instant(self.now))
            .attribute("Destination", destination);
        if let Some(request) = request {
            response = response.attribute("InResponseTo", request);
        }
        response
            .child(saml("Issuer").text(issuer))
            .children(signature)
    }
}

/// The e-mail address that stands where another one was signed.
const CHANGED: &str = "mallory@evil.example";

fn digest(conduct: Conduct) -> Digest {
    if conduct == Conduct::Sha1 {
        Digest::Sha1
    } else {
        Digest::Sha256
    }
}

fn status_code(value: &str) -> Element {
    samlp("StatusCode").attribute("Value", value)
}

fn samlp(name: &'static str) -> Element {
    Element::new(Vocabulary::Samlp, name)
}

fn saml(name: &'static str) -> Element {
    Element::new(Vocabulary::Saml, name)
}
