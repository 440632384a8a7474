//! What the two readers of a refusal are told.

use std::fmt;

use saml::Rejection;

use super::Refusal;

impl Refusal {
    /// What the person is told: what happened and what to do, without a word of how the server works.
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each variant: a list, not a flow"
    )]
    pub(crate) fn sentence(&self) -> &'static str {
        match self {
            Self::Broken(_) => "Something does not work on our side. Please try again in a moment.",
            Self::Overloaded => "There is too much to do here. Please try again in a moment.",
            Self::Application(_) => {
                "The application that you came from asked for something that cannot be done. Its makers have to repair it."
            }
            Self::NoSuchOrganization => "There is no such organization here. Check the link.",
            Self::NoSuchConnection => "There is no such single sign-on connection here.",
            Self::ConnectionDisabled => "Your organization's single sign-on is switched off.",
            Self::ConnectionNotActive => {
                "Your organization's single sign-on is not switched on yet."
            }
            Self::NoConnection => "Your organization has not set up single sign-on.",
            Self::PlanWithoutSso { .. } => {
                "Your organization's plan does not include single sign-on."
            }
            Self::NotAsked => {
                "No sign-in was under way when you came here. Open the application and sign in from there."
            }
            Self::OtherBrowser => {
                "This sign-in was begun in another browser, or your browser keeps no cookies. Open the application and sign in again, all in this browser."
            }
            Self::OtherConnection => {
                "The answer of your identity provider belongs to another sign-in. Open the application and sign in again; if that does not help, ask your administrator."
            }
            Self::RequestExpired => {
                "This sign-in took too long. Open the application and sign in again."
            }
            Self::Replayed => {
                "This sign-in has been used already. If you are not signed in, open the application and sign in again."
            }
            Self::NotAuthenticatedAnew => {
                "The application wants you to prove anew who you are, and your identity provider did not ask you to."
            }
            Self::NotAMember => {
                "You are not a member of this organization in the application yet. Ask your administrator to invite you."
            }
            Self::Deactivated => "Your membership has been deactivated. Ask your administrator.",
            Self::NoSubject { .. }
            | Self::TransientSubject
            | Self::SubjectTooLong
            | Self::EmailMissing
            | Self::EmailElsewhere { .. } => {
                "Your identity provider did not say clearly enough who you are. Ask your administrator."
            }
            Self::OutsideDomains { .. } => {
                "Your e-mail address is not in a domain that belongs to your organization. Ask your administrator."
            }
            Self::FormTooLarge
            | Self::FormType { .. }
            | Self::FormUnreadable
            | Self::FormFieldMissing { .. }
            | Self::FormFieldRepeated { .. }
            | Self::FormFieldUnexpected { .. } => {
                "What arrived here is not a complete answer of an identity provider. Open the application and sign in again."
            }
            Self::OpenedByHand => {
                "Identity providers post their answers to this address; there is nothing to see. Open the application and sign in from there."
            }
            Self::ClockAhead { .. } | Self::ClockBehind { .. } => {
                "The clocks of your identity provider and of this server do not agree. Ask your administrator."
            }
            Self::CertificateOfOtherConnection { .. }
            | Self::EncryptedForOldKey { .. }
            | Self::EncryptedForOtherKey { .. } => NOT_ACCEPTED,
            Self::Saml(rejection) => for_the_person(rejection),
        }
    }
}

/// What everybody is told who can do nothing about it.
const NOT_ACCEPTED: &str = "The answer of your identity provider was not accepted. Ask your administrator, who can see why.";

impl Refusal {
    /// What would have been right and what came, for those reasons that have two sides.
    pub(crate) fn sides(&self) -> (Option<String>, Option<String>) {
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

/// The administrator repairs it, so the person learns only what may help them.
fn for_the_person(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::Status { .. } => {
            "Your identity provider did not sign you in. If you cancelled, open the application and sign in again; otherwise ask your administrator."
        }
        Rejection::NotAResponse { .. } => {
            "What arrived here is not the answer to a sign-in. Ask your administrator which address the identity provider posts to."
        }
        Rejection::Expired { .. } | Rejection::TooEarly { .. } => {
            "The answer of your identity provider is not valid at this moment. Open the application and sign in again; if that does not help, ask your administrator."
        }
        _ => NOT_ACCEPTED,
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
            other => out.write_str(other.sentence()),
        }
    }
}
