//! A user with a browser at the console. It stores cookies and sends the hidden fields of forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use service::{Actor, operator, sign_in_link};
use url::form_urlencoded;

use crate::harness::{Answer, Server};

#[derive(Clone, Default)]
pub(crate) struct Visitor {
    cookies: BTreeMap<String, String>,
    /// The address of the client. Requests from localhost are not rate-limited.
    address: Option<SocketAddr>,
}

impl Visitor {
    /// A browser on another machine.
    pub(crate) fn elsewhere() -> Self {
        Self::at([203, 0, 113, 9])
    }

    /// A browser at this address.
    pub(crate) fn at(address: [u8; 4]) -> Self {
        Self {
            address: Some(SocketAddr::from((address, 443))),
            ..Self::default()
        }
    }

    /// A browser in which an operator is signed in.
    pub(crate) async fn operator(server: &Server) -> Self {
        let mut visitor = Self::default();
        let link = operator::invite(&server.app, &Actor::CommandLine, "op@example.com")
            .await
            .unwrap();
        visitor.follow(server, &link.address).await;
        visitor
    }

    /// A browser in which a user with an account is signed in.
    pub(crate) async fn with_account(server: &Server, email: &str) -> Self {
        let mut visitor = Self::default();
        let link = sign_in_link::create(&server.app, &Actor::CommandLine, email)
            .await
            .unwrap();
        visitor.follow(server, &link.address).await;
        visitor
    }

    async fn follow(&mut self, server: &Server, address: &str) {
        let path = address.strip_prefix("https://auth.example.com").unwrap();
        let page = self.get(server, path).await;
        let entered = self.submit(server, &page, path, &[]).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
    }

    pub(crate) async fn get(&mut self, server: &Server, path: &str) -> Answer {
        self.send(server, Request::builder().uri(path), Body::empty())
            .await
    }

    /// Sends a form of the page: its hidden fields and these fields.
    pub(crate) async fn submit(
        &mut self,
        server: &Server,
        page: &Answer,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let token = field(page, "csrf").unwrap_or_default();
        let mut all = vec![("csrf", token)];
        all.extend(field(page, "revision").map(|seen| ("revision", seen)));
        all.extend_from_slice(fields);
        self.post(server, path, &all, "same-origin").await
    }

    pub(crate) async fn post(
        &mut self,
        server: &Server,
        path: &str,
        fields: &[(&str, &str)],
        site: &str,
    ) -> Answer {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", site)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(server, request, Body::from(form)).await
    }

    /// Stores a cookie, given as a `Set-Cookie` header.
    pub(crate) fn take(&mut self, cookie: &str) {
        assert!(
            cookie.contains("; Secure") && cookie.contains("; Path=/"),
            "{cookie}"
        );
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    async fn send(
        &mut self,
        server: &Server,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Answer {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = request
            .header(header::HOST, "auth.example.com")
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .unwrap();
        if let Some(address) = self.address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        let answer = server.send(request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            self.take(cookie.to_str().unwrap());
        }
        for inline in ["<style", "style=\"", "onclick=", "<script>"] {
            assert!(!answer.text.contains(inline), "{inline}: {}", answer.text);
        }
        answer
    }
}

/// The value of a hidden field of the page.
pub(crate) fn field<'a>(page: &'a Answer, name: &str) -> Option<&'a str> {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split_once('"')?.0)
}

/// The target of the redirect.
pub(crate) fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.headers[header::LOCATION].to_str().unwrap()
}
