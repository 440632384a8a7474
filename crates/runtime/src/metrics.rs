//! Metrics for `/metrics`. No label names an organization, a person or an address.
//!
//! `docs/operations.md` lists them.

mod description;
mod process;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use description::{
    ACTIVE_CONNECTIONS, BUILD_INFO, COUNTERS, DNS_CHECKS, DURATION_BUCKETS_SECONDS, GAUGES,
    HISTOGRAMS, JOB_FAILURES, JOB_LAST_SUCCESS, MAILS, MAILS_QUEUED, METADATA_FETCHES,
    REQUEST_SECONDS, REQUESTS, SIGN_INS,
};
use jiff::Timestamp;
use metrics::{Counter, Gauge, Key, KeyName, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};
use process::ProcessMetric;
use store::StoreMetrics;

const METADATA: Metadata<'static> = Metadata::new("vestibule", Level::INFO, None);

/// A background job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    ReadKeyFile,
    PurgeRows,
    EraseConnections,
    EraseOrganizations,
    PurgePeople,
    RotateIdTokenKeys,
    RotateConnectionKeys,
    ReadCertificates,
    CountCertificates,
    JudgeSignIns,
    CheckDomains,
    EmptyLog,
}

impl Job {
    pub const ALL: [Self; 12] = [
        Self::ReadKeyFile,
        Self::PurgeRows,
        Self::EraseConnections,
        Self::EraseOrganizations,
        Self::PurgePeople,
        Self::RotateIdTokenKeys,
        Self::RotateConnectionKeys,
        Self::ReadCertificates,
        Self::CountCertificates,
        Self::JudgeSignIns,
        Self::CheckDomains,
        Self::EmptyLog,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadKeyFile => "read-key-file",
            Self::PurgeRows => "purge-rows",
            Self::EraseConnections => "erase-connections",
            Self::EraseOrganizations => "erase-organizations",
            Self::PurgePeople => "purge-people",
            Self::RotateIdTokenKeys => "rotate-id-token-keys",
            Self::RotateConnectionKeys => "rotate-connection-keys",
            Self::ReadCertificates => "read-certificates",
            Self::JudgeSignIns => "judge-sign-ins",
            Self::CheckDomains => "check-domains",
            Self::EmptyLog => "empty-log",
            Self::CountCertificates => "count-certificates",
        }
    }
}

/// Mails since the start, and those that wait now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailMetrics {
    pub sent: u64,
    /// Mails that will never be sent.
    pub dropped: u64,
    pub queued: u64,
}

/// Active connections by when the last of their signing certificates expires. Each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CertificateExpiries {
    pub expired: u64,
    pub within_7_days: u64,
    pub within_30_days: u64,
    pub later: u64,
}

/// Counters of one app: two servers in one process have separate ones.
#[derive(Clone)]
pub struct Metrics(Arc<PrometheusRecorder>);

impl fmt::Debug for Metrics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&DURATION_BUCKETS_SECONDS)
            .expect("the buckets are not empty")
            .build_recorder();
        for (name, help) in COUNTERS {
            recorder.describe_counter(KeyName::from(*name), None, (*help).into());
        }
        for (name, help) in GAUGES {
            recorder.describe_gauge(KeyName::from(*name), None, (*help).into());
        }
        for (name, help) in HISTOGRAMS {
            recorder.describe_histogram(KeyName::from(*name), None, (*help).into());
        }
        let metrics = Self(Arc::new(recorder));
        metrics.start_at_zero();
        metrics
    }
}

impl Metrics {
    /// A counter that appears only after the first failure hides this failure from `rate()`.
    fn start_at_zero(&self) {
        self.counter(SIGN_INS, "code", "accepted").increment(0);
        for name in [DNS_CHECKS, METADATA_FETCHES] {
            self.counter(name, "result", "ok").increment(0);
            self.counter(name, "result", "failed").increment(0);
        }
        for job in Job::ALL {
            self.counter(JOB_FAILURES, "job", job.as_str()).increment(0);
        }
        self.gauge(BUILD_INFO, "version", env!("CARGO_PKG_VERSION"))
            .set(1);
    }

