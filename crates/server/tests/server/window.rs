//! A browser window at the console. It stores cookies and sends the form token of the page.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Method, Request, header};
use base64_simd::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use runtime::seal;
use serde_json::Value;
use service::{Actor, operator};
use store::{ConsoleSession, ConsoleSessionId, ConsoleSignInMethod, OrganizationId};
use url::form_urlencoded::Serializer;

use crate::harness::{Answer, MORNING, Server, at};

const HOST: &str = "auth.example.com";
const ORIGIN: &str = "https://auth.example.com";

#[derive(Default)]
pub(crate) struct Window {
    cookies: BTreeMap<String, String>,
    token: String,
}

impl Window {
    /// A window with a session of a new operator.
    pub(crate) async fn of_operator(server: &Server, email: &str) -> Self {
        let link = operator::invite(&server.app, &Actor::CommandLine, email);
        let address = link.await.unwrap().address;
        let path = address.strip_prefix(ORIGIN).unwrap();
        let mut window = Self::default();
        window.open(server, path).await;
        let answer = window.post(server, path, &[]).await;
        assert_eq!(answer.headers[header::LOCATION], "/console");
        window
    }

    /// A window with a session that is limited to one organization, after a sign-in through its identity provider.
    pub(crate) async fn through(
        server: &Server,
        email: &'static str,
        organization: &Value,
    ) -> Self {
        let cookie = URL_SAFE_NO_PAD.encode_to_string([9; 32]);
        let organization = OrganizationId::parse(organization["id"].as_str().unwrap()).unwrap();
        let (hash, now) = (seal::hash(&cookie), at(MORNING));
        let begin = server.app.store.write(async move |tx| {
            let session = ConsoleSession {
                id: ConsoleSessionId::from_random([9; 16]),
                cookie: hash,
                person: tx.console_account(email).await?.unwrap().person,
                organization: Some(organization),
                connection: None,
                method: ConsoleSignInMethod::Sso,
                browser: None,
                created_at: now,
                last_seen_at: now,
                expires_at: now + SignedDuration::from_secs(3600),
            };
            tx.begin_console_session(&session).await
        });
        begin.await.unwrap();
        let mut window = Self::default();
        window
            .cookies
            .insert("__Host-vestibule-console".to_owned(), cookie);
        window
    }

    /// Opens a page and stores its form token.
    pub(crate) async fn open(&mut self, server: &Server, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty());
        let answer = self.send(server, request.unwrap()).await;
        if let Some((_, rest)) = answer.text.split_once("name=\"csrf\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.token);
        }
        answer
    }

    /// Posts a form of the page that was opened last.
    pub(crate) async fn post(
        &mut self,
        server: &Server,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form(&self.token, fields)));
        self.send(server, request.unwrap()).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::COOKIE, cookies.join("; "))
    }

    async fn send(&mut self, server: &Server, request: Request<Body>) -> Answer {
        let answer = server.send(request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

fn form(token: &str, fields: &[(&str, &str)]) -> String {
    let mut form = Serializer::new(String::new());
    form.append_pair("csrf", token).extend_pairs(fields);
    form.finish()
}
