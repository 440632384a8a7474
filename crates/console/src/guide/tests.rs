//! What holds for every guide.

use std::collections::BTreeSet;

use askama::Template;
use i18n::{Language, Localizer};

use super::card::FieldKind;
use super::sp_field::Value;
use super::*;

pub fn values() -> Values {
    Values {
        app_name: "Example App".to_owned(),
        acs_url: "https://auth.example.com/saml/con-…/acs".to_owned(),
        entity_id: "https://auth.example.com/saml".to_owned(),
        metadata_url: "https://auth.example.com/saml/con-…/metadata".to_owned(),
        certificate_url: "https://auth.example.com/saml/con-…/certificate".to_owned(),
        start_url: Some("https://app.example.com".to_owned()),
    }
}

fn in_every_language(mut look: impl FnMut(&'static Guide, &Words<'_>)) {
    let values = values();
    for language in Language::ALL {
        let text = Localizer::new(language);
        let words = Words {
            text,
            values: &values,
        };
        for guide in Guide::all() {
            look(guide, &words);
        }
    }
}

/// Every key that a guide names.
fn keys(guide: &Guide) -> Vec<&String> {
    let cards = guide.cards.iter().flat_map(|card| {
        let sentences = card.sentences.iter();
        sentences.chain([&card.title])
    });
    let errors = guide
        .errors
        .iter()
        .flat_map(|error| [&error.cause, &error.repair]);
    let attributes = &guide.attributes;
    cards
        .chain(errors)
        .chain(&guide.certificate)
        .chain(&guide.traps)
        .chain(&attributes.add)
        .chain(&attributes.groups)
        .chain([&attributes.sends])
        .collect()
}

#[test]
fn every_product_has_its_guide() {
    let there: Vec<&str> = Guide::all()
        .iter()
        .map(|one| one.provider.as_str())
        .collect();
    assert_eq!(there, Provider::VALUES);
    for (provider, _) in FILES {
        assert_eq!(Guide::of(provider).provider, provider);
    }
}

