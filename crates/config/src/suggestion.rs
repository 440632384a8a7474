//! The known name that a mistyped name probably means.

/// The name among `known` that is nearest to what was `written`, when one is near enough to be meant.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let written = written.to_ascii_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|name| (strsim::levenshtein(&written, &name.replace('-', "_")), name))
        .filter(|(distance, name)| *distance <= (name.len() / 2).min(4))
        .min()
        .map(|(_, name)| name)
}

#[test]
fn a_typo_finds_its_name_and_an_unrelated_word_finds_none() {
    let known = ["name", "slug", "plan", "metadata_xml", "sign_on_url"];
    assert_eq!(nearest("metadataxml", known), Some("metadata_xml"));
    assert_eq!(nearest("sign-on-url", known), Some("sign_on_url"));
    assert_eq!(nearest("nmae", known), Some("name"));
    assert_eq!(nearest("names", known), Some("name"));
    assert_eq!(nearest("favourite_colour", known), None);
}
