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

/// A private key of ours, with all that others may know of it.
pub struct SigningKey {
    pair: Pair,
    public: PublicKey,
    kid: String,
}

enum Pair {
    Rs256(RsaKeyPair),
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl SigningKey {
    /// Makes a new key. The one function here that draws random numbers: the library takes none from outside.
    pub fn generate_from_system_randomness(
        algorithm: SigningAlgorithm,
    ) -> Result<Self, SigningKeyError> {
        let pair = match algorithm {
            SigningAlgorithm::Rs256 => RsaKeyPair::generate(KeySize::Rsa2048).map(Pair::Rs256),
            SigningAlgorithm::Es256 => {
                EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map(Pair::Es256)
            }
            SigningAlgorithm::EdDsa => Ed25519KeyPair::generate().map(Pair::EdDsa),
        };
        Self::new(pair.map_err(|_| SigningKeyError::Library)?)
    }

    /// Reads a key that [`SigningKey::to_pkcs8_pem`] wrote, or any other tool.
    pub fn from_pkcs8_pem(algorithm: SigningAlgorithm, pem: &str) -> Result<Self, SigningKeyError> {
        let body = pem
            .trim()
            .strip_prefix(BEGIN)
            .and_then(|rest| rest.strip_suffix(END));
        let body = body.ok_or(SigningKeyError::NotPem)?;
        let encoded: String = body.split_ascii_whitespace().collect();
        let der = STANDARD
            .decode_to_vec(encoded)
            .map_err(|_| SigningKeyError::NotPem)?;
        let pair = match algorithm {
            SigningAlgorithm::Rs256 => RsaKeyPair::from_pkcs8(&der).map(Pair::Rs256),
            SigningAlgorithm::Es256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der).map(Pair::Es256)
            }
            SigningAlgorithm::EdDsa => Ed25519KeyPair::from_pkcs8(&der).map(Pair::EdDsa),
        };
        Self::new(pair.map_err(|_| SigningKeyError::NotForAlgorithm { algorithm })?)
    }

    /// Writes the private key, for a store that seals it.
    pub fn to_pkcs8_pem(&self) -> Result<String, SigningKeyError> {
        let der = match &self.pair {
            Pair::Rs256(pair) => {
                let der: Result<Pkcs8V1Der<'static>, _> = pair.as_der();
                der.map(|der| STANDARD.encode_to_string(der.as_ref()))
            }
            Pair::Es256(pair) => pair.to_pkcs8v1().map(|der| STANDARD.encode_to_string(&der)),
            Pair::EdDsa(pair) => pair.to_pkcs8v1().map(|der| STANDARD.encode_to_string(&der)),
        };
        let mut rest = der.map_err(|_| SigningKeyError::Library)?;
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

    /// What it signs with.
    #[must_use]
    pub const fn algorithm(&self) -> SigningAlgorithm {
        match self.pair {
            Pair::Rs256(_) => SigningAlgorithm::Rs256,
            Pair::Es256(_) => SigningAlgorithm::Es256,
            Pair::EdDsa(_) => SigningAlgorithm::EdDsa,
        }
    }

    /// Its name in headers and in the key document: the thumbprint of RFC 7638.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The half that everybody may see.
    #[must_use]
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Writes claims as a signed JWT in compact form (RFC 7515 3.1).
    pub(crate) fn sign_jwt(&self, claims: &impl Serialize) -> Result<String, SigningKeyError> {
        let header = Header {
            alg: self.algorithm().as_str(),
            kid: &self.kid,
            typ: "JWT",
        };
        let part = |json: serde_json::Result<Vec<u8>>| {
            json.map(|json| URL_SAFE_NO_PAD.encode_to_string(json))
                .map_err(|_| SigningKeyError::Library)
        };
        let header = part(serde_json::to_vec(&header))?;
        let claims = part(serde_json::to_vec(claims))?;
        let mut jwt = format!("{header}.{claims}");
        let signature = self.sign(jwt.as_bytes())?;
        jwt.push('.');
        URL_SAFE_NO_PAD.encode_append(signature, &mut jwt);
        Ok(jwt)
    }

    fn new(pair: Pair) -> Result<Self, SigningKeyError> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode_to_string(bytes);
        let public = match &pair {
            Pair::Rs256(pair) => {
                let key = pair.public_key();
                let (n, e) = (key.modulus(), key.exponent());
                let (n, e) = (
                    n.big_endian_without_leading_zero(),
                    e.big_endian_without_leading_zero(),
                );
                PublicKey::Rsa {
                    e: text(e),
                    n: text(n),
                }
            }
            Pair::Es256(pair) => {
                // An uncompressed point: 4, then two coordinates of 32 bytes (SEC 1 2.3.3).
                let point = pair.public_key().as_ref();
                let coordinates = point
                    .strip_prefix(&[4])
                    .and_then(|point| point.split_at_checked(32));
                let (x, y) = coordinates.ok_or(SigningKeyError::Library)?;
                PublicKey::Ec {
                    crv: "P-256",
                    x: text(x),
                    y: text(y),
                }
            }
            Pair::EdDsa(pair) => PublicKey::Okp {
                crv: "Ed25519",
                x: text(pair.public_key().as_ref()),
            },
        };
        let kid = public.thumbprint();
        Ok(Self { pair, public, kid })
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningKeyError> {
        // The library's own type for randomness, which PKCS#1 v1.5 does not use and ECDSA takes beneath it.
        let randomness = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &randomness, message, &mut signature)
                    .map(|()| signature)
            }
            Pair::Es256(pair) => pair
                .sign(&randomness, message)
                .map(|signature| signature.as_ref().to_vec()),
            Pair::EdDsa(pair) => pair
                .try_sign(message)
                .map(|signature| signature.as_ref().to_vec()),
        };
        signature.map_err(|_| SigningKeyError::Library)
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
struct Header<'k> {
    alg: &'static str,
    kid: &'k str,
    typ: &'static str,
}

