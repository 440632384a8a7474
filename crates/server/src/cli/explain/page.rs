//! The page that holds a form until the browser posts it: what people save when they save the response.

/// How an HTML page begins, and no SAML message does.
const BEGINNINGS: [&str; 6] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<form",
    "<input",
];

/// Whether a text is an HTML page, or the part of one that somebody copied.
pub(super) fn is_page(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, behind)) = ["<?xml", "<!--"].into_iter().find_map(|start| {
        let end = if start == "<!--" { "-->" } else { "?>" };
        rest.strip_prefix(start)?.split_once(end)
    }) {
        rest = behind.trim_start();
    }
    BEGINNINGS
        .into_iter()
        .any(|beginning| rest.starts_with(beginning))
}

/// The value of the one input that has this name; nothing when there is none, or more than one.
pub(super) fn field(text: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let mut found = inputs(&text).filter(|input| attribute(input, "name").as_deref() == Some(name));
    let input = found.next()?;
    match found.next() {
        None => attribute(input, "value"),
        Some(_) => None,
    }
}

/// The insides of the tags `<input …>`.
fn inputs(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').filter_map(|tag| {
        let (kind, inside) = tag.split_once(|one: char| one.is_ascii_whitespace())?;
        kind.eq_ignore_ascii_case("input").then_some(inside)
    })
}

/// The value of an attribute in the inside of a tag.
fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|one: char| one.is_ascii_whitespace() || one == '/');
        let end = rest.find(|one: char| one.is_ascii_whitespace() || "=>/".contains(one))?;
        let (name, behind) = rest.split_at(end);
        if name.is_empty() {
            return None;
        }
        let behind = behind.trim_start();
        let Some(behind) = behind.strip_prefix('=') else {
            rest = behind;
            continue;
        };
        let behind = behind.trim_start();
        let (value, behind) = match behind.chars().next()? {
            quote @ ('"' | '\'') => behind.get(1..)?.split_once(quote)?,
            _ => behind.split_at(behind.find(|one: char| one.is_ascii_whitespace() || one == '>')?),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(without_references(value));
        }
        rest = behind;
    }
}

/// The text with those character references resolved that base64 may be written with.
fn without_references(value: &str) -> String {
    let mut parts = value.split('&');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let resolved = part
            .split_once(';')
            .and_then(|(reference, behind)| Some((character(reference)?, behind)));
        match resolved {
            Some((character, behind)) => {
                text.push(character);
                text.push_str(behind);
            }
            None => {
                text.push('&');
                text.push_str(part);
            }
        }
    }
    text
}

fn character(reference: &str) -> Option<char> {
    match reference {
        "plus" => return Some('+'),
        "sol" => return Some('/'),
        "equals" => return Some('='),
        _ => {}
    }
    let digits = reference.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => digits.parse(),
    };
    char::from_u32(number.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_told_from_a_message() {
        for page in [
            "<!DOCTYPE html><form>",
            "\u{feff} <HTML>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"\">",
            "<!-- saved --><html>",
            "<form method=post>",
        ] {
            assert!(is_page(page.as_bytes()), "{page}");
        }
        for message in [
            "<?xml version=\"1.0\"?><samlp:Response/>",
            "<Response>",
            "PHg+",
            "<!-- open",
        ] {
            assert!(!is_page(message.as_bytes()), "{message}");
        }
    }

    #[test]
    fn the_field_is_found_however_the_tag_is_written() {
        for page in [
            r#"<form><input type="hidden" name="SAMLResponse" value="PHg+PC94Pg=="/></form>"#,
            "<INPUT VALUE='PHg&#43;PC94Pg&#x3D;&equals;' hidden NAME = 'SAMLResponse'>",
            "<input name=RelayState value=x><input value=PHg+PC94Pg== name=SAMLResponse>",
        ] {
            assert_eq!(
                field(page.as_bytes(), "SAMLResponse").as_deref(),
                Some("PHg+PC94Pg=="),
                "{page}"
            );
        }
    }

    #[test]
    fn a_page_without_the_field_or_with_two_gives_nothing() {
        for page in [
            "<html>Sign in</html>",
            "<input name='SAMLResponse'>",
            "<input name='SAMLResponse' value='a'><input name='SAMLResponse' value='b'>",
            "<input name='SAMLResponse' value='a",
            "<input",
            "<input =>",
        ] {
            assert_eq!(field(page.as_bytes(), "SAMLResponse"), None, "{page}");
        }
    }
}
