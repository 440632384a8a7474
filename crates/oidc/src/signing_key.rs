use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    RsaKeyPair,
};
use base64_simd::{STANDARD, URL_SAFE_NO_PAD};
use serde::Serialize;

use crate::algorithm::SigningAlgorithm;
use crate::public_key::PublicKey;

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// A private key of this provider, with its public key and key ID.
pub struct SigningKey {
    key_pair: KeyPairKind,
    public_key: PublicKey,
    kid: String,
}

enum KeyPairKind {
    Rs256(RsaKeyPair),
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl SigningKey {
    /// Uses the system's random number generator, because aws-lc-rs accepts no other for key generation.
    pub fn generate(algorithm: SigningAlgorithm) -> Result<Self, SigningKeyError> {
        let pair = match algorithm {
            SigningAlgorithm::Rs256 => {
                RsaKeyPair::generate(KeySize::Rsa2048).map(KeyPairKind::Rs256)
            }
            SigningAlgorithm::Es256 => {
                EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map(KeyPairKind::Es256)
            }
            SigningAlgorithm::EdDsa => Ed25519KeyPair::generate().map(KeyPairKind::EdDsa),
        };
        Self::new(pair.map_err(|_| SigningKeyError::Crypto)?)
    }

    /// Accepts the PEM that [`SigningKey::to_pkcs8_pem`] or another tool wrote.
    pub fn from_pkcs8_pem(algorithm: SigningAlgorithm, pem: &str) -> Result<Self, SigningKeyError> {
        let body = pem
            .trim()
            .strip_prefix(BEGIN)
            .and_then(|rest| rest.strip_suffix(END));
        let body = body.ok_or(SigningKeyError::InvalidPem)?;
        let encoded: String = body.split_ascii_whitespace().collect();
        let der = STANDARD
            .decode_to_vec(encoded)
            .map_err(|_| SigningKeyError::InvalidPem)?;
        let pair = match algorithm {
            SigningAlgorithm::Rs256 => RsaKeyPair::from_pkcs8(&der).map(KeyPairKind::Rs256),
            SigningAlgorithm::Es256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der)
                    .map(KeyPairKind::Es256)
            }
            SigningAlgorithm::EdDsa => Ed25519KeyPair::from_pkcs8(&der).map(KeyPairKind::EdDsa),
        };
        Self::new(pair.map_err(|_| SigningKeyError::InvalidKey { algorithm })?)
    }

    /// The private key, for a store that encrypts it.
    pub fn to_pkcs8_pem(&self) -> Result<String, SigningKeyError> {
        let der = match &self.key_pair {
            KeyPairKind::Rs256(pair) => {
                let der: Result<Pkcs8V1Der<'static>, _> = pair.as_der();
                der.map(|der| STANDARD.encode_to_string(der.as_ref()))
            }
            KeyPairKind::Es256(pair) => {
                pair.to_pkcs8v1().map(|der| STANDARD.encode_to_string(&der))
            }
            KeyPairKind::EdDsa(pair) => {
                pair.to_pkcs8v1().map(|der| STANDARD.encode_to_string(&der))
            }
        };
        let mut rest = der.map_err(|_| SigningKeyError::Crypto)?;
        let mut pem = format!("{BEGIN}\n");
        while !rest.is_empty() {
            // RFC 7468 2: lines of 64 characters.
            let next = rest.split_off(rest.len().min(64));
            pem.push_str(&rest);
            pem.push('\n');
            rest = next;
        }
        pem.push_str(END);
        pem.push('\n');
        Ok(pem)
    }

    #[must_use]
    pub const fn algorithm(&self) -> SigningAlgorithm {
        match self.key_pair {
            KeyPairKind::Rs256(_) => SigningAlgorithm::Rs256,
            KeyPairKind::Es256(_) => SigningAlgorithm::Es256,
            KeyPairKind::EdDsa(_) => SigningAlgorithm::EdDsa,
        }
    }

    /// The key ID: the thumbprint of RFC 7638.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// Signs the claims as a JWT in compact form (RFC 7515 3.1).
    pub(crate) fn sign_jwt(&self, claims: &impl Serialize) -> Result<String, SigningKeyError> {
        let header = JoseHeader {
            alg: self.algorithm().as_str(),
            kid: &self.kid,
            typ: "JWT",
        };
        let part = |json: serde_json::Result<Vec<u8>>| {
            json.map(|json| URL_SAFE_NO_PAD.encode_to_string(json))
                .map_err(|_| SigningKeyError::Crypto)
        };
        let header = part(serde_json::to_vec(&header))?;
        let claims = part(serde_json::to_vec(claims))?;
        let mut jwt = format!("{header}.{claims}");
        let signature = self.sign(jwt.as_bytes())?;
        jwt.push('.');
        URL_SAFE_NO_PAD.encode_append(signature, &mut jwt);
        Ok(jwt)
    }

    fn new(pair: KeyPairKind) -> Result<Self, SigningKeyError> {
        let base64url = |bytes: &[u8]| URL_SAFE_NO_PAD.encode_to_string(bytes);
        let public = match &pair {
            KeyPairKind::Rs256(pair) => {
                let key = pair.public_key();
                PublicKey::Rsa {
                    e: base64url(key.exponent().big_endian_without_leading_zero()),
                    n: base64url(key.modulus().big_endian_without_leading_zero()),
                }
            }
            KeyPairKind::Es256(pair) => {
                // An uncompressed point: 4, then two coordinates of 32 bytes (SEC 1 2.3.3).
                let point = pair.public_key().as_ref();
                let coordinates = point
                    .strip_prefix(&[4])
                    .and_then(|point| point.split_at_checked(32));
                let (x, y) = coordinates.ok_or(SigningKeyError::Crypto)?;
                PublicKey::Ec {
                    crv: "P-256",
                    x: base64url(x),
                    y: base64url(y),
                }
            }
            KeyPairKind::EdDsa(pair) => PublicKey::Okp {
                crv: "Ed25519",
                x: base64url(pair.public_key().as_ref()),
            },
        };
        let kid = public.thumbprint();
        Ok(Self {
            key_pair: pair,
            public_key: public,
            kid,
        })
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningKeyError> {
        // PKCS#1 v1.5 uses no randomness, and aws-lc-rs takes that of ECDSA from its own generator.
        let randomness = SystemRandom::new();
        let signature = match &self.key_pair {
            KeyPairKind::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &randomness, message, &mut signature)
                    .map(|()| signature)
            }
            KeyPairKind::Es256(pair) => pair
                .sign(&randomness, message)
                .map(|signature| signature.as_ref().to_vec()),
            KeyPairKind::EdDsa(pair) => pair
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec()),
        };
        signature.map_err(|_| SigningKeyError::Crypto)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "SigningKey({} {})",
            self.algorithm().as_str(),
            self.kid
        )
    }
}