/// Why a private key of ours cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningKeyError {
    /// It is not the PEM of an unencrypted PKCS#8 private key.
    NotPem,
    /// It is a key of another kind, or a damaged or weak one.
    NotForAlgorithm {
        /// What it was to sign with.
        algorithm: SigningAlgorithm,
    },
    /// The cryptographic library failed, which no input can cause.
    Library,
}

impl fmt::Display for SigningKeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPem => out.write_str("this is not the PEM of a PKCS#8 private key"),
            Self::NotForAlgorithm { algorithm } => {
                write!(out, "this is not a sound key for {}", algorithm.as_str())
            }
            Self::Library => out.write_str("the cryptographic library failed"),
        }
    }
}

impl std::error::Error for SigningKeyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_openssl_made_are_read_and_called_as_others_call_them() {
        let fixtures = include_str!("../tests/fixtures/provider_keys.json");
        let fixtures: Vec<serde_json::Value> = serde_json::from_str(fixtures).unwrap();
        assert_eq!(fixtures.len(), 3);
        for fixture in fixtures {
            let algorithm = SigningAlgorithm::read(fixture["algorithm"].as_str().unwrap()).unwrap();
            let pem = fixture["pem"].as_str().unwrap();
            let key = SigningKey::from_pkcs8_pem(algorithm, pem).unwrap();
            assert_eq!(key.kid(), fixture["thumbprint"]);
            assert_eq!(
                serde_json::to_value(key.public()).unwrap(),
                fixture["public"]
            );
        }
    }

    #[test]
    fn a_new_key_is_the_same_after_writing_and_reading() {
        for algorithm in SigningAlgorithm::ALL {
            let key = SigningKey::generate_from_system_randomness(algorithm).unwrap();
            let pem = key.to_pkcs8_pem().unwrap();
            let read = SigningKey::from_pkcs8_pem(algorithm, &pem).unwrap();
            assert_eq!((read.algorithm(), read.kid()), (algorithm, key.kid()));
            assert_eq!(read.to_pkcs8_pem().unwrap(), pem);
            assert!(pem.lines().all(|line| line.len() <= 64));
            let other = SigningKey::generate_from_system_randomness(algorithm).unwrap();
            assert_ne!(other.kid(), key.kid());
        }
    }

    #[test]
    fn a_key_is_for_one_algorithm() {
        let key = SigningKey::generate_from_system_randomness(SigningAlgorithm::Es256).unwrap();
        let pem = key.to_pkcs8_pem().unwrap();
        for algorithm in [SigningAlgorithm::Rs256, SigningAlgorithm::EdDsa] {
            let error = SigningKey::from_pkcs8_pem(algorithm, &pem).unwrap_err();
            assert_eq!(error, SigningKeyError::NotForAlgorithm { algorithm });
        }
    }

    #[test]
    fn what_is_no_private_key_is_refused() {
        let algorithm = SigningAlgorithm::EdDsa;
        let read = |pem: &str| SigningKey::from_pkcs8_pem(algorithm, pem).unwrap_err();
        let certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
        for pem in [
            "",
            "AAAA",
            certificate,
            BEGIN,
            &format!("{BEGIN}\n!\n{END}"),
        ] {
            assert_eq!(read(pem), SigningKeyError::NotPem, "{pem}");
        }
        let empty = format!("{BEGIN}\n{END}");
        assert_eq!(read(&empty), SigningKeyError::NotForAlgorithm { algorithm });
    }

    #[test]
    fn the_signature_of_rfc_8037_appendix_a_4_comes_out() {
        // PKCS#8 around the seed of the example: version 0, the name of Ed25519, 32 bytes.
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
    fn debugging_output_tells_no_private_key() {
        let key = SigningKey::generate_from_system_randomness(SigningAlgorithm::EdDsa).unwrap();
        assert_eq!(
            format!("{key:?}"),
            format!("SigningKey(EdDSA {})", key.kid())
        );
    }
}
