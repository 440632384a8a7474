use std::fmt;

/// The header in which a trusted proxy names its client.
///
/// There is no detection: a client could send the header that the proxy does not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForwardedHeader {
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

impl ForwardedHeader {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let all = [Self::XForwardedFor, Self::Forwarded];
        all.into_iter()
            .find(|header| header.as_str().eq_ignore_ascii_case(text))
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::XForwardedFor => "X-Forwarded-For",
            Self::Forwarded => "Forwarded",
        }
    }
}

impl fmt::Display for ForwardedHeader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
