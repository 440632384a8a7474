//! The visible text of a page, for snapshots.

use test_support::TestResponse;

/// Elements whose end also ends a line of text.
const BLOCKS: [&str; 13] = [
    "p", "h1", "h2", "h3", "li", "dt", "dd", "td", "th", "label", "button", "a", "div",
];

/// The text of the page's `<main>`.
pub(crate) fn main_text(page: &TestResponse) -> String {
    visible_text(page, page.main_html())
}

/// The text of the section whose heading has this ID.
pub(crate) fn section_text(page: &TestResponse, heading: &str) -> String {
    let main = page.main_html();
    let labelled_by = format!("aria-labelledby=\"{heading}\"");
    let section = main
        .split("<section")
        .find(|section| section.contains(&labelled_by))
        .unwrap_or_else(|| panic!("no section {heading} in {main}"));
    let (section, _) = section.split_once("</section>").unwrap();
    let (_, content) = section.split_once('>').unwrap();
    visible_text(page, content.to_owned())
}

fn visible_text(page: &TestResponse, mut html: String) -> String {
    for block in BLOCKS {
        let end = format!("</{block}>");
        html = html.replace(&end, &format!("{end}\n"));
    }
    for start in ["<br>", "<form"] {
        html = html.replace(start, &format!("\n{start}"));
    }
    let html = TestResponse {
        text: html,
        ..page.clone()
    };
    let text = html.visible_text();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}
