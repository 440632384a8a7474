//! Instants and spans in whole seconds, which both engines keep as `BIGINT`.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// An instant: whole seconds since 1970-01-01T00:00:00Z.
///
/// The store never asks a clock: the instant is always an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(pub i64);

/// A span of whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seconds(pub i64);

impl Add<Seconds> for UnixTime {
    type Output = Self;

    /// Stops at the end of time rather than wrapping round.
    fn add(self, span: Seconds) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Seconds> for UnixTime {
    type Output = Self;

    /// Stops at the beginning of time rather than wrapping round.
    fn sub(self, span: Seconds) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}
