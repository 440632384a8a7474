//! Canonical forms, compared with those of libxml2.

use std::fs;
use std::path::Path;

use saml::c14n::{Method, canonicalize};
use saml::xml::{Document, Element, Limits, Profile, Source};

use crate::context;

#[test]
fn every_canonical_form_is_the_one_of_another_implementation() {
    let folder = context::tests().join("c14n");
    let entries = fs::read_dir(&folder).expect("the folder of vectors");
    let vectors: Vec<_> = entries
        .map(|entry| entry.expect("a folder entry").path())
        .collect();
    assert!(
        vectors.len() > 40,
        "a test that looks at nothing proves nothing"
    );
    let wrong: Vec<_> = vectors
        .iter()
        .flat_map(|vector| differences(vector))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where the canonical forms of a vector's element differ from those in its folder.
fn differences(vector: &Path) -> Vec<String> {
    let octets = fs::read(vector.join("in.xml")).expect("a vector has its document");
    let source = Source::new(&octets, &Limits::MESSAGE).expect("the document is in UTF-8");
    let document = Document::parse(&source, Profile::Document, &Limits::MESSAGE);
    let document = document.unwrap_or_else(|fault| panic!("{}: {fault}", vector.display()));
    let apex = context::text(&vector.join("apex"));
    let apex = match apex.as_str() {
        "" => document.root(),
        id => with_id(&document, id),
    };
    let prefixes = context::text(&vector.join("prefixes"));
    let prefixes = prefixes
        .split_whitespace()
        .map(|prefix| if prefix == "#default" { "" } else { prefix });
    let methods = [
        (Method::Exclusive(prefixes.collect()), "exclusive.xml"),
        (Method::Inclusive, "inclusive.xml"),
    ];
    let compare = |(method, file): &(Method<'_>, &str)| {
        let mut written = Vec::new();
        canonicalize(apex, None, method, &mut written).expect("a canonical form");
        let (received, expected) = (
            String::from_utf8_lossy(&written),
            context::text(&vector.join(file)),
        );
        (received != expected)
            .then(|| format!("{}/{file}:\n  {received}\n  {expected}", vector.display()))
    };
    methods.iter().filter_map(compare).collect()
}

fn with_id<'d>(document: &'d Document<'_>, id: &str) -> Element<'d> {
    let found = document
        .elements()
        .find(|element| element.attribute("ID") == Some(id));
    found.expect("a vector's apex is in its document")
}
