mod sides;
mod story;
mod text;

pub(crate) use text::{shorten, shorten_all};

use crate::certificate::Certificate;
use crate::timestamp::Timestamp;
use crate::xml::{ValueError, XmlError};

/// Why a response was refused: one variant for each thing that an administrator can repair or must know.
///
/// `expected` is what this service provider was told to want, `received` what the message says, cut to what somebody
/// may want to keep. Both may hold personal or hostile text: escape them wherever they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// Nothing was posted.
    Empty,
    /// The form field is not base64 (saml-bindings 3.5.4).
    NotBase64,
    /// The message is longer than any real one.
    TooLarge {
        /// Octets that are taken at most.
        limit: usize,
        /// Octets that came.
        received: usize,
    },
    /// The message is not XML that is read here.
    Xml(XmlError),
    /// The document is something else than a `samlp:Response`.
    NotAResponse {
        /// What it is instead.
        what: Misdirected,
        /// The name of its document element.
        received: String,
    },
    /// An element is missing, stands twice, or is not known at its place.
    Structure {
        /// What is wrong with it.
        problem: Problem,
        /// The element's name.
        element: String,
        /// The element around it.
        parent: String,
    },
    /// Two elements have the same ID, so a signature's reference could mean either.
    DuplicateId {
        /// The ID.
        id: String,
    },
    /// An ID is missing or is not an NCName (saml-core 1.3.4).
    IdInvalid {
        /// The element's name.
        element: String,
        /// The ID, when there is one.
        received: Option<String>,
    },
    /// An attribute with a prefix looks like one of SAML's own, which have none.
    AttributeAmbiguous {
        /// The element's name.
        element: String,
        /// The attribute's name without its prefix.
        attribute: String,
    },
    /// `Version` is not 2.0.
    Version {
        /// The element's name.
        element: String,
        /// The version, when there is one.
        received: Option<String>,
    },
    /// A value holds a comment, where programs disagree about what the value is.
    CommentInValue {
        /// The element's name.
        element: String,
    },
    /// A value holds an element instead of text.
    ValueStructure {
        /// The element's name.
        element: String,
    },
    /// A time is not of the form that saml-core 1.3.3 demands.
    Timestamp {
        /// The attribute's name.
        field: &'static str,
        /// Its value.
        received: String,
    },
    /// The identity provider answered with an error.
    Status {
        /// The status codes, outermost first.
        codes: Vec<String>,
        /// The message for people, shortened.
        message: Option<String>,
    },
    /// Neither the response nor its assertion carries a signature.
    Unsigned,
    /// No certificate is configured, so nothing can be believed.
    NoTrustedKey,
    /// A signature stands where SAML has none.
    SignatureMisplaced {
        /// The element around it.
        parent: String,
    },
    /// A signature does not have the parts that saml-core 5.4 allows.
    SignatureStructure {
        /// What is wrong with it.
        detail: &'static str,
    },
    /// A signature algorithm that is not accepted.
    SignatureAlgorithm {
        /// Its name.
        received: String,
    },
    /// A digest algorithm that is not accepted.
    DigestAlgorithm {
        /// Its name.
        received: String,
    },
    /// SHA-1, without the legacy exception.
    Sha1 {
        /// The algorithm's name.
        received: String,
    },
    /// A canonicalisation that is not accepted.
    CanonicalizationAlgorithm {
        /// Its name.
        received: String,
    },
    /// Other transforms than enveloped-signature followed by a canonicalisation (saml-core 5.4.4).
    Transform {
        /// The names of the transforms.
        received: Vec<String>,
    },
    /// The signature refers to something else than the element around it (saml-core 5.4.2).
    Reference {
        /// The only reference that is right here.
        expected: String,
        /// The reference, when there is one.
        received: Option<String>,
    },
    /// The response's signature covers the assertion alone, or the assertion's the response: each has to cover the
    /// element that it stands in.
    ReferenceToOther {
        /// The only reference that is right here.
        expected: String,
        /// The reference to the other one.
        received: String,
    },
    /// The signed element has no canonical form.
    Canonicalization {
        /// The namespace name that is not absolute.
        namespace: String,
    },
    /// None of the configured certificates made the signature.
    SignatureMismatch {
        /// The signed element's name.
        element: String,
        /// The fingerprints of the configured certificates.
        expected: Vec<String>,
        /// The fingerprint of the certificate in the message, if it can be read: a hint, never trusted.
        received: Option<String>,
    },
    /// The element was changed after it was signed.
    DigestMismatch {
        /// The signed element's name.
        element: String,
        /// What may have happened.
        suspicion: Suspicion,
    },
    /// The signature covers the response as it was before its assertion was encrypted.
    SignedBeforeEncryption,
    /// The certificate that made the signature is over, and the connection refuses that.
    CertificateExpired {
        /// Its fingerprint.
        certificate: String,
        /// Its last valid second.
        until: Timestamp,
        /// The time of the check.
        now: Timestamp,
    },
    /// The response holds no assertion.
    AssertionMissing,
    /// The response holds several assertions, or one in a place where none is read.
    AssertionMultiple {
        /// How many there are.
        received: usize,
    },
    /// An encrypted element does not have the parts that XML Encryption demands.
    EncryptionStructure {
        /// What is wrong with it.
        detail: &'static str,
    },
    /// An encryption algorithm that is not accepted.
    EncryptionAlgorithm {
        /// Its name.
        received: String,
    },
    /// AES-CBC, which the connection does not accept.
    CbcNotAccepted {
        /// The algorithm's name.
        received: String,
    },
    /// Something is encrypted, and there is no key to decrypt it with.
    DecryptionKeyMissing,
    /// Decryption failed; deliberately without a reason.
    DecryptionFailed,
    /// An element names no issuer.
    IssuerMissing {
        /// The element's name.
        element: &'static str,
    },
    /// Another identity provider than the configured one.
    Issuer {
        /// The element whose issuer it is.
        element: &'static str,
        /// The configured entity ID.
        expected: String,
        /// The issuer.
        received: String,
    },
    /// The signed response does not say where it was sent (saml-bindings 3.5.5.2).
    DestinationMissing {
        /// The address at which it arrived.
        expected: String,
    },
    /// The response was sent to another address.
    Destination {
        /// The address at which it arrived.
        expected: String,
        /// The address that it names.
        received: String,
    },
    /// The assertion has no subject.
    SubjectMissing,
    /// The subject has no bearer confirmation (saml-profiles 4.1.4.2).
    SubjectConfirmationMissing {
        /// The methods of the confirmations that it has.
        received: Vec<String>,
    },
    /// A bearer confirmation lacks a part or has one that it may not have.
    SubjectConfirmation {
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The assertion was made for another address.
    Recipient {
        /// The address at which it arrived.
        expected: String,
        /// The address that it names.
        received: String,
    },
    /// The assertion has no `Conditions`.
    ConditionsMissing,
    /// The assertion restricts its use in a way that is not understood (saml-core 2.5.1.1).
    ConditionUnknown {
        /// The condition's name.
        received: String,
    },
    /// The assertion does not say for whom it is.
    AudienceMissing {
        /// Our entity ID.
        expected: String,
    },
    /// The assertion is for somebody else.
    Audience {
        /// Our entity ID.
        expected: String,
        /// The audiences that it names.
        received: Vec<String>,
    },
    /// The assertion is not valid yet.
    TooEarly {
        /// Which time says so.
        field: &'static str,
        /// Its first valid instant.
        from: Timestamp,
        /// The time of the check.
        now: Timestamp,
        /// Seconds by which clocks may differ.
        tolerance: u32,
    },
    /// The assertion is not valid any more.
    Expired {
        /// Which time says so.
        field: &'static str,
        /// The first instant at which it is over.
        until: Timestamp,
        /// The time of the check.
        now: Timestamp,
        /// Seconds by which clocks may differ.
        tolerance: u32,
    },
    /// The validity ends before it begins.
    WindowEmpty {
        /// `NotBefore`.
        from: Timestamp,
        /// `NotOnOrAfter`.
        until: Timestamp,
    },
    /// The answer belongs to another request.
    InResponseTo {
        /// The request that this browser sent.
        expected: String,
        /// The request that is answered; none for an unsolicited response.
        received: Option<String>,
    },
    /// The response and its assertion answer different requests.
    InResponseToContradicts {
        /// What the response says.
        response: Option<String>,
        /// What the assertion says.
        assertion: Option<String>,
    },
    /// A response that nobody asked for answers a request nevertheless.
    NotUnsolicited {
        /// The request that it names.
        received: String,
    },
    /// The NameID is empty, too long, or of a form that cannot be read.
    NameId {
        /// What is wrong with it.
        detail: &'static str,
    },
}

