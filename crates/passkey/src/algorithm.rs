/// The signature algorithms that are accepted; every authenticator supports at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519.
    EdDsa,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256, for the TPMs of Windows.
    Rs256,
}

impl Algorithm {
    /// In order of preference.
    pub const ALL: [Self; 3] = [Self::EdDsa, Self::Es256, Self::Rs256];

    /// The identifier in the IANA registry "COSE Algorithms".
    #[must_use]
    pub const fn cose_id(self) -> i64 {
        match self {
            Self::EdDsa => -8,
            Self::Es256 => -7,
            Self::Rs256 => -257,
        }
    }

    pub(crate) fn from_cose_id(id: i128) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| i128::from(algorithm.cose_id()) == id)
    }
}
