//! Attempts to sign in, for those who have to find out why one failed.

use crate::engine::Row;
use crate::{
    AttemptId, AttemptKind, ConnectionId, MemberId, OrganizationId, Outcome, Page, PendingId,
    Sealed, StoreError, Tenant, UnixTime,
};

/// One try to sign in, with every check that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its identifier, which the person is shown.
    pub id: AttemptId,
    /// The organization.
    pub organization: OrganizationId,
    /// The connection; it may have been deleted since.
    pub connection: ConnectionId,
    /// What it was for.
    pub kind: AttemptKind,
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
    /// What a test has shown, while it is kept.
    pub result: Option<Sealed>,
    /// Until when that is kept.
    pub result_until: Option<UnixTime>,
    /// Who made a test.
    pub tested_by: Option<String>,
    /// What the person seemed to be called, while the messages are kept.
    pub person: Option<String>,
}

/// The messages of an attempt, while they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Messages {
    /// The request and the response.
    pub sealed: Sealed,
    /// What the person seemed to be called.
    pub person: Option<String>,
    /// Until when all of it is kept.
    pub until: UnixTime,
}

/// Which attempts are looked for; what says nothing excludes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptFilter {
    /// How they ended.
    pub outcome: Option<Outcome>,
    /// What the person seemed to be called, or the address of the member who came in; in lower case.
    pub person: Option<String>,
    /// They began then or later.
    pub since: Option<UnixTime>,
    /// They began before.
    pub before: Option<UnixTime>,
}

/// The columns of an attempt.
macro_rules! columns {
    () => {
        "id, organization_id, connection_id, kind, pending_id, started_at, finished_at, outcome, code, member_id, checks,
         result, result_until, tested_by, person"
    };
}

fn read(row: &Row) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        id: row.parsed("id")?,
        organization: row.parsed("organization_id")?,
        connection: row.parsed("connection_id")?,
        kind: row.parsed("kind")?,
        request: row.maybe_parsed("pending_id")?,
        started_at: row.time("started_at")?,
        finished_at: row.maybe_time("finished_at")?,
        outcome: row.maybe_parsed("outcome")?,
        code: row.maybe_text("code")?,
        member: row.maybe_parsed("member_id")?,
        checks: row.text("checks")?,
        result: row.maybe_text("result")?.map(Sealed::new),
        result_until: row.maybe_time("result_until")?,
        tested_by: row.maybe_text("tested_by")?,
        person: row.maybe_text("person")?,
    })
}

impl Tenant<'_> {
    /// Notes an attempt; the `organization` is this one whatever it says.
    pub async fn add_attempt(&mut self, attempt: &Attempt) -> Result<(), StoreError> {
        self.tx
            .execute(
                "INSERT INTO attempt (organization_id, id, connection_id, pending_id, started_at, finished_at,
                                      outcome, code, member_id, checks, kind, result, result_until, tested_by,
                                      person)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
                &[
                    self.id.into(),
                    (&attempt.id).into(),
                    (&attempt.connection).into(),
                    attempt.request.as_ref().into(),
                    attempt.started_at.into(),
                    attempt.finished_at.into(),
                    attempt.outcome.map(Outcome::as_str).into(),
                    (&attempt.code).into(),
                    attempt.member.as_ref().into(),
                    (&attempt.checks).into(),
                    attempt.kind.as_str().into(),
                    attempt.result.as_ref().into(),
                    attempt.result_until.into(),
                    (&attempt.tested_by).into(),
                    (&attempt.person).into(),
                ],
            )
            .await
            .map(drop)
    }

    /// Lists those attempts that fit, newest first.
    pub async fn attempts(
        &mut self,
        filter: &AttemptFilter,
        page: &Page,
    ) -> Result<Vec<Attempt>, StoreError> {
        self.tx
            .all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM attempt
                      WHERE organization_id = $1
                        AND ($2 IS NULL
                             OR (started_at, id) < (SELECT started_at, id FROM attempt
                                                     WHERE organization_id = $1 AND id = $2))
                        AND ($4 IS NULL OR outcome = $4)
                        AND ($5 IS NULL OR lower(person) = $5
                             OR member_id IN (SELECT id FROM member
                                               WHERE organization_id = $1 AND lower(email) = $5))
                        AND ($6 IS NULL OR started_at >= $6)
                        AND ($7 IS NULL OR started_at < $7)
                      ORDER BY started_at DESC, id DESC
                      LIMIT $3"
                ),
                &[
                    self.id.into(),
                    (&page.after).into(),
                    page.limit(),
                    filter.outcome.map(Outcome::as_str).into(),
                    (&filter.person).into(),
                    filter.since.into(),
                    filter.before.into(),
                ],
                read,
            )
            .await
    }

    /// Keeps the messages of an attempt; says whether there is such an attempt.
    pub async fn keep_messages(
        &mut self,
        id: &AttemptId,
        messages: &Messages,
    ) -> Result<bool, StoreError> {
        let changed = self
            .tx
            .execute(
                "UPDATE attempt SET messages = $3, person = $4, messages_until = $5
                  WHERE organization_id = $1 AND id = $2",
                &[
                    self.id.into(),
                    id.into(),
                    (&messages.sealed).into(),
                    (&messages.person).into(),
                    messages.until.into(),
                ],
            )
            .await?;
        Ok(changed == 1)
    }

    /// The messages of an attempt, as long as they are kept.
    pub async fn messages_of(
        &mut self,
        id: &AttemptId,
        now: UnixTime,
    ) -> Result<Option<Sealed>, StoreError> {
        self.tx
            .optional(
                "SELECT messages FROM attempt
                  WHERE organization_id = $1 AND id = $2 AND messages IS NOT NULL AND messages_until > $3",
                &[self.id.into(), id.into(), now.into()],
                |row| row.text("messages").map(Sealed::new),
            )
            .await
    }

    /// The attempts of a member that ended well since then, newest first.
    pub async fn accepted_attempts_of(
        &mut self,
        member: &MemberId,
        since: UnixTime,
    ) -> Result<Vec<Attempt>, StoreError> {
        self.tx
            .all(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM attempt
                      WHERE organization_id = $1 AND member_id = $2 AND started_at >= $3
                        AND outcome = 'accepted'
                      ORDER BY started_at DESC, id DESC"
                ),
                &[self.id.into(), member.into(), since.into()],
                read,
            )
            .await
    }

    /// Finds an attempt.
    pub async fn attempt(&mut self, id: &AttemptId) -> Result<Option<Attempt>, StoreError> {
        self.tx
            .optional(
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM attempt WHERE organization_id = $1 AND id = $2"
                ),
                &[self.id.into(), id.into()],
                read,
            )
            .await
    }
}
