use std::sync::Arc;

use serde::Serialize;

use crate::algorithm::SigningAlgorithm;
use crate::id_token::ID_TOKEN_LIFETIME;
use crate::public_key::PublicKey;
use crate::signing_key::SigningKey;
use crate::timestamp::Timestamp;

/// How many seconds a successor is published before it signs, so that every client's copy of the key document has it.
pub const PUBLISHED_BEFORE_USE: i64 = 24 * 3600;
/// How many seconds a retired key stays published: until its last token has expired for the slowest clock.
const PUBLISHED_AFTER_USE: i64 = ID_TOKEN_LIFETIME + 300;

/// A key of ours and the times of its life.
#[derive(Clone, Debug)]
pub struct ProviderKey {
    /// The key.
    pub key: Arc<SigningKey>,
    /// When clients may see it first.
    pub published_at: Timestamp,
    /// When it may sign first.
    pub used_from: Timestamp,
    /// When it stops signing: the second in which its successor begins.
    pub retired_at: Option<Timestamp>,
}

impl ProviderKey {
    /// A key that signs at once, because there is none before it.
    #[must_use]
    pub fn first(key: SigningKey, now: Timestamp) -> Self {
        Self {
            key: Arc::new(key),
            published_at: now,
            used_from: now,
            retired_at: None,
        }
    }

    /// A key that takes over once every client can have seen it.
    #[must_use]
    pub fn successor(key: SigningKey, now: Timestamp) -> Self {
        let used_from = now.after(PUBLISHED_BEFORE_USE);
        Self {
            key: Arc::new(key),
            published_at: now,
            used_from,
            retired_at: None,
        }
    }

    fn is_signing(&self, now: Timestamp) -> bool {
        self.used_from <= now && self.retired_at.is_none_or(|at| now < at)
    }

    fn is_published(&self, now: Timestamp) -> bool {
        let is_over = |at: Timestamp| at.after(PUBLISHED_AFTER_USE) <= now;
        self.published_at <= now && !self.retired_at.is_some_and(is_over)
    }
}

/// All keys of ours, past and future ones included.
#[derive(Clone, Debug, Default)]
pub struct KeySet(Vec<ProviderKey>);

impl KeySet {
    /// Takes the keys as the store has them.
    #[must_use]
    pub const fn new(keys: Vec<ProviderKey>) -> Self {
        Self(keys)
    }

    /// The key to sign with now: the youngest one that may.
    #[must_use]
    pub fn signing_key(&self, algorithm: SigningAlgorithm, now: Timestamp) -> Option<&SigningKey> {
        let of_algorithm = self.0.iter().filter(|key| key.key.algorithm() == algorithm);
        let signing = of_algorithm.filter(|key| key.is_signing(now));
        signing.max_by_key(|key| key.used_from).map(|key| &*key.key)
    }

    /// The key document as clients may see it now.
    #[must_use]
    pub fn document(&self, now: Timestamp) -> JwkSet {
        let published = self.0.iter().filter(|key| key.is_published(now));
        JwkSet {
            keys: published.map(|key| PublishedKey::new(&key.key)).collect(),
        }
    }
}

/// The key document (RFC 7517 5), as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JwkSet {
    /// The keys that signatures of ours may be checked with.
    pub keys: Vec<PublishedKey>,
}

/// One key of the key document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishedKey {
    /// The key.
    #[serde(flatten)]
    pub key: PublicKey,
    /// Its name in the header of what it signs.
    pub kid: String,
    /// What it signs with.
    pub alg: &'static str,
    /// That it signs.
    #[serde(rename = "use")]
    pub usage: &'static str,
}

impl PublishedKey {
    fn new(key: &SigningKey) -> Self {
        Self {
            key: key.public().clone(),
            kid: key.kid().to_owned(),
            alg: key.algorithm().as_str(),
            usage: "sig",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000);

    fn key(algorithm: SigningAlgorithm) -> SigningKey {
        SigningKey::generate_from_system_randomness(algorithm).unwrap()
    }

    /// The names of the signing key and of the published ones.
    fn at(keys: &KeySet, now: Timestamp) -> (Option<&str>, Vec<String>) {
        let signing = keys
            .signing_key(SigningAlgorithm::EdDsa, now)
            .map(SigningKey::kid);
        (
            signing,
            keys.document(now)
                .keys
                .into_iter()
                .map(|key| key.kid)
                .collect(),
        )
    }

    #[test]
    fn a_successor_is_published_before_it_signs_and_its_predecessor_after() {
        let mut old = ProviderKey::first(key(SigningAlgorithm::EdDsa), NOW);
        let new = ProviderKey::successor(key(SigningAlgorithm::EdDsa), NOW.after(10));
        let takes_over = NOW.after(10 + PUBLISHED_BEFORE_USE);
        old.retired_at = Some(takes_over);
        let (first, second) = (old.key.kid().to_owned(), new.key.kid().to_owned());
        let keys = KeySet::new(vec![old, new]);
        let both = vec![first.clone(), second.clone()];

        assert_eq!(at(&keys, NOW.before(1)), (None, vec![]));
        assert_eq!(at(&keys, NOW), (Some(&*first), vec![first.clone()]));
        assert_eq!(at(&keys, NOW.after(10)), (Some(&*first), both.clone()));
        assert_eq!(
            at(&keys, takes_over.before(1)),
            (Some(&*first), both.clone())
        );
        assert_eq!(at(&keys, takes_over), (Some(&*second), both.clone()));
        // The last token of the old key has expired, for a clock that is five minutes late too.
        let gone = takes_over.after(ID_TOKEN_LIFETIME + 300);
        assert_eq!(at(&keys, gone.before(1)), (Some(&*second), both));
        assert_eq!(at(&keys, gone), (Some(&*second), vec![second.clone()]));
    }

    #[test]
    fn each_algorithm_has_its_own_key() {
        let keys = SigningAlgorithm::ALL.map(|kind| ProviderKey::first(key(kind), NOW));
        let keys = KeySet::new(keys.to_vec());
        for algorithm in SigningAlgorithm::ALL {
            let signing = keys.signing_key(algorithm, NOW).map(SigningKey::algorithm);
            assert_eq!(signing, Some(algorithm));
        }
        assert!(
            KeySet::default()
                .signing_key(SigningAlgorithm::Rs256, NOW)
                .is_none()
        );
    }

    #[test]
    fn the_document_has_the_public_half_alone() {
        let keys = SigningAlgorithm::ALL.map(|kind| ProviderKey::first(key(kind), NOW));
        let document = serde_json::to_value(KeySet::new(keys.to_vec()).document(NOW)).unwrap();
        let names = |index: usize| {
            let key = document["keys"][index].as_object().unwrap();
            key.keys().map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(0), "alg e kid kty n use");
        assert_eq!(names(1), "alg crv kid kty use x y");
        assert_eq!(names(2), "alg crv kid kty use x");
    }
}
