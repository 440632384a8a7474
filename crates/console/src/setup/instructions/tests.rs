//! Every instruction of a guide is rendered.

use askama::Template;
use guide::{FieldKind, Guide, GuideContext, InstructionView, SpValues};
use i18n::{Language, Localizer};

fn values() -> SpValues {
    SpValues {
        app_name: "Example App".to_owned(),
        acs_url: "https://auth.example.com/saml/con-…/acs".to_owned(),
        entity_id: "https://auth.example.com/saml".to_owned(),
        metadata_url: "https://auth.example.com/saml/con-…/metadata".to_owned(),
        certificate_url: "https://auth.example.com/saml/con-…/certificate".to_owned(),
        start_url: Some("https://app.example.com".to_owned()),
    }
}

#[derive(Template)]
#[template(source = "{% include \"guide/instruction.html\" %}", ext = "html")]
struct InstructionPage<'s> {
    instruction: &'s InstructionView,
    t: Localizer,
}

#[test]
fn every_instruction_is_rendered_in_every_language() {
    let mut shown = 0;
    let values = values();
    for language in Language::ALL {
        let context = GuideContext {
            text: Localizer::new(language),
            values: &values,
        };
        let guides = Guide::all().iter();
        for instruction in guides.flat_map(|guide| guide.instructions(&context)) {
            let page = InstructionPage {
                instruction: &instruction,
                t: context.text,
            };
            let html = page.render().unwrap();
            assert!(!instruction.title.contains('{') && !instruction.title.starts_with("guide-"));
            for unsafe_text in ["style=", "<script", "javascript:", "guide-title", "{ $"] {
                assert!(!html.contains(unsafe_text), "{unsafe_text}: {html}");
            }
            shown += 1;
        }
    }
    assert!(shown > 250, "the test found too few instructions");
}

#[test]
fn values_cannot_inject_markup_into_the_illustration() {
    let values = SpValues {
        app_name: "</text><script>alert(1)</script>".to_owned(),
        entity_id: "\"><img src=x onerror=alert(1)>".to_owned(),
        ..values()
    };
    let context = GuideContext {
        text: Localizer::new(Language::English),
        values: &values,
    };
    for guide in Guide::all() {
        for instruction in guide.instructions(&context) {
            let page = InstructionPage {
                instruction: &instruction,
                t: context.text,
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
    let context = GuideContext {
        text: Localizer::new(Language::English),
        values: &values,
    };
    let mut boxes = 0;
    for guide in Guide::all() {
        for instruction in guide.instructions(&context) {
            let Some(illustration) = &instruction.illustration else {
                continue;
            };
            let page = InstructionPage {
                instruction: &instruction,
                t: context.text,
            };
            let html = page.render().unwrap();
            assert!(html.contains("<figure class=\"illustration\">"), "{html}");
            for field in &illustration.fields {
                let label = askama::filters::escape(field.label, askama::filters::Html).unwrap();
                assert!(html.contains(&format!(">{label}</div>")), "{html}");
                let is_box = field.kind == FieldKind::TextBox;
                boxes += usize::from(is_box && field.value == values.acs_url);
                let value = askama::filters::escape(&field.value, askama::filters::Html).unwrap();
                let text_box = format!("<div class=\"illustration-box\">{value}</div>");
                assert!(!is_box || html.contains(&text_box), "{html}");
            }
        }
    }
    assert!(boxes > 5, "{boxes}");
}
