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
use crate::error::{PasskeyError, ResponsePart};

// Labels of COSE key parameters (RFC 9052, section 7; RFC 9053, section 7).
const KEY_TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const MODULUS: i64 = -1;
const EXPONENT: i64 = -2;

// Values of COSE key types and curves.
const OCTET_KEY_PAIR: i128 = 1;
const ELLIPTIC_CURVE: i128 = 2;
const RSA: i128 = 3;
const P_256: i128 = 1;
const CURVE_ED25519: i128 = 6;

const COORDINATE_BYTES: usize = 32;
// aws-lc-rs accepts no other sizes either; the check here gives them an error of their own.
const MODULUS_BITS: RangeInclusive<usize> = 2048..=8192;
// FIPS 186-4, B.3.1: more than 2^16; aws-lc-rs accepts no more than 33 bits.
const EXPONENT_BITS: RangeInclusive<usize> = 17..=33;

#[derive(Clone)]
pub struct PublicKey {
    algorithm: Algorithm,
    /// The bytes that the authenticator sent.
    cose: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl PublicKey {
    /// Parses a key at the start of the input, and returns the rest of the input with it.
    pub(crate) fn parse_prefix(input: &[u8]) -> Result<(Self, &[u8]), PasskeyError> {
        let (map, rest) = cbor::parse_prefix(ResponsePart::PublicKey, input)?;
        let cose_id = map
            .integer_at(ALGORITHM)
            .ok_or(PasskeyError::InvalidPublicKey)?;
        let algorithm = Algorithm::from_cose_id(cose_id)
            .ok_or(PasskeyError::UnsupportedAlgorithm { received: cose_id })?;
        let parsed = match algorithm {
            Algorithm::EdDsa => parse_ed25519(&map)?,
            Algorithm::Es256 => parse_p256(&map)?,
            Algorithm::Rs256 => parse_rsa(&map)?,
        };
        let cose = input
            .strip_suffix(rest)
            .ok_or(PasskeyError::InvalidPublicKey)?
            .to_vec();
        let key = Self {
            algorithm,
            cose,
            parsed,
        };
        Ok((key, rest))
    }

    /// Parses the text that [`to_stored`](Self::to_stored) returned.
    pub fn from_stored(text: &str) -> Result<Self, PasskeyError> {
        let cose = base64url::decode("public key", text)?;
        match Self::parse_prefix(&cose)? {
            (key, []) => Ok(key),
            (_, rest) => Err(cbor::trailing_bytes(ResponsePart::PublicKey, rest)),
        }
    }

    /// The COSE key in base64url, for a store.
    #[must_use]
    pub fn to_stored(&self) -> String {
        base64url::encode(&self.cose)
    }

    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), PasskeyError> {
        self.parsed
            .verify_sig(message, signature)
            .map_err(|_| PasskeyError::InvalidSignature)
    }
}

fn parse_p256(map: &Map) -> Result<ParsedPublicKey, PasskeyError> {
    expect_key_type(map, ELLIPTIC_CURVE, 5)?;
    expect_curve(map, P_256)?;
    // SEC 1, 2.3.3: the uncompressed form. Parsing it checks that the point is on the curve.
    let uncompressed = [&[4], coordinate(map, X)?, coordinate(map, Y)?].concat();
    ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, uncompressed)
        .map_err(|_| PasskeyError::InvalidPublicKey)
}

fn parse_ed25519(map: &Map) -> Result<ParsedPublicKey, PasskeyError> {
    expect_key_type(map, OCTET_KEY_PAIR, 4)?;
    expect_curve(map, CURVE_ED25519)?;
    ParsedPublicKey::new(&ED25519, coordinate(map, X)?).map_err(|_| PasskeyError::InvalidPublicKey)
}

fn parse_rsa(map: &Map) -> Result<ParsedPublicKey, PasskeyError> {
    expect_key_type(map, RSA, 4)?;
    let n = map
        .bytes_at(MODULUS)
        .ok_or(PasskeyError::InvalidPublicKey)?;
    let e = map
        .bytes_at(EXPONENT)
        .ok_or(PasskeyError::InvalidPublicKey)?;
    let modulus_bits = bit_length(n)?;
    if !MODULUS_BITS.contains(&modulus_bits) {
        return Err(PasskeyError::RsaKeySizeNotAllowed { bits: modulus_bits });
    }
    // aws-lc-rs accepts exponent 1, with which every message is its own signature, and even exponents.
    let is_odd = e.last().is_some_and(|last| last % 2 == 1);
    if !is_odd || !EXPONENT_BITS.contains(&bit_length(e)?) {
        return Err(PasskeyError::InvalidPublicKey);
    }
    RsaPublicKeyComponents { n, e }
        .to_parsed_public_key(&RSA_PKCS1_2048_8192_SHA256)
        .map_err(|_| PasskeyError::InvalidPublicKey)
}

/// The length of a big-endian number in bits; a leading zero byte is an error.
fn bit_length(number: &[u8]) -> Result<usize, PasskeyError> {
    let first = number
        .first()
        .filter(|first| **first != 0)
        .ok_or(PasskeyError::InvalidPublicKey)?;
    let leading_zeros =
        usize::try_from(first.leading_zeros()).map_err(|_| PasskeyError::InvalidPublicKey)?;
    Ok(number.len().saturating_mul(8).saturating_sub(leading_zeros))
}

/// Checks the key type, and that the key has the parameters of its type and no others.
fn expect_key_type(map: &Map, key_type: i128, parameters: usize) -> Result<(), PasskeyError> {
    if map.integer_at(KEY_TYPE) == Some(key_type) && map.len() == parameters {
        Ok(())
    } else {
        Err(PasskeyError::InvalidPublicKey)
    }
}

fn expect_curve(map: &Map, curve: i128) -> Result<(), PasskeyError> {
    if map.integer_at(CURVE) == Some(curve) {
        Ok(())
    } else {
        Err(PasskeyError::InvalidPublicKey)
    }
}

fn coordinate(map: &Map, label: i64) -> Result<&[u8], PasskeyError> {
    map.bytes_at(label)
        .filter(|bytes| bytes.len() == COORDINATE_BYTES)
        .ok_or(PasskeyError::InvalidPublicKey)
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
