use super::{Limits, Namespace, Prefix, XmlFault};

/// The prefix bindings at the parser's position, innermost last.
#[derive(Debug)]
pub(super) struct NamespaceScope<'i> {
    bindings: Vec<(Prefix<'i>, Namespace)>,
    limit: usize,
    /// Changes with the bindings.
    revision: u32,
}

impl<'i> NamespaceScope<'i> {
    pub(super) fn new(limits: &Limits) -> Self {
        let mut bindings = Vec::with_capacity(16);
        bindings.push((Prefix::NONE, Namespace::NONE));
        bindings.push((Prefix::new("xml"), Namespace::XML));
        Self {
            bindings,
            limit: limits.namespaces,
            revision: 0,
        }
    }

    /// The number of bindings, for [`NamespaceScope::close`].
    pub(super) fn mark(&self) -> usize {
        self.bindings.len()
    }

    /// Removes the bindings since the mark.
    pub(super) fn close(&mut self, mark: usize) {
        if mark < self.bindings.len() {
            self.bindings.truncate(mark);
            self.revision = self.revision.wrapping_add(1);
        }
    }

    /// Differs from that of an earlier time if a prefix may have been bound or released since.
    pub(super) fn revision(&self) -> u32 {
        self.revision
    }

    pub(super) fn bind(
        &mut self,
        prefix: Prefix<'i>,
        namespace: Namespace,
    ) -> Result<(), XmlFault> {
        if self.bindings.len() >= self.limit {
            return Err(XmlFault::TooManyNamespaces);
        }
        self.bindings.push((prefix, namespace));
        self.revision = self.revision.wrapping_add(1);
        Ok(())
    }

    /// The empty prefix is the default namespace.
    pub(super) fn resolve(&self, prefix: Prefix<'_>) -> Option<Namespace> {
        self.bindings
            .iter()
            .rev()
            .find(|(bound, _)| *bound == prefix)
            .map(|&(_, namespace)| namespace)
    }
}
