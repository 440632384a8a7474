//! Whether the sign-ins of an organization are an issue. The answer is stored, so that the organizations are found by it.

use runtime::app::App;
use store::{
    AttemptOrigin, AttemptOutcome, CountedAttempt, IssueKind, OrganizationId, OrganizationTx,
    RejectedSignIns, SignInCounts, StoreError, Tx,
};

use super::assessment::ONE_DAY;

const BATCH_SIZE: u32 = 100;

/// The issue of an organization with this many sign-ins in 24 hours.
pub(super) fn sign_in_issue(counts: SignInCounts) -> Option<IssueKind> {
    let SignInCounts { accepted, rejected } = counts;
    if rejected == 0 {
        None
    } else if accepted == 0 {
        Some(IssueKind::AllSignInsRejected)
    } else {
        (rejected > accepted).then_some(IssueKind::MostSignInsRejected)
    }
}

/// Stores the issue after an attempt was counted. An accepted sign-in creates no issue, and one that ends it is found
/// by [`refresh_sign_in_issues`].
pub async fn record_attempt(
    organization: &mut OrganizationTx<'_>,
    attempt: &CountedAttempt,
) -> Result<(), StoreError> {
    let is_by_member = match attempt.origin {
        AttemptOrigin::Verified | AttemptOrigin::Solicited => true,
        AttemptOrigin::Test | AttemptOrigin::Unknown => false,
    };
    if attempt.outcome != AttemptOutcome::Rejected || !is_by_member {
        return Ok(());
    }
    let since = attempt.started_at - ONE_DAY;
    let counts = organization.sign_in_counts(since).await?;
    organization
        .record_rejection(attempt.started_at, sign_in_issue(counts))
        .await
}

/// Judges the organizations with rejected sign-ins again, because time has passed.
pub async fn refresh_sign_in_issues(app: &App) -> Result<(), StoreError> {
    let since = app.clock.now() - ONE_DAY;
    let mut last: Option<OrganizationId> = None;
    loop {
        let mut snapshot = app.store.snapshot().await?;
        let batch = snapshot
            .rejected_sign_ins(last.as_ref(), since, BATCH_SIZE)
            .await?;
        drop(snapshot);
        last = match batch.last() {
            Some(row) => Some(row.organization.clone()),
            None => return Ok(()),
        };
        let has_changed = |row: &RejectedSignIns| {
            row.counts.rejected == 0 || row.issue != sign_in_issue(row.counts)
        };
        let changed: Vec<RejectedSignIns> = batch.into_iter().filter(has_changed).collect();
        if changed.is_empty() {
            continue;
        }
        let update = async move |tx: &mut Tx| {
            for row in &changed {
                let mut organization = tx.organization(&row.organization);
                if row.counts.rejected > 0 || !organization.forget_rejections(since).await? {
                    let issue = sign_in_issue(row.counts);
                    organization.set_sign_in_issue(issue).await?;
                }
            }
            Ok::<_, StoreError>(())
        };
        app.store.write(update).await?;
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_sign_ins(0, 0, None)]
    #[case::half_rejected(5, 5, None)]
    #[case::most_rejected(5, 6, Some(IssueKind::MostSignInsRejected))]
    #[case::all_rejected(0, 1, Some(IssueKind::AllSignInsRejected))]
    fn sign_ins_are_an_issue_when_most_are_rejected(
        #[case] accepted: u64,
        #[case] rejected: u64,
        #[case] expected: Option<IssueKind>,
    ) {
        assert_eq!(sign_in_issue(SignInCounts { accepted, rejected }), expected);
    }
}
