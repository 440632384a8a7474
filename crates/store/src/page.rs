//! Pagination.

use crate::engine::Value;
use crate::{OrganizationId, StoreError, Tx};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The ID of the last entry of the previous page; `None` for the first page. After an ID that is not in the list,
    /// the page is empty: see [`Tx::is_listed`].
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

/// A list that is read in pages.
#[derive(Clone, Copy, Debug)]
pub enum PagedList<'l> {
    Organizations,
    Applications,
    ApiKeys,
    /// The audit log of the whole deployment.
    AuditLog,
    AuditLogOf(&'l OrganizationId),
    MembersOf(&'l OrganizationId),
    AttemptsOf(&'l OrganizationId),
}

impl Tx {
    /// Whether a list has an entry with this ID, after which a page can start.
    pub async fn is_listed(&mut self, list: PagedList<'_>, id: &str) -> Result<bool, StoreError> {
        let (sql, organization) = match list {
            PagedList::Organizations => {
                ("SELECT id FROM existing_organization WHERE id = $1", None)
            }
            PagedList::Applications => ("SELECT id FROM application WHERE id = $1", None),
            PagedList::ApiKeys => ("SELECT id FROM api_key WHERE id = $1", None),
            PagedList::AuditLog => ("SELECT id FROM audit_entry WHERE id = $1", None),
            PagedList::AuditLogOf(organization) => (
                "SELECT id FROM audit_entry WHERE id = $1 AND organization_id = $2",
                Some(organization),
            ),
            PagedList::MembersOf(organization) => (
                "SELECT id FROM member WHERE id = $1 AND organization_id = $2",
                Some(organization),
            ),
            PagedList::AttemptsOf(organization) => (
                "SELECT id FROM attempt WHERE id = $1 AND organization_id = $2",
                Some(organization),
            ),
        };
        let mut values = vec![Value::from(id)];
        values.extend(organization.map(Value::from));
        let found = self.fetch_optional(sql, &values, |row| row.text("id"));
        Ok(found.await?.is_some())
    }
}
