//! Pagination.

use crate::engine::Value;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The ID of the last entry of the previous page; `None` for the first page.
    pub after: Option<String>,
    pub size: u32,
}

impl Page {
    pub fn first(size: u32) -> Self {
        Self { after: None, size }
    }

    pub(crate) fn limit(&self) -> Value<'static> {
        i64::from(self.size).into()
    }
}
