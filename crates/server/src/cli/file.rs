//! Files given as arguments. `-` is standard input.

use std::io::Read;
use std::path::Path;

use super::CliError;

/// More than any accepted message, key or metadata.
const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;

/// Reads a file. The error message names `option`.
pub(super) fn read_bytes(option: &str, path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin()
            .take(MAX_FILE_BYTES + 1)
            .read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path)
            .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
    };
    let failed = |reason: String| {
        CliError::Failed(format!(
            "{option}: could not read {}: {reason}",
            path.display()
        ))
    };
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(failed("the file is larger than 16 MiB".to_owned()));
    }
    Ok(bytes)
}

pub(super) fn read_text(option: &str, path: &Path) -> Result<String, CliError> {
    String::from_utf8(read_bytes(option, path)?)
        .map_err(|_| CliError::Failed(format!("{option}: {} is not UTF-8 text", path.display())))
}

/// Reads a certificate. A binary (DER) file is returned as base64, which the service accepts as well as PEM.
pub(super) fn read_certificate(option: &str, path: &Path) -> Result<String, CliError> {
    let bytes = read_bytes(option, path)?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| base64_simd::STANDARD.encode_to_string(error.as_bytes())))
}
