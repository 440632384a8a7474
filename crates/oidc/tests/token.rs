//! What is asked at the token endpoint, and who is believed.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use oidc::authorization::AuthorizationRequest;
use oidc::token::{AuthenticatedClient, CodeGrant, TokenProblem, TokenRequest};
use oidc::{
    AccessToken, Application, AuthMethod, AuthorizationCode, ClientAuthentication, ClientSecret,
    Issuer, Parameters, Scopes, SigningAlgorithm, StoredHash, Timestamp,
};

const CALLBACK: &str = "https://app.example.com/callback";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const NOW: Timestamp = Timestamp(1_800_000_000);

fn application(authentication: ClientAuthentication) -> Application {
    Application {
        client_id: "app_1".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        authentication,
        id_token_algorithm: SigningAlgorithm::Rs256,
    }
}

fn secret() -> ClientSecret {
    ClientSecret::from_random(&[7; 32])
}

fn basic() -> Application {
    application(ClientAuthentication::ClientSecretBasic(secret().hash()))
}

fn post() -> Application {
    application(ClientAuthentication::ClientSecretPost(secret().hash()))
}

fn public() -> Application {
    application(ClientAuthentication::None)
}

fn header(user: &str, password: &str) -> String {
    let pair = base64_simd::STANDARD.encode_to_string(format!("{user}:{password}"));
    format!("Basic {pair}")
}

fn form(changes: &[(&str, &str)]) -> String {
    let code = AuthorizationCode::from_random(&[1; 32]);
    let mut parameters = vec![
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
    ];
    parameters.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    parameters.extend(changes);
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish()
}

fn authenticate(
    headers: &[&str],
    form: &str,
    application: &Application,
) -> Result<AuthenticatedClient, TokenProblem> {
    let headers: Vec<_> = headers.iter().map(|header| header.as_bytes()).collect();
    let issuer = Issuer::read("https://sso.example.com").unwrap();
    TokenRequest::read(&headers, form)?.authenticate(Some(application), &issuer, NOW)
}

fn code_of(outcome: Result<AuthenticatedClient, TokenProblem>) -> &'static str {
    outcome.map_or_else(|problem| problem.code(), |_| "accepted")
}

#[test]
fn a_secret_is_believed_at_its_registered_place() {
    let right = header("app_1", secret().as_str());
    let in_form = form(&[("client_id", "app_1"), ("client_secret", secret().as_str())]);
    assert_eq!(
        code_of(authenticate(&[&right], &form(&[]), &basic())),
        "accepted"
    );
    let with_name = form(&[("client_id", "app_1")]);
    assert_eq!(
        code_of(authenticate(&[&right], &with_name, &basic())),
        "accepted"
    );
    assert_eq!(code_of(authenticate(&[], &in_form, &post())), "accepted");

    let problem = authenticate(&[], &in_form, &basic()).unwrap_err();
    let (expected, received) = (AuthMethod::ClientSecretBasic, AuthMethod::ClientSecretPost);
    assert_eq!(problem, TokenProblem::Method { expected, received });
    assert_eq!(
        code_of(authenticate(&[&right], &form(&[]), &post())),
        "auth-method"
    );
    assert_eq!(
        code_of(authenticate(&[&right], &form(&[]), &public())),
        "auth-method"
    );
    assert_eq!(
        code_of(authenticate(&[], &with_name, &basic())),
        "auth-method"
    );
}

