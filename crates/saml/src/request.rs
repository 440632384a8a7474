//! The authentication request of the service provider.

use std::fmt;

use jiff::Timestamp;

use crate::location::Location;
use crate::redirect::{self, RelayState};
use crate::sign::{SignError, Signer};
use crate::write::{ElementBuilder, ForbiddenCharacter, Vocabulary};
use crate::xml::is_ncname;
use crate::xs_date_time::{format_xs_date_time, saturating_from_second};

/// The content of an `AuthnRequest`.
///
/// Unset options are left out: Entra ID and AD FS answer a `RequestedAuthnContext` or `NameIDPolicy` that they do not
/// support with an error page.
#[derive(Clone, Debug)]
pub struct AuthnRequest<'r> {
    pub id: &'r RequestId,
    /// Written in whole seconds.
    pub issue_instant: Timestamp,
    /// The identity provider's single sign-on URL.
    pub destination: &'r Location,
    /// Our assertion consumer service URL, which receives the response by HTTP-POST.
    pub acs_url: &'r Location,
    /// Our entity ID.
    pub issuer: &'r str,
    /// The user must reauthenticate even with a session at the identity provider.
    pub force_authn: bool,
    /// The identity provider must not interact with the user.
    pub is_passive: bool,
    pub name_id_format: Option<&'r str>,
    /// The identity provider may create an identifier for the user. With a format it always may: without `AllowCreate`,
    /// identity providers reject persistent NameIDs at a user's first sign-in.
    pub allow_create: bool,
    /// The acceptable authentication context classes; empty for any.
    pub authn_context: &'r [String],
    pub authn_context_comparison: AuthnContextComparison,
}

/// How the context of the authentication compares with the requested ones (saml-core 3.3.2.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthnContextComparison {
    #[default]
    Exact,
    Minimum,
    Maximum,
    Better,
}

/// The identifier of a request: an XML name that starts with an underscore.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(String);

/// The form with which a browser delivers a request by HTTP-POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostForm {
    pub action: Location,
    pub saml_request: String,
    pub relay_state: RelayState,
}

/// Why a request could not be created.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The ID does not start with an underscore, is not an XML name, or is longer than 128 octets.
    #[error("a request's identifier starts with an underscore and is an XML name")]
    Id,
    #[error(transparent)]
    Character(#[from] ForbiddenCharacter),
    #[error("the request could not be compressed")]
    Compression,
    #[error(transparent)]
    Signing(SignError),
}

const HTTP_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

impl RequestId {
    /// The random bytes must be unpredictable (saml-core 1.3.4).
    pub fn from_random(bytes: [u8; 20]) -> Self {
        let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("_{digits}"))
    }

    /// Whether `text` has the form of the IDs that [`RequestId::from_random`] makes.
    #[must_use]
    pub fn has_form(text: &str) -> bool {
        let digits = text.strip_prefix('_').unwrap_or_default();
        digits.len() == 40
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    /// Parses a stored ID.
    pub fn parse(text: &str) -> Result<Self, RequestError> {
        if !text.starts_with('_') || !is_ncname(text) || text.len() > 128 {
            return Err(RequestError::Id);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AuthnRequest<'_> {
    /// The URL for HTTP-Redirect, signed if there is a signer.
    pub fn redirect_url(
        &self,
        relay_state: &RelayState,
        signer: Option<&Signer>,
    ) -> Result<String, RequestError> {
        let request = self.element().write()?;
        redirect::redirect_url(
            self.destination,
            &request,
            relay_state,
            signer.map(Signer::key),
        )
    }

    /// The request as XML without a signature; HTTP-Redirect carries the signature in the URL.
    pub fn xml(&self) -> Result<String, RequestError> {
        Ok(self.element().write()?)
    }

    /// The form for HTTP-POST, signed if there is a signer.
    pub fn post_form(
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
                // The schema requires the signature directly after the issuer.
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

    fn element(&self) -> ElementBuilder {
        let samlp = |name| ElementBuilder::new(Vocabulary::Samlp, name);
        let issue_instant = saturating_from_second(self.issue_instant.as_second());
        let mut request = samlp("AuthnRequest")
            .attribute("ID", self.id.as_str())
            .attribute("Version", "2.0")
            .attribute("IssueInstant", format_xs_date_time(issue_instant))
            .attribute("Destination", self.destination.as_str())
            .attribute("ProtocolBinding", HTTP_POST)
            .attribute("AssertionConsumerServiceURL", self.acs_url.as_str());
        if self.force_authn {
            request = request.attribute("ForceAuthn", "true");
        }
        if self.is_passive {
            request = request.attribute("IsPassive", "true");
        }
        request = request.child(ElementBuilder::new(Vocabulary::Saml, "Issuer").text(self.issuer));
        if self.name_id_format.is_some() || self.allow_create {
            let policy = samlp("NameIDPolicy").attribute("AllowCreate", "true");
            request = request.child(match self.name_id_format {
                Some(format) => policy.attribute("Format", format),
                None => policy,
            });
        }
        if !self.authn_context.is_empty() {
            let class = |class: &String| {
                ElementBuilder::new(Vocabulary::Saml, "AuthnContextClassRef").text(class.clone())
            };
            let context = samlp("RequestedAuthnContext")
                .attribute("Comparison", self.authn_context_comparison.as_str());
            request = request.child(context.children(self.authn_context.iter().map(class)));
        }
        request
    }
}

impl AuthnContextComparison {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Better => "better",
        }
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
