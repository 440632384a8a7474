//! Sign-in attempts in the console: their diagnoses, personal data and search.

use std::net::SocketAddr;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use base64_simd::STANDARD;
use i18n::{Language, Localizer};
use insta::assert_snapshot;
use rstest::rstest;
use serde_json::json;
use service::connection::ConnectionRef;
use service::invitation::{Inviter, InviterKind};
use service::{Actor, connection, invitation};
use store::{IdpInitiated, Provisioning};
use test_support::{
    ADA, IDP_ENTITY_ID, REDIRECT_URI, START, SsoFixture, TestBrowser, at, encode_form,
    untrusted_key,
};
use testkit::identity_provider::IdpBehavior;
use tokio::net::TcpListener;
use vestibule::background;

use crate::attempt_page::{OPERATOR, assert_diagnosis, assert_failed_attempt, open_attempt};

const ATTEMPTS_PATH: &str = "/console/organizations/acme/sign-in-attempts";

/// Fails a sign-in with this error code. Returns the ID of the attempt.
async fn fail_sign_in(sso: &SsoFixture, behavior: IdpBehavior, code: &str) -> String {
    let page = sso.attempt_sign_in(&mut sso.browser(), ADA, behavior).await;
    assert_eq!(page.error_code(), code);
    newest_attempt(sso).await
}

/// The ID of the newest attempt. Moves the clock, so that the next attempt is newer.
async fn newest_attempt(sso: &SsoFixture) -> String {
    let id = sso.attempts().await[0].id.to_string();
    sso.server.clock.set(sso.server.clock.now().as_second() + 1);
    id
}

#[rstest]
#[case::wrong_audience(IdpBehavior::WrongAudience, "audience-mismatch")]
#[case::wrong_recipient(IdpBehavior::WrongRecipient, "recipient-mismatch")]
#[case::wrong_destination(IdpBehavior::WrongDestination, "destination-mismatch")]
#[case::wrong_issuer(IdpBehavior::WrongIssuer, "issuer-mismatch")]
#[case::wrong_in_response_to(IdpBehavior::WrongInResponseTo, "in-response-to-mismatch")]
#[case::expired(IdpBehavior::Expired, "expired")]
#[case::not_yet_valid(IdpBehavior::NotYetValid, "not-yet-valid")]
#[case::clock_ahead(IdpBehavior::ClockAhead, "idp-clock-ahead")]
#[case::clock_behind(IdpBehavior::ClockBehind, "idp-clock-behind")]
#[case::unsigned(IdpBehavior::Unsigned, "unsigned")]
#[case::untrusted_key(IdpBehavior::UntrustedKey, "signature-mismatch")]
#[case::tampered(IdpBehavior::Tampered, "digest-mismatch")]
#[case::sha1_digest(IdpBehavior::Sha1Digest, "sha1-not-allowed")]
#[case::no_name_id(IdpBehavior::NoNameId, "subject-not-found")]
#[case::transient_name_id(IdpBehavior::TransientNameId, "transient-subject")]
#[case::no_attributes(IdpBehavior::NoAttributes, "email-missing")]
#[case::renamed_email_attribute(IdpBehavior::RenamedEmailAttribute, "email-attribute-mismatch")]
#[case::valid_response_of_an_unknown_user(IdpBehavior::Valid, "not-a-member")]
#[tokio::test]
async fn an_invalid_response_is_diagnosed(#[case] behavior: IdpBehavior, #[case] code: &str) {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let id = fail_sign_in(&sso, behavior, code).await;
    assert_diagnosis(&sso, &id, code).await;
}

#[rstest]
#[case::logout_response(
    "<LogoutResponse xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>",
    "unexpected-logout-response"
)]
#[case::logout_request(
    "<LogoutRequest xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>",
    "unexpected-logout-request"
)]
#[case::authn_request(
    "<AuthnRequest xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>",
    "unexpected-authn-request"
)]
#[case::metadata(
    "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/>",
    "unexpected-metadata"
)]
#[tokio::test]
async fn a_message_that_is_not_a_response_is_diagnosed(#[case] message: &str, #[case] code: &str) {
    let sso = SsoFixture::new().await;
    let id = post_message(&sso, message, code).await;
    assert_diagnosis(&sso, &id, code).await;
}

