//! The signing key of the practice identity provider. It is stored in the folder, so the connection stays valid.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use testkit::identity_provider::PracticeKey;

use super::{DemoError, Folder};

const PRIVATE_KEY_FILE: &str = "practice-identity-provider.key";
const CERTIFICATE_FILE: &str = "practice-identity-provider.crt";

/// Loads the key from the folder, or generates and stores one.
pub(super) fn load_or_generate(folder: &Folder) -> Result<PracticeKey, DemoError> {
    let private_key = folder.file(PRIVATE_KEY_FILE);
    let certificate = folder.file(CERTIFICATE_FILE);
    match fs::read(&private_key) {
        Ok(private_key_der) => {
            let certificate_der = fs::read(&certificate).map_err(|source| DemoError::Folder {
                path: certificate,
                source,
            })?;
            PracticeKey::from_der(&private_key_der, &certificate_der)
                .map_err(DemoError::PracticeKey)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = generate()?;
            // The private key last: if it exists, so does the certificate.
            write(certificate, key.certificate_der())?;
            write(private_key, key.private_key_der())?;
            Ok(key)
        }
        Err(source) => Err(DemoError::Folder {
            path: private_key,
            source,
        }),
    }
}

/// Generates a key without storing it.
pub(super) fn generate() -> Result<PracticeKey, DemoError> {
    PracticeKey::generate().map_err(DemoError::PracticeKey)
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<(), DemoError> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path);
    file.and_then(|mut file| file.write_all(bytes))
        .map_err(|source| DemoError::Folder { path, source })
}
