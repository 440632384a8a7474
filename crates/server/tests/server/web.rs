use rstest::rstest;
use rstest_reuse::apply;
use std::net::SocketAddr;
use test_support::{Engine, START, TestServer, each_database};

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};

fn to(host: &str, path: &str) -> Request<Body> {
    Request::builder()
        .uri(path)
        .header(header::HOST, host)
        .body(Body::empty())
        .unwrap()
}

/// A request that a trusted proxy forwards for this client.
fn from_client(client: &str) -> Request<Body> {
    let mut request = to("auth.example.com", "/saml/con_nobody/metadata");
    let proxy: SocketAddr = "10.0.0.7:443".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(proxy));
    request
        .headers_mut()
        .insert("x-forwarded-for", client.parse().unwrap());
    request
}

#[apply(each_database)]
async fn rate_limits_apply_to_each_client(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut stopped = None;
    for _ in 0..1000 {
        let answer = server.api.send(from_client("203.0.113.9")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            stopped = Some(answer);
            break;
        }
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let stopped = stopped.expect("there is a limit");
    assert_eq!(stopped.problem().code, "too-many-requests");
    assert!(stopped.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(
        server.api.send(from_client("203.0.113.10")).await.status,
        StatusCode::NOT_FOUND
    );
    let spoofed = || from_client("198.51.100.1, 203.0.113.9");
    assert_eq!(
        server.api.send(spoofed()).await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
    server.clock.set(START + 1);
    assert_eq!(
        server.api.send(spoofed()).await.status,
        StatusCode::NOT_FOUND
    );
}

#[apply(each_database)]
async fn every_response_has_the_security_headers(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for path in ["/", "/api/v1/organizations", "/nothing-here", "/healthz"] {
        let answer = server.api.send(to("auth.example.com", path)).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(answer.headers["x-request-id"].len(), 16);
    }
}

#[apply(each_database)]
async fn requests_for_other_hosts_are_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for host in [
        "evil.example",
        "auth.example.com.evil.example",
        "auth.example.com:8443",
        "127.0.0.1",
        "",
    ] {
        let answer = server.api.send(to(host, "/")).await;
        assert_eq!(
            (answer.status, answer.problem().code.as_str()),
            (StatusCode::MISDIRECTED_REQUEST, "unknown-host"),
            "{host}"
        );
        assert!(!answer.text.contains("evil"));
    }
    let mut twice = to("auth.example.com", "/");
    twice
        .headers_mut()
        .append(header::HOST, "evil.example".parse().unwrap());
    assert_eq!(
        server.api.send(twice).await.status,
        StatusCode::MISDIRECTED_REQUEST
    );
    let target = to("auth.example.com", "https://evil.example/");
    assert_eq!(
        server.api.send(target).await.status,
        StatusCode::MISDIRECTED_REQUEST
    );
    let mut forwarded = to("evil.example", "/");
    forwarded
        .headers_mut()
        .insert("x-forwarded-host", "auth.example.com".parse().unwrap());
    assert_eq!(
        server.api.send(forwarded).await.status,
        StatusCode::MISDIRECTED_REQUEST
    );
    assert_eq!(
        server
            .api
            .send(to("AUTH.example.com:443", "/"))
            .await
            .status,
        StatusCode::OK
    );
}

#[apply(each_database)]
async fn health_probes_accept_any_host(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(
            server.api.send(to("10.0.0.7:8080", path)).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
    let metrics = server.api.send(to("10.0.0.7", "/metrics")).await.text;
    assert!(
        metrics.contains("vestibule_store_commits_total"),
        "{metrics}"
    );
    assert!(
        metrics
            .contains(r#"vestibule_requests_total{method="GET",route="/readyz",status="200"} 1"#),
        "{metrics}"
    );
}

#[apply(each_database)]
async fn a_server_without_a_database_is_alive_but_not_ready(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server.app.store.close().await;
    assert_eq!(
        server.api.send(to("a", "/readyz")).await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(
        server.api.send(to("a", "/healthz")).await.status,
        StatusCode::OK
    );
    let answer = server.api.get("/organizations").await;
    assert_eq!(
        (answer.status, answer.problem().code.as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, "internal-error")
    );
    assert!(
        !answer.text.to_lowercase().contains("sql"),
        "{}",
        answer.text
    );
}

#[apply(each_database)]
async fn unknown_routes_respond_with_not_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let answer = server
        .api
        .send(to("auth.example.com", "/nothing-here"))
        .await;
    assert_eq!(
        (answer.status, answer.problem().code.as_str()),
        (StatusCode::NOT_FOUND, "route-not-found")
    );
    let mut request = to("auth.example.com", "/healthz");
    *request.method_mut() = axum::http::Method::DELETE;
    let answer = server.api.send(request).await;
    assert_eq!(
        (answer.status, answer.problem().code.as_str()),
        (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed")
    );
    assert!(answer.headers.contains_key(header::ALLOW));
}

#[apply(each_database)]
async fn a_browser_at_an_unknown_url_gets_a_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut request = to("auth.example.com", "/nothing-here");
    request
        .headers_mut()
        .insert(header::ACCEPT, "text/html,*/*;q=0.8".parse().unwrap());
    let answer = server.api.send(request).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(
        answer.text.contains("<h1>Page not found</h1>"),
        "{}",
        answer.text
    );
}
