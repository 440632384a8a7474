//! Responses that independent implementations made (`generate/make.py`): the vectors of the specification, other valid
//! responses, and damaged ones.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::collections::BTreeSet;

use passkey::{
    AuthenticationResponse, Credential, CredentialId, PasskeyError, PublicKey,
    RegistrationResponse, RelyingParty, VerificationContext,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Ceremony {
    name: String,
    ceremony: String,
    control: Option<String>,
    verdict: String,
    expected: ExpectedJson,
    response: String,
    credential: Option<CredentialJson>,
}

#[derive(Deserialize)]
struct ExpectedJson {
    challenge: String,
    origin: String,
    rp_id: String,
}

#[derive(Deserialize)]
struct CredentialJson {
    id: String,
    public_key: String,
    user_handle: String,
    sign_count: u32,
}

fn ceremonies() -> Vec<Ceremony> {
    serde_json::from_str(include_str!("fixtures/ceremonies.json")).unwrap()
}

fn decode(text: &str) -> Vec<u8> {
    base64_simd::URL_SAFE_NO_PAD.decode_to_vec(text).unwrap()
}

/// Verifies a response as a server does, with one challenge and one credential to look up.
fn verify(ceremony: &Ceremony) -> Result<(), PasskeyError> {
    let relying_party = relying_party(&ceremony.expected);
    let challenge = challenge(&ceremony.expected.challenge);
    let context = VerificationContext {
        challenge: &challenge,
        relying_party: &relying_party,
    };
    if ceremony.ceremony == "registration" {
        let credential =
            RegistrationResponse::parse(&ceremony.response)?.verify(&context, b"per_1")?;
        assert_eq!(credential.user_handle, b"per_1");
        let stored = PublicKey::from_stored(&credential.public_key.to_stored());
        assert_eq!(stored, Ok(credential.public_key));
        return Ok(());
    }
    let stored = ceremony.credential.as_ref().unwrap();
    let credential = Credential {
        id: CredentialId::parse(&stored.id)?,
        public_key: PublicKey::from_stored(&stored.public_key)?,
        user_handle: decode(&stored.user_handle),
        sign_count: stored.sign_count,
    };
    let response = AuthenticationResponse::parse(&ceremony.response)?;
    let verified = response.verify(&credential, &context)?;
    assert_eq!(verified.user_handle, credential.user_handle);
    Ok(())
}

fn relying_party(expected: &ExpectedJson) -> RelyingParty {
    RelyingParty {
        id: expected.rp_id.clone(),
        origin: expected.origin.clone(),
    }
}

/// Makes a challenge by way of a response, because the crate offers no other way for given text.
fn challenge(text: &str) -> passkey::Challenge {
    let client_data = format!(r#"{{"type":"","challenge":"{text}","origin":""}}"#);
    let encode = |bytes: &[u8]| base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes);
    let id = encode(&[0; 16]);
    let json = format!(
        r#"{{"id":"{id}","rawId":"{id}","type":"public-key",
            "response":{{"clientDataJSON":"{}","attestationObject":""}}}}"#,
        encode(client_data.as_bytes())
    );
    RegistrationResponse::parse(&json)
        .unwrap()
        .claimed_challenge()
        .clone()
}

fn verdict(ceremony: &Ceremony) -> &'static str {
    verify(ceremony).map_or_else(|error| error.code(), |()| "accepted")
}

#[test]
fn every_ceremony_has_the_expected_result() {
    let ceremonies = ceremonies();
    assert!(ceremonies.len() > 150, "the fixtures are incomplete");
    let mismatches: Vec<_> = ceremonies
        .iter()
        .filter(|ceremony| verdict(ceremony) != ceremony.verdict)
        .map(|ceremony| {
            format!(
                "{} ({}): {} instead of {}",
                ceremony.name,
                ceremony.ceremony,
                verdict(ceremony),
                ceremony.verdict
            )
        })
        .collect();
    assert!(mismatches.is_empty(), "{mismatches:#?}");
}

#[test]
fn each_rejected_ceremony_has_an_accepted_control() {
    let ceremonies = ceremonies();
    let accepted: BTreeSet<_> = ceremonies
        .iter()
        .filter(|ceremony| ceremony.verdict == "accepted")
        .map(|ceremony| ceremony.name.as_str())
        .collect();
    for ceremony in &ceremonies {
        if ceremony.verdict != "accepted" && !ceremony.name.starts_with("w3c") {
            let control = ceremony.control.as_deref().unwrap();
            assert!(accepted.contains(control), "{}: {control}", ceremony.name);
        }
    }
}

#[test]
fn registration_returns_the_credential_to_store() {
    let ceremonies = ceremonies();
    let ceremony = ceremonies
        .iter()
        .find(|ceremony| ceremony.name == "registration RS256")
        .unwrap();
    let response = RegistrationResponse::parse(&ceremony.response).unwrap();
    let relying_party = relying_party(&ceremony.expected);
    let challenge = response.claimed_challenge().clone();
    let context = VerificationContext {
        challenge: &challenge,
        relying_party: &relying_party,
    };
    let credential = response.verify(&context, b"per_1").unwrap();
    assert_eq!(credential.sign_count, 0);
    assert_eq!(credential.public_key.algorithm(), passkey::Algorithm::Rs256);
    assert_eq!(
        credential.id.to_base64url(),
        serde_json::from_str::<serde_json::Value>(&ceremony.response).unwrap()["id"]
    );
}
