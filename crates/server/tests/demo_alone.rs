//! What signs in whoever presses a button is known to the demo, and to nothing that real people use.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt as _;
use vestibule::app::App;
use vestibule::clock::Clock;
use vestibule::demo::{self, Demo, Folder, Port, Ports};
use vestibule::{random, router};

#[test]
fn only_the_demo_names_the_practice_identity_provider() {
    let is_outside = |file: &PathBuf| file != Path::new("demo.rs") && !file.starts_with("demo");
    let mentions = |word| {
        files_with(word)
            .into_iter()
            .filter(is_outside)
            .collect::<Vec<_>>()
    };
    assert_eq!(mentions("testkit"), Vec::<PathBuf>::new());
    // And of the commands, only `demo` knows the demo.
    assert_eq!(mentions("crate::demo"), [PathBuf::from("cli/demo.rs")]);
}

/// The source files of the server that have this word in their code.
fn files_with(word: &str) -> Vec<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).unwrap().contains(word) {
                found.push(path.strip_prefix(&source).unwrap().to_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn a_server_on_the_demos_data_has_nothing_of_the_practice_identity_provider() {
    let folder = Folder::temporary(random::bytes()).unwrap();
    let ports = Ports::bind(Port::Fixed(0)).await.unwrap();
    let config = demo::config(&folder, &ports).unwrap();
    let host = config
        .public_url
        .as_str()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    let demo = Demo::start(folder, ports, Clock::system()).await.unwrap();
    // What `serve` does with a configuration.
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
                .header("host", &host);
            let answer = routes
                .clone()
                .oneshot(request.body(Body::empty()).unwrap())
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {path}");
        }
    }
    app.store.close().await;
    demo.stop().await;
}
