//! Validation of authorization requests, parameter by parameter.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use insta::assert_snapshot;
use jiff::Timestamp;
use oidc::authorization::{
    AuthorizationError, AuthorizationErrorKind, AuthorizationRequest, AuthorizationResponse,
    ClientValidationError, ResponseMode, claimed_client_id,
};
use oidc::{
    Application, AuthorizationCode, ClientAuthentication, Issuer, ParameterError, Parameters,
    Prompt, Scope, SigningAlgorithm, StoredHash,
};
use rstest::rstest;

const CALLBACK: &str = "https://app.example.com/callback";
const SECRET: &str = "secret";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn application(authentication: ClientAuthentication, redirect_uri: &str) -> Application {
    Application {
        client_id: "app_1".to_owned(),
        redirect_uris: vec![
            "https://app.example.com/other".to_owned(),
            redirect_uri.to_owned(),
        ],
        authentication,
        requires_pkce: false,
        id_token_algorithm: SigningAlgorithm::Rs256,
    }
}

fn confidential_application() -> Application {
    application(
        ClientAuthentication::ClientSecretBasic(StoredHash::from_secret(SECRET)),
        CALLBACK,
    )
}

fn public_application() -> Application {
    application(ClientAuthentication::None, CALLBACK)
}

/// A valid request with parameters changed, added, or removed by an empty value.
fn build_query(changes: &[(&str, &str)]) -> String {
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", "app_1"),
        ("redirect_uri", CALLBACK),
        ("scope", "openid"),
        ("state", "st"),
    ];
    parameters.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    parameters.extend(changes);
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish()
}

fn parse(
    query: &str,
    application: &Application,
) -> Result<AuthorizationRequest, AuthorizationError> {
    AuthorizationRequest::parse(&Parameters::parse(query)?, Some(application))
}

fn parse_accepted(changes: &[(&str, &str)]) -> AuthorizationRequest {
    parse(&build_query(changes), &confidential_application()).unwrap()
}

fn parse_returned_error(query: &str, application: &Application) -> AuthorizationErrorKind {
    match parse(query, application) {
        Err(AuthorizationError::ReturnToClient(error)) => error.kind,
        other => panic!("{query}: {other:?}"),
    }
}

fn parse_shown_error(query: &str) -> ClientValidationError {
    match parse(query, &confidential_application()) {
        Err(AuthorizationError::ShowToUser(error)) => error,
        other => panic!("{query}: {other:?}"),
    }
}

fn issuer() -> Issuer {
    Issuer::parse("https://sso.example.com").unwrap()
}

