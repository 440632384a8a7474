//! A folder of `docs` whose pages are made of what the server says, so that they cannot say anything else.

use std::path::Path;

use crate::guide::{Sentence, Span};

/// Holds the pages of a folder in `docs` against what they are to be, each with the name of its file; with
/// `VESTIBULE_TEST_WRITE` in the environment they are written afresh before.
pub(crate) fn assert_is_made_of(folder: &str, pages: &[(String, String)]) {
    let docs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    let path = docs.join(folder);
    if std::env::var_os("VESTIBULE_TEST_WRITE").is_some() {
        std::fs::create_dir_all(&path).unwrap();
        for (name, page) in pages {
            std::fs::write(path.join(name), page).unwrap();
        }
    }
    for (name, page) in pages {
        let there = std::fs::read_to_string(path.join(name)).unwrap_or_default();
        assert!(
            there == *page,
            "docs/{folder}/{name} is not what the server says; the comment above this test says how to write it"
        );
    }
    let there = std::fs::read_dir(&path).unwrap().count();
    assert_eq!(there, pages.len(), "docs/{folder} has a page too many");
}

/// A sentence as a page has it.
pub(crate) fn markdown(sentence: &Sentence) -> String {
    let span = |span: &Span| match span {
        Span::Words(words) => words.clone(),
        Span::Label(words) => format!("**{words}**"),
        Span::Code(words) => format!("`{words}`"),
    };
    sentence.0.iter().map(span).collect()
}
