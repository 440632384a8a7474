//! A person with a browser, without the browser: follows redirects, keeps cookies, fills in forms, never leaves this
//! machine, and runs no script.

mod cookies;
mod form;

use hyper::{HeaderMap, Method, Request, StatusCode, header};
use url::{Url, form_urlencoded};

pub use crate::loopback::LoopbackError;
pub use form::Form;

use crate::loopback;
use cookies::Cookies;

/// More redirects in a row than any sign-in has.
const MOST_REDIRECTS: usize = 20;

/// A browser with the cookies of one person.
#[derive(Debug, Default)]
pub struct Browser {
    cookies: Cookies,
}

/// What the browser shows.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it is.
    pub url: Url,
    /// With which status it came.
    pub status: StatusCode,
    /// With which headers it came.
    pub headers: HeaderMap,
    /// Its text, markup included.
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
    #[error("more than {MOST_REDIRECTS} redirects, the last to {0}")]
    TooManyRedirects(Url),
    /// The page has no such form, link, field or button.
    #[error("{0}")]
    NotFound(String),
}

impl Browser {
    /// Types an address.
    ///
    /// # Errors
    ///
    /// When it leads away from this machine, nobody answers, or redirects do not end.
    pub async fn open(&mut self, address: &str) -> Result<Page, BrowserError> {
        let url = Url::parse(address).map_err(|source| invalid_url(address, source))?;
        self.go(Method::GET, url, String::new()).await
    }

    /// Follows the link of a page that leads to `href`.
    ///
    /// # Errors
    ///
    /// When the page has no such link, or as [`Browser::open`].
    pub async fn follow(&mut self, page: &Page, href: &str) -> Result<Page, BrowserError> {
        if !page.text.contains(&format!("href=\"{href}\"")) {
            return Err(BrowserError::NotFound(format!(
                "{} has no link to {href}",
                page.url
            )));
        }
        self.go(Method::GET, page.join(href)?, String::new()).await
    }

    /// Submits a form.
    ///
    /// # Errors
    ///
    /// As [`Browser::open`].
    pub async fn submit(&mut self, form: &Form) -> Result<Page, BrowserError> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&form.fields)
            .finish();
        let mut url = form.action.clone();
        if form.method == Method::POST {
            return self.go(Method::POST, url, body).await;
        }
        url.set_query(Some(&body));
        self.go(Method::GET, url, String::new()).await
    }

    async fn go(&mut self, method: Method, url: Url, body: String) -> Result<Page, BrowserError> {
        let mut page = self.send(method, url, body).await?;
        for _ in 0..MOST_REDIRECTS {
            let location = page
                .headers
                .get(header::LOCATION)
                .and_then(|value| value.to_str().ok());
            let (true, Some(location)) = (page.status.is_redirection(), location) else {
                return Ok(page);
            };
            let next = page.join(location)?;
            page = self.send(Method::GET, next, String::new()).await?;
        }
        Err(BrowserError::TooManyRedirects(page.url))
    }

    async fn send(&mut self, method: Method, url: Url, body: String) -> Result<Page, BrowserError> {
        let mut request = Request::builder().method(&method);
        if let Some(cookies) = self.cookies.for_request(&url) {
            request = request.header(header::COOKIE, cookies);
        }
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let answer = loopback::send(&url, request, body).await?;
        self.cookies.keep(&url, &answer.headers);
        Ok(Page {
            url,
            status: answer.status,
            headers: answer.headers,
            text: answer.body,
        })
    }
}

impl Page {
    /// The first form that has a field of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn form_with(&self, field: &str) -> Result<Form, BrowserError> {
        form::forms(self)
            .into_iter()
            .find(|form| form.has(field))
            .ok_or_else(|| {
                BrowserError::NotFound(format!(
                    "{} has no form with {field}:\n{}",
                    self.url, self.text
                ))
            })
    }

    /// The first form that goes to this path.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn form_to(&self, path: &str) -> Result<Form, BrowserError> {
        form::forms(self)
            .into_iter()
            .find(|form| form.action.path() == path)
            .ok_or_else(|| BrowserError::NotFound(format!("{} has no form to {path}", self.url)))
    }

    /// Whether these words stand in its text.
    pub fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    fn join(&self, address: &str) -> Result<Url, BrowserError> {
        self.url
            .join(address)
            .map_err(|source| invalid_url(address, source))
    }
}

fn invalid_url(url: &str, source: url::ParseError) -> BrowserError {
    BrowserError::InvalidUrl {
        url: url.to_owned(),
        source,
    }
}
