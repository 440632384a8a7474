//! The SAML messages of an attempt, line by line.

use saml::{OutlineLine, OutlineSpan, SignedPart, outline};

/// Whether a page shows the personal data in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PersonalData {
    /// The page does not contain it.
    Hidden,
    /// The administrator has revealed it.
    Shown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MessageLine {
    pub indent: String,
    /// The class that marks the signed element around the line.
    pub class: &'static str,
    /// The text of the line; `None` stands for hidden personal data.
    pub pieces: Vec<Option<String>>,
}

/// The lines of a message; `None` when it is not the XML of a SAML message.
pub(super) fn message_lines(
    message: &str,
    personal_data: PersonalData,
) -> Option<Vec<MessageLine>> {
    let lines = outline(message)?.into_iter();
    Some(
        lines
            .map(|line| MessageLine::new(line, personal_data))
            .collect(),
    )
}

impl MessageLine {
    fn new(line: OutlineLine, personal_data: PersonalData) -> Self {
        let piece = |piece: OutlineSpan| match piece {
            OutlineSpan::Plain(text) | OutlineSpan::Long(text) => Some(text),
            OutlineSpan::Personal(text) => (personal_data == PersonalData::Shown).then_some(text),
        };
        Self {
            indent: "  ".repeat(line.depth),
            class: match line.part {
                Some(SignedPart::Response) => "signed-response",
                Some(SignedPart::Assertion) => "signed-assertion",
                None => "",
            },
            pieces: line.spans.into_iter().map(piece).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    const MESSAGE: &str = "<a:Assertion xmlns:a=\"urn:oasis:names:tc:SAML:2.0:assertion\"><a:Subject><a:NameID>ada@example.com</a:NameID></a:Subject></a:Assertion>";

    /// The lines as the page shows them.
    fn shown_text(personal_data: PersonalData) -> String {
        let lines = message_lines(MESSAGE, personal_data).unwrap();
        let text = |line: MessageLine| {
            let pieces = line.pieces.into_iter();
            let pieces: String = pieces
                .map(|piece| piece.unwrap_or_else(|| "[hidden]".to_owned()))
                .collect();
            format!("{}{pieces}", line.indent)
        };
        lines.into_iter().map(text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn personal_data_is_on_the_page_only_after_it_is_revealed() {
        assert_snapshot!(shown_text(PersonalData::Hidden), @r#"
        <a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">
          <a:Subject>
            <a:NameID>[hidden]</a:NameID>
          </a:Subject>
        </a:Assertion>
        "#);
        assert_snapshot!(shown_text(PersonalData::Shown), @r#"
        <a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">
          <a:Subject>
            <a:NameID>ada@example.com</a:NameID>
          </a:Subject>
        </a:Assertion>
        "#);
    }

    #[test]
    fn a_text_that_is_not_xml_has_no_lines() {
        assert_eq!(message_lines("no XML", PersonalData::Hidden), None);
    }
}