#[test]
fn every_key_of_a_guide_is_said_and_every_sentence_is_used() {
    let english = Localizer::new(Language::English);
    let named: BTreeSet<&str> = Guide::all()
        .iter()
        .flat_map(|guide| keys(guide).into_iter().map(String::as_str))
        .collect();
    for key in &named {
        assert!(key.starts_with("guide-"), "{key}");
        assert!(english.has(key), "no words for {key}");
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../i18n/text/en");
    for guide in Guide::all() {
        let file = folder.join(format!("guide-{}.ftl", guide.provider));
        let there = std::fs::read_to_string(file).unwrap();
        for line in there.lines().filter(|line| !line.starts_with('#')) {
            let (key, _) = line.split_once(" = ").unwrap();
            assert!(named.contains(key), "{key} is used by no guide");
        }
    }
}

#[test]
fn a_card_shows_where_its_value_goes() {
    for guide in Guide::all() {
        for card in &guide.cards {
            let speaks_of_a_field = card.title == "guide-title-fill"
                || card.sentences.iter().any(|key| key == "guide-paste");
            assert!(
                !speaks_of_a_field || (card.field.is_some() && card.value.is_some()),
                "{}: {}",
                guide.provider,
                card.title
            );
            let Some(illustration) = &card.illustration else {
                continue;
            };
            let highlighted: Vec<_> = illustration
                .fields
                .iter()
                .filter(|field| field.highlighted)
                .collect();
            let [highlighted] = highlighted.as_slice() else {
                panic!(
                    "{}: {}: one field is highlighted",
                    guide.provider, card.title
                );
            };
            let copied = card.value.filter(|value| !value.is_file());
            assert!(
                copied.is_none() || highlighted.value == copied,
                "{}: {}: the highlighted field has another value",
                guide.provider,
                card.title
            );
            for field in &illustration.fields {
                let holds = field.value.is_some() || field.text.is_some();
                assert!(
                    !holds || field.kind == FieldKind::TextBox,
                    "{}",
                    field.label
                );
                assert!(
                    field.value.is_none() || field.text.is_none(),
                    "{}",
                    field.label
                );
            }
        }
    }
}

#[test]
fn every_guide_tells_who_we_are_and_asks_who_they_are() {
    for guide in Guide::all() {
        let told: Vec<Value> = guide.cards.iter().filter_map(|card| card.value).collect();
        let by_hand = told.contains(&Value::AcsUrl) && told.contains(&Value::EntityId);
        let by_metadata = told.contains(&Value::MetadataUrl) || told.contains(&Value::MetadataFile);
        assert!(by_hand || by_metadata, "{}", guide.provider);
        assert_eq!(
            by_metadata,
            guide.imports_metadata != Imports::Nothing,
            "{}",
            guide.provider
        );
        assert!(
            guide.cards.iter().any(|card| !card.gives.is_empty()),
            "{}: no card says what to bring back",
            guide.provider
        );
        for way in &guide.gives {
            let pieces: BTreeSet<_> = way.fields.iter().map(|one| one.gives.key()).collect();
            let is_whole = |one: Given| pieces.contains(one.key());
            assert!(
                is_whole(Given::MetadataUrl)
                    || is_whole(Given::MetadataFile)
                    || [Given::SignOnUrl, Given::Issuer, Given::Certificate]
                        .into_iter()
                        .all(is_whole),
                "{}: {pieces:?} is not enough",
                guide.provider
            );
        }
        for card in &guide.cards {
            for given in &card.gives {
                let ways = guide.gives.iter().flat_map(|way| &way.fields);
                assert!(
                    ways.into_iter().any(|found| found.gives == *given),
                    "{}: {given:?}",
                    guide.provider
                );
            }
        }
    }
}

#[test]
fn every_guide_says_how_a_person_is_known() {
    for guide in Guide::all() {
        let parts: Vec<_> = guide.attributes.parts.iter().map(|one| one.part).collect();
        for needed in [
            GuidePart::Email,
            GuidePart::FirstName,
            GuidePart::LastName,
            GuidePart::Groups,
        ] {
            let times = parts.iter().filter(|part| **part == needed).count();
            assert_eq!(times, 1, "{}: {needed:?}", guide.provider);
        }
        assert!(!guide.attributes.groups.is_empty(), "{}", guide.provider);
        assert!(!guide.certificate.is_empty(), "{}", guide.provider);
        assert!(!guide.traps.is_empty(), "{}", guide.provider);
    }
}

#[test]
fn product_labels_are_the_same_in_every_language() {
    let labels = |sentence: &Sentence| -> Vec<String> {
        let mut found: Vec<_> = sentence
            .0
            .iter()
            .filter_map(|span| match span {
                Span::Label(words) | Span::Code(words) => Some(words.clone()),
                Span::Words(_) => None,
            })
            .collect();
        found.sort();
        found
    };
    let values = values();
    let english = Words {
        text: Localizer::new(Language::English),
        values: &values,
    };
    in_every_language(|guide, words| {
        for key in keys(guide) {
            let expected = labels(&english.about(key, "field"));
            assert_eq!(
                labels(&words.about(key, "field")),
                expected,
                "{key}: {words:?}"
            );
        }
    });
}

#[derive(Template)]
#[template(source = "{% include \"guide/card.html\" %}", ext = "html")]
struct Shown<'s> {
    card: &'s CardView,
    t: Localizer,
}

#[test]
fn every_card_is_shown_in_every_language() {
    let mut shown = 0;
    in_every_language(|guide, words| {
        for card in guide.cards(words) {
            let page = Shown {
                card: &card,
                t: words.text,
            };
            let html = page.render().unwrap();
            assert!(!card.title.contains('{') && !card.title.starts_with("guide-"));
            for unsafe_here in ["style=", "<script", "javascript:", "guide-title", "{ $"] {
                assert!(!html.contains(unsafe_here), "{unsafe_here}: {html}");
            }
            shown += 1;
        }
    });
    assert!(shown > 250, "a test that looks at nothing proves nothing");
}