#[test]
fn every_parameter_is_parsed() {
    let request = parse_accepted(&[
        ("scope", "openid email profile groups offline_access"),
        ("nonce", "n-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("prompt", "login select_account"),
        ("max_age", "60"),
        ("login_hint", "ada@acme.example"),
        ("domain_hint", "acme.example"),
        ("organization", "acme"),
        ("connection", "con_1"),
        ("acr_values", "urn:a urn:b"),
        ("ui_locales", "de-CH en"),
        ("id_token_hint", "e30.eyJzdWIiOiJtZW1fMSJ9.c2ln"),
        (
            "claims",
            r#"{"id_token":{"acr":{"essential":true,"value":"urn:c"},"name":null}}"#,
        ),
        ("response_mode", "form_post"),
        ("display", "popup"),
        ("unknown", "ignored"),
    ]);
    assert_snapshot!(serde_json::to_string_pretty(&request).unwrap());
    assert_eq!(request.scopes.to_string(), "openid email profile groups");
    assert!(request.scopes.contains(Scope::Groups));
    assert!(request.prompts.contains(Prompt::Login) && !request.prompts.contains(Prompt::None));
    assert_eq!(
        request.min_auth_time(Timestamp::constant(100, 0)),
        Some(Timestamp::constant(40, 0))
    );
}

#[test]
fn a_request_survives_serialization() {
    let request = parse_accepted(&[
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    let stored = serde_json::to_string(&request).unwrap();
    assert_eq!(
        serde_json::from_str::<AuthorizationRequest>(&stored).unwrap(),
        request
    );
}

#[test]
fn a_minimal_request_of_a_confidential_client_is_valid() {
    let request = parse(
        &format!("response_type=code&client_id=app_1&scope=openid&redirect_uri={CALLBACK}"),
        &confidential_application(),
    )
    .unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&request).unwrap(), @r#"
    {
      "client_id": "app_1",
      "redirect_uri": "https://app.example.com/callback",
      "response_mode": "query",
      "scopes": [
        "openid"
      ],
      "state": null,
      "nonce": null,
      "code_challenge": null,
      "prompts": [],
      "max_age": null,
      "login_hint": null,
      "domain_hint": null,
      "organization": null,
      "connection": null,
      "acr_values": [],
      "essential_acr_values": [],
      "subject": null,
      "claims": {
        "id_token": {},
        "userinfo": {}
      },
      "ui_locales": []
    }
    "#);
    assert_eq!(request.min_auth_time(Timestamp::constant(100, 0)), None);
    assert!(!request.requires_reauthentication());
}

#[rstest]
#[case::prompt_login("prompt", "login", true)]
#[case::max_age_0("max_age", "0", true)]
#[case::max_age_1("max_age", "1", false)]
#[case::prompt_none("prompt", "none", false)]
#[case::prompt_select_account("prompt", "select_account", true)]
fn some_parameters_require_reauthentication(
    #[case] parameter: &str,
    #[case] value: &str,
    #[case] expected: bool,
) {
    let request = parse_accepted(&[(parameter, value)]);
    assert_eq!(request.requires_reauthentication(), expected);
}

#[test]
fn a_confidential_client_may_have_to_use_pkce() {
    let application = Application {
        requires_pkce: true,
        ..confidential_application()
    };
    let error = parse_returned_error(&build_query(&[]), &application);
    assert_eq!(error, AuthorizationErrorKind::PkceRequired);
    assert_eq!(error.error(), "invalid_request");
}

#[rstest]
#[case::id_token_hint(&[("id_token_hint", HINT)], true)]
#[case::sub(&[("claims", r#"{"id_token":{"sub":{"value":"mem_1"}}}"#)], true)]
#[case::same_in_both(
    &[("id_token_hint", HINT), ("claims", r#"{"userinfo":{"sub":{"value":"mem_1"}}}"#)],
    true
)]
#[case::no_hint(&[], false)]
fn a_request_can_be_limited_to_one_member(
    #[case] parameters: &[(&str, &str)],
    #[case] is_limited: bool,
) {
    let request = parse_accepted(parameters);
    assert!(request.accepts_subject("mem_1"));
    assert_eq!(request.accepts_subject("mem_2"), !is_limited);
}

/// The payload is `{"sub":"mem_1"}`.
const HINT: &str = "e30.eyJzdWIiOiJtZW1fMSJ9.c2ln";

#[rstest]
#[case::no_jwt(&[("id_token_hint", "mem_1")])]
#[case::two_subjects(
    &[("id_token_hint", HINT), ("claims", r#"{"id_token":{"sub":{"value":"mem_2"}}}"#)]
)]
#[case::claims(&[("claims", "email")])]
fn a_malformed_hint_is_invalid(#[case] parameters: &[(&str, &str)]) {
    let error = parse_returned_error(&build_query(parameters), &confidential_application());
    assert_eq!(
        (error.error(), error.code()),
        ("invalid_request", "parameter-value")
    );
}

#[rstest]
#[case::nothing_asked(&[], true, true)]
#[case::preferred(&[("acr_values", "urn:b urn:mfa")], true, true)]
#[case::another_preferred(&[("acr_values", "urn:b")], true, false)]
#[case::another_essential(
    &[("claims", r#"{"id_token":{"acr":{"essential":true,"value":"urn:b"}}}"#)],
    false,
    false
)]
#[case::essential(
    &[("claims", r#"{"id_token":{"acr":{"essential":true,"values":["urn:b","urn:mfa"]}}}"#)],
    true,
    true
)]
fn an_authentication_context_is_preferred_or_essential(
    #[case] parameters: &[(&str, &str)],
    #[case] is_accepted: bool,
    #[case] is_preferred: bool,
) {
    let request = parse_accepted(parameters);
    assert_eq!(request.accepts_acr(Some("urn:mfa")), is_accepted);
    assert_eq!(request.prefers_acr(Some("urn:mfa")), is_preferred);
    assert_eq!(
        request.accepts_acr(None),
        request.essential_acr_values.is_empty()
    );
}

#[rstest]
fn a_redirect_uri_that_differs_in_any_byte_is_not_redirected_to(
    #[values(
        "https://app.example.com/callbacl",
        "https://app.example.com/callback/",
        "https://app.example.com/callback?",
        "https://app.example.com/callback?a=b",
        "https://app.example.com/callback#a",
        "https://app.example.com/callback/../other",
        "https://app.example.com/x/../callback",
        "https://app.example.com/./callback",
        "https://app.example.com//callback",
        "https://app.example.com/callbac",
        "https://app.example.com/",
        "https://app.example.com",
        "https://app.example.com:443/callback",
        "https://app.example.com:8443/callback",
        "https://app.example.com./callback",
        "https://evil.app.example.com/callback",
        "https://app.example.com.evil.example/callback",
        "https://app.example.com@evil.example/callback",
        "https://evil.example/https://app.example.com/callback",
        "https://evil.example\\@app.example.com/callback",
        "https:app.example.com/callback",
        "//app.example.com/callback",
        "/callback",
        "http://app.example.com/callback",
        "HTTPS://app.example.com/callback",
        "https://APP.example.com/callback",
        "https://app.example.com/CALLBACK",
        "https://app.example.com/%63allback",
        "https%3A%2F%2Fapp.example.com%2Fcallback",
        " https://app.example.com/callback",
        "https://app.example.com/callback ",
        "https://\u{430}pp.example.com/callback",
        "javascript:alert(1)//https://app.example.com/callback",
        "data:text/html,https://app.example.com/callback",
        "*"
    )]
    claimed: &str,
) {
    let error = parse_shown_error(&build_query(&[("redirect_uri", claimed)]));
    let expected = confidential_application().redirect_uris;
    assert_eq!(
        error,
        ClientValidationError::RedirectUriNotRegistered {
            expected,
            received: claimed.to_owned()
        }
    );
}

