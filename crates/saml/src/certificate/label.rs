//! The labeled lines of PEM, also when dashes, blanks or one of the two lines were lost.

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Certificate,
    CertificateRequest,
    PublicKey,
    PrivateKey,
    Pkcs7,
}

/// The text of one labeled block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LabeledBlock<'t> {
    pub(super) label: Label,
    pub(super) body: &'t str,
}

/// The labels, longer ones before those that they end with. Blanks are compared leniently.
const LABELS: [(&str, Label); 16] = [
    ("TRUSTED CERTIFICATE", Label::Certificate),
    ("X509 CERTIFICATE", Label::Certificate),
    ("NEW CERTIFICATE REQUEST", Label::CertificateRequest),
    ("CERTIFICATE REQUEST", Label::CertificateRequest),
    ("CERTIFICATE", Label::Certificate),
    ("PKCS7", Label::Pkcs7),
    ("PKCS #7 SIGNED DATA", Label::Pkcs7),
    ("CMS", Label::Pkcs7),
    ("RSA PUBLIC KEY", Label::PublicKey),
    ("PUBLIC KEY", Label::PublicKey),
    ("ENCRYPTED PRIVATE KEY", Label::PrivateKey),
    ("RSA PRIVATE KEY", Label::PrivateKey),
    ("EC PRIVATE KEY", Label::PrivateKey),
    ("DSA PRIVATE KEY", Label::PrivateKey),
    ("OPENSSH PRIVATE KEY", Label::PrivateKey),
    ("PRIVATE KEY", Label::PrivateKey),
];

/// A `BEGIN` or `END` line.
#[derive(Clone, Copy, Debug)]
struct Marker {
    is_begin: bool,
    label: Label,
    /// The range in the text, dashes included.
    start: usize,
    end: usize,
}

/// Finds every block. A block without its `BEGIN` line starts at its first line of base64, one without its `END` line
/// extends to the next marker or the end of the text.
pub(super) fn labeled_blocks(text: &str) -> Vec<LabeledBlock<'_>> {
    let markers = markers(text);
    let mut blocks = Vec::new();
    let mut position = 0;
    let mut open: Option<Marker> = None;
    for marker in &markers {
        let body = text.get(position..marker.start).unwrap_or_default();
        match open {
            Some(begin) => blocks.push(LabeledBlock {
                label: begin.label,
                body,
            }),
            None if !marker.is_begin => blocks.push(LabeledBlock {
                label: marker.label,
                body: from_first_base64_line(body),
            }),
            None => {}
        }
        open = marker.is_begin.then_some(*marker);
        position = marker.end;
    }
    if let Some(begin) = open {
        blocks.push(LabeledBlock {
            label: begin.label,
            body: text.get(position..).unwrap_or_default(),
        });
    }
    blocks
}

/// The base64 of a certificate starts with `MI` in every encoding of its length.
fn from_first_base64_line(body: &str) -> &str {
    if body.trim_start().starts_with("MI") {
        return body;
    }
    body.find("\nMI")
        .and_then(|start| body.get(start..))
        .unwrap_or(body)
}

fn markers(text: &str) -> Vec<Marker> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut position = 0;
    while position < bytes.len() {
        match marker_at(bytes, position) {
            Some(marker) => {
                position = marker.end.max(position.saturating_add(1));
                found.push(marker);
            }
            None => position = position.saturating_add(1),
        }
    }
    found
}

/// The marker whose word starts at this position.
fn marker_at(bytes: &[u8], position: usize) -> Option<Marker> {
    let (is_begin, after_word) = match eat(bytes, position, b"BEGIN") {
        Some(after) => (true, after),
        None => (false, eat(bytes, position, b"END")?),
    };
    let label_start = skip(bytes, after_word, is_filler);
    let (label, after_label) = LABELS.iter().find_map(|(name, label)| {
        eat_words(bytes, label_start, name).map(|after| (*label, after))
    })?;
    // In base64, a word is surrounded by letters and digits.
    let before = preceding(bytes, position);
    let after = bytes.get(after_label);
    let is_word = before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
        && (label_start > after_word || after.is_none_or(|byte| !byte.is_ascii_alphanumeric()));
    is_word.then(|| Marker {
        is_begin,
        label,
        start: skip_back(bytes, position, |byte| byte == b'-'),
        end: skip(bytes, after_label, |byte| byte == b'-'),
    })
}

