//! Rules that all guides follow.

use std::collections::BTreeSet;

use i18n::{Language, Localizer};

use super::instruction::FieldKind;
use super::sp_field::SpField;
use super::*;

pub(crate) fn values() -> SpValues {
    SpValues {
        app_name: "Example App".to_owned(),
        acs_url: "https://auth.example.com/saml/con-…/acs".to_owned(),
        entity_id: "https://auth.example.com/saml".to_owned(),
        metadata_url: "https://auth.example.com/saml/con-…/metadata".to_owned(),
        certificate_url: "https://auth.example.com/saml/con-…/certificate".to_owned(),
        start_url: Some("https://app.example.com".to_owned()),
    }
}

fn check_in_every_language(mut check: impl FnMut(&'static Guide, &GuideContext<'_>)) {
    let values = values();
    for language in Language::ALL {
        let text = Localizer::new(language);
        let context = GuideContext {
            text,
            values: &values,
        };
        for guide in Guide::all() {
            check(guide, &context);
        }
    }
}

/// Every key that a guide names.
fn keys(guide: &Guide) -> Vec<&String> {
    let instructions = guide.all_instructions().flat_map(|instruction| {
        let sentences = instruction.sentences.iter();
        sentences.chain([&instruction.title])
    });
    let errors = guide
        .errors
        .iter()
        .flat_map(|error| [&error.cause, &error.fix]);
    let attributes = &guide.attributes;
    instructions
        .chain(errors)
        .chain(&guide.certificate_lifetime)
        .chain(&guide.common_problems)
        .chain(&attributes.add)
        .chain(&attributes.groups)
        .chain([&attributes.sends])
        .collect()
}

#[test]
fn every_product_has_a_guide() {
    let providers: Vec<&str> = Guide::all()
        .iter()
        .map(|one| one.provider.as_str())
        .collect();
    assert_eq!(providers, Provider::VALUES);
    for (provider, _) in FILES {
        assert_eq!(Guide::for_provider(provider).provider, provider);
    }
}

#[test]
fn every_key_of_a_guide_has_a_text_and_every_text_is_used() {
    let english = Localizer::new(Language::English);
    let named: BTreeSet<&str> = Guide::all()
        .iter()
        .flat_map(|guide| keys(guide).into_iter().map(String::as_str))
        .collect();
    for key in &named {
        assert!(key.starts_with("guide-"), "{key}");
        assert!(english.has(key), "no text for {key}");
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../i18n/text/en");
    for guide in Guide::all() {
        let file = folder.join(format!("guide-{}.ftl", guide.provider));
        let texts = std::fs::read_to_string(file).unwrap();
        for line in texts.lines().filter(|line| !line.starts_with('#')) {
            let (key, _) = line.split_once(" = ").unwrap();
            assert!(named.contains(key), "{key} is used by no guide");
        }
    }
}

#[test]
fn an_instruction_shows_where_its_value_goes() {
    for guide in Guide::all() {
        for instruction in guide.all_instructions() {
            let names_a_field = instruction.title == "guide-title-fill"
                || instruction.sentences.iter().any(|key| key == "guide-paste");
            assert!(
                !names_a_field || (instruction.label.is_some() && instruction.sp_field.is_some()),
                "{}: {}",
                guide.provider,
                instruction.title
            );
            let Some(illustration) = &instruction.illustration else {
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
                    guide.provider, instruction.title
                );
            };
            let copied = instruction.sp_field.filter(|value| !value.is_file());
            assert!(
                copied.is_none() || highlighted.sp_field == copied,
                "{}: {}: the highlighted field has another value",
                guide.provider,
                instruction.title
            );
            for field in &illustration.fields {
                let has_value = field.sp_field.is_some() || field.text.is_some();
                assert!(
                    !has_value || field.kind == FieldKind::TextBox,
                    "{}",
                    field.label
                );
                assert!(
                    field.sp_field.is_none() || field.text.is_none(),
                    "{}",
                    field.label
                );
            }
        }
    }
}

#[test]
fn every_guide_shows_the_values_of_the_sp_and_the_idp() {
    for guide in Guide::all() {
        let sp_fields: Vec<SpField> = guide
            .all_instructions()
            .filter_map(|instruction| instruction.sp_field)
            .collect();
        let has_urls =
            sp_fields.contains(&SpField::AcsUrl) && sp_fields.contains(&SpField::EntityId);
        let has_metadata =
            sp_fields.contains(&SpField::MetadataUrl) || sp_fields.contains(&SpField::MetadataFile);
        assert!(has_urls || has_metadata, "{}", guide.provider);
        assert_eq!(
            has_metadata,
            guide.imports_metadata != MetadataImport::None,
            "{}",
            guide.provider
        );
        assert!(
            guide
                .instructions
                .iter()
                .any(|instruction| !instruction.idp_fields.is_empty()),
            "{}: no instruction shows a value of the identity provider",
            guide.provider
        );
        for source in &guide.sources {
            let fields: BTreeSet<_> = source.fields.iter().map(|one| one.field.key()).collect();
            let has_field = |one: IdpField| fields.contains(one.key());
            assert!(
                has_field(IdpField::MetadataUrl)
                    || has_field(IdpField::MetadataFile)
                    || [IdpField::SignOnUrl, IdpField::Issuer, IdpField::Certificate]
                        .into_iter()
                        .all(has_field),
                "{}: {fields:?} is not enough",
                guide.provider
            );
        }
        for instruction in guide.all_instructions() {
            for field in &instruction.idp_fields {
                let mut fields = guide.sources.iter().flat_map(|source| &source.fields);
                assert!(
                    fields.any(|found| found.field == *field),
                    "{}: {field:?}",
                    guide.provider
                );
            }
        }
    }
}

