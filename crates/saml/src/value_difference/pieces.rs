/// A part of a value. Invisible characters of a different part are shown as their code point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuePiece {
    pub text: String,
    pub is_different: bool,
}

/// In characters: of the different middle of two values, which is compared character by character.
const MAX_MIDDLE: usize = 256;

/// Divides both values into equal and different pieces.
pub(super) fn pieces(expected: &str, received: &str) -> (Vec<ValuePiece>, Vec<ValuePiece>) {
    let expected: Vec<char> = expected.chars().collect();
    let received: Vec<char> = received.chars().collect();
    let common = expected
        .iter()
        .zip(&received)
        .take_while(|(one, other)| one == other)
        .count();
    let tail = expected
        .iter()
        .skip(common)
        .rev()
        .zip(received.iter().skip(common).rev())
        .take_while(|(one, other)| one == other)
        .count();
    let middle = |value: &[char]| -> Vec<char> {
        let end = value.len().saturating_sub(tail);
        value.get(common..end).unwrap_or_default().to_vec()
    };
    let (expected_middle, received_middle) = (middle(&expected), middle(&received));
    let (expected_same, received_same) = same_characters(&expected_middle, &received_middle);
    let mark = |value: &[char], same: &[bool]| {
        let is_different = std::iter::repeat_n(false, common)
            .chain(same.iter().map(|same| !same))
            .chain(std::iter::repeat(false));
        join(value.iter().copied().zip(is_different))
    };
    (
        mark(&expected, &expected_same),
        mark(&received, &received_same),
    )
}

/// Which characters of each value are in the longest common subsequence.
fn same_characters(one: &[char], other: &[char]) -> (Vec<bool>, Vec<bool>) {
    let mut same = (vec![false; one.len()], vec![false; other.len()]);
    if one.len() > MAX_MIDDLE || other.len() > MAX_MIDDLE {
        return same;
    }
    // `lengths[i][j]` is the length for the rests of both values from i and j.
    let mut lengths = vec![vec![0_usize; other.len().saturating_add(1)]];
    for character in one.iter().rev() {
        let below = lengths.last().cloned().unwrap_or_default();
        let mut row = vec![0_usize];
        for (column, candidate) in other.iter().enumerate().rev() {
            let right = row.last().copied().unwrap_or_default();
            let down = below.get(column).copied().unwrap_or_default();
            let diagonal = below
                .get(column.saturating_add(1))
                .copied()
                .unwrap_or_default();
            row.push(if character == candidate {
                diagonal.saturating_add(1)
            } else {
                right.max(down)
            });
        }
        row.reverse();
        lengths.push(row);
    }
    lengths.reverse();
    let length = |row: usize, column: usize| {
        let row: Option<&Vec<usize>> = lengths.get(row);
        row.and_then(|row| row.get(column))
            .copied()
            .unwrap_or_default()
    };
    let (mut row, mut column) = (0_usize, 0_usize);
    while let (Some(left), Some(right)) = (one.get(row), other.get(column)) {
        let (next_row, next_column) = (row.saturating_add(1), column.saturating_add(1));
        if left == right {
            mark(&mut same.0, row);
            mark(&mut same.1, column);
            (row, column) = (next_row, next_column);
        } else if length(next_row, column) >= length(row, next_column) {
            row = next_row;
        } else {
            column = next_column;
        }
    }
    same
}

fn mark(same: &mut [bool], position: usize) {
    if let Some(same) = same.get_mut(position) {
        *same = true;
    }
}

fn join(characters: impl Iterator<Item = (char, bool)>) -> Vec<ValuePiece> {
    let mut pieces: Vec<ValuePiece> = Vec::new();
    for (character, is_different) in characters {
        let shown = if is_different {
            visible(character)
        } else {
            character.to_string()
        };
        match pieces.last_mut() {
            Some(piece) if piece.is_different == is_different => piece.text.push_str(&shown),
            _ => pieces.push(ValuePiece {
                text: shown,
                is_different,
            }),
        }
    }
    pieces
}

/// A character that people see: `␠` for a blank, and the code point of what has no width or is not ASCII.
fn visible(character: char) -> String {
    match character {
        ' ' => "␠".to_owned(),
        '\n' => "⏎".to_owned(),
        '\t' => "⇥".to_owned(),
        plain if plain.is_ascii_graphic() => plain.to_string(),
        letter if letter.is_alphanumeric() => {
            format!("{letter}[U+{:04X}]", u32::from(letter))
        }
        other => format!("[U+{:04X}]", u32::from(other)),
    }
}
