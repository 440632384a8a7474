//! SAML responses, valid or with the defect that an [`IdpBehavior`] asks for.

use saml::write::{ElementBuilder, ForbiddenCharacter, Vocabulary};

use super::assertion::{AssertionValues, HOUR_SECONDS, format_instant};
use super::signature::{DigestAlgorithm, sign};
use super::{IdpBehavior, PracticeKey, SignatureScope, User};

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const RESPONDER: &str = "urn:oasis:names:tc:SAML:2.0:status:Responder";
/// The email address of a tampered response.
const TAMPERED_EMAIL: &str = "mallory@evil.example";

/// The service provider and the request that a response is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseTarget {
    pub entity_id: String,
    pub acs_url: String,
    /// The ID of the request; none for an IdP-initiated sign-in.
    pub in_response_to: Option<String>,
}

#[derive(Clone, Copy, Debug)]
pub struct ResponseBuilder<'a> {
    /// The identity provider's entity ID.
    pub issuer: &'a str,
    pub target: &'a ResponseTarget,
    /// The caller passes an untrusted key for [`IdpBehavior::UntrustedKey`].
    pub key: &'a PracticeKey,
    pub signature_scope: SignatureScope,
    /// Seconds since 1970.
    pub now: i64,
    /// The ID of the response; the IDs of its assertions are derived from it.
    pub id: &'a str,
}

/// The second-level status code of an error response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStatus {
    /// The user did not sign in.
    AuthnFailed,
    /// The request forbids interaction with the user, who has no session.
    NoPassive,
}

impl ResponseBuilder<'_> {
    /// A response that says that `user` signed in.
    ///
    /// # Errors
    ///
    /// When a value contains a character that XML forbids.
    pub fn build_success(
        &self,
        user: &User,
        behavior: IdpBehavior,
    ) -> Result<String, ForbiddenCharacter> {
        let now = match behavior {
            IdpBehavior::ClockAhead => self.now + HOUR_SECONDS,
            IdpBehavior::ClockBehind => self.now - HOUR_SECONDS,
            _ => self.now,
        };
        if now != self.now {
            return Self { now, ..*self }.build_success(user, IdpBehavior::Valid);
        }
        let values = AssertionValues::new(self, user, behavior);
        let mut assertions = vec![self.assertion(&values, behavior)?];
        if behavior == IdpBehavior::SecondAssertion {
            assertions.push(values.to_element(&format!("{}-b", self.id), None));
        }
        let element = |signature| {
            let start = self.response(
                &values.response_issuer,
                &values.destination,
                values.in_response_to.as_deref(),
                signature,
            );
            start
                .child(samlp("Status").child(status_code(SUCCESS)))
                .children(assertions.iter().cloned())
        };
        if !self.signature_scope.includes_response() || behavior == IdpBehavior::Unsigned {
            return element(None).write();
        }
        let signature = sign(&element(None), self.id, self.key, digest(behavior))?;
        let response = element(Some(signature)).write()?;
        if behavior == IdpBehavior::Tampered {
            return Ok(response.replace(user.email, TAMPERED_EMAIL));
        }
        Ok(response)
    }

    /// A response that says that no user signed in. It is signed if the scope includes the response.
    ///
    /// # Errors
    ///
    /// When a value contains a character that XML forbids.
    pub fn build_error(&self, status: ErrorStatus) -> Result<String, ForbiddenCharacter> {
        let (second_level, message) = match status {
            ErrorStatus::AuthnFailed => (
                "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
                "The user chose to send an error response.",
            ),
            ErrorStatus::NoPassive => (
                "urn:oasis:names:tc:SAML:2.0:status:NoPassive",
                "The user has no session, and the request does not allow interaction.",
            ),
        };
        let element = |signature| {
            let status = samlp("Status")
                .child(status_code(RESPONDER).child(status_code(second_level)))
                .child(samlp("StatusMessage").text(message));
            self.response(
                self.issuer,
                &self.target.acs_url,
                self.target.in_response_to.as_deref(),
                signature,
            )
            .child(status)
        };
        if !self.signature_scope.includes_response() {
            return element(None).write();
        }
        let signature = sign(&element(None), self.id, self.key, DigestAlgorithm::Sha256)?;
        element(Some(signature)).write()
    }

    fn assertion(
        &self,
        values: &AssertionValues,
        behavior: IdpBehavior,
    ) -> Result<ElementBuilder, ForbiddenCharacter> {
        let id = format!("{}-a", self.id);
        if !self.signature_scope.includes_assertion() || behavior == IdpBehavior::Unsigned {
            return Ok(values.to_element(&id, None));
        }
        let signature = sign(
            &values.to_element(&id, None),
            &id,
            self.key,
            digest(behavior),
        )?;
        if behavior == IdpBehavior::Tampered {
            return Ok(values
                .clone()
                .with_email(TAMPERED_EMAIL)
                .to_element(&id, Some(signature)));
        }
        Ok(values.to_element(&id, Some(signature)))
    }

    /// A response without its status.
    fn response(
        &self,
        issuer: &str,
        destination: &str,
        in_response_to: Option<&str>,
        signature: Option<ElementBuilder>,
    ) -> ElementBuilder {
        let mut response = samlp("Response")
            .attribute("ID", self.id)
            .attribute("Version", "2.0")
            .attribute("IssueInstant", format_instant(self.now))
            .attribute("Destination", destination);
        if let Some(request_id) = in_response_to {
            response = response.attribute("InResponseTo", request_id);
        }
        response
            .child(saml("Issuer").text(issuer))
            .children(signature)
    }
}

fn digest(behavior: IdpBehavior) -> DigestAlgorithm {
    if behavior == IdpBehavior::Sha1Digest {
        DigestAlgorithm::Sha1
    } else {
        DigestAlgorithm::Sha256
    }
}

fn status_code(value: &str) -> ElementBuilder {
    samlp("StatusCode").attribute("Value", value)
}

fn samlp(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Samlp, name)
}

fn saml(name: &'static str) -> ElementBuilder {
    ElementBuilder::new(Vocabulary::Saml, name)
}
