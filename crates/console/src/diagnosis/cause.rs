//! What may be behind each code, the likeliest first.

use service::sign_in::error::{Code, Remedy};

/// The names of the causes of a code.
#[expect(
    clippy::too_many_lines,
    reason = "one line for each code: a list, not a flow"
)]
pub(super) const fn causes(code: Code) -> &'static [&'static str] {
    match code {
        Code::OrganizationNotFound => &["link-wrong"],
        Code::ConnectionNotFound => &["old-acs"],
        Code::NoConnection | Code::ConnectionNotActive => &["unfinished"],
        Code::ConnectionDisabled => &["disabled"],
        Code::SsoNotInPlan => &["plan"],
        Code::AcsOpenedInBrowser => &["acs-as-start"],
        Code::ParameterMissing
        | Code::ParameterRepeated
        | Code::ParameterTooLong
        | Code::ParameterControlCharacter
        | Code::ClientNotFound
        | Code::RedirectUriNotRegistered
        | Code::RequestTooLong
        | Code::TooManyParameters
        | Code::MalformedRequest => &["application"],
        Code::NoPendingSignIn => &["portal", "relay-lost", "one-application"],
        Code::BrowserMismatch => &["cookies", "proxy-cookies"],
        Code::ConnectionMismatch => &["one-application"],
        Code::SignInExpired => &["left-open"],
        Code::Replayed => &["back-button", "replay"],
        Code::ReauthenticationRequired => &["force-authn"],
        Code::NotAMember => &["not-invited", "not-assigned"],
        Code::MemberDeactivated => &["deactivated"],
        Code::EmailMissing => &["email-not-sent"],
        Code::EmailAttributeMismatch => &["email-name"],
        Code::EmailDomainNotVerified => &["domain-missing", "guest"],
        Code::SubjectNotFound => &["no-name-id", "subject-attribute"],
        Code::TransientSubject => &["transient"],
        Code::SubjectTooLong => &["wrong-value"],
        Code::InvalidNameId => &["no-name-id", "wrong-value"],
        Code::UnsupportedContentType | Code::MalformedForm => &["on-the-way"],
        Code::FormTooLarge | Code::MessageTooLarge | Code::XmlTooManyElements => {
            &["groups", "attack"]
        }
        Code::MissingFormField
        | Code::UnexpectedFormField
        | Code::UnexpectedLogoutResponse
        | Code::UnexpectedLogoutRequest => &["acs-as-logout"],
        Code::RepeatedFormField => &["homemade", "attack"],
        Code::EmptyMessage => &["on-the-way"],
        Code::NotBase64 => &["redirect-answer", "on-the-way"],
        Code::UnexpectedAuthnRequest => &["acs-as-provider"],
        Code::UnexpectedMetadata => &["metadata-at-acs"],
        Code::NotAResponse | Code::UnsupportedVersion => &["not-saml2"],
        Code::NotUtf8
        | Code::XmlSyntax
        | Code::XmlNamespace
        | Code::XmlProcessingInstruction
        | Code::XmlCdata => &["on-the-way", "homemade"],
        Code::XmlDoctype | Code::XmlTooDeep | Code::XmlTooManyAttributes => &["attack", "homemade"],
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
        | Code::InvalidEncryptionStructure => &["homemade"],
        Code::DuplicateId
        | Code::AmbiguousAttribute
        | Code::CommentInValue
        | Code::MultipleAssertions
        | Code::TransformNotAllowed
        | Code::InvalidReference
        | Code::SignatureMisplaced
        | Code::InvalidSignatureStructure => &["attack", "homemade"],
        Code::AssertionMissing | Code::IdpErrorStatus => &["their-log"],
        Code::IssuerMismatch => &["other-tenant", "issuer-typed"],
        Code::DestinationMismatch | Code::RecipientMismatch => {
            &["acs-wrong", "one-application", "proxy-name"]
        }
        Code::DestinationMissing => &["destination-off"],
        Code::AudienceMismatch => &["entity-wrong", "entity-other"],
        Code::AudienceMissing => &["entity-empty"],
        Code::NotYetValid => &["clock"],
        Code::IdpClockAhead => &["clock-ahead"],
        Code::Expired => &["slow-way", "clock", "short-life"],
        Code::IdpClockBehind => &["clock-behind"],
        Code::InResponseToMismatch => &["two-tabs", "replay"],
        Code::InResponseToInconsistent => &["homemade", "attack"],
        Code::UnexpectedInResponseTo => &["relay-lost", "made-up-request"],
        Code::Unsigned => &["not-signing"],
        Code::NoTrustedKey => &["no-certificate"],
        Code::SignatureMismatch => &["newer-certificate", "other-application", "foreign-signer"],
        Code::WrongConnectionCertificate => &["mixed-up"],
        Code::DigestMismatch => &["on-the-way", "attack"],
        Code::CertificateExpired => &["certificate-expired"],
        Code::Sha1NotAllowed => &["old-setting"],
        Code::SignatureAlgorithmNotAllowed
        | Code::DigestAlgorithmNotAllowed
        | Code::CanonicalizationAlgorithmNotAllowed => &["algorithm"],
        Code::ReferenceMismatch => &["signs-other", "attack"],
        Code::SignedBeforeEncryption => &["sign-then-encrypt"],
        Code::DecryptionKeyMissing => &["encrypts-unasked"],
        Code::DecryptionFailed => &["encrypts-unasked", "old-certificate-there", "cbc-unsigned"],
        Code::EncryptedForRetiredKey => &["old-certificate-there"],
        Code::EncryptedForUnknownKey => &["foreign-certificate-there"],
        Code::EncryptionAlgorithmNotAllowed => &["encryption-algorithm"],
        Code::CbcNotAllowed => &["cbc"],
        Code::InternalError => &["ours"],
        Code::Overloaded => &["crowd"],
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
