//! Enums that the database, the API and the configuration spell alike.

use std::fmt;

/// A text is none of the values of an enum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {}", expected.join(", "))]
pub struct UnknownValue {
    pub expected: &'static [&'static str],
}

macro_rules! text_enums {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The texts of all variants.
            pub const VALUES: &'static [&'static str] = &[$($text),*];

            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            pub fn parse(value: &str) -> Result<Self, UnknownValue> {
                match value {
                    $($text => Ok(Self::$variant),)*
                    _ => Err(UnknownValue { expected: Self::VALUES }),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownValue;

            fn from_str(value: &str) -> Result<Self, UnknownValue> {
                Self::parse(value)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )* };
}

text_enums! {
    /// The identity provider product of a connection; it selects presets and instructions, never trust.
    Provider {
        Entra = "entra",
        Okta = "okta",
        OneLogin = "onelogin",
        PingOne = "pingone",
        PingFederate = "pingfederate",
        Google = "google",
        Adfs = "adfs",
        JumpCloud = "jumpcloud",
        Auth0 = "auth0",
        Keycloak = "keycloak",
        Shibboleth = "shibboleth",
        Other = "other",
    }

    /// How a request is sent to the identity provider.
    Binding {
        Redirect = "redirect",
        Post = "post",
    }

    /// What happens to an unsolicited response, which starts an IdP-initiated sign-in.
    IdpInitiated {
        Reject = "reject",
        /// It starts a new sign-in with a request of the service provider.
        Restart = "restart",
        /// It is validated and accepted, although nothing ties it to the browser.
        DangerAccept = "danger_accept",
    }

    /// How the authentication context of a sign-in compares with the requested ones (saml-core 3.3.2.2.1).
    AuthnContextComparison {
        Exact = "exact",
        Minimum = "minimum",
        Maximum = "maximum",
        Better = "better",
    }

    /// The character between the groups of an identity provider that sends all groups in one value.
    GroupSeparator {
        /// Each value is one group.
        None = "none",
        Comma = "comma",
        Semicolon = "semicolon",
        Pipe = "pipe",
    }

    /// What happens to a new member whose email address is outside the organization's verified domains.
    UnverifiedEmail {
        /// The address is told to applications as unverified.
        Admit = "admit",
        /// The user becomes a member without an email address.
        AdmitWithoutEmail = "admit_without_email",
        Refuse = "refuse",
    }

    /// How people become members through a connection.
    Provisioning {
        /// Every user whom the identity provider signs in becomes a member.
        JustInTime = "just_in_time",
        /// Only people whom the organization has invited can sign in.
        InvitationOnly = "invitation_only",
    }

    /// The state of a connection, derived from its [lifecycle](crate::ConnectionLifecycle).
    ConnectionState {
        Draft = "draft",
        /// A test sign-in has succeeded.
        Tested = "tested",
        /// Members can sign in.
        Active = "active",
        Disabled = "disabled",
    }

    KeyPurpose {
        /// Signs requests.
        Signing = "signing",
        /// Decrypts encrypted assertions.
        Decryption = "decryption",
    }

    /// Whether a client can keep a secret (RFC 6749 2.1).
    ClientType {
        Confidential = "confidential",
        Public = "public",
    }

    /// How a client authenticates at the token endpoint.
    TokenEndpointAuthMethod {
        ClientSecretBasic = "client_secret_basic",
        ClientSecretPost = "client_secret_post",
        PrivateKeyJwt = "private_key_jwt",
        /// For public clients.
        None = "none",
    }

    IdTokenAlgorithm {
        Rs256 = "RS256",
        Es256 = "ES256",
        EdDsa = "EdDSA",
    }

    /// How a person signed in to the console.
    ConsoleSignInMethod {
        /// By a one-time code that was sent by email.
        EmailCode = "email_code",
        /// By a sign-in link.
        Link = "link",
        Passkey = "passkey",
        /// By their organization's identity provider.
        Sso = "sso",
        /// By a recovery code.
        Recovery = "recovery",
    }

    SignInLinkPurpose {
        /// Makes the person who uses it the first operator.
        FirstOperator = "first_operator",
        /// Invites an operator.
        Operator = "operator",
        /// Invites a member of an organization.
        Invitation = "invitation",
        /// Signs in a person who has an account.
        SignIn = "sign_in",
    }

    /// How much is known about the sender of a response.
    AttemptOrigin {
        /// The response has a signature of a configured certificate.
        Verified = "verified",
        /// It answers a sign-in of this browser.
        Solicited = "solicited",
        /// It answers a test sign-in.
        Test = "test",
        /// Anyone may have sent it.
        Unknown = "unknown",
    }

    AttemptKind {
        SignIn = "sign_in",
        /// A test of a connection or of its draft.
        Test = "test",
    }

    /// What a setup link allows.
    SetupLinkPurpose {
        /// The whole guided setup.
        Connection = "connection",
        /// A test sign-in.
        Test = "test",
        /// The verification of a domain.
        Domain = "domain",
    }

    /// How a domain is verified.
    DomainVerificationMethod {
        /// The operator verified it manually.
        Manual = "manual",
        /// By a TXT record in the domain.
        Dns = "dns",
    }

    DomainState {
        /// The DNS record has not been found yet.
        Pending = "pending",
        Verified = "verified",
        /// Still verified, but the DNS record is missing.
        Missing = "missing",
        /// No longer verified, because the DNS record was missing for too long.
        Lost = "lost",
    }

    /// The state of a member.
    MemberState {
        /// Has signed in.
        Active = "active",
        /// Was invited, and has not signed in yet.
        Invited = "invited",
        Deactivated = "deactivated",
    }

    /// How an organization uses SAML single sign-on.
    SsoState {
        /// All members must sign in through the identity provider.
        Enforced = "enforced",
        /// A connection is active.
        Active = "active",
        /// No connection is active.
        Inactive = "inactive",
    }

    /// Why an organization needs attention. The order of the variants is that of urgency.
    IssueKind {
        /// The plan does not include SAML SSO, so sign-ins through the active connection are rejected.
        PlanMismatch = "plan_mismatch",
        /// All sign-ins of the last 24 hours were rejected.
        AllSignInsRejected = "all_sign_ins_rejected",
        /// The last signing certificate of an active connection has expired.
        CertificateExpired = "certificate_expired",
        /// A domain is no longer verified, because its DNS record was missing for too long.
        DomainLost = "domain_lost",
        /// The last signing certificate of an active connection expires soon.
        CertificateExpiring = "certificate_expiring",
        /// More than half of the sign-ins of the last 24 hours were rejected.
        MostSignInsRejected = "most_sign_ins_rejected",
        /// The DNS record of a verified domain is missing.
        DomainRecordMissing = "domain_record_missing",
        /// A draft has not changed for a week.
        StaleDraft = "stale_draft",
    }

    /// How a sign-in attempt ended.
    AttemptOutcome {
        Accepted = "accepted",
        Rejected = "rejected",
    }
}
