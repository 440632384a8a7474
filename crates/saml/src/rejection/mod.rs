mod code;
mod compared_values;
mod sentence;
mod text;

use jiff::{SignedDuration, Timestamp};
use sentence::{in_response_to_places, time_zone_problem, unexpected_request};
pub(crate) use text::{shorten, shorten_all};

use crate::certificate::Certificate;
use crate::xml::{ValueError, XmlError};

/// Why a response was rejected: one variant for each thing that an administrator can repair or must know.
///
/// `expected` is the configured value, `received` is what the message says, shortened so that it can be stored. Both
/// may hold personal data or hostile text: escape them wherever they are shown. The `Display` form is one sentence for
/// the administrator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("the SAMLResponse field is empty")]
    EmptyMessage,
    /// The form field is not base64 (saml-bindings 3.5.4).
    #[error("SAMLResponse is not valid base64")]
    NotBase64,
    /// The posted message is compressed, as only the HTTP-Redirect binding demands it (saml-bindings 3.4.4.1).
    #[error(
        "the response is compressed, as for the HTTP-Redirect binding; configure the identity provider to send responses \
         with the HTTP-POST binding"
    )]
    CompressedResponse,
    /// The response is in the query of a URL; the profile allows HTTP-POST and HTTP-Artifact (saml-profiles 4.1.2).
    #[error(
        "the response was sent with the HTTP-Redirect binding, in the address of the page; configure the identity \
         provider to send responses with the HTTP-POST binding"
    )]
    ResponseByRedirect,
    /// The message is longer than any real one; both sizes are in octets.
    #[error("the message is {received} bytes long; the maximum is {limit} bytes")]
    MessageTooLarge { limit: usize, received: usize },
    #[error("the message cannot be parsed: {0}")]
    Xml(XmlError),
    /// The document is not a `samlp:Response`.
    #[error("expected a SAML 2.0 Response, received {received}")]
    NotAResponse {
        kind: WrongMessageKind,
        received: String,
    },
    /// An element is missing, repeated, or not allowed in its parent.
    #[error("{}", .problem.describe(.element, .parent))]
    InvalidStructure {
        problem: StructureProblem,
        element: String,
        parent: String,
    },
    /// Two elements have the same ID, so a signature's reference could mean either.
    #[error("two elements have the ID {id:?}")]
    DuplicateId { id: String },
    /// An ID is missing or is not an NCName (saml-core 1.3.4).
    #[error("the ID of {element} must be an XML name without a colon; received {}", or_none(.received))]
    InvalidId {
        element: String,
        received: Option<String>,
    },
    /// An attribute with a prefix looks like one of SAML's own, which have none.
    #[error(
        "{element} has an attribute {attribute} with a namespace prefix, which can be mistaken for the SAML attribute of that name"
    )]
    AmbiguousAttribute {
        element: String,
        /// The attribute's name without its prefix.
        attribute: String,
    },
    #[error("the Version of {element} must be 2.0; received {}", or_none(.received))]
    UnsupportedVersion {
        element: String,
        received: Option<String>,
    },
    /// A value holds a comment; programs disagree about what such a value is.
    #[error("the value of {element} contains a comment")]
    CommentInValue { element: String },
    /// A value holds an element instead of text.
    #[error("{element} contains an element instead of text")]
    InvalidValue { element: String },
    /// A time does not have the form that saml-core 1.3.3 demands.
    #[error("{field} must be a UTC time such as 2026-01-31T12:00:00Z; received {received:?}{}", time_zone_problem(.received))]
    InvalidTimestamp {
        field: &'static str,
        received: String,
    },
    /// The identity provider answered with an error.
    #[error(
        "the identity provider returned the error status {}{}{}",
        .codes.join(" / "),
        after(": ", .message),
        after("; details: ", .detail)
    )]
    IdpErrorStatus {
        /// The status codes, outermost first.
        codes: Vec<String>,
        message: Option<String>,
        /// What StatusDetail says.
        detail: Option<String>,
    },
    #[error("neither the response nor the assertion is signed")]
    Unsigned,
    #[error("the connection has no certificate to verify signatures with")]
    NoTrustedKey,
    /// A signature stands where SAML has none.
    #[error("{parent} contains a signature; only the response and its assertion can be signed")]
    SignatureMisplaced { parent: String },
    /// A signature does not have the parts that saml-core 5.4 allows.
    #[error("the structure of the signature is invalid: {detail}")]
    InvalidSignatureStructure { detail: &'static str },
    #[error("the signature algorithm {received} is not allowed")]
    SignatureAlgorithmNotAllowed { received: String },
    #[error("the digest algorithm {received} is not allowed")]
    DigestAlgorithmNotAllowed { received: String },
    /// SHA-1, on a connection that does not accept it.
    #[error(
        "{received} uses SHA-1, which is not allowed; configure the identity provider to sign with SHA-256"
    )]
    Sha1NotAllowed { received: String },
    #[error(
        "the canonicalization algorithm {received} is not allowed; expected exclusive canonicalization"
    )]
    CanonicalizationAlgorithmNotAllowed { received: String },
    /// Other transforms than enveloped-signature followed by a canonicalization (saml-core 5.4.4).
    #[error(
        "the signature's transforms must be enveloped-signature and a canonicalization; received {}",
        .received.join(", ")
    )]
    TransformNotAllowed { received: Vec<String> },
    /// The signature does not refer to its parent element (saml-core 5.4.2).
    #[error("the signature must reference the element that contains it, {expected:?}; it references {}", or_none(.received))]
    InvalidReference {
        expected: String,
        received: Option<String>,
    },
    /// The response's signature covers the assertion alone, or the assertion's signature covers the response: each has
    /// to cover its parent element.
    #[error(
        "the signature must cover the element that contains it, {expected:?}; it covers {received:?} instead"
    )]
    ReferenceMismatch { expected: String, received: String },
    /// The signed element has no canonical form.
    #[error("the namespace name {namespace:?} is relative, so the signed content is undefined")]
    InvalidCanonicalization { namespace: String },
    /// None of the configured certificates made the signature.
    #[error("the signature of {element} was not made with any of the configured certificates{}", carried_certificate(.received))]
    SignatureMismatch {
        element: String,
        /// The fingerprints of the configured certificates.
        expected: Vec<String>,
        /// The fingerprint of the certificate in the message, if it can be read: a hint, never trusted.
        received: Option<String>,
    },
    #[error("{element} was changed after it was signed{}", .hint.advice())]
    DigestMismatch { element: String, hint: Hint },
    /// The signature covers the response as it was before its assertion was encrypted.
    #[error(
        "the response was signed before its assertion was encrypted, so the signature does not match what was sent; \
         configure the identity provider to encrypt before it signs, or to sign only the assertion"
    )]
    SignedBeforeEncryption,
    /// The certificate that made the signature has expired, and the connection rejects expired certificates.
    #[error("the signing certificate {certificate} expired at {until}; the current time is {now}")]
    CertificateExpired {
        /// Its fingerprint.
        certificate: String,
        /// Its last valid second.
        until: Timestamp,
        now: Timestamp,
    },
    #[error("the response contains no assertion")]
    AssertionMissing,
    /// The response holds several assertions, or one in a place where SAML has none.
    #[error("the response must contain one assertion; it contains {received}")]
    MultipleAssertions { received: usize },
    /// An encrypted element does not have the parts that XML Encryption demands.
    #[error("the structure of the encrypted data is invalid: {detail}")]
    InvalidEncryptionStructure { detail: &'static str },
    #[error("the encryption algorithm {received} is not allowed")]
    EncryptionAlgorithmNotAllowed { received: String },
    /// AES-CBC, on a connection that does not accept it.
    #[error("the encryption algorithm {received} is not allowed for this connection")]
    CbcNotAllowed { received: String },
    #[error("the assertion is encrypted, and this connection has no key to decrypt it")]
    DecryptionKeyMissing,
    /// Decryption failed. The reason is withheld deliberately: it would help an attacker to decrypt messages.
    #[error("the encrypted data could not be decrypted and verified")]
    DecryptionFailed,
    #[error("the {element} does not name its issuer")]
    IssuerMissing { element: &'static str },
    #[error("the issuer of the {element} must be {expected:?}; received {received:?}")]
    IssuerMismatch {
        element: &'static str,
        expected: String,
        received: String,
    },
    /// A signed response has no `Destination` (saml-bindings 3.5.5.2).
    #[error("a signed response must have the Destination {expected:?}; received none")]
    DestinationMissing { expected: String },
    #[error("Destination must be {expected:?}; received {received:?}")]
    DestinationMismatch { expected: String, received: String },
    #[error("the assertion has no Subject")]
    SubjectMissing,
    /// The subject has no bearer confirmation (saml-profiles 4.1.4.2).
    #[error("the assertion's subject has no bearer SubjectConfirmation")]
    SubjectConfirmationMissing {
        /// The methods of the confirmations that it has.
        received: Vec<String>,
    },
    /// A bearer confirmation lacks a part or has one that it may not have.
    #[error("the assertion's SubjectConfirmation is invalid: {detail}")]
    InvalidSubjectConfirmation { detail: &'static str },
    #[error(
        "Recipient must be the assertion consumer service URL {expected:?}; received {received:?}"
    )]
    RecipientMismatch { expected: String, received: String },
    #[error("the assertion has no Conditions")]
    ConditionsMissing,
    /// The assertion restricts its use in a way that is not understood (saml-core 2.5.1.1).
    #[error("the assertion contains the unsupported condition {received}")]
    UnknownCondition { received: String },
    #[error("the assertion has no Audience; expected our entity ID {expected:?}")]
    AudienceMissing { expected: String },
    #[error("Audience must be our entity ID {expected:?}; received {received:?}")]
    AudienceMismatch {
        expected: String,
        received: Vec<String>,
    },
    #[error(
        "the assertion is not valid yet: {field} is {from}, the current time is {now}, and the allowed clock skew is {} s",
        .tolerance.as_secs()
    )]
    NotYetValid {
        /// The element or attribute that holds the time.
        field: &'static str,
        /// The first valid instant.
        from: Timestamp,
        now: Timestamp,
        tolerance: SignedDuration,
    },
    #[error(
        "the assertion has expired: {field} is {until}, the current time is {now}, and the allowed clock skew is {} s",
        .tolerance.as_secs()
    )]
    Expired {
        /// The element or attribute that holds the time.
        field: &'static str,
        /// The first instant that is not valid any more.
        until: Timestamp,
        now: Timestamp,
        tolerance: SignedDuration,
    },
    /// The validity ends before it begins.
    #[error("the validity period of the assertion ends at {until}, before it starts at {from}")]
    InvalidValidityPeriod { from: Timestamp, until: Timestamp },
    /// The response answers another request than the one that this browser sent.
    #[error(
        "InResponseTo must be our request {expected:?}; received {}",
        in_response_to_places(.received, .response)
    )]
    InResponseToMismatch {
        expected: String,
        /// The value of the assertion's `SubjectConfirmationData`, which decides; none for an unsolicited response.
        received: Option<String>,
        /// The value of the response.
        response: Option<String>,
    },
    /// The response and its assertion answer different requests.
    #[error(
        "InResponseTo is {} in the Response and {} in the assertion's SubjectConfirmationData; they must be equal",
        or_none(.response),
        or_none(.assertion)
    )]
    InResponseToInconsistent {
        response: Option<String>,
        assertion: Option<String>,
    },
    /// An unsolicited response was expected, and this one answers a request.
    #[error("the response answers the request {received:?}, {}", unexpected_request(.received))]
    UnexpectedInResponseTo { received: String },
    #[error("the assertion has no AuthnStatement, which says when and how the user signed in")]
    AuthnStatementMissing,
    /// The identity provider did not authenticate the user in a way that the connection requires.
    #[error("the authentication context must be one of {}; received {}", .expected.join(", "), or_none(.received))]
    AuthnContextMismatch {
        expected: Vec<String>,
        received: Option<String>,
    },
    /// The connection requires a signature of the response itself.
    #[error("the response itself must be signed, and it has no signature of its own")]
    ResponseSignatureMissing,
    /// The connection requires a signature of the assertion itself.
    #[error("the assertion itself must be signed, and it has no signature of its own")]
    AssertionSignatureMissing,
    /// The connection requires encryption.
    #[error("the assertion must be encrypted; it was sent unencrypted")]
    EncryptionMissing,
    /// The NameID is empty, too long, or cannot be read.
    #[error("the NameID is invalid: {detail}")]
    InvalidNameId { detail: &'static str },
}

