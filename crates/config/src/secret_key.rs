use std::fmt;

use base64_simd::STANDARD;

/// A key that encrypts the secrets in the database.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; Self::LENGTH]);

impl SecretKey {
    /// Bytes of AES-256.
    pub const LENGTH: usize = 32;

    pub const fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    /// Parses base64.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode_to_vec(text.trim()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    pub const fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    pub fn to_base64(&self) -> String {
        STANDARD.encode_to_string(self.0)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey")
    }
}
