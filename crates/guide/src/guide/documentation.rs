//! Generates `docs/providers` from the guides.

use std::fmt::Write as _;

use i18n::{Language, Localizer};

use super::illustration::field_value;
use super::instruction::{FieldKind, IllustratedField, Illustration, Instruction};
use super::*;
use crate::generated_docs::{assert_up_to_date, markdown};

const PREAMBLE: &str = "The values on this page are examples. The console's guided setup shows the values of your \
     connection, and `vestibule connection show con_…` prints them.";

/// `VESTIBULE_TEST_WRITE=1 cargo test -p guide the_pages_in_docs` generates them.
#[test]
fn the_pages_in_docs_are_those_of_the_guides() {
    let mut pages = vec![("README.md".to_owned(), contents())];
    pages.extend(Guide::all().iter().map(|guide| (file(guide), page(guide))));
    assert_up_to_date("providers", &pages);
}

fn file(guide: &Guide) -> String {
    format!("{}.md", guide.provider)
}

fn contents() -> String {
    let mut page = String::from(
        "# Identity providers\n\nHow to connect each identity provider. The console's guided setup shows the same \
         guides.\n\n| Identity provider | Where to start | Imports our metadata | Exports its metadata |\n|---|---|---|---|\n",
    );
    for guide in Guide::all() {
        let begins = match guide.console.as_slice() {
            [] => "Its admin console".to_owned(),
            path => path.join(" › "),
        };
        let takes = match guide.imports_metadata {
            MetadataImport::None => "No",
            MetadataImport::File => "As a file",
            MetadataImport::Url => "From a URL",
            MetadataImport::Both => "As a file or from a URL",
        };
        let offers = |one: IdpField| {
            guide
                .sources
                .iter()
                .flat_map(|source| &source.fields)
                .any(|found| found.field == one)
        };
        let gives = match (
            offers(IdpField::MetadataUrl),
            offers(IdpField::MetadataFile),
        ) {
            (true, _) => "At a URL",
            (false, true) => "As a file",
            (false, false) => "No",
        };
        let name = guide.title(english());
        let _ = writeln!(
            page,
            "| [{name}]({}) | {begins} | {takes} | {gives} |",
            file(guide)
        );
    }
    page
}

fn english() -> Localizer {
    Localizer::new(Language::English)
}

fn page(guide: &'static Guide) -> String {
    let values = tests::values();
    let context = GuideContext {
        text: english(),
        values: &values,
    };
    let mut page = format!("# {}\n\n{PREAMBLE}\n", guide.title(english()));
    if !guide.console.is_empty() {
        let _ = write!(page, "\nStart at **{}**.\n", guide.console.join("** › **"));
    }
    page.push_str("\n## Steps\n");
    let views = guide.instructions(&context);
    for (number, (instruction, view)) in guide.instructions.iter().zip(&views).enumerate() {
        let _ = write!(page, "\n### {}. {}\n\n", number + 1, view.title);
        write_instruction(&mut page, instruction, view, &context);
        if view.warns_of_shared_entity_id {
            let lead = english().get("sso-own-entity-id-lead");
            let button = english().get("sso-own-entity-id");
            let _ = writeln!(
                page,
                "\n{lead} Select **{button}**, or set `entity_id` to the URL of the connection's metadata."
            );
        }
        if !view.manual.is_empty() {
            let _ = write!(page, "\n{}:\n", english().get("guide-manual"));
        }
        for (manual, view) in instruction.manual.iter().zip(&view.manual) {
            let _ = write!(page, "\n#### {}\n\n", view.title);
            write_instruction(&mut page, manual, view, &context);
        }
    }
    write_sources(&mut page, guide, &context);
    attributes(&mut page, guide, &context);
    list(
        &mut page,
        "Certificate",
        &guide.certificate_lifetime(&context),
    );
    list(
        &mut page,
        "Common problems",
        &guide.common_problems(&context),
    );
    errors(&mut page, guide, &context);
    page
}

