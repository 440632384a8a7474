//! Numbers for those who watch the server. No label names a tenant, a person or an address.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder, Unit};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};
use store::StoreMetrics;

const METADATA: Metadata<'static> = Metadata::new("vestibule", Level::INFO, None);
/// From a page out of memory to a database that is in trouble.
const SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

const REQUESTS: &str = "vestibule_requests_total";
const REQUEST_SECONDS: &str = "vestibule_request_seconds";
const SIGN_INS: &str = "vestibule_sign_ins_total";

/// Counts, for `/metrics`.
///
/// An argument like everything else: two servers in one process do not count into each other.
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
            .set_buckets(&SECONDS)
            .expect("there are buckets")
            .build_recorder();
        recorder.describe_counter(
            KeyName::from(REQUESTS),
            None,
            "Requests that were answered".into(),
        );
        recorder.describe_histogram(
            KeyName::from(REQUEST_SECONDS),
            Some(Unit::Seconds),
            "How long answers took".into(),
        );
        recorder.describe_counter(
            KeyName::from(SIGN_INS),
            None,
            "Attempts to sign in, by how they ended".into(),
        );
        Self(Arc::new(recorder))
    }
}

impl Metrics {
    /// Counts a request that was answered.
    pub fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        // A method is whatever a client writes; only those that a route can take become a label.
        let method = match method {
            known @ ("GET" | "HEAD" | "POST" | "PATCH" | "DELETE" | "OPTIONS" | "PUT") => {
                known.to_owned()
            }
            _ => "other".to_owned(),
        };
        let labels = vec![
            Label::new("method", method),
            Label::new("route", route.to_owned()),
            Label::new("status", status.to_string()),
        ];
        self.0
            .register_counter(&Key::from_parts(REQUESTS, labels), &METADATA)
            .increment(1);
        let route = vec![Label::new("route", route.to_owned())];
        self.0
            .register_histogram(&Key::from_parts(REQUEST_SECONDS, route), &METADATA)
            .record(took.as_secs_f64());
    }

    /// Counts an attempt to sign in by its code: `accepted`, or why it was refused.
    pub fn sign_in(&self, code: &'static str) {
        let labels = vec![Label::from_static_parts("code", code)];
        self.0
            .register_counter(&Key::from_parts(SIGN_INS, labels), &METADATA)
            .increment(1);
    }

    /// Takes over what the store counts itself.
    pub fn store(&self, metrics: &StoreMetrics) {
        let counters = [
            ("vestibule_store_units_total", metrics.units),
            ("vestibule_store_commits_total", metrics.commits),
            ("vestibule_store_rollbacks_total", metrics.rollbacks),
            ("vestibule_store_rejected_total", metrics.rejected),
            ("vestibule_store_retries_total", metrics.retries),
        ];
        for (name, count) in counters {
            self.0
                .register_counter(&Key::from_static_name(name), &METADATA)
                .absolute(count);
        }
        let queued = u32::try_from(metrics.queued).map_or(f64::INFINITY, f64::from);
        self.0
            .register_gauge(&Key::from_static_name("vestibule_store_queued"), &METADATA)
            .set(queued);
    }

    /// All numbers in the text format of Prometheus.
    pub fn text(&self) -> String {
        let handle = self.0.handle();
        handle.run_upkeep();
        handle.render()
    }
}

#[test]
fn what_is_counted_is_shown() {
    let metrics = Metrics::default();
    metrics.request("GET", "/token", 200, Duration::from_millis(3));
    metrics.sign_in("expired");
    let text = metrics.text();
    assert!(
        text.contains(r#"vestibule_requests_total{method="GET",route="/token",status="200"} 1"#),
        "{text}"
    );
    assert!(
        text.contains(r#"vestibule_request_seconds_bucket{route="/token",le="0.005"} 1"#),
        "{text}"
    );
    assert!(
        text.contains(r#"vestibule_sign_ins_total{code="expired"} 1"#),
        "{text}"
    );
}
