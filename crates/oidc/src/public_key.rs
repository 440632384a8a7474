use aws_lc_rs::digest;
use base64_simd::URL_SAFE_NO_PAD;
use serde::Serialize;

/// A public key as JSON (RFC 7517), by its kind. The members of each variant are in the order of RFC 7638.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kty")]
pub enum PublicKey {
    /// An elliptic curve point.
    #[serde(rename = "EC")]
    Ec {
        /// The curve.
        crv: &'static str,
        /// One coordinate, in base64url.
        x: String,
        /// The other.
        y: String,
    },
    /// An Edwards curve key.
    #[serde(rename = "OKP")]
    Okp {
        /// The curve.
        crv: &'static str,
        /// The key, in base64url.
        x: String,
    },
    /// An RSA key.
    #[serde(rename = "RSA")]
    Rsa {
        /// The exponent, in base64url.
        e: String,
        /// The modulus, in base64url.
        n: String,
    },
}

impl PublicKey {
    /// The name by which anyone who has the key can call it (RFC 7638): a hash of its canonical JSON.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        // Base64url and our own curve names need no JSON escapes.
        let canonical = match self {
            Self::Ec { crv, x, y } => {
                format!(r#"{{"crv":"{crv}","kty":"EC","x":"{x}","y":"{y}"}}"#)
            }
            Self::Okp { crv, x } => format!(r#"{{"crv":"{crv}","kty":"OKP","x":"{x}"}}"#),
            Self::Rsa { e, n } => format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#),
        };
        URL_SAFE_NO_PAD.encode_to_string(digest::digest(&digest::SHA256, canonical.as_bytes()))
    }
}
