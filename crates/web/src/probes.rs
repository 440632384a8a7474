//! Health checks and metrics.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use runtime::app::App;
use runtime::problem;

const HEALTH: &str = "/healthz";
const READINESS: &str = "/readyz";
const METRICS: &str = "/metrics";

pub fn routes() -> Router<App> {
    Router::new()
        .route(HEALTH, get(health))
        .route(READINESS, get(readiness))
        .route(METRICS, get(metrics))
}

pub fn is_probe(path: &str) -> bool {
    [HEALTH, READINESS, METRICS].contains(&path)
}

/// The process runs.
async fn health() -> &'static str {
    "ok\n"
}

/// The process runs and its database answers.
async fn readiness(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.check_database().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(error = problem::chain(&error), "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    app.metrics.update_store(&app.store.metrics());
    (
        [(
            header::CONTENT_TYPE,
            "text/plain; version=0.0.4; charset=utf-8",
        )],
        app.metrics.render(),
    )
}
