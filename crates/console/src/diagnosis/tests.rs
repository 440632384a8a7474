//! Every refusal is explained, in every language, in the words of every product.

use std::collections::BTreeSet;

use i18n::{Language, Localizer};

use super::*;
use crate::guide::Span;
use crate::guide::tests::values;

/// The codes of all refusals: another test proves that this page has each of them.
const PAGE: &str = include_str!("../../../../docs/refusals.md");

pub fn codes() -> BTreeSet<&'static str> {
    let tables = PAGE.split("\n## ").filter(|part| part.contains("| code |"));
    tables
        .flat_map(str::lines)
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|rest| rest.split('`').next())
        .collect()
}

pub(super) fn plain(sentence: &Sentence) -> String {
    let words = |span: &Span| match span {
        Span::Words(words) | Span::Label(words) | Span::Code(words) => words.clone(),
    };
    sentence.0.iter().map(words).collect()
}

#[test]
fn every_refusal_has_a_diagnosis_for_every_product_in_every_language() {
    let values = values();
    assert!(codes().len() > 80, "{:?}", codes());
    for language in Language::ALL {
        let text = Localizer::new(language);
        let words = Words {
            text,
            values: &values,
        };
        for guide in Guide::all() {
            for code in codes() {
                let found = Diagnosis::of(code, Facts::default(), guide, &words);
                let found = found.unwrap_or_else(|| panic!("{code} has no diagnosis"));
                assert!(!found.causes.is_empty(), "{code}");
                let repairs = found.causes.iter().filter_map(|one| one.repair.as_ref());
                let causes = found.causes.iter().map(|one| &one.cause);
                for sentence in causes.chain(repairs).chain([&found.what]) {
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
fn a_code_that_no_refusal_has_is_not_explained() {
    let values = values();
    let words = english(&values);
    let guide = Guide::of(store::Provider::Okta);
    assert!(Diagnosis::of("nonsense", Facts::default(), guide, &words).is_none());
}

#[test]
fn causes_speak_in_the_words_of_the_product() {
    let values = values();
    let words = english(&values);
    for (provider, label) in [
        (store::Provider::Entra, "Identifier (Entity ID)"),
        (store::Provider::Okta, "Audience URI (SP Entity ID)"),
        (store::Provider::Adfs, "Relying party trust identifier"),
    ] {
        let guide = Guide::of(provider);
        let found = Diagnosis::of("audience", Facts::default(), guide, &words).unwrap();
        assert!(
            found
                .causes
                .iter()
                .any(|one| plain(&one.cause).contains(label)),
            "{found:?}"
        );
    }
    let other = Guide::of(store::Provider::Other);
    let found = Diagnosis::of("status", Facts::default(), other, &words).unwrap();
    assert!(plain(&found.what).starts_with("The identity provider returned"));
}

#[test]
fn a_message_of_the_product_is_explained_before_its_status() {
    let values = values();
    let words = english(&values);
    let guide = Guide::of(store::Provider::Entra);
    let facts = Facts {
        received: Some(
            "urn:oasis:names:tc:SAML:2.0:status:Responder / urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
        ),
        detail: Some(
            "the identity provider answered: AADSTS50105: The signed in user is not assigned",
        ),
    };
    let found = Diagnosis::of("status", facts, guide, &words).unwrap();
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
    let words = english(&values);
    let guide = Guide::of(store::Provider::Other);
    for (name, _) in status::all() {
        let received = format!("urn:oasis:names:tc:SAML:2.0:status:{name}");
        let facts = Facts {
            received: Some(&received),
            detail: None,
        };
        let found = Diagnosis::of("status", facts, guide, &words).unwrap();
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
fn checks_are_read_from_what_the_store_keeps() {
    let values = values();
    let words = english(&values);
    let guide = Guide::of(store::Provider::Okta);
    let kept = r#"[{"name":"xml","title":"","outcome":"passed","expected":null,"received":null,"code":null,"detail":null},
        {"name":"audience","title":"","outcome":"failed","expected":"https://us","received":"https://them","code":"audience","detail":"for somebody else"},
        {"name":"not-before","title":"","outcome":"unchecked","expected":null,"received":null,"code":null,"detail":"later"},
        {"name":"response-signature","title":"","outcome":"unchecked","expected":null,"received":null,"code":null,"detail":"it has none"}]"#;
    let checks = Checks::of(kept, guide, &words);
    let marks: Vec<&str> = checks.0.iter().map(|one| one.mark.sign()).collect();
    assert_eq!(marks, ["✓", "✗", "–", "–"]);
    assert_eq!(checks.0[1].title, "Audience");
    assert_eq!(
        (checks.0[2].detail.as_deref(), &checks.0[2].why),
        (Some("Later."), &None)
    );
    let why = checks.0[3].why.as_deref();
    assert_eq!(why, Some("The response itself isn’t signed."));
    assert!(checks.0[1].shows_sides() && !checks.0[0].shows_sides());
    assert_eq!(checks.diagnosis("audience").unwrap().code, "audience");
    assert!(checks.diagnosis("issuer").is_none());
    assert_eq!(Checks::of("nonsense", guide, &words), Checks::default());
}

pub(super) fn english(values: &crate::guide::Values) -> Words<'_> {
    Words {
        text: Localizer::new(Language::English),
        values,
    }
}
