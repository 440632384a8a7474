//! What the console tells of attempts.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use service::connection;
use service::connection::ConnectionRef;
use store::{IdpInitiated, Provisioning};
use test_support::{
    ADA, IDP_ENTITY_ID, REDIRECT_URI, START, SsoFixture, at, encode_form, untrusted_key,
};
use testkit::identity_provider::IdpBehavior;
use vestibule::background;

use crate::attempt_page::{OPERATOR, assert_diagnosis, failed_attempt, open_attempt};

/// Lets a sign-in fail, and gives the attempt's number.
async fn failed(sso: &SsoFixture, behavior: IdpBehavior, code: &str) -> String {
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso.saml_response(&relay_state, ADA, behavior).await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(page.error_code(), code);
    newest(sso).await
}

/// The attempt that was made last. The clock goes on, so that the next one is newer.
async fn newest(sso: &SsoFixture) -> String {
    let id = sso.attempts().await[0].id.to_string();
    sso.server.clock.set(sso.server.clock.now().as_second() + 1);
    id
}

#[tokio::test]
async fn whatever_an_identity_provider_does_wrong_is_told_with_its_repair() {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    for (behavior, code) in [
        (IdpBehavior::WrongAudience, "audience-mismatch"),
        (IdpBehavior::WrongRecipient, "recipient-mismatch"),
        (IdpBehavior::WrongDestination, "destination-mismatch"),
        (IdpBehavior::WrongIssuer, "issuer-mismatch"),
        (IdpBehavior::WrongInResponseTo, "in-response-to-mismatch"),
        (IdpBehavior::Expired, "expired"),
        (IdpBehavior::NotYetValid, "not-yet-valid"),
        (IdpBehavior::ClockAhead, "idp-clock-ahead"),
        (IdpBehavior::ClockBehind, "idp-clock-behind"),
        (IdpBehavior::Unsigned, "unsigned"),
        (IdpBehavior::UntrustedKey, "signature-mismatch"),
        (IdpBehavior::Tampered, "digest-mismatch"),
        (IdpBehavior::Sha1Digest, "sha1-not-allowed"),
        (IdpBehavior::NoNameId, "subject-not-found"),
        (IdpBehavior::TransientNameId, "transient-subject"),
        (IdpBehavior::NoAttributes, "email-missing"),
        (
            IdpBehavior::RenamedEmailAttribute,
            "email-attribute-mismatch",
        ),
        (IdpBehavior::Valid, "not-a-member"),
    ] {
        let id = failed(&sso, behavior, code).await;
        assert_diagnosis(&sso, &id, code).await;
    }
}

/// An unsolicited response.
async fn posted(sso: &SsoFixture, field: &str, message: &str, code: &str) {
    let text = encode_form(&[(field, &STANDARD.encode_to_string(message))]);
    let page = sso.browser().post_text(&sso.acs_path(), text).await;
    assert_eq!(page.error_code(), code);
    assert_diagnosis(sso, &newest(sso).await, code).await;
}

