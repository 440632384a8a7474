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

/// The request to an identity provider with this sign-on URL.
async fn request_to(sign_on_url: &str, change: impl FnOnce(&mut ConnectionSettings)) -> String {
    let sso = SsoFixture::with(|settings| {
        settings.sign_on_url = sign_on_url.to_owned();
        change(settings);
    })
    .await;
    let parameters = [("organization", "acme")];
    let redirect = sso.browser().get(&sso.authorize_path(&parameters)).await;
    assert!(redirect.location().starts_with(sign_on_url));
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    sent_authn_request(&sso, &relay_state).await
}

const SIMPLESAMLPHP: &str = "https://idp.acme.example/saml2/idp/SSOService.php";

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

/// SimpleSAMLphp sends a transient NameID unless it is asked for another one, and rejects no format.
#[rstest]
#[case::version_1("https://idp.acme.example/simplesaml/saml2/idp/SSOService.php", true)]
#[case::version_2(
    "https://idp.acme.example/simplesaml/module.php/saml/idp/singleSignOnService",
    true
)]
#[case::entra("https://login.microsoftonline.com/8c6e/saml2", false)]
#[case::adfs("https://fs.acme.example/adfs/ls/", false)]
#[case::shibboleth("https://idp.acme.example/idp/profile/SAML2/Redirect/SSO", false)]
#[case::crewjam("https://idp.acme.example/sso", false)]
#[tokio::test]
async fn a_persistent_name_id_is_requested_from_simplesamlphp_alone(
    #[case] sign_on_url: &str,
    #[case] is_requested: bool,
) {
    let request = request_to(sign_on_url, |_| {}).await;
    let policy = "<samlp:NameIDPolicy AllowCreate=\"true\" \
                  Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">";
    assert_eq!(request.contains(policy), is_requested, "{request}");
    assert_eq!(request.contains("NameIDPolicy"), is_requested, "{request}");
}

#[rstest]
#[case::format(
    |settings: &mut ConnectionSettings| {
        settings.name_id_format = Some("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress".to_owned());
    },
    "Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress\""
)]
#[case::no_format(
    |settings: &mut ConnectionSettings| settings.policy.allow_create = true,
    "<samlp:NameIDPolicy AllowCreate=\"true\"></samlp:NameIDPolicy>"
)]
#[tokio::test]
async fn what_the_administrator_demands_is_requested_from_simplesamlphp(
    #[case] change: fn(&mut ConnectionSettings),
    #[case] expected: &str,
) {
    let request = request_to(SIMPLESAMLPHP, change).await;
    assert!(request.contains(expected), "{request}");
    assert!(!request.contains("persistent"), "{request}");
}

#[tokio::test]
async fn a_name_id_that_is_not_used_is_not_requested() {
    let request = request_to(SIMPLESAMLPHP, |settings| {
        settings.subject_attribute = Some("uid".to_owned());
    })
    .await;
    assert!(!request.contains("NameIDPolicy"), "{request}");
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
