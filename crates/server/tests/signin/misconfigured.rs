//! What an administrator can have set wrongly, told apart where one mistake looks like another.

use axum::http::StatusCode;
use base64_simd::STANDARD;
use saml::certificate::Certificate;
use store::{IdpInitiated, KeyPurpose, Provisioning};
use testkit::identity_provider::{IdpBehavior, ResponseBuilder, SignatureScope};

use crate::browser::{Browser, form};
use crate::console::story;
use crate::harness::{at, *};

#[tokio::test]
async fn clocks_that_differ_are_told_by_how_much_and_which_is_ahead() {
    let world = World::new().await;
    for (behavior, code, words) in [
        (
            IdpBehavior::ClockAhead,
            "idp-clock-ahead",
            "clock is ahead by at least 3600 s",
        ),
        (
            IdpBehavior::ClockBehind,
            "idp-clock-behind",
            "clock is behind by at least 3600 s",
        ),
        // Written just now, and yet valid at another time: that is no clock.
        (IdpBehavior::NotYetValid, "not-yet-valid", "not valid yet"),
        (IdpBehavior::Expired, "expired", "the assertion has expired"),
    ] {
        let mut browser = Browser::default();
        let handle = world.begin(&mut browser).await;
        let response = world.response(&handle, ADA, behavior).await;
        let page = world.post_response(&mut browser, &response, &handle).await;
        let attempt = story(&world, &page, code).await;
        assert!(attempt.checks.contains(words), "{}", attempt.checks);
    }
}

#[tokio::test]
async fn an_answer_that_was_long_on_its_way_blames_no_clock() {
    let world = World::new().await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
    world.clock.set(MORNING + 20 * 60);
    let page = world.post_response(&mut browser, &response, &handle).await;
    story(&world, &page, "expired").await;
}

#[tokio::test]
async fn a_certificate_that_is_over_is_told_where_it_is_refused() {
    const YEAR_2050: i64 = 2_524_608_000;
    for (since, code) in [
        (None, None),
        (Some(at(MORNING)), Some("certificate-expired")),
    ] {
        let world =
            World::with(|settings| settings.reject_expired_signing_certificate_since = since).await;
        world.clock.set(YEAR_2050);
        let mut browser = Browser::default();
        let handle = world.begin(&mut browser).await;
        let response = world.response(&handle, ADA, IdpBehavior::Valid).await;
        let page = world.post_response(&mut browser, &response, &handle).await;
        match code {
            Some(code) => {
                let attempt = story(&world, &page, code).await;
                assert!(attempt.checks.contains("2049-12-31"), "{}", attempt.checks);
            }
            None => assert!(page.location().starts_with(CALLBACK), "{}", page.text),
        }
    }
}

#[tokio::test]
async fn the_certificate_of_a_neighbour_is_known_and_that_of_a_stranger_is_not() {
    let world = World::new().await;
    let certificate = STANDARD.encode_to_string(other_key().certificate_der());
    let mut settings = settings_of_practice();
    settings.name = "The other one".to_owned();
    let stranger = world.add_organization("globex", "enterprise").await;
    world
        .add_connection_with(&stranger, settings.clone(), certificate.clone())
        .await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world
        .response(&handle, ADA, IdpBehavior::UntrustedKey)
        .await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    let attempt = story(&world, &page, "signature-mismatch").await;
    assert!(
        !attempt.checks.contains("The other one"),
        "{}",
        attempt.checks
    );

    world
        .add_connection_with(&world.organization, settings, certificate)
        .await;
    let page = world.post_response(&mut browser, &response, &handle).await;
    assert!(!page.text.contains("The other one"), "{}", page.text);
    let attempt = story(&world, &page, "wrong-connection-certificate").await;
    assert!(
        attempt.checks.contains("The other one"),
        "{}",
        attempt.checks
    );
}

#[tokio::test]
async fn an_address_under_another_name_is_found_for_the_administrator() {
    let world = World::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    for (behavior, code) in [
        (
            IdpBehavior::RenamedEmailAttribute,
            "email-attribute-mismatch",
        ),
        (IdpBehavior::NoAttributes, "email-missing"),
    ] {
        let mut browser = Browser::default();
        let handle = world.begin(&mut browser).await;
        let response = world.response(&handle, ADA, behavior).await;
        let page = world.post_response(&mut browser, &response, &handle).await;
        assert!(!page.text.contains("mailbox"), "{}", page.text);
        let attempt = story(&world, &page, code).await;
        assert_eq!(
            attempt.checks.contains("\"received\":\"mailbox\""),
            behavior == IdpBehavior::RenamedEmailAttribute,
            "{}",
            attempt.checks
        );
    }
    assert!(world.members().await.is_empty());
}

#[tokio::test]
async fn a_request_at_the_address_for_responses_is_written_down() {
    let world = World::new().await;
    for (name, code) in [
        ("AuthnRequest", "unexpected-authn-request"),
        ("LogoutRequest", "unexpected-logout-request"),
    ] {
        let message = format!("<{name} xmlns=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>");
        let posted = form(&[("SAMLRequest", &STANDARD.encode_to_string(message))]);
        let page = Browser::default()
            .post_text(&world, &world.acs(), posted)
            .await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        story(&world, &page, code).await;
    }
}

