//! Attempts to sign in, for those who have to find out why one failed.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{
    AttemptId, AttemptKind, AttemptOutcome, ConnectionId, MemberId, OrganizationId, OrganizationTx,
    Page, PendingSignInId, SealedText, StoreError,
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
    pub pending_sign_in: Option<PendingSignInId>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<AttemptOutcome>,
    /// Why it was refused: the stable code.
    pub code: Option<String>,
    /// Who was signed in.
    pub member: Option<MemberId>,
    /// The checks, as JSON of the server's own.
    pub checks: String,
    /// What a test has shown, while it is kept.
    pub test_result: Option<SealedText>,
    /// Until when that is kept.
    pub test_result_until: Option<Timestamp>,
    /// Who made a test.
    pub tested_by: Option<String>,
    /// What the person seemed to be called, while the messages are kept.
    pub person: Option<String>,
}

/// The messages of an attempt, while they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptMessages {
    /// The request and the response.
    pub sealed: SealedText,
    /// What the person seemed to be called.
    pub person: Option<String>,
    /// Until when all of it is kept.
    pub until: Timestamp,
}

/// Which attempts are looked for; what says nothing excludes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttemptFilter {
    /// How they ended.
    pub outcome: Option<AttemptOutcome>,
    /// What the person seemed to be called, or the address of the member who came in; in lower case.
    pub person: Option<String>,
    /// They began then or later.
    pub since: Option<Timestamp>,
    /// They began before.
    pub before: Option<Timestamp>,
}

/// The columns of an attempt.
macro_rules! columns {
    () => {
        "id, organization_id, connection_id, kind, pending_sign_in_id, started_at, finished_at, outcome, code, member_id, checks,
         test_result, test_result_until, tested_by, person"
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
            person: row.maybe_text("person")?,
        })
    }
}

impl OrganizationTx<'_> {
    /// Notes an attempt; the `organization` is this one whatever it says.
    pub async fn add_attempt(&mut self, attempt: &Attempt) -> Result<(), StoreError> {
        self.tx
            .execute(
                "INSERT INTO attempt (organization_id, id, connection_id, pending_sign_in_id, started_at, finished_at,
                                      outcome, code, member_id, checks, kind, test_result, test_result_until, tested_by,
                                      person)
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
            .fetch_all(
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
                    filter.outcome.map(AttemptOutcome::as_str).into(),
                    (&filter.person).into(),
                    filter.since.into(),
                    filter.before.into(),
                ],
                Attempt::from_row,
            )
            .await
    }

    /// Keeps the messages of an attempt; says whether there is such an attempt.
    pub async fn insert_messages(
        &mut self,
        id: &AttemptId,
        messages: &AttemptMessages,
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

    /// The attempts of a member that ended well since then, newest first.
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

    /// Finds an attempt.
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