#[derive(Serialize)]
struct JoseHeader<'k> {
    alg: &'static str,
    kid: &'k str,
    typ: &'static str,
}

/// Why a signing key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningKeyError {
    /// Not the PEM of an unencrypted PKCS#8 private key.
    #[error("this is not the PEM of a PKCS#8 private key")]
    InvalidPem,
    /// A key of another type, or a damaged or weak one.
    #[error("this is not a valid key for {}", .algorithm.as_str())]
    InvalidKey { algorithm: SigningAlgorithm },
    /// The cryptographic library failed, which no input can cause.
    #[error("the cryptographic library failed")]
    Crypto,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn keys_of_openssl_have_the_thumbprint_of_another_implementation() {
        let fixtures = include_str!("../tests/fixtures/provider_keys.json");
        let fixtures: Vec<serde_json::Value> = serde_json::from_str(fixtures).unwrap();
        assert_eq!(fixtures.len(), 3);
        for fixture in fixtures {
            let algorithm =
                SigningAlgorithm::parse(fixture["algorithm"].as_str().unwrap()).unwrap();
            let pem = fixture["pem"].as_str().unwrap();
            let key = SigningKey::from_pkcs8_pem(algorithm, pem).unwrap();
            assert_eq!(key.kid(), fixture["thumbprint"]);
            assert_eq!(
                serde_json::to_value(key.public_key()).unwrap(),
                fixture["public"]
            );
        }
    }

    #[test]
    fn a_generated_key_survives_a_pem_round_trip() {
        for algorithm in SigningAlgorithm::ALL {
            let key = SigningKey::generate(algorithm).unwrap();
            let pem = key.to_pkcs8_pem().unwrap();
            let parsed = SigningKey::from_pkcs8_pem(algorithm, &pem).unwrap();
            assert_eq!((parsed.algorithm(), parsed.kid()), (algorithm, key.kid()));
            assert_eq!(parsed.to_pkcs8_pem().unwrap(), pem);
            assert!(pem.lines().all(|line| line.len() <= 64));
            let other = SigningKey::generate(algorithm).unwrap();
            assert_ne!(other.kid(), key.kid());
        }
    }

    #[rstest]
    fn a_key_is_valid_for_one_algorithm(
        #[values(SigningAlgorithm::Rs256, SigningAlgorithm::EdDsa)] algorithm: SigningAlgorithm,
    ) {
        let key = SigningKey::generate(SigningAlgorithm::Es256).unwrap();
        let pem = key.to_pkcs8_pem().unwrap();
        let error = SigningKey::from_pkcs8_pem(algorithm, &pem).unwrap_err();
        assert_eq!(error, SigningKeyError::InvalidKey { algorithm });
    }

    #[rstest]
    #[case::empty("")]
    #[case::no_armor("AAAA")]
    #[case::certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    #[case::only_begin(BEGIN)]
    #[case::not_base64(&format!("{BEGIN}\n!\n{END}"))]
    fn text_that_is_not_a_private_key_is_rejected(#[case] pem: &str) {
        let error = SigningKey::from_pkcs8_pem(SigningAlgorithm::EdDsa, pem).unwrap_err();
        assert_eq!(error, SigningKeyError::InvalidPem);
    }

    #[test]
    fn an_empty_private_key_is_rejected() {
        let algorithm = SigningAlgorithm::EdDsa;
        let empty = format!("{BEGIN}\n{END}");
        let error = SigningKey::from_pkcs8_pem(algorithm, &empty).unwrap_err();
        assert_eq!(error, SigningKeyError::InvalidKey { algorithm });
    }

    #[test]
    fn the_signature_is_that_of_rfc_8037_appendix_a_4() {
        // PKCS#8 around the seed of the example: version 0, the OID of Ed25519, 32 bytes.
        let seed = URL_SAFE_NO_PAD.decode_to_vec("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        let der = [
            &[48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32],
            &*seed.unwrap(),
        ];
        let pem = format!(
            "{BEGIN}\n{}\n{END}",
            STANDARD.encode_to_string(der.concat())
        );
        let key = SigningKey::from_pkcs8_pem(SigningAlgorithm::EdDsa, &pem).unwrap();
        let message = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
        assert_eq!(
            URL_SAFE_NO_PAD.encode_to_string(key.sign(message).unwrap()),
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    #[test]
    fn debug_output_contains_no_private_key() {
        let key = SigningKey::generate(SigningAlgorithm::EdDsa).unwrap();
        assert_eq!(
            format!("{key:?}"),
            format!("SigningKey(EdDSA {})", key.kid())
        );
    }
}
