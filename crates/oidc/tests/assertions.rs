//! Client assertions that independent implementations made (`fixtures/make.py`) are accepted or rejected as expected.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use jiff::{SignedDuration, Timestamp};
use oidc::token::{AssertionError, TokenError, TokenRequest, UsedAssertion};
use oidc::{
    Application, ClientAuthentication, ClientKeys, ClientKeysError, Issuer, SigningAlgorithm,
};
use rstest::rstest;
use serde_json::{Value, json};

/// The positions of the keys in the fixtures.
const RSA: usize = 0;
const P256: usize = 1;
const ED25519: usize = 2;

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
        requires_pkce: false,
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

/// The key at `index` of the fixtures, with `member` set to `value`.
fn parse_changed_key(index: usize, member: &str, value: &Value) -> Result<(), ClientKeysError> {
    let mut key = fixtures()["jwks"]["keys"][index].clone();
    key[member] = value.clone();
    ClientKeys::parse(&json!({ "keys": [key] }).to_string()).map(drop)
}

fn secret_key(kid: &str) -> ClientKeysError {
    let kid = Some(kid.to_owned());
    ClientKeysError::SecretKey { kid }
}

fn malformed_key(kid: &str) -> ClientKeysError {
    let kid = Some(kid.to_owned());
    ClientKeysError::MalformedKey { kid }
}

#[test]
fn unknown_members_of_a_key_are_ignored() {
    assert_eq!(parse_changed_key(RSA, "x5t", &json!("ignored")), Ok(()));
}

#[rstest]
#[case::rsa_private_exponent(RSA, "d", "AQAB", secret_key("rsa"))]
#[case::symmetric_key(P256, "k", "c2VjcmV0", secret_key("p256"))]
#[case::short_modulus(RSA, "n", "AQAB", malformed_key("rsa"))]
#[case::empty_exponent(RSA, "e", "", malformed_key("rsa"))]
#[case::short_ed25519_key(ED25519, "x", "AA", malformed_key("ed25519"))]
#[case::encryption_key(RSA, "use", "enc", ClientKeysError::NoUsableKey)]
#[case::encryption_algorithm(RSA, "alg", "RSA-OAEP", ClientKeysError::NoUsableKey)]
#[case::no_algorithm(RSA, "alg", "none", ClientKeysError::NoUsableKey)]
#[case::octets(RSA, "kty", "oct", ClientKeysError::NoUsableKey)]
#[case::p384(P256, "crv", "P-384", ClientKeysError::NoUsableKey)]
fn a_key_set_contains_only_public_keys_of_supported_algorithms(
    #[case] key: usize,
    #[case] member: &str,
    #[case] value: &str,
    #[case] expected: ClientKeysError,
) {
    assert_eq!(parse_changed_key(key, member, &json!(value)), Err(expected));
}

#[test]
fn a_point_that_is_not_on_the_curve_is_malformed() {
    let swapped = fixtures()["jwks"]["keys"][P256]["y"].clone();
    assert_eq!(
        parse_changed_key(P256, "x", &swapped),
        Err(malformed_key("p256"))
    );
}

#[rstest]
fn text_that_is_not_a_jwk_set_is_rejected(
    #[values(
        "",
        "[]",
        "{}",
        "null",
        r#"{"keys":{}}"#,
        r#"{"keys":[7]}"#,
        "-----BEGIN"
    )]
    text: &str,
) {
    assert_eq!(ClientKeys::parse(text), Err(ClientKeysError::NotJwkSet));
}

#[test]
fn a_key_alone_is_a_key_set() {
    let key = fixtures()["jwks"]["keys"][ED25519].clone();
    assert!(ClientKeys::parse(&key.to_string()).is_ok());
}

#[test]
fn a_key_set_has_at_least_one_key() {
    assert_eq!(
        ClientKeys::parse(r#"{"keys":[]}"#),
        Err(ClientKeysError::NoUsableKey)
    );
}

#[test]
fn a_key_set_has_limited_size() {
    let key = fixtures()["jwks"]["keys"][ED25519].clone();
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
