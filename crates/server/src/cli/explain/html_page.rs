//! Reads a SAML response from a saved HTML page: the page with the form that the browser posts.

/// The beginnings of an HTML page. No SAML message starts with one of them.
const HTML_PREFIXES: [&str; 9] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<form",
    "<input",
    "<textarea",
    "<script",
    "<noscript",
];

/// Whether `text` is an HTML page or a fragment of one.
pub(super) fn is_html(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text).to_ascii_lowercase();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, behind)) = ["<?xml", "<!--"].into_iter().find_map(|start| {
        let end = if start == "<!--" { "-->" } else { "?>" };
        rest.strip_prefix(start)?.split_once(end)
    }) {
        rest = behind.trim_start();
    }
    HTML_PREFIXES
        .into_iter()
        .any(|prefix| rest.starts_with(prefix))
}

/// The value of the input or the text area with this name. `None` if there are none or several.
pub(super) fn field_value(text: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let mut found =
        fields(&text).filter(|field| attribute(field.tag, "name").as_deref() == Some(name));
    let field = found.next()?;
    match found.next() {
        None => field.value(),
        Some(_) => None,
    }
}

/// An `<input …>` or a `<textarea …>`.
struct Field<'p> {
    is_text_area: bool,
    /// Everything between the name of the tag and the next tag.
    tag: &'p str,
}

impl Field<'_> {
    fn value(&self) -> Option<String> {
        if !self.is_text_area {
            return attribute(self.tag, "value");
        }
        let content = self.tag.get(end_of_tag(self.tag)?..)?;
        Some(resolve_references(content.trim_ascii()))
    }
}

fn fields(text: &str) -> impl Iterator<Item = Field<'_>> {
    text.split('<').filter_map(|tag| {
        let (name, tag) = tag.split_once(|c: char| c.is_ascii_whitespace())?;
        let is_text_area = name.eq_ignore_ascii_case("textarea");
        (is_text_area || name.eq_ignore_ascii_case("input")).then_some(Field { is_text_area, tag })
    })
}

/// The position behind the `>` that ends a tag; quoted values may contain others.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return at.checked_add(1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of one attribute.
fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c))?;
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
            _ => behind.split_at(behind.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(resolve_references(value));
        }
        rest = behind;
    }
}

/// Resolves the character references that can occur in base64.
fn resolve_references(value: &str) -> String {
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
    fn an_html_page_is_distinguished_from_a_message() {
        for page in [
            "<!DOCTYPE html><form>",
            "\u{feff} <HTML>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"\">",
            "<!-- saved --><html>",
            "<form method=post>",
        ] {
            assert!(is_html(page.as_bytes()), "{page}");
        }
        for message in [
            "<?xml version=\"1.0\"?><samlp:Response/>",
            "<Response>",
            "PHg+",
            "<!-- open",
        ] {
            assert!(!is_html(message.as_bytes()), "{message}");
        }
    }

    #[test]
    fn the_field_is_found_in_every_spelling_of_the_tag() {
        for page in [
            r#"<form><input type="hidden" name="SAMLResponse" value="PHg+PC94Pg=="/></form>"#,
            "<INPUT VALUE='PHg&#43;PC94Pg&#x3D;&equals;' hidden NAME = 'SAMLResponse'>",
            "<input name=RelayState value=x><input value=PHg+PC94Pg== name=SAMLResponse>",
            "<textarea title='a>b' name=\"SAMLResponse\">\nPHg&#43;PC94Pg&#x3D;=\n</textarea><textarea name=RelayState>x</textarea>",
            "<TEXTAREA NAME=SAMLResponse hidden>PHg+PC94Pg==</TEXTAREA>",
        ] {
            assert_eq!(
                field_value(page.as_bytes(), "SAMLResponse").as_deref(),
                Some("PHg+PC94Pg=="),
                "{page}"
            );
        }
    }

    #[test]
    fn a_page_without_the_field_or_with_two_has_no_value() {
        for page in [
            "<html>Sign in</html>",
            "<input name='SAMLResponse'>",
            "<input name='SAMLResponse' value='a'><input name='SAMLResponse' value='b'>",
            "<input name='SAMLResponse' value='a",
            "<textarea name='SAMLResponse'",
            "<textarea name='SAMLResponse'>a</textarea><input name='SAMLResponse' value='a'>",
            "<input",
            "<input =>",
        ] {
            assert_eq!(field_value(page.as_bytes(), "SAMLResponse"), None, "{page}");
        }
    }
}
