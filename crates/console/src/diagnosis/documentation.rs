//! `docs/refusals`: the same words, on paper.

use std::fmt::Write as _;

use super::tests::{codes, english};
use super::*;
use crate::generated_docs::{assert_up_to_date, markdown};
use crate::guide::tests::values;

/// `VESTIBULE_TEST_WRITE=1 cargo test -p vestibule --lib the_pages_of_refusals` writes them afresh.
#[test]
fn the_pages_of_refusals_are_those_of_the_console() {
    let values = values();
    let words = english(&values);
    let mut pages: Vec<(String, String)> = codes()
        .into_iter()
        .map(|code| (format!("{code}.md"), page(code, &words)))
        .collect();
    pages.push(("README.md".to_owned(), contents(&words)));
    assert_up_to_date("refusals", &pages);
}

fn contents(words: &Words<'_>) -> String {
    let mut page = String::from(
        "# Error codes of failed sign-ins\n\nEach code has a page: what happened, the likely causes and how to fix them. In the console, the page of a \
         sign-in attempt shows the same with the labels of your identity provider.\n\n| Code | What happened |\n|---|---|\n",
    );
    for code in codes() {
        let found = diagnosis(code, Guide::of(store::Provider::Other), words);
        let _ = writeln!(
            page,
            "| [`{code}`]({code}.md) | {} |",
            markdown(&found.what)
        );
    }
    page
}

fn page(code: &str, words: &Words<'_>) -> String {
    let other = Guide::of(store::Provider::Other);
    let found = diagnosis(code, other, words);
    let mut page = format!("# `{code}`\n\n{}\n", markdown(&found.what));
    page.push_str("\n## Likely causes\n\n");
    list(&mut page, &found.causes);
    if code == status::CODE {
        page.push_str("\n## SAML 2.0 statuses\n\n");
        statuses(&mut page, words);
    }
    for guide in Guide::all() {
        let theirs = diagnosis(code, guide, words);
        let habits: Vec<Cause> = theirs
            .causes
            .into_iter()
            .filter(|one| one.repair.is_none())
            .collect();
        if !habits.is_empty() {
            let _ = write!(page, "\n## With {}\n\n", guide.title(words.text));
            list(&mut page, &habits);
        }
    }
    let provider_page =
        "For the labels of each identity provider, see [its guide](../providers/README.md).";
    let _ = write!(page, "\n{provider_page}\n");
    page
}

fn statuses(page: &mut String, words: &Words<'_>) {
    page.push_str("| Status | Meaning | How to fix |\n|---|---|---|\n");
    let speech = Speech {
        guide: Guide::of(store::Provider::Other),
        words,
    };
    for (name, cause) in status::all() {
        let told = speech.cause(cause);
        let repair = told.repair.as_ref().map(markdown).unwrap_or_default();
        let _ = writeln!(page, "| `{name}` | {} | {repair} |", markdown(&told.cause));
    }
}

fn list(page: &mut String, causes: &[Cause]) {
    for cause in causes {
        let _ = writeln!(page, "- {}", markdown(&cause.cause));
        if let Some(repair) = &cause.repair {
            let _ = writeln!(page, "  **How to fix:** {}", markdown(repair));
        }
    }
}

fn diagnosis(code: &str, guide: &'static Guide, words: &Words<'_>) -> Diagnosis {
    Diagnosis::of(code, Facts::default(), guide, words)
        .unwrap_or_else(|| panic!("{code} has no diagnosis"))
}
