//! What happens to members, sessions and sign-ins when a connection is disabled or deleted.

use i18n::Localizer;
use service::connection::ConnectionImpact;

/// What deleting a connection does, in whole sentences.
pub fn connection_deletion_effects(text: Localizer, effect: &ConnectionImpact) -> Vec<String> {
    list_effects(text, effect, "sso-delete-members", "sso-delete-settings")
}

/// The sentences for a confirmation page. `members` is the key of the first one, about the members with an account,
/// `settings` that of the last one.
pub(super) fn list_effects(
    text: Localizer,
    effect: &ConnectionImpact,
    members: &str,
    settings: &str,
) -> Vec<String> {
    let count = |key, count: i64| text.format(key, &[("count", count.into())]);
    let mut effects = vec![count(members, effect.usage.accounts)];
    if effect.is_active {
        effects.push(count("sso-disable-sessions", effect.usage.sessions));
    }
    // With another active connection, its rules decide where the addresses lead.
    if effect.is_active && effect.other_connections.is_empty() && !effect.domains.is_empty() {
        let domains = effect.domains.join(", ");
        effects.push(text.format("sso-disable-domains", &[("domains", domains.into())]));
    }
    if !effect.other_connections.is_empty() {
        let names = effect.other_connections.join(", ");
        effects.push(text.format("sso-disable-others", &[("names", names.into())]));
    }
    effects.push(text.get(settings));
    effects
}
