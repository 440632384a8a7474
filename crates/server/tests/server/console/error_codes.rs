//! `docs/error-codes.md` has a row for each error code of a sign-in.

use std::collections::BTreeSet;

use service::sign_in::error::Code;

const PAGE: &str = include_str!("../../../../../docs/error-codes.md");

#[test]
fn every_code_has_a_row_and_every_row_a_code() {
    let written: Vec<&str> = rows().iter().map(|row| row[0]).collect();
    let distinct: BTreeSet<&str> = written.iter().copied().collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let lonely: Vec<_> = distinct.symmetric_difference(&codes).collect();
    assert!(
        lonely.is_empty(),
        "only on the page, or only in the code: {lonely:?}"
    );
    assert_eq!(distinct.len(), written.len(), "a code has two rows");
    assert_eq!(codes.len(), Code::ALL.len(), "two codes have one name");
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
