/// The limits of a document.
///
/// Each limit bounds work that grows faster than the message: lookups through the open elements, comparisons between
/// attributes, memory per node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of the document in octets.
    pub bytes: usize,
    /// Elements open at the same time.
    pub depth: usize,
    /// Elements in the whole document.
    pub elements: usize,
    /// Attributes and namespace declarations of one element.
    pub attributes: usize,
    /// Namespace declarations in scope at one position, and different namespace names in the whole document.
    pub namespaces: usize,
}

impl Limits {
    /// For a protocol message: ten times the largest known real response.
    pub const MESSAGE: Self = Self {
        bytes: 1 << 20,
        depth: 48,
        elements: 10_000,
        attributes: 64,
        namespaces: 128,
    };

    /// For metadata, which can describe a whole federation.
    pub const METADATA: Self = Self {
        bytes: 16 << 20,
        depth: 64,
        elements: 500_000,
        attributes: 64,
        namespaces: 256,
    };
}
