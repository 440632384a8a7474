use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::algorithm::SigningAlgorithm;
use crate::id_token::ID_TOKEN_LIFETIME;
use crate::public_key::PublicKey;
use crate::signing_key::SigningKey;
use crate::time::saturating_add;

/// How long a new key is published before it signs, so that clients have it in their cached key set.
pub const KEY_LEAD_TIME: SignedDuration = SignedDuration::from_hours(24);
/// How long a retired key stays published: until its last ID token has expired, plus five minutes of clock skew.
const RETIRED_KEY_RETENTION: SignedDuration =
    ID_TOKEN_LIFETIME.saturating_add(SignedDuration::from_mins(5));

/// A signing key of this provider, with the times of its rotation.
#[derive(Clone, Debug)]
pub struct ProviderKey {
    /// The key is in the key set from the moment it exists.
    pub key: Arc<SigningKey>,
    /// The key signs from here on.
    pub used_from: Timestamp,
    /// The key no longer signs from here on, because its successor does.
    pub retired_at: Option<Timestamp>,
}

impl ProviderKey {
    /// The first key signs immediately.
    #[must_use]
    pub fn first(key: SigningKey, now: Timestamp) -> Self {
        Self {
            key: Arc::new(key),
            used_from: now,
            retired_at: None,
        }
    }

    /// A successor signs after [`KEY_LEAD_TIME`].
    #[must_use]
    pub fn successor(key: SigningKey, now: Timestamp) -> Self {
        let used_from = saturating_add(now, KEY_LEAD_TIME);
        Self {
            key: Arc::new(key),
            used_from,
            retired_at: None,
        }
    }

    fn is_retired(&self, now: Timestamp) -> bool {
        self.retired_at.is_some_and(|at| at <= now)
    }

    fn is_published(&self, now: Timestamp) -> bool {
        let is_removed = |retired_at| saturating_add(retired_at, RETIRED_KEY_RETENTION) <= now;
        !self.retired_at.is_some_and(is_removed)
    }
}

/// All signing keys of this provider, including retired and future ones.
#[derive(Clone, Debug, Default)]
pub struct ProviderKeys(Vec<ProviderKey>);

impl ProviderKeys {
    #[must_use]
    pub const fn new(keys: Vec<ProviderKey>) -> Self {
        Self(keys)
    }

    /// The newest key whose turn has come. If none has a turn by this clock, the first one that will: the clock of the
    /// node that generated it may have been ahead, and the key is published.
    #[must_use]
    pub fn signing_key(&self, algorithm: SigningAlgorithm, now: Timestamp) -> Option<&SigningKey> {
        let candidates = || {
            let of_algorithm = self.0.iter().filter(|key| key.key.algorithm() == algorithm);
            of_algorithm.filter(|key| !key.is_retired(now))
        };
        let current = candidates()
            .filter(|key| key.used_from <= now)
            .max_by_key(|key| key.used_from);
        let next = || candidates().min_by_key(|key| key.used_from);
        current.or_else(next).map(|key| &*key.key)
    }

    /// The keys that are published now.
    #[must_use]
    pub fn jwks(&self, now: Timestamp) -> JwkSet {
        let published = self.0.iter().filter(|key| key.is_published(now));
        JwkSet {
            keys: published.map(|key| Jwk::new(&key.key)).collect(),
        }
    }
}

/// A JWK set (RFC 7517 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    pub keys: Vec<Jwk>,
}

/// A public signature key (RFC 7517 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Jwk {
    #[serde(flatten)]
    pub key: PublicKey,
    pub kid: String,
    pub alg: &'static str,
    #[serde(rename = "use")]
    pub usage: &'static str,
}

impl Jwk {
    fn new(key: &SigningKey) -> Self {
        Self {
            key: key.public_key().clone(),
            kid: key.kid().to_owned(),
            alg: key.algorithm().as_str(),
            usage: "sig",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

    fn generate_key(algorithm: SigningAlgorithm) -> SigningKey {
        SigningKey::generate(algorithm).unwrap()
    }

    /// The `kid` of the signing key, and those of the published keys.
    fn signing_and_published_kids(
        keys: &ProviderKeys,
        now: Timestamp,
    ) -> (Option<&str>, Vec<String>) {
        let signing = keys
            .signing_key(SigningAlgorithm::EdDsa, now)
            .map(SigningKey::kid);
        (
            signing,
            keys.jwks(now).keys.into_iter().map(|key| key.kid).collect(),
        )
    }

    #[test]
    fn a_successor_is_published_before_it_signs_and_its_predecessor_after() {
        let mut old = ProviderKey::first(generate_key(SigningAlgorithm::EdDsa), NOW);
        let new = ProviderKey::successor(
            generate_key(SigningAlgorithm::EdDsa),
            NOW + SignedDuration::from_secs(10),
        );
        let successor_from = NOW + SignedDuration::from_secs(10) + KEY_LEAD_TIME;
        old.retired_at = Some(successor_from);
        let first = old.key.kid().to_owned();
        let second = new.key.kid().to_owned();
        let keys = ProviderKeys::new(vec![old, new]);
        let both = vec![first.clone(), second.clone()];

        assert_eq!(
            signing_and_published_kids(&keys, NOW - SignedDuration::from_secs(1)),
            (Some(&*first), both.clone())
        );
        assert_eq!(
            signing_and_published_kids(&keys, NOW),
            (Some(&*first), both.clone())
        );
        assert_eq!(
            signing_and_published_kids(&keys, NOW + SignedDuration::from_secs(10)),
            (Some(&*first), both.clone())
        );
        assert_eq!(
            signing_and_published_kids(&keys, successor_from - SignedDuration::from_secs(1)),
            (Some(&*first), both.clone())
        );
        assert_eq!(
            signing_and_published_kids(&keys, successor_from),
            (Some(&*second), both.clone())
        );
        // The last token of the old key has expired, even for a clock that is five minutes slow.
        let removed_at = successor_from + ID_TOKEN_LIFETIME + SignedDuration::from_mins(5);
        assert_eq!(
            signing_and_published_kids(&keys, removed_at - SignedDuration::from_secs(1)),
            (Some(&*second), both)
        );
        assert_eq!(
            signing_and_published_kids(&keys, removed_at),
            (Some(&*second), vec![second.clone()])
        );
    }

    #[test]
    fn each_algorithm_has_its_own_key() {
        let keys =
            SigningAlgorithm::ALL.map(|algorithm| ProviderKey::first(generate_key(algorithm), NOW));
        let keys = ProviderKeys::new(keys.to_vec());
        for algorithm in SigningAlgorithm::ALL {
            let signing = keys.signing_key(algorithm, NOW).map(SigningKey::algorithm);
            assert_eq!(signing, Some(algorithm));
        }
        assert!(
            ProviderKeys::default()
                .signing_key(SigningAlgorithm::Rs256, NOW)
                .is_none()
        );
    }

    #[test]
    fn the_jwk_set_has_only_public_key_parameters() {
        let keys =
            SigningAlgorithm::ALL.map(|algorithm| ProviderKey::first(generate_key(algorithm), NOW));
        let jwks = serde_json::to_value(ProviderKeys::new(keys.to_vec()).jwks(NOW)).unwrap();
        let members = |index: usize| {
            let key = jwks["keys"][index].as_object().unwrap();
            key.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(members(0), "alg e kid kty n use");
        assert_eq!(members(1), "alg crv kid kty use x y");
        assert_eq!(members(2), "alg crv kid kty use x");
    }
}
