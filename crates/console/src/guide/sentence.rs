//! A sentence in which labels and code stand out.

/// A sentence, in pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence(pub Vec<Span>);

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Words.
    Words(String),
    /// A label, as it stands on the other product's page.
    Label(String),
    /// Something to be typed or recognised letter by letter.
    Code(String),
}

impl Sentence {
    /// Reads `**label**` and `` `code` ``; marks that are not closed stay as they are.
    pub fn read(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut rest = text;
        let mut words = String::new();
        while let Some(at) = rest.find(['*', '`']) {
            let (before, here) = rest.split_at(at);
            words.push_str(before);
            let mark = if here.starts_with("**") {
                "**"
            } else {
                &here[..1]
            };
            let inner = here[mark.len()..].split_once(mark);
            match (mark, inner) {
                ("**" | "`", Some((inner, after))) => {
                    push_words(&mut spans, &mut words);
                    spans.push(match mark {
                        "`" => Span::Code(inner.to_owned()),
                        _ => Span::Label(inner.to_owned()),
                    });
                    rest = after;
                }
                _ => {
                    words.push_str(mark);
                    rest = &here[mark.len()..];
                }
            }
        }
        words.push_str(rest);
        push_words(&mut spans, &mut words);
        Self(spans)
    }
}

fn push_words(spans: &mut Vec<Span>, words: &mut String) {
    if !words.is_empty() {
        spans.push(Span::Words(std::mem::take(words)));
    }
}

#[test]
fn labels_and_code_are_found() {
    let words = |text: &str| Span::Words(text.to_owned());
    let label = |text: &str| Span::Label(text.to_owned());
    for (text, expected) in [
        ("", vec![]),
        (
            "Press **Save**.",
            vec![words("Press "), label("Save"), words(".")],
        ),
        ("**A** › **B**", vec![label("A"), words(" › "), label("B")]),
        (
            "Run `x **y**`",
            vec![words("Run "), Span::Code("x **y**".to_owned())],
        ),
        ("2 * 3 ** 4 `", vec![words("2 * 3 ** 4 `")]),
    ] {
        assert_eq!(Sentence::read(text).0, expected, "{text}");
    }
}
