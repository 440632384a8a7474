//! The question that we send: please say who this is.

use std::fmt;

use crate::location::Location;
use crate::redirect::{self, RelayState};
use crate::sign::{SignError, Signer};
use crate::timestamp::Timestamp;
use crate::write::{Element, ForbiddenCharacter, Vocabulary};
use crate::xml::is_ncname;

/// What an `AuthnRequest` says.
///
/// Nothing is asked for that nobody has set: Entra ID and AD FS answer a `RequestedAuthnContext` or a
/// `NameIDPolicy` that they do not like with an error page.
#[derive(Clone, Debug)]
pub struct AuthnRequest<'r> {
    /// By what the response will name this request.
    pub id: &'r RequestId,
    /// When it is made; written to the whole second.
    pub issue_instant: Timestamp,
    /// The identity provider's endpoint.
    pub destination: &'r Location,
    /// Our endpoint for the response, which is to come by POST.
    pub acs_url: &'r Location,
    /// Our entity ID.
    pub issuer: &'r str,
    /// The person is to prove who she is even if the identity provider remembers her.
    pub force_authn: bool,
    /// The identity provider is not to show anything.
    pub is_passive: bool,
    /// The kind of name that is wanted, if one is.
    pub name_id_format: Option<&'r str>,
    /// The ways of signing in of which one is wanted, if any is.
    pub authn_context: &'r [String],
}

/// The identifier of a request: an XML name that starts with an underscore.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(String);

/// The fields of the form by which a browser delivers a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostForm {
    /// Where the form is sent.
    pub action: Location,
    /// The value of the field `SAMLRequest`.
    pub saml_request: String,
    /// The value of the field `RelayState`.
    pub relay_state: RelayState,
}

/// Why no request was made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The identifier does not start with an underscore, is no XML name, or is longer than 128 octets.
    #[error("a request's identifier starts with an underscore and is an XML name")]
    Id,
    /// A value cannot be written as XML.
    #[error(transparent)]
    Character(#[from] ForbiddenCharacter),
    /// The library could not compress it.
    #[error("the request could not be compressed")]
    Compression,
    /// It could not be signed.
    #[error(transparent)]
    Signing(SignError),
}

const HTTP_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

impl RequestId {
    /// Makes an identifier out of 160 random bits (saml-core 1.3.4).
    pub fn from_random(bytes: [u8; 20]) -> Self {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("_{digits}"))
    }

    /// Takes an identifier that was made before.
    pub fn parse(text: &str) -> Result<Self, RequestError> {
        if !text.starts_with('_') || !is_ncname(text) || text.len() > 128 {
            return Err(RequestError::Id);
        }
        Ok(Self(text.to_owned()))
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AuthnRequest<'_> {
    /// The address to redirect to (HTTP-Redirect); with a signer, signed.
    pub fn redirect(
        &self,
        relay_state: &RelayState,
        signer: Option<&Signer>,
    ) -> Result<String, RequestError> {
        let request = self.element().write()?;
        redirect::address(
            self.destination,
            &request,
            relay_state,
            signer.map(Signer::key),
        )
    }

    /// The request as a redirect carries it: its signature, if there is one, stands in the address.
    pub fn xml(&self) -> Result<String, RequestError> {
        Ok(self.element().write()?)
    }

    /// The form to post (HTTP-POST); with a signer, signed.
    pub fn post(
        &self,
        relay_state: &RelayState,
        signer: Option<&Signer>,
    ) -> Result<PostForm, RequestError> {
        let request = self.element();
        let request = match signer {
            Some(signer) => {
                let signature = signer
                    .signature(&request, self.id.as_str())
                    .map_err(RequestError::Signing)?;
                // The schema wants the signature directly after the issuer.
                request.child_after_first(signature)
            }
            None => request,
        };
        Ok(PostForm {
            action: self.destination.clone(),
            saml_request: base64_simd::STANDARD.encode_to_string(request.write()?),
            relay_state: relay_state.clone(),
        })
    }

    fn element(&self) -> Element {
        let samlp = |name| Element::new(Vocabulary::Samlp, name);
        let whole_second = Timestamp::from_unix_seconds(self.issue_instant.unix_seconds());
        let mut request = samlp("AuthnRequest")
            .attribute("ID", self.id.as_str())
            .attribute("Version", "2.0")
            .attribute("IssueInstant", whole_second.to_string())
            .attribute("Destination", self.destination.as_str())
            .attribute("ProtocolBinding", HTTP_POST)
            .attribute("AssertionConsumerServiceURL", self.acs_url.as_str());
        if self.force_authn {
            request = request.attribute("ForceAuthn", "true");
        }
        if self.is_passive {
            request = request.attribute("IsPassive", "true");
        }
        request = request.child(Element::new(Vocabulary::Saml, "Issuer").text(self.issuer));
        if let Some(format) = self.name_id_format {
            // Without leave to create one, a persistent name is refused at a person's first sign-in.
            let policy = samlp("NameIDPolicy")
                .attribute("AllowCreate", "true")
                .attribute("Format", format);
            request = request.child(policy);
        }
        if !self.authn_context.is_empty() {
            let class = |class: &String| {
                Element::new(Vocabulary::Saml, "AuthnContextClassRef").text(class.clone())
            };
            let context = samlp("RequestedAuthnContext").attribute("Comparison", "exact");
            request = request.child(context.children(self.authn_context.iter().map(class)));
        }
        request
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
