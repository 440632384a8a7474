//! Every error code has an explanation in every language and with the labels of every product.

use i18n::{Language, Localizer};
use insta::assert_snapshot;
use rstest::rstest;
use saml::Rule;

use super::*;
use crate::guide::Span;
use crate::guide::tests::values;

pub(super) fn plain_text(sentence: &Sentence) -> String {
    let text = |span: &Span| match span {
        Span::Text(text) | Span::Label(text) | Span::Code(text) => text.clone(),
    };
    sentence.0.iter().map(text).collect()
}

#[test]
fn every_code_has_a_diagnosis_for_every_product_in_every_language() {
    let values = values();
    assert!(Code::ALL.len() > 80, "{:?}", Code::ALL);
    for language in Language::ALL {
        let text = Localizer::new(language);
        let context = GuideContext {
            text,
            values: &values,
        };
        for guide in Guide::all() {
            for &code in Code::ALL {
                let found = Diagnosis::for_code(code, ErrorFacts::default(), guide, &context);
                assert!(!found.causes.is_empty(), "{code}");
                let fixes = found.causes.iter().filter_map(|one| one.fix.as_ref());
                let causes = found.causes.iter().map(|one| &one.cause);
                for sentence in causes.chain(fixes).chain([&found.summary]) {
                    let sentence = plain_text(sentence);
                    assert!(
                        sentence.contains(' ') && !sentence.contains('{'),
                        "{code} in {language:?}: {sentence}"
                    );
                    assert!(!sentence.contains("diagnosis-"), "{code}: {sentence}");
                }
            }
        }
    }
}

/// The causes are those that the recorded values allow.
#[rstest]
#[case::rsa_1_5(
    Code::EncryptionAlgorithmNotAllowed,
    "http://www.w3.org/2001/04/xmlenc#rsa-1_5",
    "Choose RSA-OAEP with AES-GCM"
)]
#[case::omitted(Code::InResponseToMismatch, "", "into SubjectConfirmationData")]
#[case::another(Code::InResponseToMismatch, "_other", "in a single tab")]
#[case::placeholder(Code::UnexpectedInResponseTo, "id-12345", "Turn off InResponseTo")]
#[case::ours(
    Code::UnexpectedInResponseTo,
    "_0123456789abcdef0123456789abcdef01234567",
    "RelayState"
)]
#[case::no_canonicalization(
    Code::TransformNotAllowed,
    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    "xml-exc-c14n#"
)]
fn the_first_fix_fits_what_was_received(
    #[case] code: Code,
    #[case] received: &str,
    #[case] expected: &str,
) {
    let values = values();
    let context = english_context(&values);
    let facts = ErrorFacts {
        received: Some(received).filter(|received| !received.is_empty()),
        detail: Some("a detail"),
    };
    let guide = Guide::for_provider(store::Provider::Other);
    let found = Diagnosis::for_code(code, facts, guide, &context);
    let fix = found.causes.first().and_then(|cause| cause.fix.as_ref());
    let fix = plain_text(fix.unwrap());
    assert!(fix.contains(expected), "{fix}");
}

#[rstest]
#[case::entra(store::Provider::Entra, "Identifier (Entity ID)")]
#[case::okta(store::Provider::Okta, "Audience URI (SP Entity ID)")]
#[case::adfs(store::Provider::Adfs, "Relying party trust identifier")]
fn causes_use_the_labels_of_the_product(#[case] provider: store::Provider, #[case] label: &str) {
    let values = values();
    let context = english_context(&values);
    let guide = Guide::for_provider(provider);
    let found = Diagnosis::for_code(
        Code::AudienceMismatch,
        ErrorFacts::default(),
        guide,
        &context,
    );
    assert!(
        found
            .causes
            .iter()
            .any(|one| plain_text(&one.cause).contains(label)),
        "{found:?}"
    );
}

#[test]
fn an_error_of_the_identity_provider_is_summarized() {
    let values = values();
    let context = english_context(&values);
    let other = Guide::for_provider(store::Provider::Other);
    let found = Diagnosis::for_code(Code::IdpErrorStatus, ErrorFacts::default(), other, &context);
    assert!(plain_text(&found.summary).starts_with("The identity provider returned"));
}

