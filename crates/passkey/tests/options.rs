//! The JSON of the options for `navigator.credentials`.

use passkey::{
    AuthenticationOptions, CHALLENGE_BYTES, Challenge, CredentialId, RegistrationOptions,
    RelyingParty, User,
};
use serde_json::{Value, json};

fn relying_party() -> RelyingParty {
    RelyingParty {
        id: "sso.example.com".to_owned(),
        origin: "https://sso.example.com".to_owned(),
    }
}

#[test]
fn registration_options_require_a_discoverable_credential_and_user_verification() {
    let relying_party = relying_party();
    let existing = [CredentialId::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap()];
    let user = User {
        handle: b"per_1".to_vec(),
        name: "ada@example.com".to_owned(),
        display_name: "Ada \"the first\"".to_owned(),
    };
    let options = RegistrationOptions {
        relying_party: &relying_party,
        relying_party_name: "Vestibule",
        user: &user,
        exclude_credentials: &existing,
    };
    let json: Value =
        serde_json::from_str(&options.to_json(&Challenge::from_random(&[0; CHALLENGE_BYTES])))
            .unwrap();
    let expected = json!({
        "rp": { "id": "sso.example.com", "name": "Vestibule" },
        "user": { "id": "cGVyXzE", "name": "ada@example.com", "displayName": "Ada \"the first\"" },
        "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "pubKeyCredParams": [
            { "type": "public-key", "alg": -8 },
            { "type": "public-key", "alg": -7 },
            { "type": "public-key", "alg": -257 },
        ],
        "timeout": 300_000,
        "excludeCredentials": [{ "type": "public-key", "id": "AAAAAAAAAAAAAAAAAAAAAA" }],
        "authenticatorSelection": {
            "residentKey": "required", "requireResidentKey": true, "userVerification": "required",
        },
        "attestation": "none",
    });
    assert_eq!(json, expected);
}

#[test]
fn authentication_options_allow_any_passkey_of_the_relying_party() {
    let relying_party = relying_party();
    let options = AuthenticationOptions {
        relying_party: &relying_party,
    };
    let json: Value =
        serde_json::from_str(&options.to_json(&Challenge::from_random(&[255; CHALLENGE_BYTES])))
            .unwrap();
    let expected = json!({
        "challenge": "__________________________________________8",
        "rpId": "sso.example.com",
        "timeout": 300_000,
        "userVerification": "required",
        "allowCredentials": [],
    });
    assert_eq!(json, expected);
}
