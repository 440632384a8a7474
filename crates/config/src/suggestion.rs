//! Suggestions for misspelled names.

/// The known name that is nearest to the misspelled one, if any is near enough.
pub fn nearest<'k>(misspelled: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let misspelled = misspelled.to_ascii_lowercase().replace('-', "_");
    known
        .into_iter()
        .map(|name| {
            (
                strsim::levenshtein(&misspelled, &name.replace('-', "_")),
                name,
            )
        })
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
    assert_eq!(nearest("favorite_color", known), None);
}
