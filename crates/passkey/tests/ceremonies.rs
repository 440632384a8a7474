//! What other programs made (`generate/make.py`) gets its verdict: the specification's vectors, our controls, and each
//! way to break them.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::collections::BTreeSet;

use passkey::{
    Credential, CredentialId, Expected, PostedAuthentication, PostedRegistration, PublicKey,
    Refusal, Site,
};
use serde::Deserialize;

#[derive(Deserialize)]
struct Ceremony {
    name: String,
    ceremony: String,
    control: Option<String>,
    verdict: String,
    expected: Answer,
    response: String,
    credential: Option<Known>,
}

#[derive(Deserialize)]
struct Answer {
    challenge: String,
    origin: String,
    rp_id: String,
}

#[derive(Deserialize)]
struct Known {
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

/// Verifies as a server does: what the answer claims is looked up, here among one question and one credential.
fn judge(ceremony: &Ceremony) -> Result<(), Refusal> {
    let asked = &ceremony.expected;
    let site = Site {
        rp_id: asked.rp_id.clone(),
        origin: asked.origin.clone(),
    };
    let challenge = passkey_challenge(&asked.challenge);
    let expected = Expected {
        challenge: &challenge,
        site: &site,
    };
    if ceremony.ceremony == "registration" {
        let credential =
            PostedRegistration::read(&ceremony.response)?.verify(&expected, b"per_1")?;
        assert_eq!(credential.user_handle, b"per_1");
        let kept = PublicKey::from_stored(&credential.public_key.stored());
        assert_eq!(kept, Ok(credential.public_key));
        return Ok(());
    }
    let known = ceremony.credential.as_ref().unwrap();
    let credential = Credential {
        id: CredentialId::read(&known.id)?,
        public_key: PublicKey::from_stored(&known.public_key)?,
        user_handle: decode(&known.user_handle),
        sign_count: known.sign_count,
    };
    let posted = PostedAuthentication::read(&ceremony.response)?;
    let authenticated = posted.verify(&credential, &expected)?;
    assert_eq!(authenticated.user_handle, credential.user_handle);
    Ok(())
}

/// The question in the form that only an answer, or random bytes, can have.
fn passkey_challenge(text: &str) -> passkey::Challenge {
    let client_data = format!(r#"{{"type":"","challenge":"{text}","origin":""}}"#);
    let encode = |bytes: &[u8]| base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes);
    let id = encode(&[0; 16]);
    let json = format!(
        r#"{{"id":"{id}","rawId":"{id}","type":"public-key",
            "response":{{"clientDataJSON":"{}","attestationObject":""}}}}"#,
        encode(client_data.as_bytes())
    );
    PostedRegistration::read(&json)
        .unwrap()
        .claimed_challenge()
        .clone()
}

fn verdict(ceremony: &Ceremony) -> &'static str {
    judge(ceremony).map_or_else(|refusal| refusal.code(), |()| "accepted")
}

#[test]
fn every_ceremony_gets_its_verdict() {
    let ceremonies = ceremonies();
    assert!(
        ceremonies.len() > 150,
        "a test that looks at nothing proves nothing"
    );
    let wrong: Vec<_> = ceremonies
        .iter()
        .filter(|ceremony| verdict(ceremony) != ceremony.verdict)
        .map(|made| {
            format!(
                "{} ({}): {} and not {}",
                made.name,
                made.ceremony,
                verdict(made),
                made.verdict
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_hostile_ceremony_has_a_control_that_is_accepted() {
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
fn the_counter_to_keep_is_the_one_that_came() {
    let ceremonies = ceremonies();
    let made = ceremonies
        .iter()
        .find(|ceremony| ceremony.name == "registration RS256")
        .unwrap();
    let posted = PostedRegistration::read(&made.response).unwrap();
    let site = Site {
        rp_id: made.expected.rp_id.clone(),
        origin: made.expected.origin.clone(),
    };
    let challenge = posted.claimed_challenge().clone();
    let expected = Expected {
        challenge: &challenge,
        site: &site,
    };
    let credential = posted.verify(&expected, b"per_1").unwrap();
    assert_eq!(credential.sign_count, 0);
    assert_eq!(credential.public_key.algorithm(), passkey::Algorithm::Rs256);
    assert_eq!(
        credential.id.text(),
        serde_json::from_str::<serde_json::Value>(&made.response).unwrap()["id"]
    );
}
