//! The messages of an attempt, kept sealed for a while so that a failure can be explained.

use base64_simd::STANDARD;
use jiff::SignedDuration;
use runtime::app::App;
use saml::UnverifiedMessage;
use serde::{Deserialize, Serialize};
use store::{AttemptId, AttemptMessages, SealedText};

const DAY: i64 = 24 * 3600;
/// A message that is longer is not kept: everything that real identity providers send is far below.
const LARGEST: usize = 256 * 1024;
/// What is longer is no name or address.
const LONGEST_NAME: usize = 254;

/// What was asked, and what came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMessages {
    /// The request.
    pub request: Option<String>,
    /// The response, as it was posted.
    pub response: Option<String>,
}

impl KeptMessages {
    /// Seals them for their attempt; nothing where the operator keeps none.
    pub fn close(&self, app: &App, attempt: &AttemptId) -> Option<AttemptMessages> {
        let days = i64::from(app.config.keep_messages_days);
        if days == 0 || (self.request.is_none() && self.response.is_none()) {
            return None;
        }
        let fits = |message: &Option<String>| {
            let short = message.as_deref().filter(|text| text.len() <= LARGEST);
            short.map(str::to_owned)
        };
        let kept = Self {
            request: fits(&self.request),
            response: fits(&self.response),
        };
        let text = serde_json::to_vec(&kept).expect("texts are JSON");
        Some(AttemptMessages {
            sealed: app.seal.close(&place(attempt), &text),
            person: kept.response.as_deref().and_then(person),
            until: app.clock.now() + SignedDuration::from_secs(days * DAY),
        })
    }

    /// Opens what was sealed for an attempt; nothing when it does not open with this deployment's key.
    pub fn open(app: &App, attempt: &AttemptId, sealed: &SealedText) -> Option<Self> {
        let text = app.seal.open(&place(attempt), sealed).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// The response as XML; nothing when it was not kept or is none.
    pub fn response_xml(&self) -> Option<String> {
        let packed: Vec<u8> = self
            .response
            .as_deref()?
            .bytes()
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        let octets = STANDARD.decode_to_vec(packed).ok()?;
        String::from_utf8(octets).ok()
    }
}

/// What the person seems to be called: an address if there is one among what came. Nobody has verified it; it only helps
/// to find the attempt.
fn person(response: &str) -> Option<String> {
    let said = UnverifiedMessage::parse(response)?;
    let values = said.attributes.iter().flat_map(|one| &one.values);
    let is_address = |value: &&String| value.contains('@') && !value.contains(char::is_whitespace);
    let address = said
        .name_id
        .iter()
        .chain(values)
        .find(is_address)
        .or(said.name_id.as_ref());
    address.filter(|name| name.len() <= LONGEST_NAME).cloned()
}

fn place(attempt: &AttemptId) -> String {
    format!("attempt/{attempt}")
}
