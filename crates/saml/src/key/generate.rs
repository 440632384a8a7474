use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa;
use jiff::Timestamp;
use rcgen::{CertificateParams, DistinguishedName, DnType, PKCS_RSA_SHA256};
use x509_parser::time::ASN1Time;

use super::KeyError;
use crate::certificate::Certificate;
use crate::pem;

/// A new private key with a self-signed certificate for its public key.
pub struct GeneratedKey {
    /// PKCS#8 PEM. Encrypt it before storing it.
    pub secret_pem: String,
    pub certificate: Certificate,
}

/// The size of a generated key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySize {
    /// Accepted by every identity provider.
    Rsa2048,
    /// 128 bits of security.
    Rsa3072,
}

/// The validity of a generated certificate, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first valid second.
    pub not_before: Timestamp,
    /// The last valid second.
    pub not_after: Timestamp,
}

/// Generates an RSA key pair and a self-signed certificate for it.
///
/// This is the only function of the crate with its own source of randomness: aws-lc generates keys only with its own
/// generator. The certificate's serial number is derived from the key.
pub fn generate_rsa_key(
    size: KeySize,
    common_name: &str,
    validity: Validity,
) -> Result<GeneratedKey, KeyError> {
    let size = match size {
        KeySize::Rsa2048 => rsa::KeySize::Rsa2048,
        KeySize::Rsa3072 => rsa::KeySize::Rsa3072,
    };
    let pair = rsa::KeyPair::generate(size).map_err(|_| KeyError::Generation)?;
    let pkcs8: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyError::Generation)?;
    let certificate = self_signed(pkcs8.as_ref(), common_name, validity)?;
    Ok(GeneratedKey {
        secret_pem: pem::write("PRIVATE KEY", pkcs8.as_ref()),
        certificate,
    })
}

fn self_signed(
    pkcs8: &[u8],
    common_name: &str,
    validity: Validity,
) -> Result<Certificate, KeyError> {
    let failed = |_| KeyError::Generation;
    let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.into(), &PKCS_RSA_SHA256)
        .map_err(failed)?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = name;
    parameters.not_before = asn1_time(validity.not_before)?.to_datetime();
    parameters.not_after = asn1_time(validity.not_after)?.to_datetime();
    let certificate = parameters.self_signed(&pair).map_err(failed)?;
    Certificate::from_der(certificate.der()).map_err(|_| KeyError::Generation)
}

fn asn1_time(time: Timestamp) -> Result<ASN1Time, KeyError> {
    ASN1Time::from_timestamp(time.as_second()).map_err(|_| KeyError::Generation)
}