fn write_instruction(
    page: &mut String,
    instruction: &'static Instruction,
    view: &InstructionView,
    context: &GuideContext<'_>,
) {
    let sentences: Vec<String> = view.sentences.iter().map(markdown).collect();
    let _ = writeln!(page, "{}", sentences.join("\n\n"));
    if let Some(sp_value) = &view.sp_value {
        let _ = write!(page, "\n> `{}`\n>\n> {}\n", sp_value.value, sp_value.term);
    }
    if let Some(illustration) = &instruction.illustration {
        let form = plain_text(illustration, context);
        let _ = write!(page, "\n```text\n{form}```\n");
    }
}

fn plain_text(illustration: &Illustration, context: &GuideContext<'_>) -> String {
    let mut plain = String::new();
    if !illustration.path.is_empty() {
        let _ = writeln!(plain, "{}", illustration.path.join(" › "));
    }
    for field in &illustration.fields {
        let arrow = if field.highlighted { "→" } else { " " };
        let _ = writeln!(plain, "{arrow} {}", field_text(field, context));
    }
    if let Some(button) = &illustration.button {
        let _ = writeln!(plain, "  < {button} >");
    }
    plain
}

fn field_text(field: &IllustratedField, context: &GuideContext<'_>) -> String {
    let label = &field.label;
    match field.kind {
        FieldKind::TextBox => format!("{label} [ {:8} ]", field_value(field, context)),
        FieldKind::Checked => format!("[x] {label}"),
        FieldKind::Unchecked => format!("[ ] {label}"),
        FieldKind::Selected => format!("(•) {label}"),
        FieldKind::Link => format!("{label} …"),
    }
}

fn write_sources(page: &mut String, guide: &'static Guide, context: &GuideContext<'_>) {
    page.push_str(
        "\n## Identity provider details\n\nYou need one of these. We recommend the first.\n",
    );
    for source in guide.sources(context) {
        page.push_str("\n| Our name | Where to find it | Example |\n|---|---|---|\n");
        for field in source.fields {
            let path = source.path.iter().map(String::as_str);
            let path = path.chain(field.section).chain([field.label]);
            let path: Vec<_> = path.collect();
            let example = field
                .example
                .map(|one| format!("`{one}`"))
                .unwrap_or_default();
            let _ = writeln!(
                page,
                "| {} | **{}** | {example} |",
                field.term,
                path.join("** › **")
            );
        }
    }
}

fn attributes(page: &mut String, guide: &'static Guide, context: &GuideContext<'_>) {
    let view = guide.attributes(context);
    page.push_str("\n## Attributes\n");
    let _ = write!(page, "\nSent by default: {}\n", markdown(&view.sends));
    page.push_str("\n| Field | Attribute name | Source | |\n|---|---|---|---|\n");
    for attribute in &view.mapping {
        let source = attribute.source.unwrap_or_default();
        let names =
            std::iter::once(attribute.name).chain(attribute.also.iter().map(String::as_str));
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let _ = writeln!(
            page,
            "| {} | {} | {source} | {} |",
            attribute.term,
            names.join(", "),
            attribute.sent(context.text).unwrap_or_default()
        );
    }
    for sentence in view.add.iter().chain(&view.groups) {
        let _ = write!(page, "\n{}\n", markdown(sentence));
    }
}

fn errors(page: &mut String, guide: &'static Guide, context: &GuideContext<'_>) {
    let errors = guide.errors(context);
    if errors.is_empty() {
        return;
    }
    page.push_str("\n## Error messages\n\n| Message | Cause | How to fix |\n|---|---|---|\n");
    for error in errors {
        let messages: Vec<String> = error
            .messages
            .iter()
            .map(|one| format!("`{one}`"))
            .collect();
        let cause = markdown(&error.cause);
        let fix = markdown(&error.fix);
        let _ = writeln!(page, "| {} | {cause} | {fix} |", messages.join(", "));
    }
}

fn list(page: &mut String, title: &str, sentences: &[Sentence]) {
    let _ = write!(page, "\n## {title}\n\n");
    for sentence in sentences {
        let _ = writeln!(page, "- {}", markdown(sentence));
    }
}