/// Whether an application with one redirect URI may be redirected to another.
fn is_redirected(authentication: ClientAuthentication, registered: &str, requested: &str) -> bool {
    let query = build_query(&[
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("redirect_uri", requested),
    ]);
    parse(&query, &application(authentication, registered))
        .is_ok_and(|request| request.redirect_uri.as_str() == requested)
}

#[rstest]
#[case::no_port("http://127.0.0.1/cb", "http://127.0.0.1/cb")]
#[case::a_port("http://127.0.0.1/cb", "http://127.0.0.1:49152/cb")]
#[case::ipv6("http://[::1]/cb", "http://[::1]:1/cb")]
fn a_public_client_that_registered_no_loopback_port_may_use_any(
    #[case] registered: &str,
    #[case] requested: &str,
) {
    let public = ClientAuthentication::None;
    assert!(is_redirected(public, registered, requested));
}

#[rstest]
#[case::empty_port("http://127.0.0.1/cb", "http://127.0.0.1:/cb")]
#[case::port_0("http://127.0.0.1/cb", "http://127.0.0.1:0/cb")]
#[case::leading_zero("http://127.0.0.1/cb", "http://127.0.0.1:080/cb")]
#[case::port_too_large("http://127.0.0.1/cb", "http://127.0.0.1:65536/cb")]
#[case::plus_sign("http://127.0.0.1/cb", "http://127.0.0.1:+80/cb")]
#[case::port_as_password("http://127.0.0.1/cb", "http://127.0.0.1:80@evil.example/cb")]
#[case::trailing_slash("http://127.0.0.1/cb", "http://127.0.0.1:80/cb/")]
#[case::query("http://127.0.0.1/cb", "http://127.0.0.1:80/cb?a")]
#[case::other_path("http://127.0.0.1/cb", "http://127.0.0.1:80/")]
#[case::no_path("http://127.0.0.1/cb", "http://127.0.0.1:80")]
#[case::other_loopback_address("http://127.0.0.1/cb", "http://127.0.0.2:80/cb")]
#[case::localhost("http://127.0.0.1/cb", "http://localhost:80/cb")]
#[case::longer_host("http://127.0.0.1/cb", "http://127.0.0.1.evil.example/cb")]
#[case::https("http://127.0.0.1/cb", "https://127.0.0.1:80/cb")]
#[case::registered_port("http://127.0.0.1:8080/cb", "http://127.0.0.1:8081/cb")]
#[case::registered_localhost("http://localhost/cb", "http://localhost:8081/cb")]
fn a_public_client_is_redirected_to_no_other_loopback_uri(
    #[case] registered: &str,
    #[case] requested: &str,
) {
    let public = ClientAuthentication::None;
    assert!(!is_redirected(public, registered, requested));
}