#[test]
fn values_cannot_inject_markup_into_the_illustration() {
    let values = Values {
        app_name: "</text><script>alert(1)</script>".to_owned(),
        entity_id: "\"><img src=x onerror=alert(1)>".to_owned(),
        ..values()
    };
    let words = Words {
        text: Localizer::new(Language::English),
        values: &values,
    };
    for guide in Guide::all() {
        for card in guide.cards(&words) {
            let page = Shown {
                card: &card,
                t: words.text,
            };
            let html = page.render().unwrap();
            assert!(
                !html.contains("<script") && !html.contains("<img"),
                "{html}"
            );
        }
    }
}

#[test]
fn the_illustration_shows_labels_and_values_in_full() {
    let values = values();
    let words = Words {
        text: Localizer::new(Language::English),
        values: &values,
    };
    let mut boxes = 0;
    for guide in Guide::all() {
        for card in guide.cards(&words) {
            let Some(illustration) = &card.illustration else {
                continue;
            };
            let page = Shown {
                card: &card,
                t: words.text,
            };
            let html = page.render().unwrap();
            assert!(html.contains("<figure class=\"illustration\">"), "{html}");
            for field in &illustration.fields {
                let label = askama::filters::escape(field.label, askama::filters::Html).unwrap();
                assert!(html.contains(&format!(">{label}</div>")), "{html}");
                let is_box = field.kind == FieldKind::TextBox;
                boxes += usize::from(is_box && field.value == values.acs_url);
                let value = askama::filters::escape(&field.value, askama::filters::Html).unwrap();
                let shown = format!("<div class=\"illustration-box\">{value}</div>");
                assert!(!is_box || html.contains(&shown), "{html}");
            }
        }
    }
    assert!(boxes > 5, "{boxes}");
}

#[test]
fn a_step_about_a_value_that_is_not_there_is_left_out() {
    let with = values();
    let without = Values {
        start_url: None,
        ..values()
    };
    let text = Localizer::new(Language::English);
    let entra = Guide::of(Provider::Entra);
    let count = |values| entra.cards(&Words { text, values }).len();
    assert_eq!(count(&with), count(&without) + 1);
}

#[test]
fn an_error_of_a_product_is_explained_by_its_code() {
    let values = values();
    let words = Words {
        text: Localizer::new(Language::English),
        values: &values,
    };
    let explained = |provider, message| Guide::of(provider).explain(message, &words);
    let found = explained(
        Provider::Entra,
        "AADSTS50105: Your administrator has configured the application",
    )
    .unwrap();
    assert_eq!(found.shows, ["AADSTS50105"]);
    assert!(explained(Provider::Entra, "AADSTS501050").is_none());
    assert!(explained(Provider::Okta, "AADSTS50105").is_none());
    assert_eq!(
        explained(Provider::Google, "403 app_not_configured_for_user")
            .unwrap()
            .shows,
        ["app_not_configured_for_user"]
    );
}

#[test]
fn what_a_guide_says_about_attributes_is_what_a_profile_looks_for() {
    use service::sign_in::profile::{Part, preset};

    for guide in Guide::all() {
        for (part, name) in guide.attribute_names() {
            let part = match part {
                GuidePart::Email => Part::Email,
                GuidePart::FirstName => Part::FirstName,
                GuidePart::LastName => Part::LastName,
                GuidePart::Name => Part::Name,
                GuidePart::Groups => Part::Groups,
            };
            let mut names = preset(guide.provider, part);
            assert!(
                names.any(|one| one == name),
                "{}: {part:?} as {name}",
                guide.provider
            );
        }
    }
}
