//! The codes that pages, logs, the documentation and support requests share.

use std::fmt;
use std::str::FromStr;

use http::StatusCode;
use i18n::{Language, Localizer};

/// Who can do something about a failed sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The user, by starting again.
    Retry,
    /// The administrators of the organization. The error page does not list them, because the user may not be a member.
    OrgAdmin,
    /// The developer of the application.
    AppDeveloper,
    /// The operator of this server.
    Operator,
}

macro_rules! codes {
    ($($variant:ident $code:literal $status:ident $message:literal $remedy:ident;)*) => {
        /// Why a sign-in fails. A code never changes once it is released.
        ///
        /// Each has a message for the user (`signin-error-…`), causes and fixes for an administrator
        /// (`guide::diagnosis`), a row in `docs/error-codes.md`, and a page in `docs/error-codes`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($variant,)*
        }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// The status of the error page.
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$variant => StatusCode::$status,)*
                }
            }

            pub const fn remedy(self) -> Remedy {
                match self {
                    $(Self::$variant => Remedy::$remedy,)*
                }
            }

            const fn message_key(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("signin-error-", $message),)*
                }
            }
        }
    };
}

// variant, code, status, message for the user, who can do something about it
codes! {
    InternalError "internal-error" INTERNAL_SERVER_ERROR "internal-error" Operator;
    Overloaded "overloaded" SERVICE_UNAVAILABLE "overloaded" Operator;
    Unavailable "unavailable" SERVICE_UNAVAILABLE "unavailable" Operator;
    TooManyRequests "too-many-requests" TOO_MANY_REQUESTS "too-many-requests" Retry;

    // where the user is going
    OrganizationNotFound "organization-not-found" NOT_FOUND "organization-not-found" Retry;
    ConnectionNotFound "connection-not-found" NOT_FOUND "connection-not-found" Retry;
    NoConnection "no-connection" FORBIDDEN "no-connection" OrgAdmin;
    ConnectionNotActive "connection-not-active" FORBIDDEN "connection-not-active" OrgAdmin;
    ConnectionDisabled "connection-disabled" FORBIDDEN "connection-disabled" OrgAdmin;
    SsoNotInPlan "sso-not-in-plan" FORBIDDEN "sso-not-in-plan" OrgAdmin;
    AcsOpenedInBrowser "acs-opened-in-browser" METHOD_NOT_ALLOWED "acs-opened-in-browser" Retry;
    ResponseByRedirect "response-by-redirect" METHOD_NOT_ALLOWED "not-accepted" OrgAdmin;

    // the request of the application
    ClientNotFound "client-not-found" BAD_REQUEST "application" AppDeveloper;
    RedirectUriNotRegistered "redirect-uri-not-registered" BAD_REQUEST "application" AppDeveloper;
    ParameterMissing "parameter-missing" BAD_REQUEST "application" AppDeveloper;
    ParameterRepeated "parameter-repeated" BAD_REQUEST "application" AppDeveloper;
    ParameterTooLong "parameter-too-long" BAD_REQUEST "application" AppDeveloper;
    ParameterControlCharacter "parameter-control-character" BAD_REQUEST "application" AppDeveloper;
    RequestTooLong "request-too-long" BAD_REQUEST "application" AppDeveloper;
    TooManyParameters "too-many-parameters" BAD_REQUEST "application" AppDeveloper;
    MalformedRequest "malformed-request" BAD_REQUEST "application" AppDeveloper;

    // the pending sign-in
    NoPendingSignIn "no-pending-sign-in" BAD_REQUEST "no-pending-sign-in" Retry;
    BrowserMismatch "browser-mismatch" BAD_REQUEST "browser-mismatch" Retry;
    ConnectionMismatch "connection-mismatch" BAD_REQUEST "connection-mismatch" Retry;
    RelayStateMismatch "relay-state-mismatch" BAD_REQUEST "relay-state-mismatch" OrgAdmin;
    SignInExpired "sign-in-expired" BAD_REQUEST "sign-in-expired" Retry;
    Replayed "replayed" CONFLICT "replayed" Retry;
    ReauthenticationRequired "reauthentication-required" FORBIDDEN "reauthentication-required" OrgAdmin;
    AcrMismatch "acr-mismatch" FORBIDDEN "acr-mismatch" OrgAdmin;
    OtherMember "other-member" FORBIDDEN "other-member" Retry;

    // who the user is
    NotAMember "not-a-member" FORBIDDEN "not-a-member" OrgAdmin;
    MemberDeactivated "member-deactivated" FORBIDDEN "member-deactivated" OrgAdmin;
    ActivationNotConfirmed "activation-not-confirmed" FORBIDDEN "activation-not-confirmed" OrgAdmin;
    EmailMissing "email-missing" FORBIDDEN "user-not-identified" OrgAdmin;
    EmailAttributeMismatch "email-attribute-mismatch" FORBIDDEN "user-not-identified" OrgAdmin;
    EmailValuesJoined "email-values-joined" FORBIDDEN "user-not-identified" OrgAdmin;
    EmailDomainNotVerified "email-domain-not-verified" FORBIDDEN "email-domain-not-verified" OrgAdmin;
    SubjectNotFound "subject-not-found" FORBIDDEN "user-not-identified" OrgAdmin;
    TransientSubject "transient-subject" FORBIDDEN "user-not-identified" OrgAdmin;
    SubjectTooLong "subject-too-long" FORBIDDEN "user-not-identified" OrgAdmin;
    InvalidNameId "invalid-name-id" FORBIDDEN "not-accepted" OrgAdmin;

    // what was posted
    UnsupportedContentType "unsupported-content-type" UNSUPPORTED_MEDIA_TYPE "incomplete" Retry;
    FormTooLarge "form-too-large" PAYLOAD_TOO_LARGE "incomplete" Retry;
    MalformedForm "malformed-form" BAD_REQUEST "incomplete" Retry;
    MissingFormField "missing-form-field" BAD_REQUEST "incomplete" Retry;
    RepeatedFormField "repeated-form-field" BAD_REQUEST "incomplete" Retry;
    UnexpectedFormField "unexpected-form-field" BAD_REQUEST "incomplete" Retry;
    EmptyMessage "empty-message" FORBIDDEN "not-accepted" OrgAdmin;
    NotBase64 "not-base64" FORBIDDEN "not-accepted" OrgAdmin;
    CompressedResponse "compressed-response" FORBIDDEN "not-accepted" OrgAdmin;
    MessageTooLarge "message-too-large" FORBIDDEN "not-accepted" OrgAdmin;
    UnexpectedLogoutResponse "unexpected-logout-response" FORBIDDEN "not-a-response" OrgAdmin;
    UnexpectedLogoutRequest "unexpected-logout-request" FORBIDDEN "not-a-response" OrgAdmin;
    UnexpectedAuthnRequest "unexpected-authn-request" FORBIDDEN "not-a-response" OrgAdmin;
    UnexpectedMetadata "unexpected-metadata" FORBIDDEN "not-a-response" OrgAdmin;
    NotAResponse "not-a-response" FORBIDDEN "not-a-response" OrgAdmin;
    NotUtf8 "not-utf8" FORBIDDEN "not-accepted" OrgAdmin;
    XmlEncoding "xml-encoding" FORBIDDEN "not-accepted" OrgAdmin;
    XmlSyntax "xml-syntax" FORBIDDEN "not-accepted" OrgAdmin;
    XmlNamespace "xml-namespace" FORBIDDEN "not-accepted" OrgAdmin;
    XmlDoctype "xml-doctype" FORBIDDEN "not-accepted" OrgAdmin;
    XmlProcessingInstruction "xml-processing-instruction" FORBIDDEN "not-accepted" OrgAdmin;
    XmlCdata "xml-cdata" FORBIDDEN "not-accepted" OrgAdmin;
    XmlTooDeep "xml-too-deep" FORBIDDEN "not-accepted" OrgAdmin;
    XmlTooManyElements "xml-too-many-elements" FORBIDDEN "not-accepted" OrgAdmin;
    XmlTooManyAttributes "xml-too-many-attributes" FORBIDDEN "not-accepted" OrgAdmin;

    // the structure of the message
    InvalidStructure "invalid-structure" FORBIDDEN "not-accepted" OrgAdmin;
    DuplicateId "duplicate-id" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidId "invalid-id" FORBIDDEN "not-accepted" OrgAdmin;
    AmbiguousAttribute "ambiguous-attribute" FORBIDDEN "not-accepted" OrgAdmin;
    UnsupportedVersion "unsupported-version" FORBIDDEN "not-accepted" OrgAdmin;
    CommentInValue "comment-in-value" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidValue "invalid-value" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidTimestamp "invalid-timestamp" FORBIDDEN "not-accepted" OrgAdmin;
    AssertionMissing "assertion-missing" FORBIDDEN "not-accepted" OrgAdmin;
    MultipleAssertions "multiple-assertions" FORBIDDEN "not-accepted" OrgAdmin;

    // what the identity provider says
    IdpErrorStatus "idp-error-status" FORBIDDEN "idp-error-status" Retry;
    IssuerMismatch "issuer-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    IssuerMissing "issuer-missing" FORBIDDEN "not-accepted" OrgAdmin;
    DestinationMismatch "destination-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    DestinationMissing "destination-missing" FORBIDDEN "not-accepted" OrgAdmin;
    RecipientMismatch "recipient-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    AudienceMismatch "audience-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    AudienceMissing "audience-missing" FORBIDDEN "not-accepted" OrgAdmin;
    ConditionsMissing "conditions-missing" FORBIDDEN "not-accepted" OrgAdmin;
    UnknownCondition "unknown-condition" FORBIDDEN "not-accepted" OrgAdmin;
    SubjectMissing "subject-missing" FORBIDDEN "not-accepted" OrgAdmin;
    SubjectConfirmationMissing "subject-confirmation-missing" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidSubjectConfirmation "invalid-subject-confirmation" FORBIDDEN "not-accepted" OrgAdmin;

    // time
    NotYetValid "not-yet-valid" FORBIDDEN "not-valid-now" Retry;
    Expired "expired" FORBIDDEN "not-valid-now" Retry;
    IdpClockAhead "idp-clock-ahead" FORBIDDEN "clock-skew" OrgAdmin;
    IdpClockBehind "idp-clock-behind" FORBIDDEN "clock-skew" OrgAdmin;
    InvalidValidityPeriod "invalid-validity-period" FORBIDDEN "not-accepted" OrgAdmin;

    // how the user signed in
    AuthnStatementMissing "authn-statement-missing" FORBIDDEN "not-accepted" OrgAdmin;
    AuthnContextMismatch "authn-context-mismatch" FORBIDDEN "authn-context-mismatch" OrgAdmin;

    // the request that the response answers
    InResponseToMismatch "in-response-to-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    InResponseToInconsistent "in-response-to-inconsistent" FORBIDDEN "not-accepted" OrgAdmin;
    UnexpectedInResponseTo "unexpected-in-response-to" FORBIDDEN "not-accepted" OrgAdmin;

    // the signature
    Unsigned "unsigned" FORBIDDEN "not-accepted" OrgAdmin;
    NoTrustedKey "no-trusted-key" FORBIDDEN "not-accepted" OrgAdmin;
    SignatureMismatch "signature-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    WrongConnectionCertificate "wrong-connection-certificate" FORBIDDEN "not-accepted" OrgAdmin;
    DigestMismatch "digest-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    CertificateExpired "certificate-expired" FORBIDDEN "not-accepted" OrgAdmin;
    Sha1NotAllowed "sha1-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
    SignatureAlgorithmNotAllowed "signature-algorithm-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
    DigestAlgorithmNotAllowed "digest-algorithm-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
    CanonicalizationAlgorithmNotAllowed "canonicalization-algorithm-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidCanonicalization "invalid-canonicalization" FORBIDDEN "not-accepted" OrgAdmin;
    TransformNotAllowed "transform-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidReference "invalid-reference" FORBIDDEN "not-accepted" OrgAdmin;
    ReferenceMismatch "reference-mismatch" FORBIDDEN "not-accepted" OrgAdmin;
    SignatureMisplaced "signature-misplaced" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidSignatureStructure "invalid-signature-structure" FORBIDDEN "not-accepted" OrgAdmin;
    ResponseSignatureMissing "response-signature-missing" FORBIDDEN "not-accepted" OrgAdmin;
    AssertionSignatureMissing "assertion-signature-missing" FORBIDDEN "not-accepted" OrgAdmin;
    SignedBeforeEncryption "signed-before-encryption" FORBIDDEN "not-accepted" OrgAdmin;

    // encryption
    EncryptionMissing "encryption-missing" FORBIDDEN "not-accepted" OrgAdmin;
    DecryptionKeyMissing "decryption-key-missing" FORBIDDEN "not-accepted" OrgAdmin;
    DecryptionFailed "decryption-failed" FORBIDDEN "not-accepted" OrgAdmin;
    EncryptedForRetiredKey "encrypted-for-retired-key" FORBIDDEN "not-accepted" OrgAdmin;
    EncryptedForUnknownKey "encrypted-for-unknown-key" FORBIDDEN "not-accepted" OrgAdmin;
    InvalidEncryptionStructure "invalid-encryption-structure" FORBIDDEN "not-accepted" OrgAdmin;
    EncryptionAlgorithmNotAllowed "encryption-algorithm-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
    CbcNotAllowed "cbc-not-allowed" FORBIDDEN "not-accepted" OrgAdmin;
}

impl Code {
    /// What happened, in one sentence for the user. It reveals nothing about the server or the posted message.
    pub fn message(self, text: Localizer) -> String {
        text.get(self.message_key())
    }

    /// The message for readers whose language is unknown: the log, and administrators' tools.
    pub(super) fn english_message(self) -> String {
        self.message(Localizer::new(Language::English))
    }
}

impl Remedy {
    /// What the user can do, and whom to ask.
    pub fn message(self, text: Localizer) -> String {
        text.get(self.message_key())
    }

    const fn message_key(self) -> &'static str {
        match self {
            Self::Retry => "signin-remedy-retry",
            Self::OrgAdmin => "signin-remedy-org-admin",
            Self::AppDeveloper => "signin-remedy-app-developer",
            Self::Operator => "signin-remedy-operator",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// There is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl FromStr for Code {
    type Err = UnknownCode;

    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        let found = Self::ALL.iter().find(|known| known.as_str() == code);
        found.copied().ok_or(UnknownCode)
    }
}
