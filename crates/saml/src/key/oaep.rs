use std::sync::OnceLock;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;
use aws_lc_rs::rsa::{
    OAEP_SHA1_MGF1SHA1, OAEP_SHA256_MGF1SHA256, OAEP_SHA384_MGF1SHA384, OAEP_SHA512_MGF1SHA512,
    OaepAlgorithm, OaepPrivateDecryptingKey, PrivateDecryptingKey,
};
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::rand_core::{TryCryptoRng, TryRng};
use rsa::sha2::digest::{Digest, FixedOutputReset};
use rsa::sha2::{Sha256, Sha384, Sha512};
use rsa::{Oaep, PrivateKey};
use sha1::Sha1;
use zeroize::Zeroizing;

/// A private key for RSA-OAEP (RFC 8017, 7.1) without a label.
///
/// aws-lc-rs decrypts where the digest and the mask have the same hash. It lacks the other pairs, so the crate `rsa`
/// decrypts those, in constant time and with a blinded ciphertext.
pub(super) struct OaepKey {
    pkcs8: Zeroizing<Vec<u8>>,
    one_hash: OaepPrivateDecryptingKey,
    /// Made when it is first needed, which for most connections is never; none if `rsa` cannot use the key.
    two_hashes: OnceLock<Option<PrivateKey>>,
}

/// The two hashes of RSA-OAEP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OaepHashes {
    pub(crate) digest: OaepHash,
    /// The hash of MGF1, the mask generation function.
    pub(crate) mask: OaepHash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OaepHash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl OaepKey {
    pub(super) fn from_pkcs8(pkcs8: Vec<u8>) -> Option<Self> {
        let key = PrivateDecryptingKey::from_pkcs8(&pkcs8).ok()?;
        let one_hash = OaepPrivateDecryptingKey::new(key).ok()?;
        Some(Self {
            pkcs8: Zeroizing::new(pkcs8),
            one_hash,
            two_hashes: OnceLock::new(),
        })
    }

    /// Every failure has the same result: which step failed would help an attacker.
    pub(super) fn decrypt(&self, hashes: OaepHashes, ciphertext: &[u8]) -> Option<Vec<u8>> {
        if hashes.digest == hashes.mask {
            return self.decrypt_with_one_hash(hashes.digest, ciphertext);
        }
        let key = self
            .two_hashes
            .get_or_init(|| PrivateKey::from_pkcs8_der(&self.pkcs8).ok())
            .as_ref()?;
        match hashes.digest {
            OaepHash::Sha1 => decrypt_with_digest::<Sha1>(key, hashes.mask, ciphertext),
            OaepHash::Sha256 => decrypt_with_digest::<Sha256>(key, hashes.mask, ciphertext),
            OaepHash::Sha384 => decrypt_with_digest::<Sha384>(key, hashes.mask, ciphertext),
            OaepHash::Sha512 => decrypt_with_digest::<Sha512>(key, hashes.mask, ciphertext),
        }
    }

    fn decrypt_with_one_hash(&self, hash: OaepHash, ciphertext: &[u8]) -> Option<Vec<u8>> {
        let mut out = vec![0; self.one_hash.min_output_size()];
        let length = self
            .one_hash
            .decrypt(hash.algorithm(), ciphertext, &mut out, None)
            .ok()?
            .len();
        out.truncate(length);
        Some(out)
    }
}

impl OaepHash {
    /// Digest and mask with this hash.
    const fn algorithm(self) -> &'static OaepAlgorithm {
        match self {
            Self::Sha1 => &OAEP_SHA1_MGF1SHA1,
            Self::Sha256 => &OAEP_SHA256_MGF1SHA256,
            Self::Sha384 => &OAEP_SHA384_MGF1SHA384,
            Self::Sha512 => &OAEP_SHA512_MGF1SHA512,
        }
    }
}

fn decrypt_with_digest<D>(key: &PrivateKey, mask: OaepHash, ciphertext: &[u8]) -> Option<Vec<u8>>
where
    D: Digest + FixedOutputReset,
{
    match mask {
        OaepHash::Sha1 => decrypt_with_both::<D, Sha1>(key, ciphertext),
        OaepHash::Sha256 => decrypt_with_both::<D, Sha256>(key, ciphertext),
        OaepHash::Sha384 => decrypt_with_both::<D, Sha384>(key, ciphertext),
        OaepHash::Sha512 => decrypt_with_both::<D, Sha512>(key, ciphertext),
    }
}

fn decrypt_with_both<D, M>(key: &PrivateKey, ciphertext: &[u8]) -> Option<Vec<u8>>
where
    D: Digest + FixedOutputReset,
    M: Digest + FixedOutputReset,
{
    let padding = Oaep::<D, M>::new_with_mgf_hash();
    key.decrypt_blinded(&mut BlindingRng, padding, ciphertext)
        .ok()
}

/// The generator of aws-lc-rs for the blinding of `rsa`.
struct BlindingRng;

impl TryRng for BlindingRng {
    type Error = Unspecified;

    fn try_next_u32(&mut self) -> Result<u32, Unspecified> {
        let mut octets = [0; 4];
        rand::fill(&mut octets)?;
        Ok(u32::from_ne_bytes(octets))
    }

    fn try_next_u64(&mut self) -> Result<u64, Unspecified> {
        let mut octets = [0; 8];
        rand::fill(&mut octets)?;
        Ok(u64::from_ne_bytes(octets))
    }

    fn try_fill_bytes(&mut self, octets: &mut [u8]) -> Result<(), Unspecified> {
        rand::fill(octets)
    }
}

impl TryCryptoRng for BlindingRng {}
