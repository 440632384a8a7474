//! Client authentication and the code exchange at the token endpoint.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use jiff::{SignedDuration, Timestamp};
use oidc::authorization::AuthorizationRequest;
use oidc::token::{AuthenticatedClient, CodeGrant, TokenError, TokenRequest};
use oidc::{
    AccessToken, Application, AuthMethod, AuthorizationCode, ClientAuthentication, ClientSecret,
    Issuer, Parameters, Scopes, SigningAlgorithm, StoredHash,
};
use rstest::rstest;

const CALLBACK: &str = "https://app.example.com/callback";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn application(authentication: ClientAuthentication) -> Application {
    Application {
        client_id: "app_1".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned()],
        authentication,
        requires_pkce: false,
        id_token_algorithm: SigningAlgorithm::Rs256,
    }
}

fn secret() -> ClientSecret {
    ClientSecret::from_random(&[7; 32])
}

fn basic_application() -> Application {
    application(ClientAuthentication::ClientSecretBasic(secret().hash()))
}

fn post_application() -> Application {
    application(ClientAuthentication::ClientSecretPost(secret().hash()))
}

/// An application that may use either method with its secret.
fn secret_application() -> Application {
    application(ClientAuthentication::ClientSecret(secret().hash()))
}

fn public_application() -> Application {
    application(ClientAuthentication::None)
}

#[test]
fn a_library_may_encode_every_byte_of_id_and_secret() {
    let header = basic_header("%61%70%70%5F1", &percent_encode(secret().as_str()));
    let outcome = authenticate(&[&header], &build_form(&[]), &secret_application());
    assert_eq!(result_code(outcome), "accepted");
}

/// The form encoding of a library that encodes every byte.
fn percent_encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn basic_header(user: &str, password: &str) -> String {
    let pair = base64_simd::STANDARD.encode_to_string(format!("{user}:{password}"));
    format!("Basic {pair}")
}

fn build_form(changes: &[(&str, &str)]) -> String {
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
) -> Result<AuthenticatedClient, TokenError> {
    let headers: Vec<_> = headers.iter().map(|header| header.as_bytes()).collect();
    let issuer = Issuer::parse("https://sso.example.com").unwrap();
    TokenRequest::parse(&headers, form)?.authenticate(Some(application), &issuer, NOW)
}

fn result_code(outcome: Result<AuthenticatedClient, TokenError>) -> &'static str {
    outcome.map_or_else(|error| error.code(), |_| "accepted")
}

const VALID_HEADER: &[&str] =
    &["Basic YXBwXzE6dnNzX0J3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2NIQndjSEJ3Y0hCd2M="];

/// A form with the client ID and the valid secret.
fn form_with_secret() -> String {
    build_form(&[CLIENT_ID, ("client_secret", secret().as_str())])
}

#[rstest]
#[case::basic(basic_application(), VALID_HEADER, &build_form(&[]))]
#[case::basic_with_client_id_in_the_form(
    basic_application(),
    VALID_HEADER,
    &build_form(&[CLIENT_ID])
)]
#[case::post(post_application(), &[], &form_with_secret())]
#[case::either_in_the_header(secret_application(), VALID_HEADER, &build_form(&[]))]
#[case::either_in_the_form(secret_application(), &[], &form_with_secret())]
fn a_secret_is_accepted_with_the_registered_method(
    #[case] application: Application,
    #[case] headers: &[&str],
    #[case] form: &str,
) {
    assert_eq!(
        result_code(authenticate(headers, form, &application)),
        "accepted"
    );
}

#[rstest]
#[case::post_instead_of_basic(basic_application(), &[], &form_with_secret())]
#[case::basic_instead_of_post(post_application(), VALID_HEADER, &build_form(&[]))]
#[case::basic_instead_of_none(public_application(), VALID_HEADER, &build_form(&[]))]
#[case::none_instead_of_either(secret_application(), &[], &build_form(&[CLIENT_ID]))]
#[case::none_instead_of_basic(basic_application(), &[], &build_form(&[CLIENT_ID]))]
fn a_secret_is_rejected_with_another_method(
    #[case] application: Application,
    #[case] headers: &[&str],
    #[case] form: &str,
) {
    assert_eq!(
        result_code(authenticate(headers, form, &application)),
        "auth-method"
    );
}

#[test]
fn the_error_names_the_registered_and_the_used_method() {
    assert_eq!(
        authenticate(&[], &form_with_secret(), &basic_application()),
        Err(TokenError::AuthMethodMismatch {
            expected: &[AuthMethod::ClientSecretBasic],
            received: AuthMethod::ClientSecretPost,
        })
    );
}

