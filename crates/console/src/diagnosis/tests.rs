//! Every error code has an explanation in every language and with the labels of every product.

use i18n::{Language, Localizer};

use super::*;
use crate::guide::tests::values;
use crate::guide::{SpValues, Span};

pub(super) fn plain(sentence: &Sentence) -> String {
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
                    let sentence = plain(sentence);
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

#[test]
fn causes_use_the_labels_of_the_product() {
    let values = values();
    let context = english(&values);
    for (provider, label) in [
        (store::Provider::Entra, "Identifier (Entity ID)"),
        (store::Provider::Okta, "Audience URI (SP Entity ID)"),
        (store::Provider::Adfs, "Relying party trust identifier"),
    ] {
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
                .any(|one| plain(&one.cause).contains(label)),
            "{found:?}"
        );
    }
    let other = Guide::for_provider(store::Provider::Other);
    let found = Diagnosis::for_code(Code::IdpErrorStatus, ErrorFacts::default(), other, &context);
    assert!(plain(&found.summary).starts_with("The identity provider returned"));
}

#[test]
fn a_message_of_the_product_is_explained_before_its_status() {
    let values = values();
    let context = english(&values);
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
    let causes: Vec<String> = found.causes.iter().map(|one| plain(&one.cause)).collect();
    assert!(
        causes[0].contains("isn’t assigned to the application"),
        "{causes:?}"
    );
    assert!(causes[1].contains("AuthnFailed"), "{causes:?}");
    assert!(causes[2].contains("Responder"), "{causes:?}");
}

#[test]
fn every_status_of_saml_is_explained() {
    let values = values();
    let context = english(&values);
    let guide = Guide::for_provider(store::Provider::Other);
    for (name, _) in status::all() {
        let received = format!("urn:oasis:names:tc:SAML:2.0:status:{name}");
        let facts = ErrorFacts {
            received: Some(&received),
            detail: None,
        };
        let found = Diagnosis::for_code(Code::IdpErrorStatus, facts, guide, &context);
        assert_eq!(found.causes.len(), 2, "{name}");
        let said = plain(&found.causes[0].cause);
        let shown = name
            .split("Deprecated")
            .next()
            .unwrap()
            .split("Too")
            .next()
            .unwrap();
        assert!(name == "TooManyResponses" || said.contains(shown), "{said}");
    }
}

#[test]
fn stored_checks_are_parsed() {
    let values = values();
    let context = english(&values);
    let guide = Guide::for_provider(store::Provider::Okta);
    let stored = r#"[{"name":"xml","title":"","outcome":"passed","expected":null,"received":null,"code":null,"detail":null},
        {"name":"audience","title":"","outcome":"failed","expected":"https://us","received":"https://them","code":"audience-mismatch","detail":"for another service provider"},
        {"name":"not-before","title":"","outcome":"unchecked","expected":null,"received":null,"code":null,"detail":"later"},
        {"name":"response-signature","title":"","outcome":"unchecked","expected":null,"received":null,"code":null,"detail":"it has none"}]"#;
    let checks = Checks::parse(stored, guide, &context);
    let outcomes: Vec<&str> = checks.0.iter().map(|one| one.outcome.symbol()).collect();
    assert_eq!(outcomes, ["✓", "✗", "–", "–"]);
    assert_eq!(checks.0[1].title, "Audience");
    assert_eq!(
        (checks.0[2].detail.as_deref(), &checks.0[2].reason),
        (Some("Later."), &None)
    );
    let reason = checks.0[3].reason.as_deref();
    assert_eq!(reason, Some("The response itself isn’t signed."));
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

pub(super) fn english(values: &SpValues) -> GuideContext<'_> {
    GuideContext {
        text: Localizer::new(Language::English),
        values,
    }
}