/// The marks of a setup in progress stay with their instructions when others are added, removed or moved.
#[test]
fn the_name_of_an_instruction_does_not_depend_on_its_position() {
    let okta = Guide::for_provider(Provider::Okta);
    let names: Vec<String> = okta.instructions.iter().map(Instruction::key).collect();
    assert_eq!(
        names[..3],
        [
            "title-create",
            "title-fill-single-sign-on-url",
            "title-fill-audience-uri-sp-entity-id",
        ]
    );
    for guide in Guide::all() {
        let keys = guide.instructions.iter().map(Instruction::key);
        let names: BTreeSet<String> = keys
            .map(|key| format!("{}-{key}", guide.provider))
            .collect();
        assert_eq!(names.len(), guide.instructions.len(), "{}", guide.provider);
        // The service stores names of at most 64 bytes.
        assert!(names.iter().all(|name| name.len() <= 64), "{names:?}");
    }
}

#[test]
fn every_guide_maps_the_user_attributes() {
    for guide in Guide::all() {
        let attributes: Vec<_> = guide
            .attributes
            .mapping
            .iter()
            .map(|mapped| mapped.attribute)
            .collect();
        for needed in [
            UserAttribute::Email,
            UserAttribute::FirstName,
            UserAttribute::LastName,
            UserAttribute::Groups,
        ] {
            let times = attributes.iter().filter(|one| **one == needed).count();
            assert_eq!(times, 1, "{}: {needed:?}", guide.provider);
        }
        assert!(!guide.attributes.groups.is_empty(), "{}", guide.provider);
        assert!(!guide.certificate_lifetime.is_empty(), "{}", guide.provider);
        assert!(!guide.common_problems.is_empty(), "{}", guide.provider);
    }
}

#[test]
fn product_labels_are_the_same_in_every_language() {
    let labels = |sentence: &Sentence| -> Vec<String> {
        let mut found: Vec<_> = sentence
            .0
            .iter()
            .filter_map(|span| match span {
                Span::Label(text) | Span::Code(text) => Some(text.clone()),
                Span::Text(_) => None,
            })
            .collect();
        found.sort();
        found
    };
    let values = values();
    let english = GuideContext {
        text: Localizer::new(Language::English),
        values: &values,
    };
    check_in_every_language(|guide, context| {
        for key in keys(guide) {
            let expected = labels(&english.sentence(key, "field"));
            assert_eq!(
                labels(&context.sentence(key, "field")),
                expected,
                "{key}: {context:?}"
            );
        }
    });
}

#[test]
fn an_instruction_about_a_missing_value_is_left_out() {
    let with = values();
    let without = SpValues {
        start_url: None,
        ..values()
    };
    let text = Localizer::new(Language::English);
    let entra = Guide::for_provider(Provider::Entra);
    let count = |values| entra.instructions(&GuideContext { text, values }).len();
    assert_eq!(count(&with), count(&without) + 1);
}

#[test]
fn an_error_of_a_product_is_explained_by_its_code() {
    let values = values();
    let context = GuideContext {
        text: Localizer::new(Language::English),
        values: &values,
    };
    let explained = |provider, message| Guide::for_provider(provider).explain(message, &context);
    let found = explained(
        Provider::Entra,
        "AADSTS50105: Your administrator has configured the application",
    )
    .unwrap();
    assert_eq!(found.messages, ["AADSTS50105"]);
    assert!(explained(Provider::Entra, "AADSTS501050").is_none());
    assert!(explained(Provider::Okta, "AADSTS50105").is_none());
    assert_eq!(
        explained(Provider::Google, "403 app_not_configured_for_user")
            .unwrap()
            .messages,
        ["app_not_configured_for_user"]
    );
}

#[test]
fn sign_in_accepts_every_attribute_name_of_a_guide() {
    use service::sign_in::attribute_mapping::{ProfileField, preset_attribute_names};

    for guide in Guide::all() {
        for (attribute, name) in guide.attribute_names() {
            let field = match attribute {
                UserAttribute::Email => ProfileField::Email,
                UserAttribute::FirstName => ProfileField::FirstName,
                UserAttribute::LastName => ProfileField::LastName,
                UserAttribute::Name => ProfileField::Name,
                UserAttribute::Groups => ProfileField::Groups,
            };
            let mut names = preset_attribute_names(guide.provider, field);
            assert!(
                names.any(|one| one == name),
                "{}: {field:?} as {name}",
                guide.provider
            );
        }
    }
}
