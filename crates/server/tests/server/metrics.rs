//! What the metrics count.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use rstest::rstest;
use rstest_reuse::apply;
use service::{certificate_expiry, connection};
use test_support::{Engine, HOST, START, SsoFixture, TestServer, each_database};
use vestibule::background;

#[apply(each_database)]
async fn metrics_count_requests_and_commits(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let get = async |path| {
        let request = Request::get(path).header("host", HOST);
        server.api.send(request.body(Body::empty()).unwrap()).await
    };
    get("/readyz").await;
    assert_eq!(get("/metrics").await.status, StatusCode::NOT_FOUND);
    let metrics = server.app.render_metrics();
    assert!(
        metrics.contains("vestibule_store_commits_total"),
        "{metrics}"
    );
    let requests = r#"vestibule_requests_total{method="GET",route="/readyz",status="200"} 1"#;
    assert!(metrics.contains(requests), "{metrics}");
}

#[apply(each_database)]
async fn metrics_show_the_last_success_of_each_job_and_its_failures(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    background::run_once(&server.app).await;
    let metrics = server.app.render_metrics();
    let success =
        format!(r#"vestibule_job_last_success_timestamp_seconds{{job="check-domains"}} {START}"#);
    assert!(metrics.contains(&success), "{metrics}");
    let failures =
        |count| format!(r#"vestibule_job_failures_total{{job="check-domains"}} {count}"#);
    assert!(metrics.contains(&failures(0)), "{metrics}");
    server.app.store.close().await;
    background::run_once(&server.app).await;
    let metrics = server.app.render_metrics();
    assert!(metrics.contains(&failures(1)), "{metrics}");
}

#[apply(each_database)]
async fn metrics_count_the_connections_by_the_expiry_of_their_certificates(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |_| {}).await;
    connection::read_certificate_expiries(&sso.server.app)
        .await
        .unwrap();
    let none = certificate_expiry::count(&sso.server.app).await.unwrap();
    sso.server.clock.set(START + 100 * 366 * 24 * 60 * 60);
    let expired = certificate_expiry::count(&sso.server.app).await.unwrap();
    assert_eq!(none.expired, 0);
    assert_eq!(expired.expired, 1);
}

#[apply(each_database)]
async fn the_metrics_of_the_pool_count_open_transactions(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let snapshot = server.app.store.snapshot().await.unwrap();
    let connections = server.app.store.metrics().connections;
    assert_eq!(connections.in_use, 1);
    assert!(connections.open <= connections.max, "{connections:?}");
    drop(snapshot);
}

#[tokio::test]
async fn a_background_job_empties_the_write_ahead_log() {
    let server = TestServer::start(Engine::Sqlite).await;
    let file = server.database.url.strip_prefix("sqlite:").unwrap();
    let log = format!("{file}-wal");
    assert!(std::fs::metadata(&log).unwrap().len() > 0);
    background::run_once(&server.app).await;
    assert_eq!(std::fs::metadata(&log).unwrap().len(), 0);
}
