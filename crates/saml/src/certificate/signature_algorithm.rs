use std::fmt;

/// A signature algorithm that SAML messages may use.
///
/// HMAC is not implemented, so a public key can never be used as a shared secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256, the usual algorithm.
    RsaSha256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    RsaSha384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    RsaSha512,
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes.
    RsaPssSha256,
    /// RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes.
    RsaPssSha384,
    /// RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 bytes.
    RsaPssSha512,
    /// ECDSA with SHA-256 on the key's curve.
    EcdsaSha256,
    /// ECDSA with SHA-384 on the key's curve.
    EcdsaSha384,
    /// ECDSA with SHA-512 on the key's curve.
    EcdsaSha512,
    /// RSASSA-PKCS1-v1_5 with SHA-1, only with the legacy exception.
    RsaSha1(Sha1Exception),
}

/// The proof that a connection accepts SHA-1.
///
/// ```compile_fail
/// saml::certificate::Sha1Exception(());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sha1Exception(());

impl Sha1Exception {
    /// Collisions of SHA-1 are practical: call this only for a connection whose administrator has allowed it.
    pub const fn danger_accept_sha1() -> Self {
        Self(())
    }
}

/// Why an algorithm is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlgorithmError {
    /// It uses SHA-1, and the exception is absent or does not cover it.
    Sha1,
    /// Any other name: HMAC, DSA, MD5, parameterized PSS, or an undefined one.
    Unknown,
}

const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const ECDSA_SHA1: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1";
const DSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#dsa-sha1";
const RSA_PSS_SHA1: &str = "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1";

/// The algorithms that need no exception.
const ALL: [SignatureAlgorithm; 9] = [
    SignatureAlgorithm::RsaSha256,
    SignatureAlgorithm::RsaSha384,
    SignatureAlgorithm::RsaSha512,
    SignatureAlgorithm::RsaPssSha256,
    SignatureAlgorithm::RsaPssSha384,
    SignatureAlgorithm::RsaPssSha512,
    SignatureAlgorithm::EcdsaSha256,
    SignatureAlgorithm::EcdsaSha384,
    SignatureAlgorithm::EcdsaSha512,
];

impl SignatureAlgorithm {
    /// `uri` comes from `SignatureMethod` or `SigAlg`. The exception allows RSA-SHA1 and no other use of SHA-1.
    pub fn from_uri(uri: &str, exception: Option<Sha1Exception>) -> Result<Self, AlgorithmError> {
        match (uri, exception) {
            (RSA_SHA1, Some(exception)) => Ok(Self::RsaSha1(exception)),
            (RSA_SHA1 | ECDSA_SHA1 | DSA_SHA1 | RSA_PSS_SHA1, _) => Err(AlgorithmError::Sha1),
            _ => ALL
                .into_iter()
                .find(|algorithm| algorithm.uri() == uri)
                .ok_or(AlgorithmError::Unknown),
        }
    }

    pub const fn uri(self) -> &'static str {
        match self {
            Self::RsaSha256 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            Self::RsaSha384 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
            Self::RsaSha512 => "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            Self::RsaPssSha256 => "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            Self::RsaPssSha384 => "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
            Self::RsaPssSha512 => "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
            Self::EcdsaSha256 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
            Self::EcdsaSha384 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
            Self::EcdsaSha512 => "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
            Self::RsaSha1(_) => RSA_SHA1,
        }
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RsaSha256 => "RSA with SHA-256",
            Self::RsaSha384 => "RSA with SHA-384",
            Self::RsaSha512 => "RSA with SHA-512",
            Self::RsaPssSha256 => "RSA-PSS with SHA-256",
            Self::RsaPssSha384 => "RSA-PSS with SHA-384",
            Self::RsaPssSha512 => "RSA-PSS with SHA-512",
            Self::EcdsaSha256 => "ECDSA with SHA-256",
            Self::EcdsaSha384 => "ECDSA with SHA-384",
            Self::EcdsaSha512 => "ECDSA with SHA-512",
            Self::RsaSha1(_) => "RSA with SHA-1",
        })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn every_algorithm_is_found_by_its_uri() {
        for algorithm in ALL {
            assert_eq!(
                SignatureAlgorithm::from_uri(algorithm.uri(), None),
                Ok(algorithm)
            );
        }
    }

    #[test]
    fn rsa_with_sha1_needs_the_exception() {
        let exception = Sha1Exception::danger_accept_sha1();
        assert_eq!(
            SignatureAlgorithm::from_uri(RSA_SHA1, None),
            Err(AlgorithmError::Sha1)
        );
        assert_eq!(
            SignatureAlgorithm::from_uri(RSA_SHA1, Some(exception)),
            Ok(SignatureAlgorithm::RsaSha1(exception)),
        );
    }

    #[rstest]
    fn the_sha1_exception_covers_rsa_only(#[values(ECDSA_SHA1, DSA_SHA1, RSA_PSS_SHA1)] uri: &str) {
        let exception = Sha1Exception::danger_accept_sha1();
        assert_eq!(
            SignatureAlgorithm::from_uri(uri, Some(exception)),
            Err(AlgorithmError::Sha1)
        );
    }

    #[rstest]
    fn hmac_and_parameterized_pss_are_unknown(
        #[values(
            "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
            "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
            "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
            ""
        )]
        uri: &str,
    ) {
        assert_eq!(
            SignatureAlgorithm::from_uri(uri, None),
            Err(AlgorithmError::Unknown)
        );
    }
}
