use std::collections::BTreeMap;

use hyper::{HeaderMap, header};
use url::Url;

/// Cookies by host and name. As in real browsers, ports of one host share their cookies.
#[derive(Clone, Debug, Default)]
pub(super) struct Cookies(BTreeMap<(String, String), String>);

impl Cookies {
    /// Stores the cookies that a response sets, and removes those it expires.
    pub(super) fn store(&mut self, url: &Url, headers: &HeaderMap) {
        let set_cookies = headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        for cookie in set_cookies {
            self.set(url, cookie);
        }
    }

    /// Stores or removes the cookie of one `Set-Cookie` header.
    pub(super) fn set(&mut self, url: &Url, set_cookie: &str) {
        let (pair, attributes) = set_cookie.split_once(';').unwrap_or((set_cookie, ""));
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        let key = (host(url), name.trim().to_owned());
        let is_expired = attributes
            .split(';')
            .any(|attribute| attribute.trim().eq_ignore_ascii_case("max-age=0"));
        if is_expired {
            self.0.remove(&key);
        } else {
            self.0.insert(key, value.trim().to_owned());
        }
    }

    /// The `Cookie` header of a request; none when there are no cookies for its host.
    pub(super) fn for_request(&self, url: &Url) -> Option<String> {
        let request_host = host(url);
        let pairs: Vec<String> = self
            .0
            .iter()
            .filter(|((host, _), _)| *host == request_host)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|((_, cookie), _)| cookie == name)
            .map(|(_, value)| value.as_str())
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.0.retain(|(_, cookie), _| cookie != name);
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_sent_to_its_host_until_it_expires() {
        let url = Url::parse("http://127.0.0.1:1/").unwrap();
        let mut cookies = Cookies::default();
        let mut set_cookie = |text: &str| {
            let headers = HeaderMap::from_iter([(header::SET_COOKIE, text.parse().unwrap())]);
            cookies.store(&url, &headers);
            let other_port = Url::parse("http://127.0.0.1:2/").unwrap();
            let other_host = Url::parse("http://localhost:1/").unwrap();
            (
                cookies.for_request(&other_port),
                cookies.for_request(&other_host),
            )
        };
        assert_eq!(
            set_cookie("a=1; Path=/; HttpOnly"),
            (Some("a=1".to_owned()), None)
        );
        assert_eq!(set_cookie("a=; Max-Age=0"), (None, None));
    }
}
