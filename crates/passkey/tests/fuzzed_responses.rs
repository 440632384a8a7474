//! Arbitrary and damaged responses cause no panic, and a response that was changed is rejected.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::sync::LazyLock;

use passkey::{
    AuthenticationResponse, Credential, CredentialId, PublicKey, RegistrationResponse,
    RelyingParty, VerificationContext,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The ceremonies of the fixtures that are accepted without a change.
static ACCEPTED: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let ceremonies: Vec<Value> =
        serde_json::from_str(include_str!("fixtures/ceremonies.json")).unwrap();
    ceremonies
        .into_iter()
        .filter(|ceremony| ceremony["verdict"] == "accepted")
        .collect()
});

fn accepted_ceremonies(kind: &str) -> Vec<&'static Value> {
    ACCEPTED
        .iter()
        .filter(|ceremony| ceremony["ceremony"] == kind)
        .collect()
}

fn encode(bytes: &[u8]) -> String {
    base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes)
}

fn decode(text: &Value) -> Vec<u8> {
    base64_simd::URL_SAFE_NO_PAD
        .decode_to_vec(text.as_str().unwrap())
        .unwrap()
}

/// The response of a ceremony with one of its binary members replaced.
fn replace_member(ceremony: &Value, member: &str, bytes: &[u8]) -> String {
    let mut response: Value = serde_json::from_str(ceremony["response"].as_str().unwrap()).unwrap();
    response["response"][member] = json!(encode(bytes));
    response.to_string()
}

/// A ceremony, and one of its binary members with some bytes changed, removed or inserted.
fn damage(
    kind: &'static str,
    member: &'static str,
) -> impl Strategy<Value = (&'static Value, Vec<u8>)> {
    let edit = (any::<prop::sample::Index>(), any::<u8>(), 0..3);
    let edits = prop::collection::vec(edit, 1..4);
    (prop::sample::select(accepted_ceremonies(kind)), edits).prop_map(move |(ceremony, edits)| {
        let response: Value = serde_json::from_str(ceremony["response"].as_str().unwrap()).unwrap();
        let mut bytes = decode(&response["response"][member]);
        for (index, byte, operation) in edits {
            let position = index.index(bytes.len());
            match operation {
                0 => bytes[position] = byte,
                1 => bytes.truncate(position.max(1)),
                _ => bytes.insert(position, byte),
            }
        }
        (ceremony, bytes)
    })
}

fn relying_party(ceremony: &Value) -> RelyingParty {
    let text = |name: &str| ceremony["expected"][name].as_str().unwrap().to_owned();
    RelyingParty {
        id: text("rp_id"),
        origin: text("origin"),
    }
}

/// Verifies a registration as the response to the challenge that it claims to answer.
fn register(ceremony: &Value, json: &str) {
    let Ok(response) = RegistrationResponse::parse(json) else {
        return;
    };
    let challenge = response.claimed_challenge().clone();
    let context = VerificationContext {
        challenge: &challenge,
        relying_party: &relying_party(ceremony),
    };
    if let Err(error) = response.verify(&context, b"per_1") {
        assert!(!error.to_string().is_empty());
    }
}

/// Whether an assertion is accepted as the response to the challenge that it claims to answer.
fn is_accepted(ceremony: &Value, json: &str) -> bool {
    let Ok(response) = AuthenticationResponse::parse(json) else {
        return false;
    };
    let stored = &ceremony["credential"];
    let credential = Credential {
        id: CredentialId::parse(stored["id"].as_str().unwrap()).unwrap(),
        public_key: PublicKey::from_stored(stored["public_key"].as_str().unwrap()).unwrap(),
        user_handle: decode(&stored["user_handle"]),
        sign_count: u32::try_from(stored["sign_count"].as_u64().unwrap()).unwrap(),
    };
    let challenge = response.claimed_challenge().clone();
    let context = VerificationContext {
        challenge: &challenge,
        relying_party: &relying_party(ceremony),
    };
    response.verify(&credential, &context).is_ok()
}

/// Asserts that a changed member is rejected, and that an edit without effect is not.
fn assert_damage_is_detected(ceremony: &Value, member: &str, bytes: &[u8]) {
    let response: Value = serde_json::from_str(ceremony["response"].as_str().unwrap()).unwrap();
    let is_unchanged = decode(&response["response"][member]) == bytes;
    assert_eq!(
        is_accepted(ceremony, &replace_member(ceremony, member, bytes)),
        is_unchanged
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_is_parsed_without_panic(text in ".*") {
        RegistrationResponse::parse(&text).unwrap_err();
        AuthenticationResponse::parse(&text).unwrap_err();
        if let Ok(id) = CredentialId::parse(&text) {
            prop_assert_eq!(id.to_base64url(), text);
        }
    }

    #[test]
    fn any_bytes_are_parsed_as_a_key_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = encode(&bytes);
        if let Ok(key) = PublicKey::from_stored(&text) {
            prop_assert_eq!(key.to_stored(), text);
        }
    }

    #[test]
    fn any_bytes_are_parsed_as_an_attestation_object_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let ceremony = accepted_ceremonies("registration")[0];
        register(ceremony, &replace_member(ceremony, "attestationObject", &bytes));
    }

    #[test]
    fn a_damaged_attestation_object_is_parsed_without_panic((ceremony, bytes) in damage("registration", "attestationObject")) {
        register(ceremony, &replace_member(ceremony, "attestationObject", &bytes));
    }

    #[test]
    fn damaged_client_data_is_parsed_without_panic((ceremony, bytes) in damage("registration", "clientDataJSON")) {
        register(ceremony, &replace_member(ceremony, "clientDataJSON", &bytes));
    }

    #[test]
    fn damaged_authenticator_data_is_rejected((ceremony, bytes) in damage("authentication", "authenticatorData")) {
        assert_damage_is_detected(ceremony, "authenticatorData", &bytes);
    }

    #[test]
    fn damaged_client_data_is_rejected((ceremony, bytes) in damage("authentication", "clientDataJSON")) {
        assert_damage_is_detected(ceremony, "clientDataJSON", &bytes);
    }

    #[test]
    fn a_damaged_signature_is_rejected((ceremony, bytes) in damage("authentication", "signature")) {
        assert_damage_is_detected(ceremony, "signature", &bytes);
    }
}
