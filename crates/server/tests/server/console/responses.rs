//! The responses to several requests, for snapshots.

use axum::http::StatusCode;
use test_support::{TestBrowser, TestResponse, redact};

/// Opens each path. Returns a line for each response.
pub(crate) async fn get_each(browser: &mut TestBrowser, paths: &[&str]) -> String {
    let mut lines = Vec::new();
    for path in paths {
        let response = browser.get(path).await;
        lines.push(describe(path, &response));
    }
    lines.join("\n")
}

/// Submits these fields with the form token of the page to each path. Returns a line for each response.
pub(crate) async fn submit_each(
    browser: &mut TestBrowser,
    page: &TestResponse,
    paths: &[&str],
    fields: &[(&str, &str)],
) -> String {
    let mut lines = Vec::new();
    for path in paths {
        let response = browser.submit(page, path, fields).await;
        lines.push(describe(path, &response));
    }
    lines.join("\n")
}

/// Posts these fields without a form token to each path. Returns a line for each response.
pub(crate) async fn post_each(
    browser: &mut TestBrowser,
    paths: &[&str],
    fields: &[(&str, &str)],
) -> String {
    let mut lines = Vec::new();
    for path in paths {
        let response = browser.post_from("same-origin", path, fields).await;
        lines.push(describe(path, &response));
    }
    lines.join("\n")
}

/// The status, and the target of a redirect.
fn describe(path: &str, response: &TestResponse) -> String {
    let status = response.status.as_u16();
    let line = match response.status {
        StatusCode::SEE_OTHER => format!("{path}: {status} {}", response.location()),
        _ => format!("{path}: {status}"),
    };
    redact(&line)
}
