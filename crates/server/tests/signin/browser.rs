//! A browser that keeps cookies and follows nothing by itself.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use tower::ServiceExt as _;
use url::form_urlencoded;

use crate::harness::{HOST, World};

/// One person's browser.
#[derive(Clone, Default)]
pub(crate) struct Browser {
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Browser {
    pub(crate) async fn get(&mut self, world: &World, path: &str) -> Answer {
        self.send(world, Request::builder().uri(path), Body::empty())
            .await
    }

    pub(crate) async fn post(
        &mut self,
        world: &World,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        self.post_text(world, path, form(fields)).await
    }

    pub(crate) async fn post_text(&mut self, world: &World, path: &str, text: String) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(world, request, Body::from(text)).await
    }

    pub(crate) async fn send(
        &mut self,
        world: &World,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Answer {
        let mut request = request;
        if !request.headers_ref().unwrap().contains_key(header::HOST) {
            request = request.header(header::HOST, HOST);
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let response = world
            .routes
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        self.take_cookies(&parts.headers);
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap();
        let answer = Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        };
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        answer
    }

    /// Keeps the cookies that an answer sets.
    pub(crate) fn take_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            assert!(
                cookie.starts_with("__Host-") && cookie.contains("; Secure"),
                "{cookie}"
            );
            assert!(
                cookie.split("; ").any(|one| one == "HttpOnly")
                    && cookie.split("; ").any(|one| one == "Path=/"),
                "{cookie}"
            );
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(crate) fn has_session(&self) -> bool {
        self.cookies.contains_key("__Host-vestibule-session")
    }

    pub(crate) fn forget_session(&mut self) {
        self.cookies.remove("__Host-vestibule-session");
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Where the browser is sent, which is never with the form that it has posted.
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        assert_eq!(self.header("cache-control"), "no-store");
        self.header("location")
    }

    /// A parameter of the address to which the browser is sent.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let query = self
            .location()
            .split_once('?')
            .map(|(_, query)| query)
            .unwrap_or_default();
        form_urlencoded::parse(query.as_bytes())
            .find(|(one, _)| one == name)
            .map(|(_, value)| value.into_owned())
    }

    /// The value of a hidden field of the page.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        let (_, rest) = self.text.split_once(&format!("name=\"{name}\" value=\""))?;
        Some(rest.split_once('"')?.0)
    }

    /// The code on the page that says why a sign-in stopped.
    pub(crate) fn refusal(&self) -> &str {
        let labels = ["Error code", "Code d’erreur", "Foutcode", "Fehlercode"];
        let (_, rest) = labels
            .iter()
            .find_map(|label| self.text.split_once(&format!("<dt>{label}</dt><dd>")))
            .unwrap_or_else(|| panic!("no refusal: {self:?}"));
        assert!(self.text.contains("helpdesk@example.com"), "{}", self.text);
        assert_eq!(self.header("cache-control"), "no-store");
        rest.split_once('<').unwrap().0
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }
}

pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}