fn preceding(bytes: &[u8], position: usize) -> Option<u8> {
    bytes.get(position.checked_sub(1)?).copied()
}

const fn is_filler(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'-' | b'_')
}

/// The words of a label, with or without blanks between them.
fn eat_words(bytes: &[u8], position: usize, words: &str) -> Option<usize> {
    words
        .split(' ')
        .enumerate()
        .try_fold(position, |position, (index, word)| {
            let start = if index == 0 {
                position
            } else {
                skip(bytes, position, |byte| matches!(byte, b' ' | b'\t' | b'_'))
            };
            eat(bytes, start, word.as_bytes())
        })
}

fn eat(bytes: &[u8], position: usize, word: &[u8]) -> Option<usize> {
    let end = position.checked_add(word.len())?;
    bytes
        .get(position..end)?
        .eq_ignore_ascii_case(word)
        .then_some(end)
}

fn skip(bytes: &[u8], position: usize, skipped: fn(u8) -> bool) -> usize {
    let rest = bytes.get(position..).unwrap_or_default();
    let count = rest.iter().take_while(|byte| skipped(**byte)).count();
    position.saturating_add(count)
}

fn skip_back(bytes: &[u8], position: usize, skipped: fn(u8) -> bool) -> usize {
    let before = bytes.get(..position).unwrap_or_default();
    let count = before
        .iter()
        .rev()
        .take_while(|byte| skipped(**byte))
        .count();
    position.saturating_sub(count)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::usual("-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----")]
    #[case::one_dash("-BEGIN CERTIFICATE-\nAA\n-END CERTIFICATE-")]
    #[case::no_dashes("BEGIN CERTIFICATE\nAA\nEND CERTIFICATE")]
    #[case::no_blanks("-----BEGINCERTIFICATE-----\nAA\n-----ENDCERTIFICATE-----")]
    #[case::lower_case("-----begin certificate-----\nAA\n-----end certificate-----")]
    #[case::one_line("-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----")]
    #[case::no_end("prose\n-----BEGIN CERTIFICATE-----\nAA\n")]
    fn a_block_is_found(#[case] text: &str) {
        let blocks = labeled_blocks(text);
        assert_eq!(blocks.len(), 1, "{blocks:?}");
        assert_eq!(blocks[0].label, Label::Certificate);
        assert_eq!(blocks[0].body.trim(), "AA");
    }

    #[test]
    fn a_block_without_its_first_line_starts_at_its_base64() {
        let blocks = labeled_blocks("Here it is:\nMIAA\n-----END CERTIFICATE-----\nBest regards");
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].body.trim(), "MIAA");
    }

    #[test]
    fn a_block_without_its_last_line_ends_at_the_next_block() {
        let blocks =
            labeled_blocks("-----BEGIN CERTIFICATE-----\nAA\n-----BEGIN PRIVATE KEY-----\nBB");
        let found: Vec<_> = blocks
            .iter()
            .map(|block| (block.label, block.body.trim()))
            .collect();
        assert_eq!(
            found,
            [(Label::Certificate, "AA"), (Label::PrivateKey, "BB")]
        );
    }

    #[rstest]
    fn other_text_has_no_block(
        #[values(
            "",
            "MIIBEGINCERTIFICATEAAAA",
            "in the beginning",
            "the certificate is attached"
        )]
        text: &str,
    ) {
        assert_eq!(labeled_blocks(text), []);
    }
}
