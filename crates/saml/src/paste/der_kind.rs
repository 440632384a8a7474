use crate::der::{self, Reader};
use crate::key::PrivateKeyForm;

/// What some DER bytes are, seen from their outline alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DerKind {
    Certificate,
    CertificateRequest,
    PrivateKey,
    PublicKey,
    Pkcs7,
    Pkcs12,
    /// It begins like one of these, and ends too early.
    Truncated,
    Other,
}

/// 1.2.840.113549.1.7, under which PKCS#7 names its contents.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];

impl DerKind {
    /// Looks at bytes; `None` when they are no DER at all but, for example, text.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        // A private key may be short: on an elliptic curve it has a few dozen octets.
        if PrivateKeyForm::of(bytes) != PrivateKeyForm::None {
            return Some(Self::PrivateKey);
        }
        // A long sequence, which is what all others are; as text it would begin with a zero and a control
        // character or a foreign letter.
        if !matches!(bytes, [der::SEQUENCE, 0x81..=0x83, ..]) {
            return None;
        }
        let mut outer = Reader::new(bytes);
        let Some(fields) = outer.enter(der::SEQUENCE) else {
            return Some(Self::Truncated);
        };
        let is = |has_outline: fn(Reader<'_>) -> Option<()>| has_outline(fields.clone()).is_some();
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
fn pkcs7(mut fields: Reader<'_>) -> Option<()> {
    fields
        .expect(der::OBJECT_IDENTIFIER)?
        .value
        .starts_with(PKCS7)
        .then_some(())
}

/// `PFX`: version and `ContentInfo`.
fn pkcs12(mut fields: Reader<'_>) -> Option<()> {
    fields.expect(der::INTEGER)?;
    pkcs7(fields.enter(der::SEQUENCE)?)
}

/// `SubjectPublicKeyInfo`, or `RSAPublicKey` with its two numbers.
fn public_key(mut fields: Reader<'_>) -> Option<()> {
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
fn certificate_request(mut fields: Reader<'_>) -> Option<()> {
    let mut info = fields.enter(der::SEQUENCE)?;
    info.expect(der::INTEGER)?;
    info.expect(der::SEQUENCE)?;
    info.enter(der::SEQUENCE)?.expect(der::SEQUENCE)?;
    info.expect(der::CONTEXT_0)?;
    info.is_at_end().then_some(())
}

/// `Certificate`: what is to be signed, the algorithm, the signature. All else is for its own reader to judge.
fn certificate(mut fields: Reader<'_>) -> Option<()> {
    fields.expect(der::SEQUENCE)?;
    fields.expect(der::SEQUENCE)?;
    fields.expect(der::BIT_STRING).map(|_| ())
}
