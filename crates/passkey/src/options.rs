//! The options for `navigator.credentials.create()` and `.get()`, as JSON (sections 5.4, 5.5 and 5.1.8).

use serde::Serialize;

use crate::algorithm::Algorithm;
use crate::base64url;
use crate::challenge::Challenge;
use crate::client_data::RelyingParty;
use crate::credential::CredentialId;

/// How long the browser waits for the user: the value that section 15.1 recommends.
const TIMEOUT_MILLIS: u32 = 300_000;
const PUBLIC_KEY: &str = "public-key";
const REQUIRED: &str = "required";

/// The user who registers a passkey.
#[derive(Clone, Debug)]
pub struct User {
    /// The identifier that the authenticator returns at each sign-in: at most 64 bytes, without personal data.
    pub handle: Vec<u8>,
    /// The account name by which users tell their passkeys apart, such as an email address.
    pub name: String,
    pub display_name: String,
}

/// The options for registering a passkey.
#[derive(Clone, Copy, Debug)]
pub struct RegistrationOptions<'o> {
    pub relying_party: &'o RelyingParty,
    pub relying_party_name: &'o str,
    pub user: &'o User,
    /// The user's existing passkeys: an authenticator that has one of them does not create another.
    pub exclude_credentials: &'o [CredentialId],
}

impl RegistrationOptions<'_> {
    /// A `PublicKeyCredentialCreationOptionsJSON`.
    #[must_use]
    pub fn to_json(&self, challenge: &Challenge) -> String {
        serialize(&CreationOptions {
            rp: RpEntity {
                id: &self.relying_party.id,
                name: self.relying_party_name,
            },
            user: UserEntity {
                id: base64url::encode(&self.user.handle),
                name: &self.user.name,
                display_name: &self.user.display_name,
            },
            challenge: challenge.to_base64url(),
            pub_key_cred_params: Algorithm::ALL.map(CredentialParameters::new),
            timeout: TIMEOUT_MILLIS,
            exclude_credentials: self
                .exclude_credentials
                .iter()
                .map(CredentialDescriptor::new)
                .collect(),
            authenticator_selection: AuthenticatorSelection {
                resident_key: REQUIRED,
                require_resident_key: true,
                user_verification: REQUIRED,
            },
            attestation: "none",
        })
    }
}

/// The options for signing in with any passkey that the user has for this relying party.
#[derive(Clone, Copy, Debug)]
pub struct AuthenticationOptions<'o> {
    pub relying_party: &'o RelyingParty,
}

impl AuthenticationOptions<'_> {
    /// A `PublicKeyCredentialRequestOptionsJSON`.
    #[must_use]
    pub fn to_json(&self, challenge: &Challenge) -> String {
        serialize(&RequestOptions {
            challenge: challenge.to_base64url(),
            rp_id: &self.relying_party.id,
            timeout: TIMEOUT_MILLIS,
            user_verification: REQUIRED,
            allow_credentials: [],
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationOptions<'o> {
    rp: RpEntity<'o>,
    user: UserEntity<'o>,
    challenge: String,
    pub_key_cred_params: [CredentialParameters; 3],
    timeout: u32,
    exclude_credentials: Vec<CredentialDescriptor>,
    authenticator_selection: AuthenticatorSelection,
    attestation: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestOptions<'o> {
    challenge: String,
    rp_id: &'o str,
    timeout: u32,
    user_verification: &'static str,
    allow_credentials: [CredentialDescriptor; 0],
}

#[derive(Serialize)]
struct RpEntity<'o> {
    id: &'o str,
    name: &'o str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserEntity<'o> {
    id: String,
    name: &'o str,
    display_name: &'o str,
}

#[derive(Serialize)]
struct CredentialParameters {
    #[serde(rename = "type")]
    credential_type: &'static str,
    alg: i64,
}

impl CredentialParameters {
    fn new(algorithm: Algorithm) -> Self {
        Self {
            credential_type: PUBLIC_KEY,
            alg: algorithm.cose_id(),
        }
    }
}

#[derive(Serialize)]
struct CredentialDescriptor {
    #[serde(rename = "type")]
    credential_type: &'static str,
    id: String,
}

impl CredentialDescriptor {
    fn new(id: &CredentialId) -> Self {
        Self {
            credential_type: PUBLIC_KEY,
            id: id.to_base64url(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuthenticatorSelection {
    resident_key: &'static str,
    // For clients of Level 1, which do not know `residentKey`.
    require_resident_key: bool,
    user_verification: &'static str,
}

#[expect(clippy::expect_used, reason = "the expectation says why it holds")]
fn serialize(options: &impl Serialize) -> String {
    serde_json::to_string(options).expect("numbers, strings and lists of them can be serialized")
}
