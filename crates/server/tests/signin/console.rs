//! A user in the console who reads the sign-in attempts.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use service::{Actor, operator, sign_in_link};
use store::{Attempt, OrganizationId};
use tower::ServiceExt as _;

use crate::browser::{Answer, form};
use crate::harness::{HOST, ORIGIN, World};

/// A browser with a session of the console.
pub(crate) struct Console {
    cookie: String,
}

/// A page of the console.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) text: String,
    cookie: Option<String>,
}

impl Console {
    /// An operator's.
    pub(crate) async fn operator(world: &World) -> Self {
        let link = operator::invite(&world.app, &Actor::CommandLine, "op@example.com").await;
        Self::follow(world, &link.unwrap().address).await
    }

    /// The session of a user with an account.
    pub(crate) async fn of(world: &World, email: &str) -> Self {
        let link = sign_in_link::create(&world.app, &Actor::CommandLine, email).await;
        Self::follow(world, &link.unwrap().address).await
    }

    async fn follow(world: &World, address: &str) -> Self {
        let mut console = Self {
            cookie: String::new(),
        };
        let path = address.strip_prefix(ORIGIN).unwrap();
        let page = console.get(world, path).await;
        console.cookie = page.cookie.clone().unwrap_or_default();
        let entered = console.submit(world, &page, path).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.text);
        console.cookie = entered.cookie.unwrap();
        console
    }

    pub(crate) async fn get(&self, world: &World, path: &str) -> Page {
        self.send(world, Request::builder().uri(path), String::new())
            .await
    }

    /// Sends a form of the page that has nothing but a button.
    pub(crate) async fn submit(&self, world: &World, page: &Page, path: &str) -> Page {
        let token = page
            .text
            .split_once("name=\"csrf\" value=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .map(|(token, _)| token)
            .unwrap_or_default();
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(world, request, form(&[("csrf", token)])).await
    }

    /// The page of an attempt.
    pub(crate) async fn attempt(&self, world: &World, id: &str) -> Page {
        self.attempt_of(world, ("acme", id)).await
    }

    async fn attempt_of(&self, world: &World, (slug, id): (&str, &str)) -> Page {
        self.get(
            world,
            &format!("/console/organizations/{slug}/sign-in-attempts/{id}"),
        )
        .await
    }

    async fn send(
        &self,
        world: &World,
        request: axum::http::request::Builder,
        body: String,
    ) -> Page {
        let request = request
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .body(Body::from(body))
            .unwrap();
        let response = world.routes.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 16 << 20).await.unwrap();
        let text = |name: &str| {
            let value = parts.headers.get(name)?.to_str().unwrap();
            Some(value.split(';').next().unwrap().to_owned())
        };
        Page {
            status: parts.status,
            location: text("location").unwrap_or_default(),
            text: String::from_utf8(bytes.to_vec()).unwrap(),
            cookie: text("set-cookie"),
        }
    }
}

impl Page {
    /// The words of the page without its markup.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        for part in self.text.split('<') {
            let (_, text) = part.split_once('>').unwrap_or(("", part));
            words.push_str(text);
        }
        for (mark, letter) in [
            ("&#39;", "'"),
            ("&#34;", "\""),
            ("&quot;", "\""),
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&#38;", "&"),
            ("&amp;", "&"),
        ] {
            words = words.replace(mark, letter);
        }
        words
    }
}

/// The attempt that a page names, with the page's code; the console tells what is behind it.
pub(crate) async fn story(world: &World, page: &Answer, code: &str) -> Attempt {
    story_at(world, (&world.organization, "acme"), page, code).await
}

/// The same at another organization, of this slug.
pub(crate) async fn story_at(
    world: &World,
    (organization, slug): (&OrganizationId, &str),
    page: &Answer,
    code: &str,
) -> Attempt {
    assert_eq!(page.refusal(), code);
    let attempt = world
        .attempts_of(organization)
        .await
        .into_iter()
        .find(|attempt| page.text.contains(attempt.id.as_str()))
        .unwrap_or_else(|| panic!("no attempt for {code}: {}", page.text));
    assert_eq!(attempt.code.as_deref(), Some(code));
    is_told_at(world, (slug, attempt.id.as_str()), code).await;
    attempt
}

/// Holds the page of an attempt against the page of its code in `docs/error-codes`: it says what happened, what is likely
/// behind it and what to do.
pub(crate) async fn is_told(world: &World, id: &str, code: &str) {
    is_told_at(world, ("acme", id), code).await;
}

async fn is_told_at(world: &World, place: (&str, &str), code: &str) {
    let console = Console::operator(world).await;
    let page = console.attempt_of(world, place).await;
    assert_eq!(page.status, StatusCode::OK, "{code}");
    let words = page.words();
    let path = format!(
        "{}/../../docs/error-codes/{code}.md",
        env!("CARGO_MANIFEST_DIR")
    );
    let documented = std::fs::read_to_string(path).unwrap();
    let plain = |line: &str| line.replace("**", "").replace('`', "");
    let lines: Vec<&str> = documented.lines().collect();
    let cause = lines.iter().find_map(|line| line.strip_prefix("- "));
    let repair = lines
        .iter()
        .find_map(|line| line.trim().strip_prefix("**How to fix:** "));
    for told in [Some(lines[2]), cause, repair] {
        let told = plain(told.unwrap());
        assert!(words.contains(&told), "{code}: {told:?} in {words}");
    }
    let more = format!("/console/error-codes/{code}");
    assert!(page.text.contains(&more), "{code}");
    let more = console.get(world, &more).await;
    assert_eq!(more.status, StatusCode::OK, "{code}");
    assert!(more.words().contains(&plain(lines[2])), "{code}");
}
