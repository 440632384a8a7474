use serde::{Deserialize, Serialize};

/// An instant, in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The instant this many seconds later; it stops at the end of time instead of wrapping.
    #[must_use]
    pub const fn after(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The instant this many seconds earlier.
    #[must_use]
    pub const fn before(self, seconds: i64) -> Self {
        Self(self.0.saturating_sub(seconds))
    }
}
