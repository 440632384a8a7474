//! Client assertions that independent implementations made (`fixtures/make.py`) are accepted or rejected as expected.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use jiff::{SignedDuration, Timestamp};
use oidc::token::{AssertionError, TokenError, TokenRequest, UsedAssertion};
use oidc::{
    Application, ClientAuthentication, ClientKeys, ClientKeysError, Issuer, SigningAlgorithm,
};
use serde_json::{Value, json};

fn fixtures() -> Value {
    serde_json::from_str(include_str!("fixtures/assertions.json")).unwrap()
}

fn now(fixtures: &Value) -> Timestamp {
    Timestamp::from_second(fixtures["now"].as_i64().unwrap()).unwrap()
}

fn application(jwks: &Value) -> Application {
    Application {
        client_id: "app_fixture".to_owned(),
        redirect_uris: vec!["https://app.example.com/callback".to_owned()],
        authentication: ClientAuthentication::PrivateKeyJwt(
            ClientKeys::parse(&jwks.to_string()).unwrap(),
        ),
        id_token_algorithm: SigningAlgorithm::Rs256,
    }
}

fn verify(assertion: &str, jwks: &Value, now: Timestamp) -> Result<UsedAssertion, TokenError> {
    let form = format!(
        "grant_type=authorization_code&code=c&redirect_uri=https://app.example.com/callback\
         &client_assertion={assertion}\
         &client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );
    let request = TokenRequest::parse(&[], &form)?;
    let issuer = Issuer::parse("https://sso.example.com").unwrap();
    let client = request.authenticate(Some(&application(jwks)), &issuer, now)?;
    assert_eq!(client.client_id(), "app_fixture");
    Ok(client.assertion().unwrap().clone())
}

#[test]
fn every_assertion_has_the_expected_result() {
    let fixtures = fixtures();
    let now = now(&fixtures);
    let cases = fixtures["cases"].as_array().unwrap();
    assert!(cases.len() > 70, "the fixtures are incomplete");
    for case in cases {
        let outcome = verify(case["assertion"].as_str().unwrap(), &fixtures["jwks"], now);
        let result = outcome
            .as_ref()
            .map_or_else(TokenError::code, |_| "accepted");
        assert_eq!(result, case["verdict"], "{}: {outcome:?}", case["name"]);
    }
}

#[test]
fn an_accepted_assertion_says_how_long_to_store_it() {
    let fixtures = fixtures();
    let now = now(&fixtures);
    let valid = fixtures["cases"][0]["assertion"].as_str().unwrap();
    let used = UsedAssertion {
        jti: "unique-1".to_owned(),
        expires_at: now + SignedDuration::from_secs(300 + 60),
    };
    assert_eq!(verify(valid, &fixtures["jwks"], now), Ok(used.clone()));
    // The assertion is rejected as expired in the second in which it may be deleted.
    let error = verify(valid, &fixtures["jwks"], used.expires_at).unwrap_err();
    assert_eq!(error.code(), "assertion-expired");
}

#[test]
fn a_key_with_another_alg_is_not_used() {
    let mut fixtures = fixtures();
    let now = now(&fixtures);
    let valid = fixtures["cases"][0]["assertion"].clone();
    fixtures["jwks"]["keys"][0]["alg"] = json!("PS256");
    let error = verify(valid.as_str().unwrap(), &fixtures["jwks"], now).unwrap_err();
    assert!(matches!(
        error,
        TokenError::Assertion(AssertionError::KeyNotFound { .. })
    ));
}

#[test]
fn a_key_set_contains_only_public_keys_of_supported_algorithms() {
    let keys = fixtures()["jwks"]["keys"].clone();
    let parse_with = |key: usize, member: &str, value: Value| {
        let mut key = keys[key].clone();
        key[member] = value;
        ClientKeys::parse(&json!({ "keys": [key] }).to_string()).map(drop)
    };
    let kid = |name: &str| Some(name.to_owned());

    assert_eq!(parse_with(0, "x5t", json!("ignored")), Ok(()));
    assert_eq!(
        parse_with(0, "d", json!("AQAB")),
        Err(ClientKeysError::SecretKey { kid: kid("rsa") })
    );
    assert_eq!(
        parse_with(1, "k", json!("c2VjcmV0")),
        Err(ClientKeysError::SecretKey { kid: kid("p256") })
    );
    assert_eq!(
        parse_with(0, "n", json!("AQAB")),
        Err(ClientKeysError::MalformedKey { kid: kid("rsa") })
    );
    assert_eq!(
        parse_with(0, "e", json!("")),
        Err(ClientKeysError::MalformedKey { kid: kid("rsa") })
    );
    let swapped = keys[1]["y"].clone();
    assert_eq!(
        parse_with(1, "x", swapped),
        Err(ClientKeysError::MalformedKey { kid: kid("p256") })
    );
    assert_eq!(
        parse_with(2, "x", json!("AA")),
        Err(ClientKeysError::MalformedKey {
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
            parse_with(0, member, json!(value)),
            Err(ClientKeysError::NoUsableKey),
            "{value}"
        );
    }
    assert_eq!(
        parse_with(1, "crv", json!("P-384")),
        Err(ClientKeysError::NoUsableKey)
    );
}

#[test]
fn a_key_set_is_json_of_limited_size() {
    let key = fixtures()["jwks"]["keys"][2].clone();
    assert!(ClientKeys::parse(&key.to_string()).is_ok());
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
            ClientKeys::parse(text),
            Err(ClientKeysError::NotJwkSet),
            "{text}"
        );
    }
    assert_eq!(
        ClientKeys::parse(r#"{"keys":[]}"#),
        Err(ClientKeysError::NoUsableKey)
    );

    let parse_keys =
        |count: usize| ClientKeys::parse(&json!({ "keys": vec![&key; count] }).to_string());
    assert!(parse_keys(32).is_ok());
    assert_eq!(
        parse_keys(33),
        Err(ClientKeysError::TooManyKeys {
            limit: 32,
            received: 33
        })
    );
    let long = " ".repeat(64 * 1024 + 1);
    let too_long = ClientKeysError::TooLong {
        limit: 64 * 1024,
        received: 64 * 1024 + 1,
    };
    assert_eq!(ClientKeys::parse(&long), Err(too_long));
}