#[rstest]
#[case::registered("http://127.0.0.1/cb", true)]
#[case::another_port("http://127.0.0.1:49152/cb", false)]
fn a_confidential_client_uses_the_registered_loopback_uri(
    #[case] requested: &str,
    #[case] expected: bool,
) {
    let secret = ClientAuthentication::ClientSecretBasic(StoredHash::from_secret(SECRET));
    assert_eq!(
        is_redirected(secret, "http://127.0.0.1/cb", requested),
        expected
    );
}

#[rstest]
#[case::client_id("client_id")]
#[case::redirect_uri("redirect_uri")]
fn a_request_without_client_or_redirect_uri_is_shown_to_the_user(#[case] parameter: &'static str) {
    let missing = ClientValidationError::MissingParameter { parameter };
    assert_eq!(parse_shown_error(&build_query(&[(parameter, "")])), missing);
}

#[rstest]
#[case::client_id("client_id", "app_1")]
#[case::redirect_uri("redirect_uri", CALLBACK)]
fn a_request_that_repeats_client_or_redirect_uri_is_shown_to_the_user(
    #[case] parameter: &'static str,
    #[case] value: &str,
) {
    let repeated = ClientValidationError::Parameter(ParameterError::Repeated { parameter });
    let twice = format!("{}&{parameter}={value}", build_query(&[]));
    assert_eq!(parse_shown_error(&twice), repeated);
}

#[rstest]
#[case::control_character(&build_query(&[("client_id", "app_\n1")]), "parameter-control-character")]
#[case::too_long(
    &build_query(&[("redirect_uri", &format!("{CALLBACK}?{}", "a".repeat(2048)))]),
    "parameter-too-long"
)]
#[case::malformed_query("client_id=%zz", "malformed-request")]
fn a_request_with_a_malformed_client_or_redirect_uri_is_shown_to_the_user(
    #[case] query: &str,
    #[case] code: &str,
) {
    assert_eq!(parse_shown_error(query).code(), code);
}

#[rstest]
fn a_request_of_an_unknown_client_is_shown_to_the_user(
    #[values("app_2", "APP_1")] client_id: &str,
) {
    assert_eq!(
        parse_shown_error(&build_query(&[("client_id", client_id)])),
        ClientValidationError::ClientNotFound {
            received: client_id.to_owned()
        }
    );
}

#[test]
fn a_request_of_a_deleted_client_is_shown_to_the_user() {
    let parameters = Parameters::parse(&build_query(&[])).unwrap();
    assert_eq!(claimed_client_id(&parameters), Ok("app_1"));
    let error = AuthorizationRequest::parse(&parameters, None).unwrap_err();
    let received = "app_1".to_owned();
    assert_eq!(
        error,
        ClientValidationError::ClientNotFound { received }.into()
    );
}

