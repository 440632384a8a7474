//! What a connection requires of the authentication of a user, in a response and in a session that it began.

use saml::RequiredAuthentication;
use store::{ConnectionSettings, Session};

/// Whether a sign-in through the connection may be answered from this session, by the settings of now: they may demand
/// more than they did when the session began.
///
/// A session that began before the connection forced authentication is not used again; one that began since was forced.
pub fn is_met_by_session(settings: &ConnectionSettings, session: &Session) -> bool {
    // Both times are in seconds, so an equal time does not tell which was first.
    let is_forced = settings
        .force_authn_since
        .is_none_or(|since| since < session.created_at);
    let acr = session.acr.as_deref();
    is_forced
        && match required_authentication(settings) {
            RequiredAuthentication::OneOf(contexts) => {
                acr.is_some_and(|acr| contexts.iter().any(|context| context == acr))
            }
            RequiredAuthentication::AnyContext => session.auth_time.is_some(),
            RequiredAuthentication::Nothing => true,
        }
}

pub(super) fn required_authentication(settings: &ConnectionSettings) -> RequiredAuthentication {
    let policy = &settings.policy;
    if !settings.authn_contexts.is_empty() {
        let requested = settings.authn_contexts.iter();
        let contexts = requested.chain(&policy.accepted_authn_contexts);
        RequiredAuthentication::OneOf(contexts.cloned().collect())
    } else if policy.accept_missing_authn_statement == Some(true) {
        RequiredAuthentication::Nothing
    } else {
        RequiredAuthentication::AnyContext
    }
}
