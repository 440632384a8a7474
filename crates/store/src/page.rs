//! Lists are read a page at a time.

use crate::engine::Value;

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The id of the last entry of the page before; `None` is the first page.
    pub after: Option<String>,
    /// How many entries at most.
    pub size: u32,
}

impl Page {
    /// The first `size` entries.
    pub fn first(size: u32) -> Self {
        Self { after: None, size }
    }

    pub(crate) fn limit(&self) -> Value<'static> {
        i64::from(self.size).into()
    }
}