#[tokio::test]
async fn what_does_not_belong_there_is_told_by_its_name() {
    let sso = SsoFixture::new().await;
    let protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    for (name, code) in [
        ("LogoutResponse", "unexpected-logout-response"),
        ("LogoutRequest", "unexpected-logout-request"),
        ("AuthnRequest", "unexpected-authn-request"),
    ] {
        let message = format!("<{name} xmlns=\"{protocol}\"/>");
        posted(&sso, "SAMLResponse", &message, code).await;
    }
    let metadata =
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/>";
    posted(&sso, "SAMLResponse", metadata, "unexpected-metadata").await;
    let denied = format!(
        "<samlp:Response xmlns:samlp=\"{protocol}\" ID=\"_s\" Version=\"2.0\" IssueInstant=\"2026-11-24T09:00:00Z\">\
         <samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode \
         Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode><samlp:StatusMessage>AADSTS50105: \
         not assigned</samlp:StatusMessage></samlp:Status></samlp:Response>"
    );
    let text = encode_form(&[("SAMLResponse", &STANDARD.encode_to_string(denied))]);
    let page = sso.browser().post_text(&sso.acs_path(), text).await;
    assert_eq!(page.error_code(), "idp-error-status");
    let id = newest(&sso).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut console, &id).await;
    let text = page.visible_text();
    for told in [
        "(AuthnFailed)",
        "(Responder)",
        "AADSTS50105",
        "in the log of",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[tokio::test]
async fn what_went_wrong_on_the_way_is_told() {
    let sso = SsoFixture::new().await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let other = sso
        .post_response(&mut sso.browser(), &response, &relay_state)
        .await;
    failed_attempt(&sso, &other, "browser-mismatch").await;
    let came = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert!(came.location().starts_with(REDIRECT_URI));
    let again = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    failed_attempt(&sso, &again, "replayed").await;

    let unasked = sso
        .server
        .build_response(&sso.response_target(None), ADA, IdpBehavior::Valid);
    let page = sso.post_response(&mut sso.browser(), &unasked, "").await;
    failed_attempt(&sso, &page, "no-pending-sign-in").await;
}

#[tokio::test]
async fn personal_data_in_messages_is_hidden_until_it_is_requested() {
    let sso = SsoFixture::new().await;
    let id = failed(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut console, &id).await;
    for there in [
        "<samlp:AuthnRequest",
        "<samlp:Response",
        "hidden",
        "https://auth.example.com/saml",
    ] {
        assert!(
            page.visible_text().contains(there),
            "{there}: {}",
            page.visible_text()
        );
    }
    assert!(page.text.contains("signed-assertion"), "{}", page.text);
    let given = ADA.first_name;
    assert!(
        !page.visible_text().contains(&format!(">{given}<")),
        "{}",
        page.visible_text()
    );
    assert!(!page.text.contains(ADA.email), "{}", page.text);
    let list = console
        .get("/console/organizations/acme/sign-in-attempts")
        .await;
    assert!(!list.text.contains(ADA.email), "{}", list.text);
    assert!(
        list.visible_text().contains("a…@acme.example"),
        "{}",
        list.visible_text()
    );
    let path = format!("/console/organizations/acme/sign-in-attempts/{id}/reveal");
    let shown = console.submit(&page, &path, &[]).await;
    assert!(shown.text.contains(ADA.email), "{}", shown.text);
    assert!(
        shown.visible_text().contains(&format!(">{given}<")),
        "{}",
        shown.visible_text()
    );
    let history = console.get("/console/organizations/acme/audit-log").await;
    assert!(
        history
            .text
            .contains("sign_in_attempt.personal_data_viewed"),
        "{}",
        history.text
    );

    sso.server.clock.set(START + 7 * 24 * 3600 + 60);
    background::run_once(&sso.server.app).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt(&mut console, &id).await;
    assert!(page.visible_text().contains("The messages aren’t stored"));
    assert!(
        page.visible_text()
            .contains("The assertion was issued for a different service provider")
    );
}

#[tokio::test]
async fn attempts_are_found_by_number_person_outcome_and_day() {
    let sso = SsoFixture::new().await;
    let refused = failed(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let accepted = newest(&sso).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let list = "/console/organizations/acme/sign-in-attempts";
    for (query, has_refused, has_accepted) in [
        ("", true, true),
        ("?outcome=refused", true, false),
        ("?outcome=accepted", false, true),
        ("?person=ADA%40acme.example", true, true),
        ("?person=nobody%40acme.example", false, false),
        ("?from=2026-11-24&to=2026-11-24", true, true),
        ("?from=2026-11-25", false, false),
        ("?to=2026-11-23", false, false),
    ] {
        let page = console.get(&format!("{list}{query}")).await;
        assert_eq!(
            page.text.contains(&refused),
            has_refused,
            "{query}: {}",
            page.visible_text()
        );
        assert_eq!(
            page.text.contains(&accepted),
            has_accepted,
            "{query}: {}",
            page.visible_text()
        );
    }
    let found = console.get(&format!("{list}?id={refused}")).await;
    assert_eq!(found.location(), format!("{list}/{refused}"));
    let unknown = console.get(&format!("{list}?id=att_x")).await;
    assert!(
        unknown
            .visible_text()
            .contains("no sign-in attempt with the reference ID att_x")
    );
    let wrong = console.get(&format!("{list}?from=yesterday")).await;
    assert!(
        wrong
            .visible_text()
            .contains("Enter a date like 2026-01-31.")
    );
}

#[tokio::test]
async fn attempts_of_another_organization_are_not_visible() {
    let sso = SsoFixture::new().await;
    let id = failed(&sso, IdpBehavior::WrongAudience, "audience-mismatch").await;
    sso.add_organization("globex", "enterprise").await;
    let invited = service::json::from_value(
        serde_json::json!({"email": "eve@globex.example", "role": "admin"}),
    );
    service::member::add(
        &sso.server.app,
        &service::Actor::CommandLine,
        "globex",
        invited.unwrap(),
    )
    .await
    .unwrap();
    let mut console = sso.server.account_browser("eve@globex.example").await;
    let own = console
        .get("/console/organizations/globex/sign-in-attempts")
        .await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
    assert!(!own.text.contains(&id));
    for organization in ["globex", "acme"] {
        let path = format!("/console/organizations/{organization}/sign-in-attempts/{id}");
        let page = console.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        for deed in ["reveal", "find-certificate", "trust-certificate"] {
            let page = console.submit(&own, &format!("{path}/{deed}"), &[]).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}/{deed}");
        }
    }
    let path = format!("/console/organizations/globex/sign-in-attempts?id={id}");
    let page = console.get(&path).await;
    assert!(
        page.visible_text()
            .contains("no sign-in attempt with the reference ID")
    );
}

/// Serves metadata on this machine, with the certificate of the stranger's key; gives its address.
async fn published_metadata() -> String {
    let certificate = STANDARD.encode_to_string(untrusted_key().certificate_der());
    let metadata = format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{IDP_ENTITY_ID}\"><IDPSSODescriptor \
         protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"><KeyDescriptor use=\"signing\"><KeyInfo \
         xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data><X509Certificate>{certificate}</X509Certificate></X509Data>\
         </KeyInfo></KeyDescriptor><SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" \
         Location=\"https://idp.example/sso\"/></IDPSSODescriptor></EntityDescriptor>"
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes =
        axum::Router::new().route("/", axum::routing::get(move || async move { metadata }));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}/")
}

