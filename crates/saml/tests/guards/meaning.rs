//! The claims come from the accepted confirmation and from signed elements only.

use rstest::rstest;
use saml::{InResponseTo, Rejection};

use crate::keys;
use crate::message::{
    ACS, ATTRIBUTES, BEARER, CONFIRMATION, NAME_ID, expectation, good_statements, sign_assertion,
    sign_response, statements, validate_with, verdict,
};

fn confirmation(method: &str, until: &str, in_response_to: &str) -> String {
    format!(
        r#"<saml:SubjectConfirmation Method="{method}"><saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{ACS}"{in_response_to}/></saml:SubjectConfirmation>"#
    )
}

/// `InResponseTo` comes from the accepted confirmation only.
#[rstest]
#[case::expired(BEARER, "2026-11-24T11:00:00Z")]
#[case::holder_of_key("urn:oasis:names:tc:SAML:2.0:cm:holder-of-key", "2026-11-24T12:05:00Z")]
fn only_the_accepted_confirmation_decides_in_response_to(
    #[case] method: &str,
    #[case] not_on_or_after: &str,
) {
    let other = confirmation(
        method,
        not_on_or_after,
        r#" InResponseTo="_of_another_browser""#,
    );
    let subject = format!("{NAME_ID}{other}{CONFIRMATION}");
    let accepted =
        verdict(&sign_assertion(&statements(&subject, ATTRIBUTES))).expect("a good response");
    assert_eq!(
        accepted.claims().in_response_to.as_deref(),
        Some("_request")
    );

    let unsolicited = confirmation(BEARER, "2026-11-24T12:05:00Z", "");
    let subject = format!("{NAME_ID}{other}{unsolicited}");
    let text = sign_assertion(&statements(&subject, ATTRIBUTES))
        .replace(r#" InResponseTo="_request""#, "");
    let mut expectation = expectation();
    expectation.in_response_to = InResponseTo::Unsolicited;
    let accepted = validate_with(&text, &expectation)
        .verdict
        .expect("a good response");
    assert_eq!(accepted.claims().in_response_to, None);
}

#[test]
fn the_claims_name_the_certificate_and_give_each_attribute_its_own_values() {
    let attributes = r#"<saml:Attribute Name="a"><saml:AttributeValue>1</saml:AttributeValue></saml:Attribute><saml:Attribute Name="b"><saml:AttributeValue>2</saml:AttributeValue></saml:Attribute><saml:Attribute Name="a"><saml:AttributeValue>3</saml:AttributeValue></saml:Attribute>"#;
    let text = sign_assertion(&statements(&format!("{NAME_ID}{CONFIRMATION}"), attributes));
    let accepted = verdict(&text).expect("a good response");
    let claims = accepted.claims();
    assert_eq!(claims.signed_by, keys::certificate("keys/idp.crt").sha256());
    assert_eq!(claims.values("a").collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(claims.values("b").collect::<Vec<_>>(), ["2"]);
    assert_eq!(claims.values("c").count(), 0);
}

/// A signature of either element is enough, and yields the same claims.
#[test]
fn a_signed_response_yields_the_same_claims_as_a_signed_assertion() {
    let inner = verdict(&sign_assertion(&good_statements()));
    assert!(inner.is_ok());
    assert_eq!(inner, verdict(&sign_response(&good_statements())));
}

#[rstest]
#[case::logout_response("samlp:LogoutResponse", "LogoutResponse")]
#[case::logout_request("samlp:LogoutRequest", "LogoutRequest")]
#[case::authn_request("samlp:AuthnRequest", "AuthnRequest")]
#[case::artifact_response("samlp:ArtifactResponse", "ArtifactResponse")]
#[case::assertion("saml:Assertion", "without a Response")]
#[case::metadata("md:EntityDescriptor", "SAML metadata")]
#[case::html("html", "\"html\"")]
fn other_messages_are_described(#[case] name: &str, #[case] words: &str) {
    let text = format!(
        r#"<{name} xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>"#
    );
    match verdict(&text) {
        Err(Rejection::NotAResponse { received, .. }) => {
            assert!(received.contains(words), "{name}: {received}");
        }
        other => panic!("{name}: {other:?}"),
    }
}
