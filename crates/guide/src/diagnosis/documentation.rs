//! Generates `docs/error-codes` from the same texts as the console.

use std::fmt::Write as _;

use super::tests::english_context;
use super::*;
use crate::generated_docs::{assert_up_to_date, markdown};
use crate::guide::tests::values;

/// `VESTIBULE_TEST_WRITE=1 cargo test -p guide the_pages_of_error_codes` generates them.
#[test]
fn the_pages_of_error_codes_are_those_of_the_console() {
    let values = values();
    let context = english_context(&values);
    let mut pages: Vec<(String, String)> = codes()
        .into_iter()
        .map(|code| (format!("{code}.md"), page(code, &context)))
        .collect();
    pages.push(("README.md".to_owned(), contents(&context)));
    assert_up_to_date("error-codes", &pages);
}

/// Every code, by its name.
fn codes() -> Vec<Code> {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.as_str());
    codes
}

fn contents(context: &GuideContext<'_>) -> String {
    let mut page = String::from(
        "# Error codes of failed sign-ins\n\nEach code has a page: what happened, the likely causes and how to fix them. In the console, the page of a \
         sign-in attempt shows the same with the labels of your identity provider.\n\n| Code | What happened |\n|---|---|\n",
    );
    for code in codes() {
        let found = diagnosis(code, Guide::for_provider(store::Provider::Other), context);
        let _ = writeln!(
            page,
            "| [`{code}`]({code}.md) | {} |",
            markdown(&found.summary)
        );
    }
    page
}

fn page(code: Code, context: &GuideContext<'_>) -> String {
    let other = Guide::for_provider(store::Provider::Other);
    let found = diagnosis(code, other, context);
    let mut page = format!("# `{code}`\n\n{}\n", markdown(&found.summary));
    page.push_str("\n## Likely causes\n\n");
    list(&mut page, &found.causes);
    if code == Code::IdpErrorStatus {
        page.push_str("\n## SAML 2.0 statuses\n\n");
        statuses(&mut page, context);
    }
    for guide in Guide::all() {
        let with_product = diagnosis(code, guide, context);
        let quirks: Vec<Cause> = with_product
            .causes
            .into_iter()
            .filter(|one| one.fix.is_none())
            .collect();
        if !quirks.is_empty() {
            let _ = write!(page, "\n## With {}\n\n", guide.title(context.text));
            list(&mut page, &quirks);
        }
    }
    let provider_page =
        "For the labels of each identity provider, see [its guide](../providers/README.md).";
    let _ = write!(page, "\n{provider_page}\n");
    page
}

fn statuses(page: &mut String, context: &GuideContext<'_>) {
    page.push_str("| Status | Meaning | How to fix |\n|---|---|---|\n");
    let renderer = Renderer {
        guide: Guide::for_provider(store::Provider::Other),
        context,
    };
    for (name, cause) in status::all() {
        let rendered = renderer.cause(cause);
        let fix = rendered.fix.as_ref().map(markdown).unwrap_or_default();
        let _ = writeln!(page, "| `{name}` | {} | {fix} |", markdown(&rendered.cause));
    }
}

fn list(page: &mut String, causes: &[Cause]) {
    for cause in causes {
        let _ = writeln!(page, "- {}", markdown(&cause.cause));
        if let Some(fix) = &cause.fix {
            let _ = writeln!(page, "  **How to fix:** {}", markdown(fix));
        }
    }
}

fn diagnosis(code: Code, guide: &'static Guide, context: &GuideContext<'_>) -> Diagnosis {
    Diagnosis::for_code(code, ErrorFacts::default(), guide, context)
}
