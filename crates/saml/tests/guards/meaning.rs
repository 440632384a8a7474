//! The claims come from the accepted confirmation and from signed elements only.

use rstest::rstest;
use saml::{Authentication, InResponseTo, Rejection, RequiredAuthentication, parse_xs_date_time};

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

/// Time, context and session of the authentication are those of one statement, whichever of them the connection accepts.
#[rstest]
#[case::any(&[], &[0, 1])]
#[case::of_the_second(&["urn:mfa"], &[1])]
#[case::of_both(&["urn:mfa", "urn:password"], &[0, 1])]
fn the_values_of_one_authentication_stay_together(
    #[case] contexts: &[&str],
    #[case] kept: &[usize],
) {
    let all = [
        ("2026-11-24T11:00:00Z", "urn:password", "_first"),
        ("2026-11-24T11:59:00Z", "urn:mfa", "_second"),
    ];
    let authentications: String = all
        .map(|(at, context, session)| {
            format!(
                r#"<saml:AuthnStatement AuthnInstant="{at}" SessionIndex="{session}"><saml:AuthnContext><saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"#
            )
        })
        .concat();
    let good = good_statements();
    let (before, rest) = good.split_once("<saml:AuthnStatement").unwrap();
    let (_, after) = rest.split_once("</saml:AuthnStatement>").unwrap();
    let text = sign_assertion(&format!("{before}{authentications}{after}"));
    let mut expectation = expectation();
    if !contexts.is_empty() {
        expectation.requirements.authentication =
            RequiredAuthentication::OneOf(contexts.iter().map(|one| (*one).to_owned()).collect());
    }
    let mut claims = validate_with(&text, &expectation)
        .verdict
        .expect("a good response")
        .into_claims();
    let expected: Vec<_> = kept
        .iter()
        .map(|index| {
            let (at, context, session) = all[*index];
            Authentication {
                at: parse_xs_date_time(at).unwrap(),
                context: Some(context.to_owned()),
                session_index: Some(session.to_owned()),
            }
        })
        .collect();
    assert_eq!(claims.authentications, expected);

    claims.prefer_authentication(|one| one.context.as_deref() == Some("urn:mfa"));
    assert_eq!(claims.authentication(), expected.last());
    claims.prefer_authentication(|_| false);
    assert_eq!(claims.authentication(), expected.last());
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
