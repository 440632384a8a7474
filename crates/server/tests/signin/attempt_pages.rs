//! What the console tells of attempts.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use config::Config;
use service::connection;
use service::connection::ConnectionRef;
use store::{IdpInitiated, Provisioning};
use testkit::identity_provider::IdpBehavior;
use vestibule::background;

use crate::browser::{Browser, form};
use crate::console::{Console, is_told, story};
use crate::harness::{at, *};

/// Lets a sign-in fail, and gives the attempt's number.
async fn failed(world: &World, behavior: IdpBehavior, code: &str) -> String {
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, ADA, behavior).await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(page.refusal(), code);
    newest(world).await
}

/// The attempt that was made last. The clock goes on, so that the next one is newer.
async fn newest(world: &World) -> String {
    let id = world.attempts().await[0].id.to_string();
    world.clock.set(world.clock.now().as_second() + 1);
    id
}

#[tokio::test]
async fn whatever_an_identity_provider_does_wrong_is_told_with_its_repair() {
    let world = World::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
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
        let id = failed(&world, behavior, code).await;
        is_told(&world, &id, code).await;
    }
}

/// An unsolicited response.
async fn posted(world: &World, field: &str, message: &str, code: &str) {
    let text = form(&[(field, &STANDARD.encode_to_string(message))]);
    let page = Browser::default()
        .post_text(world, &world.acs(), text)
        .await;
    assert_eq!(page.refusal(), code);
    is_told(world, &newest(world).await, code).await;
}

#[tokio::test]
async fn what_does_not_belong_there_is_told_by_its_name() {
    let world = World::new().await;
    let protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
    for (name, code) in [
        ("LogoutResponse", "unexpected-logout-response"),
        ("LogoutRequest", "unexpected-logout-request"),
        ("AuthnRequest", "unexpected-authn-request"),
    ] {
        let message = format!("<{name} xmlns=\"{protocol}\"/>");
        posted(&world, "SAMLResponse", &message, code).await;
    }
    let metadata =
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"/>";
    posted(&world, "SAMLResponse", metadata, "unexpected-metadata").await;
    let denied = format!(
        "<samlp:Response xmlns:samlp=\"{protocol}\" ID=\"_s\" Version=\"2.0\" IssueInstant=\"2026-11-24T09:00:00Z\">\
         <samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Responder\"><samlp:StatusCode \
         Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"/></samlp:StatusCode><samlp:StatusMessage>AADSTS50105: \
         not assigned</samlp:StatusMessage></samlp:Status></samlp:Response>"
    );
    let text = form(&[("SAMLResponse", &STANDARD.encode_to_string(denied))]);
    let page = Browser::default()
        .post_text(&world, &world.acs(), text)
        .await;
    assert_eq!(page.refusal(), "idp-error-status");
    let id = newest(&world).await;
    let words = Console::operator(&world).await.attempt(&world, &id).await;
    for told in [
        "(AuthnFailed)",
        "(Responder)",
        "AADSTS50105",
        "in the log of",
    ] {
        assert!(words.words().contains(told), "{told} in {}", words.words());
    }
}

#[tokio::test]
async fn what_went_wrong_on_the_way_is_told() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    let other = world
        .post_response(&mut Browser::default(), &response, &handle)
        .await;
    story(&world, &other, "browser-mismatch").await;
    let came = world.post_response(&mut browser, &response, &handle).await;
    assert!(came.location().starts_with(CALLBACK));
    let again = world.post_response(&mut browser, &response, &handle).await;
    story(&world, &again, "replayed").await;

    let unasked = world.answer(&world.addressee(None), ADA, IdpBehavior::Valid);
    let page = world
        .post_response(&mut Browser::default(), &unasked, "")
        .await;
    story(&world, &page, "no-pending-sign-in").await;
}

#[tokio::test]
async fn personal_data_in_messages_is_hidden_until_it_is_requested() {
    let world = World::new().await;
    let id = failed(&world, IdpBehavior::WrongAudience, "audience-mismatch").await;
    let console = Console::operator(&world).await;
    let page = console.attempt(&world, &id).await;
    for there in [
        "<samlp:AuthnRequest",
        "<samlp:Response",
        "hidden",
        "https://auth.example.com/saml",
    ] {
        assert!(page.words().contains(there), "{there}: {}", page.words());
    }
    assert!(page.text.contains("signed-assertion"), "{}", page.text);
    let given = ADA.first_name;
    assert!(
        !page.words().contains(&format!(">{given}<")),
        "{}",
        page.words()
    );
    assert!(!page.text.contains(ADA.email), "{}", page.text);
    let list = console
        .get(&world, "/console/organizations/acme/sign-in-attempts")
        .await;
    assert!(!list.text.contains(ADA.email), "{}", list.text);
    assert!(list.words().contains("a…@acme.example"), "{}", list.words());
    let path = format!("/console/organizations/acme/sign-in-attempts/{id}/reveal");
    let shown = console.submit(&world, &page, &path).await;
    assert!(shown.text.contains(ADA.email), "{}", shown.text);
    assert!(
        shown.words().contains(&format!(">{given}<")),
        "{}",
        shown.words()
    );
    let history = console
        .get(&world, "/console/organizations/acme/audit-log")
        .await;
    assert!(
        history
            .text
            .contains("sign_in_attempt.personal_data_viewed"),
        "{}",
        history.text
    );

    world.clock.set(MORNING + 7 * 24 * 3600 + 60);
    background::run_once(&world.app).await;
    let console = Console::operator(&world).await;
    let page = console.attempt(&world, &id).await;
    assert!(page.words().contains("The messages aren’t stored"));
    assert!(
        page.words()
            .contains("The assertion was issued for a different service provider")
    );
}

