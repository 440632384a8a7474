//! What the administrator and the log are told of a refusal.

use std::fmt;

use super::{Refusal, Sentence};

impl Refusal {
    /// What would have been right and what came, for those reasons that have two sides.
    pub fn sides(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::ClockAhead { issued, now } => (Some(now.to_string()), Some(issued.to_string())),
            Self::ClockBehind { issued, asked } => (
                Some(format!("not before {asked}")),
                Some(issued.to_string()),
            ),
            Self::EncryptedForOldKey { expected, received }
            | Self::EncryptedForOtherKey { expected, received } => {
                (expected.clone(), Some(received.clone()))
            }
            Self::CertificateOfOtherConnection { sha256, .. } => (None, Some(sha256.clone())),
            Self::EmailElsewhere { attribute } => (None, Some(attribute.clone())),
            Self::OutsideDomains { domain } => (None, Some(domain.clone())),
            Self::Saml(rejection) => rejection.sides(),
            _ => (None, None),
        }
    }
}

/// One sentence for the administrator.
impl fmt::Display for Refusal {
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each variant: a list, not a flow"
    )]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(doing) => write!(out, "{doing} failed; the log says why"),
            Self::Application(refusal) => refusal.fmt(out),
            Self::PlanWithoutSso { plan, needed } => write!(
                out,
                "the organization's plan is {plan}, and SAML single sign-on is part of {needed} and the plans above"
            ),
            Self::NoSubject { expected } => write!(out, "the assertion has no single, usable {expected}"),
            Self::TransientSubject => out.write_str(
                "the NameID is transient, so it cannot name an account; let the identity provider send a persistent one, \
                 or name an attribute as the connection's subject",
            ),
            Self::SubjectTooLong => out.write_str("the subject or the issuer is longer than 1024 bytes"),
            Self::EmailMissing => out.write_str("members join by invitation, which is found by the e-mail address; the assertion has none"),
            Self::OutsideDomains { domain } => write!(
                out,
                "the e-mail address is in {domain:?}, which is not a verified domain of the organization, so it finds no invitation"
            ),
            Self::NotAMember => out.write_str("nobody with this account has been invited, and the connection's members join by invitation"),
            Self::NotAuthenticatedAnew => out.write_str("AuthnInstant is older than the application allows, although ForceAuthn was requested"),
            Self::FormType { received } => write!(
                out,
                "expected application/x-www-form-urlencoded, received {}",
                received.as_deref().unwrap_or("no content type")
            ),
            Self::FormUnreadable => out.write_str("the body ended before its announced length"),
            Self::FormFieldMissing { field } => write!(out, "the form field {field} is missing"),
            Self::FormFieldRepeated { field } => write!(out, "the form field {field} is there more than once"),
            Self::FormFieldUnexpected { field } => write!(
                out,
                "the form carries {field}; a SAMLResponse with the answer to a sign-in is expected here"
            ),
            Self::OtherConnection => out.write_str(
                "the response came back for a sign-in that was begun at another connection",
            ),
            Self::EmailElsewhere { attribute } => write!(
                out,
                "members join by invitation, which is found by the e-mail address; the assertion has none where it is \
                 looked for, but the attribute {attribute:?} looks like one"
            ),
            Self::ClockAhead { issued, now } => write!(
                out,
                "the identity provider's clock is ahead by at least {} s: it wrote the response at {issued}, and it is {now} here",
                issued.unix_seconds() - now.unix_seconds()
            ),
            Self::ClockBehind { issued, asked } => write!(
                out,
                "the identity provider's clock is behind by at least {} s: it wrote the response at {issued}, before it \
                 was asked for at {asked}",
                asked.unix_seconds() - issued.unix_seconds()
            ),
            Self::CertificateOfOtherConnection { connection, sha256 } => write!(
                out,
                "the signature was made with the certificate {sha256} of the connection {connection:?}, not with one of this connection"
            ),
            Self::EncryptedForOldKey { received, .. } => write!(
                out,
                "the assertion was encrypted for the certificate {received}, which this connection does not use any more"
            ),
            Self::EncryptedForOtherKey { received, .. } => write!(
                out,
                "the assertion was encrypted for the certificate {received}, which was never this connection's"
            ),
            Self::Saml(rejection) => rejection.fmt(out),
            other => out.write_str(&Sentence::of(other).in_english()),
        }
    }
}
