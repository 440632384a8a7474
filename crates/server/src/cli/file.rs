//! Files given as arguments. `-` is standard input.

use std::io::Read;
use std::path::Path;

use saml::metadata::MetadataStream;
use saml::paste::TidyText;

use super::CliError;

/// More than any accepted message, key or metadata.
const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;
/// More than the metadata of any federation.
const MAX_METADATA_BYTES: u64 = 1024 * 1024 * 1024;

/// Reads a file. The error message names `option`.
pub(super) fn read_bytes(option: &str, path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = open(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes));
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

fn is_url(path: &str) -> bool {
    path.starts_with("https://") || path.starts_with("http://")
}

pub(super) fn read_text(option: &str, path: &Path) -> Result<String, CliError> {
    String::from_utf8(read_bytes(option, path)?)
        .map_err(|_| CliError::Failed(format!("{option}: {} is not UTF-8 text", path.display())))
}

/// Reads a certificate. What is not text that can be tidied is returned as base64, and the service says what it is.
pub(super) fn read_certificate(option: &str, path: &Path) -> Result<String, CliError> {
    let bytes = read_bytes(option, path)?;
    Ok(match TidyText::new(&bytes, None) {
        Ok(tidy) => tidy.as_str().to_owned(),
        Err(_) => String::from_utf8(bytes)
            .unwrap_or_else(|error| base64_simd::STANDARD.encode_to_string(error.as_bytes())),
    })
}

/// Reads metadata. Of a large file, such as the metadata of a federation, `entity` alone is kept, unless a signature
/// over the whole file has to be verified.
pub(super) fn read_metadata(
    path: &Path,
    entity: Option<&str>,
    is_signed: bool,
) -> Result<String, CliError> {
    const OPTION: &str = "--metadata";
    if let Some(url) = path.to_str().filter(|path| is_url(path)) {
        return Err(CliError::Failed(format!(
            "{OPTION}: expected a file, received a URL; give {url} to --metadata-url"
        )));
    }
    const MAX_WHOLE_BYTES: usize = 1024 * 1024;
    const MAX_SIGNED_BYTES: usize = 16 * 1024 * 1024;
    let failed = |error: &dyn std::error::Error| {
        CliError::Failed(format!("{OPTION}: {}: {error}", path.display()))
    };
    let max_whole = if is_signed {
        MAX_SIGNED_BYTES
    } else {
        MAX_WHOLE_BYTES
    };
    let mut stream = MetadataStream::new(entity, max_whole);
    let not_read = |error: std::io::Error| {
        let path = path.display();
        CliError::Failed(format!("{OPTION}: could not read {path}: {error}"))
    };
    let mut reader = open(path).map_err(not_read)?.take(MAX_METADATA_BYTES);
    let mut piece = vec![0; 64 * 1024];
    while !stream.is_complete() {
        let length = reader.read(&mut piece).map_err(not_read)?;
        if length == 0 {
            break;
        }
        let piece = piece.get(..length).unwrap_or_default();
        stream.push(piece).map_err(|error| failed(&error))?;
    }
    let document = stream.finish().map_err(|error| failed(&error))?;
    let tidy = TidyText::new(&document, None).map_err(|error| failed(&error))?;
    Ok(tidy.as_str().to_owned())
}

fn open(path: &Path) -> std::io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    Ok(Box::new(std::fs::File::open(path)?))
}
