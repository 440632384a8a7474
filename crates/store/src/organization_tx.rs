//! One organization's rows.

use crate::{OrganizationId, Tx};

/// One organization's rows, inside one transaction.
///
/// Members, connections, domains and attempts are only reachable from here, so every statement filters by the
/// organization. An ID of another organization is not found.
pub struct OrganizationTx<'t> {
    pub(crate) tx: &'t mut Tx,
    pub(crate) id: &'t OrganizationId,
}

impl<'t> OrganizationTx<'t> {
    pub(crate) fn new(tx: &'t mut Tx, id: &'t OrganizationId) -> Self {
        Self { tx, id }
    }
}
