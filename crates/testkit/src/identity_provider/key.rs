use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_RSA_SHA256, RsaKeySize};

/// An RSA key that signs responses, and its certificate.
pub struct PracticeKey {
    pair: RsaKeyPair,
    private_key: Vec<u8>,
    certificate: Vec<u8>,
}

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PracticeKeyError {
    #[error("the practice identity provider's key is not an RSA key in PKCS#8")]
    InvalidKey,
    #[error("no key could be generated for the practice identity provider")]
    GenerationFailed,
}

impl PracticeKey {
    /// Generates an RSA key of 2048 bits and a self-signed certificate. The cryptographic library uses its own random
    /// source.
    ///
    /// # Errors
    ///
    /// [`PracticeKeyError::GenerationFailed`].
    pub fn generate() -> Result<Self, PracticeKeyError> {
        let failed = |_| PracticeKeyError::GenerationFailed;
        let pair =
            KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).map_err(failed)?;
        let mut parameters = CertificateParams::default();
        parameters
            .distinguished_name
            .push(DnType::CommonName, "Practice identity provider");
        parameters.not_before = rcgen::date_time_ymd(2020, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(2049, 12, 31);
        let certificate = parameters.self_signed(&pair).map_err(failed)?;
        Self::from_der(pair.serialized_der(), certificate.der())
    }

    /// `private_key` is PKCS#8.
    ///
    /// # Errors
    ///
    /// [`PracticeKeyError::InvalidKey`].
    pub fn from_der(private_key: &[u8], certificate: &[u8]) -> Result<Self, PracticeKeyError> {
        let pair = RsaKeyPair::from_pkcs8(private_key).map_err(|_| PracticeKeyError::InvalidKey)?;
        Ok(Self {
            pair,
            private_key: private_key.to_vec(),
            certificate: certificate.to_vec(),
        })
    }

    /// The private key as PKCS#8.
    pub fn private_key_der(&self) -> &[u8] {
        &self.private_key
    }

    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// The certificate as base64 without line breaks.
    pub(crate) fn certificate_base64(&self) -> String {
        base64_simd::STANDARD.encode_to_string(&self.certificate)
    }

    /// An RSA-SHA256 signature (PKCS#1 v1.5).
    pub(crate) fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                bytes,
                &mut signature,
            )
            .expect("the buffer has the length of the modulus");
        signature
    }
}

impl fmt::Debug for PracticeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PracticeKey({:?})", self.pair.public_key())
    }
}
