//! Only the demo can reach the practice identity provider, which signs in users without a password.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use demo::{Demo, Folder, Port, Ports};
use runtime::app::App;
use runtime::clock::Clock;
use runtime::random;
use tower::ServiceExt as _;
use vestibule::router;

#[tokio::test]
async fn serve_has_no_routes_of_the_practice_identity_provider() {
    let folder = Folder::temporary(random::bytes()).unwrap();
    let ports = Ports::bind(Port::Fixed(0)).await.unwrap();
    let config = demo::config(&folder, &ports).unwrap();
    let public_url = config.public_url.as_str();
    let host = public_url.strip_prefix("http://").unwrap().to_owned();
    let demo = Demo::start(folder, ports, Clock::system(), vestibule::DEMO_SERVER)
        .await
        .unwrap();
    // The routes that `vestibule serve` uses.
    let app = App::open(config, Clock::system()).await.unwrap();
    let routes = router::router(app.clone());
    for path in [
        "/sso",
        "/idp-initiated?application=0",
        "/respond",
        "/metadata",
        "/continue.js",
        "/outbox",
        "/dns",
    ] {
        for method in ["GET", "POST"] {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header("host", &host)
                .body(Body::empty())
                .unwrap();
            let response = routes.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{method} {path}");
        }
    }
    app.store.close().await;
    demo.stop().await;
}
