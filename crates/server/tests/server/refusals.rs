
<<<<<<< OURS
//! The page for administrators has a row for each code with which a sign-in can fail.

||||||| BASE
< < < < < < < < < Temporary merge branch 1 //! `docs/refusals.md` has a row for each error code of a sign-in.
 == == == == = //! The page for administrators has a row for each code with which a sign-in can fail.
 > > > > > > > > > Temporary merge branch 2
=======
//! `docs/refusals.md` has a row for each error code of a sign-in.

>>>>>>> THEIRS
use std::collections::BTreeSet;

use service::sign_in::error::Code;

const PAGE: &str = include_str!("../../../../docs/refusals.md");

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
<<<<<<< OURS
fn every_row_says_what_it_means_what_causes_it_and_how_to_fix_it() {

||||||| BASE
< < < < < < < < < Temporary merge branch 1 fn every_row_has_a_meaning_a_cause_and_a_fix ( ) { == == == == = fn every_row_says_what_it_means_what_causes_it_and_how_to_fix_it ( ) { > > > > > > > > > Temporary merge branch 2
=======
fn every_row_has_a_meaning_a_cause_and_a_fix() {

>>>>>>> THEIRS
for row in rows() {
        assert!(
            row.len() == 4 && row.iter().all(|cell| !cell.is_empty()),
            "{row:?}"
        );
    }
}

<<<<<<< OURS
/// The cells of each row that begins with one code.
||||||| BASE
< < < < < < < < < Temporary merge branch 1 # [ test ] fn every_type_that_provides_codes_is_listed ( ) { let asked : usize = VOCABULARIES . into_iter ( ) . map ( | vocabulary | body ( vocabulary ) . matches ( ".code()" ) . count ( ) ) . sum ( ) ; // `Refusal` is the one whom no other asks.
 assert_eq ! ( asked + 1 , VOCABULARIES . len ( ) ) ; } /// The cells of each row that starts with an error code.
 == == == == = /// The cells of each row that begins with one code.
 > > > > > > > > > Temporary merge branch 2
=======
/// The cells of each row that starts with an error code.
>>>>>>> THEIRS
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
