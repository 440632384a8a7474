use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use store::PoolMetrics;

use super::*;

const OPERATIONS: &str = include_str!("../../../../docs/operations.md");

/// The text with at least one series of each metric.
fn render_all() -> String {
    let metrics = Metrics::default();
    metrics.count_request("GET", "/token", 200, Duration::from_millis(3));
    metrics.count_sign_in("expired");
    metrics.count_job_failure(Job::PurgeRows);
    metrics.record_job_success(Job::PurgeRows, Timestamp::constant(1_800_000_000, 0));
    metrics.update_certificates(&CertificateExpiries {
        within_7_days: 2,
        ..CertificateExpiries::default()
    });
    metrics.update_mail(&MailMetrics {
        sent: 5,
        dropped: 1,
        queued: 2,
    });
    metrics.update_store(&StoreMetrics {
        units: 9,
        commits: 4,
        rollbacks: 1,
        rejected: 0,
        retries: 0,
        queued: 3,
        waiting_reads: 1,
        connections: PoolMetrics {
            max: 4,
            open: 3,
            in_use: 2,
        },
    });
    metrics.render()
}

/// The lines of all metrics with this start, sorted: the order of the metrics is not fixed.
fn lines(text: &str, start: &str) -> String {
    let mut lines: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with(start))
        .collect();
    lines.sort_unstable();
    lines.join("\n")
}

