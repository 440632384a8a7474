use aws_lc_rs::signature;
use base64_simd::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::algorithm::AssertionAlgorithm;

/// The most bytes that an application's key document may have.
const LONGEST_DOCUMENT: usize = 64 * 1024;
/// The most keys that an application may have.
const MOST_KEYS: usize = 32;

/// The public keys by which an application signs its assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientKeys(Vec<ClientKey>);

impl ClientKeys {
    /// Reads a JWK set, or one JWK; keys for encryption and of kinds that we do not know are left out.
    pub fn read(json: &str) -> Result<Self, ClientKeysError> {
        if json.len() > LONGEST_DOCUMENT {
            let received = json.len();
            return Err(ClientKeysError::TooLong {
                limit: LONGEST_DOCUMENT,
                received,
            });
        }
        let posted: PostedKeys =
            serde_json::from_str(json).map_err(|_| ClientKeysError::NotAKeySet)?;
        let posted = match posted {
            PostedKeys::Set { keys } => keys,
            PostedKeys::One(key) => vec![*key],
        };
        if posted.len() > MOST_KEYS {
            let received = posted.len();
            return Err(ClientKeysError::TooMany {
                limit: MOST_KEYS,
                received,
            });
        }
        let keys = posted.into_iter().map(ClientKey::read);
        let keys: Vec<_> = keys
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        if keys.is_empty() {
            return Err(ClientKeysError::NoneUsable);
        }
        Ok(Self(keys))
    }

    /// The keys that may have made a signature whose header says this.
    pub(crate) fn candidates(
        &self,
        kid: Option<&str>,
        algorithm: AssertionAlgorithm,
    ) -> impl Iterator<Item = &ClientKey> {
        self.0.iter().filter(move |key| {
            let is_named = kid.is_none() || key.kid.is_none() || key.kid.as_deref() == kid;
            is_named && key.can(algorithm)
        })
    }
}

/// One public key of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientKey {
    kid: Option<String>,
    algorithm: Option<AssertionAlgorithm>,
    material: Material,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Material {
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
    Rsa { n: Vec<u8>, e: Vec<u8> },
}

impl ClientKey {
    /// Whether this key made this signature over this message.
    pub(crate) fn verifies(
        &self,
        algorithm: AssertionAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let check = |kind: &'static dyn signature::VerificationAlgorithm, key: &[u8]| {
            signature::UnparsedPublicKey::new(kind, key).verify(message, signature)
        };
        let outcome = match (algorithm, &self.material) {
            (AssertionAlgorithm::Rs256, Material::Rsa { n, e }) => {
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (AssertionAlgorithm::Ps256, Material::Rsa { n, e }) => {
                let key = signature::RsaPublicKeyComponents { n, e };
                key.verify(&signature::RSA_PSS_2048_8192_SHA256, message, signature)
            }
            (AssertionAlgorithm::Es256, Material::P256(key)) => {
                check(&signature::ECDSA_P256_SHA256_FIXED, key)
            }
            (AssertionAlgorithm::EdDsa, Material::Ed25519(key)) => check(&signature::ED25519, key),
            (_, Material::Rsa { .. } | Material::P256(_) | Material::Ed25519(_)) => return false,
        };
        outcome.is_ok()
    }

    fn can(&self, algorithm: AssertionAlgorithm) -> bool {
        let is_its_kind = match self.material {
            Material::Rsa { .. } => {
                matches!(
                    algorithm,
                    AssertionAlgorithm::Rs256 | AssertionAlgorithm::Ps256
                )
            }
            Material::P256(_) => algorithm == AssertionAlgorithm::Es256,
            Material::Ed25519(_) => algorithm == AssertionAlgorithm::EdDsa,
        };
        is_its_kind && self.algorithm.is_none_or(|only| only == algorithm)
    }

    /// Reads one key; nothing when it is not for us, an error when it should never have been sent.
    fn read(posted: PostedKey) -> Result<Option<Self>, ClientKeysError> {
        if posted.d.is_some() || posted.k.is_some() {
            return Err(ClientKeysError::Secret { kid: posted.kid });
        }
        let algorithm = posted.alg.as_deref().map(AssertionAlgorithm::read);
        // A key for another algorithm must not be tried with ours.
        if posted.usage.as_deref().is_some_and(|usage| usage != "sig") || algorithm == Some(None) {
            return Ok(None);
        }
        let material = match (posted.kty.as_str(), posted.crv.as_deref()) {
            ("RSA", _) => rsa(posted.n.as_deref(), posted.e.as_deref()),
            ("EC", Some("P-256")) => p256(posted.x.as_deref(), posted.y.as_deref()),
            ("OKP", Some("Ed25519")) => ed25519(posted.x.as_deref()),
            _ => return Ok(None),
        };
        let Some(material) = material else {
            return Err(ClientKeysError::Malformed { kid: posted.kid });
        };
        Ok(Some(Self {
            kid: posted.kid,
            algorithm: algorithm.flatten(),
            material,
        }))
    }
}

