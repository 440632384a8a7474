//! Positions in a document, which is shorter than 4 GiB.

use std::ops::Range;

/// A range of positions, half as large as a `Range<usize>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) fn new(range: Range<usize>) -> Self {
        Self {
            start: to_position(range.start),
            end: to_position(range.end),
        }
    }

    pub(super) fn range(self) -> Range<usize> {
        to_index(self.start)..to_index(self.end)
    }

    pub(super) fn len(self) -> usize {
        to_index(self.end.saturating_sub(self.start))
    }

    pub(super) fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// The parser rejects a text that is too long for this.
pub(super) fn to_position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

pub(super) fn to_index(position: u32) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The sum of lengths, each at most that of a document.
pub(super) fn sum<const N: usize>(lengths: [usize; N]) -> usize {
    lengths.into_iter().fold(0, usize::saturating_add)
}
