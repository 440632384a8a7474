use serde::Deserialize;

use crate::challenge::Challenge;
use crate::refusal::Refusal;

/// The place that passkeys are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The relying party's ID: a host name.
    pub rp_id: String,
    /// Scheme, host and port, as a browser writes them.
    pub origin: String,
}

/// What an answer has to be about.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'e> {
    /// The question: the caller has spent it.
    pub challenge: &'e Challenge,
    /// Our own place.
    pub site: &'e Site,
}

/// What the browser says that it signed in, for, and where (`CollectedClientData`).
///
/// The specification has more members follow, so those that we do not know are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Collected {
    #[serde(rename = "type")]
    ceremony: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    top_origin: Option<String>,
}

/// Client data that was read, and not yet held against anything.
#[derive(Debug)]
pub(crate) struct ClientData {
    ceremony: String,
    pub(crate) challenge: Challenge,
    origin: String,
    is_framed: bool,
}

impl ClientData {
    pub(crate) fn read(json: &[u8]) -> Result<Self, Refusal> {
        // What is passed over has to be text as well, so that all readers of these octets see the same.
        let json = str::from_utf8(json).map_err(|_| Refusal::ClientData)?;
        let collected: Collected = serde_json::from_str(json).map_err(|_| Refusal::ClientData)?;
        Ok(Self {
            challenge: Challenge::read(&collected.challenge)?,
            is_framed: collected.cross_origin || collected.top_origin.is_some(),
            ceremony: collected.ceremony,
            origin: collected.origin,
        })
    }

    pub(crate) fn check(
        &self,
        ceremony: &'static str,
        expected: &Expected<'_>,
    ) -> Result<(), Refusal> {
        if self.ceremony != ceremony {
            let (expected, received) = (ceremony, self.ceremony.clone());
            return Err(Refusal::Ceremony { expected, received });
        }
        if self.challenge != *expected.challenge {
            return Err(Refusal::Challenge);
        }
        // The whole text: a subdomain or another port is another place.
        if self.origin != expected.site.origin {
            let (expected, received) = (expected.site.origin.clone(), self.origin.clone());
            return Err(Refusal::Origin { expected, received });
        }
        // Our pages are in nobody's frame.
        if self.is_framed {
            return Err(Refusal::CrossOrigin);
        }
        Ok(())
    }
}
