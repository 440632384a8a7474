//! Health checks, and metrics on a listener of their own.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use runtime::app::App;
use runtime::problem;
use tokio::time::timeout;

const HEALTH: &str = "/healthz";
const READINESS: &str = "/readyz";
const METRICS: &str = "/metrics";

/// The time limit of the readiness check. Load balancers often wait for one second.
const READINESS_TIMEOUT: Duration = Duration::from_millis(900);

pub fn routes() -> Router<App> {
    Router::new()
        .route(HEALTH, get(health))
        .route(READINESS, get(readiness))
}

/// The only route of the listener `metrics_listen`.
pub fn metrics_routes() -> Router<App> {
    Router::new().route(METRICS, get(metrics))
}

pub fn is_probe(path: &str) -> bool {
    [HEALTH, READINESS].contains(&path)
}

/// The process runs.
async fn health() -> &'static str {
    "ok\n"
}

/// The process runs, does not shut down, and its database accepts a write.
async fn readiness(State(app): State<App>) -> (StatusCode, &'static str) {
    const NOT_READY: StatusCode = StatusCode::SERVICE_UNAVAILABLE;
    if app.shutdown.has_begun() {
        return (NOT_READY, "shutting down\n");
    }
    match timeout(READINESS_TIMEOUT, app.check_database()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::warn!(error = problem::chain(&error), "not ready");
            (NOT_READY, "the database does not accept a write\n")
        }
        Err(_elapsed) => {
            tracing::warn!("not ready: the database does not answer in time");
            (NOT_READY, "the database does not answer in time\n")
        }
    }
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        app.render_metrics(),
    )
}
