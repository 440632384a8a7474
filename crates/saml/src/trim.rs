//! White space and invisible characters at the edges of values.

use crate::paste::is_invisible;

/// The value without white space, invisible characters and control characters around it.
///
/// Values of `xs:anyURI` collapse white space, and copying adds characters that no one sees.
pub fn trim_edges(text: &str) -> &str {
    text.trim_matches(is_edge)
}

fn is_edge(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_invisible(character)
}

/// Whether a name or URI has white space, or a character that no one sees.
pub fn has_blank_or_invisible(text: &str) -> bool {
    text.chars().any(is_edge)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn edges_are_trimmed(
        #[values(
            " a ",
            "\u{feff}a",
            "a\u{200b}",
            "\u{a0}a\n",
            "\t\u{200e} a \u{ad}",
            "a\0"
        )]
        text: &str,
    ) {
        assert_eq!(trim_edges(text), "a");
    }

    #[test]
    fn the_middle_stays() {
        assert_eq!(trim_edges(" a\u{200b} b "), "a\u{200b} b");
        assert!(has_blank_or_invisible("a\u{200b}b"));
        assert!(!has_blank_or_invisible("a/b"));
    }
}
