//! Keeps generated folders of `docs` up to date.

use std::path::Path;

use crate::guide::{Sentence, Span};

/// Compares the pages of a folder in `docs`, by file name, with the generated ones. With `VESTIBULE_TEST_WRITE` in the
/// environment the generated pages are written first.
pub(crate) fn assert_up_to_date(folder: &str, pages: &[(String, String)]) {
    let docs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    let path = docs.join(folder);
    if std::env::var_os("VESTIBULE_TEST_WRITE").is_some() {
        std::fs::create_dir_all(&path).unwrap();
        for (name, page) in pages {
            std::fs::write(path.join(name), page).unwrap();
        }
    }
    for (name, page) in pages {
        let current = std::fs::read_to_string(path.join(name)).unwrap_or_default();
        assert!(
            current == *page,
            "docs/{folder}/{name} is out of date; the comment above this test says how to generate it"
        );
    }
    let count = std::fs::read_dir(&path).unwrap().count();
    assert_eq!(count, pages.len(), "docs/{folder} has a page too many");
}

/// A sentence as Markdown.
pub(crate) fn markdown(sentence: &Sentence) -> String {
    let span = |span: &Span| match span {
        Span::Text(text) => text.clone(),
        Span::Label(text) => format!("**{text}**"),
        Span::Code(text) => format!("`{text}`"),
    };
    sentence.0.iter().map(span).collect()
}
