use std::fmt;

/// A signature algorithm that SAML messages may use.
///
/// There is no HMAC here and none in the program, so a public key can never be taken for a shared secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: what nearly everybody sends.
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
    /// RSASSA-PKCS1-v1_5 with SHA-1, which only the legacy exception reaches.
    RsaSha1(Sha1Exception),
}

/// The proof that a connection has taken the legacy exception for SHA-1.
///
/// ```compile_fail
/// saml::certificate::Sha1Exception(());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sha1Exception(());

impl Sha1Exception {
    /// Takes the exception: collisions of SHA-1 are practical, so call this only for a connection
    /// whose administrator has switched it on.
    pub const fn danger_accept_sha1() -> Self {
        Self(())
    }
}

/// Why an algorithm's name is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AlgorithmError {
    /// It rests on SHA-1, and the exception was not taken or does not reach that far.
    Sha1,
    /// Any other name: HMAC, DSA, MD5, a parametrised PSS, or nothing that anybody has defined.
    Unknown,
}

const RSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
const ECDSA_SHA1: &str = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1";
const DSA_SHA1: &str = "http://www.w3.org/2000/09/xmldsig#dsa-sha1";
const RSA_PSS_SHA1: &str = "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1";

/// Every algorithm that needs no exception.
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
    /// Finds the algorithm by the name that `SignatureMethod` or `SigAlg` carries.
    ///
    /// Without an exception nothing that rests on SHA-1 is found; with it, RSA-SHA1 alone.
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

    /// The name by which XML signatures call it.
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
    use super::*;

    #[test]
    fn every_algorithm_is_found_by_its_own_name() {
        for algorithm in ALL {
            assert_eq!(
                SignatureAlgorithm::from_uri(algorithm.uri(), None),
                Ok(algorithm)
            );
        }
    }

    #[test]
    fn sha1_needs_the_exception_and_then_serves_rsa_alone() {
        let exception = Sha1Exception::danger_accept_sha1();
        assert_eq!(
            SignatureAlgorithm::from_uri(RSA_SHA1, None),
            Err(AlgorithmError::Sha1)
        );
        assert_eq!(
            SignatureAlgorithm::from_uri(RSA_SHA1, Some(exception)),
            Ok(SignatureAlgorithm::RsaSha1(exception)),
        );
        for uri in [ECDSA_SHA1, DSA_SHA1, RSA_PSS_SHA1] {
            assert_eq!(
                SignatureAlgorithm::from_uri(uri, Some(exception)),
                Err(AlgorithmError::Sha1)
            );
        }
    }

    #[test]
    fn a_shared_secret_or_a_parametrised_pss_is_unknown() {
        for uri in [
            "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
            "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
            "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
            "",
        ] {
            assert_eq!(
                SignatureAlgorithm::from_uri(uri, None),
                Err(AlgorithmError::Unknown)
            );
        }
    }
}
