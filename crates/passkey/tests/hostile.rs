//! Whatever is sent, the answer is a value: nothing panics, and nothing that was changed is believed.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::sync::LazyLock;

use passkey::{
    Credential, CredentialId, Expected, PostedAuthentication, PostedRegistration, PublicKey, Site,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What is accepted as it stands.
static ACCEPTED: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let made: Vec<Value> = serde_json::from_str(include_str!("fixtures/ceremonies.json")).unwrap();
    made.into_iter()
        .filter(|made| made["verdict"] == "accepted")
        .collect()
});

fn of_kind(ceremony: &str) -> Vec<&'static Value> {
    ACCEPTED
        .iter()
        .filter(|made| made["ceremony"] == ceremony)
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

/// The answer of a ceremony with one of its binary members replaced.
fn with(made: &Value, member: &str, bytes: &[u8]) -> String {
    let mut response: Value = serde_json::from_str(made["response"].as_str().unwrap()).unwrap();
    response["response"][member] = json!(encode(bytes));
    response.to_string()
}

/// A ceremony, and one of its binary members with some bytes changed, taken away or put in.
fn damaged(
    ceremony: &'static str,
    member: &'static str,
) -> impl Strategy<Value = (&'static Value, Vec<u8>)> {
    let spot = (any::<prop::sample::Index>(), any::<u8>(), 0..3);
    let spots = prop::collection::vec(spot, 1..4);
    (prop::sample::select(of_kind(ceremony)), spots).prop_map(move |(made, spots)| {
        let response: Value = serde_json::from_str(made["response"].as_str().unwrap()).unwrap();
        let mut bytes = decode(&response["response"][member]);
        for (index, byte, how) in spots {
            let at = index.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, byte),
            }
        }
        (made, bytes)
    })
}

fn site(made: &Value) -> Site {
    let text = |name: &str| made["expected"][name].as_str().unwrap().to_owned();
    Site {
        rp_id: text("rp_id"),
        origin: text("origin"),
    }
}

/// Verifies a registration as the answer to whatever it claims to answer.
fn register(made: &Value, json: &str) {
    let Ok(posted) = PostedRegistration::read(json) else {
        return;
    };
    let challenge = posted.claimed_challenge().clone();
    let expected = Expected {
        challenge: &challenge,
        site: &site(made),
    };
    if let Err(refusal) = posted.verify(&expected, b"per_1") {
        assert!(!refusal.to_string().is_empty());
    }
}

/// Whether an assertion is believed as the answer to whatever it claims to answer.
fn is_believed(made: &Value, json: &str) -> bool {
    let Ok(posted) = PostedAuthentication::read(json) else {
        return false;
    };
    let known = &made["credential"];
    let credential = Credential {
        id: CredentialId::read(known["id"].as_str().unwrap()).unwrap(),
        public_key: PublicKey::from_stored(known["public_key"].as_str().unwrap()).unwrap(),
        user_handle: decode(&known["user_handle"]),
        sign_count: u32::try_from(known["sign_count"].as_u64().unwrap()).unwrap(),
    };
    let challenge = posted.claimed_challenge().clone();
    let expected = Expected {
        challenge: &challenge,
        site: &site(made),
    };
    posted.verify(&credential, &expected).is_ok()
}

/// Damage in a signed member is found, unless it is none.
fn assert_found(made: &Value, member: &str, bytes: &[u8]) {
    let response: Value = serde_json::from_str(made["response"].as_str().unwrap()).unwrap();
    let is_whole = decode(&response["response"][member]) == bytes;
    assert_eq!(is_believed(made, &with(made, member, bytes)), is_whole);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text_is_read(text in ".*") {
        PostedRegistration::read(&text).unwrap_err();
        PostedAuthentication::read(&text).unwrap_err();
        if let Ok(id) = CredentialId::read(&text) {
            prop_assert_eq!(id.text(), text);
        }
    }

    #[test]
    fn any_bytes_are_read_as_a_key(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = encode(&bytes);
        if let Ok(key) = PublicKey::from_stored(&text) {
            prop_assert_eq!(key.stored(), text);
        }
    }

    #[test]
    fn any_bytes_are_read_as_an_attestation_object(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let made = of_kind("registration")[0];
        register(made, &with(made, "attestationObject", &bytes));
    }

    #[test]
    fn a_damaged_attestation_object_is_read((made, bytes) in damaged("registration", "attestationObject")) {
        register(made, &with(made, "attestationObject", &bytes));
    }

    #[test]
    fn damaged_client_data_is_read((made, bytes) in damaged("registration", "clientDataJSON")) {
        register(made, &with(made, "clientDataJSON", &bytes));
    }

    #[test]
    fn damaged_authenticator_data_is_not_believed((made, bytes) in damaged("authentication", "authenticatorData")) {
        assert_found(made, "authenticatorData", &bytes);
    }

    #[test]
    fn damaged_client_data_is_not_believed((made, bytes) in damaged("authentication", "clientDataJSON")) {
        assert_found(made, "clientDataJSON", &bytes);
    }

    #[test]
    fn a_damaged_signature_is_not_believed((made, bytes) in damaged("authentication", "signature")) {
        assert_found(made, "signature", &bytes);
    }
}