    /// `method` is one of few names, since each makes a series of its own.
    pub fn count_request(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let labels = vec![
            Label::from_static_parts("method", method),
            Label::new("route", route.to_owned()),
            Label::new("status", status.to_string()),
        ];
        self.0
            .register_counter(&Key::from_parts(REQUESTS, labels), &METADATA)
            .increment(1);
        let labels = vec![
            Label::new("route", route.to_owned()),
            Label::new("status", format!("{}xx", status / 100)),
        ];
        self.0
            .register_histogram(&Key::from_parts(REQUEST_SECONDS, labels), &METADATA)
            .record(took.as_secs_f64());
    }

    /// `code` is `accepted` or the error code.
    pub fn count_sign_in(&self, code: &'static str) {
        self.counter(SIGN_INS, "code", code).increment(1);
    }

    pub fn count_dns_check(&self, is_ok: bool) {
        self.counter(DNS_CHECKS, "result", result_label(is_ok))
            .increment(1);
    }

    pub fn count_metadata_fetch(&self, is_ok: bool) {
        self.counter(METADATA_FETCHES, "result", result_label(is_ok))
            .increment(1);
    }

    pub fn count_job_failure(&self, job: Job) {
        self.counter(JOB_FAILURES, "job", job.as_str()).increment(1);
    }

    pub fn record_job_success(&self, job: Job, at: Timestamp) {
        self.gauge(JOB_LAST_SUCCESS, "job", job.as_str())
            .set(at.as_second() as f64);
    }

    pub fn update_certificates(&self, expiries: &CertificateExpiries) {
        for (expiry, count) in [
            ("expired", expiries.expired),
            ("7-days", expiries.within_7_days),
            ("30-days", expiries.within_30_days),
            ("later", expiries.later),
        ] {
            self.gauge(ACTIVE_CONNECTIONS, "certificate_expires", expiry)
                .set(count as f64);
        }
    }

    pub(crate) fn update_mail(&self, mail: &MailMetrics) {
        self.counter(MAILS, "result", "sent").absolute(mail.sent);
        self.counter(MAILS, "result", "dropped")
            .absolute(mail.dropped);
        self.plain_gauge(MAILS_QUEUED).set(mail.queued as f64);
    }

    /// Copies the store's own counters.
    pub(crate) fn update_store(&self, metrics: &StoreMetrics) {
        let StoreMetrics { connections, .. } = metrics;
        for (name, count) in [
            ("vestibule_store_units_total", metrics.units),
            ("vestibule_store_commits_total", metrics.commits),
            ("vestibule_store_rollbacks_total", metrics.rollbacks),
            ("vestibule_store_rejected_total", metrics.rejected),
            ("vestibule_store_retries_total", metrics.retries),
        ] {
            self.plain_counter(name).absolute(count);
        }
        for (name, value) in [
            ("vestibule_store_queued", metrics.queued as f64),
            (
                "vestibule_store_waiting_reads",
                metrics.waiting_reads as f64,
            ),
            ("vestibule_store_connections_max", connections.max.into()),
            ("vestibule_store_connections_open", connections.open.into()),
            (
                "vestibule_store_connections_in_use",
                connections.in_use.into(),
            ),
        ] {
            self.plain_gauge(name).set(value);
        }
    }

    fn update_process(&self) {
        for metric in process::read() {
            match metric {
                ProcessMetric::Counter(name, count) => self.plain_counter(name).absolute(count),
                ProcessMetric::Gauge(name, value) => self.plain_gauge(name).set(value as f64),
            }
        }
    }

    /// The Prometheus text format.
    pub(crate) fn render(&self) -> String {
        self.update_process();
        let handle = self.0.handle();
        handle.run_upkeep();
        handle.render()
    }

    fn counter(&self, name: &'static str, label: &'static str, value: &'static str) -> Counter {
        let labels = vec![Label::from_static_parts(label, value)];
        self.0
            .register_counter(&Key::from_parts(name, labels), &METADATA)
    }

    fn gauge(&self, name: &'static str, label: &'static str, value: &'static str) -> Gauge {
        let labels = vec![Label::from_static_parts(label, value)];
        self.0
            .register_gauge(&Key::from_parts(name, labels), &METADATA)
    }

    fn plain_counter(&self, name: &'static str) -> Counter {
        self.0
            .register_counter(&Key::from_static_name(name), &METADATA)
    }

    fn plain_gauge(&self, name: &'static str) -> Gauge {
        self.0
            .register_gauge(&Key::from_static_name(name), &METADATA)
    }
}

const fn result_label(is_ok: bool) -> &'static str {
    match is_ok {
        true => "ok",
        false => "failed",
    }
}

#[cfg(test)]
mod tests;
