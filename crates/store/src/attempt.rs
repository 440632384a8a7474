//! Sign-in attempts, which show why a sign-in failed.

use jiff::Timestamp;

use crate::engine::Row;
use crate::query::Query;
use crate::{
    AttemptId, AttemptKind, AttemptOutcome, ConnectionId, MemberId, OrganizationId, OrganizationTx,
    Page, PendingSignInId, SealedText, StoreError,
};

/// A sign-in attempt with every check that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Shown to the member as the reference ID.
    pub id: AttemptId,
    pub organization: OrganizationId,
    /// May have been deleted since.
    pub connection: ConnectionId,
    pub kind: AttemptKind,
    /// The sign-in that the response completed or failed; `None` for an unsolicited response.
    pub pending_sign_in: Option<PendingSignInId>,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub outcome: Option<AttemptOutcome>,
    /// The error code.
    pub code: Option<String>,
    pub member: Option<MemberId>,
    /// JSON in the server's own format.
    pub checks: String,
    /// The result of a test sign-in, until `test_result_until`.
    pub test_result: Option<SealedText>,
    pub test_result_until: Option<Timestamp>,
    /// Who started a test sign-in.
    pub tested_by: Option<String>,
    /// The name or address in the response, which may be unverified. Removed with the messages.
    pub user: Option<String>,
}

/// The SAML messages of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptMessages {
    pub sealed: SealedText,
    /// The name or address in the response, which may be unverified.
    pub user: Option<String>,
    /// [`Tx::purge_batch`](crate::Tx::purge_batch) removes the messages and the user at this time.
    pub until: Timestamp,
}

/// Which attempts to list; `None` matches every attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptFilter {
    pub outcome: Option<AttemptOutcome>,
    /// The error code.
    pub code: Option<String>,
    pub connection: Option<ConnectionId>,
    pub member: Option<MemberId>,
    /// The user of the attempt, or the email address of its member; in lower case.
    pub user: Option<String>,
    /// Started at this time or later.
    pub since: Option<Timestamp>,
    /// Started before this time.
    pub before: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "id, organization_id, connection_id, kind, pending_sign_in_id, started_at, finished_at, outcome, code,
         member_id, checks, test_result, test_result_until, tested_by, user_name"
    };
}

