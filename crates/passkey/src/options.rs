//! What a page gives to `navigator.credentials`, in JSON (sections 5.4, 5.5 and 5.1.8).

use serde::Serialize;

use crate::algorithm::Algorithm;
use crate::base64url;
use crate::challenge::Challenge;
use crate::client_data::Site;
use crate::credential::CredentialId;

/// How long a browser may take, as the specification recommends.
const TIMEOUT_MILLISECONDS: u32 = 300_000;
const PUBLIC_KEY: &str = "public-key";
const REQUIRED: &str = "required";

/// Whose passkey it will be.
#[derive(Clone, Debug)]
pub struct User {
    /// What an authenticator gives back to say whose it is: at most 64 bytes, and nothing that tells who that is.
    pub handle: Vec<u8>,
    /// The name to choose between accounts, such as an e-mail address.
    pub name: String,
    /// The name to show.
    pub display_name: String,
}

/// The question for a new passkey.
#[derive(Clone, Copy, Debug)]
pub struct RegistrationOptions<'o> {
    /// Where it will be good.
    pub site: &'o Site,
    /// The name of that place.
    pub site_name: &'o str,
    /// Whose it will be.
    pub user: &'o User,
    /// Those that this person has, which an authenticator is not to make again.
    pub known: &'o [CredentialId],
}

impl RegistrationOptions<'_> {
    /// A `PublicKeyCredentialCreationOptionsJSON`.
    #[must_use]
    pub fn json(&self, challenge: &Challenge) -> String {
        to_json(&CreationOptions {
            rp: RelyingParty {
                id: &self.site.rp_id,
                name: self.site_name,
            },
            user: UserEntity {
                id: base64url::encode(&self.user.handle),
                name: &self.user.name,
                display_name: &self.user.display_name,
            },
            challenge: challenge.text(),
            pub_key_cred_params: Algorithm::ALL.map(Parameters::of),
            timeout: TIMEOUT_MILLISECONDS,
            exclude_credentials: self.known.iter().map(Descriptor::of).collect(),
            authenticator_selection: Selection {
                resident_key: REQUIRED,
                require_resident_key: true,
                user_verification: REQUIRED,
            },
            attestation: "none",
        })
    }
}

/// The question for somebody who signs in with whichever passkey they have.
#[derive(Clone, Copy, Debug)]
pub struct AuthenticationOptions<'o> {
    /// Where it has to be good.
    pub site: &'o Site,
}

impl AuthenticationOptions<'_> {
    /// A `PublicKeyCredentialRequestOptionsJSON`.
    #[must_use]
    pub fn json(&self, challenge: &Challenge) -> String {
        to_json(&RequestOptions {
            challenge: challenge.text(),
            rp_id: &self.site.rp_id,
            timeout: TIMEOUT_MILLISECONDS,
            user_verification: REQUIRED,
            allow_credentials: [],
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreationOptions<'o> {
    rp: RelyingParty<'o>,
    user: UserEntity<'o>,
    challenge: String,
    pub_key_cred_params: [Parameters; 3],
    timeout: u32,
    exclude_credentials: Vec<Descriptor>,
    authenticator_selection: Selection,
    attestation: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestOptions<'o> {
    challenge: String,
    rp_id: &'o str,
    timeout: u32,
    user_verification: &'static str,
    allow_credentials: [Descriptor; 0],
}

#[derive(Serialize)]
struct RelyingParty<'o> {
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
struct Parameters {
    #[serde(rename = "type")]
    kind: &'static str,
    alg: i64,
}

impl Parameters {
    fn of(algorithm: Algorithm) -> Self {
        Self {
            kind: PUBLIC_KEY,
            alg: algorithm.number(),
        }
    }
}

#[derive(Serialize)]
struct Descriptor {
    #[serde(rename = "type")]
    kind: &'static str,
    id: String,
}

impl Descriptor {
    fn of(id: &CredentialId) -> Self {
        Self {
            kind: PUBLIC_KEY,
            id: id.text(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Selection {
    resident_key: &'static str,
    // For clients of Level 1, which do not know `residentKey`.
    require_resident_key: bool,
    user_verification: &'static str,
}

#[expect(clippy::expect_used, reason = "the expectation says why it holds")]
fn to_json(options: &impl Serialize) -> String {
    serde_json::to_string(options).expect("numbers, texts and lists of them have a JSON")
}
