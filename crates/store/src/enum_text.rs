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
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
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
    /// The product behind a connection; it chooses presets and words, never trust.
    Provider {
        /// Microsoft Entra ID.
        Entra = "entra",
        /// Okta.
        Okta = "okta",
        /// OneLogin.
        OneLogin = "onelogin",
        /// PingOne.
        PingOne = "pingone",
        /// PingFederate.
        PingFederate = "pingfederate",
        /// Google Workspace.
        Google = "google",
        /// Active Directory Federation Services.
        Adfs = "adfs",
        /// JumpCloud.
        JumpCloud = "jumpcloud",
        /// Auth0.
        Auth0 = "auth0",
        /// Keycloak.
        Keycloak = "keycloak",
        /// Shibboleth.
        Shibboleth = "shibboleth",
        /// Any other SAML 2.0 identity provider.
        Other = "other",
    }

    /// How a request travels to the identity provider.
    Binding {
        /// In the query of a redirect.
        Redirect = "redirect",
        /// In a form that the browser posts.
        Post = "post",
    }

    /// What happens to an unsolicited response, which starts an IdP-initiated sign-in.
    IdpInitiated {
        Reject = "reject",
        /// It only starts a sign-in with a request of the service provider.
        Restart = "restart",
        /// It is validated and accepted, although nothing ties it to the browser.
        DangerAccept = "danger_accept",
    }

    /// How people become members through a connection.
    Provisioning {
        /// Every person whom the identity provider signs in becomes a member.
        JustInTime = "just_in_time",
        /// Only people whom the organization has invited can sign in.
        InvitationOnly = "invitation_only",
    }

    /// How far a connection has come; read off its times.
    ConnectionState {
        /// It has settings.
        Draft = "draft",
        /// Somebody has signed in through it as a test.
        Tested = "tested",
        /// Members sign in through it.
        Active = "active",
        /// It has been switched off.
        Disabled = "disabled",
    }

    /// What a connection's key pair is for.
    KeyPurpose {
        /// Signing our requests.
        Signing = "signing",
        /// Decrypting what the identity provider encrypts for us.
        Decryption = "decryption",
    }

    /// Whether an application can keep a secret.
    ClientType {
        /// It runs on a server.
        Confidential = "confidential",
        /// It runs on a device or in a browser.
        Public = "public",
    }

    /// How an application proves itself at the token endpoint.
    TokenEndpointAuthMethod {
        /// Secret in the Authorization header.
        ClientSecretBasic = "client_secret_basic",
        /// Secret in the form.
        ClientSecretPost = "client_secret_post",
        /// A signed assertion.
        PrivateKeyJwt = "private_key_jwt",
        /// Nothing: a public client.
        None = "none",
    }

    /// How an ID token is signed.
    IdTokenAlgorithm {
        /// RSA with SHA-256.
        Rs256 = "RS256",
        /// ECDSA on P-256 with SHA-256.
        Es256 = "ES256",
        /// Ed25519.
        EdDsa = "EdDSA",
    }

    /// How somebody came into the console.
    ConsoleSignInMethod {
        /// By a one-time code that was sent to their address.
        EmailCode = "email_code",
        /// By a link that was handed to them.
        Link = "link",
        /// By a passkey.
        Passkey = "passkey",
        /// Through their organization's identity provider.
        Sso = "sso",
        /// By one of their recovery codes.
        Recovery = "recovery",
    }

    /// What a link that signs somebody in is for.
    SignInLinkPurpose {
        /// It makes whoever uses it the first operator.
        FirstOperator = "first_operator",
        /// It invites an operator.
        Operator = "operator",
        /// It invites an organization's member.
        Invitation = "invitation",
        /// It signs in somebody who has an account.
        SignIn = "sign_in",
    }

    /// What an attempt to sign in was for.
    AttemptKind {
        /// Somebody wanted to come in.
        SignIn = "sign_in",
        /// Somebody tried a connection that is being set up or changed.
        Test = "test",
    }

    /// What a setup link is for.
    SetupLinkPurpose {
        /// To set a connection up, from the first card of its guide to the last.
        Connection = "connection",
        /// To sign in as a test.
        Test = "test",
        /// To prove a domain.
        Domain = "domain",
    }

    /// How a domain is verified.
    DomainVerificationMethod {
        /// The operator vouches for it.
        Manual = "manual",
        /// By a TXT record in the domain.
        Dns = "dns",
    }

    /// Whether a domain counts as an organization's.
    DomainState {
        /// Its record has not been seen yet.
        PendingSignIn = "pending",
        /// It counts.
        Verified = "verified",
        /// It still counts, but its record is missing.
        Missing = "missing",
        /// It does not count any more, because its record was missing for too long.
        Lost = "lost",
    }

    /// How an attempt to sign in ended.
    AttemptOutcome {
        /// The person was signed in.
        Accepted = "accepted",
        /// The person was not.
        Refused = "refused",
    }
}
