//! Text with emphasized labels and code.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence(pub Vec<Span>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Text(String),
    /// A label of the product's page.
    Label(String),
    /// Text to type or to recognize exactly.
    Code(String),
}

impl Sentence {
    /// Parses `**label**` and `` `code` ``. Marks without an end are kept as text.
    pub fn parse(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut rest = text;
        let mut plain = String::new();
        while let Some(at) = rest.find(['*', '`']) {
            let (before, here) = rest.split_at(at);
            plain.push_str(before);
            let mark = if here.starts_with("**") {
                "**"
            } else {
                &here[..1]
            };
            let inner = here[mark.len()..].split_once(mark);
            match (mark, inner) {
                ("**" | "`", Some((inner, after))) => {
                    push_text(&mut spans, &mut plain);
                    spans.push(match mark {
                        "`" => Span::Code(inner.to_owned()),
                        _ => Span::Label(inner.to_owned()),
                    });
                    rest = after;
                }
                _ => {
                    plain.push_str(mark);
                    rest = &here[mark.len()..];
                }
            }
        }
        plain.push_str(rest);
        push_text(&mut spans, &mut plain);
        Self(spans)
    }
}

/// Plain text: code stands between backticks, and a label is not emphasized.
impl fmt::Display for Sentence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| match span {
            Span::Text(text) | Span::Label(text) => formatter.write_str(text),
            Span::Code(text) => write!(formatter, "`{text}`"),
        })
    }
}

fn push_text(spans: &mut Vec<Span>, plain: &mut String) {
    if !plain.is_empty() {
        spans.push(Span::Text(std::mem::take(plain)));
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn text(text: &str) -> Span {
        Span::Text(text.to_owned())
    }

    fn label(text: &str) -> Span {
        Span::Label(text.to_owned())
    }

    fn code(text: &str) -> Span {
        Span::Code(text.to_owned())
    }

    #[rstest]
    #[case::empty("", &[])]
    #[case::one_label("Press **Save**.", &[text("Press "), label("Save"), text(".")])]
    #[case::two_labels("**A** › **B**", &[label("A"), text(" › "), label("B")])]
    #[case::label_in_code("Run `x **y**`", &[text("Run "), code("x **y**")])]
    #[case::unclosed("2 * 3 ** 4 `", &[text("2 * 3 ** 4 `")])]
    fn labels_and_code_are_found(#[case] written: &str, #[case] expected: &[Span]) {
        assert_eq!(Sentence::parse(written).0, expected);
    }

    #[test]
    fn in_plain_text_code_stands_between_backticks() {
        let sentence = Sentence::parse("Set **Audience** to `https://sp`.");
        assert_eq!(sentence.to_string(), "Set Audience to `https://sp`.");
    }
}
