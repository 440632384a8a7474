//! Files that an option names; `-` is standard input.

use std::io::Read;
use std::path::Path;

use super::Ending;

/// The most bytes that are read: more than any message, key or metadata that is taken.
const MOST: u64 = 16 * 1024 * 1024;

/// The bytes of a file.
///
/// # Errors
///
/// With the option that named it.
pub(super) fn bytes(option: &str, path: &Path) -> Result<Vec<u8>, Ending> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().take(MOST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes))
    };
    let failed = |received: String| {
        Ending::Failed(format!(
            "{option}: expected a file, received {}: {received}",
            path.display()
        ))
    };
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MOST {
        return Err(failed("it is larger than 16 MiB".to_owned()));
    }
    Ok(bytes)
}

/// The text of a file.
///
/// # Errors
///
/// With the option that named it.
pub(super) fn text(option: &str, path: &Path) -> Result<String, Ending> {
    String::from_utf8(bytes(option, path)?).map_err(|_| {
        Ending::Failed(format!(
            "{option}: expected text, received bytes that are none: {}",
            path.display()
        ))
    })
}

/// A text that may hold bytes of a certificate: what is not text is handed on as base64, which every reader takes.
///
/// # Errors
///
/// With the option that named it.
pub(super) fn text_or_base64(option: &str, path: &Path) -> Result<String, Ending> {
    let bytes = bytes(option, path)?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| base64_simd::STANDARD.encode_to_string(error.as_bytes())))
}
