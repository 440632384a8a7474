//! The demo's mails, as a page: nothing that the demo sends leaves the machine.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use runtime::app::App;
use runtime::mail::{Mail, OUTBOX_PAGE, Outbox};
use web::{CONSOLE_STYLE, STYLE, page};

/// Lists mails, the newest first.
#[derive(Debug, Template)]
#[template(path = "demo/outbox.html")]
struct OutboxPage<'p> {
    product: &'p str,
    styles: [&'p str; 2],
    mails: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    to: String,
    subject: String,
    /// Paragraphs of lines of pieces.
    text: Vec<Vec<Vec<Piece>>>,
}

/// A part of a line.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Link(String),
}

/// The route of the page.
pub(super) fn routes(outbox: Outbox) -> Router<App> {
    Router::new()
        .route(OUTBOX_PAGE, get(show))
        .layer(Extension(outbox))
}

async fn show(State(app): State<App>, Extension(outbox): Extension<Outbox>) -> Response {
    let page = OutboxPage {
        product: &app.config.product_name,
        styles: [&STYLE.path, &CONSOLE_STYLE.path],
        mails: outbox.mails().into_iter().rev().map(row).collect(),
    };
    page::answer(StatusCode::OK, &page)
}

fn row(mail: Mail) -> Row {
    let lines = |paragraph: &str| paragraph.lines().map(pieces).collect();
    Row {
        to: mail.to,
        subject: mail.subject,
        text: mail.text.split("\n\n").map(lines).collect(),
    }
}

/// A line in which addresses are links.
fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    for token in line.split_inclusive(' ') {
        let address = token.trim_end_matches([' ', '.', ',', ';', ':', ')', '>']);
        if address.starts_with("http://") || address.starts_with("https://") {
            pieces.push(Piece::Words(std::mem::take(&mut words)));
            pieces.push(Piece::Link(address.to_owned()));
            words.push_str(&token[address.len()..]);
        } else {
            words.push_str(token);
        }
    }
    pieces.push(Piece::Words(words));
    pieces.retain(|piece| *piece != Piece::Words(String::new()));
    pieces
}

#[test]
fn addresses_in_a_mail_are_links() {
    let words = |text: &str| Piece::Words(text.to_owned());
    let link = |text: &str| Piece::Link(text.to_owned());
    assert_eq!(
        pieces("Open http://127.0.0.1:8080/console/link/x, or"),
        [
            words("Open "),
            link("http://127.0.0.1:8080/console/link/x"),
            words(", or")
        ]
    );
    assert_eq!(pieces("https://a.example"), [link("https://a.example")]);
    assert_eq!(
        pieces("not javascript:alert(1) though"),
        [words("not javascript:alert(1) though")]
    );
    assert_eq!(pieces(""), []);
}
