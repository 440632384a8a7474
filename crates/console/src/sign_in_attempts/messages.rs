//! A message, written out for a page.

use saml::{OutlineLine, OutlineSpan, SignedPart, outline};

/// Whether what a message says of a person is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Personal {
    /// It is left out of the page altogether.
    Hidden,
    /// Somebody has asked for it.
    Shown,
}

/// A line of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineView {
    /// The white space before it.
    pub indent: String,
    /// The class that marks the signed part to which it belongs.
    pub class: &'static str,
    /// What stands on it; a piece without words is hidden.
    pub pieces: Vec<Option<String>>,
}

/// Writes a message out; nothing when it is no XML that is read here.
pub(super) fn lines(message: &str, personal: Personal) -> Option<Vec<LineView>> {
    let lines = outline(message)?;
    Some(lines.into_iter().map(|one| line(one, personal)).collect())
}

fn line(line: OutlineLine, personal: Personal) -> LineView {
    let piece = |piece: OutlineSpan| match piece {
        OutlineSpan::Plain(words) | OutlineSpan::Long(words) => Some(words),
        OutlineSpan::Personal(words) => (personal == Personal::Shown).then_some(words),
    };
    LineView {
        indent: "  ".repeat(line.depth),
        class: match line.part {
            Some(SignedPart::Response) => "signed-response",
            Some(SignedPart::Assertion) => "signed-assertion",
            None => "",
        },
        pieces: line.pieces.into_iter().map(piece).collect(),
    }
}

#[test]
fn what_is_personal_is_not_on_the_page_until_it_is_asked_for() {
    let message = "<a:Assertion xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\"><a:Subject><a:NameID>ada@example.com</a:NameID></a:Subject></a:Assertion>";
    let hidden = lines(message, Personal::Hidden).unwrap();
    assert!(!format!("{hidden:?}").contains("ada@example.com"));
    assert!(hidden.iter().any(|line| line.pieces.contains(&None)));
    let shown = lines(message, Personal::Shown).unwrap();
    assert!(format!("{shown:?}").contains("ada@example.com"));
    assert_eq!(lines("no XML", Personal::Hidden), None);
}