#[tokio::test]
async fn attempts_are_found_by_number_person_outcome_and_day() {
    let world = World::new().await;
    let refused = failed(&world, IdpBehavior::WrongAudience, "audience-mismatch").await;
    world.sign_in(&mut Browser::default(), ADA).await;
    let accepted = newest(&world).await;
    let console = Console::operator(&world).await;
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
        let page = console.get(&world, &format!("{list}{query}")).await;
        assert_eq!(
            page.text.contains(&refused),
            has_refused,
            "{query}: {}",
            page.words()
        );
        assert_eq!(
            page.text.contains(&accepted),
            has_accepted,
            "{query}: {}",
            page.words()
        );
    }
    let found = console.get(&world, &format!("{list}?id={refused}")).await;
    assert_eq!(found.location, format!("{list}/{refused}"));
    let unknown = console.get(&world, &format!("{list}?id=att_x")).await;
    assert!(
        unknown
            .words()
            .contains("no sign-in attempt with the reference ID att_x")
    );
    let wrong = console.get(&world, &format!("{list}?from=yesterday")).await;
    assert!(wrong.words().contains("Enter a date like 2026-01-31."));
}

#[tokio::test]
async fn attempts_of_another_organization_are_not_visible() {
    let world = World::new().await;
    let id = failed(&world, IdpBehavior::WrongAudience, "audience-mismatch").await;
    world.add_organization("globex", "enterprise").await;
    let invited = service::json::from_value(
        serde_json::json!({"email": "eve@globex.example", "role": "admin"}),
    );
    service::member::add(
        &world.app,
        &service::Actor::CommandLine,
        "globex",
        invited.unwrap(),
    )
    .await
    .unwrap();
    let console = Console::of(&world, "eve@globex.example").await;
    let own = console
        .get(&world, "/console/organizations/globex/sign-in-attempts")
        .await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
    assert!(!own.text.contains(&id));
    for organization in ["globex", "acme"] {
        let path = format!("/console/organizations/{organization}/sign-in-attempts/{id}");
        let page = console.get(&world, &path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        for deed in ["reveal", "find-certificate", "trust-certificate"] {
            let page = console
                .submit(&world, &own, &format!("{path}/{deed}"))
                .await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}/{deed}");
        }
    }
    let path = format!("/console/organizations/globex/sign-in-attempts?id={id}");
    let page = console.get(&world, &path).await;
    assert!(
        page.words()
            .contains("no sign-in attempt with the reference ID")
    );
}

/// Serves metadata on this machine, with the certificate of the stranger's key; gives its address.
async fn published_metadata() -> String {
    let certificate = STANDARD.encode_to_string(other_key().certificate_der());
    let metadata = format!(
        "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{IDP}\"><IDPSSODescriptor \
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
    let mut world =
        World::with(|settings| settings.idp_initiated = IdpInitiated::DangerAccept).await;
    let environment = [
        ("VESTIBULE_PUBLIC_URL", ORIGIN),
        ("VESTIBULE_DATABASE_URL", world.database_url.as_str()),
        ("VESTIBULE_METADATA_NETWORKS", "127.0.0.0/8"),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    world.app.config = Config::load(None, environment).unwrap().into();
    world.routes = vestibule::router::router(world.app.clone());

    let id = failed_plainly(&world, IdpBehavior::UntrustedKey).await;
    let console = Console::operator(&world).await;
    let path = format!("/console/organizations/acme/sign-in-attempts/{id}");
    let page = console.get(&world, &path).await;
    assert!(
        !page.text.contains(&format!("{path}/find-certificate")),
        "the connection has no metadata URL"
    );
    let connection = world.connection.to_string();
    assert!(page.text.contains(&format!(
        "<a class=\"button\" href=\"/console/organizations/acme/sso/{connection}\">"
    )));
    let place = ConnectionRef::InOrganization("acme", &connection);
    let url = published_metadata().await;
    connection::set_metadata_source(&world.app, place, Some(url), Some(at(MORNING)))
        .await
        .unwrap();
    let page = console.get(&world, &path).await;
    let found = console
        .submit(&world, &page, &format!("{path}/find-certificate"))
        .await;
    assert!(
        found.words().contains("Trust this certificate"),
        "{}",
        found.words()
    );
    let trusted = console
        .submit(&world, &found, &format!("{path}/trust-certificate"))
        .await;
    let working = connection::load_working_copy(&world.app, place)
        .await
        .unwrap();
    assert_eq!(
        trusted.location,
        format!(
            "/console/organizations/acme/sso/{}?done=saved",
            working.connection.id
        )
    );
    assert_eq!(working.connection.certificates.len(), 2);
    assert!(working.draft.is_some(), "members go on with what was there");

    let changed = failed_plainly(&world, IdpBehavior::Tampered).await;
    let path = format!("/console/organizations/acme/sign-in-attempts/{changed}");
    let refused = console
        .submit(&world, &page, &format!("{path}/trust-certificate"))
        .await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.text);
}

/// The same as [`failed`], where the deployment names no contact.
async fn failed_plainly(world: &World, behavior: IdpBehavior) -> String {
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, ADA, behavior).await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN, "{}", page.text);
    newest(world).await
}
