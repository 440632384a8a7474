//! The encodings in which a text is handed on, each undone once.

use percent_encoding::percent_decode_str;

use super::text_encoding;
use crate::certificate::DerKind;

/// The text inside of the encoding around it. None when there is no encoding around it.
pub(super) fn unwrap_once(text: &str) -> Option<String> {
    unquote_mail(text)
        .or_else(|| from_html_element(text))
        .or_else(|| from_data_url(text))
        .or_else(|| from_quoted_printable(text))
        .or_else(|| from_json(text))
        .or_else(|| from_percent_encoding(text))
        .or_else(|| from_html(text))
        .or_else(|| from_base64(text))
        .filter(|inner| inner != text)
}

fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(position, _)| {
        text.as_bytes()
            .get(position.saturating_add(1))
            .is_some_and(|next| next.is_ascii_alphabetic() || b"?!/".contains(next))
    })
}

fn is_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// Removes the `>` in front of the lines of a mail that is answered or forwarded.
fn unquote_mail(text: &str) -> Option<String> {
    let first = text
        .lines()
        .find(|line| line.contains('<') || line.contains("BEGIN") || line.starts_with(">"))?;
    // In XML, the first `<` does not follow a `>`.
    if !first.trim_start().starts_with('>') {
        return None;
    }
    let unquoted: Vec<&str> = text
        .lines()
        .map(|line| match line.trim_start().strip_prefix('>') {
            Some(_) => line
                .trim_start()
                .trim_start_matches(['>', ' '])
                .trim_end_matches('\r'),
            None => line,
        })
        .collect();
    Some(unquoted.join("\n"))
}

/// The content of an element in which web pages show code.
fn from_html_element(text: &str) -> Option<String> {
    const ELEMENTS: [&str; 4] = ["pre", "code", "textarea", "xmp"];
    let (tag, content) = text.strip_prefix('<')?.split_once('>')?;
    let name = tag.split_whitespace().next()?.to_ascii_lowercase();
    ELEMENTS.contains(&name.as_str()).then(|| {
        let end = content.rfind("</").unwrap_or(content.len());
        content.get(..end).unwrap_or_default().to_owned()
    })
}

/// `data:application/xml;base64,…`
fn from_data_url(text: &str) -> Option<String> {
    let (kind, content) = text.strip_prefix("data:")?.split_once(',')?;
    if kind.ends_with(";base64") {
        return Some(content.to_owned());
    }
    decode_percent(content)
}

/// Quoted-printable, in which mails write `=` as `=3D` and break lines after `=`.
fn from_quoted_printable(text: &str) -> Option<String> {
    let is_broken = text.lines().any(|line| {
        line.strip_suffix('=')
            .is_some_and(|line| line.len() >= 60 && !line.ends_with('='))
    }) && text.lines().count() > 1;
    let is_value = text.match_indices("=3D").any(|(position, _)| {
        // In markup, a quotation mark must follow: an address may hold `=3D` too.
        let after = text
            .get(position..)
            .and_then(|rest| rest.strip_prefix("=3D"));
        after.is_some_and(|after| after.starts_with(['"', '\'']))
            && is_attribute_name(text, position)
    });
    let is_padding = !has_tag(text) && !is_address(text) && text.contains("=3D");
    if !(is_value || is_padding || is_broken && is_soft_broken(text)) {
        return None;
    }
    let octets =
        quoted_printable::decode(text.as_bytes(), quoted_printable::ParseMode::Robust).ok()?;
    text_encoding::decode(&octets, None)
}

/// Whether a name after white space ends at this position, as the name of an attribute does.
fn is_attribute_name(text: &str, position: usize) -> bool {
    let before = text.get(..position).unwrap_or_default();
    let name: usize = before
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(byte))
        .count();
    name > 0
        && before
            .len()
            .checked_sub(name)
            .and_then(|start| before.get(..start))
            .is_some_and(|before| before.ends_with(char::is_whitespace))
}

