use std::net::SocketAddr;

use axum::Router;
use axum::http::{Request, header};
use testkit::browser::Browser;
use url::{Url, form_urlencoded};

use crate::deployment::ORIGIN;
use crate::response::TestResponse;

const FORM: &str = "application/x-www-form-urlencoded";

/// A browser that keeps cookies and follows no redirects. It checks what must hold for every page: cookies that other
/// hosts and scripts cannot read, no inline styles or scripts, no embedding in frames.
#[derive(Clone, Debug)]
pub struct TestBrowser {
    browser: Browser,
    /// The form token of the page that was opened last.
    csrf_token: String,
}

impl TestBrowser {
    pub(crate) fn new(router: Router) -> Self {
        Self {
            browser: Browser::in_process(router, Url::parse(ORIGIN).unwrap()),
            csrf_token: String::new(),
        }
    }

    pub(crate) fn with_client_address(self, address: [u8; 4]) -> Self {
        let address = SocketAddr::from((address, 443));
        Self {
            browser: self.browser.with_client_address(address),
            ..self
        }
    }

    pub async fn get(&mut self, path: &str) -> TestResponse {
        let page = self.send(path, Request::new(String::new())).await;
        if let Some(token) = page.hidden_field("csrf") {
            token.clone_into(&mut self.csrf_token);
        }
        page
    }

    /// Submits a form with the form token of the page that was opened last.
    pub async fn submit_form(&mut self, path: &str, fields: &[(&str, &str)]) -> TestResponse {
        let token = self.csrf_token.clone();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        self.post_from("same-origin", path, &all).await
    }

    /// Submits a form of the page: its hidden fields and these fields.
    pub async fn submit(
        &mut self,
        page: &TestResponse,
        path: &str,
        fields: &[(&str, &str)],
    ) -> TestResponse {
        let mut all = vec![("csrf", page.hidden_field("csrf").unwrap_or_default())];
        all.extend(
            page.hidden_field("revision")
                .map(|revision| ("revision", revision)),
        );
        all.extend_from_slice(fields);
        self.post_from("same-origin", path, &all).await
    }

    /// Posts a form of a page of this site (`same-origin`) or another (`cross-site`), as `Sec-Fetch-Site` says.
    pub async fn post_from(
        &mut self,
        site: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> TestResponse {
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, FORM)
            .header("sec-fetch-site", site);
        self.send(path, request.body(encode_form(fields)).unwrap())
            .await
    }

    /// Posts a form as a browser does that sends no `Sec-Fetch-Site`.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> TestResponse {
        self.post_text(path, encode_form(fields)).await
    }

    /// Posts an encoded form.
    pub async fn post_text(&mut self, path: &str, form: String) -> TestResponse {
        let request = Request::post("/").header(header::CONTENT_TYPE, FORM);
        self.send(path, request.body(form).unwrap()).await
    }

    /// Sends one request with this method, these headers and this body.
    pub async fn send(&mut self, path: &str, request: Request<String>) -> TestResponse {
        let page = self.browser.send(path, request).await.unwrap();
        for cookie in page.set_cookies() {
            assert_protected(cookie);
        }
        if page.header("content-type").starts_with("text/html") {
            for inline in ["<style", "style=\"", "onclick=", "<script>"] {
                assert!(!page.text.contains(inline), "{inline}: {}", page.text);
            }
        }
        // The forms of the console need the `Origin` header, which `no-referrer` would withhold.
        let policy = page.header("referrer-policy");
        let may_be_same_origin = path.starts_with("/console") || path.starts_with("/setup");
        assert!(
            policy == "no-referrer" || policy == "same-origin" && may_be_same_origin,
            "{path}: {policy}"
        );
        assert_eq!(page.header("x-frame-options"), "DENY", "{path}");
        TestResponse::from(page)
    }

    /// Stores a cookie, given as a `Set-Cookie` header.
    pub fn set_cookie(&mut self, cookie: &str) {
        self.browser
            .set_cookie(&Url::parse(ORIGIN).unwrap(), cookie);
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.browser.cookie(name)
    }

    pub fn remove_cookie(&mut self, name: &str) {
        self.browser.remove_cookie(name);
    }
}

/// Other hosts cannot set or read a cookie of a session, and scripts cannot read any.
fn assert_protected(cookie: &str) {
    let attributes: Vec<&str> = cookie.split("; ").collect();
    let is_protected = ["Secure", "HttpOnly", "Path=/"]
        .iter()
        .all(|attribute| attributes.contains(attribute));
    let is_preference = cookie.starts_with("vestibule-language=");
    assert!(
        is_protected && (is_preference || cookie.starts_with("__Host-")),
        "{cookie}"
    );
}

/// Encodes form fields as `application/x-www-form-urlencoded`.
pub fn encode_form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}
