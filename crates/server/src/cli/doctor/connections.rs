//! Checks of connections.

use runtime::app::App;
use runtime::problem::Problem;
use service::PageRequest;
use service::connection::{ListedConnection, list_batch};
use service::organization::{self, OrganizationQuery};
use store::{ConnectionId, ConnectionState};

use super::report::Report;

/// How many connections are in memory at a time.
const BATCH_SIZE: u32 = 500;
/// How many findings are reported one by one.
const MAX_FINDINGS: usize = 50;

#[derive(Debug, Default)]
struct Counts {
    /// Active connections without warnings.
    healthy: usize,
    findings: usize,
    /// Findings that are not reported one by one.
    unreported_errors: usize,
    unreported_warnings: usize,
}

/// Checks every connection of every organization.
pub(super) async fn check(app: &App, report: &mut Report) -> Result<(), Problem> {
    let first = PageRequest {
        cursor: None,
        limit: Some(1),
    };
    let organizations = organization::list(app, &OrganizationQuery::default(), &first).await?;
    if organizations.items.is_empty() {
        report.warn(
            "organizations",
            "none yet",
            "create one with vestibule organization create",
        );
    }
    let mut counts = Counts::default();
    let mut last: Option<ConnectionId> = None;
    loop {
        let batch = list_batch(app, last.as_ref(), BATCH_SIZE).await?;
        last = match batch.last() {
            Some(listed) => ConnectionId::parse(&listed.connection.id).ok(),
            None => break,
        };
        for listed in batch {
            check_connection(&listed, report, &mut counts);
        }
    }
    report_counts(&counts, report);
    Ok(())
}

fn check_connection(listed: &ListedConnection, report: &mut Report, counts: &mut Counts) {
    let ListedConnection { slug, connection } = listed;
    let subject = format!("{} ({} of {slug})", connection.id, connection.name);
    let is_active = match connection.state {
        ConnectionState::Active => true,
        ConnectionState::Draft | ConnectionState::Tested | ConnectionState::Disabled => false,
    };
    for warning in &connection.warnings {
        let is_error = match warning.code {
            "sso-not-in-plan" | "danger-published-key" => true,
            "certificate-expired" => connection.reject_expired_signing_certificate,
            _ => false,
        };
        let next = next_step(warning.code);
        counts.findings += 1;
        match (counts.findings <= MAX_FINDINGS, is_active && is_error) {
            (true, true) => report.error(&subject, &warning.detail, next),
            (true, false) => report.warn(&subject, &warning.detail, next),
            (false, true) => counts.unreported_errors += 1,
            (false, false) => counts.unreported_warnings += 1,
        }
    }
    if is_active && connection.warnings.is_empty() {
        counts.healthy += 1;
    }
}

fn report_counts(counts: &Counts, report: &mut Report) {
    const SUBJECT: &str = "connections";
    const NEXT: &str = "fix the findings above, then run doctor again";
    if counts.healthy > 0 {
        let detail = format!("{} active, without warnings", counts.healthy);
        report.ok(SUBJECT, &detail);
    }
    if counts.unreported_errors > 0 {
        let detail = format!("{} more errors", counts.unreported_errors);
        report.error(SUBJECT, &detail, NEXT);
    }
    if counts.unreported_warnings > 0 {
        let detail = format!("{} more warnings", counts.unreported_warnings);
        report.warn(SUBJECT, &detail, NEXT);
    }
}

fn next_step(code: &str) -> &'static str {
    match code {
        "sso-not-in-plan" => "change the plan with vestibule organization set-plan",
        "danger-sha1" => {
            "have the identity provider sign with SHA-256, then run vestibule connection update --danger-accept-sha1 no"
        }
        "danger-published-key" => {
            "disable the connection with vestibule connection disable until the identity provider signs with its own private key"
        }
        "plain-http" => "ask the administrator of the identity provider for an https URL",
        "certificate-expired"
        | "certificate-expires-soon"
        | "certificate-not-yet-valid"
        | "metadata-expired" => {
            "ask the administrator of the identity provider for the new metadata, then run vestibule connection update --metadata"
        }
        _ => "see vestibule connection show",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_after_the_first_ones_are_counted() {
        let mut report = Report::default();
        let counts = Counts {
            healthy: 2,
            findings: 60,
            unreported_errors: 3,
            unreported_warnings: 7,
        };
        report_counts(&counts, &mut report);
        let findings = report.texts();
        insta::assert_snapshot!(findings, @"
        ✓ connections: 2 active, without warnings
        ✗ connections: 3 more errors
            next: fix the findings above, then run doctor again
        – connections: 7 more warnings
            next: fix the findings above, then run doctor again
        ");
    }
}
