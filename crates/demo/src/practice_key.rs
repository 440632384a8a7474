//! The practice identity provider's key: one for each folder, so that the connection to it stays good.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use testkit::identity_provider::PracticeKey;

use super::{DemoProblem, Folder};

const SECRET: &str = "practice-identity-provider.key";
const CERTIFICATE: &str = "practice-identity-provider.crt";

/// The key that lies in the folder; the first time, one is made.
pub(super) fn of(folder: &Folder) -> Result<PracticeKey, DemoProblem> {
    let (secret, certificate) = (folder.file(SECRET), folder.file(CERTIFICATE));
    match fs::read(&secret) {
        Ok(secret_der) => {
            let certificate_der = fs::read(&certificate).map_err(|cause| DemoProblem::Folder {
                path: certificate,
                cause,
            })?;
            PracticeKey::from_der(&secret_der, &certificate_der).map_err(DemoProblem::PracticeKey)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = fresh()?;
            // The secret last: where it is, the certificate is too.
            write(certificate, key.certificate_der())?;
            write(secret, key.private_key_der())?;
            Ok(key)
        }
        Err(cause) => Err(DemoProblem::Folder {
            path: secret,
            cause,
        }),
    }
}

/// A key that lies nowhere.
pub(super) fn fresh() -> Result<PracticeKey, DemoProblem> {
    PracticeKey::generate().map_err(DemoProblem::PracticeKey)
}

fn write(path: PathBuf, bytes: &[u8]) -> Result<(), DemoProblem> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path);
    file.and_then(|mut file| file.write_all(bytes))
        .map_err(|cause| DemoProblem::Folder { path, cause })
}
