use super::KeyError;
use crate::certificate::PublicKeyError;
use crate::der::{self, DerReader};

/// The kind of a private key, recognized by its DER structure only.
///
/// Used to explain why a key is not accepted, and to detect secrets in other inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrivateKeyKind {
    /// RSA, in PKCS#1 or inside PKCS#8.
    Rsa {
        bits: usize,
    },
    Other,
    /// Protected by a passphrase.
    Encrypted,
    /// Not a private key.
    None,
}

const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// The prefixes of the object identifiers of PKCS#5 (1.2.840.113549.1.5) and PKCS#12.
const PASSWORD_BASED: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c],
];

impl PrivateKeyKind {
    pub(crate) fn detect(bytes: &[u8]) -> Self {
        let Some(fields) = DerReader::new(bytes).enter(der::SEQUENCE) else {
            return Self::None;
        };
        pkcs8(fields.clone())
            .or_else(|| pkcs1(fields.clone()))
            .or_else(|| sec1(fields.clone()))
            .or_else(|| encrypted(fields))
            .unwrap_or(Self::None)
    }

    /// The error for a key of this kind that could not be parsed.
    pub(super) const fn error(self) -> KeyError {
        match self {
            Self::Rsa { bits } if bits < 2048 => {
                KeyError::PublicKey(PublicKeyError::RsaTooShort { bits })
            }
            Self::Rsa { .. } | Self::None => KeyError::NotAPrivateKey,
            Self::Other => KeyError::NotRsa,
            Self::Encrypted => KeyError::Passphrase,
        }
    }
}

/// `PrivateKeyInfo`: version, algorithm, key.
fn pkcs8(mut fields: DerReader<'_>) -> Option<PrivateKeyKind> {
    fields.expect(der::INTEGER)?;
    let oid = fields
        .enter(der::SEQUENCE)?
        .expect(der::OBJECT_IDENTIFIER)?;
    let key = fields.expect(der::OCTET_STRING)?;
    if oid.value != RSA_ENCRYPTION {
        return Some(PrivateKeyKind::Other);
    }
    pkcs1(DerReader::new(key.value).enter(der::SEQUENCE)?)
}

/// `RSAPrivateKey`: version, modulus, and seven more numbers.
fn pkcs1(mut fields: DerReader<'_>) -> Option<PrivateKeyKind> {
    fields.expect(der::INTEGER)?;
    let modulus = der::unsigned(fields.expect(der::INTEGER)?.value)?;
    for _ in 0..7 {
        fields.expect(der::INTEGER)?;
    }
    Some(PrivateKeyKind::Rsa {
        bits: modulus.len().saturating_mul(8),
    })
}

/// `ECPrivateKey`: version, key.
fn sec1(mut fields: DerReader<'_>) -> Option<PrivateKeyKind> {
    fields.expect(der::INTEGER)?;
    fields.expect(der::OCTET_STRING)?;
    Some(PrivateKeyKind::Other)
}

/// `EncryptedPrivateKeyInfo`: algorithm, ciphertext.
fn encrypted(mut fields: DerReader<'_>) -> Option<PrivateKeyKind> {
    let oid = fields
        .enter(der::SEQUENCE)?
        .expect(der::OBJECT_IDENTIFIER)?;
    fields.expect(der::OCTET_STRING)?;
    PASSWORD_BASED
        .iter()
        .any(|prefix| oid.value.starts_with(prefix))
        .then_some(PrivateKeyKind::Encrypted)
}
