//! What is asked at the authorization endpoint, parameter by parameter.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use oidc::authorization::{
    AuthorizationProblem, AuthorizationRefusal, AuthorizationRequest, AuthorizationResponse,
    ResponseMode, ShownRefusal, claimed_client_id,
};
use oidc::{
    Application, AuthorizationCode, ClientAuthentication, Issuer, ParameterFault, Parameters,
    Prompt, Scope, SigningAlgorithm, StoredHash, Timestamp,
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
        ClientAuthentication::ClientSecretBasic(StoredHash::of("secret")),
        CALLBACK,
    )
}

fn public() -> Application {
    application(ClientAuthentication::None, CALLBACK)
}

/// A good request, with parameters changed, added, or taken away by an empty value.
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

fn judge(
    query: &str,
    application: &Application,
) -> Result<AuthorizationRequest, AuthorizationRefusal> {
    AuthorizationRequest::read(&Parameters::read(query)?, Some(application))
}

fn accepted(changes: &[(&str, &str)]) -> AuthorizationRequest {
    judge(&query(changes), &confidential()).unwrap()
}

fn told(query: &str, application: &Application) -> AuthorizationProblem {
    match judge(query, application) {
        Err(AuthorizationRefusal::Told(told)) => told.problem,
        other => panic!("{query}: {other:?}"),
    }
}

fn shown(query: &str) -> ShownRefusal {
    match judge(query, &confidential()) {
        Err(AuthorizationRefusal::Shown(shown)) => shown,
        other => panic!("{query}: {other:?}"),
    }
}

fn issuer() -> Issuer {
    Issuer::read("https://sso.example.com").unwrap()
}

#[test]
fn a_request_with_everything_is_read_whole() {
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
    assert!(request.scopes.has(Scope::Groups));
    assert_eq!(request.state.as_deref(), Some("st"));
    assert_eq!(request.nonce.as_deref(), Some("n-1"));
    assert_eq!(
        request
            .code_challenge
            .as_ref()
            .map(oidc::CodeChallenge::as_str),
        Some(CHALLENGE)
    );
    assert!(request.prompts.has(Prompt::Login) && !request.prompts.has(Prompt::None));
    assert_eq!(
        request.earliest_authentication(Timestamp(100)),
        Some(Timestamp(40))
    );
    assert_eq!(request.login_hint.as_deref(), Some("ada@acme.example"));
    assert_eq!(request.domain_hint.as_deref(), Some("acme.example"));
    assert_eq!(request.organization.as_deref(), Some("acme"));
    assert_eq!(request.connection.as_deref(), Some("con_1"));
    assert_eq!(request.acr_values, ["urn:a", "urn:b"]);
    assert_eq!(request.ui_locales, ["de-CH", "en"]);
}

