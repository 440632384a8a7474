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
            Self::Saml(rejection) => rejection.expected_and_received(),
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
            Self::Broken(doing) => write!(out, "{doing} failed; see the server's log"),
            Self::Application(refusal) => refusal.fmt(out),
            Self::PlanWithoutSso { plan, needed } => write!(
                out,
                "the organization's plan is {plan}, but SAML single sign-on requires {needed} or a higher plan"
            ),
            Self::NoSubject { expected } => write!(out, "the assertion does not contain exactly one usable {expected}"),
            Self::TransientSubject => out.write_str(
                "the NameID is transient and cannot identify an account; configure a persistent NameID at the identity \
                 provider, or set the connection's subject attribute",
            ),
            Self::SubjectTooLong => out.write_str("the subject or the issuer is longer than 1024 bytes"),
            Self::EmailMissing => out.write_str("members join by invitation, and the email address identifies the invitation; the assertion contains no email address"),
            Self::OutsideDomains { domain } => write!(
                out,
                "the email address is in {domain:?}, which is not a verified domain of the organization, so it cannot match an invitation"
            ),
            Self::NotAMember => out.write_str("this account has not been invited, and members of this connection join by invitation only"),
            Self::NotAuthenticatedAnew => out.write_str("AuthnInstant is older than the application allows, even though ForceAuthn was requested"),
            Self::FormType { received } => write!(
                out,
                "expected application/x-www-form-urlencoded, received {}",
                received.as_deref().unwrap_or("no content type")
            ),
            Self::FormUnreadable => out.write_str("the request body ended before its announced length"),
            Self::FormFieldMissing { field } => write!(out, "the form field {field} is missing"),
            Self::FormFieldRepeated { field } => write!(out, "the form contains the field {field} more than once"),
            Self::FormFieldUnexpected { field } => write!(
                out,
                "the form contains {field}; expected a SAMLResponse with the response to a sign-in"
            ),
            Self::OtherConnection => out.write_str(
                "the response belongs to a sign-in that was started with a different connection",
            ),
            Self::EmailElsewhere { attribute } => write!(
                out,
                "members join by invitation, and the email address identifies the invitation; no mapped attribute contains \
                 an email address, but the value of the attribute {attribute:?} looks like one"
            ),
            Self::ClockAhead { issued, now } => write!(
                out,
                "the identity provider's clock is ahead by at least {} s: the response is dated {issued}, and the time here is {now}",
                issued.as_second() - now.as_second()
            ),
            Self::ClockBehind { issued, asked } => write!(
                out,
                "the identity provider's clock is behind by at least {} s: the response is dated {issued}, before it was \
                 requested at {asked}",
                asked.as_second() - issued.as_second()
            ),
            Self::CertificateOfOtherConnection { connection, sha256 } => write!(
                out,
                "the response was signed with the certificate {sha256} of the connection {connection:?}, not with a certificate of this connection"
            ),
            Self::EncryptedForOldKey { received, .. } => write!(
                out,
                "the assertion was encrypted with the certificate {received}, which this connection no longer uses"
            ),
            Self::EncryptedForOtherKey { received, .. } => write!(
                out,
                "the assertion was encrypted with the certificate {received}, which never belonged to this connection"
            ),
            Self::Saml(rejection) => rejection.fmt(out),
            other => out.write_str(&Sentence::of(other).in_english()),
        }
    }
}
