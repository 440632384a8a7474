//! Arbitrary and damaged input causes no panic and is never accepted.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use jiff::Timestamp;
use oidc::authorization::{
    AuthorizationError, AuthorizationErrorKind, AuthorizationRequest, ClientValidationError,
};
use oidc::token::{TokenError, TokenRequest};
use oidc::{
    AccessToken, Application, AuthorizationCode, ClientAuthentication, ClientKeys, ClientType,
    Issuer, Parameters, RedirectUri, SigningAlgorithm, SigningKey, StoredHash, bearer,
};
use proptest::prelude::*;

const CALLBACK: &str = "https://app.example.com/callback";

fn applications() -> Vec<Application> {
    let fixtures: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/assertions.json")).unwrap();
    let keys = ClientKeys::parse(&fixtures["jwks"].to_string()).unwrap();
    let secret = StoredHash::from_secret("secret");
    let methods = [
        ClientAuthentication::None,
        ClientAuthentication::ClientSecretBasic(secret.clone()),
        ClientAuthentication::ClientSecretPost(secret),
        ClientAuthentication::PrivateKeyJwt(keys),
    ];
    let application = |authentication| Application {
        client_id: "app_fixture".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned(), "http://127.0.0.1/cb".to_owned()],
        authentication,
        requires_pkce: false,
        id_token_algorithm: SigningAlgorithm::Rs256,
    };
    methods.map(application).to_vec()
}

/// RFC 6749 4.1.2.1 and 5.2: printable ASCII without quotation marks and backslashes.
fn assert_is_error_description(text: &str) {
    let is_allowed = |byte: u8| matches!(byte, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    assert!(text.bytes().all(is_allowed), "{text:?}");
}

/// A form of known parameters with known and arbitrary values.
fn form() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "client_id",
        "redirect_uri",
        "response_type",
        "response_mode",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "prompt",
        "max_age",
        "login_hint",
        "request",
        "grant_type",
        "code",
        "code_verifier",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "other",
    ]);
    let values = prop_oneof![
        prop::sample::select(vec![
            "app_fixture",
            CALLBACK,
            "http://127.0.0.1:1/cb",
            "code",
            "openid",
            "S256",
            "none",
            "authorization_code",
            "e30.e30.e30",
            "query",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec((names, values), 0..16).prop_map(|pairs| {
        let base = [("client_id", "app_fixture"), ("redirect_uri", CALLBACK)];
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        if pairs.len() % 2 == 0 {
            form.extend_pairs(base);
        }
        form.extend_pairs(pairs).finish()
    })
}

fn authorize(query: &str) {
    let Ok(parameters) = Parameters::parse(query) else {
        return;
    };
    for application in applications() {
        match AuthorizationRequest::parse(&parameters, Some(&application)) {
            // Responses go only to registered redirect URIs.
            Ok(request) => assert!(is_registered(request.redirect_uri.as_str())),
            Err(AuthorizationError::ReturnToClient(error)) => {
                assert!(is_registered(error.redirect_uri.as_str()));
                assert_is_error_description(&error.kind.to_string());
                let issuer = Issuer::parse("https://sso.example.com").unwrap();
                assert!(error.response(&issuer).location().is_ascii());
            }
            Err(AuthorizationError::ShowToUser(error)) => assert!(!error.code().is_empty()),
        }
    }
}

fn is_registered(uri: &str) -> bool {
    uri == CALLBACK || uri == "http://127.0.0.1/cb" || uri == "http://127.0.0.1:1/cb"
}

fn exchange(headers: &[&[u8]], form: &str) {
    let issuer = Issuer::parse("https://sso.example.com").unwrap();
    let errors = match TokenRequest::parse(headers, form) {
        Err(error) => vec![error],
        Ok(request) => applications()
            .iter()
            .filter_map(|application| {
                request
                    .authenticate(Some(application), &issuer, Timestamp::UNIX_EPOCH)
                    .err()
            })
            .collect(),
    };
    for error in errors {
        assert_is_error_description(&error.response().error_description);
    }
}

proptest! {
    #[test]
    fn any_text_is_parsed_without_panic(text in any::<String>()) {
        authorize(&text);
        exchange(&[text.as_bytes()], &text);
        let _ = ClientKeys::parse(&text);
        let _ = Issuer::parse(&text);
        let _ = AuthorizationCode::parse(&text);
        let _ = AccessToken::parse(&format!("vsa_{text}"));
        for client_type in [ClientType::Public, ClientType::Confidential] {
            let _ = RedirectUri::parse(&text, client_type);
            let _ = RedirectUri::parse(&format!("https://{text}"), client_type);
        }
        for algorithm in SigningAlgorithm::ALL {
            let _ = SigningKey::from_pkcs8_pem(algorithm, &text);
        }
    }

    #[test]
    fn any_header_is_parsed_without_panic(bytes in any::<Vec<u8>>()) {
        let _ = bearer::extract_token(&[&bytes], Some(&String::from_utf8_lossy(&bytes)));
        let _ = bearer::extract_token(&[b"Bearer", &bytes], None);
        exchange(&[&[b"Basic ", &*bytes].concat()], "");
        let encoded = base64_simd::STANDARD.encode_to_string(&bytes);
        exchange(&[format!("Basic {encoded}").as_bytes()], "");
    }

    #[test]
    fn any_form_is_parsed_without_panic_or_redirect_to_an_unregistered_uri(form in form()) {
        authorize(&form);
        exchange(&[], &form);
    }

    #[test]
    fn a_damaged_assertion_is_rejected(case in 0usize..14, position in 0usize..2000, byte in any::<u8>()) {
        let fixtures: serde_json::Value =
            serde_json::from_str(include_str!("fixtures/assertions.json")).unwrap();
        let valid = fixtures["cases"][case]["assertion"].as_str().unwrap();
        let mut damaged = valid.as_bytes().to_vec();
        let position = position % damaged.len();
        damaged[position] = byte;
        prop_assume!(damaged != valid.as_bytes());
        let Ok(damaged) = String::from_utf8(damaged) else { return Ok(()) };
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("grant_type", "authorization_code"), ("code", "c"), ("redirect_uri", CALLBACK),
                ("client_assertion", &damaged),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ])
            .finish();
        let issuer = Issuer::parse("https://sso.example.com").unwrap();
        let now = Timestamp::from_second(fixtures["now"].as_i64().unwrap()).unwrap();
        let result = TokenRequest::parse(&[], &form)
            .and_then(|request| request.authenticate(applications().last(), &issuer, now));
        prop_assert!(result.is_err());
    }
}

#[test]
fn each_error_has_its_own_code() {
    let returned = [
        AuthorizationErrorKind::OpenidScopeMissing,
        AuthorizationErrorKind::AccessDenied,
        AuthorizationErrorKind::LoginRequired,
        AuthorizationErrorKind::InteractionRequired,
        AuthorizationErrorKind::ServerError,
        AuthorizationErrorKind::TemporarilyUnavailable,
    ];
    let shown_to_user = ClientValidationError::ClientNotFound {
        received: "<script>".to_owned(),
    };
    let token_errors = [
        TokenError::CodeAlreadyUsed,
        TokenError::CodeNotFound,
        TokenError::MissingClientId,
    ];
    let mut codes: Vec<_> = returned.iter().map(AuthorizationErrorKind::code).collect();
    codes.extend(token_errors.iter().map(TokenError::code));
    codes.push(shown_to_user.code());
    let number = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), number);
    assert!(!shown_to_user.to_string().contains("<script>"));
}
