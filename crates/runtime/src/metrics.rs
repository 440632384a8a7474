//! Metrics for `/metrics`. No label names an organization, a person or an address.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use metrics::{Key, KeyName, Label, Level, Metadata, Recorder, Unit};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};
use store::StoreMetrics;

const METADATA: Metadata<'static> = Metadata::new("vestibule", Level::INFO, None);
/// From a cached page to an overloaded database.
const DURATION_BUCKETS_SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

const REQUESTS: &str = "vestibule_requests_total";
const REQUEST_SECONDS: &str = "vestibule_request_seconds";
const SIGN_INS: &str = "vestibule_sign_ins_total";

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
        recorder.describe_counter(KeyName::from(REQUESTS), None, "Answered requests".into());
        recorder.describe_histogram(
            KeyName::from(REQUEST_SECONDS),
            Some(Unit::Seconds),
            "Duration of requests".into(),
        );
        recorder.describe_counter(
            KeyName::from(SIGN_INS),
            None,
            "Sign-in attempts by result".into(),
        );
        Self(Arc::new(recorder))
    }
}

impl Metrics {
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
        let route = vec![Label::new("route", route.to_owned())];
        self.0
            .register_histogram(&Key::from_parts(REQUEST_SECONDS, route), &METADATA)
            .record(took.as_secs_f64());
    }

    /// `code` is `accepted` or the error code.
    pub fn count_sign_in(&self, code: &'static str) {
        let labels = vec![Label::from_static_parts("code", code)];
        self.0
            .register_counter(&Key::from_parts(SIGN_INS, labels), &METADATA)
            .increment(1);
    }

    /// Copies the store's own counters.
    pub fn update_store(&self, metrics: &StoreMetrics) {
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

    /// The Prometheus text format.
    pub fn render(&self) -> String {
        let handle = self.0.handle();
        handle.run_upkeep();
        handle.render()
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn counted_requests_and_sign_ins_are_rendered() {
        let metrics = Metrics::default();
        metrics.count_request("GET", "/token", 200, Duration::from_millis(3));
        metrics.count_sign_in("expired");
        // The order of the sections is not fixed.
        let text = metrics.render();
        let mut sections: Vec<&str> = text.trim_end().split("\n\n").collect();
        sections.sort_unstable();
        assert_snapshot!(sections.join("\n\n"), @r#"
        # HELP vestibule_request_seconds Duration of requests
        # TYPE vestibule_request_seconds histogram
        vestibule_request_seconds_bucket{route="/token",le="0.001"} 0
        vestibule_request_seconds_bucket{route="/token",le="0.0025"} 0
        vestibule_request_seconds_bucket{route="/token",le="0.005"} 1
        vestibule_request_seconds_bucket{route="/token",le="0.01"} 1
        vestibule_request_seconds_bucket{route="/token",le="0.025"} 1
        vestibule_request_seconds_bucket{route="/token",le="0.05"} 1
        vestibule_request_seconds_bucket{route="/token",le="0.1"} 1
        vestibule_request_seconds_bucket{route="/token",le="0.25"} 1
        vestibule_request_seconds_bucket{route="/token",le="0.5"} 1
        vestibule_request_seconds_bucket{route="/token",le="1"} 1
        vestibule_request_seconds_bucket{route="/token",le="5"} 1
        vestibule_request_seconds_bucket{route="/token",le="+Inf"} 1
        vestibule_request_seconds_sum{route="/token"} 0.003
        vestibule_request_seconds_count{route="/token"} 1

        # HELP vestibule_requests_total Answered requests
        # TYPE vestibule_requests_total counter
        vestibule_requests_total{method="GET",route="/token",status="200"} 1

        # HELP vestibule_sign_ins_total Sign-in attempts by result
        # TYPE vestibule_sign_ins_total counter
        vestibule_sign_ins_total{code="expired"} 1
        "#);
    }
}
