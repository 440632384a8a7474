//! The page of a sign-in attempt in the console.

use axum::http::StatusCode;
use store::{Attempt, OrganizationId};
use test_support::{SsoFixture, TestBrowser, TestResponse};

/// The email address of the operator who reads the pages.
pub(crate) const OPERATOR: &str = "op@example.com";

/// Opens the page of an attempt of `acme`.
pub(crate) async fn open_attempt(browser: &mut TestBrowser, id: &str) -> TestResponse {
    open_attempt_of(browser, "acme", id).await
}

async fn open_attempt_of(browser: &mut TestBrowser, slug: &str, id: &str) -> TestResponse {
    let path = format!("/console/organizations/{slug}/sign-in-attempts/{id}");
    browser.get(&path).await
}

/// Asserts that the page shows this error code, that an attempt of `acme` with this code is recorded, and that the
/// console shows its diagnosis. Returns the attempt.
pub(crate) async fn assert_failed_attempt(
    sso: &SsoFixture,
    page: &TestResponse,
    code: &str,
) -> Attempt {
    assert_failed_attempt_of(sso, &sso.organization, "acme", page, code).await
}

/// Like [`assert_failed_attempt`], for another organization.
pub(crate) async fn assert_failed_attempt_of(
    sso: &SsoFixture,
    organization: &OrganizationId,
    slug: &str,
    page: &TestResponse,
    code: &str,
) -> Attempt {
    assert_eq!(page.error_code(), code);
    let attempt = sso
        .attempts_of(organization)
        .await
        .into_iter()
        .find(|attempt| page.text.contains(attempt.id.as_str()))
        .unwrap_or_else(|| panic!("no attempt for {code}: {}", page.text));
    assert_eq!(attempt.code.as_deref(), Some(code));
    assert_diagnosis_of(sso, slug, attempt.id.as_str(), code).await;
    attempt
}

/// Asserts that the page of an attempt of `acme` says what the documentation of its code says: what happened, the
/// likely cause and the fix.
pub(crate) async fn assert_diagnosis(sso: &SsoFixture, id: &str, code: &str) {
    assert_diagnosis_of(sso, "acme", id, code).await;
}

async fn assert_diagnosis_of(sso: &SsoFixture, slug: &str, id: &str, code: &str) {
    let mut browser = sso.server.operator_browser(OPERATOR).await;
    let page = open_attempt_of(&mut browser, slug, id).await;
    assert_eq!(page.status, StatusCode::OK, "{code}");
    let text = page.visible_text();
    let path = format!(
        "{}/../../docs/error-codes/{code}.md",
        env!("CARGO_MANIFEST_DIR")
    );
    let documented = std::fs::read_to_string(path).unwrap();
    let plain = |line: &str| line.replace("**", "").replace('`', "");
    let lines: Vec<&str> = documented.lines().collect();
    let cause = lines.iter().find_map(|line| line.strip_prefix("- "));
    let fix = lines
        .iter()
        .find_map(|line| line.trim().strip_prefix("**How to fix:** "));
    for sentence in [Some(lines[2]), cause, fix] {
        let sentence = plain(sentence.unwrap());
        assert!(text.contains(&sentence), "{code}: {sentence:?} in {text}");
    }
    let documentation = format!("/console/error-codes/{code}");
    assert!(page.text.contains(&documentation), "{code}");
    let page = browser.get(&documentation).await;
    assert_eq!(page.status, StatusCode::OK, "{code}");
    assert!(page.visible_text().contains(&plain(lines[2])), "{code}");
    assert_same_in_api(sso, slug, id, &text).await;
}

/// Asserts that the API explains an attempt as the text of its page does.
async fn assert_same_in_api(sso: &SsoFixture, slug: &str, id: &str, page: &str) {
    let path = format!("/organizations/{slug}/sign-in-attempts/{id}");
    let attempt = sso.server.api.get(&path).await.json();
    let failed = attempt["failed_checks"].as_array().unwrap().iter();
    let diagnoses = failed.map(|check| &check["diagnosis"]);
    let mut shown = 0;
    for diagnosis in diagnoses.chain([&attempt["diagnosis"]]) {
        let causes = diagnosis["causes"].as_array().unwrap().iter();
        let sentences = causes.flat_map(|one| [&one["cause"], &one["fix"]]);
        for sentence in sentences.chain([&diagnosis["summary"]]) {
            let sentence = sentence.as_str().unwrap_or_default().replace('`', "");
            assert!(page.contains(&sentence), "{sentence:?} in {page}");
            shown += 1;
        }
    }
    assert!(shown >= 3, "{attempt}");
}