#[rstest]
#[case::basic(
    basic_application(),
    "the client is registered for client_secret_basic but authenticates with none"
)]
#[case::either(
    secret_application(),
    "the client is registered for client_secret_basic or client_secret_post but authenticates with none"
)]
fn the_error_is_one_sentence(#[case] application: Application, #[case] message: &str) {
    let error = authenticate(&[], &build_form(&[CLIENT_ID]), &application).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[test]
fn either_method_checks_the_secret() {
    let form = build_form(&[CLIENT_ID, ("client_secret", "vss_other")]);
    let header = basic_header("app_1", "vss_other");
    for (headers, form) in [
        (&[] as &[&str], form.as_str()),
        (&[header.as_str()], &build_form(&[])),
    ] {
        assert_eq!(
            authenticate(headers, form, &secret_application()),
            Err(TokenError::InvalidClientSecret)
        );
    }
}

#[test]
fn the_valid_header_has_the_client_id_and_the_secret() {
    assert_eq!(VALID_HEADER, [basic_header("app_1", secret().as_str())]);
}

#[rstest]
#[case::empty("")]
#[case::short("x")]
#[case::without_the_last_character(&secret().as_str()[..46].to_owned())]
#[case::its_hash(&secret().hash().as_str().to_owned())]
fn a_wrong_secret_in_the_header_is_rejected(#[case] invalid: &str) {
    let outcome = authenticate(
        &[&basic_header("app_1", invalid)],
        &build_form(&[]),
        &basic_application(),
    );
    assert_eq!(outcome, Err(TokenError::InvalidClientSecret));
}

#[rstest]
// An empty parameter counts as omitted, so that only the client_id is left.
#[case::empty("", "auth-method")]
#[case::short("x", "secret-wrong")]
#[case::without_the_last_character(&secret().as_str()[..46].to_owned(), "secret-wrong")]
#[case::its_hash(&secret().hash().as_str().to_owned(), "secret-wrong")]
fn a_wrong_secret_in_the_form_is_rejected(#[case] invalid: &str, #[case] code: &str) {
    let form = build_form(&[("client_id", "app_1"), ("client_secret", invalid)]);
    assert_eq!(
        result_code(authenticate(&[], &form, &post_application())),
        code
    );
}

#[test]
fn the_response_to_a_wrong_secret_is_401_with_www_authenticate() {
    let response = TokenError::InvalidClientSecret.response();
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
    let mut application = application(ClientAuthentication::ClientSecretBasic(
        StoredHash::from_secret(secret),
    ));
    application.client_id = "app:1".to_owned();
    let encoded = basic_header("app%3A1", "a%3Ab+c%2Bd%25%C3%A9");
    assert_eq!(
        result_code(authenticate(&[&encoded], &build_form(&[]), &application)),
        "accepted"
    );
    let plain = basic_header("app%3A1", "a:b c+d%25é");
    assert_eq!(
        result_code(authenticate(&[&plain], &build_form(&[]), &application)),
        "secret-wrong"
    );
}

#[rstest]
#[case::empty("")]
#[case::only_the_scheme("Basic")]
#[case::no_credentials("Basic ")]
#[case::bearer("Bearer abc")]
#[case::not_base64("Basic !!!")]
#[case::base64_without_padding("Basic YQ")]
#[case::only_the_scheme_in_lowercase("basic")]
#[case::credentials_not_utf8("Basic /w==")]
#[case::too_long(&format!("Basic {}", "A".repeat(2048)))]
#[case::no_colon(&format!("Basic {}", base64_simd::STANDARD.encode_to_string("app_1")))]
#[case::bad_escape(&basic_header("app_1", "%zz"))]
fn a_malformed_basic_header_is_rejected(#[case] header: &str) {
    assert_eq!(
        authenticate(&[header], &build_form(&[]), &basic_application()),
        Err(TokenError::MalformedAuthorizationHeader)
    );
}

#[test]
fn a_header_that_is_not_utf8_is_rejected() {
    let error = TokenRequest::parse(&[b"Basic \xff"], &build_form(&[])).unwrap_err();
    assert_eq!(error, TokenError::MalformedAuthorizationHeader);
}

#[test]
fn the_scheme_is_compared_without_case() {
    let header = basic_header("app_1", secret().as_str()).replace("Basic", "bASIC");
    assert_eq!(
        result_code(authenticate(
            &[&header],
            &build_form(&[]),
            &basic_application()
        )),
        "accepted"
    );
}

const ASSERTION: (&str, &str) = ("client_assertion", "a.b.c");
const ASSERTION_TYPE: (&str, &str) = (
    "client_assertion_type",
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
);
const CLIENT_ID: (&str, &str) = ("client_id", "app_1");
const OTHER_CLIENT_ID: (&str, &str) = ("client_id", "app_2");
const CLIENT_SECRET: (&str, &str) = ("client_secret", "s");

#[rstest]
#[case::header_and_secret(1, &[CLIENT_ID, CLIENT_SECRET], "several-auth-methods")]
#[case::header_and_assertion(1, &[ASSERTION, ASSERTION_TYPE], "several-auth-methods")]
#[case::assertion_and_secret(
    0,
    &[ASSERTION, ASSERTION_TYPE, CLIENT_ID, CLIENT_SECRET],
    "several-auth-methods"
)]
#[case::two_headers(2, &[], "several-authorization-headers")]
#[case::two_client_ids(1, &[OTHER_CLIENT_ID], "client-ids-differ")]
#[case::assertion_without_type(0, &[ASSERTION], "client-assertion-type")]
#[case::type_without_assertion(0, &[ASSERTION_TYPE], "client-assertion-type")]
#[case::other_assertion_type(
    0,
    &[ASSERTION, ("client_assertion_type", "saml2-bearer")],
    "client-assertion-type"
)]
#[case::no_client(0, &[], "no-client")]
#[case::secret_without_client(0, &[CLIENT_SECRET], "no-client")]
#[case::unknown_client(0, &[OTHER_CLIENT_ID], "client-not-found")]
fn a_request_names_one_client_and_one_auth_method(
    #[case] header_count: usize,
    #[case] parameters: &[(&str, &str)],
    #[case] code: &str,
) {
    let header = basic_header("app_1", secret().as_str());
    let headers = vec![header.as_str(); header_count];
    assert_eq!(
        result_code(authenticate(
            &headers,
            &build_form(parameters),
            &basic_application()
        )),
        code
    );
}

