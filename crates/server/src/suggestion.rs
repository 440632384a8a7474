//! The known name that somebody probably meant.

/// The name among `known` that is nearest to what was `written`, when one is near enough to be meant.
pub(crate) fn nearest<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let written = written.to_ascii_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|name| (distance(&written, &name.replace('-', "_")), name))
        .filter(|(distance, name)| *distance <= (name.len() / 2).min(4))
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein's distance in bytes: one for each byte put in, taken out or replaced.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, left) in one.bytes().enumerate() {
        let mut diagonal = above;
        let mut before = above + 1;
        for (column, right) in other.bytes().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[column + 1];
            let best = replaced.min(before + 1).min(diagonal + 1);
            row[column] = before;
            before = best;
        }
        row[other.len()] = before;
    }
    row[other.len()]
}

#[test]
fn a_slip_of_the_finger_finds_its_name_and_a_stranger_does_not() {
    let known = ["name", "slug", "plan", "metadata_xml", "sign_on_url"];
    assert_eq!(nearest("metadataxml", known), Some("metadata_xml"));
    assert_eq!(nearest("sign-on-url", known), Some("sign_on_url"));
    assert_eq!(nearest("nmae", known), Some("name"));
    assert_eq!(nearest("names", known), Some("name"));
    assert_eq!(nearest("favourite_colour", known), None);
    assert_eq!(distance("kitten", "sitting"), 3);
}
