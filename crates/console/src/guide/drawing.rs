//! A drawing of a form in the other product: our own, made from data.
//!
//! It says where to look, and does not pretend to be that product. All colours come from the page.

use askama::Template;

use super::card::{Drawing, Field, Kind, State};
use super::context::Words;

/// How many letters a line holds at the size in which labels are drawn.
const LABEL: usize = 52;
/// How many letters of a fixed width a box holds.
const VALUE: usize = 46;
/// Heights, in the units of the drawing.
const HEAD: usize = 68;
const LINE: usize = 18;
const FRAME: usize = 32;
const GAP: usize = 12;
const BUTTON: usize = 46;

/// A drawing, laid out: a template that writes an `svg` element.
#[derive(Clone, Debug, Template)]
#[template(path = "guide/drawing.html")]
pub struct Sheet {
    title: String,
    description: String,
    window: String,
    path: String,
    rows: Vec<Row>,
    button: Option<Button>,
    height: usize,
}

/// Something on the form, with its place.
#[derive(Clone, Debug)]
struct Row {
    top: usize,
    lines: Vec<Line>,
    kind: Kind,
    holds: String,
    /// Where the box begins.
    frame: usize,
    height: usize,
    is_marked: bool,
}

#[derive(Clone, Debug)]
struct Line {
    baseline: usize,
    words: String,
}

#[derive(Clone, Debug)]
struct Button {
    top: usize,
    label: &'static str,
}

impl Sheet {
    /// Lays a drawing out with a connection's values in it.
    pub(super) fn of(drawing: &'static Drawing, product: &str, words: &Words<'_>) -> Self {
        let mut rows = Vec::new();
        let mut top = HEAD;
        for field in &drawing.fields {
            let row = Row::of(field, words, top);
            top += row.height + GAP;
            rows.push(row);
        }
        let button = drawing.button.as_deref();
        let button = button.map(|label| Button { top, label });
        let height = top + button.as_ref().map_or(0, |_| BUTTON);
        Self {
            title: words
                .text
                .format("guide-drawing", &[("product", product.into())]),
            description: describe(drawing, words),
            window: product.to_owned(),
            path: shorten(&drawing.path.join(" › "), LABEL),
            rows,
            button,
            height,
        }
    }
}

impl Row {
    fn of(field: &'static Field, words: &Words<'_>, top: usize) -> Self {
        let lines = wrap(&field.label, LABEL);
        let lines: Vec<Line> = lines
            .into_iter()
            .enumerate()
            .map(|(number, words)| Line {
                baseline: top + 14 + number * LINE,
                words,
            })
            .collect();
        let label_height = lines.len() * LINE + 2;
        let frame = top + label_height;
        let has_frame = field.kind == Kind::Box;
        Self {
            top,
            lines,
            kind: field.kind,
            holds: shorten(&held(field, words), VALUE),
            frame,
            height: label_height + if has_frame { FRAME } else { 0 },
            is_marked: field.state == State::Marked,
        }
    }

    /// Where labels begin: behind the little box that holds a tick.
    fn indent(&self) -> usize {
        match self.kind {
            Kind::Box | Kind::Link => 24,
            Kind::Ticked | Kind::Unticked | Kind::Chosen => 46,
        }
    }

    fn is_box(&self) -> bool {
        self.kind == Kind::Box
    }

    fn is_link(&self) -> bool {
        self.kind == Kind::Link
    }

    fn has_tick(&self) -> bool {
        self.kind == Kind::Ticked
    }

    fn is_choice(&self) -> bool {
        self.kind == Kind::Chosen
    }

    fn can_be_ticked(&self) -> bool {
        matches!(self.kind, Kind::Ticked | Kind::Unticked)
    }

    /// Where the arrow points to.
    fn middle(&self) -> usize {
        if self.is_box() {
            self.frame + FRAME / 2
        } else {
            self.top + LINE / 2 + 1
        }
    }
}

/// What stands in a field.
pub(super) fn held(field: &Field, words: &Words<'_>) -> String {
    let ours = field.value.and_then(|value| words.values.read(value));
    ours.or_else(|| field.text.clone()).unwrap_or_default()
}

/// What somebody hears who does not see the drawing.
fn describe(drawing: &Drawing, words: &Words<'_>) -> String {
    let sentence = |field: &Field| {
        let holds = held(field, words);
        let key = match field.kind {
            Kind::Box if holds.is_empty() => "guide-drawing-empty",
            Kind::Box => "guide-drawing-holds",
            Kind::Ticked => "guide-drawing-ticked",
            Kind::Unticked => "guide-drawing-unticked",
            Kind::Chosen => "guide-drawing-chosen",
            Kind::Link => "guide-drawing-link",
        };
        let label = field.label.as_str();
        words
            .text
            .format(key, &[("label", label.into()), ("holds", holds.into())])
    };
    let sentences: Vec<String> = drawing.fields.iter().map(sentence).collect();
    sentences.join(" ")
}

/// Leaves out the middle of what is too long: addresses differ at their ends.
fn shorten(text: &str, most: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= most {
        return text.to_owned();
    }
    let tail = most / 3;
    let head = most - tail - 1;
    let begins = letters.iter().take(head);
    let ends = letters.iter().skip(letters.len() - tail);
    begins.chain(&['…']).chain(ends).collect()
}

/// Breaks a label into lines between words; a word that is longer than a line is shortened.
fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = shorten(word, most);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[test]
fn what_is_too_long_keeps_its_ends() {
    assert_eq!(shorten("short", 10), "short");
    assert_eq!(
        shorten("https://auth.example.com/saml/con-abcdefgh/acs", 20),
        "https://auth.…gh/acs"
    );
    assert_eq!(shorten("ééééééé", 4), "éé…é");
    assert_eq!(wrap("one two three", 7), ["one two", "three"]);
    assert_eq!(wrap("", 7), [""; 0]);
}