/// The code of the result when a public client sends a valid form with changes.
fn public_result_code(changes: &[(&str, &str)]) -> &'static str {
    let changes = [&[("client_id", "app_1")], changes].concat();
    result_code(authenticate(
        &[],
        &build_form(&changes),
        &public_application(),
    ))
}

#[test]
fn an_unknown_parameter_is_ignored() {
    assert_eq!(public_result_code(&[]), "accepted");
    assert_eq!(public_result_code(&[("unknown", "1")]), "accepted");
}

#[rstest]
fn another_grant_type_is_rejected(
    #[values("password", "client_credentials", "implicit", "Authorization_Code")] grant_type: &str,
) {
    assert_eq!(
        public_result_code(&[("grant_type", grant_type)]),
        "grant-type"
    );
}

#[rstest]
fn grant_type_and_code_are_required(#[values("grant_type", "code")] parameter: &str) {
    assert_eq!(public_result_code(&[(parameter, "")]), "parameter-missing");
}

#[rstest]
fn a_parameter_has_a_maximum_length_and_must_not_be_repeated(
    #[values("grant_type", "code", "redirect_uri", "client_secret", "code_verifier")]
    parameter: &str,
) {
    assert_eq!(
        public_result_code(&[(parameter, "a"), (parameter, "a")]),
        "parameter-repeated"
    );
    assert_eq!(
        public_result_code(&[(parameter, &"a".repeat(2049))]),
        "parameter-too-long"
    );
}

#[rstest]
#[case::short("short")]
#[case::non_ascii(&"é".repeat(43))]
fn a_malformed_verifier_is_rejected(#[case] verifier: &str) {
    assert_eq!(
        public_result_code(&[("code_verifier", verifier)]),
        "verifier-malformed"
    );
}

/// A grant for the public client, bound to a challenge.
fn grant(changes: &str) -> CodeGrant {
    let query = format!(
        "response_type=code&client_id=app_1&redirect_uri={CALLBACK}&scope=openid+email&nonce=n{changes}"
    );
    let parameters = Parameters::parse(&query).unwrap();
    let request = AuthorizationRequest::parse(&parameters, Some(&basic_application())).unwrap();
    CodeGrant::new(&request, NOW)
}

fn grant_with_pkce() -> CodeGrant {
    grant(&format!(
        "&code_challenge={CHALLENGE}&code_challenge_method=S256"
    ))
}

fn check_grant(
    grant: &CodeGrant,
    changes: &[(&str, &str)],
    now: Timestamp,
) -> Result<(), TokenError> {
    let header = basic_header("app_1", secret().as_str());
    let form = build_form(changes);
    let client = authenticate(&[&header], &form, &basic_application()).unwrap();
    let request = TokenRequest::parse(&[header.as_bytes()], &form).unwrap();
    grant.check(&client, &request, now)
}

#[rstest]
#[case::immediately(0)]
#[case::in_the_last_second(59)]
fn a_code_is_accepted_for_60_seconds(#[case] seconds: i64) {
    let now = NOW + SignedDuration::from_secs(seconds);
    assert_eq!(
        check_grant(&grant_with_pkce(), &[("code_verifier", VERIFIER)], now),
        Ok(())
    );
}