#[test]
fn a_request_survives_the_store() {
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
fn the_least_request_of_a_confidential_client_is_enough() {
    let request = judge(
        &format!("response_type=code&client_id=app_1&scope=openid&redirect_uri={CALLBACK}"),
        &confidential(),
    )
    .unwrap();
    assert_eq!(request.state, None);
    assert_eq!(request.code_challenge, None);
    assert_eq!(request.response_mode, ResponseMode::Query);
    assert_eq!(request.earliest_authentication(Timestamp(100)), None);
    assert!(!request.wants_new_authentication());
}

#[test]
fn prompt_login_and_max_age_0_want_a_new_authentication() {
    assert!(accepted(&[("prompt", "login")]).wants_new_authentication());
    assert!(accepted(&[("max_age", "0")]).wants_new_authentication());
    assert!(!accepted(&[("max_age", "1")]).wants_new_authentication());
    assert!(!accepted(&[("prompt", "none")]).wants_new_authentication());
}

#[test]
fn a_redirect_uri_is_compared_byte_by_byte_and_a_strange_one_stays_here() {
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
        let refusal = shown(&query(&[("redirect_uri", claimed)]));
        let expected = confidential().redirect_uris;
        assert_eq!(
            refusal,
            ShownRefusal::RedirectUri {
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
    let is_fine = |application: &Application, claimed: &str| {
        let changes = [&pkce[..], &[("redirect_uri", claimed)]].concat();
        let request = judge(&query(&changes), application);
        request.is_ok_and(|request| request.redirect_uri.as_str() == claimed)
    };
    let open = registered("http://127.0.0.1/cb");
    assert!(is_fine(&open, "http://127.0.0.1/cb"));
    assert!(is_fine(&open, "http://127.0.0.1:49152/cb"));
    assert!(is_fine(&registered("http://[::1]/cb"), "http://[::1]:1/cb"));
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
        assert!(!is_fine(&open, claimed), "{claimed}");
    }
    assert!(!is_fine(
        &registered("http://127.0.0.1:8080/cb"),
        "http://127.0.0.1:8081/cb"
    ));
    assert!(!is_fine(
        &registered("http://localhost/cb"),
        "http://localhost:8081/cb"
    ));
    let secret = ClientAuthentication::ClientSecretBasic(StoredHash::of("secret"));
    let confidential = application(secret, "http://127.0.0.1/cb");
    assert!(is_fine(&confidential, "http://127.0.0.1/cb"));
    assert!(!is_fine(&confidential, "http://127.0.0.1:49152/cb"));
}

#[test]
fn without_a_known_client_and_address_the_refusal_stays_here() {
    let repeated = |parameter| ShownRefusal::Parameter(ParameterFault::Repeated { parameter });
    let missing = |parameter| ShownRefusal::Missing { parameter };
    let twice = |name: &str, value: &str| format!("{}&{name}={value}", query(&[]));
    assert_eq!(shown(&query(&[("client_id", "")])), missing("client_id"));
    assert_eq!(
        shown(&query(&[("redirect_uri", "")])),
        missing("redirect_uri")
    );
    assert_eq!(shown(&twice("client_id", "app_1")), repeated("client_id"));
    assert_eq!(
        shown(&twice("redirect_uri", CALLBACK)),
        repeated("redirect_uri")
    );
    assert_eq!(
        shown(&query(&[("client_id", "app_\n1")])).code(),
        "parameter-control-character"
    );
    let long = format!("{CALLBACK}?{}", "a".repeat(2048));
    assert_eq!(
        shown(&query(&[("redirect_uri", &long)])).code(),
        "parameter-too-long"
    );
    assert_eq!(shown("client_id=%zz").code(), "not-form-encoded");

    let unknown = |client_id: &str| {
        let refusal = shown(&query(&[("client_id", client_id)]));
        assert_eq!(
            refusal,
            ShownRefusal::UnknownClient {
                received: client_id.to_owned()
            }
        );
    };
    unknown("app_2");
    unknown("APP_1");
    let parameters = Parameters::read(&query(&[])).unwrap();
    assert_eq!(claimed_client_id(&parameters), Ok("app_1"));
    let refusal = AuthorizationRequest::read(&parameters, None).unwrap_err();
    let received = "app_1".to_owned();
    assert_eq!(refusal, ShownRefusal::UnknownClient { received }.into());
}

/// What is changed in a good request, the `error` that the application is told, our code for it.
const TOLD: &str = "
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
fn what_is_wrong_with_the_rest_is_told_to_the_application() {
    for row in TOLD.trim().lines() {
        let columns: Vec<_> = row.split_whitespace().collect();
        let [change, error, code] = columns[..] else {
            panic!("{row}")
        };
        let changes: Vec<_> = url::form_urlencoded::parse(change.as_bytes()).collect();
        let changes: Vec<_> = changes
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let problem = told(&query(&changes), &confidential());
        assert_eq!((problem.error(), problem.code()), (error, code), "{row}");
    }
}

#[test]
fn pkce_is_s256_and_a_public_client_cannot_do_without() {
    let with = |challenge, method| {
        query(&[
            ("code_challenge", challenge),
            ("code_challenge_method", method),
        ])
    };
    assert!(judge(&with(CHALLENGE, "S256"), &public()).is_ok());
    assert!(judge(&with("", ""), &confidential()).is_ok());
    let missing = AuthorizationProblem::Missing {
        parameter: "code_challenge",
    };
    assert_eq!(told(&with("", ""), &public()), missing);
    assert_eq!(told(&with("", "S256"), &public()), missing);
    for application in [public(), confidential()] {
        for method in ["", "plain", "s256", "S512"] {
            let received = if method.is_empty() { "plain" } else { method }.to_owned();
            let parameter = "code_challenge_method";
            let problem = AuthorizationProblem::Value {
                parameter,
                expected: "S256",
                received,
            };
            assert_eq!(told(&with(CHALLENGE, method), &application), problem);
        }
        for challenge in [
            "x",
            &CHALLENGE[1..],
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        ] {
            let problem = told(&with(challenge, "S256"), &application);
            assert!(matches!(
                problem,
                AuthorizationProblem::Value {
                    parameter: "code_challenge",
                    ..
                }
            ));
        }
    }
}

#[test]
fn every_other_parameter_may_come_once_and_has_a_greatest_length() {
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
        let problem = told(
            &query(&[(parameter, "1"), (parameter, "1")]),
            &confidential(),
        );
        assert_eq!(
            problem,
            AuthorizationProblem::Parameter(ParameterFault::Repeated { parameter })
        );

        let problem = told(
            &query(&[(parameter, &"1".repeat(limit + 1))]),
            &confidential(),
        );
        let fault = ParameterFault::TooLong {
            parameter,
            limit,
            received: limit + 1,
        };
        assert_eq!(problem, AuthorizationProblem::Parameter(fault));

        if let Err(AuthorizationRefusal::Told(told)) =
            judge(&query(&[(parameter, &"1".repeat(limit))]), &confidential())
        {
            assert_ne!(told.problem.code(), "parameter-too-long", "{parameter}");
        }
    }
}

#[test]
fn a_refusal_goes_back_with_state_and_issuer() {
    let refusal = judge(
        &query(&[("scope", "email"), ("state", "a b&c=d")]),
        &confidential(),
    );
    let Err(AuthorizationRefusal::Told(told)) = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(
        told.response(&issuer()).location(),
        "https://app.example.com/callback?error=invalid_scope\
         &error_description=scope+has+to+contain+openid&state=a+b%26c%3Dd\
         &iss=https%3A%2F%2Fsso.example.com"
    );
}

#[test]
fn a_state_that_came_twice_is_not_sent_back() {
    let refusal = judge(&query(&[("state", "a"), ("state", "b")]), &confidential());
    let Err(AuthorizationRefusal::Told(told)) = refusal else {
        panic!("{refusal:?}")
    };
    assert_eq!(told.state, None);
}

#[test]
fn a_code_goes_back_with_state_and_issuer_behind_the_query_that_is_there() {
    let code = AuthorizationCode::from_random(&[0; 32]);
    let location = |registered| {
        let secret = ClientAuthentication::ClientSecretBasic(StoredHash::of("secret"));
        let application = application(secret, registered);
        let request = judge(&query(&[("redirect_uri", registered)]), &application).unwrap();
        AuthorizationResponse::with_code(&request, &code, &issuer()).location()
    };
    let tail = format!(
        "code={}&state=st&iss=https%3A%2F%2Fsso.example.com",
        code.as_str()
    );
    for (registered, stem) in [
        ("https://a.example/cb", "https://a.example/cb?"),
        ("https://a.example/cb?", "https://a.example/cb?"),
        ("https://a.example/cb?x=y", "https://a.example/cb?x=y&"),
    ] {
        assert_eq!(location(registered), format!("{stem}{tail}"));
    }
}

#[test]
fn a_later_problem_goes_back_the_same_way() {
    let request = accepted(&[("state", ""), ("response_mode", "form_post")]);
    let problem = AuthorizationProblem::AccessDenied;
    let response = AuthorizationResponse::with_problem(&request, &problem, &issuer());
    assert_eq!(response.response_mode, ResponseMode::FormPost);
    let names: Vec<_> = response.parameters.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["error", "error_description", "iss"]);
    assert_eq!(response.parameters[0].1, "access_denied");
}
