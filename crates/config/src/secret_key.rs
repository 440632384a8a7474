use std::fmt;

use base64_simd::STANDARD;

/// The key that encrypts the secrets in the database, where a setting has it and not a file.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; Self::LENGTH]);

impl SecretKey {
    pub const LENGTH: usize = 32;

    /// Parses base64.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode_to_vec(text.trim()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretKey")
    }
}
