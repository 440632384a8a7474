//! The outbox of the demo. It shows the emails that the demo would have sent.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use runtime::app::App;
use runtime::mail::{Mail, OUTBOX_PAGE, Outbox};
use web::page;

use super::frame::DemoFrame;

#[derive(Debug, Template)]
#[template(path = "demo/outbox.html")]
struct OutboxPage<'p> {
    frame: DemoFrame<'p>,
    mails: Vec<MailView>,
}

#[derive(Debug)]
struct MailView {
    to: String,
    subject: String,
    /// Paragraphs, lines, segments.
    text: Vec<Vec<Vec<Segment>>>,
}

/// A part of a line.
#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Text(String),
    Link(String),
}

pub(super) fn routes(outbox: Outbox) -> Router<App> {
    Router::new()
        .route(OUTBOX_PAGE, get(show))
        .layer(Extension(outbox))
}

async fn show(State(app): State<App>, Extension(outbox): Extension<Outbox>) -> Response {
    let page = OutboxPage {
        frame: DemoFrame::new(&app),
        mails: outbox.mails().into_iter().rev().map(mail_view).collect(),
    };
    page::answer(StatusCode::OK, &page)
}

fn mail_view(mail: Mail) -> MailView {
    let lines = |paragraph: &str| paragraph.lines().map(segments).collect();
    MailView {
        to: mail.to,
        subject: mail.subject,
        text: mail.text.split("\n\n").map(lines).collect(),
    }
}

/// Splits a line into text and links.
fn segments(line: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut text = String::new();
    for token in line.split_inclusive(' ') {
        let url = token.trim_end_matches([' ', '.', ',', ';', ':', ')', '>']);
        if url.starts_with("http://") || url.starts_with("https://") {
            segments.push(Segment::Text(std::mem::take(&mut text)));
            segments.push(Segment::Link(url.to_owned()));
            text.push_str(&token[url.len()..]);
        } else {
            text.push_str(token);
        }
    }
    segments.push(Segment::Text(text));
    segments.retain(|segment| *segment != Segment::Text(String::new()));
    segments
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn text(text: &str) -> Segment {
        Segment::Text(text.to_owned())
    }

    fn link(url: &str) -> Segment {
        Segment::Link(url.to_owned())
    }

    #[rstest]
    #[case::url_in_a_sentence(
        "Open http://127.0.0.1:8080/console/sign-in/link/x, or",
        &[text("Open "), link("http://127.0.0.1:8080/console/sign-in/link/x"), text(", or")]
    )]
    #[case::only_a_url("https://a.example", &[link("https://a.example")])]
    #[case::javascript(
        "not javascript:alert(1) though",
        &[text("not javascript:alert(1) though")]
    )]
    #[case::empty("", &[])]
    fn urls_in_an_email_are_links(#[case] email: &str, #[case] expected: &[Segment]) {
        assert_eq!(segments(email), expected);
    }
}
