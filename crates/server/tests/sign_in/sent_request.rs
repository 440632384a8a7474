//! What an `AuthnRequest` says, by the settings of the connection and the application's request.

use rstest::rstest;
use store::ConnectionSettings;
use test_support::SsoFixture;

/// The XML of the request that was sent with this RelayState.
pub(crate) async fn sent_authn_request(sso: &SsoFixture, relay_state: &str) -> String {
    let pending = sso.server.pending_sign_in(relay_state).await;
    pending.authn_request.unwrap().message.unwrap()
}

async fn request_with(change: impl FnOnce(&mut ConnectionSettings)) -> String {
    let sso = SsoFixture::with(change).await;
    let relay_state = sso.start_sign_in(&mut sso.browser()).await;
    sent_authn_request(&sso, &relay_state).await
}

/// Entra ID and AD FS refuse requests for a format that they do not know.
#[tokio::test]
async fn by_default_a_request_has_no_name_id_policy_and_no_context() {
    let request = request_with(|_| {}).await;
    for absent in [
        "NameIDPolicy",
        "RequestedAuthnContext",
        "IsPassive=\"true\"",
        "ForceAuthn=\"true\"",
        "AssertionConsumerServiceIndex",
    ] {
        assert!(!request.contains(absent), "{absent} in {request}");
    }
}

#[rstest]
#[case::allow_create(
    None,
    true,
    "<samlp:NameIDPolicy AllowCreate=\"true\"></samlp:NameIDPolicy>"
)]
#[case::format(
    Some("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
    false,
    "<samlp:NameIDPolicy AllowCreate=\"true\" Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">"
)]
#[tokio::test]
async fn a_name_id_policy_has_a_format_or_only_allow_create(
    #[case] format: Option<&str>,
    #[case] allow_create: bool,
    #[case] expected: &str,
) {
    let request = request_with(|settings| {
        settings.name_id_format = format.map(str::to_owned);
        settings.policy.allow_create = allow_create;
    })
    .await;
    assert!(request.contains(expected), "{request}");
}
