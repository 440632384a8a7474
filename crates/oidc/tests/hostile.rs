//! Whatever is sent, the answer is a value: nothing panics.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use oidc::authorization::{
    AuthorizationProblem, AuthorizationRefusal, AuthorizationRequest, ShownRefusal,
};
use oidc::token::{TokenProblem, TokenRequest};
use oidc::{
    AccessToken, Application, AuthorizationCode, ClientAuthentication, ClientKeys, ClientType,
    Issuer, Parameters, RedirectUri, SigningAlgorithm, SigningKey, StoredHash, Timestamp, bearer,
};
use proptest::prelude::*;

const CALLBACK: &str = "https://app.example.com/callback";

fn applications() -> Vec<Application> {
    let fixtures: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/assertions.json")).unwrap();
    let keys = ClientKeys::read(&fixtures["jwks"].to_string()).unwrap();
    let secret = StoredHash::of("secret");
    let ways = [
        ClientAuthentication::None,
        ClientAuthentication::ClientSecretBasic(secret.clone()),
        ClientAuthentication::ClientSecretPost(secret),
        ClientAuthentication::PrivateKeyJwt(keys),
    ];
    let application = |authentication| Application {
        client_id: "app_fixture".to_owned(),
        redirect_uris: vec![CALLBACK.to_owned(), "http://127.0.0.1/cb".to_owned()],
        authentication,
        id_token_algorithm: SigningAlgorithm::Rs256,
    };
    ways.map(application).to_vec()
}

/// RFC 6749 4.1.2.1 and 5.2: printable ASCII without quotation marks and backslashes.
fn assert_fit_for_error_description(text: &str) {
    let is_fit = |byte: u8| matches!(byte, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e);
    assert!(text.bytes().all(is_fit), "{text:?}");
}

/// A form of names that we know and values from anywhere.
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
    let Ok(parameters) = Parameters::read(query) else {
        return;
    };
    for application in applications() {
        match AuthorizationRequest::read(&parameters, Some(&application)) {
            // Nobody is answered at an address that is not registered.
            Ok(request) => assert!(is_registered(request.redirect_uri.as_str())),
            Err(AuthorizationRefusal::Told(told)) => {
                assert!(is_registered(told.redirect_uri.as_str()));
                assert_fit_for_error_description(&told.problem.to_string());
                let issuer = Issuer::read("https://sso.example.com").unwrap();
                assert!(told.response(&issuer).location().is_ascii());
            }
            Err(AuthorizationRefusal::Shown(shown)) => assert!(!shown.code().is_empty()),
        }
    }
}

fn is_registered(uri: &str) -> bool {
    uri == CALLBACK || uri == "http://127.0.0.1/cb" || uri == "http://127.0.0.1:1/cb"
}

fn trade(headers: &[&[u8]], form: &str) {
    let issuer = Issuer::read("https://sso.example.com").unwrap();
    let problems = match TokenRequest::read(headers, form) {
        Err(problem) => vec![problem],
        Ok(request) => applications()
            .iter()
            .filter_map(|application| {
                request
                    .authenticate(Some(application), &issuer, Timestamp(0))
                    .err()
            })
            .collect(),
    };
    for problem in problems {
        assert_fit_for_error_description(&problem.response().error_description);
    }
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>()) {
        authorize(&text);
        trade(&[text.as_bytes()], &text);
        let _ = ClientKeys::read(&text);
        let _ = Issuer::read(&text);
        let _ = AuthorizationCode::read(&text);
        let _ = AccessToken::read(&format!("vsa_{text}"));
        for client in [ClientType::Public, ClientType::Confidential] {
            let _ = RedirectUri::register(&text, client);
            let _ = RedirectUri::register(&format!("https://{text}"), client);
        }
        for algorithm in SigningAlgorithm::ALL {
            let _ = SigningKey::from_pkcs8_pem(algorithm, &text);
        }
    }

    #[test]
    fn no_header_makes_a_reader_panic(bytes in any::<Vec<u8>>()) {
        let _ = bearer::read(&[&bytes]);
        let _ = bearer::read(&[b"Bearer", &bytes]);
        trade(&[&[b"Basic ", &*bytes].concat()], "");
        let encoded = base64_simd::STANDARD.encode_to_string(&bytes);
        trade(&[format!("Basic {encoded}").as_bytes()], "");
    }

    #[test]
    fn no_form_makes_a_reader_panic_or_answer_elsewhere(form in form()) {
        authorize(&form);
        trade(&[], &form);
    }

    #[test]
    fn no_damaged_assertion_is_believed(case in 0usize..14, at in 0usize..2000, to in any::<u8>()) {
        let fixtures: serde_json::Value =
            serde_json::from_str(include_str!("fixtures/assertions.json")).unwrap();
        let good = fixtures["cases"][case]["assertion"].as_str().unwrap();
        let mut damaged = good.as_bytes().to_vec();
        let at = at % damaged.len();
        damaged[at] = to;
        prop_assume!(damaged != good.as_bytes());
        let Ok(damaged) = String::from_utf8(damaged) else { return Ok(()) };
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("grant_type", "authorization_code"), ("code", "c"), ("redirect_uri", CALLBACK),
                ("client_assertion", &damaged),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ])
            .finish();
        let issuer = Issuer::read("https://sso.example.com").unwrap();
        let now = Timestamp(fixtures["now"].as_i64().unwrap());
        let believed = TokenRequest::read(&[], &form)
            .and_then(|request| request.authenticate(applications().last(), &issuer, now));
        prop_assert!(believed.is_err());
    }
}

#[test]
fn each_problem_has_a_code_and_a_text_of_its_own() {
    let told = [
        AuthorizationProblem::OpenidMissing,
        AuthorizationProblem::AccessDenied,
        AuthorizationProblem::LoginRequired,
        AuthorizationProblem::InteractionRequired,
        AuthorizationProblem::ServerError,
        AuthorizationProblem::TemporarilyUnavailable,
    ];
    let shown = ShownRefusal::UnknownClient {
        received: "<script>".to_owned(),
    };
    let traded = [
        TokenProblem::CodeUsed,
        TokenProblem::UnknownCode,
        TokenProblem::NoClient,
    ];
    let mut codes: Vec<_> = told.iter().map(AuthorizationProblem::code).collect();
    codes.extend(traded.iter().map(TokenProblem::code));
    codes.push(shown.code());
    let number = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), number);
    assert!(!shown.to_string().contains("<script>"));
}
