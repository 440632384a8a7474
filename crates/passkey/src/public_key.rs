//! The public key of a credential, in COSE (RFC 9053; Web Authentication, section 5.8.5).

use std::fmt;
use std::ops::RangeInclusive;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
    RsaPublicKeyComponents,
};

use crate::algorithm::Algorithm;
use crate::base64url;
use crate::cbor::{self, Map};
use crate::refusal::{Part, Refusal};

// Labels of COSE.
const KEY_TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const MODULUS: i64 = -1;
const EXPONENT: i64 = -2;

// Values of COSE.
const OCTET_KEY_PAIR: i128 = 1;
const ELLIPTIC_CURVE: i128 = 2;
const RSA: i128 = 3;
const P_256: i128 = 1;
const CURVE_ED25519: i128 = 6;

const COORDINATE_BYTES: usize = 32;
// The primitive takes no other sizes either; asked here, they have a refusal of their own.
const MODULUS_BITS: RangeInclusive<usize> = 2048..=8192;
// FIPS 186-4, B.3.1: more than 2^16; the primitive's most.
const EXPONENT_BITS: RangeInclusive<usize> = 17..=33;

/// What verifies the signatures of one credential.
#[derive(Clone)]
pub struct PublicKey {
    algorithm: Algorithm,
    /// The octets that the authenticator sent.
    cose: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl PublicKey {
    /// Reads a key, and gives what stands after it.
    pub(crate) fn read(input: &[u8]) -> Result<(Self, &[u8]), Refusal> {
        let (map, rest) = cbor::read(Part::PublicKey, input)?;
        let number = map.labelled_number(ALGORITHM).ok_or(Refusal::PublicKey)?;
        let algorithm =
            Algorithm::of_number(number).ok_or(Refusal::Algorithm { received: number })?;
        let parsed = match algorithm {
            Algorithm::EdDsa => edwards(&map)?,
            Algorithm::Es256 => point(&map)?,
            Algorithm::Rs256 => rsa(&map)?,
        };
        let cose = input.strip_suffix(rest).ok_or(Refusal::PublicKey)?.to_vec();
        let key = Self {
            algorithm,
            cose,
            parsed,
        };
        Ok((key, rest))
    }

    /// Reads the text that a store kept.
    ///
    /// # Errors
    ///
    /// When it is not what [`stored`](Self::stored) gave.
    pub fn from_stored(text: &str) -> Result<Self, Refusal> {
        let cose = base64url::decode("public key", text)?;
        match Self::read(&cose)? {
            (key, []) => Ok(key),
            (_, rest) => Err(cbor::trailing(Part::PublicKey, rest)),
        }
    }

    /// Its text for a store: the key in COSE, in base64url.
    #[must_use]
    pub fn stored(&self) -> String {
        base64url::encode(&self.cose)
    }

    /// How it signs.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        self.parsed
            .verify_sig(message, signature)
            .map_err(|_| Refusal::Signature)
    }
}

fn point(map: &Map) -> Result<ParsedPublicKey, Refusal> {
    expect(map, ELLIPTIC_CURVE, 5)?;
    expect_curve(map, P_256)?;
    // SEC 1, 2.3.3: the uncompressed form; parsing it finds out whether the point is on the curve.
    let uncompressed = [&[4], coordinate(map, X)?, coordinate(map, Y)?].concat();
    ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, uncompressed).map_err(|_| Refusal::PublicKey)
}

fn edwards(map: &Map) -> Result<ParsedPublicKey, Refusal> {
    expect(map, OCTET_KEY_PAIR, 4)?;
    expect_curve(map, CURVE_ED25519)?;
    ParsedPublicKey::new(&ED25519, coordinate(map, X)?).map_err(|_| Refusal::PublicKey)
}

fn rsa(map: &Map) -> Result<ParsedPublicKey, Refusal> {
    expect(map, RSA, 4)?;
    let n = map.labelled_bytes(MODULUS).ok_or(Refusal::PublicKey)?;
    let e = map.labelled_bytes(EXPONENT).ok_or(Refusal::PublicKey)?;
    let modulus_bits = bits(n)?;
    if !MODULUS_BITS.contains(&modulus_bits) {
        return Err(Refusal::RsaKeySize { bits: modulus_bits });
    }
    // The primitive takes exponent 1, with which a signature is its own message, and even ones.
    let is_odd = e.last().is_some_and(|last| last % 2 == 1);
    if !is_odd || !EXPONENT_BITS.contains(&bits(e)?) {
        return Err(Refusal::PublicKey);
    }
    RsaPublicKeyComponents { n, e }
        .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
        .map_err(|_| Refusal::PublicKey)
}

/// How long a number is, which is written without zeros before it.
fn bits(number: &[u8]) -> Result<usize, Refusal> {
    let first = number
        .first()
        .filter(|first| **first != 0)
        .ok_or(Refusal::PublicKey)?;
    let zeros = usize::try_from(first.leading_zeros()).map_err(|_| Refusal::PublicKey)?;
    Ok(number.len().saturating_mul(8).saturating_sub(zeros))
}

/// A key has the members of its kind and no others.
fn expect(map: &Map, key_type: i128, members: usize) -> Result<(), Refusal> {
    if map.labelled_number(KEY_TYPE) == Some(key_type) && map.len() == members {
        Ok(())
    } else {
        Err(Refusal::PublicKey)
    }
}

fn expect_curve(map: &Map, curve: i128) -> Result<(), Refusal> {
    if map.labelled_number(CURVE) == Some(curve) {
        Ok(())
    } else {
        Err(Refusal::PublicKey)
    }
}

fn coordinate(map: &Map, label: i64) -> Result<&[u8], Refusal> {
    map.labelled_bytes(label)
        .filter(|bytes| bytes.len() == COORDINATE_BYTES)
        .ok_or(Refusal::PublicKey)
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.cose == other.cose
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("PublicKey").field(&self.algorithm).finish()
    }
}
