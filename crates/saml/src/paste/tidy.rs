/// The text that was meant, without what mail programs, word processors and web pages make of it.
///
/// `None` for bytes that are no text.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let text = decode(bytes)?;
    // Markup resolves its own references and line ends when it is read.
    if text.trim_start().starts_with('<') {
        return Some(text);
    }
    let text = unescaped(&text);
    // A certificate copied out of JSON has its line ends written out.
    let text = text
        .replace("\\r", "")
        .replace("\\n", "\n")
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let text: String = text.chars().filter_map(plain).collect();
    Some(
        text.trim_matches(['"', '\'', ',', ';', ' ', '\n', '\t'])
            .to_owned(),
    )
}

/// UTF-8, or the UTF-16 with a byte order mark that Windows calls Unicode.
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

/// One character as the keyboard would have given it.
const fn plain(character: char) -> Option<char> {
    match character {
        // Hyphens and dashes of every length, and the minus sign.
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        // Blanks that do not break.
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        // What has no width at all, soft hyphens and byte order marks among it.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        _ => Some(character),
    }
}

/// Resolves the references that HTML pages show in place of markup and line ends.
fn unescaped(text: &str) -> String {
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
        // Last, so that what it uncovers is not taken for another reference.
        ("&amp;", "&"),
    ];
    REFERENCES
        .iter()
        .fold(text.to_owned(), |text, (reference, character)| {
            text.replace(reference, character)
        })
}
