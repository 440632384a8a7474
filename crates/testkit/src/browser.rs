//! A browser without a screen or scripts: it keeps cookies, follows redirects, and fills in and submits forms.
//!
//! [`Browser::default`] sends its requests to servers on 127.0.0.1; [`Browser::in_process`] calls an axum router.

mod cookies;
mod form;
mod transport;

use std::net::SocketAddr;

use axum::Router;
use cookies::Cookies;
pub use form::Form;
use hyper::{HeaderMap, Method, Request, Response, StatusCode, header};
use transport::Transport;
use url::{Url, form_urlencoded};

pub use crate::loopback::LoopbackError;

const MAX_REDIRECTS: usize = 20;
const FORM_CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// A browser with its own cookies. A clone starts with the cookies of the original and shares nothing with it.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    transport: Transport,
    cookies: Cookies,
}

/// A response, as the browser shows it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The URL after redirects.
    pub url: Url,
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body, with its markup.
    pub text: String,
}

/// Why a browser action failed.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    #[error("{url} is not a URL: {source}")]
    InvalidUrl {
        url: String,
        source: url::ParseError,
    },
    #[error(transparent)]
    Loopback(#[from] LoopbackError),
    /// The request left the origin of [`Browser::in_process`], or its response could not be read.
    #[error("{url} gave no response: {cause}")]
    InProcess { url: Url, cause: String },
    #[error(transparent)]
    Request(#[from] hyper::http::Error),
    #[error("more than {MAX_REDIRECTS} redirects, the last to {0}")]
    TooManyRedirects(Url),
    /// The page has no such form, link, field or button.
    #[error("{0}")]
    NotFound(String),
}

impl Browser {
    /// A browser whose requests for the origin of `base_url` call `router`; requests for other origins fail. Paths
    /// such as `/sign-in` are relative to `base_url`.
    pub fn in_process(router: Router, base_url: Url) -> Self {
        Self {
            transport: Transport::in_process(router, base_url),
            cookies: Cookies::default(),
        }
    }

    /// Sets the client address that the in-process router reads as `ConnectInfo`. Servers on 127.0.0.1 see the real
    /// one.
    pub fn with_client_address(mut self, address: SocketAddr) -> Self {
        self.transport.set_client_address(address);
        self
    }

    /// Opens a URL and follows redirects.
    pub async fn open(&mut self, url: &str) -> Result<Page, BrowserError> {
        let page = self.get(url).await?;
        self.follow_redirects(page).await
    }

    /// Follows the page's link to `href`, and redirects from there.
    pub async fn follow(&mut self, page: &Page, href: &str) -> Result<Page, BrowserError> {
        if !page.text.contains(&format!("href=\"{href}\"")) {
            return Err(BrowserError::NotFound(format!(
                "{} has no link to {href}",
                page.url
            )));
        }
        self.open(page.join(href)?.as_str()).await
    }

    /// Submits a form and follows redirects.
    pub async fn submit(&mut self, form: &Form) -> Result<Page, BrowserError> {
        let page = if form.method == Method::POST {
            self.post(form.action.as_str(), &form.fields).await?
        } else {
            let mut url = form.action.clone();
            url.set_query(Some(&encode(&form.fields)));
            self.get(url.as_str()).await?
        };
        self.follow_redirects(page).await
    }

    /// Sends one GET request and does not follow redirects.
    pub async fn get(&mut self, url: &str) -> Result<Page, BrowserError> {
        self.send(url, Request::new(String::new())).await
    }

    /// Posts form fields in one request and does not follow redirects.
    pub async fn post(
        &mut self,
        url: &str,
        fields: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Result<Page, BrowserError> {
        let request = Request::post("/")
            .header(header::CONTENT_TYPE, FORM_CONTENT_TYPE)
            .body(encode(fields))?;
        self.send(url, request).await
    }

    /// Sends one request with this method, these headers and this body to `url`, which replaces the request's URI.
    /// The browser adds its cookies, and `Host` unless the request has one.
    pub async fn send(
        &mut self,
        url: &str,
        mut request: Request<String>,
    ) -> Result<Page, BrowserError> {
        let url = self.transport.resolve(url)?;
        if let Some(cookies) = self.cookies.for_request(&url) {
            let cookies = cookies.parse().map_err(hyper::http::Error::from)?;
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        let response = self.transport.send(&url, request).await?;
        self.cookies.store(&url, response.headers());
        Ok(Page::new(url, response))
    }

    /// Stores a cookie as if `url` had set it with this `Set-Cookie` header.
    pub fn set_cookie(&mut self, url: &Url, set_cookie: &str) {
        self.cookies.set(url, set_cookie);
    }

    /// The value of the first cookie with this name, for any host.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name)
    }

    /// Deletes the cookies with this name, for all hosts.
    pub fn remove_cookie(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    async fn follow_redirects(&mut self, mut page: Page) -> Result<Page, BrowserError> {
        for _ in 0..MAX_REDIRECTS {
            let Some(location) = page.location() else {
                return Ok(page);
            };
            let next = page.join(location)?;
            page = self.get(next.as_str()).await?;
        }
        Err(BrowserError::TooManyRedirects(page.url))
    }
}

impl Page {
    fn new(url: Url, response: Response<String>) -> Self {
        let (parts, text) = response.into_parts();
        Self {
            url,
            status: parts.status,
            headers: parts.headers,
            text,
        }
    }

    /// The first form that has a field or button with this name.
    pub fn form_with(&self, field: &str) -> Result<Form, BrowserError> {
        self.forms()
            .into_iter()
            .find(|form| form.has(field))
            .ok_or_else(|| {
                BrowserError::NotFound(format!(
                    "{} has no form with {field}:\n{}",
                    self.url, self.text
                ))
            })
    }

    /// The first form that is submitted to this path.
    pub fn form_to(&self, path: &str) -> Result<Form, BrowserError> {
        self.forms()
            .into_iter()
            .find(|form| form.action.path() == path)
            .ok_or_else(|| BrowserError::NotFound(format!("{} has no form to {path}", self.url)))
    }

    pub fn forms(&self) -> Vec<Form> {
        form::parse_forms(self)
    }

    /// The value of the first field with this name, in any form of the page.
    pub fn field(&self, name: &str) -> Option<String> {
        let forms = self.forms();
        forms
            .iter()
            .find_map(|form| form.field(name))
            .map(str::to_owned)
    }

    /// Whether the body contains this text, as it is written in the markup.
    pub fn contains(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// The value of a response header; empty when the header is missing or is not ASCII.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The `Set-Cookie` headers, with their attributes.
    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect()
    }

    /// The target of a redirect, as it is written in the response.
    pub fn location(&self) -> Option<&str> {
        let location = self.headers.get(header::LOCATION)?.to_str().ok()?;
        self.status.is_redirection().then_some(location)
    }

    /// A query parameter of the redirect's target.
    pub fn location_parameter(&self, name: &str) -> Option<String> {
        let target = self.join(self.location()?).ok()?;
        target
            .query_pairs()
            .find(|(parameter, _)| parameter == name)
            .map(|(_, value)| value.into_owned())
    }

    pub fn json(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_str(&self.text)
    }

    fn join(&self, address: &str) -> Result<Url, BrowserError> {
        self.url
            .join(address)
            .map_err(|source| invalid_url(address, source))
    }
}

fn encode(fields: &[(impl AsRef<str>, impl AsRef<str>)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.iter().map(|(name, value)| (name, value)))
        .finish()
}

fn invalid_url(url: &str, source: url::ParseError) -> BrowserError {
    BrowserError::InvalidUrl {
        url: url.to_owned(),
        source,
    }
}