#[rstest]
#[case::no_response_type("response_type=", "invalid_request", "parameter-missing")]
#[case::response_type_token("response_type=token", "unsupported_response_type", "response-type")]
#[case::response_type_id_token(
    "response_type=id_token",
    "unsupported_response_type",
    "response-type"
)]
#[case::response_type_code_token(
    "response_type=code+token",
    "unsupported_response_type",
    "response-type"
)]
#[case::response_type_uppercase("response_type=CODE", "unsupported_response_type", "response-type")]
#[case::response_mode_fragment("response_mode=fragment", "invalid_request", "parameter-value")]
#[case::response_mode_web_message(
    "response_mode=web_message",
    "invalid_request",
    "parameter-value"
)]
#[case::no_scope("scope=", "invalid_scope", "openid-scope-missing")]
#[case::scope_without_openid("scope=email", "invalid_scope", "openid-scope-missing")]
#[case::scope_uppercase("scope=OpenID", "invalid_scope", "openid-scope-missing")]
#[case::scope_with_comma("scope=openid,email", "invalid_scope", "openid-scope-missing")]
#[case::prompt_none_login("prompt=none+login", "invalid_request", "parameter-value")]
#[case::prompt_unknown("prompt=create", "invalid_request", "parameter-value")]
#[case::max_age_negative("max_age=-1", "invalid_request", "parameter-value")]
#[case::max_age_plus_sign("max_age=%2B1", "invalid_request", "parameter-value")]
#[case::max_age_fraction("max_age=1.5", "invalid_request", "parameter-value")]
#[case::max_age_exponent("max_age=1e3", "invalid_request", "parameter-value")]
#[case::max_age_too_long("max_age=10000000000", "invalid_request", "parameter-too-long")]
#[case::request_object("request=e30.e30.", "request_not_supported", "parameter-not-supported")]
#[case::request_uri(
    "request_uri=https://x",
    "request_uri_not_supported",
    "parameter-not-supported"
)]
#[case::registration(
    "registration={}",
    "registration_not_supported",
    "parameter-not-supported"
)]
#[case::challenge_malformed("code_challenge=abc", "invalid_request", "parameter-value")]
#[case::challenge_missing("code_challenge_method=S256", "invalid_request", "parameter-missing")]
#[case::state_line_break("state=a%0D%0Ab", "invalid_request", "parameter-control-character")]
#[case::nonce_nul("nonce=a%00", "invalid_request", "parameter-control-character")]
fn other_errors_are_returned_to_the_client(
    #[case] changed_parameter: &str,
    #[case] error: &str,
    #[case] code: &str,
) {
    let changes: Vec<_> = url::form_urlencoded::parse(changed_parameter.as_bytes()).collect();
    let changes: Vec<_> = changes
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    let kind = parse_returned_error(&build_query(&changes), &confidential_application());
    assert_eq!(kind.error(), error);
    assert_eq!(kind.code(), code);
}

fn build_query_with_pkce(challenge: &str, method: &str) -> String {
    build_query(&[
        ("code_challenge", challenge),
        ("code_challenge_method", method),
    ])
}

#[rstest]
#[case::neither("", "")]
#[case::only_the_method("", "S256")]
fn a_public_client_requires_pkce(#[case] challenge: &str, #[case] method: &str) {
    assert!(
        parse(
            &build_query_with_pkce(CHALLENGE, "S256"),
            &public_application()
        )
        .is_ok()
    );
    assert_eq!(
        parse_returned_error(
            &build_query_with_pkce(challenge, method),
            &public_application()
        ),
        AuthorizationErrorKind::PkceRequired
    );
}

#[test]
fn a_confidential_client_does_not_require_pkce() {
    assert!(parse(&build_query_with_pkce("", ""), &confidential_application()).is_ok());
}

#[rstest]
fn pkce_requires_s256(
    #[values(public_application(), confidential_application())] application: Application,
    #[values("", "plain", "s256", "S512")] method: &str,
) {
    let received = if method.is_empty() { "plain" } else { method };
    assert_eq!(
        parse_returned_error(&build_query_with_pkce(CHALLENGE, method), &application),
        AuthorizationErrorKind::InvalidValue {
            parameter: "code_challenge_method",
            expected: "S256",
            received: received.to_owned(),
        }
    );
}

#[rstest]
fn a_challenge_of_another_length_is_rejected(
    #[values(public_application(), confidential_application())] application: Application,
    #[values("x", &CHALLENGE[1..], "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=")] challenge: &str,
) {
    let kind = parse_returned_error(&build_query_with_pkce(challenge, "S256"), &application);
    assert!(matches!(
        kind,
        AuthorizationErrorKind::InvalidValue {
            parameter: "code_challenge",
            ..
        }
    ));
}

