use crate::der::{self, DerReader};
use crate::key::PrivateKeyKind;

/// The kind of a DER structure, recognized by its outline only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DerKind {
    Certificate,
    CertificateRequest,
    PrivateKey,
    PublicKey,
    Pkcs7,
    Pkcs12,
    /// It begins like one of the others and is incomplete.
    Truncated,
    Other,
}

/// 1.2.840.113549.1.7, the prefix of the content types of PKCS#7.
const PKCS7_OID: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

impl DerKind {
    /// None if the bytes are not DER but, for example, text.
    pub(crate) fn detect(bytes: &[u8]) -> Option<Self> {
        // A private key can be short: EC keys have a few dozen octets.
        if PrivateKeyKind::detect(bytes) != PrivateKeyKind::None {
            return Some(Self::PrivateKey);
        }
        // All other kinds are long sequences. As text, they would begin with "0" and a control character.
        if !matches!(bytes, [der::SEQUENCE, 0x81..=0x83, ..]) {
            return None;
        }
        let mut outer = DerReader::new(bytes);
        let Some(fields) = outer.enter(der::SEQUENCE) else {
            return Some(Self::Truncated);
        };
        let is =
            |has_outline: fn(DerReader<'_>) -> Option<()>| has_outline(fields.clone()).is_some();
        Some(match () {
            () if is(pkcs7) => Self::Pkcs7,
            () if is(pkcs12) => Self::Pkcs12,
            () if is(public_key) => Self::PublicKey,
            () if is(certificate_request) => Self::CertificateRequest,
            () if is(certificate) => Self::Certificate,
            () => Self::Other,
        })
    }
}

/// `ContentInfo`.
fn pkcs7(mut fields: DerReader<'_>) -> Option<()> {
    fields
        .expect(der::OBJECT_IDENTIFIER)?
        .value
        .starts_with(PKCS7_OID)
        .then_some(())
}

/// `PFX`: version and `ContentInfo`.
fn pkcs12(mut fields: DerReader<'_>) -> Option<()> {
    fields.expect(der::INTEGER)?;
    pkcs7(fields.enter(der::SEQUENCE)?)
}

/// `SubjectPublicKeyInfo`, or `RSAPublicKey` with its two numbers.
fn public_key(mut fields: DerReader<'_>) -> Option<()> {
    if fields.expect(der::INTEGER).is_some() {
        fields.expect(der::INTEGER)?;
    } else {
        fields
            .enter(der::SEQUENCE)?
            .expect(der::OBJECT_IDENTIFIER)?;
        fields.expect(der::BIT_STRING)?;
    }
    fields.is_at_end().then_some(())
}

/// `CertificationRequest`: version, subject, key, attributes.
fn certificate_request(mut fields: DerReader<'_>) -> Option<()> {
    let mut info = fields.enter(der::SEQUENCE)?;
    info.expect(der::INTEGER)?;
    info.expect(der::SEQUENCE)?;
    info.enter(der::SEQUENCE)?.expect(der::SEQUENCE)?;
    info.expect(der::CONTEXT_0)?;
    info.is_at_end().then_some(())
}

/// `Certificate`: signed content, algorithm, signature. Its parser checks the rest.
fn certificate(mut fields: DerReader<'_>) -> Option<()> {
    fields.expect(der::SEQUENCE)?;
    fields.expect(der::SEQUENCE)?;
    fields.expect(der::BIT_STRING).map(|_| ())
}
