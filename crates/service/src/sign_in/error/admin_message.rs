//! What the administrator and the log read about a failed sign-in.

use std::fmt;

use super::SignInError;

impl SignInError {
    /// The expected and the received value, where there are such.
    pub fn expected_and_received(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::IdpClockAhead { issued, now } => {
                (Some(now.to_string()), Some(issued.to_string()))
            }
            Self::IdpClockBehind { issued, requested } => (
                Some(format!("not before {requested}")),
                Some(issued.to_string()),
            ),
            Self::EncryptedForRetiredKey { expected, received }
            | Self::EncryptedForUnknownKey { expected, received } => {
                (expected.clone(), Some(received.clone()))
            }
            Self::WrongConnectionCertificate { sha256, .. } => (None, Some(sha256.clone())),
            Self::EmailAttributeMismatch { attribute } | Self::EmailValuesJoined { attribute } => {
                (None, Some(attribute.clone()))
            }
            Self::EmailDomainNotVerified { domain } => (None, Some(domain.clone())),
            Self::AcrMismatch { expected, received } => {
                (Some(expected.join(" or ")), received.clone())
            }
            Self::RelayStateMismatch { received } => (None, received.clone()),
            Self::Saml(rejection) => rejection.expected_and_received(),
            _ => (None, None),
        }
    }
}

/// One sentence for the administrator.
impl fmt::Display for SignInError {
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each variant: a list, not a flow"
    )]
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internal(doing) => write!(out, "{doing} failed; see the server's log"),
            Self::AuthorizationRequest(error) => error.fmt(out),
            Self::SsoNotInPlan { plan, needed } => write!(
                out,
                "the organization's plan is {plan}, but SAML single sign-on requires {needed} or a higher plan"
            ),
            Self::SubjectNotFound { expected } => write!(out, "the assertion does not contain exactly one usable {expected}"),
            Self::TransientSubject => out.write_str(
                "the NameID is transient and cannot identify an account; configure a persistent NameID at the identity \
                 provider, or set the connection's account ID attribute (subject_attribute)",
            ),
            Self::SubjectTooLong => out.write_str("the subject or the issuer is longer than 1024 bytes"),
            Self::EmailMissing => out.write_str("members join by invitation, and the email address identifies the invitation; the assertion contains no email address"),
            Self::EmailDomainNotVerified { domain } => write!(
                out,
                "the email address is in {domain:?}, which is not a verified domain of the organization, so it cannot match an invitation, and this \
                 connection admits no other users with it"
            ),
            Self::NotAMember => out.write_str("this account has not been invited, and members of this connection join by invitation only"),
            Self::ActivationNotConfirmed => out.write_str(
                "a setup link activated this connection, and no administrator or operator has confirmed it; until then, no one becomes an administrator through it",
            ),
            Self::ReauthenticationRequired => out.write_str("AuthnInstant is older than the application allows, even though ForceAuthn was requested"),
            Self::AcrMismatch { .. } => out.write_str("AuthnContextClassRef is none of those that the application requires"),
            Self::OtherMember => out.write_str(
                "the application asked for a certain member (id_token_hint, or sub in claims), and another member signed in",
            ),
            Self::RelayStateMismatch { received: None } => out.write_str(
                "the response answers a request of this server, but came without the RelayState of that request",
            ),
            Self::RelayStateMismatch { received: Some(_) } => out.write_str(
                "the response answers a request of this server, but came with another RelayState than that of the request",
            ),
            Self::UnsupportedContentType { received } => write!(
                out,
                "expected application/x-www-form-urlencoded, received {}",
                received.as_deref().unwrap_or("no content type")
            ),
            Self::MalformedForm => out.write_str("the request body ended before its announced length"),
            Self::MissingFormField { field } => write!(out, "the form field {field} is missing"),
            Self::RepeatedFormField { field } => write!(out, "the form contains the field {field} more than once"),
            Self::UnexpectedFormField { field } => write!(
                out,
                "the form contains {field}; expected a SAMLResponse with the response to a sign-in"
            ),
            Self::ConnectionMismatch => out.write_str(
                "the response belongs to a sign-in that was started with a different connection",
            ),
            Self::EmailValuesJoined { attribute } => write!(
                out,
                "members join by invitation, and the email address identifies the invitation; the attribute {attribute:?} has \
                 several addresses in one value, and each must be a value of its own"
            ),
            Self::EmailAttributeMismatch { attribute } => write!(
                out,
                "members join by invitation, and the email address identifies the invitation; no mapped attribute contains \
                 an email address, but the value of the attribute {attribute:?} looks like one"
            ),
            Self::IdpClockAhead { issued, now } => write!(
                out,
                "the identity provider's clock is ahead by at least {} s: the response is dated {issued}, and the time here is {now}",
                issued.as_second() - now.as_second()
            ),
            Self::IdpClockBehind { issued, requested } => write!(
                out,
                "the identity provider's clock is behind by at least {} s: the response is dated {issued}, before it was \
                 requested at {requested}",
                requested.as_second() - issued.as_second()
            ),
            Self::WrongConnectionCertificate { connection, sha256 } => write!(
                out,
                "the response was signed with the certificate {sha256} of the connection {connection:?}, not with a certificate of this connection"
            ),
            Self::EncryptedForRetiredKey { received, .. } => write!(
                out,
                "the assertion was encrypted with the certificate {received}, which this connection no longer uses"
            ),
            Self::EncryptedForUnknownKey { received, .. } => write!(
                out,
                "the assertion was encrypted with the certificate {received}, which never belonged to this connection"
            ),
            Self::Saml(rejection) => rejection.fmt(out),
            other => out.write_str(&other.code().english_message()),
        }
    }
}