/// A message that is sent to the wrong address often enough to be known by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misdirected {
    /// The answer to a logout.
    LogoutResponse,
    /// The wish to log somebody out.
    LogoutRequest,
    /// The wish of a service provider to have somebody signed in.
    AuthnRequest,
    /// The description of a provider.
    Metadata,
    /// Anything else.
    Other,
}

/// What an administrator should think of first when an element was changed after it was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// Something on the way changed it.
    Change,
    /// The identity provider itself did, by encrypting a part afterwards; the ciphertext was not opened to find out.
    SignedBeforeEncryption,
}

/// What is wrong with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It has to be there, and is not.
    Missing,
    /// It may be there once.
    Repeated,
    /// It is not known at this place.
    Unexpected,
    /// An attribute that it has to have is missing.
    AttributeMissing(&'static str),
    /// Text stands between its elements.
    Text,
}

impl Rejection {
    /// The name that pages, logs, documentation and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotBase64 => "not-base64",
            Self::TooLarge { .. } => "too-large",
            Self::Xml(error) => error.fault.code(),
            Self::NotAResponse { what, .. } => what.code(),
            Self::Structure { .. } => "structure",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::IdInvalid { .. } => "id-invalid",
            Self::AttributeAmbiguous { .. } => "attribute-ambiguous",
            Self::Version { .. } => "version",
            Self::CommentInValue { .. } => "comment-in-value",
            Self::ValueStructure { .. } => "value-structure",
            Self::Timestamp { .. } => "timestamp",
            Self::Status { .. } => "status",
            Self::Unsigned => "unsigned",
            Self::NoTrustedKey => "no-trusted-key",
            Self::SignatureMisplaced { .. } => "signature-misplaced",
            Self::SignatureStructure { .. } => "signature-structure",
            Self::SignatureAlgorithm { .. } => "signature-algorithm",
            Self::DigestAlgorithm { .. } => "digest-algorithm",
            Self::Sha1 { .. } => "sha1",
            Self::CanonicalizationAlgorithm { .. } => "canonicalization-algorithm",
            Self::Transform { .. } => "transform",
            Self::Reference { .. } => "reference",
            Self::ReferenceToOther { .. } => "reference-to-other",
            Self::Canonicalization { .. } => "canonicalization",
            Self::SignatureMismatch { .. } => "signature-mismatch",
            Self::DigestMismatch { .. } => "digest-mismatch",
            Self::SignedBeforeEncryption => "signed-before-encryption",
            Self::CertificateExpired { .. } => "certificate-expired",
            Self::AssertionMissing => "assertion-missing",
            Self::AssertionMultiple { .. } => "assertion-multiple",
            Self::EncryptionStructure { .. } => "encryption-structure",
            Self::EncryptionAlgorithm { .. } => "encryption-algorithm",
            Self::CbcNotAccepted { .. } => "cbc-not-accepted",
            Self::DecryptionKeyMissing => "decryption-key-missing",
            Self::DecryptionFailed => "decryption-failed",
            Self::IssuerMissing { .. } => "issuer-missing",
            Self::Issuer { .. } => "issuer",
            Self::DestinationMissing { .. } => "destination-missing",
            Self::Destination { .. } => "destination",
            Self::SubjectMissing => "subject-missing",
            Self::SubjectConfirmationMissing { .. } => "subject-confirmation-missing",
            Self::SubjectConfirmation { .. } => "subject-confirmation",
            Self::Recipient { .. } => "recipient",
            Self::ConditionsMissing => "conditions-missing",
            Self::ConditionUnknown { .. } => "condition-unknown",
            Self::AudienceMissing { .. } => "audience-missing",
            Self::Audience { .. } => "audience",
            Self::TooEarly { .. } => "too-early",
            Self::Expired { .. } => "expired",
            Self::WindowEmpty { .. } => "window-empty",
            Self::InResponseTo { .. } => "in-response-to",
            Self::InResponseToContradicts { .. } => "in-response-to-contradicts",
            Self::NotUnsolicited { .. } => "not-unsolicited",
            Self::NameId { .. } => "name-id",
        }
    }

    pub(crate) fn value(element: &str, error: ValueError) -> Self {
        let element = element.to_owned();
        match error {
            ValueError::Comment => Self::CommentInValue { element },
            ValueError::Element => Self::ValueStructure { element },
        }
    }

    pub(crate) fn expired_certificate(certificate: &Certificate, now: Timestamp) -> Self {
        Self::CertificateExpired {
            certificate: certificate.sha256(),
            until: Timestamp::from_unix_seconds(certificate.not_after()),
            now,
        }
    }
}

impl Misdirected {
    const fn code(self) -> &'static str {
        match self {
            Self::LogoutResponse => "logout-response",
            Self::LogoutRequest => "logout-request",
            Self::AuthnRequest => "authn-request",
            Self::Metadata => "metadata",
            Self::Other => "not-a-response",
        }
    }
}

impl From<XmlError> for Rejection {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl std::error::Error for Rejection {}
