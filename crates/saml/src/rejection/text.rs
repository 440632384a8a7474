//! Shortens text from messages so that it can be stored and shown.

/// In characters.
const MAX_TEXT_LENGTH: usize = 300;
const MAX_TEXTS: usize = 16;

/// A longer text ends with an ellipsis.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT_LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The first texts of a list, each shortened; a longer list ends with an ellipsis.
pub(crate) fn shorten_all<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut texts = texts.into_iter();
    let mut list: Vec<_> = texts.by_ref().take(MAX_TEXTS).map(shorten).collect();
    if texts.next().is_some() {
        list.push("…".to_owned());
    }
    list
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::length_299(299, 299)]
    #[case::length_300(300, 300)]
    #[case::length_301(301, 301)]
    #[case::length_100000(100_000, 301)]
    fn a_text_is_cut_after_300_characters(#[case] length: usize, #[case] expected: usize) {
        assert_eq!(shorten(&"ä".repeat(length)).chars().count(), expected);
    }

    #[test]
    fn a_cut_text_ends_with_an_ellipsis() {
        assert!(shorten(&"ä".repeat(301)).ends_with("ä…"));
    }

    #[test]
    fn a_list_is_cut_after_16_texts() {
        assert_eq!(shorten_all(["a"; 16]).len(), 16);
        let long = shorten_all(["a"; 1600]);
        assert_eq!(long.len(), 17);
        assert_eq!(long.last().map(String::as_str), Some("…"));
    }
}
