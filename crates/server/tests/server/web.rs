//! What holds for the requests and responses of all routes.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, HOST, ORIGIN, START, TestResponse, TestServer, each_database};

/// A request without an API key.
fn request(host: &str, path: &str) -> Request<Body> {
    Request::builder()
        .uri(path)
        .header(header::HOST, host)
        .body(Body::empty())
        .unwrap()
}

fn with_header(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().append(name, value.parse().unwrap());
    request
}

async fn get(server: &TestServer, host: &str, path: &str) -> TestResponse {
    server.api.send(request(host, path)).await
}

/// Opens a page that does not exist, through a trusted proxy with this `X-Forwarded-For`.
async fn get_forwarded(server: &TestServer, forwarded_for: &str) -> TestResponse {
    let request = request(HOST, "/saml/con_unknown/metadata");
    let mut request = with_header(request, "x-forwarded-for", forwarded_for);
    let proxy: SocketAddr = "10.0.0.7:443".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(proxy));
    server.api.send(request).await
}

/// Sends requests of a client until the rate limit rejects one. Returns that response.
async fn exhaust_rate_limit(server: &TestServer, client: &str) -> TestResponse {
    for _ in 0..1000 {
        let response = get_forwarded(server, client).await;
        if response.status == StatusCode::TOO_MANY_REQUESTS {
            return response;
        }
        assert_eq!(response.status, StatusCode::NOT_FOUND);
    }
    panic!("there is no rate limit");
}

#[apply(each_database)]
async fn rate_limits_apply_to_each_client(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let response = exhaust_rate_limit(&server, "203.0.113.9").await;
    assert_eq!(response.problem().code, "too-many-requests");
    assert!(response.headers.contains_key(header::RETRY_AFTER));
    let response = get_forwarded(&server, "203.0.113.10").await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn a_browser_above_the_rate_limit_gets_a_page_that_tries_again(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    exhaust_rate_limit(&server, "203.0.113.9").await;
    let mut browser = server.browser_at([203, 0, 113, 9]);
    for path in ["/", "/console/sign-in"] {
        let request = Request::get("/").header("accept", "text/html");
        let page = browser
            .send(path, request.body(String::new()).unwrap())
            .await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert_eq!(page.header("retry-after"), "10", "{path}");
        assert_eq!(page.header("refresh"), "10", "{path}");
        assert!(page.header("content-type").starts_with("text/html"));
    }
}

#[apply(each_database)]
async fn a_client_cannot_evade_the_rate_limit_with_a_forwarded_address(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    exhaust_rate_limit(&server, "203.0.113.9").await;
    let forwarded_for = "198.51.100.1, 203.0.113.9";
    let response = get_forwarded(&server, forwarded_for).await;
    assert_eq!(response.status, StatusCode::TOO_MANY_REQUESTS);
    server.clock.set(START + 10);
    let response = get_forwarded(&server, forwarded_for).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn every_response_has_the_security_headers(
    #[case] engine: Engine,
    #[values("/", "/api/v1/organizations", "/nothing-here", "/healthz")] path: &str,
) {
    let server = TestServer::start(engine).await;
    let response = get(&server, HOST, path).await;
    assert_eq!(response.header("cache-control"), "no-store");
    assert_eq!(response.header("referrer-policy"), "no-referrer");
    assert_eq!(response.header("x-content-type-options"), "nosniff");
    assert_eq!(
        response.header("strict-transport-security"),
        "max-age=31536000"
    );
    let policy = response.header("content-security-policy");
    assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(response.header("x-request-id").len(), 16);
}

#[rstest]
#[case::trusted_proxy([10, 0, 0, 7], true)]
#[case::client([203, 0, 113, 9], false)]
#[tokio::test]
async fn the_request_id_of_a_trusted_proxy_is_kept(#[case] peer: [u8; 4], #[case] is_kept: bool) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut request = with_header(request(HOST, "/"), "x-request-id", "from-the-sender");
    let peer = SocketAddr::from((peer, 443));
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = server.api.send(request).await;
    assert_eq!(
        response.header("x-request-id") == "from-the-sender",
        is_kept
    );
}

#[rstest]
#[case::another_domain("evil.example", "evil.example")]
#[case::longer_domain("auth.example.com.evil.example", "auth.example.com.evil.example")]
#[case::another_port("auth.example.com:8443", "auth.example.com:8443")]
#[case::ip_address("127.0.0.1", "127.0.0.1")]
#[case::empty("", "a text that is no host name")]
#[case::html("<b>evil</b>", "a text that is no host name")]
#[tokio::test]
async fn requests_for_other_hosts_are_rejected(#[case] host: &str, #[case] shown: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let response = get(&server, host, "/").await;
    assert_eq!(response.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(response.problem().code, "unknown-host");
    let detail = response.json()["detail"].as_str().unwrap().to_owned();
    let received = format!("the request is for {shown}, but");
    assert!(detail.starts_with(&received), "{detail}");
    for setting in [ORIGIN, "public_url", "VESTIBULE_PUBLIC_URL"] {
        assert!(detail.contains(setting), "{detail}");
    }
}

#[apply(each_database)]
async fn every_request_that_names_another_host_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    for request in [
        with_header(request(HOST, "/"), "host", "evil.example"),
        request(HOST, "https://evil.example/"),
        with_header(request("evil.example", "/"), "x-forwarded-host", HOST),
    ] {
        let response = server.api.send(request).await;
        assert_eq!(response.status, StatusCode::MISDIRECTED_REQUEST);
    }
}

#[apply(each_database)]
async fn the_host_is_compared_without_case_and_default_port(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let response = get(&server, "AUTH.example.com:443", "/").await;
    assert_eq!(response.status, StatusCode::OK);
}

#[apply(each_database)]
async fn health_probes_accept_any_host(
    #[case] engine: Engine,
    #[values("/healthz", "/readyz")] path: &str,
) {
    let server = TestServer::start(engine).await;
    let response = get(&server, "10.0.0.7:8080", path).await;
    assert_eq!(response.status, StatusCode::OK);
}

#[apply(each_database)]
async fn a_server_without_a_database_is_alive_but_not_ready(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server.app.store.close().await;
    let response = get(&server, "a", "/readyz").await;
    assert_eq!(response.status, StatusCode::SERVICE_UNAVAILABLE);
    let response = get(&server, "a", "/healthz").await;
    assert_eq!(response.status, StatusCode::OK);
}

#[apply(each_database)]
async fn a_database_error_is_not_shown(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    server.app.store.close().await;
    let response = server.api.get("/organizations").await;
    assert_eq!(response.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.problem().code, "internal-error");
    let text = response.text.to_lowercase();
    assert!(!text.contains("sql"), "{text}");
}

#[apply(each_database)]
async fn an_unknown_route_is_not_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let response = get(&server, HOST, "/nothing-here").await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
    assert_eq!(response.problem().code, "route-not-found");
}

#[apply(each_database)]
async fn an_unknown_method_is_not_allowed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut request = request(HOST, "/healthz");
    *request.method_mut() = Method::DELETE;
    let response = server.api.send(request).await;
    assert_eq!(response.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(response.problem().code, "method-not-allowed");
    assert!(response.headers.contains_key(header::ALLOW));
}

#[rstest]
#[case::unknown_method(
    Method::DELETE,
    "/sign-in",
    StatusCode::METHOD_NOT_ALLOWED,
    "This page can’t be opened"
)]
#[case::nul(
    Method::GET,
    "/console/%00",
    StatusCode::BAD_REQUEST,
    "This page can’t be opened"
)]
#[case::nul_at_authorize(
    Method::GET,
    "/authorize?client_id=a%00",
    StatusCode::BAD_REQUEST,
    "parameter-control-character"
)]
#[tokio::test]
async fn a_browser_gets_a_page_for_a_request_that_is_not_allowed(
    #[case] method: Method,
    #[case] path: &str,
    #[case] status: StatusCode,
    #[case] text: &str,
) {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut request = with_header(request(HOST, path), "accept", "text/html,*/*;q=0.8");
    *request.method_mut() = method;
    let response = server.api.send(request).await;
    assert_eq!(response.status, status);
    assert!(response.text.contains(text), "{}", response.text);
}