#[test]
fn a_message_of_the_product_is_explained_before_its_status() {
    let values = values();
    let context = english_context(&values);
    let guide = Guide::for_provider(store::Provider::Entra);
    let facts = ErrorFacts {
        received: Some(
            "urn:oasis:names:tc:SAML:2.0:status:Responder / urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
        ),
        detail: Some(
            "the identity provider answered: AADSTS50105: The signed in user is not assigned",
        ),
    };
    let found = Diagnosis::for_code(Code::IdpErrorStatus, facts, guide, &context);
    let causes: Vec<String> = found
        .causes
        .iter()
        .map(|one| plain_text(&one.cause))
        .collect();
    assert_snapshot!(causes.join("\n"), @"
    The user isn’t assigned to the application.
    The user couldn’t authenticate, or canceled (AuthnFailed).
    Microsoft Entra ID couldn’t process the request, for a reason other than the request itself (Responder).
    Microsoft Entra ID couldn’t complete the request.
    ");
}

#[test]
fn every_status_of_saml_is_explained() {
    let values = values();
    let context = english_context(&values);
    let guide = Guide::for_provider(store::Provider::Other);
    let explain = |name: &str| {
        let received = format!("urn:oasis:names:tc:SAML:2.0:status:{name}");
        let facts = ErrorFacts {
            received: Some(&received),
            detail: None,
        };
        let found = Diagnosis::for_code(Code::IdpErrorStatus, facts, guide, &context);
        assert_eq!(found.causes.len(), 2, "{name}");
        let cause = plain_text(&found.causes[0].cause);
        format!("{name}: {cause}")
    };
    let explanations: Vec<String> = status::all().map(|(name, _)| explain(name)).collect();
    assert_snapshot!(explanations.join("\n"), @"
    Requester: The identity provider rejected our request as invalid (Requester).
    Responder: The identity provider couldn’t process the request, for a reason other than the request itself (Responder).
    VersionMismatch: The identity provider doesn’t support SAML 2.0 at this URL (VersionMismatch).
    AuthnFailed: The user couldn’t authenticate, or canceled (AuthnFailed).
    InvalidAttrNameOrValue: The identity provider rejected an attribute in the request (InvalidAttrNameOrValue).
    InvalidNameIDPolicy: The identity provider can’t send the NameID in the requested format (InvalidNameIDPolicy).
    NoAuthnContext: The identity provider can’t sign users in with the requested authentication method (NoAuthnContext).
    NoAvailableIDP: The identity provider can’t reach any of the identity providers that it is connected to (NoAvailableIDP).
    NoPassive: The identity provider needs to prompt the user, but the request doesn’t allow prompts (NoPassive).
    NoSupportedIDP: The identity provider isn’t connected to an identity provider that supports the request (NoSupportedIDP).
    PartialLogout: The user wasn’t signed out of every application (PartialLogout). This status doesn’t belong to a sign-in.
    ProxyCountExceeded: The identity provider isn’t allowed to forward the request to another identity provider (ProxyCountExceeded).
    RequestDenied: The identity provider denied the request (RequestDenied). Often the user isn’t assigned to the application.
    RequestUnsupported: The identity provider doesn’t support the request (RequestUnsupported).
    RequestVersionDeprecated: The identity provider doesn’t accept the SAML version of our request (RequestVersion…).
    RequestVersionTooHigh: The identity provider doesn’t accept the SAML version of our request (RequestVersion…).
    RequestVersionTooLow: The identity provider doesn’t accept the SAML version of our request (RequestVersion…).
    ResourceNotRecognized: The identity provider doesn’t recognize the resource in the request (ResourceNotRecognized).
    TooManyResponses: The identity provider has more responses than it can return (TooManyResponses).
    UnknownAttrProfile: The identity provider doesn’t recognize the requested attribute profile (UnknownAttrProfile).
    UnknownPrincipal: The identity provider doesn’t recognize the user (UnknownPrincipal).
    UnsupportedBinding: The identity provider can’t respond by HTTP-POST, or not to this URL (UnsupportedBinding).
    ");
}

#[test]
fn every_check_has_a_title_in_every_language() {
    let ids = Rule::ALL.iter().map(|rule| rule.id());
    // The service adds the last one.
    for id in ids.chain(["sign-in"]) {
        let key = format!("attempt-rule-{id}");
        for language in Language::ALL {
            let text = Localizer::new(language);
            assert!(text.has(&key), "{key} in {language:?}");
        }
    }
}

#[test]
fn stored_checks_are_parsed() {
    let values = values();
    let context = english_context(&values);
    let guide = Guide::for_provider(store::Provider::Okta);
    let stored = r#"[{"name":"xml","title":"","outcome":"passed","expected":null,"received":null,"code":null,"detail":null},
        {"name":"audience","title":"","outcome":"failed","expected":"https://us","received":"https://them","code":"audience-mismatch","detail":"for another service provider"},
        {"name":"not-before","title":"","outcome":"unchecked","expected":null,"received":null,"code":null,"detail":"later"},
        {"name":"response-signature","title":"","outcome":"unchecked","expected":null,"received":null,"code":null,"detail":"it has none"}]"#;
    let checks = Checks::parse(stored, guide, &context);
    let lines: Vec<String> = checks
        .0
        .iter()
        .map(|check| {
            format!(
                "{} {} | detail: {} | reason: {}",
                check.outcome.symbol(),
                check.title,
                check.detail.as_deref().unwrap_or("none"),
                check.reason.as_deref().unwrap_or("none")
            )
        })
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    ✓ XML syntax and limits | detail: none | reason: none
    ✗ Audience | detail: For another service provider. | reason: none
    – Start of validity | detail: Later. | reason: none
    – Response signature | detail: It has none. | reason: The response itself isn’t signed.
    ");
    assert!(checks.0[1].has_comparison() && !checks.0[0].has_comparison());
    let audience = checks.diagnosis(Code::AudienceMismatch).unwrap();
    assert_eq!(audience.code, Code::AudienceMismatch);
    assert!(checks.diagnosis(Code::IssuerMismatch).is_none());
    assert_eq!(
        Checks::parse("nonsense", guide, &context),
        Checks::default()
    );
    let unknown = stored.replace(r#""code":"audience-mismatch""#, r#""code":"nonsense""#);
    assert_ne!(unknown, stored);
    assert_eq!(
        Checks::parse(&unknown, guide, &context).0[1].diagnosis,
        None
    );
}

pub(super) fn english_context(values: &crate::guide::SpValues) -> GuideContext<'_> {
    GuideContext {
        text: Localizer::new(Language::English),
        values,
    }
}