impl Attempt {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parsed("id")?,
            organization: row.parsed("organization_id")?,
            connection: row.parsed("connection_id")?,
            kind: row.parsed("kind")?,
            pending_sign_in: row.maybe_parsed("pending_sign_in_id")?,
            started_at: row.time("started_at")?,
            finished_at: row.maybe_time("finished_at")?,
            outcome: row.maybe_parsed("outcome")?,
            code: row.maybe_text("code")?,
            member: row.maybe_parsed("member_id")?,
            checks: row.text("checks")?,
            test_result: row.maybe_text("test_result")?.map(SealedText::new),
            test_result_until: row.maybe_time("test_result_until")?,
            tested_by: row.maybe_text("tested_by")?,
            user: row.maybe_text("user_name")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// Ignores `attempt.organization`: the attempt is added to this organization.
    pub async fn add_attempt(&mut self, attempt: &Attempt) -> Result<(), StoreError> {
        self.tx
            .execute(
                "INSERT INTO attempt (organization_id, id, connection_id, pending_sign_in_id, started_at, finished_at,
                                      outcome, code, member_id, checks, kind, test_result, test_result_until, tested_by,
                                      user_name)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                &[
                    self.id.into(),
                    (&attempt.id).into(),
                    (&attempt.connection).into(),
                    attempt.pending_sign_in.as_ref().into(),
                    attempt.started_at.into(),
                    attempt.finished_at.into(),
                    attempt.outcome.map(AttemptOutcome::as_str).into(),
                    (&attempt.code).into(),
                    attempt.member.as_ref().into(),
                    (&attempt.checks).into(),
                    attempt.kind.as_str().into(),
                    attempt.test_result.as_ref().into(),
                    attempt.test_result_until.into(),
                    (&attempt.tested_by).into(),
                    (&attempt.user).into(),
                ],
            )
            .await
            .map(drop)
    }

    /// Newest first.
    pub async fn attempts(
        &mut self,
        filter: &AttemptFilter,
        page: &Page,
    ) -> Result<Vec<Attempt>, StoreError> {
        let mut query = Query::new(concat!("SELECT ", columns!(), " FROM "));
        if let Some(user) = &filter.user {
            // SQLite reads the tables of a cross join in their order; else it would look at every attempt. Two subqueries,
            // so that each uses its index.
            query
                .push("(SELECT id AS found_id FROM attempt WHERE user_name IS NOT NULL AND organization_id = ")
                .bind(self.id)
                .push_if(" AND lower(user_name) = ", Some(user))
                .push(" UNION SELECT attempt.id FROM member CROSS JOIN attempt WHERE member.organization_id = ")
                .bind(self.id)
                .push_if(" AND lower(member.email) = ", Some(user))
                .push_if(" AND attempt.organization_id = ", Some(self.id))
                .push(" AND attempt.member_id = member.id) AS found CROSS JOIN attempt")
                .push_if(" WHERE id = found_id AND organization_id = ", Some(self.id));
        } else {
            query.push("attempt WHERE organization_id = ").bind(self.id);
        }
        if let Some(after) = &page.after {
            query
                .push(" AND (started_at, id) < (SELECT started_at, id FROM attempt WHERE organization_id = ")
                .bind(self.id)
                .push_if(" AND id = ", Some(after))
                .push(")");
        }
        query
            .push_if(
                " AND outcome = ",
                filter.outcome.map(AttemptOutcome::as_str),
            )
            .push_if(" AND code = ", filter.code.as_deref())
            .push_if(" AND connection_id = ", filter.connection.as_ref())
            .push_if(
                " AND member_id IS NOT NULL AND member_id = ",
                filter.member.as_ref(),
            )
            .push_if(" AND started_at >= ", filter.since)
            .push_if(" AND started_at < ", filter.before);
        query.push(" ORDER BY started_at DESC, id DESC").limit(page);
        self.tx.fetch_query(&query, Attempt::from_row).await
    }

    /// Stores the messages of an attempt; `false` when the attempt does not exist.
    pub async fn insert_messages(
        &mut self,
        id: &AttemptId,
        messages: &AttemptMessages,
    ) -> Result<bool, StoreError> {
        let changed = self
            .tx
            .execute(
                "UPDATE attempt SET messages = $3, user_name = $4, messages_until = $5
                  WHERE organization_id = $1 AND id = $2",
                &[
                    self.id.into(),
                    id.into(),
                    (&messages.sealed).into(),
                    (&messages.user).into(),
                    messages.until.into(),
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    /// The messages of an attempt, until they expire.
    pub async fn messages(
        &mut self,
        id: &AttemptId,
        now: Timestamp,
    ) -> Result<Option<SealedText>, StoreError> {
        self.tx
            .fetch_optional(
                "SELECT messages FROM attempt
                  WHERE organization_id = $1 AND id = $2 AND messages IS NOT NULL AND messages_until > $3",
                &[self.id.into(), id.into(), now.into()],
                |row| row.text("messages").map(SealedText::new),
            )
            .await
    }

    /// The accepted attempts of a member since then, newest first.
    pub async fn accepted_attempts_of(
        &mut self,
        member: &MemberId,
        since: Timestamp,
    ) -> Result<Vec<Attempt>, StoreError> {
        self.tx
            .fetch_all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM attempt
                      WHERE organization_id = $1 AND member_id = $2 AND started_at >= $3
                        AND outcome = 'accepted'
                      ORDER BY started_at DESC, id DESC"
                ),
                &[self.id.into(), member.into(), since.into()],
                Attempt::from_row,
            )
            .await
    }

    pub async fn attempt(&mut self, id: &AttemptId) -> Result<Option<Attempt>, StoreError> {
        self.tx
            .fetch_optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM attempt WHERE organization_id = $1 AND id = $2"
                ),
                &[self.id.into(), id.into()],
                Attempt::from_row,
            )
            .await
    }
}
