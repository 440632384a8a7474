use super::KeyError;
use crate::certificate::PublicKeyError;
use crate::der::{self, Reader};

/// What sort of private key some bytes are, seen from their outline alone.
///
/// It serves two purposes: to say why a key is not taken, and to notice a secret where none belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrivateKeyForm {
    /// RSA, in PKCS#1 or inside PKCS#8.
    Rsa {
        /// The length of the modulus.
        bits: usize,
    },
    /// Another algorithm.
    Other,
    /// Any, locked by a passphrase.
    Encrypted,
    /// No private key.
    None,
}

const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// The common beginning of PKCS#5's object identifiers, 1.2.840.113549.1.5, and of PKCS#12's.
const PASSWORD_BASED: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c],
];

impl PrivateKeyForm {
    /// Looks at DER bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let Some(fields) = Reader::new(bytes).enter(der::SEQUENCE) else {
            return Self::None;
        };
        pkcs8(fields.clone())
            .or_else(|| pkcs1(fields.clone()))
            .or_else(|| sec1(fields.clone()))
            .or_else(|| encrypted(fields))
            .unwrap_or(Self::None)
    }

    /// Why a key of this form was not read.
    pub(super) const fn refusal(self) -> KeyError {
        match self {
            Self::Rsa { bits } if bits < 2048 => {
                KeyError::Unsound(PublicKeyError::RsaTooShort { bits })
            }
            Self::Rsa { .. } | Self::None => KeyError::NotAPrivateKey,
            Self::Other => KeyError::NotRsa,
            Self::Encrypted => KeyError::Passphrase,
        }
    }
}

/// `PrivateKeyInfo`: version, algorithm, key.
fn pkcs8(mut fields: Reader<'_>) -> Option<PrivateKeyForm> {
    fields.expect(der::INTEGER)?;
    let oid = fields
        .enter(der::SEQUENCE)?
        .expect(der::OBJECT_IDENTIFIER)?;
    let key = fields.expect(der::OCTET_STRING)?;
    if oid.value != RSA_ENCRYPTION {
        return Some(PrivateKeyForm::Other);
    }
    pkcs1(Reader::new(key.value).enter(der::SEQUENCE)?)
}

/// `RSAPrivateKey`: version, modulus, and seven more numbers.
fn pkcs1(mut fields: Reader<'_>) -> Option<PrivateKeyForm> {
    fields.expect(der::INTEGER)?;
    let modulus = der::unsigned(fields.expect(der::INTEGER)?.value)?;
    for _ in 0..7 {
        fields.expect(der::INTEGER)?;
    }
    Some(PrivateKeyForm::Rsa {
        bits: modulus.len().saturating_mul(8),
    })
}

/// `ECPrivateKey`: version, key.
fn sec1(mut fields: Reader<'_>) -> Option<PrivateKeyForm> {
    fields.expect(der::INTEGER)?;
    fields.expect(der::OCTET_STRING)?;
    Some(PrivateKeyForm::Other)
}

/// `EncryptedPrivateKeyInfo`: algorithm, ciphertext.
fn encrypted(mut fields: Reader<'_>) -> Option<PrivateKeyForm> {
    let oid = fields
        .enter(der::SEQUENCE)?
        .expect(der::OBJECT_IDENTIFIER)?;
    fields.expect(der::OCTET_STRING)?;
    PASSWORD_BASED
        .iter()
        .any(|prefix| oid.value.starts_with(prefix))
        .then_some(PrivateKeyForm::Encrypted)
}