#[tokio::test]
async fn an_error_of_the_identity_provider_is_diagnosed_with_its_status() {
    let sso = SsoFixture::new().await;
    let response = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_s\" Version=\"2.0\" \
           IssueInstant=\"2026-11-24T09:00:00Z\"><samlp:Status><samlp:StatusCode \
           Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode \
           Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode>\
         <samlp:StatusMessage>AADSTS50105: not assigned</samlp:StatusMessage></samlp:Status></samlp:Response>";
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = STANDARD.encode_to_string(response);
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(page.error_code(), "idp-error-status");
    let id = newest_attempt(&sso).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut console, &id).await;
    assert_snapshot!(page.main_html());
}

/// Posts a message that is rejected with this error code. Returns the ID of the attempt.
async fn post_message(sso: &SsoFixture, message: &str, code: &str) -> String {
    let form = encode_form(&[("SAMLResponse", &STANDARD.encode_to_string(message))]);
    let page = sso.browser().post_text(&sso.acs_path(), form).await;
    assert_eq!(page.error_code(), code);
    newest_attempt(sso).await
}

#[tokio::test]
async fn a_response_from_another_browser_and_a_replayed_response_are_diagnosed() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let page = sso
        .post_response(&mut sso.browser(), &response, &relay_state)
        .await;
    assert_failed_attempt(&sso, &page, "browser-mismatch").await;
    let redirect = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert!(redirect.location().starts_with(REDIRECT_URI));
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_failed_attempt(&sso, &page, "replayed").await;
}

#[tokio::test]
async fn an_unsolicited_response_is_diagnosed() {
    let sso = SsoFixture::new().await;
    let response = sso.unsolicited_response(ADA, IdpBehavior::Valid);
    let page = sso.post_response(&mut sso.browser(), &response, "").await;
    assert_failed_attempt(&sso, &page, "no-pending-sign-in").await;
}

#[tokio::test]
async fn an_attempt_shows_the_messages_without_personal_data() {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut console, &id).await;
    let text = page.visible_text();
    for content in [
        "<samlp:AuthnRequest",
        "<samlp:Response",
        "hidden",
        "https://auth.example.com/saml",
    ] {
        assert!(text.contains(content), "{content}: {text}");
    }
    assert!(page.text.contains("signed-assertion"), "{}", page.text);
    assert!(!text.contains(&format!(">{}<", ADA.first_name)), "{text}");
    assert!(!page.text.contains(ADA.email), "{}", page.text);
}

#[tokio::test]
async fn the_list_of_attempts_shortens_email_addresses() {
    let sso = SsoFixture::new().await;
    fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let list = console.get(ATTEMPTS_PATH).await;
    assert!(!list.text.contains(ADA.email), "{}", list.text);
    let text = list.visible_text();
    assert!(text.contains("a…@acme.example"), "{text}");
}

#[tokio::test]
async fn personal_data_is_revealed_on_request_and_the_audit_log_says_so() {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut console, &id).await;
    let path = format!("{ATTEMPTS_PATH}/{id}/reveal");
    let revealed = console.submit(&page, &path, &[]).await;
    assert!(revealed.text.contains(ADA.email), "{}", revealed.text);
    let text = revealed.visible_text();
    assert!(text.contains(&format!(">{}<", ADA.first_name)), "{text}");
    let log = console.get("/console/organizations/acme/audit-log").await;
    assert!(
        log.text.contains("sign_in_attempt.personal_data_viewed"),
        "{}",
        log.text
    );
}

#[tokio::test]
async fn the_messages_of_an_attempt_are_deleted_after_a_week() {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    sso.server.clock.set(START + 7 * 24 * 3600 + 60);
    background::run_once(&sso.server.app).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let text = open_attempt(&mut console, &id).await.visible_text();
    assert!(text.contains("The messages aren’t stored"), "{text}");
    let diagnosis = "The assertion was issued for a different service provider";
    assert!(text.contains(diagnosis), "{text}");
}

