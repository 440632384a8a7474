use std::collections::BTreeMap;

use hyper::{HeaderMap, header};
use url::Url;

/// One person's cookies, by host and name: as in real browsers, a port does not keep them apart.
#[derive(Debug, Default)]
pub(super) struct Cookies(BTreeMap<(String, String), String>);

impl Cookies {
    /// Keeps what an answer sets, and forgets what it takes back.
    pub(super) fn keep(&mut self, url: &Url, headers: &HeaderMap) {
        let set = headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        for cookie in set {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let key = (host(url), name.trim().to_owned());
            let is_taken_back = attributes
                .split(';')
                .any(|one| one.trim().eq_ignore_ascii_case("max-age=0"));
            if is_taken_back {
                self.0.remove(&key);
            } else {
                self.0.insert(key, value.trim().to_owned());
            }
        }
    }

    /// The header for a request, when there is something to send.
    pub(super) fn for_request(&self, url: &Url) -> Option<String> {
        let host = host(url);
        let ours = self.0.iter().filter(|((kept, _), _)| *kept == host);
        let pairs: Vec<String> = ours
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

#[test]
fn a_cookie_goes_back_to_its_host_until_it_is_taken_back() {
    let here = Url::parse("http://127.0.0.1:1/").unwrap();
    let mut cookies = Cookies::default();
    let mut set = |text: &str| {
        let headers = HeaderMap::from_iter([(header::SET_COOKIE, text.parse().unwrap())]);
        cookies.keep(&here, &headers);
        let other_port = Url::parse("http://127.0.0.1:2/").unwrap();
        let other_host = Url::parse("http://localhost:1/").unwrap();
        (
            cookies.for_request(&other_port),
            cookies.for_request(&other_host),
        )
    };
    assert_eq!(set("a=1; Path=/; HttpOnly"), (Some("a=1".to_owned()), None));
    assert_eq!(set("a=; Max-Age=0"), (None, None));
}
