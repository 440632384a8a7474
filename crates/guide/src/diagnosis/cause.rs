//! What may be behind each code, the likeliest first.

use saml::request::RequestId;
use service::sign_in::error::{Code, Remedy};

use super::ErrorFacts;

/// The names of the causes of a code that fit what the attempt recorded.
pub(super) fn causes_of(code: Code, facts: ErrorFacts<'_>) -> &'static [&'static str] {
    if facts.detail.is_none() {
        return causes(code);
    }
    let received = facts.received.unwrap_or_default();
    match code {
        Code::EncryptionAlgorithmNotAllowed => &["encryption-algorithm"],
        Code::InResponseToMismatch if received.is_empty() => &["in-response-to-omitted"],
        Code::InResponseToMismatch => &["two-tabs", "replay"],
        Code::UnexpectedInResponseTo if RequestId::has_form(received) => &["relay-state-lost"],
        Code::UnexpectedInResponseTo => &["made-up-in-response-to"],
        Code::TransformNotAllowed if received == ENVELOPED_SIGNATURE => {
            &["canonicalization-missing"]
        }
        Code::TransformNotAllowed => &["attack", "custom-idp"],
        code => causes(code),
    }
}

const ENVELOPED_SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/// The names of the causes of a code.
#[expect(
    clippy::too_many_lines,
    reason = "one line for each code: a list, not a flow"
)]
pub(super) const fn causes(code: Code) -> &'static [&'static str] {
    match code {
        Code::OrganizationNotFound => &["wrong-link"],
        Code::ConnectionNotFound => &["acs-of-deleted-connection"],
        Code::NoConnection | Code::ConnectionNotActive => &["setup-unfinished"],
        Code::ConnectionDisabled => &["connection-disabled"],
        Code::SsoNotInPlan => &["plan-without-sso"],
        Code::AcsOpenedInBrowser => &["acs-as-start-page"],
        Code::ParameterMissing
        | Code::ParameterRepeated
        | Code::ParameterTooLong
        | Code::ParameterControlCharacter
        | Code::ClientNotFound
        | Code::RedirectUriNotRegistered
        | Code::RequestTooLong
        | Code::TooManyParameters
        | Code::MalformedRequest => &["application"],
        Code::NoPendingSignIn => &["idp-portal", "relay-state-lost", "shared-idp-application"],
        Code::BrowserMismatch => &["cookies", "proxy-cookies"],
        Code::ConnectionMismatch => &["shared-idp-application"],
        Code::SignInExpired => &["page-left-open"],
        Code::Replayed => &["back-button", "replay"],
        Code::AuthnStatementMissing => &["no-authn-statement"],
        Code::AuthnContextMismatch => &["authn-context"],
        Code::ResponseSignatureMissing => &["sign-response"],
        Code::AssertionSignatureMissing => &["sign-assertion"],
        Code::EncryptionMissing => &["encrypt"],
        Code::ReauthenticationRequired => &["force-authn"],
        Code::RelayStateMismatch => &["relay-state-lost"],
        Code::AcrMismatch => &["acr"],
        Code::OtherMember => &["other-account"],
        Code::NotAMember => &["not-invited", "not-assigned"],
        Code::MemberDeactivated => &["deactivated"],
        Code::ActivationNotConfirmed => &["activation-not-confirmed"],
        Code::EmailMissing => &["email-not-sent"],
        Code::EmailAttributeMismatch => &["email-attribute-name"],
        Code::EmailValuesJoined => &["email-values-joined"],
        Code::EmailDomainNotVerified => &["domain-missing", "guest"],
        Code::SubjectNotFound => &["no-name-id", "subject-attribute"],
        Code::TransientSubject => &["transient"],
        Code::SubjectTooLong => &["wrong-value"],
        Code::InvalidNameId => &["no-name-id", "wrong-value"],
        Code::UnsupportedContentType | Code::MalformedForm => &["changed-in-transit"],
        Code::FormTooLarge | Code::MessageTooLarge | Code::XmlTooManyElements => {
            &["groups", "attack"]
        }
        Code::MissingFormField
        | Code::UnexpectedFormField
        | Code::UnexpectedLogoutResponse
        | Code::UnexpectedLogoutRequest => &["acs-as-logout"],
        Code::RepeatedFormField => &["custom-idp", "attack"],
        Code::EmptyMessage => &["changed-in-transit"],
        Code::NotBase64 => &["changed-in-transit", "custom-idp"],
        Code::CompressedResponse | Code::ResponseByRedirect => &["redirect-binding-response"],
        Code::XmlEncoding => &["declared-encoding"],
        Code::UnexpectedAuthnRequest => &["acs-as-provider"],
        Code::UnexpectedMetadata => &["metadata-at-acs"],
        Code::NotAResponse | Code::UnsupportedVersion => &["not-saml2"],
        Code::NotUtf8
        | Code::XmlSyntax
        | Code::XmlNamespace
        | Code::XmlProcessingInstruction
        | Code::XmlCdata => &["changed-in-transit", "custom-idp"],
        Code::XmlDoctype | Code::XmlTooDeep | Code::XmlTooManyAttributes => {
            &["attack", "custom-idp"]
        }
        Code::InvalidStructure
        | Code::InvalidId
        | Code::InvalidValue
        | Code::InvalidTimestamp
        | Code::IssuerMissing
        | Code::ConditionsMissing
        | Code::UnknownCondition
        | Code::SubjectMissing
        | Code::SubjectConfirmationMissing
        | Code::InvalidSubjectConfirmation
        | Code::InvalidValidityPeriod
        | Code::InvalidCanonicalization
        | Code::InvalidEncryptionStructure => &["custom-idp"],
        Code::DuplicateId
        | Code::AmbiguousAttribute
        | Code::CommentInValue
        | Code::MultipleAssertions
        | Code::InvalidReference
        | Code::SignatureMisplaced
        | Code::InvalidSignatureStructure => &["attack", "custom-idp"],
        Code::TransformNotAllowed => &["canonicalization-missing", "attack", "custom-idp"],
        Code::AssertionMissing | Code::IdpErrorStatus => &["idp-log"],
        Code::IssuerMismatch => &["other-tenant", "issuer-typo"],
        Code::DestinationMismatch | Code::RecipientMismatch => {
            &["wrong-acs-url", "shared-idp-application", "proxy-host-name"]
        }
        Code::DestinationMissing => &["destination-omitted"],
        Code::AudienceMismatch => &["wrong-entity-id", "other-idp-application"],
        Code::AudienceMissing => &["empty-audience"],
        Code::NotYetValid => &["clock"],
        Code::IdpClockAhead => &["clock-ahead"],
        Code::Expired => &["slow-delivery", "clock", "short-validity"],
        Code::IdpClockBehind => &["clock-behind"],
        Code::InResponseToMismatch => &["two-tabs", "in-response-to-omitted", "replay"],
        Code::InResponseToInconsistent => &["custom-idp", "attack"],
        Code::UnexpectedInResponseTo => &["relay-state-lost", "made-up-in-response-to"],
        Code::Unsigned => &["not-signing"],
        Code::NoTrustedKey => &["no-certificate"],
        Code::SignatureMismatch => &["newer-certificate", "other-application", "foreign-signer"],
        Code::WrongConnectionCertificate => &["applications-mixed-up"],
        Code::DigestMismatch => &["changed-in-transit", "attack"],
        Code::CertificateExpired => &["certificate-expired"],
        Code::Sha1NotAllowed => &["outdated-signature-setting"],
        Code::SignatureAlgorithmNotAllowed
        | Code::DigestAlgorithmNotAllowed
        | Code::CanonicalizationAlgorithmNotAllowed => &["algorithm"],
        Code::ReferenceMismatch => &["signature-in-wrong-element", "attack"],
        Code::SignedBeforeEncryption => &["sign-then-encrypt"],
        Code::DecryptionKeyMissing => &["unrequested-encryption"],
        Code::DecryptionFailed => &[
            "unrequested-encryption",
            "retired-certificate-at-idp",
            "cbc-unsigned",
        ],
        Code::EncryptedForRetiredKey => &["retired-certificate-at-idp"],
        Code::EncryptedForUnknownKey => &["unknown-certificate-at-idp"],
        Code::EncryptionAlgorithmNotAllowed => &["encryption-algorithm"],
        Code::CbcNotAllowed => &["cbc"],
        Code::InternalError => &["server-error"],
        Code::Overloaded => &["server-overloaded"],
        Code::TooManyRequests => &["rate-limit"],
        Code::Unavailable => &["database-unavailable"],
    }
}

/// The name of the sentence that says what happened. The codes of an application's request share one, since no
/// administrator of an identity provider meets them.
pub(super) fn summary_of(code: Code) -> &'static str {
    match code.remedy() {
        Remedy::AppDeveloper => "application",
        Remedy::Retry | Remedy::OrgAdmin | Remedy::Operator => code.as_str(),
    }
}