#[rstest]
#[case::response_type("response_type", 64)]
#[case::response_mode("response_mode", 64)]
#[case::scope("scope", 1024)]
#[case::state("state", 4096)]
#[case::nonce("nonce", 1024)]
#[case::code_challenge("code_challenge", 128)]
#[case::code_challenge_method("code_challenge_method", 16)]
#[case::prompt("prompt", 64)]
#[case::max_age("max_age", 10)]
#[case::login_hint("login_hint", 320)]
#[case::domain_hint("domain_hint", 253)]
#[case::organization("organization", 128)]
#[case::connection("connection", 128)]
#[case::acr_values("acr_values", 1024)]
#[case::ui_locales("ui_locales", 256)]
fn every_other_parameter_has_a_maximum_length_and_must_not_be_repeated(
    #[case] parameter: &'static str,
    #[case] limit: usize,
) {
    let kind = parse_returned_error(
        &build_query(&[(parameter, "1"), (parameter, "1")]),
        &confidential_application(),
    );
    assert_eq!(
        kind,
        AuthorizationErrorKind::Parameter(ParameterError::Repeated { parameter })
    );

    let kind = parse_returned_error(
        &build_query(&[(parameter, &"1".repeat(limit + 1))]),
        &confidential_application(),
    );
    let too_long = ParameterError::TooLong {
        parameter,
        limit,
        received: limit + 1,
    };
    assert_eq!(kind, AuthorizationErrorKind::Parameter(too_long));

    if let Err(AuthorizationError::ReturnToClient(error)) = parse(
        &build_query(&[(parameter, &"1".repeat(limit))]),
        &confidential_application(),
    ) {
        assert_ne!(error.kind.code(), "parameter-too-long");
    }
}

#[test]
fn an_error_is_returned_with_state_and_issuer() {
    let result = parse(
        &build_query(&[("scope", "email"), ("state", "a b&c=d")]),
        &confidential_application(),
    );
    let Err(AuthorizationError::ReturnToClient(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(
        error.response(&issuer()).location(),
        "https://app.example.com/callback?error=invalid_scope\
         &error_description=scope+has+to+contain+openid&state=a+b%26c%3Dd\
         &iss=https%3A%2F%2Fsso.example.com"
    );
}

#[test]
fn a_repeated_state_is_not_returned() {
    let result = parse(
        &build_query(&[("state", "a"), ("state", "b")]),
        &confidential_application(),
    );
    let Err(AuthorizationError::ReturnToClient(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.state, None);
}

#[rstest]
#[case::no_query("https://a.example/cb", "https://a.example/cb?")]
#[case::empty_query("https://a.example/cb?", "https://a.example/cb?")]
#[case::query("https://a.example/cb?x=y", "https://a.example/cb?x=y&")]
fn a_code_is_returned_with_state_and_issuer_after_the_existing_query(
    #[case] registered: &str,
    #[case] prefix: &str,
) {
    let code = AuthorizationCode::from_random(&[0; 32]);
    let location = |registered| {
        let secret = ClientAuthentication::ClientSecretBasic(StoredHash::from_secret(SECRET));
        let application = application(secret, registered);
        let request = parse(&build_query(&[("redirect_uri", registered)]), &application).unwrap();
        AuthorizationResponse::with_code(&request, &code, &issuer()).location()
    };
    let parameters = format!(
        "code={}&state=st&iss=https%3A%2F%2Fsso.example.com",
        code.as_str()
    );
    assert_eq!(location(registered), format!("{prefix}{parameters}"));
}

#[test]
fn a_later_error_is_returned_the_same_way() {
    let request = parse_accepted(&[("state", ""), ("response_mode", "form_post")]);
    let kind = AuthorizationErrorKind::AccessDenied;
    let response = AuthorizationResponse::with_error(&request, &kind, &issuer());
    assert_eq!(response.response_mode, ResponseMode::FormPost);
    let names: Vec<_> = response.parameters.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["error", "error_description", "iss"]);
    assert_eq!(response.parameters[0].1, "access_denied");
}
