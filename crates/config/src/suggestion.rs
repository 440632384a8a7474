//! Suggestions for misspelled names.

/// No known name is as long. Comparing takes time for each octet.
const MAX_NAME_LENGTH: usize = 256;

/// The known name that is nearest to the misspelled one, if any is near enough.
pub fn nearest<'k>(misspelled: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if misspelled.len() > MAX_NAME_LENGTH {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::missing_underscore("metadataxml", Some("metadata_xml"))]
    #[case::hyphens("sign-on-url", Some("sign_on_url"))]
    #[case::swapped_letters("nmae", Some("name"))]
    #[case::plural("names", Some("name"))]
    #[case::unrelated("favorite_color", None)]
    fn a_typo_finds_its_name_and_an_unrelated_word_finds_none(
        #[case] word: &str,
        #[case] expected: Option<&str>,
    ) {
        let known = ["name", "slug", "plan", "metadata_xml", "sign_on_url"];
        assert_eq!(nearest(word, known), expected);
    }
}