#[test]
fn a_wrong_secret_is_refused_with_401_and_a_hint() {
    let (secret, hash) = (secret(), secret().hash());
    for wrong in ["", "x", &secret.as_str()[..46], hash.as_str()] {
        let outcome = authenticate(&[&header("app_1", wrong)], &form(&[]), &basic());
        assert_eq!(outcome, Err(TokenProblem::SecretWrong), "{wrong}");
        let in_form = form(&[("client_id", "app_1"), ("client_secret", wrong)]);
        // An empty parameter is an absent one: then there is only a name.
        let expected = if wrong.is_empty() {
            "auth-method"
        } else {
            "secret-wrong"
        };
        assert_eq!(
            code_of(authenticate(&[], &in_form, &post())),
            expected,
            "{wrong}"
        );
    }
    let response = TokenProblem::SecretWrong.response();
    assert_eq!((response.status, response.error), (401, "invalid_client"));
    assert_eq!(
        response.www_authenticate,
        Some(r#"Basic realm="token", charset="UTF-8""#)
    );
    assert_eq!(
        serde_json::to_string(&response).unwrap(),
        r#"{"error":"invalid_client","error_description":"the client secret is wrong"}"#
    );
}

#[test]
fn id_and_secret_in_the_header_are_form_encoded() {
    let secret = "a:b c+d%é";
    let mut application = application(ClientAuthentication::ClientSecretBasic(StoredHash::of(
        secret,
    )));
    application.client_id = "app:1".to_owned();
    let encoded = header("app%3A1", "a%3Ab+c%2Bd%25%C3%A9");
    assert_eq!(
        code_of(authenticate(&[&encoded], &form(&[]), &application)),
        "accepted"
    );
    let plain = header("app%3A1", "a:b c+d%25é");
    assert_eq!(
        code_of(authenticate(&[&plain], &form(&[]), &application)),
        "secret-wrong"
    );
}

#[test]
fn a_header_that_is_not_basic_as_written_is_refused() {
    let long = format!("Basic {}", "A".repeat(2048));
    let no_colon = format!("Basic {}", base64_simd::STANDARD.encode_to_string("app_1"));
    let bad_escape = header("app_1", "%zz");
    for wrong in [
        "",
        "Basic",
        "Basic ",
        "Bearer abc",
        "Basic !!!",
        "Basic YQ",
        "basic",
        "Basic /w==",
        &long,
        &no_colon,
        &bad_escape,
    ] {
        let outcome = authenticate(&[wrong], &form(&[]), &basic());
        assert_eq!(outcome, Err(TokenProblem::HeaderMalformed), "{wrong:?}");
    }
    let lower = header("app_1", secret().as_str()).replace("Basic", "bASIC");
    assert_eq!(
        code_of(authenticate(&[&lower], &form(&[]), &basic())),
        "accepted"
    );
    let not_utf8 = TokenRequest::read(&[b"Basic \xff"], &form(&[])).unwrap_err();
    assert_eq!(not_utf8, TokenProblem::HeaderMalformed);
}

#[test]
fn more_than_one_way_to_authenticate_is_refused() {
    let header = header("app_1", secret().as_str());
    let jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    let assertion = [
        ("client_assertion", "a.b.c"),
        ("client_assertion_type", jwt_bearer),
    ];
    let secret_too = [("client_id", "app_1"), ("client_secret", "s")];
    let all = [&assertion[..], &secret_too[..]].concat();
    let basic = basic();
    let code = |headers: &[&str], changes: &[(&str, &str)]| {
        code_of(authenticate(headers, &form(changes), &basic))
    };
    assert_eq!(code(&[&header], &secret_too), "several-auth-methods");
    assert_eq!(code(&[&header], &assertion), "several-auth-methods");
    assert_eq!(code(&[], &all), "several-auth-methods");
    assert_eq!(
        code(&[&header, &header], &[]),
        "several-authorization-headers"
    );
    assert_eq!(
        code(&[&header], &[("client_id", "app_2")]),
        "client-ids-differ"
    );
    assert_eq!(code(&[], &assertion[..1]), "client-assertion-type");
    assert_eq!(code(&[], &assertion[1..]), "client-assertion-type");
    let other = [
        ("client_assertion", "a.b.c"),
        ("client_assertion_type", "saml2-bearer"),
    ];
    assert_eq!(code(&[], &other), "client-assertion-type");
    assert_eq!(code(&[], &[]), "no-client");
    assert_eq!(code(&[], &[("client_secret", "s")]), "no-client");
    assert_eq!(code(&[], &[("client_id", "app_2")]), "unknown-client");
}

#[test]
fn the_form_names_grant_code_and_address_once_each() {
    let code = |changes: &[(&str, &str)]| {
        let changes = [&[("client_id", "app_1")], changes].concat();
        code_of(authenticate(&[], &form(&changes), &public()))
    };
    assert_eq!(code(&[]), "accepted");
    assert_eq!(code(&[("unknown", "1")]), "accepted");
    for grant_type in [
        "password",
        "client_credentials",
        "implicit",
        "Authorization_Code",
    ] {
        assert_eq!(code(&[("grant_type", grant_type)]), "grant-type");
    }
    for parameter in ["grant_type", "code", "redirect_uri"] {
        assert_eq!(code(&[(parameter, "")]), "parameter-missing", "{parameter}");
    }
    let parameters = [
        "grant_type",
        "code",
        "redirect_uri",
        "client_secret",
        "code_verifier",
    ];
    for parameter in parameters {
        assert_eq!(
            code(&[(parameter, "a"), (parameter, "a")]),
            "parameter-repeated"
        );
        let long = "a".repeat(2049);
        assert_eq!(
            code(&[(parameter, &long)]),
            "parameter-too-long",
            "{parameter}"
        );
    }
    assert_eq!(code(&[("code_verifier", "short")]), "verifier-malformed");
    assert_eq!(
        code(&[("code_verifier", &"é".repeat(43))]),
        "verifier-malformed"
    );
}

/// A grant for the public client, bound to a challenge.
fn grant(changes: &str) -> CodeGrant {
    let query = format!(
        "response_type=code&client_id=app_1&redirect_uri={CALLBACK}&scope=openid+email&nonce=n{changes}"
    );
    let parameters = Parameters::read(&query).unwrap();
    let request = AuthorizationRequest::read(&parameters, Some(&basic())).unwrap();
    CodeGrant::new(&request, NOW)
}

fn with_pkce() -> CodeGrant {
    grant(&format!(
        "&code_challenge={CHALLENGE}&code_challenge_method=S256"
    ))
}

fn redeem(grant: &CodeGrant, changes: &[(&str, &str)], now: Timestamp) -> Result<(), TokenProblem> {
    let header = header("app_1", secret().as_str());
    let form = form(changes);
    let client = authenticate(&[&header], &form, &basic()).unwrap();
    let request = TokenRequest::read(&[header.as_bytes()], &form).unwrap();
    grant.check(&client, &request, now)
}

#[test]
fn a_code_is_bound_to_client_address_verifier_and_time() {
    let right = [("code_verifier", VERIFIER)];
    let other = VERIFIER.replace("EjXk", "EjXl");
    let grant = with_pkce();
    assert_eq!(redeem(&grant, &right, NOW), Ok(()));
    assert_eq!(redeem(&grant, &right, NOW.after(59)), Ok(()));

    // One thing wrong at a time.
    let until = NOW.after(60);
    let expired = Err(TokenProblem::CodeExpired { until, now: until });
    assert_eq!(redeem(&grant, &right, until), expired);
    assert_eq!(redeem(&grant, &[], NOW), Err(TokenProblem::VerifierMissing));
    let wrong = redeem(&grant, &[("code_verifier", &other)], NOW);
    assert_eq!(wrong, Err(TokenProblem::VerifierWrong));
    let received = format!("{CALLBACK}/");
    let elsewhere = [right[0], ("redirect_uri", received.as_str())];
    let expected = CALLBACK.to_owned();
    let refusal = TokenProblem::RedirectUri {
        expected,
        received: received.clone(),
    };
    assert_eq!(redeem(&grant, &elsewhere, NOW), Err(refusal));
    let foreign = CodeGrant {
        client_id: "app_2".to_owned(),
        ..grant
    };
    assert_eq!(
        redeem(&foreign, &right, NOW),
        Err(TokenProblem::ForeignCode)
    );
}

#[test]
fn a_verifier_without_a_challenge_is_a_downgrade() {
    assert_eq!(redeem(&grant(""), &[], NOW), Ok(()));
    let refusal = redeem(&grant(""), &[("code_verifier", VERIFIER)], NOW);
    assert_eq!(refusal, Err(TokenProblem::VerifierUnexpected));
}

#[test]
fn a_grant_survives_the_store() {
    let grant = with_pkce();
    let stored = serde_json::to_string(&grant).unwrap();
    assert_eq!(serde_json::from_str::<CodeGrant>(&stored).unwrap(), grant);
    assert_eq!(grant.nonce.as_deref(), Some("n"));
    assert_eq!(grant.scopes, Scopes::read("openid email"));
}

#[test]
fn the_code_is_looked_up_by_its_hash() {
    let request = TokenRequest::read(&[], &form(&[("client_id", "app_1")])).unwrap();
    assert_eq!(
        request.code_hash,
        AuthorizationCode::from_random(&[1; 32]).hash()
    );
    assert_eq!(request.claimed_client_id(), "app_1");
    assert!(!format!("{request:?}").contains("vsc_"));
}

#[test]
fn another_clients_code_looks_like_no_code() {
    let (foreign, unknown) = (TokenProblem::ForeignCode, TokenProblem::UnknownCode);
    assert_eq!(foreign.response(), unknown.response());
    assert_eq!(
        (foreign.response().status, foreign.error()),
        (400, "invalid_grant")
    );
    assert_ne!(foreign.code(), unknown.code());
}

#[test]
fn tokens_are_answered_as_rfc_6749_says() {
    let token = AccessToken::from_random(&[0; 32]);
    let response =
        oidc::token::TokenResponse::new(&token, "a.b.c".to_owned(), &Scopes::read("email openid"));
    let json = serde_json::to_value(&response).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "access_token": token.as_str(), "token_type": "Bearer", "expires_in": 3600,
            "id_token": "a.b.c", "scope": "openid email",
        })
    );
    assert!(!format!("{response:?}").contains("vsa_"));
}
