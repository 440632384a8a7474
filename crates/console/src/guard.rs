//! What holds for every request to the console.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use i18n::Localizer;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use web::{Cookie, RequestLanguage, page};

use super::frame::{ConsoleFrame, ProblemPage};

/// Refuses a form that a page of another site posts here (security: WEB-4).
///
/// Browsers say where a request comes from: `Sec-Fetch-Site` since 2023 in all of them, `Origin` with every POST before
/// that. The token in each form ([`super::form`]) is the second lock on the same door.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if is_harmless(request.method()) || comes_from_here(request.headers()) {
        return next.run(request).await;
    }
    Refusal::from(Problem::new(ProblemCode::CrossSiteForm)).into_response()
}

fn is_harmless(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (named("sec-fetch-site"), named(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        // A browser that says neither is none, or older than all that we serve.
        (None, Some(origin)) => named(header::HOST.as_str()).is_some_and(|host| {
            origin
                .split_once("://")
                .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }),
        (None, None) => false,
    }
}

/// What a handler answers when it cannot do what it was asked; [`show_problems`] makes a page of it.
#[derive(Debug)]
pub(crate) struct Refusal(Box<Problem>);

impl<P: Into<Problem>> From<P> for Refusal {
    fn from(problem: P) -> Self {
        Self(Box::new(problem.into()))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.0.status;
        let mut response = status.into_response();
        response.extensions_mut().insert(Shown(self.0));
        response
    }
}

#[derive(Clone, Debug)]
struct Shown(Box<Problem>);

/// Turns what a handler could not do into a page in the reader's language.
pub(crate) async fn show_problems(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let text = RequestLanguage::from_headers(request.headers()).localizer(&[]);
    let csrf = super::form::token_of(&app, request.headers());
    let home = home(&app, &request);
    let mut response = next.run(request).await;
    // Within the console the page before is told, so that a choice of language leads back to it, and so that browsers
    // name the origin of a form; other sites still learn nothing.
    response.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    let Some(Shown(problem)) = response.extensions_mut().remove::<Shown>() else {
        return response;
    };
    let page = ProblemPage {
        frame: ConsoleFrame::outside(&app, text, csrf),
        title: title(text, &problem),
        problem: &problem,
        home,
    };
    page::answer(problem.status, &page)
}

/// Where somebody goes on who could not do something: whoever came by a setup link has no other place here.
fn home(app: &App, request: &Request) -> &'static str {
    if request.uri().path().starts_with("/setup") {
        "/setup"
    } else if Cookie::Console
        .read_secret(app, request.headers())
        .is_some()
    {
        "/console"
    } else {
        "/console/sign-in"
    }
}

fn title(text: Localizer, problem: &Problem) -> String {
    let key = format!("console-problem-{}", problem.status.as_u16());
    if text.has(&key) {
        text.get(&key)
    } else {
        text.get("console-problem")
    }
}

#[test]
fn only_pages_of_this_server_post_forms_here() {
    let comes = |pairs: &[(&'static str, &str)]| {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        comes_from_here(&headers)
    };
    assert!(comes(&[("sec-fetch-site", "same-origin")]));
    assert!(comes(&[
        ("origin", "https://auth.example.com"),
        ("host", "auth.example.com")
    ]));
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://auth.example.com"),
            ("host", "auth.example.com"),
        ],
        &[("origin", "null"), ("host", "auth.example.com")],
        &[
            ("origin", "https://evil.example"),
            ("host", "auth.example.com"),
        ],
        &[("host", "auth.example.com")],
    ] {
        assert!(!comes(foreign), "{foreign:?}");
    }
}
