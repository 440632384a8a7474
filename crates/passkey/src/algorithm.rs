/// How a credential signs: the three that every authenticator knows one of.
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
    /// All of them, the one that we like best first.
    pub const ALL: [Self; 3] = [Self::EdDsa, Self::Es256, Self::Rs256];

    /// Its number in the registry of COSE.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::EdDsa => -8,
            Self::Es256 => -7,
            Self::Rs256 => -257,
        }
    }

    pub(crate) fn of_number(number: i128) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| i128::from(algorithm.number()) == number)
    }
}