#[test]
fn every_metric_is_listed_here() {
    assert_snapshot!(lines(&render_all(), "# HELP"), @r#"
    # HELP process_cpu_seconds_total Processor time, in whole seconds
    # HELP process_max_fds The largest number of open files and sockets
    # HELP process_open_fds Open files and sockets
    # HELP process_resident_memory_bytes Resident memory
    # HELP process_start_time_seconds When the process started
    # HELP process_threads Threads
    # HELP process_virtual_memory_bytes Address space
    # HELP vestibule_active_connections Active connections by when their last signing certificate expires: expired, within 7 days, within 30 days, or later
    # HELP vestibule_build_info The version of Vestibule; always 1
    # HELP vestibule_dns_checks_total Lookups of domain records by result
    # HELP vestibule_job_failures_total Failed runs of each background job
    # HELP vestibule_job_last_success_timestamp_seconds When each background job last succeeded
    # HELP vestibule_mails_queued Mails that are not sent yet
    # HELP vestibule_mails_total Mails by result: sent, or dropped for good
    # HELP vestibule_metadata_fetches_total Fetches of metadata from a URL by result
    # HELP vestibule_request_seconds Duration of requests by route and class of status
    # HELP vestibule_requests_total Answered requests by method, route and status
    # HELP vestibule_sign_ins_total Finished sign-ins by code: accepted, or why they failed
    # HELP vestibule_store_commits_total Commits; on SQLite many units share one
    # HELP vestibule_store_connections_in_use Database connections that run a transaction
    # HELP vestibule_store_connections_max The largest number of database connections; on SQLite those that read
    # HELP vestibule_store_connections_open Open database connections
    # HELP vestibule_store_queued Units of work that wait to be written
    # HELP vestibule_store_rejected_total Units of work that were rejected because the queue was full
    # HELP vestibule_store_retries_total Units of work that ran again after a conflict
    # HELP vestibule_store_rollbacks_total Units of work that were rolled back
    # HELP vestibule_store_units_total Units of work that the database ran, retries included
    # HELP vestibule_store_waiting_reads Reads that wait for a database connection
    "#);
}

#[test]
fn every_series_of_vestibule_is_listed_here() {
    let text = render_all();
    let series = lines(&text, "vestibule_").replace(env!("CARGO_PKG_VERSION"), "VERSION");
    assert_snapshot!(series, @r#"
    vestibule_active_connections{certificate_expires="30-days"} 0
    vestibule_active_connections{certificate_expires="7-days"} 2
    vestibule_active_connections{certificate_expires="expired"} 0
    vestibule_active_connections{certificate_expires="later"} 0
    vestibule_build_info{version="VERSION"} 1
    vestibule_dns_checks_total{result="failed"} 0
    vestibule_dns_checks_total{result="ok"} 0
    vestibule_job_failures_total{job="check-domains"} 0
    vestibule_job_failures_total{job="count-certificates"} 0
    vestibule_job_failures_total{job="empty-log"} 0
    vestibule_job_failures_total{job="erase-connections"} 0
    vestibule_job_failures_total{job="erase-organizations"} 0
    vestibule_job_failures_total{job="judge-sign-ins"} 0
    vestibule_job_failures_total{job="purge-people"} 0
    vestibule_job_failures_total{job="purge-rows"} 1
    vestibule_job_failures_total{job="read-certificates"} 0
    vestibule_job_failures_total{job="read-key-file"} 0
    vestibule_job_failures_total{job="rotate-connection-keys"} 0
    vestibule_job_failures_total{job="rotate-id-token-keys"} 0
    vestibule_job_last_success_timestamp_seconds{job="purge-rows"} 1800000000
    vestibule_mails_queued 2
    vestibule_mails_total{result="dropped"} 1
    vestibule_mails_total{result="sent"} 5
    vestibule_metadata_fetches_total{result="failed"} 0
    vestibule_metadata_fetches_total{result="ok"} 0
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="+Inf"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.001"} 0
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.0025"} 0
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.005"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.01"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.025"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.05"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.1"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.25"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="0.5"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="1"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="10"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="2.5"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="20"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="30"} 1
    vestibule_request_seconds_bucket{route="/token",status="2xx",le="5"} 1
    vestibule_request_seconds_count{route="/token",status="2xx"} 1
    vestibule_request_seconds_sum{route="/token",status="2xx"} 0.003
    vestibule_requests_total{method="GET",route="/token",status="200"} 1
    vestibule_sign_ins_total{code="accepted"} 0
    vestibule_sign_ins_total{code="expired"} 1
    vestibule_store_commits_total 4
    vestibule_store_connections_in_use 2
    vestibule_store_connections_max 4
    vestibule_store_connections_open 3
    vestibule_store_queued 3
    vestibule_store_rejected_total 0
    vestibule_store_retries_total 0
    vestibule_store_rollbacks_total 1
    vestibule_store_units_total 9
    vestibule_store_waiting_reads 1
    "#);
}

/// The rules of the text format that promtool checks: each metric has one HELP and one TYPE, before its samples, and the
/// samples of a metric are not mixed with those of another.
#[test]
fn the_text_format_is_valid() {
    let text = render_all();
    let mut types: BTreeMap<&str, &str> = BTreeMap::new();
    let mut helps = BTreeSet::new();
    let mut finished = BTreeSet::new();
    let mut current = "";
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, help) = help.split_once(' ').unwrap();
            assert!(helps.insert(name), "{line}");
            assert!(!help.is_empty() && !help.ends_with('.'), "{line}");
        } else if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (name, kind) = kind.split_once(' ').unwrap();
            assert!(helps.contains(name), "{line}");
            assert!(types.insert(name, kind).is_none(), "{line}");
            assert_eq!(kind == "counter", name.ends_with("_total"), "{line}");
            finished.insert(std::mem::replace(&mut current, name));
            assert!(!finished.contains(name), "{line}");
        } else {
            let (series, value) = line.rsplit_once(' ').unwrap();
            let name = series.split('{').next().unwrap();
            let suffixes = match types[current] {
                "histogram" => &["_bucket", "_sum", "_count"][..],
                _ => &[""],
            };
            let is_current = suffixes
                .iter()
                .any(|suffix| name.strip_suffix(suffix) == Some(current));
            assert!(is_current, "{line}");
            assert!(value.parse::<f64>().is_ok(), "{line}");
        }
    }
}

#[test]
fn every_metric_is_documented() {
    let text = render_all();
    let help = lines(&text, "# HELP ");
    for line in help.lines() {
        let name = line.split(' ').nth(2).unwrap();
        assert!(OPERATIONS.contains(&format!("`{name}`")), "{name}");
    }
    for job in Job::ALL {
        let job = job.as_str();
        assert!(OPERATIONS.contains(&format!("`{job}`")), "{job}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_is_measured() {
    let text = render_all();
    let value = |name: &str| -> f64 {
        let line = text
            .lines()
            .find(|line| line.split(' ').next() == Some(name));
        line.unwrap().split(' ').nth(1).unwrap().parse().unwrap()
    };
    let mebibyte = 1024.0 * 1024.0;
    assert!(value("process_resident_memory_bytes") > mebibyte);
    assert!(value("process_virtual_memory_bytes") > value("process_resident_memory_bytes"));
    assert!(value("process_open_fds") >= 3.0);
    assert!(value("process_max_fds") > value("process_open_fds"));
    assert!(value("process_threads") >= 1.0);
    let now = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap()
        .as_secs_f64();
    let age = now - value("process_start_time_seconds");
    assert!((-2.0..600.0).contains(&age), "{age}");
}
