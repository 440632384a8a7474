//! Client assertions that other implementations made (`fixtures/make.py`) get their verdicts.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use oidc::token::{AssertionProblem, AssertionUse, TokenProblem, TokenRequest};
use oidc::{
    Application, ClientAuthentication, ClientKeys, ClientKeysError, Issuer, SigningAlgorithm,
    Timestamp,
};
use serde_json::{Value, json};

fn fixtures() -> Value {
    serde_json::from_str(include_str!("fixtures/assertions.json")).unwrap()
}

fn application(jwks: &Value) -> Application {
    Application {
        client_id: "app_fixture".to_owned(),
        redirect_uris: vec!["https://app.example.com/callback".to_owned()],
        authentication: ClientAuthentication::PrivateKeyJwt(
            ClientKeys::read(&jwks.to_string()).unwrap(),
        ),
        id_token_algorithm: SigningAlgorithm::Rs256,
    }
}

fn judge(assertion: &str, jwks: &Value, now: i64) -> Result<AssertionUse, TokenProblem> {
    let form = format!(
        "grant_type=authorization_code&code=c&redirect_uri=https://app.example.com/callback\
         &client_assertion={assertion}\
         &client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    let request = TokenRequest::read(&[], &form)?;
    let issuer = Issuer::read("https://sso.example.com").unwrap();
    let client = request.authenticate(Some(&application(jwks)), &issuer, Timestamp(now))?;
    assert_eq!(client.client_id(), "app_fixture");
    Ok(client.assertion().unwrap().clone())
}

#[test]
fn every_foreign_assertion_gets_its_verdict() {
    let fixtures = fixtures();
    let now = fixtures["now"].as_i64().unwrap();
    let cases = fixtures["cases"].as_array().unwrap();
    assert!(
        cases.len() > 70,
        "a test that looks at nothing proves nothing"
    );
    for case in cases {
        let outcome = judge(case["assertion"].as_str().unwrap(), &fixtures["jwks"], now);
        let verdict = outcome
            .as_ref()
            .map_or_else(TokenProblem::code, |_| "accepted");
        assert_eq!(verdict, case["verdict"], "{}: {outcome:?}", case["name"]);
    }
}

#[test]
fn an_accepted_assertion_says_how_long_to_remember_it() {
    let fixtures = fixtures();
    let now = fixtures["now"].as_i64().unwrap();
    let good = fixtures["cases"][0]["assertion"].as_str().unwrap();
    let remembered = AssertionUse {
        jti: "unique-1".to_owned(),
        until: Timestamp(now).after(300 + 60),
    };
    assert_eq!(judge(good, &fixtures["jwks"], now), Ok(remembered.clone()));
    // In the second in which it may be forgotten its age refuses it.
    let refusal = judge(good, &fixtures["jwks"], remembered.until.0).unwrap_err();
    assert_eq!(refusal.code(), "assertion-expired");
}

#[test]
fn a_key_whose_alg_is_another_one_is_not_tried() {
    let mut fixtures = fixtures();
    let now = fixtures["now"].as_i64().unwrap();
    let good = fixtures["cases"][0]["assertion"].clone();
    fixtures["jwks"]["keys"][0]["alg"] = json!("PS256");
    let refusal = judge(good.as_str().unwrap(), &fixtures["jwks"], now).unwrap_err();
    assert!(matches!(
        refusal,
        TokenProblem::Assertion(AssertionProblem::NoKey { .. })
    ));
}

#[test]
fn a_key_set_holds_public_keys_of_our_algorithms_alone() {
    let keys = fixtures()["jwks"]["keys"].clone();
    let with = |key: usize, member: &str, value: Value| {
        let mut key = keys[key].clone();
        key[member] = value;
        ClientKeys::read(&json!({ "keys": [key] }).to_string()).map(drop)
    };
    let kid = |name: &str| Some(name.to_owned());

    assert_eq!(with(0, "x5t", json!("ignored")), Ok(()));
    assert_eq!(
        with(0, "d", json!("AQAB")),
        Err(ClientKeysError::Secret { kid: kid("rsa") })
    );
    assert_eq!(
        with(1, "k", json!("c2VjcmV0")),
        Err(ClientKeysError::Secret { kid: kid("p256") })
    );
    assert_eq!(
        with(0, "n", json!("AQAB")),
        Err(ClientKeysError::Malformed { kid: kid("rsa") })
    );
    assert_eq!(
        with(0, "e", json!("")),
        Err(ClientKeysError::Malformed { kid: kid("rsa") })
    );
    let swapped = keys[1]["y"].clone();
    assert_eq!(
        with(1, "x", swapped),
        Err(ClientKeysError::Malformed { kid: kid("p256") })
    );
    assert_eq!(
        with(2, "x", json!("AA")),
        Err(ClientKeysError::Malformed {
            kid: kid("ed25519")
        })
    );
    for (member, value) in [
        ("use", "enc"),
        ("alg", "RSA-OAEP"),
        ("alg", "none"),
        ("kty", "oct"),
    ] {
        assert_eq!(
            with(0, member, json!(value)),
            Err(ClientKeysError::NoneUsable),
            "{value}"
        );
    }
    assert_eq!(
        with(1, "crv", json!("P-384")),
        Err(ClientKeysError::NoneUsable)
    );
}

#[test]
fn a_key_set_is_json_of_limited_size() {
    let one = fixtures()["jwks"]["keys"][2].clone();
    assert!(ClientKeys::read(&one.to_string()).is_ok());
    for text in [
        "",
        "[]",
        "{}",
        "null",
        r#"{"keys":{}}"#,
        r#"{"keys":[7]}"#,
        "-----BEGIN",
    ] {
        assert_eq!(
            ClientKeys::read(text),
            Err(ClientKeysError::NotAKeySet),
            "{text}"
        );
    }
    assert_eq!(
        ClientKeys::read(r#"{"keys":[]}"#),
        Err(ClientKeysError::NoneUsable)
    );

    let set = |keys: usize| ClientKeys::read(&json!({ "keys": vec![&one; keys] }).to_string());
    assert!(set(32).is_ok());
    assert_eq!(
        set(33),
        Err(ClientKeysError::TooMany {
            limit: 32,
            received: 33
        })
    );
    let long = " ".repeat(64 * 1024 + 1);
    let refusal = ClientKeysError::TooLong {
        limit: 64 * 1024,
        received: 64 * 1024 + 1,
    };
    assert_eq!(ClientKeys::read(&long), Err(refusal));
}
