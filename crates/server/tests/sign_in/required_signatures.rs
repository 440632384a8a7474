//! What a connection requires in addition to one valid signature.

use base64_simd::STANDARD;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use store::ConnectionPolicy;
use test_support::{
    ADA, Engine, IDP_ENTITY_ID, START, SsoFixture, TestResponse, at, each_database, idp_key,
};
use testkit::identity_provider::{IdpBehavior, ResponseBuilder, SignatureScope};

use crate::attempt_page::assert_failed_attempt;
use crate::encrypted_responses::sign_in_with_cbc;

/// Signs in with a response in which these elements are signed.
async fn sign_in_signed(sso: &SsoFixture, signature_scope: SignatureScope) -> TestResponse {
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let request = sso.server.authn_request_id(&relay_state).await;
    let response = ResponseBuilder {
        issuer: IDP_ENTITY_ID,
        target: &sso.response_target(Some(request)),
        key: idp_key(),
        signature_scope,
        now: sso.server.clock.now().as_second(),
        id: "_signed",
    };
    let response = response.build_success(ADA, IdpBehavior::Valid).unwrap();
    let response = STANDARD.encode_to_string(response);
    sso.post_response(&mut browser, &response, &relay_state)
        .await
}

#[apply(each_database)]
async fn a_connection_can_require_a_signed_response(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |_| {}).await;
    let path = format!("/organizations/acme/connections/{}", sso.connection);
    let change = json!({ "require_signed_response": true });
    let changed = sso.server.api.patch(&path, change).await;
    assert_eq!(changed.json()["require_signed_response"], true);
    let page = sign_in_signed(&sso, SignatureScope::Assertion).await;
    assert_failed_attempt(&sso, &page, "response-signature-missing").await;
    let redirect = sign_in_signed(&sso, SignatureScope::Response).await;
    assert!(redirect.location_parameter("code").is_some());
}

#[rstest]
#[case::nothing(ConnectionPolicy::default(), &[], &[SignatureScope::Assertion, SignatureScope::Response])]
#[case::assertion(
    ConnectionPolicy { require_signed_assertion: true, ..ConnectionPolicy::default() },
    &[(SignatureScope::Response, "assertion-signature-missing")],
    &[SignatureScope::Assertion, SignatureScope::Both]
)]
#[case::both(
    ConnectionPolicy {
        require_signed_assertion: true,
        require_signed_response: true,
        ..ConnectionPolicy::default()
    },
    &[
        (SignatureScope::Response, "assertion-signature-missing"),
        (SignatureScope::Assertion, "response-signature-missing"),
    ],
    &[SignatureScope::Both]
)]
#[tokio::test]
async fn a_required_signature_must_be_there(
    #[case] policy: ConnectionPolicy,
    #[case] rejected: &[(SignatureScope, &str)],
    #[case] accepted: &[SignatureScope],
) {
    let sso = SsoFixture::with(|settings| settings.policy = policy).await;
    for (scope, code) in rejected {
        let page = sign_in_signed(&sso, *scope).await;
        assert_failed_attempt(&sso, &page, code).await;
    }
    let [scope, ..] = accepted else {
        panic!("no accepted scope");
    };
    let redirect = sign_in_signed(&sso, *scope).await;
    assert!(
        redirect.location_parameter("code").is_some(),
        "{redirect:?}"
    );
}

#[tokio::test]
async fn a_connection_can_require_encryption() {
    let sso = SsoFixture::with(|settings| {
        settings.policy.require_encryption = true;
        settings.accept_cbc_since = Some(at(START));
    })
    .await;
    let page = sign_in_signed(&sso, SignatureScope::Both).await;
    assert_failed_attempt(&sso, &page, "encryption-missing").await;
    let redirect = sign_in_with_cbc(&sso, IdpBehavior::Valid).await;
    assert!(
        redirect.location_parameter("code").is_some(),
        "{redirect:?}"
    );
}
