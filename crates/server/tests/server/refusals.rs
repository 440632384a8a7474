//! `docs/refusals.md` has a row for each error code of a sign-in.

use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../../docs/refusals.md");

/// What gives a code to a refusal, each with the text that holds it: `Refusal::code`, and all whom it asks.
const VOCABULARIES: [(&str, &str); 7] = [
    (
        "Refusal",
        include_str!("../../../service/src/sign_in/error.rs"),
    ),
    (
        "ClientValidationError",
        include_str!("../../../oidc/src/authorization/error.rs"),
    ),
    ("FormError", include_str!("../../../oidc/src/parameters.rs")),
    (
        "ParameterError",
        include_str!("../../../oidc/src/parameters.rs"),
    ),
    (
        "Rejection",
        include_str!("../../../saml/src/rejection/mod.rs"),
    ),
    (
        "WrongMessageKind",
        include_str!("../../../saml/src/rejection/mod.rs"),
    ),
    ("XmlFault", include_str!("../../../saml/src/xml/error.rs")),
];

#[test]
fn every_code_has_a_row_and_every_row_a_code() {
    let written: Vec<&str> = rows().iter().map(|row| row[0]).collect();
    let distinct: BTreeSet<&str> = written.iter().copied().collect();
    let codes: BTreeSet<&str> = VOCABULARIES.into_iter().flat_map(codes).collect();
    let lonely: Vec<_> = distinct.symmetric_difference(&codes).collect();
    assert!(
        lonely.is_empty(),
        "only on the page, or only in the code: {lonely:?}"
    );
    assert_eq!(distinct.len(), written.len(), "a code has two rows");
}

#[test]
fn every_row_has_a_meaning_a_cause_and_a_fix() {
    for row in rows() {
        assert!(
            row.len() == 4 && row.iter().all(|cell| !cell.is_empty()),
            "{row:?}"
        );
    }
}

#[test]
fn every_type_that_provides_codes_is_listed() {
    let asked: usize = VOCABULARIES
        .into_iter()
        .map(|vocabulary| body(vocabulary).matches(".code()").count())
        .sum();
    // `Refusal` is the one whom no other asks.
    assert_eq!(asked + 1, VOCABULARIES.len());
}

/// The cells of each row that starts with an error code.
fn rows() -> Vec<Vec<&'static str>> {
    let tables = PAGE.split("\n## ").filter(|part| part.contains("| code |"));
    tables
        .flat_map(str::lines)
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells = line.trim_matches('|').split(" | ");
            cells.map(|cell| cell.trim().trim_matches('`')).collect()
        })
        .collect()
}

/// The codes that one of them gives itself.
fn codes(vocabulary: (&str, &'static str)) -> Vec<&'static str> {
    let codes: Vec<&str> = body(vocabulary)
        .split("=> \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(!codes.is_empty(), "{} has no codes", vocabulary.0);
    codes
}

/// The text of its function `code`.
fn body((name, text): (&str, &'static str)) -> &'static str {
    let (_, methods) = text.split_once(&format!("\nimpl {name} {{\n")).unwrap();
    let (_, rest) = methods.split_once("fn code(").unwrap();
    rest.split_once("\n    }\n").unwrap().0
}
