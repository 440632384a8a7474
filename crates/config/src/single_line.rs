//! The rule for names and other texts that people read on one line.

/// Why a text is not a single line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineDefect {
    /// It has no visible character.
    Blank,
    /// It contains a control character or a line break, which a terminal interprets, or a bidirectional control, which
    /// shows the characters in another order.
    Control,
}

/// Checks that a text is a single line that looks as it is stored.
pub fn check(text: &str) -> Result<(), LineDefect> {
    if text.chars().any(is_control) {
        return Err(LineDefect::Control);
    }
    if text.chars().all(is_invisible) {
        return Err(LineDefect::Blank);
    }
    Ok(())
}

/// Control characters, line and paragraph separators, and the characters of Unicode's property `Bidi_Control`.
pub const fn is_control(character: char) -> bool {
    matches!(
        character,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// White space, and characters without a width.
fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{2800}' | '\u{3164}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    fn names_of_every_language_are_single_lines(
        #[values(
            "Acme",
            "Test & Söhne",
            "北京",
            "شركة",
            "חברה",
            "👩\u{200d}💻 Ltd.",
            "a b"
        )]
        text: &str,
    ) {
        assert_eq!(check(text), Ok(()));
    }

    #[rstest]
    #[case::line_break("Acme\nAdmin")]
    #[case::tab("Acme\tAdmin")]
    #[case::nul("Acme\0")]
    #[case::escape("\u{1b}[31mAcme")]
    #[case::next_line("Acme\u{85}")]
    #[case::line_separator("Acme\u{2028}")]
    #[case::right_to_left_override("Acme\u{202e}emcA")]
    #[case::isolate("\u{2066}Acme\u{2069}")]
    #[case::right_to_left_mark("Acme\u{200f}")]
    fn control_characters_are_found(#[case] text: &str) {
        assert_eq!(check(text), Err(LineDefect::Control));
    }

    #[rstest]
    #[case::empty("")]
    #[case::spaces("   ")]
    #[case::no_break_space("\u{a0}")]
    #[case::zero_width("\u{200b}\u{feff}")]
    fn blank_texts_are_found(#[case] text: &str) {
        assert_eq!(check(text), Err(LineDefect::Blank));
    }
}
