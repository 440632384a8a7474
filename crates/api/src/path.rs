//! The path parameters that several resources share.

use serde::Deserialize;
use service::connection::ConnectionRef;
use service::member::MemberRef;
use utoipa::IntoParams;

/// The connection that a path names.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct ConnectionPath {
    /// The organization ID or slug.
    organization: String,
    /// The connection ID.
    connection: String,
}

impl ConnectionPath {
    pub(super) fn connection_ref(&self) -> ConnectionRef<'_> {
        ConnectionRef::InOrganization(&self.organization, &self.connection)
    }
}

/// The member that a path names.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct MemberPath {
    /// The organization ID or slug.
    organization: String,
    /// The member ID.
    member: String,
}

impl MemberPath {
    pub(super) fn member_ref(&self) -> MemberRef<'_> {
        MemberRef::new(&self.organization, &self.member)
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct VersionPath {
    /// The version number.
    pub(super) version: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct SetupLinkPath {
    /// The setup link ID.
    pub(super) setup_link: String,
}
