//! Attempts to sign in, for those who have to find out why one failed.

use crate::{AttemptId, ConnectionId, MemberId, OrganizationId, Outcome, PendingId, UnixTime};

/// One try to sign in, with every check that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its identifier, which the person is shown.
    pub id: AttemptId,
    /// The organization.
    pub organization: OrganizationId,
    /// The connection; it may have been deleted since.
    pub connection: ConnectionId,
    /// The sign-in that it answered, when it answered one.
    pub request: Option<PendingId>,
    /// When it began.
    pub started_at: UnixTime,
    /// When it ended.
    pub finished_at: Option<UnixTime>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Why it was refused: the stable code.
    pub code: Option<String>,
    /// Who was signed in.
    pub member: Option<MemberId>,
    /// The checks, as JSON of the server's own.
    pub checks: String,
}
