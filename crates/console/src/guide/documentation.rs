//! `docs/providers`: the same guides, on paper.

use std::fmt::Write as _;

use i18n::{Language, Localizer};

use super::card::{Card, FieldKind, IllustratedField, Illustration};
use super::illustration::field_value;
use super::*;
use crate::generated_docs::{assert_up_to_date, markdown};

/// What somebody who reads the documentation wants to know first.
const PREAMBLE: &str = "The values on this page are examples. The console's guided setup shows the values of your \
     connection, and `vestibule connection show con_…` prints them.";

/// `VESTIBULE_TEST_WRITE=1 cargo test -p vestibule --lib the_pages_in_docs` writes them afresh.
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
            Imports::Nothing => "No",
            Imports::File => "As a file",
            Imports::Address => "From a URL",
            Imports::Both => "As a file or from a URL",
        };
        let offers = |one: Given| {
            guide
                .gives
                .iter()
                .flat_map(|way| &way.fields)
                .any(|found| found.gives == one)
        };
        let gives = match (offers(Given::MetadataUrl), offers(Given::MetadataFile)) {
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
    let words = Words {
        text: english(),
        values: &values,
    };
    let mut page = format!("# {}\n\n{PREAMBLE}\n", guide.title(english()));
    if !guide.console.is_empty() {
        let _ = write!(page, "\nStart at **{}**.\n", guide.console.join("** › **"));
    }
    page.push_str("\n## Steps\n");
    for (number, card) in guide.cards.iter().enumerate() {
        step(&mut page, number + 1, guide, card, &words);
    }
    bring_back(&mut page, guide, &words);
    attributes(&mut page, guide, &words);
    list(&mut page, "Certificate", &guide.certificate(&words));
    list(&mut page, "Common problems", &guide.traps(&words));
    errors(&mut page, guide, &words);
    page
}

fn step(
    page: &mut String,
    number: usize,
    guide: &'static Guide,
    card: &'static Card,
    words: &Words<'_>,
) {
    let view = card_view::view(String::new(), card, &guide.title(words.text), words).unwrap();
    let _ = write!(page, "\n### {number}. {}\n\n", view.title);
    let sentences: Vec<String> = view.sentences.iter().map(markdown).collect();
    let _ = writeln!(page, "{}", sentences.join("\n\n"));
    if let Some(offer) = &view.offer {
        let _ = write!(page, "\n> `{}`\n>\n> {}\n", offer.value, offer.term);
    }
    if let Some(illustration) = &card.illustration {
        let form = plain_text(illustration, words);
        let _ = write!(page, "\n```text\n{form}```\n");
    }
}

fn plain_text(illustration: &Illustration, words: &Words<'_>) -> String {
    let mut plain = String::new();
    if !illustration.path.is_empty() {
        let _ = writeln!(plain, "{}", illustration.path.join(" › "));
    }
    for field in &illustration.fields {
        let arrow = if field.highlighted { "→" } else { " " };
        let _ = writeln!(plain, "{arrow} {}", field_text(field, words));
    }
    if let Some(button) = &illustration.button {
        let _ = writeln!(plain, "  < {button} >");
    }
    plain
}

fn field_text(field: &IllustratedField, words: &Words<'_>) -> String {
    let label = &field.label;
    match field.kind {
        FieldKind::TextBox => format!("{label} [ {:8} ]", field_value(field, words)),
        FieldKind::Checked => format!("[x] {label}"),
        FieldKind::Unchecked => format!("[ ] {label}"),
        FieldKind::Selected => format!("(•) {label}"),
        FieldKind::Link => format!("{label} …"),
    }
}

fn bring_back(page: &mut String, guide: &'static Guide, words: &Words<'_>) {
    page.push_str(
        "\n## Identity provider details\n\nYou need one of these. We recommend the first.\n",
    );
    for way in guide.gives(words) {
        page.push_str("\n| Our name | Where to find it | Example |\n|---|---|---|\n");
        for piece in way.pieces {
            let place = way.place.iter().map(String::as_str).chain([piece.label]);
            let place: Vec<_> = place.collect();
            let example = piece
                .example
                .map(|one| format!("`{one}`"))
                .unwrap_or_default();
            let _ = writeln!(
                page,
                "| {} | **{}** | {example} |",
                piece.term,
                place.join("** › **")
            );
        }
    }
}

fn attributes(page: &mut String, guide: &'static Guide, words: &Words<'_>) {
    let view = guide.attributes(words);
    page.push_str("\n## Attributes\n");
    let _ = write!(page, "\nSent by default: {}\n", markdown(&view.sends));
    page.push_str("\n| Field | Attribute name | Source | |\n|---|---|---|---|\n");
    for part in &view.parts {
        let source = part.source.unwrap_or_default();
        let names = std::iter::once(part.name).chain(part.also.iter().map(String::as_str));
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        let _ = writeln!(
            page,
            "| {} | {} | {source} | {} |",
            part.term,
            names.join(", "),
            part.sent(words.text).unwrap_or_default()
        );
    }
    for sentence in view.add.iter().chain(&view.groups) {
        let _ = write!(page, "\n{}\n", markdown(sentence));
    }
}

fn errors(page: &mut String, guide: &'static Guide, words: &Words<'_>) {
    let errors = guide.errors(words);
    if errors.is_empty() {
        return;
    }
    page.push_str("\n## Error messages\n\n| Message | Cause | How to fix |\n|---|---|---|\n");
    for error in errors {
        let shows: Vec<String> = error.shows.iter().map(|one| format!("`{one}`")).collect();
        let cause = markdown(&error.cause);
        let repair = markdown(&error.repair);
        let _ = writeln!(page, "| {} | {cause} | {repair} |", shows.join(", "));
    }
}

fn list(page: &mut String, title: &str, sentences: &[Sentence]) {
    let _ = write!(page, "\n## {title}\n\n");
    for sentence in sentences {
        let _ = writeln!(page, "- {}", markdown(sentence));
    }
}
