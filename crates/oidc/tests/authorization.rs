//! Validation of authorization requests, parameter by parameter.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use jiff::Timestamp;
use oidc::authorization::{
    AuthorizationError, AuthorizationErrorKind, AuthorizationRequest, AuthorizationResponse,
    ClientValidationError, ResponseMode, claimed_client_id,
};
use oidc::{
    Application, AuthorizationCode, ClientAuthentication, Issuer, ParameterError, Parameters,
    Prompt, Scope, SigningAlgorithm, StoredHash,
};

const CALLBACK: &str = "https://app.example.com/callback";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn application(authentication: ClientAuthentication, redirect_uri: &str) -> Application {
    Application {
        client_id: "app_1".to_owned(),
        redirect_uris: vec![
            "https://app.example.com/other".to_owned(),
            redirect_uri.to_owned(),
        ],
        authentication,
        id_token_algorithm: SigningAlgorithm::Rs256,
    }
}

fn confidential() -> Application {
    application(
        ClientAuthentication::ClientSecretBasic(StoredHash::from_secret("secret")),
        CALLBACK,
    )
}

fn public() -> Application {
    application(ClientAuthentication::None, CALLBACK)
}

/// A valid request with parameters changed, added, or removed by an empty value.
fn query(changes: &[(&str, &str)]) -> String {
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

fn accepted(changes: &[(&str, &str)]) -> AuthorizationRequest {
    parse(&query(changes), &confidential()).unwrap()
}

fn returned_error(query: &str, application: &Application) -> AuthorizationErrorKind {
    match parse(query, application) {
        Err(AuthorizationError::ReturnToClient(error)) => error.kind,
        other => panic!("{query}: {other:?}"),
    }
}

fn shown_error(query: &str) -> ClientValidationError {
    match parse(query, &confidential()) {
        Err(AuthorizationError::ShowToUser(error)) => error,
        other => panic!("{query}: {other:?}"),
    }
}

fn issuer() -> Issuer {
    Issuer::parse("https://sso.example.com").unwrap()
}

#[test]
fn every_parameter_is_parsed() {
    let request = accepted(&[
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
        ("response_mode", "form_post"),
        ("display", "popup"),
        ("unknown", "ignored"),
    ]);
    assert_eq!(request.client_id, "app_1");
    assert_eq!(request.redirect_uri.as_str(), CALLBACK);
    assert_eq!(request.response_mode, ResponseMode::FormPost);
    assert_eq!(request.scopes.to_string(), "openid email profile groups");
    assert!(request.scopes.contains(Scope::Groups));
    assert_eq!(request.state.as_deref(), Some("st"));
    assert_eq!(request.nonce.as_deref(), Some("n-1"));
    assert_eq!(
        request
            .code_challenge
            .as_ref()
            .map(oidc::CodeChallenge::as_str),
        Some(CHALLENGE)
    );
    assert!(request.prompts.contains(Prompt::Login) && !request.prompts.contains(Prompt::None));
    assert_eq!(
        request.min_auth_time(Timestamp::constant(100, 0)),
        Some(Timestamp::constant(40, 0))
    );
    assert_eq!(request.login_hint.as_deref(), Some("ada@acme.example"));
    assert_eq!(request.domain_hint.as_deref(), Some("acme.example"));
    assert_eq!(request.organization.as_deref(), Some("acme"));
    assert_eq!(request.connection.as_deref(), Some("con_1"));
    assert_eq!(request.acr_values, ["urn:a", "urn:b"]);
    assert_eq!(request.ui_locales, ["de-CH", "en"]);
}

#[test]
fn a_request_survives_serialization() {
    let request = accepted(&[
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
        &confidential(),
    )
    .unwrap();
    assert_eq!(request.state, None);
    assert_eq!(request.code_challenge, None);
    assert_eq!(request.response_mode, ResponseMode::Query);
    assert_eq!(request.min_auth_time(Timestamp::constant(100, 0)), None);
    assert!(!request.requires_reauthentication());
}

#[test]
fn prompt_login_and_max_age_0_require_reauthentication() {
    assert!(accepted(&[("prompt", "login")]).requires_reauthentication());
    assert!(accepted(&[("max_age", "0")]).requires_reauthentication());
    assert!(!accepted(&[("max_age", "1")]).requires_reauthentication());
    assert!(!accepted(&[("prompt", "none")]).requires_reauthentication());
}

#[test]
fn a_redirect_uri_that_differs_in_any_byte_is_not_redirected_to() {
    for claimed in [
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
        "https://аpp.example.com/callback",
        "javascript:alert(1)//https://app.example.com/callback",
        "data:text/html,https://app.example.com/callback",
        "*",
    ] {
        let error = shown_error(&query(&[("redirect_uri", claimed)]));
        let expected = confidential().redirect_uris;
        assert_eq!(
            error,
            ClientValidationError::RedirectUriNotRegistered {
                expected,
                received: claimed.to_owned()
            }
        );
    }
}

#[test]
fn a_loopback_port_varies_only_for_a_public_client_that_registered_none() {
    let registered = |uri| application(ClientAuthentication::None, uri);
    let pkce = [
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let is_accepted = |application: &Application, claimed: &str| {
        let changes = [&pkce[..], &[("redirect_uri", claimed)]].concat();
        let request = parse(&query(&changes), application);
        request.is_ok_and(|request| request.redirect_uri.as_str() == claimed)
    };
    let without_port = registered("http://127.0.0.1/cb");
    assert!(is_accepted(&without_port, "http://127.0.0.1/cb"));
    assert!(is_accepted(&without_port, "http://127.0.0.1:49152/cb"));
    assert!(is_accepted(
        &registered("http://[::1]/cb"),
        "http://[::1]:1/cb"
    ));
    for claimed in [
        "http://127.0.0.1:/cb",
        "http://127.0.0.1:0/cb",
        "http://127.0.0.1:080/cb",
        "http://127.0.0.1:65536/cb",
        "http://127.0.0.1:+80/cb",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1:80/cb/",
        "http://127.0.0.1:80/cb?a",
        "http://127.0.0.1:80/",
        "http://127.0.0.1:80",
        "http://127.0.0.2:80/cb",
        "http://localhost:80/cb",
        "http://127.0.0.1.evil.example/cb",
        "https://127.0.0.1:80/cb",
    ] {
        assert!(!is_accepted(&without_port, claimed), "{claimed}");
    }
    assert!(!is_accepted(
        &registered("http://127.0.0.1:8080/cb"),
        "http://127.0.0.1:8081/cb"
    ));
    assert!(!is_accepted(
        &registered("http://localhost/cb"),
        "http://localhost:8081/cb"
    ));
    let secret = ClientAuthentication::ClientSecretBasic(StoredHash::from_secret("secret"));
    let confidential = application(secret, "http://127.0.0.1/cb");
    assert!(is_accepted(&confidential, "http://127.0.0.1/cb"));
    assert!(!is_accepted(&confidential, "http://127.0.0.1:49152/cb"));
}

#[test]
fn without_a_verified_client_and_redirect_uri_the_error_is_shown_to_the_user() {
    let repeated =
        |parameter| ClientValidationError::Parameter(ParameterError::Repeated { parameter });
    let missing = |parameter| ClientValidationError::MissingParameter { parameter };
    let twice = |name: &str, value: &str| format!("{}&{name}={value}", query(&[]));
    assert_eq!(
        shown_error(&query(&[("client_id", "")])),
        missing("client_id")
    );
    assert_eq!(
        shown_error(&query(&[("redirect_uri", "")])),
        missing("redirect_uri")
    );
    assert_eq!(
        shown_error(&twice("client_id", "app_1")),
        repeated("client_id")
    );
    assert_eq!(
        shown_error(&twice("redirect_uri", CALLBACK)),
        repeated("redirect_uri")
    );
    assert_eq!(
        shown_error(&query(&[("client_id", "app_\n1")])).code(),
        "parameter-control-character"
    );
    let long = format!("{CALLBACK}?{}", "a".repeat(2048));
    assert_eq!(
        shown_error(&query(&[("redirect_uri", &long)])).code(),
        "parameter-too-long"
    );
    assert_eq!(shown_error("client_id=%zz").code(), "malformed-request");

    let unknown = |client_id: &str| {
        let error = shown_error(&query(&[("client_id", client_id)]));
        assert_eq!(
            error,
            ClientValidationError::ClientNotFound {
                received: client_id.to_owned()
            }
        );
    };
    unknown("app_2");
    unknown("APP_1");
    let parameters = Parameters::parse(&query(&[])).unwrap();
    assert_eq!(claimed_client_id(&parameters), Ok("app_1"));
    let error = AuthorizationRequest::parse(&parameters, None).unwrap_err();
    let received = "app_1".to_owned();
    assert_eq!(
        error,
        ClientValidationError::ClientNotFound { received }.into()
    );
}

/// A change to a valid request, the `error` that the application receives, and the code in logs.
const RETURNED_ERRORS: &str = "
    response_type=            invalid_request             parameter-missing
    response_type=token       unsupported_response_type   response-type
    response_type=id_token    unsupported_response_type   response-type
    response_type=code+token  unsupported_response_type   response-type
    response_type=CODE        unsupported_response_type   response-type
    response_mode=fragment    invalid_request             parameter-value
    response_mode=web_message invalid_request             parameter-value
    scope=                    invalid_scope               openid-scope-missing
    scope=email               invalid_scope               openid-scope-missing
    scope=OpenID              invalid_scope               openid-scope-missing
    scope=openid,email        invalid_scope               openid-scope-missing
    prompt=none+login         invalid_request             parameter-value
    prompt=create             invalid_request             parameter-value
    max_age=-1                invalid_request             parameter-value
    max_age=%2B1              invalid_request             parameter-value
    max_age=1.5               invalid_request             parameter-value
    max_age=1e3               invalid_request             parameter-value
    max_age=10000000000       invalid_request             parameter-too-long
    request=e30.e30.          request_not_supported       parameter-not-supported
    request_uri=https://x     request_uri_not_supported   parameter-not-supported
    registration={}           registration_not_supported  parameter-not-supported
    code_challenge=abc        invalid_request             parameter-value
    code_challenge_method=S256 invalid_request            parameter-missing
    state=a%0D%0Ab            invalid_request             parameter-control-character
    nonce=a%00                invalid_request             parameter-control-character
";

#[test]
fn other_errors_are_returned_to_the_client() {
    for row in RETURNED_ERRORS.trim().lines() {
        let columns: Vec<_> = row.split_whitespace().collect();
        let [change, error, code] = columns[..] else {
            panic!("{row}")
        };
        let changes: Vec<_> = url::form_urlencoded::parse(change.as_bytes()).collect();
        let changes: Vec<_> = changes
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let kind = returned_error(&query(&changes), &confidential());
        assert_eq!((kind.error(), kind.code()), (error, code), "{row}");
    }
}

#[test]
fn pkce_requires_s256_and_public_clients_require_pkce() {
    let query_with = |challenge, method| {
        query(&[
            ("code_challenge", challenge),
            ("code_challenge_method", method),
        ])
    };
    assert!(parse(&query_with(CHALLENGE, "S256"), &public()).is_ok());
    assert!(parse(&query_with("", ""), &confidential()).is_ok());
    let missing = AuthorizationErrorKind::MissingParameter {
        parameter: "code_challenge",
    };
    assert_eq!(returned_error(&query_with("", ""), &public()), missing);
    assert_eq!(returned_error(&query_with("", "S256"), &public()), missing);
    for application in [public(), confidential()] {
        for method in ["", "plain", "s256", "S512"] {
            let received = if method.is_empty() { "plain" } else { method }.to_owned();
            let parameter = "code_challenge_method";
            let kind = AuthorizationErrorKind::InvalidValue {
                parameter,
                expected: "S256",
                received,
            };
            assert_eq!(
                returned_error(&query_with(CHALLENGE, method), &application),
                kind
            );
        }
        for challenge in [
            "x",
            &CHALLENGE[1..],
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        ] {
            let kind = returned_error(&query_with(challenge, "S256"), &application);
            assert!(matches!(
                kind,
                AuthorizationErrorKind::InvalidValue {
                    parameter: "code_challenge",
                    ..
                }
            ));
        }
    }
}

#[test]
fn every_other_parameter_has_a_maximum_length_and_must_not_be_repeated() {
    for (parameter, limit) in [
        ("response_type", 64),
        ("response_mode", 64),
        ("scope", 1024),
        ("state", 4096),
        ("nonce", 1024),
        ("code_challenge", 128),
        ("code_challenge_method", 16),
        ("prompt", 64),
        ("max_age", 10),
        ("login_hint", 320),
        ("domain_hint", 253),
        ("organization", 128),
        ("connection", 128),
        ("acr_values", 1024),
        ("ui_locales", 256),
    ] {
        let kind = returned_error(
            &query(&[(parameter, "1"), (parameter, "1")]),
            &confidential(),
        );
        assert_eq!(
            kind,
            AuthorizationErrorKind::Parameter(ParameterError::Repeated { parameter })
        );

        let kind = returned_error(
            &query(&[(parameter, &"1".repeat(limit + 1))]),
            &confidential(),
        );
        let too_long = ParameterError::TooLong {
            parameter,
            limit,
            received: limit + 1,
        };
        assert_eq!(kind, AuthorizationErrorKind::Parameter(too_long));

        if let Err(AuthorizationError::ReturnToClient(error)) =
            parse(&query(&[(parameter, &"1".repeat(limit))]), &confidential())
        {
            assert_ne!(error.kind.code(), "parameter-too-long", "{parameter}");
        }
    }
}

#[test]
fn an_error_is_returned_with_state_and_issuer() {
    let result = parse(
        &query(&[("scope", "email"), ("state", "a b&c=d")]),
        &confidential(),
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
    let result = parse(&query(&[("state", "a"), ("state", "b")]), &confidential());
    let Err(AuthorizationError::ReturnToClient(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.state, None);
}

#[test]
fn a_code_is_returned_with_state_and_issuer_after_the_existing_query() {
    let code = AuthorizationCode::from_random(&[0; 32]);
    let location = |registered| {
        let secret = ClientAuthentication::ClientSecretBasic(StoredHash::from_secret("secret"));
        let application = application(secret, registered);
        let request = parse(&query(&[("redirect_uri", registered)]), &application).unwrap();
        AuthorizationResponse::with_code(&request, &code, &issuer()).location()
    };
    let parameters = format!(
        "code={}&state=st&iss=https%3A%2F%2Fsso.example.com",
        code.as_str()
    );
    for (registered, prefix) in [
        ("https://a.example/cb", "https://a.example/cb?"),
        ("https://a.example/cb?", "https://a.example/cb?"),
        ("https://a.example/cb?x=y", "https://a.example/cb?x=y&"),
    ] {
        assert_eq!(location(registered), format!("{prefix}{parameters}"));
    }
}

#[test]
fn a_later_error_is_returned_the_same_way() {
    let request = accepted(&[("state", ""), ("response_mode", "form_post")]);
    let kind = AuthorizationErrorKind::AccessDenied;
    let response = AuthorizationResponse::with_error(&request, &kind, &issuer());
    assert_eq!(response.response_mode, ResponseMode::FormPost);
    let names: Vec<_> = response.parameters.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["error", "error_description", "iss"]);
    assert_eq!(response.parameters[0].1, "access_denied");
}
