use serde::Deserialize;

use crate::challenge::Challenge;
use crate::error::PasskeyError;

/// The relying party that passkeys are bound to: Vestibule itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    /// The RP ID: a host name.
    pub id: String,
    /// Scheme, host and port, as browsers serialize an origin.
    pub origin: String,
}

/// What a response is verified against.
#[derive(Clone, Copy, Debug)]
pub struct VerificationContext<'e> {
    /// The challenge that was issued. The caller has already marked it as used.
    pub challenge: &'e Challenge,
    pub relying_party: &'e RelyingParty,
}

/// `CollectedClientData` (section 5.8.1).
///
/// Unknown members are ignored, because later versions of the specification may add some.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CollectedClientData {
    #[serde(rename = "type")]
    ceremony_type: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

/// Client data that was parsed and not yet checked.
#[derive(Debug)]
pub(crate) struct ClientData {
    ceremony_type: String,
    pub(crate) challenge: Challenge,
    origin: String,
    is_framed: bool,
}

impl ClientData {
    pub(crate) fn parse(json: &[u8]) -> Result<Self, PasskeyError> {
        // Ignored members have to be UTF-8 as well, so that every parser of these bytes sees the same data.
        let json = str::from_utf8(json).map_err(|_| PasskeyError::InvalidClientData)?;
        let collected: CollectedClientData =
            serde_json::from_str(json).map_err(|_| PasskeyError::InvalidClientData)?;
        Ok(Self {
            challenge: Challenge::parse(&collected.challenge)?,
            is_framed: collected.cross_origin || collected.top_origin.is_some(),
            ceremony_type: collected.ceremony_type,
            origin: collected.origin,
        })
    }

    pub(crate) fn check(
        &self,
        ceremony_type: &'static str,
        context: &VerificationContext<'_>,
    ) -> Result<(), PasskeyError> {
        if self.ceremony_type != ceremony_type {
            return Err(PasskeyError::CeremonyMismatch {
                expected: ceremony_type,
                received: self.ceremony_type.clone(),
            });
        }
        if self.challenge != *context.challenge {
            return Err(PasskeyError::ChallengeMismatch);
        }
        // The whole text is compared: a subdomain or another port is another origin.
        if self.origin != context.relying_party.origin {
            return Err(PasskeyError::OriginMismatch {
                expected: context.relying_party.origin.clone(),
                received: self.origin.clone(),
            });
        }
        // No page of Vestibule is meant to be framed.
        if self.is_framed {
            return Err(PasskeyError::CrossOrigin);
        }
        Ok(())
    }
}
