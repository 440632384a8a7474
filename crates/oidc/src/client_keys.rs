use aws_lc_rs::signature;
use base64_simd::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::algorithm::AssertionAlgorithm;

const MAX_JWKS_BYTES: usize = 64 * 1024;
const MAX_KEYS: usize = 32;

/// The public keys with which the assertions of an application are verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKeys(Vec<ClientKey>);

impl ClientKeys {
    /// Parses a JWK set or a single JWK. Keys for encryption or of unknown types are ignored.
    pub fn parse(json: &str) -> Result<Self, ClientKeysError> {
        if json.len() > MAX_JWKS_BYTES {
            return Err(ClientKeysError::TooLong {
                limit: MAX_JWKS_BYTES,
                received: json.len(),
            });
        }
        let document: JwksJson =
            serde_json::from_str(json).map_err(|_| ClientKeysError::NotJwkSet)?;
        let jwks = match document {
            JwksJson::Set { keys } => keys,
            JwksJson::Single(key) => vec![*key],
        };
        if jwks.len() > MAX_KEYS {
            return Err(ClientKeysError::TooManyKeys {
                limit: MAX_KEYS,
                received: jwks.len(),
            });
        }
        let keys = jwks.into_iter().map(ClientKey::from_jwk);
        let keys: Vec<_> = keys
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(ClientKeysError::NoUsableKey);
        }
        Ok(Self(keys))
    }

    /// The keys that may have made a signature with this JOSE header.
    pub(crate) fn candidates(
        &self,
        kid: Option<&str>,
        algorithm: AssertionAlgorithm,
    ) -> impl Iterator<Item = &ClientKey> {
        self.0.iter().filter(move |key| {
            let has_kid = kid.is_none() || key.kid.is_none() || key.kid.as_deref() == kid;
            has_kid && key.supports(algorithm)
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientKey {
    kid: Option<String>,
    algorithm: Option<AssertionAlgorithm>,
    material: KeyMaterial,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum KeyMaterial {
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl ClientKey {
    pub(crate) fn verifies(
        &self,
        algorithm: AssertionAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let verify = |scheme: &'static dyn signature::VerificationAlgorithm, key: &[u8]| {
            signature::UnparsedPublicKey::new(scheme, key).verify(message, signature)
        };
        let outcome = match (algorithm, &self.material) {
            (AssertionAlgorithm::Rs256, KeyMaterial::Rsa { n, e }) => {
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (AssertionAlgorithm::Ps256, KeyMaterial::Rsa { n, e }) => {
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PSS_2048_8192_SHA256, message, signature)
            }
            (AssertionAlgorithm::Es256, KeyMaterial::P256(key)) => {
                verify(&signature::ECDSA_P256_SHA256_FIXED, key)
            }
            (AssertionAlgorithm::EdDsa, KeyMaterial::Ed25519(key)) => {
                verify(&signature::ED25519, key)
            }
            (_, KeyMaterial::Rsa { .. } | KeyMaterial::P256(_) | KeyMaterial::Ed25519(_)) => {
                return false;
            }
        };
        outcome.is_ok()
    }

    fn supports(&self, algorithm: AssertionAlgorithm) -> bool {
        let matches_type = match self.material {
            KeyMaterial::Rsa { .. } => {
                matches!(
                    algorithm,
                    AssertionAlgorithm::Rs256 | AssertionAlgorithm::Ps256
                )
            }
            KeyMaterial::P256(_) => algorithm == AssertionAlgorithm::Es256,
            KeyMaterial::Ed25519(_) => algorithm == AssertionAlgorithm::EdDsa,
        };
        matches_type && self.algorithm.is_none_or(|only| only == algorithm)
    }

    /// Returns `None` for a key that cannot verify assertions, and an error for one that must not be registered.
    fn from_jwk(jwk: JwkJson) -> Result<Option<Self>, ClientKeysError> {
        if jwk.d.is_some() || jwk.k.is_some() {
            return Err(ClientKeysError::SecretKey { kid: jwk.kid });
        }
        let algorithm = jwk.alg.as_deref().map(AssertionAlgorithm::parse);
        // A key with an unknown `alg` must not be used with another algorithm.
        if jwk.usage.as_deref().is_some_and(|usage| usage != "sig") || algorithm == Some(None) {
            return Ok(None);
        }
        let material = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("RSA", _) => parse_rsa(jwk.n.as_deref(), jwk.e.as_deref()),
            ("EC", Some("P-256")) => parse_p256(jwk.x.as_deref(), jwk.y.as_deref()),
            ("OKP", Some("Ed25519")) => parse_ed25519(jwk.x.as_deref()),
            _ => return Ok(None),
        };
        let Some(material) = material else {
            return Err(ClientKeysError::MalformedKey { kid: jwk.kid });
        };
        Ok(Some(Self {
            kid: jwk.kid,
            algorithm: algorithm.flatten(),
            material,
        }))
    }
}

fn parse_rsa(n: Option<&str>, e: Option<&str>) -> Option<KeyMaterial> {
    // Some libraries encode a leading zero byte, as DER does.
    let number = |text: &str| {
        let bytes = URL_SAFE_NO_PAD.decode_to_vec(text).ok()?;
        Some(
            bytes
                .into_iter()
                .skip_while(|byte| *byte == 0)
                .collect::<Vec<_>>(),
        )
    };
    let n = number(n?)?;
    let e = number(e?)?;
    let is_long_enough = n.len() > 256 || n.len() == 256 && n.first() >= Some(&0x80);
    // aws-lc-rs makes the same checks when it verifies a signature; the operator should learn of it at registration.
    let is_valid =
        is_long_enough && n.len() <= 1024 && e.last()? % 2 == 1 && e != [1] && e.len() <= 4;
    is_valid.then_some(KeyMaterial::Rsa { n, e })
}

fn parse_p256(x: Option<&str>, y: Option<&str>) -> Option<KeyMaterial> {
    let x = URL_SAFE_NO_PAD.decode_to_vec(x?).ok()?;
    let y = URL_SAFE_NO_PAD.decode_to_vec(y?).ok()?;
    if x.len() != 32 || y.len() != 32 {
        return None;
    }
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    signature::ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, &point).ok()?;
    Some(KeyMaterial::P256(point))
}

fn parse_ed25519(x: Option<&str>) -> Option<KeyMaterial> {
    let key = URL_SAFE_NO_PAD.decode_to_vec(x?).ok()?;
    signature::ParsedPublicKey::new(&signature::ED25519, &key).ok()?;
    Some(KeyMaterial::Ed25519(key))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum JwksJson {
    Set { keys: Vec<JwkJson> },
    Single(Box<JwkJson>),
}

#[derive(Deserialize)]
struct JwkJson {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    d: Option<serde::de::IgnoredAny>,
    k: Option<serde::de::IgnoredAny>,
}

/// Why a document cannot be registered as an application's public keys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClientKeysError {
    #[error("the key set has {received} bytes; the maximum is {limit}")]
    TooLong { limit: usize, received: usize },
    #[error("the key set has {received} keys; the maximum is {limit}")]
    TooManyKeys { limit: usize, received: usize },
    #[error("this is not the JSON of a JWK set")]
    NotJwkSet,
    /// One of the keys is private or symmetric. It was disclosed, so it has to be replaced.
    #[error(
        "{} is a private or shared key: replace it, and register only public keys",
        key_label(.kid.as_deref())
    )]
    SecretKey { kid: Option<String> },
    /// One of the keys does not match its type, or is RSA with fewer than 2048 bits.
    #[error("{} is malformed, or RSA with fewer than 2048 bits", key_label(.kid.as_deref()))]
    MalformedKey { kid: Option<String> },
    #[error("none of the keys is one for RS256, PS256, ES256 or EdDSA")]
    NoUsableKey,
}

impl ClientKeysError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "jwks-too-long",
            Self::TooManyKeys { .. } => "jwks-too-many-keys",
            Self::NotJwkSet => "jwks-not-a-key-set",
            Self::SecretKey { .. } => "jwks-secret-key",
            Self::MalformedKey { .. } => "jwks-malformed-key",
            Self::NoUsableKey => "jwks-no-usable-key",
        }
    }
}

fn key_label(kid: Option<&str>) -> String {
    match kid {
        Some(kid) => format!("the key {kid:?}"),
        None => "a key".to_owned(),
    }
}
