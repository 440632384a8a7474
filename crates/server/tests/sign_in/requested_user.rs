//! Requests that name a user, an organization, an authentication context or single claims.

use rstest::rstest;
use serde_json::json;
use test_support::{
    ADA, GRACE, IDP_SIGN_ON_URL, SsoFixture, TestBrowser, TestResponse, connection_settings,
};
use testkit::identity_provider::IdpBehavior;

use crate::attempt_page::assert_failed_attempt;
use crate::database_contents::DatabaseContents;
use crate::tokens::{get_userinfo, id_token_claims, redeem_code};

/// What the practice identity provider reports.
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified";

/// Signs Ada in. Returns her browser and her ID token.
async fn signed_in_browser(sso: &SsoFixture) -> (TestBrowser, String) {
    let mut browser = sso.browser();
    let code = sso.sign_in(&mut browser, ADA).await;
    let tokens = redeem_code(sso, &code).await.json();
    (browser, tokens["id_token"].as_str().unwrap().to_owned())
}

fn error(redirect: &TestResponse) -> Option<String> {
    redirect.location_parameter("error")
}

#[tokio::test]
async fn a_hint_of_another_person_is_not_answered_from_the_standing_session() {
    let sso = SsoFixture::new().await;
    let (mut ada, hint_of_ada) = signed_in_browser(&sso).await;
    let mut grace = sso.browser();
    sso.sign_in(&mut grace, GRACE).await;
    let path = sso.authorize_path(&[("id_token_hint", &hint_of_ada), ("prompt", "none")]);
    assert!(ada.get(&path).await.location_parameter("code").is_some());
    assert_eq!(
        error(&grace.get(&path).await).as_deref(),
        Some("login_required")
    );
    let parameters = [
        ("id_token_hint", hint_of_ada.as_str()),
        ("organization", "acme"),
    ];
    let redirect = grace.get(&sso.authorize_path(&parameters)).await;
    assert!(
        redirect.location().starts_with(IDP_SIGN_ON_URL),
        "{redirect:?}"
    );
}

#[rstest]
#[case::same_person(true)]
#[case::another_person(false)]
#[tokio::test]
async fn a_sign_in_of_another_person_than_the_hint_is_rejected(#[case] is_same: bool) {
    let sso = SsoFixture::new().await;
    let (_, hint_of_ada) = signed_in_browser(&sso).await;
    sso.sign_in(&mut sso.browser(), GRACE).await;
    let before = DatabaseContents::read_without_attempts(&sso).await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("id_token_hint", &hint_of_ada)])
        .await;
    let user = if is_same { ADA } else { GRACE };
    let answer = sso
        .complete_sign_in(&mut browser, &relay_state, user, IdpBehavior::Valid)
        .await;
    if is_same {
        assert!(answer.location_parameter("code").is_some());
        return;
    }
    assert!(
        answer.text.contains("Return to Acme Portal"),
        "{}",
        answer.text
    );
    let after = DatabaseContents::read_without_attempts(&sso).await;
    let unchanged = |contents: DatabaseContents| contents.without("pending_sign_in");
    assert_eq!(unchanged(after), unchanged(before));
    assert_failed_attempt(&sso, &answer, "other-member").await;
}

#[tokio::test]
async fn the_sub_of_the_parameter_claims_names_the_user() {
    let sso = SsoFixture::new().await;
    let (mut browser, _) = signed_in_browser(&sso).await;
    let member = sso.members().await.remove(0).id;
    for (subject, expected) in [
        (member.as_str(), None),
        ("mem_other", Some("login_required")),
    ] {
        let claims = json!({ "id_token": { "sub": { "value": subject } } }).to_string();
        let path = sso.authorize_path(&[("claims", &claims), ("prompt", "none")]);
        assert_eq!(error(&browser.get(&path).await).as_deref(), expected);
    }
}

#[rstest]
#[case::login_hint("login_hint", "grace@globex.example")]
#[case::domain_hint("domain_hint", "globex.example")]
#[tokio::test]
async fn a_hint_of_another_organization_is_not_answered_from_the_standing_session(
    #[case] parameter: &str,
    #[case] value: &str,
    #[values(true, false)] has_connection: bool,
) {
    let sso = SsoFixture::new().await;
    if has_connection {
        let globex = sso.add_organization("globex", "enterprise").await;
        sso.add_connection(&globex, connection_settings()).await;
        sso.add_domain(&globex, "globex.example").await;
    }
    let (mut browser, _) = signed_in_browser(&sso).await;
    let silent = sso.authorize_path(&[(parameter, value), ("prompt", "none")]);
    assert_eq!(
        error(&browser.get(&silent).await).as_deref(),
        Some("login_required")
    );
    let redirect = browser
        .get(&sso.authorize_path(&[(parameter, value)]))
        .await;
    let expected = if has_connection {
        IDP_SIGN_ON_URL
    } else {
        "/sign-in?"
    };
    assert!(redirect.location().starts_with(expected), "{redirect:?}");
}