#[tokio::test]
async fn one_signature_is_enough_if_it_stands_in_what_it_covers() {
    let world = World::new().await;
    for signed in [
        SignatureScope::Assertion,
        SignatureScope::Response,
        SignatureScope::Both,
    ] {
        let mut browser = Browser::default();
        let handle = world.begin(&mut browser).await;
        let response = STANDARD.encode_to_string(written(&world, &handle, signed).await);
        let page = world.post_response(&mut browser, &response, &handle).await;
        assert!(page.location().starts_with(CALLBACK), "{signed:?}");
    }
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = written(&world, &handle, SignatureScope::Assertion).await;
    let (start, rest) = response.split_once("<ds:Signature ").unwrap();
    let (inside, end) = rest.split_once("</ds:Signature>").unwrap();
    let signature = format!("<ds:Signature {inside}</ds:Signature>");
    let moved = format!("{start}{end}").replacen(
        "<samlp:Status>",
        &format!("{signature}<samlp:Status>"),
        1,
    );
    let response = STANDARD.encode_to_string(moved);
    let page = world.post_response(&mut browser, &response, &handle).await;
    story(&world, &page, "reference-mismatch").await;
}

async fn written(world: &World, handle: &str, signed: SignatureScope) -> String {
    let request = Some(world.request_of(handle).await);
    let to = world.addressee(request);
    let id = format!("_{:032x}", u128::from_be_bytes(runtime::random::bytes()));
    let answer = ResponseBuilder {
        issuer: IDP,
        target: &to,
        key: idp_key(),
        signature_scope: signed,
        now: world.clock.now().as_second(),
        id: &id,
    };
    answer.build_success(ADA, IdpBehavior::Valid).unwrap()
}

/// A response that holds nothing but a ciphertext for whom a certificate names.
fn encrypted_for(certificate: Option<&str>) -> String {
    let named = certificate.map_or_else(String::new, |base64| {
        format!(
            "<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
        )
    });
    let data = STANDARD.encode_to_string([7; 256]);
    STANDARD.encode_to_string(format!(
        "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" \
           xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" \
           xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" ID=\"_e\" Version=\"2.0\" \
           IssueInstant=\"2026-11-24T09:00:00Z\"><samlp:Status><samlp:StatusCode \
           Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status><saml:EncryptedAssertion>\
         <xenc:EncryptedData><xenc:EncryptionMethod Algorithm=\"http://www.w3.org/2009/xmlenc11#aes128-gcm\"/>\
         <ds:KeyInfo><xenc:EncryptedKey><xenc:EncryptionMethod \
           Algorithm=\"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p\"/>{named}<xenc:CipherData>\
         <xenc:CipherValue>{data}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>\
         <xenc:CipherData><xenc:CipherValue>{data}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>\
         </saml:EncryptedAssertion></samlp:Response>"
    ))
}

#[tokio::test]
async fn an_assertion_for_an_old_key_is_told_from_one_for_a_foreign_key() {
    let world = World::with(|settings| settings.idp_initiated = IdpInitiated::DangerAccept).await;
    // No sign-in has started yet, so there is no encryption key.
    let page = world
        .post_response(&mut Browser::default(), &encrypted_for(None), "")
        .await;
    story(&world, &page, "decryption-key-missing").await;

    let mut browser = Browser::default();
    world.begin(&mut browser).await;
    let (organization, connection) = (world.organization.clone(), world.connection.clone());
    let keys = {
        let mut tx = world.app.store.snapshot().await.unwrap();
        let mut organization = tx.organization(&organization);
        organization.connection_keys(&connection).await.unwrap()
    };
    let ours = keys
        .into_iter()
        .find(|key| key.purpose == KeyPurpose::Decryption)
        .unwrap();
    let foreign = STANDARD.encode_to_string(other_key().certificate_der());
    for (certificate, code) in [
        (None, "decryption-failed"),
        (Some(ours.certificate.as_str()), "decryption-failed"),
        (Some(foreign.as_str()), "encrypted-for-unknown-key"),
    ] {
        let page = world
            .post_response(&mut Browser::default(), &encrypted_for(certificate), "")
            .await;
        story(&world, &page, code).await;
    }

    let retired = ours.id.clone();
    let now = world.clock.now();
    let newer = store::ConnectionKey {
        id: store::ConnectionKeyId::from_random(runtime::random::bytes()),
        certificate: foreign.clone(),
        ..ours.clone()
    };
    world
        .write(async move |tx| {
            let mut place = tx.organization(&organization);
            place.add_connection_key(&newer).await?;
            place.retire_connection_key(&retired, now).await.map(drop)
        })
        .await;
    let page = world
        .post_response(
            &mut Browser::default(),
            &encrypted_for(Some(&ours.certificate)),
            "",
        )
        .await;
    let attempt = story(&world, &page, "encrypted-for-retired-key").await;
    let sha256 = Certificate::from_der(other_key().certificate_der())
        .unwrap()
        .sha256();
    assert!(attempt.checks.contains(&sha256), "{}", attempt.checks);
}
