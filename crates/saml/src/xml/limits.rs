/// How much a document may hold before reading it stops with an error of its own.
///
/// Each limit bounds work that grows faster than the message: lookups through the open elements, comparisons of
/// attributes with each other, memory per node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Octets of the document.
    pub bytes: usize,
    /// Elements that are open at the same time.
    pub depth: usize,
    /// Elements in the whole document.
    pub elements: usize,
    /// Attributes and namespace declarations of one element.
    pub attributes: usize,
    /// Namespace declarations in scope at one place, and different namespace names in the whole document.
    pub namespaces: usize,
}

impl Limits {
    /// For a protocol message: ten times what the largest real response of any listed identity provider holds.
    pub const MESSAGE: Self = Self {
        bytes: 1 << 20,
        depth: 48,
        elements: 10_000,
        attributes: 64,
        namespaces: 128,
    };

    /// For metadata, which may describe a whole federation.
    pub const METADATA: Self = Self {
        bytes: 16 << 20,
        depth: 64,
        elements: 500_000,
        attributes: 64,
        namespaces: 256,
    };
}
