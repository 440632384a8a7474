//! `docs/error-codes.md` has a row for each error code of a sign-in.

use std::collections::BTreeSet;

use service::sign_in::error::Code;

const DOCUMENT: &str = include_str!("../../../../../docs/error-codes.md");

#[test]
fn every_error_code_has_one_row() {
    let documented: Vec<&str> = rows().iter().map(|row| row[0]).collect();
    let distinct: BTreeSet<&str> = documented.iter().copied().collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(distinct, codes);
    assert_eq!(distinct.len(), documented.len(), "a code has two rows");
    assert_eq!(codes.len(), Code::ALL.len(), "two codes have one name");
}

#[test]
fn every_row_has_a_meaning_a_cause_and_a_fix() {
    for row in rows() {
        assert_eq!(row.len(), 4, "{row:?}");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}

/// The cells of each row that starts with an error code.
fn rows() -> Vec<Vec<&'static str>> {
    let tables = DOCUMENT
        .split("\n## ")
        .filter(|part| part.contains("| code |"));
    tables
        .flat_map(str::lines)
        .filter(|line| line.starts_with("| `"))
        .map(|line| {
            let cells = line.trim_matches('|').split(" | ");
            cells.map(|cell| cell.trim().trim_matches('`')).collect()
        })
        .collect()
}