/// Whether a line of base64 or of markup goes on after `=` at the end of the line.
fn is_soft_broken(text: &str) -> bool {
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        if line.ends_with('=') && line.len() > 72 && !next.is_empty() && !next.starts_with('-') {
            return true;
        }
    }
    false
}

/// The escapes of JSON and of program code, with or without the quotation marks around the string.
fn from_json(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let is_escaped = lower.contains("=\\\"")
        || lower.contains("\\u003c")
        || lower.contains("\\u002b")
        || (!has_tag(text) && (text.contains("\\n") || text.contains("\\/")))
        || (has_tag(text)
            && (text.contains("?>\\n") || text.contains("?>\\r") || text.contains("<\\/")));
    is_escaped.then(|| unescape_json(text))
}

fn unescape_json(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        units.extend(before.encode_utf16());
        let (unit, length) = json_escape(after);
        units.extend(unit);
        rest = after.get(length..).unwrap_or_default();
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

/// The UTF-16 unit of an escape, and the length of the escape after its backslash. A backslash in front of any other
/// character is dropped, as JSON has it for `"`, `/` and the backslash.
fn json_escape(after: &str) -> (Option<u16>, usize) {
    let control = |character: char| (u16::try_from(u32::from(character)).ok(), 1);
    match after.chars().next() {
        Some('n') => control('\n'),
        Some('r') => control('\r'),
        Some('t') => control('\t'),
        Some('\\') => control('\\'),
        Some('u') => {
            let digits = after.get(1..5);
            match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
                Some(unit) => (Some(unit), 5),
                None => (None, 0),
            }
        }
        Some(_) | None => (None, 0),
    }
}

/// The encoding of addresses and forms.
fn from_percent_encoding(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let is_markup = !has_tag(text) && lower.contains("%3c");
    let is_label =
        lower.contains("begin%20") || lower.contains("begin+") || lower.contains("begin%2b");
    let is_base64 = !text.contains(char::is_whitespace)
        && ["%2b", "%2f", "%3d", "%0a", "%0d"]
            .iter()
            .any(|escape| lower.contains(escape));
    if is_address(text) || has_tag(text) || !(is_markup || is_label || is_base64) {
        return None;
    }
    // Forms write a blank as a plus sign, and a plus sign as %2B.
    let is_form = !lower.contains("%20") && !text.contains(' ') && (is_markup || is_label);
    if is_form {
        return decode_percent(&text.replace('+', " "));
    }
    decode_percent(text)
}

fn decode_percent(text: &str) -> Option<String> {
    let octets: Vec<u8> = percent_decode_str(text).collect();
    text_encoding::decode(&octets, None)
}

/// HTML's references. XML's own references in markup are left to the parser of XML.
fn from_html(text: &str) -> Option<String> {
    let has_reference = text.contains('&') && text.contains(';');
    (has_reference && !has_tag(text)).then(|| html_escape::decode_html_entities(text).into_owned())
}

/// Base64 or base64url of a text: the whole text, or one of its paragraphs, as in the source of a mail.
fn from_base64(text: &str) -> Option<String> {
    if has_tag(text) || is_address(text) {
        return None;
    }
    let whole = decode_base64_text(text);
    let separated = text.replace("\r\n", "\n");
    whole.or_else(|| separated.split("\n\n").find_map(decode_base64_text))
}

fn decode_base64_text(text: &str) -> Option<String> {
    const MIN_LENGTH: usize = 24;
    let packed: String = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| match character {
            '-' => '+',
            '_' => '/',
            other => other,
        })
        .collect();
    if packed.len() < MIN_LENGTH {
        return None;
    }
    let octets = base64_simd::forgiving_decode_to_vec(packed.as_bytes()).ok()?;
    if DerKind::detect(&octets).is_some() {
        return None;
    }
    let inner = text_encoding::decode(&octets, None)?;
    let is_readable = has_tag(&inner)
        || ["BEGIN", "&lt;", "%3C", "%3c"]
            .iter()
            .any(|mark| inner.contains(mark))
        || inner
            .bytes()
            .all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    is_readable.then_some(inner)
}
