use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa;
use rcgen::{CertificateParams, DistinguishedName, DnType, PKCS_RSA_SHA256};
use x509_parser::time::ASN1Time;

use super::KeyError;
use crate::certificate::Certificate;
use crate::pem;

/// A fresh key pair with the certificate that carries its public half.
pub struct GeneratedKey {
    /// The secret as PKCS#8 PEM, to be sealed.
    pub secret_pem: String,
    /// The certificate to be published.
    pub certificate: Certificate,
}

/// How long the modulus of a generated key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySize {
    /// 2048 bits: what every identity provider takes.
    Rsa2048,
    /// 3072 bits, for those who ask for 128 bits of strength.
    Rsa3072,
}

/// Between which seconds, counted from 1970, a generated certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first valid second.
    pub not_before: i64,
    /// The last valid second.
    pub not_after: i64,
}

/// Makes an RSA key pair and a self-signed certificate for it.
///
/// The one place in this crate where chance enters that is not an argument: key generation draws from
/// the cryptographic library's own generator, which takes no other. The certificate's serial number is
/// derived from the key.
pub fn generate_with_the_librarys_randomness(
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
    parameters.not_before = instant(validity.not_before)?.to_datetime();
    parameters.not_after = instant(validity.not_after)?.to_datetime();
    let certificate = parameters.self_signed(&pair).map_err(failed)?;
    Certificate::from_der(certificate.der()).map_err(|_| KeyError::Generation)
}

fn instant(seconds: i64) -> Result<ASN1Time, KeyError> {
    ASN1Time::from_timestamp(seconds).map_err(|_| KeyError::Generation)
}