fn rsa(n: Option<&str>, e: Option<&str>) -> Option<Material> {
    // Some libraries write a zero before the number, as DER does.
    let number = |text: &str| {
        let bytes = URL_SAFE_NO_PAD.decode_to_vec(text).ok()?;
        Some(
            bytes
                .into_iter()
                .skip_while(|byte| *byte == 0)
                .collect::<Vec<_>>(),
        )
    };
    let (n, e) = (number(n?)?, number(e?)?);
    let is_long_enough = n.len() > 256 || n.len() == 256 && n.first() >= Some(&0x80);
    // The library asks for the same when it verifies; the operator should hear of it before.
    let is_sound =
        is_long_enough && n.len() <= 1024 && e.last()? % 2 == 1 && e != [1] && e.len() <= 4;
    is_sound.then_some(Material::Rsa { n, e })
}

fn p256(x: Option<&str>, y: Option<&str>) -> Option<Material> {
    let x = URL_SAFE_NO_PAD.decode_to_vec(x?).ok()?;
    let y = URL_SAFE_NO_PAD.decode_to_vec(y?).ok()?;
    if (x.len(), y.len()) != (32, 32) {
        return None;
    }
    let point = [&[4], x.as_slice(), y.as_slice()].concat();
    signature::ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, &point).ok()?;
    Some(Material::P256(point))
}

fn ed25519(x: Option<&str>) -> Option<Material> {
    let key = URL_SAFE_NO_PAD.decode_to_vec(x?).ok()?;
    signature::ParsedPublicKey::new(&signature::ED25519, &key).ok()?;
    Some(Material::Ed25519(key))
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PostedKeys {
    Set { keys: Vec<PostedKey> },
    One(Box<PostedKey>),
}

#[derive(Deserialize)]
struct PostedKey {
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

/// Why a text cannot be an application's public keys.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientKeysError {
    /// It is longer than any honest one.
    TooLong {
        /// The most bytes that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It has more keys than any honest one.
    TooMany {
        /// The most keys that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It is not the JSON of a JWK set.
    NotAKeySet,
    /// One of the keys is a private or a shared one, which has to be considered as lost.
    Secret {
        /// What the key is called.
        kid: Option<String>,
    },
    /// One of the keys is not what it says, or RSA with fewer than 2048 bits.
    Malformed {
        /// What the key is called.
        kid: Option<String>,
    },
    /// None of the keys is one for RS256, PS256, ES256 or EdDSA.
    NoneUsable,
}

impl ClientKeysError {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "jwks-too-long",
            Self::TooMany { .. } => "jwks-too-many-keys",
            Self::NotAKeySet => "jwks-not-a-key-set",
            Self::Secret { .. } => "jwks-secret-key",
            Self::Malformed { .. } => "jwks-malformed-key",
            Self::NoneUsable => "jwks-no-usable-key",
        }
    }
}

impl std::fmt::Display for ClientKeysError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named = |kid: &Option<String>| match kid {
            Some(kid) => format!("the key {kid:?}"),
            None => "a key".to_owned(),
        };
        match self {
            Self::TooLong { limit, received } => {
                write!(out, "the key set has {received} bytes; {limit} is the most")
            }
            Self::TooMany { limit, received } => {
                write!(out, "the key set has {received} keys; {limit} is the most")
            }
            Self::NotAKeySet => out.write_str("this is not the JSON of a JWK set"),
            Self::Secret { kid } => write!(
                out,
                "{} is a private or shared key: replace it, and register public keys alone",
                named(kid)
            ),
            Self::Malformed { kid } => {
                write!(
                    out,
                    "{} is malformed, or RSA with fewer than 2048 bits",
                    named(kid)
                )
            }
            Self::NoneUsable => {
                out.write_str("none of the keys is one for RS256, PS256, ES256 or EdDSA")
            }
        }
    }
}

impl std::error::Error for ClientKeysError {}
