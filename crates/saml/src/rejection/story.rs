use std::fmt;

use super::{Problem, Rejection, Suspicion};

/// One sentence for the administrator.
impl fmt::Display for Rejection {
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each variant: a list, not a flow"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing was posted in SAMLResponse"),
            Self::NotBase64 => f.write_str("SAMLResponse is not base64"),
            Self::TooLarge { limit, received } => {
                write!(
                    f,
                    "the message has {received} octets; at most {limit} are taken"
                )
            }
            Self::Xml(error) => write!(f, "the message cannot be read: {error}"),
            Self::NotAResponse { received, .. } => {
                write!(f, "expected a SAML 2.0 Response, received {received}")
            }
            Self::Structure {
                problem,
                element,
                parent,
            } => problem.tell(f, element, parent),
            Self::DuplicateId { id } => write!(f, "two elements have the ID {id:?}"),
            Self::IdInvalid { element, received } => {
                write!(
                    f,
                    "the ID of {element} must be an XML name without a colon; received {}",
                    Told(received)
                )
            }
            Self::AttributeAmbiguous { element, attribute } => {
                write!(
                    f,
                    "{element} has an attribute {attribute} with a namespace prefix, which can be mistaken for SAML's own"
                )
            }
            Self::Version { element, received } => {
                write!(
                    f,
                    "the Version of {element} must be 2.0; received {}",
                    Told(received)
                )
            }
            Self::CommentInValue { element } => {
                write!(f, "a comment stands inside the value of {element}")
            }
            Self::ValueStructure { element } => {
                write!(f, "{element} holds an element where text is expected")
            }
            Self::Timestamp { field, received } => {
                write!(
                    f,
                    "{field} must be a UTC time such as 2026-01-31T12:00:00Z; received {received:?}"
                )
            }
            Self::Status { codes, message } => {
                write!(
                    f,
                    "the identity provider answered with the error status {}",
                    codes.join(" / ")
                )?;
                message
                    .iter()
                    .try_for_each(|message| write!(f, ": {message}"))
            }
            Self::DecryptionKeyMissing => f.write_str(
                "the assertion is encrypted, and this connection has no key to decrypt it with",
            ),
            Self::DecryptionFailed => {
                f.write_str("the encrypted part could not be decrypted and verified")
            }
            Self::EncryptionStructure { detail } => {
                write!(f, "the encrypted part is malformed: {detail}")
            }
            Self::EncryptionAlgorithm { received } => {
                write!(f, "the encryption algorithm {received} is not accepted")
            }
            Self::CbcNotAccepted { received } => {
                write!(
                    f,
                    "the encryption algorithm {received} is accepted only where the connection says so"
                )
            }
            Self::AssertionMissing => f.write_str("the response holds no assertion"),
            Self::AssertionMultiple { received } => write!(
                f,
                "the response must hold one assertion; it holds {received}"
            ),
            Self::Unsigned => f.write_str("neither the response nor the assertion is signed"),
            Self::NoTrustedKey => f.write_str("no certificate is configured, so no signature can be verified"),
            Self::SignatureMisplaced { parent } => {
                write!(f, "a signature stands in {parent}; only the response and its assertion may carry one")
            }
            Self::SignatureStructure { detail } => write!(f, "the signature is malformed: {detail}"),
            Self::SignatureAlgorithm { received } => write!(f, "the signature algorithm {received} is not accepted"),
            Self::DigestAlgorithm { received } => write!(f, "the digest algorithm {received} is not accepted"),
            Self::Sha1 { received } => {
                write!(f, "{received} rests on SHA-1, which is refused; let the identity provider sign with SHA-256")
            }
            Self::CanonicalizationAlgorithm { received } => {
                write!(f, "the canonicalisation {received} is not accepted; expected exclusive canonicalisation")
            }
            Self::Transform { received } => write!(
                f,
                "the signature's transforms must be enveloped-signature and a canonicalisation; received {}",
                received.join(", ")
            ),
            Self::Reference { expected, received } => write!(
                f,
                "the signature must refer to the element around it, {expected:?}; it refers to {}",
                Told(received)
            ),
            Self::ReferenceToOther { expected, received } => write!(
                f,
                "the signature must cover the element that it stands in, {expected:?}; it covers the other one, {received:?}"
            ),
            Self::Canonicalization { namespace } => {
                write!(f, "the namespace name {namespace:?} is not absolute, so what is signed is not defined")
            }
            Self::SignatureMismatch { element, received, .. } => {
                write!(f, "the signature of {element} was made by none of the configured certificates")?;
                received.iter().try_for_each(|hint| {
                    write!(f, "; the message carries the certificate with SHA-256 fingerprint {hint}")
                })
            }
            Self::DigestMismatch { element, suspicion } => {
                write!(f, "{element} was changed after it was signed")?;
                match suspicion {
                    Suspicion::Change => Ok(()),
                    Suspicion::SignedBeforeEncryption => f.write_str(
                        "; it holds an encrypted assertion, and an identity provider that signs the response before \
                         it encrypts the assertion causes exactly this: let it encrypt first and sign then, or sign \
                         the assertion alone",
                    ),
                }
            }
            Self::SignedBeforeEncryption => f.write_str(
                "the response was signed before its assertion was encrypted, so the signature does not cover what was \
                 sent; let the identity provider encrypt first and sign then, or sign the assertion alone",
            ),
            Self::CertificateExpired { certificate, until, now } => {
                write!(f, "the signature was made with the certificate {certificate}, which ended at {until}; it is {now}")
            }
            Self::IssuerMissing { element } => write!(f, "the {element} names no issuer"),
            Self::Issuer {
                element,
                expected,
                received,
            } => {
                write!(
                    f,
                    "the issuer of the {element} must be {expected:?}; received {received:?}"
                )
            }
            Self::DestinationMissing { expected } => {
                write!(
                    f,
                    "a signed response must name its Destination, {expected:?}; received none"
                )
            }
            Self::Destination { expected, received } => {
                write!(f, "Destination must be {expected:?}; received {received:?}")
            }
            Self::SubjectMissing => f.write_str("the assertion has no Subject"),
            Self::SubjectConfirmationMissing { .. } => {
                f.write_str("the assertion's subject has no bearer SubjectConfirmation")
            }
            Self::SubjectConfirmation { detail } => write!(
                f,
                "the assertion's SubjectConfirmation is not usable: {detail}"
            ),
            Self::Recipient { expected, received } => {
                write!(
                    f,
                    "Recipient must be the assertion consumer service URL {expected:?}; received {received:?}"
                )
            }
            Self::ConditionsMissing => f.write_str("the assertion has no Conditions"),
            Self::ConditionUnknown { received } => {
                write!(f, "the assertion has the unknown condition {received}")
            }
            Self::AudienceMissing { expected } => {
                write!(
                    f,
                    "the assertion names no Audience; expected our entity ID {expected:?}"
                )
            }
            Self::Audience { expected, received } => {
                write!(
                    f,
                    "Audience must be our entity ID {expected:?}; received {received:?}"
                )
            }
            Self::TooEarly {
                field,
                from,
                now,
                tolerance,
            } => write!(
                f,
                "{field} is {from}, and it is {now} here (clocks may differ by {tolerance} s): the assertion is not valid yet"
            ),
            Self::Expired {
                field,
                until,
                now,
                tolerance,
            } => write!(
                f,
                "{field} ends the assertion at {until}, and it is {now} here (clocks may differ by {tolerance} s)"
            ),
            Self::WindowEmpty { from, until } => {
                write!(
                    f,
                    "the assertion's validity ends at {until}, before it begins at {from}"
                )
            }
            Self::InResponseTo { expected, received } => {
                write!(
                    f,
                    "InResponseTo must be our request {expected:?}; received {}",
                    Told(received)
                )
            }
            Self::InResponseToContradicts {
                response,
                assertion,
            } => write!(
                f,
                "InResponseTo of the response is {} and of the assertion {}: they must be equal",
                Told(response),
                Told(assertion)
            ),
            Self::NotUnsolicited { received } => {
                write!(
                    f,
                    "the response answers the request {received:?}, which is not open in this browser"
                )
            }
            Self::NameId { detail } => write!(f, "the NameID is not usable: {detail}"),
        }
    }
}

impl Problem {
    fn tell(self, f: &mut fmt::Formatter<'_>, element: &str, parent: &str) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "{parent} has no {element}"),
            Self::Repeated => write!(f, "{parent} has {element} more than once"),
            Self::Unexpected => write!(f, "{parent} holds {element}, which has no place there"),
            Self::AttributeMissing(attribute) => {
                write!(f, "{element} has no attribute {attribute}")
            }
            Self::Text => write!(f, "text stands between the elements of {element}"),
        }
    }
}

/// A value that may be absent, for a sentence.
struct Told<'v>(&'v Option<String>);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(value) => write!(f, "{value:?}"),
            None => f.write_str("none"),
        }
    }
}
