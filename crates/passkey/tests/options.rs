//! The JSON that a page gives to `navigator.credentials`.

use passkey::{
    AuthenticationOptions, Challenge, CredentialId, RANDOM_BYTES, RegistrationOptions, Site, User,
};
use serde_json::{Value, json};

fn site() -> Site {
    Site {
        rp_id: "sso.example.com".to_owned(),
        origin: "https://sso.example.com".to_owned(),
    }
}

#[test]
fn a_new_passkey_is_discoverable_and_verifies_its_user() {
    let (site, known) = (
        site(),
        [CredentialId::read("AAAAAAAAAAAAAAAAAAAAAA").unwrap()],
    );
    let user = User {
        handle: b"per_1".to_vec(),
        name: "ada@example.com".to_owned(),
        display_name: "Ada \"the first\"".to_owned(),
    };
    let options = RegistrationOptions {
        site: &site,
        site_name: "Vestibule",
        user: &user,
        known: &known,
    };
    let made: Value =
        serde_json::from_str(&options.json(&Challenge::from_random(&[0; RANDOM_BYTES]))).unwrap();
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
    assert_eq!(made, expected);
}

#[test]
fn whoever_signs_in_takes_any_passkey_that_they_have() {
    let site = site();
    let options = AuthenticationOptions { site: &site };
    let made: Value =
        serde_json::from_str(&options.json(&Challenge::from_random(&[255; RANDOM_BYTES]))).unwrap();
    let expected = json!({
        "challenge": "__________________________________________8",
        "rpId": "sso.example.com",
        "timeout": 300_000,
        "userVerification": "required",
        "allowCredentials": [],
    });
    assert_eq!(made, expected);
}
