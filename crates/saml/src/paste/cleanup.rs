/// Undoes the changes that mail programs, word processors and web pages make to pasted text.
///
/// None for bytes that are not text.
pub(super) fn clean_text(bytes: &[u8]) -> Option<String> {
    let text = decode(bytes)?;
    // The XML parser resolves references and line ends itself.
    if text.trim_start().starts_with('<') {
        return Some(text);
    }
    let text = unescape_html(&text);
    // A certificate copied from JSON has escaped line ends.
    let text = text
        .replace("\\r", "")
        .replace("\\n", "\n")
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let text: String = text.chars().filter_map(to_ascii).collect();
    Some(
        text.trim_matches(['"', '\'', ',', ';', ' ', '\n', '\t'])
            .to_owned(),
    )
}

/// UTF-8, or UTF-16 with a byte order mark (which Windows calls Unicode).
fn decode(bytes: &[u8]) -> Option<String> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|pair| pair.try_into().ok().map(unit))
            .collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// Replaces typographic characters by ASCII.
const fn to_ascii(character: char) -> Option<char> {
    match character {
        // Hyphens and dashes of every length, and the minus sign.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        // No-break spaces.
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        // Zero-width characters, including soft hyphens and byte order marks.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        _ => Some(character),
    }
}

/// Resolves HTML references.
fn unescape_html(text: &str) -> String {
    const REFERENCES: [(&str, &str); 14] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&#10;", "\n"),
        ("&#xA;", "\n"),
        ("&#xa;", "\n"),
        ("&#13;", ""),
        ("&#xD;", ""),
        ("&#xd;", ""),
        // Last, so that its result is not unescaped again.
        ("&amp;", "&"),
    ];
    REFERENCES
        .iter()
        .fold(text.to_owned(), |text, (reference, character)| {
            text.replace(reference, character)
        })
}