#[tokio::test]
async fn a_hint_of_the_own_organization_is_answered_from_the_standing_session() {
    let sso = SsoFixture::new().await;
    let (mut browser, _) = signed_in_browser(&sso).await;
    for hint in [
        ("login_hint", "ada@acme.example"),
        ("domain_hint", "acme.example"),
    ] {
        let redirect = browser.get(&sso.authorize_path(&[hint])).await;
        assert!(redirect.location_parameter("code").is_some(), "{hint:?}");
    }
}

/// The parameter `claims` with this essential `acr`.
fn essential_acr(value: &str) -> String {
    json!({ "id_token": { "acr": { "essential": true, "value": value } } }).to_string()
}

#[tokio::test]
async fn an_essential_authentication_context_has_to_be_reported() {
    let sso = SsoFixture::new().await;
    for (value, expected) in [(UNSPECIFIED, None), ("urn:mfa", Some("acr-mismatch"))] {
        let mut browser = sso.browser();
        let claims = essential_acr(value);
        let relay_state = sso
            .start_sign_in_with(&mut browser, &[("claims", &claims)])
            .await;
        let answer = sso
            .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
            .await;
        match expected {
            None => assert!(
                answer.location_parameter("code").is_some(),
                "{}",
                answer.text
            ),
            Some(code) => {
                assert_failed_attempt(&sso, &answer, code).await;
                let unmet = "error=unmet_authentication_requirements";
                assert!(answer.text.contains(unmet), "{}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn a_preferred_authentication_context_is_requested_and_may_be_missed() {
    let sso = SsoFixture::new().await;
    let (mut browser, _) = signed_in_browser(&sso).await;
    let silent = sso.authorize_path(&[("acr_values", "urn:mfa"), ("prompt", "none")]);
    assert!(
        browser
            .get(&silent)
            .await
            .location_parameter("code")
            .is_some()
    );
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("acr_values", "urn:mfa gold")])
        .await;
    let pending = sso.server.pending_sign_in(&relay_state).await;
    let request = pending.authn_request.unwrap().message.unwrap();
    assert!(request.contains(">urn:mfa</"), "{request}");
    assert!(!request.contains("gold"), "{request}");
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    let code = redirect.location_parameter("code").unwrap();
    let claims = id_token_claims(&redeem_code(&sso, &code).await);
    assert_eq!(claims["acr"], UNSPECIFIED);
}

#[tokio::test]
async fn single_claims_are_reported_where_the_request_names_them() {
    let sso = SsoFixture::new().await;
    let claims = json!({
        "id_token": { "email": { "essential": true } },
        "userinfo": { "given_name": null, "name": { "value": "Another Name" } },
    });
    let mut browser = sso.browser();
    let path = sso
        .authorize_path(&[("organization", "acme"), ("claims", &claims.to_string())])
        .replace("openid+email+profile+groups", "openid");
    let relay_state = browser.get(&path).await.location_parameter("RelayState");
    let redirect = sso
        .complete_sign_in(&mut browser, &relay_state.unwrap(), ADA, IdpBehavior::Valid)
        .await;
    let code = redirect.location_parameter("code").unwrap();
    let response = redeem_code(&sso, &code).await;
    let id_token = id_token_claims(&response);
    assert_eq!(id_token["email"], "ada@acme.example");
    assert_eq!(id_token.get("name"), None);
    let token = response.json()["access_token"].as_str().unwrap().to_owned();
    let userinfo = get_userinfo(&sso, &token).await.json();
    assert_eq!(userinfo.get("email"), None);
    assert_eq!(userinfo.get("name"), None);
    assert_eq!(userinfo["given_name"], "Ada");
}

#[tokio::test]
async fn the_profile_tells_when_it_changed() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let mut times = Vec::new();
    for seconds in [0, 60] {
        sso.server.clock.set(test_support::START + seconds);
        let code = sso.sign_in(&mut browser, ADA).await;
        browser = sso.browser();
        let claims = id_token_claims(&redeem_code(&sso, &code).await);
        times.push(claims["updated_at"].clone());
    }
    // The second sign-in changes nothing.
    assert_eq!(
        times,
        [json!(test_support::START), json!(test_support::START)]
    );
}
