use axum::extract::Request;
use axum::http::{HeaderMap, Method};

/// Whether a browser opens a page with this request, as far as the request says: an image or a frame on a foreign website
/// sends requests in the name of each of its readers, and they are not attempts to sign in.
///
/// A browser without Fetch Metadata, and a program, say nothing, so their requests count.
pub(crate) fn is_navigation(request: &Request) -> bool {
    request.method() == Method::GET
        && has_value(request.headers(), "sec-fetch-mode", "navigate")
        && has_value(request.headers(), "sec-fetch-dest", "document")
}

/// Whether the header has this value, or is absent.
fn has_value(headers: &HeaderMap, name: &str, expected: &str) -> bool {
    headers.get(name).is_none_or(|value| value == expected)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_fetch_metadata("GET", &[], true)]
    #[case::page("GET", &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")], true)]
    #[case::mode_alone("GET", &[("sec-fetch-mode", "navigate")], true)]
    #[case::image("GET", &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")], false)]
    #[case::frame("GET", &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")], false)]
    #[case::fetch("GET", &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "empty")], false)]
    #[case::head("HEAD", &[], false)]
    fn only_an_opened_page_is_a_navigation(
        #[case] method: &str,
        #[case] headers: &[(&str, &str)],
        #[case] expected: bool,
    ) {
        let mut request = Request::builder().method(method);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        assert_eq!(is_navigation(&request), expected);
    }
}