#[apply(each_database)]
async fn a_browser_at_an_unknown_url_gets_a_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let request = request(HOST, "/nothing-here");
    let request = with_header(request, "accept", "text/html,*/*;q=0.8");
    let response = server.api.send(request).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
    assert!(
        response.text.contains("<h1>Page not found</h1>"),
        "{}",
        response.text
    );
}

#[tokio::test]
async fn an_admin_at_an_unknown_url_of_the_console_gets_a_page_of_the_console() {
    let server = TestServer::start(Engine::Sqlite).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let request = Request::get("/")
        .header("accept", "text/html")
        .body(String::new())
        .unwrap();
    let page = operator.send("/console/nothing-here", request).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_snapshot!(page.main_html(), @r#"
    <h1>Page not found</h1>
    <p role="alert">No page exists at this URL.</p>
    <p><a class="button plain" href="/console">Continue</a></p>
    "#);
}

#[tokio::test]
async fn the_console_has_one_address() {
    let server = TestServer::start(Engine::Sqlite).await;
    let response = get(&server, HOST, "/console/").await;
    assert_eq!(response.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(response.header("location"), "/console");
}

#[rstest]
#[case::member_page("/")]
#[case::console_page("/console/sign-in")]
#[tokio::test]
async fn every_page_has_an_icon(#[case] path: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let page = get(&server, HOST, path).await;
    let (_, icon) = page.text.split_once("<link rel=\"icon\" href=\"").unwrap();
    let icon = get(&server, HOST, icon.split('"').next().unwrap()).await;
    assert_eq!(icon.header("content-type"), "image/svg+xml");
    assert!(icon.text.starts_with("<svg"));
}