#[tokio::test]
async fn attempts_are_filtered_by_outcome_email_and_day() {
    let sso = SsoFixture::new().await;
    let rejected = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let accepted = newest_attempt(&sso).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let mut results = Vec::new();
    for query in [
        "",
        "?outcome=rejected",
        "?outcome=accepted",
        "?user=ADA%40acme.example",
        "?user=unknown%40acme.example",
        "?from=2026-11-24&to=2026-11-24",
        "?from=2026-11-25",
        "?to=2026-11-23",
    ] {
        let page = console.get(&format!("{ATTEMPTS_PATH}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        let listed: Vec<_> = [(&rejected, "rejected"), (&accepted, "accepted")]
            .into_iter()
            .filter_map(|(id, name)| page.text.contains(id).then_some(name))
            .collect();
        let line = format!("{query:?}: {}", listed.join(", "));
        results.push(line.trim_end().to_owned());
    }
    assert_snapshot!(results.join("\n"), @r#"
    "": rejected, accepted
    "?outcome=rejected": rejected
    "?outcome=accepted": accepted
    "?user=ADA%40acme.example": rejected, accepted
    "?user=unknown%40acme.example":
    "?from=2026-11-24&to=2026-11-24": rejected, accepted
    "?from=2026-11-25":
    "?to=2026-11-23":
    "#);
}

#[tokio::test]
async fn an_attempt_is_found_by_its_reference_id() {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let redirect = console.get(&format!("{ATTEMPTS_PATH}?id={id}")).await;
    assert_eq!(redirect.location(), format!("{ATTEMPTS_PATH}/{id}"));
}

#[rstest]
#[case::unknown_id("?id=att_x", "no sign-in attempt with the reference ID att_x")]
#[case::invalid_date("?from=yesterday", "Enter a date like 2026-01-31.")]
#[tokio::test]
async fn an_invalid_search_shows_a_message(#[case] query: &str, #[case] message: &str) {
    let sso = SsoFixture::new().await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = console.get(&format!("{ATTEMPTS_PATH}{query}")).await;
    let text = page.visible_text();
    assert!(text.contains(message), "{text}");
}

/// A browser in which an admin of another organization, `globex`, is signed in.
async fn other_admin_browser(sso: &SsoFixture) -> TestBrowser {
    sso.add_organization("globex", "enterprise").await;
    let input = json!({"email": "eve@globex.example", "role": "admin"});
    let input = service::json::from_value(input).unwrap();
    let inviter = Inviter {
        actor: Actor::CommandLine,
        text: Localizer::new(Language::English),
        kind: InviterKind::Operator,
    };
    invitation::invite(&sso.server.app, &inviter, "globex", input)
        .await
        .unwrap();
    sso.server.account_browser("eve@globex.example").await
}

#[tokio::test]
async fn attempts_of_another_organization_are_not_listed_and_not_found() {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = other_admin_browser(&sso).await;
    let path = "/console/organizations/globex/sign-in-attempts";
    let list = console.get(path).await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(!list.text.contains(&id));
    let page = console.get(&format!("{path}?id={id}")).await;
    let text = page.visible_text();
    let message = "no sign-in attempt with the reference ID";
    assert!(text.contains(message), "{text}");
}

#[rstest]
#[tokio::test]
async fn an_attempt_of_another_organization_cannot_be_opened(
    #[values("globex", "acme")] organization: &str,
) {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = other_admin_browser(&sso).await;
    let path = format!("/console/organizations/{organization}/sign-in-attempts/{id}");
    let page = console.get(&path).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[tokio::test]
async fn an_action_on_an_attempt_of_another_organization_is_not_found(
    #[values("globex", "acme")] organization: &str,
    #[values("reveal", "find-certificate", "trust-certificate")] action: &str,
) {
    let sso = SsoFixture::new().await;
    let id = fail_sign_in(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = other_admin_browser(&sso).await;
    let list = console
        .get("/console/organizations/globex/sign-in-attempts")
        .await;
    let path = format!("/console/organizations/{organization}/sign-in-attempts/{id}/{action}");
    let page = console.submit(&list, &path, &[]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

/// Serves metadata of the practice identity provider with the certificate of the untrusted key. Returns the address.
async fn serve_metadata() -> SocketAddr {
    let certificate = STANDARD.encode_to_string(untrusted_key().certificate_der());
    let metadata = format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{IDP_ENTITY_ID}\"><IDPSSODescriptor \
         protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor use=\"signing\"><KeyInfo \
         xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data>\
         </KeyInfo></KeyDescriptor><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" \
         Location=\"https://idp.example/sso\"/></IDPSSODescriptor></EntityDescriptor>"
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/", get(move || async move { metadata }));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

/// A server that may load metadata from this machine.
async fn with_local_metadata() -> SsoFixture {
    let mut sso =
        SsoFixture::with(|settings| settings.idp_initiated = IdpInitiated::DangerAccept).await;
    let metadata_networks = ("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8");
    sso.server.reconfigure(&[metadata_networks]);
    sso
}

/// Sets the metadata URL of the connection.
async fn set_metadata_url(sso: &SsoFixture) {
    let url = format!("http://{}/", serve_metadata().await);
    let connection = ConnectionRef::ById(sso.connection.as_str());
    connection::set_metadata_source(&sso.server.app, connection, Some(url), Some(at(START)))
        .await
        .unwrap();
}

/// Fails a sign-in. Returns the path of the attempt in the console.
async fn fail_sign_in_path(sso: &SsoFixture, behavior: IdpBehavior) -> String {
    let page = sso.attempt_sign_in(&mut sso.browser(), ADA, behavior).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
    format!("{ATTEMPTS_PATH}/{}", newest_attempt(sso).await)
}

#[tokio::test]
async fn without_a_metadata_url_an_attempt_links_to_the_connection() {
    let sso = with_local_metadata().await;
    let path = fail_sign_in_path(&sso, IdpBehavior::UntrustedKey).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = console.get(&path).await;
    let form = format!("{path}/find-certificate");
    assert!(!page.text.contains(&form), "{}", page.text);
    let link = format!(
        "<a class=\"button\" href=\"/console/organizations/acme/sso/{}#certificate\">",
        sso.connection
    );
    assert!(page.text.contains(&link), "{}", page.text);
}

#[tokio::test]
async fn a_certificate_from_the_metadata_can_be_trusted_in_a_draft() {
    let sso = with_local_metadata().await;
    let path = fail_sign_in_path(&sso, IdpBehavior::UntrustedKey).await;
    set_metadata_url(&sso).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = console.get(&path).await;
    let page_with_certificate = console
        .submit(&page, &format!("{path}/find-certificate"), &[])
        .await;
    let text = page_with_certificate.visible_text();
    assert!(text.contains("Trust this certificate"), "{text}");
    let redirect = console
        .submit(
            &page_with_certificate,
            &format!("{path}/trust-certificate"),
            &[],
        )
        .await;
    assert_eq!(
        redirect.location(),
        format!(
            "/console/organizations/acme/sso/{}?done=saved",
            sso.connection
        )
    );
    let connection = ConnectionRef::ById(sso.connection.as_str());
    let working_copy = connection::load_working_copy(&sso.server.app, connection)
        .await
        .unwrap();
    assert_eq!(working_copy.connection.certificates.len(), 2);
    let draft = working_copy.draft;
    assert!(draft.is_some(), "the published settings do not change");
}

#[tokio::test]
async fn a_certificate_that_verifies_no_signature_of_the_response_cannot_be_trusted() {
    let sso = with_local_metadata().await;
    let path = fail_sign_in_path(&sso, IdpBehavior::Tampered).await;
    set_metadata_url(&sso).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = console.get(&path).await;
    let response = console
        .submit(&page, &format!("{path}/trust-certificate"), &[])
        .await;
    assert_eq!(response.status, StatusCode::CONFLICT, "{}", response.text);
}