/// A message that is often sent to the assertion consumer service by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongMessageKind {
    LogoutResponse,
    LogoutRequest,
    AuthnRequest,
    Metadata,
    Other,
}

/// The likely reason why an element was changed after it was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Something between the identity provider and this service changed it.
    ChangedInTransit,
    /// The identity provider encrypted a part after signing. The ciphertext was not decrypted to find out.
    SignedBeforeEncryption,
}

/// What is wrong with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureProblem {
    Missing,
    Repeated,
    Unexpected,
    /// A required attribute, by its name.
    AttributeMissing(&'static str),
    /// Text stands between the child elements.
    Text,
}

impl Rejection {
    pub(crate) fn from_value_error(element: &str, error: ValueError) -> Self {
        let element = element.to_owned();
        match error {
            ValueError::Comment => Self::CommentInValue { element },
            ValueError::Element => Self::InvalidValue { element },
        }
    }

    pub(crate) fn certificate_expired(certificate: &Certificate, now: Timestamp) -> Self {
        Self::CertificateExpired {
            certificate: certificate.sha256(),
            until: certificate.not_after(),
            now,
        }
    }
}

impl Hint {
    const fn advice(self) -> &'static str {
        match self {
            Self::ChangedInTransit => "",
            Self::SignedBeforeEncryption => {
                "; it contains an encrypted assertion, so the identity provider probably signed the response before it \
                 encrypted the assertion: configure it to encrypt before it signs, or to sign only the assertion"
            }
        }
    }
}

impl StructureProblem {
    fn describe(self, element: &str, parent: &str) -> String {
        match self {
            Self::Missing => format!("{parent} has no {element}"),
            Self::Repeated => format!("{parent} has {element} more than once"),
            Self::Unexpected => format!("{parent} contains {element}, which is not allowed there"),
            Self::AttributeMissing(attribute) => format!("{element} has no attribute {attribute}"),
            Self::Text => format!("{element} contains text between its child elements"),
        }
    }
}

impl From<XmlError> for Rejection {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

/// The value in quotation marks, or "none".
fn or_none(value: &Option<String>) -> String {
    value
        .as_ref()
        .map_or_else(|| "none".to_owned(), |value| format!("{value:?}"))
}

fn after(separator: &str, text: &Option<String>) -> String {
    text.as_ref()
        .map_or_else(String::new, |text| format!("{separator}{text}"))
}

fn carried_certificate(sha256: &Option<String>) -> String {
    sha256.as_ref().map_or_else(String::new, |sha256| {
        format!("; the message contains the certificate with SHA-256 fingerprint {sha256}")
    })
}
