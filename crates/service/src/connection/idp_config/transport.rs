//! The transport of requests: what a browser takes to a sign-on URL with plain http, others can read and change.

use runtime::problem::{LocalizedText, Problem};
use store::Connection;

use super::IdpConfig;
use crate::connection::settings::ConnectionInput;

/// Rejects a new sign-on URL with plain http, except of a loopback address. A connection that has it already keeps it,
/// with a warning.
pub(super) fn check(
    settings: &ConnectionInput,
    config: &IdpConfig,
    before: Option<&Connection>,
) -> Result<(), Problem> {
    let Some(url) = &config.sign_on_url else {
        return Ok(());
    };
    let is_unchanged = before.is_some_and(|before| before.settings.sign_on_url == url.as_str());
    if url.is_protected() || is_unchanged {
        return Ok(());
    }
    let field = match settings.metadata_xml {
        Some(_) => "metadata_xml",
        None => "sign_on_url",
    };
    Err(Problem::field(
        field,
        LocalizedText::key("problem-expected-https-sign-on-url"),
        LocalizedText::with("problem-received-plain-http", &[("url", url.as_str())]),
    ))
}