#[test]
fn a_code_expires_after_60_seconds() {
    let expires_at = NOW + SignedDuration::from_secs(60);
    assert_eq!(
        check_grant(
            &grant_with_pkce(),
            &[("code_verifier", VERIFIER)],
            expires_at
        ),
        Err(TokenError::CodeExpired {
            expires_at,
            now: expires_at,
        })
    );
}

#[rstest]
#[case::no_verifier(&[], TokenError::MissingCodeVerifier)]
#[case::another_verifier(
    &[("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl")],
    TokenError::CodeVerifierMismatch
)]
#[case::another_redirect_uri(
    &[
        ("code_verifier", VERIFIER),
        ("redirect_uri", "https://app.example.com/callback/"),
    ],
    TokenError::RedirectUriMismatch {
        expected: "https://app.example.com/callback".to_owned(),
        received: "https://app.example.com/callback/".to_owned(),
    }
)]
fn a_code_is_bound_to_the_redirect_uri_and_the_verifier(
    #[case] parameters: &[(&str, &str)],
    #[case] error: TokenError,
) {
    assert_eq!(check_grant(&grant_with_pkce(), parameters, NOW), Err(error));
}

#[test]
fn the_redirect_uri_may_be_omitted_with_pkce_alone() {
    let without_redirect_uri = ("redirect_uri", "");
    assert_eq!(
        check_grant(
            &grant_with_pkce(),
            &[without_redirect_uri, ("code_verifier", VERIFIER)],
            NOW
        ),
        Ok(())
    );
    assert_eq!(
        check_grant(&grant_with_pkce(), &[without_redirect_uri], NOW),
        Err(TokenError::MissingCodeVerifier)
    );
    assert_eq!(
        check_grant(&grant(""), &[without_redirect_uri], NOW),
        Err(TokenError::MissingParameter {
            parameter: "redirect_uri"
        })
    );
}

#[test]
fn a_code_is_bound_to_the_client() {
    let grant_of_other_client = CodeGrant {
        client_id: "app_2".to_owned(),
        ..grant_with_pkce()
    };
    assert_eq!(
        check_grant(&grant_of_other_client, &[("code_verifier", VERIFIER)], NOW),
        Err(TokenError::CodeIssuedToOtherClient)
    );
}

#[test]
fn a_verifier_without_a_challenge_is_rejected_as_a_downgrade() {
    assert_eq!(check_grant(&grant(""), &[], NOW), Ok(()));
    let error = check_grant(&grant(""), &[("code_verifier", VERIFIER)], NOW);
    assert_eq!(error, Err(TokenError::UnexpectedCodeVerifier));
}

#[test]
fn a_grant_survives_serialization() {
    let grant = grant_with_pkce();
    let stored = serde_json::to_string(&grant).unwrap();
    assert_eq!(serde_json::from_str::<CodeGrant>(&stored).unwrap(), grant);
    let stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored["expires_at"], NOW.as_second() + 60);
    assert_eq!(grant.nonce.as_deref(), Some("n"));
    assert_eq!(grant.scopes, Scopes::parse("openid email"));
}

#[test]
fn the_grant_is_looked_up_by_the_hash_of_the_code() {
    let request = TokenRequest::parse(&[], &build_form(&[("client_id", "app_1")])).unwrap();
    assert_eq!(
        request.code_hash,
        AuthorizationCode::from_random(&[1; 32]).hash()
    );
    assert_eq!(request.claimed_client_id(), "app_1");
    assert!(!format!("{request:?}").contains("vsc_"));
}

#[test]
fn another_clients_code_has_the_response_of_an_unknown_code() {
    let other_clients = TokenError::CodeIssuedToOtherClient;
    let unknown = TokenError::CodeNotFound;
    assert_eq!(other_clients.response(), unknown.response());
    assert_eq!(
        (other_clients.response().status, other_clients.error()),
        (400, "invalid_grant")
    );
    assert_ne!(other_clients.code(), unknown.code());
}

#[test]
fn the_token_response_is_that_of_rfc_6749() {
    let token = AccessToken::from_random(&[0; 32]);
    let scopes = Scopes::parse("email openid");
    let lifetime = SignedDuration::from_secs(75);
    let response = oidc::token::TokenResponse::new(&token, "a.b.c".to_owned(), &scopes, lifetime);
    let json = serde_json::to_value(&response).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "access_token": token.as_str(), "token_type": "Bearer", "expires_in": 75,
            "id_token": "a.b.c", "scope": "openid email",
        })
    );
    assert!(!format!("{response:?}").contains("vsa_"));
}