#[tokio::test]
async fn a_certificate_that_the_provider_publishes_can_be_trusted_and_no_other() {
    let mut sso =
        SsoFixture::with(|settings| settings.idp_initiated = IdpInitiated::DangerAccept).await;
    let metadata_networks = ("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8");
    sso.server.reconfigure(&[metadata_networks]);

    let id = failed_plainly(&sso, IdpBehavior::UntrustedKey).await;
    let mut console = sso.server.operator_browser(OPERATOR).await;
    let path = format!("/console/organizations/acme/sign-in-attempts/{id}");
    let page = console.get(&path).await;
    assert!(
        !page.text.contains(&format!("{path}/find-certificate")),
        "the connection has no metadata URL"
    );
    let connection = sso.connection.to_string();
    assert!(page.text.contains(&format!(
        "<a class=\"button\" href=\"/console/organizations/acme/sso/{connection}\">"
    )));
    let place = ConnectionRef::InOrganization("acme", &connection);
    let url = published_metadata().await;
    connection::set_metadata_source(&sso.server.app, place, Some(url), Some(at(START)))
        .await
        .unwrap();
    let page = console.get(&path).await;
    let found = console
        .submit(&page, &format!("{path}/find-certificate"), &[])
        .await;
    assert!(
        found.visible_text().contains("Trust this certificate"),
        "{}",
        found.visible_text()
    );
    let trusted = console
        .submit(&found, &format!("{path}/trust-certificate"), &[])
        .await;
    let working = connection::load_working_copy(&sso.server.app, place)
        .await
        .unwrap();
    assert_eq!(
        trusted.location(),
        format!(
            "/console/organizations/acme/sso/{}?done=saved",
            working.connection.id
        )
    );
    assert_eq!(working.connection.certificates.len(), 2);
    assert!(working.draft.is_some(), "members go on with what was there");

    let changed = failed_plainly(&sso, IdpBehavior::Tampered).await;
    let path = format!("/console/organizations/acme/sign-in-attempts/{changed}");
    let refused = console
        .submit(&page, &format!("{path}/trust-certificate"), &[])
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
}

/// The same as [`failed`], where the deployment names no contact.
async fn failed_plainly(sso: &SsoFixture, behavior: IdpBehavior) -> String {
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso.saml_response(&relay_state, ADA, behavior).await;
    let page = sso
        .post_response(&mut browser, &response, &relay_state)
        .await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
    newest(sso).await
}
