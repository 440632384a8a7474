//! Finds the metadata in a text, and repairs what copying changed in its markup.

/// The name of a document element of metadata, with its prefix.
pub(super) fn metadata_root(text: &str) -> Option<&str> {
    root_position(text).map(|(_, name)| name)
}

/// Cuts off what stands in front of the metadata and behind it, such as a browser's notice or the sentences of a mail.
///
/// Unchanged when the text has no metadata, or is a web page.
pub(super) fn without_surroundings(text: &str) -> &str {
    let text = text.trim();
    let Some((root, name)) = root_position(text) else {
        return text;
    };
    let before = text.get(..root).unwrap_or_default();
    let start = match before.find("<?xml ") {
        // A text that starts with markup has its prolog in front.
        _ if text.starts_with('<') => 0,
        Some(declaration) => declaration,
        None => root,
    };
    let end_tag = format!("</{name}");
    let end = text
        .rfind(&end_tag)
        .and_then(|tag| {
            let close = text.get(tag..)?.find('>')?;
            tag.checked_add(close)?.checked_add(1)
        })
        .unwrap_or(text.len());
    text.get(start..end).unwrap_or(text)
}

/// Longer names are not those of metadata. Without the limit, each of many tags would be read to the end of the text.
const MAX_NAME_BYTES: usize = 256;

/// Where the first start tag of an `EntityDescriptor` or `EntitiesDescriptor` begins, and its name.
fn root_position(text: &str) -> Option<(usize, &str)> {
    text.match_indices('<').find_map(|(position, _)| {
        let after = text.get(position..)?.strip_prefix('<')?;
        let is_end = |byte: u8| byte.is_ascii_whitespace() || byte == b'>' || byte == b'/';
        let length = after.bytes().take(MAX_NAME_BYTES).position(is_end)?;
        let name = after.get(..length)?;
        let local = name.rsplit(':').next()?;
        matches!(local, "EntityDescriptor" | "EntitiesDescriptor").then_some((position, name))
    })
}

/// The text without the encoding in its XML declaration: it is UTF-8 now.
pub(super) fn without_encoding(text: &str) -> String {
    let declaration = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    let Some((declaration, rest)) = declaration else {
        return text.to_owned();
    };
    let encoding = declaration.find("encoding").and_then(|start| {
        let value = declaration.get(start..)?;
        let quote = value.find(['"', '\''])?;
        let opened = value.get(quote..)?;
        let length = opened.get(1..)?.find(opened.chars().next()?)?;
        let end = start
            .checked_add(quote)?
            .checked_add(length)?
            .checked_add(2)?;
        Some(start..end)
    });
    match encoding {
        Some(range) => {
            let mut declaration = declaration.to_owned();
            declaration.replace_range(range, "encoding=\"UTF-8\"");
            format!("<?xml{declaration}?>{rest}")
        }
        None => text.to_owned(),
    }
}

/// Replaces what word processors and web pages write inside of tags: blanks that do not break, invisible characters,
/// and typographic quotation marks around values.
pub(super) fn with_plain_tags(text: &str) -> String {
    const SPECIAL: [char; 12] = [
        '\u{a0}', '\u{202f}', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}',
        '\u{201c}', '\u{201d}', '\u{2033}', '\u{201e}',
    ];
    if !text.contains(SPECIAL) {
        return text.to_owned();
    }
    let mut is_in_tag = false;
    let mut quote = None;
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match (character, quote) {
            ('<', None) => {
                is_in_tag = true;
                plain.push('<');
            }
            ('>', None) => {
                is_in_tag = false;
                plain.push('>');
            }
            ('\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}', None | Some('\u{201c}'))
                if is_in_tag =>
            {
                quote = if quote.is_none() {
                    Some('\u{201c}')
                } else {
                    None
                };
                plain.push('"');
            }
            ('"' | '\'', None) if is_in_tag => {
                quote = Some(character);
                plain.push(character);
            }
            (same, Some(open)) if same == open => {
                quote = None;
                plain.push(same);
            }
            ('\u{a0}' | '\u{202f}', None) if is_in_tag => plain.push(' '),
            (invisible, None) if is_in_tag && SPECIAL.contains(&invisible) => {}
            (other, _) => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const METADATA: &str = "<md:EntityDescriptor entityID=\"a\"><b/></md:EntityDescriptor>";

    #[rstest]
    #[case::notice("This XML file does not appear to have any style information.\n", "")]
    #[case::mail("Hi,\nour metadata:\n\n", "\n\nBest regards, <Ada>")]
    #[case::triangle("▼", "\n")]
    #[case::json("{\"metadata\": \"", "\"}")]
    fn surroundings_are_cut_off(#[case] before: &str, #[case] after: &str) {
        let text = format!("{before}{METADATA}{after}");
        assert_eq!(without_surroundings(&text), METADATA);
    }

    #[test]
    fn the_prolog_stays() {
        let text = format!("<?xml version=\"1.0\"?>\n<!-- a -->{METADATA}");
        assert_eq!(without_surroundings(&format!("notice\n{text}")), text);
        assert_eq!(without_surroundings(&text), text);
    }

    #[rstest]
    #[case::double("<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>")]
    #[case::single("<?xml version=\"1.0\" encoding = 'latin1'?><a/>")]
    fn the_encoding_becomes_utf8(#[case] text: &str) {
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>";
        assert_eq!(without_encoding(text), expected);
    }

    #[test]
    fn tags_become_plain_and_text_stays() {
        let copied = "<a\u{a0}b=“c d”\u{200b} e='“'>“x”\u{a0}</a>";
        assert_eq!(with_plain_tags(copied), "<a b=\"c d\" e='“'>“x”\u{a0}</a>");
    }
}
