//! Secrets at rest: secrets that are read again are sealed with AES-256-GCM under the key of `secret_key_file`, secrets
//! that are only compared are hashed.
//!
//! Outside the protocol crates, only this file calls a cryptographic primitive.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use base64_simd::STANDARD;
use store::{SealedText, SecretHash};

use crate::random;

const KEY_LEN: usize = 32;
/// The user ID of root.
const ROOT: u32 = 0;
/// The first byte of every sealed secret, so that the format can change.
const FORMAT_VERSION: u8 = 1;

/// Seals and unseals secrets that the database stores.
#[derive(Clone)]
pub struct Seal(Arc<LessSafeKey>);

impl fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Seal")
    }
}

/// Why the secret key file cannot be used, with the next step for the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("secret_key_file: {} cannot be read or created", .path.display())]
    Unreachable { path: PathBuf, source: io::Error },
    /// Other users than the owner have access to the file.
    #[error(
        "secret_key_file: {path} is accessible to users other than its owner (mode {mode:o}, expected 600); run: chmod 600 {path}",
        path = .path.display()
    )]
    InsecurePermissions { path: PathBuf, mode: u32 },
    #[error(
        "secret_key_file: {} holds {length} bytes, expected {KEY_LEN}; restore the file from your backup: secrets in the database can be unsealed with no other key",
        .path.display()
    )]
    WrongLength { path: PathBuf, length: usize },
}

/// A sealed secret cannot be unsealed: it was sealed with another key or for another place, or is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed secret cannot be unsealed with the key of secret_key_file")]
pub struct UnsealError;

impl Seal {
    /// Reads the key of a file, and creates the file when it does not exist.
    pub fn from_file(path: &Path) -> Result<Self, KeyFileError> {
        match Self::from_existing_file(path) {
            Err(KeyFileError::Unreachable { source, .. })
                if source.kind() == ErrorKind::NotFound =>
            {
                create_key_file(path)?;
            }
            result => return result,
        }
        Self::from_existing_file(path)
    }

    /// Reads the key of an existing file.
    pub fn from_existing_file(path: &Path) -> Result<Self, KeyFileError> {
        let unreachable = |source| KeyFileError::Unreachable {
            path: path.to_owned(),
            source,
        };
        let metadata = path.metadata().map_err(unreachable)?;
        let mode = metadata.permissions().mode() & 0o777;
        if !is_private(mode, metadata.uid()) {
            return Err(KeyFileError::InsecurePermissions {
                path: path.to_owned(),
                mode,
            });
        }
        let bytes = std::fs::read(path).map_err(unreachable)?;
        Self::from_bytes(&bytes).ok_or_else(|| KeyFileError::WrongLength {
            path: path.to_owned(),
            length: bytes.len(),
        })
    }

    /// `None` when the key is not 32 bytes long.
    pub fn from_bytes(key: &[u8]) -> Option<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key).ok()?;
        Some(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// Seals a secret for one place, such as `connection_key/ID`: moved to another row or column, it cannot be unsealed.
    pub fn seal(&self, place: &str, secret: &[u8]) -> SealedText {
        let nonce = random::bytes::<NONCE_LEN>();
        let mut sealed = secret.to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.as_bytes()),
                &mut sealed,
            )
            .expect("AES-GCM seals up to 64 GiB");
        SealedText::new(
            STANDARD.encode_to_string(
                [&[FORMAT_VERSION], nonce.as_slice(), sealed.as_slice()].concat(),
            ),
        )
    }

    /// Unseals a secret that was sealed for this place.
    pub fn unseal(&self, place: &str, sealed: &SealedText) -> Result<Vec<u8>, UnsealError> {
        let sealed = STANDARD
            .decode_to_vec(sealed.as_str())
            .map_err(|_| UnsealError)?;
        let (version, rest) = sealed.split_first().ok_or(UnsealError)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(UnsealError)?;
        if *version != FORMAT_VERSION {
            return Err(UnsealError);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| UnsealError)?;
        let mut text = text.to_vec();
        let length = self
            .0
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut text)
            .map_err(|_| UnsealError)?
            .len();
        text.truncate(length);
        Ok(text)
    }
}

/// Whether only the owner has access to a file. The group may read a file of root: Kubernetes mounts secrets so.
const fn is_private(mode: u32, owner: u32) -> bool {
    let forbidden = if owner == ROOT { 0o037 } else { 0o077 };
    mode & forbidden == 0
}

/// Creates the file with a new key, readable by its owner only from the start.
fn create_key_file(path: &Path) -> Result<(), KeyFileError> {
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.write_all(&random::bytes::<KEY_LEN>())?;
            file.sync_all()
        });
    match written {
        // Another process that starts at the same time has created it.
        Err(source) if source.kind() == ErrorKind::AlreadyExists => Ok(()),
        written => written.map_err(|source| KeyFileError::Unreachable {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The SHA-256 of a random token, as the database stores it.
pub fn hash(token: &str) -> SecretHash {
    hash_bytes(token.as_bytes())
}

pub fn hash_bytes(bytes: &[u8]) -> SecretHash {
    let digest = digest(&SHA256, bytes);
    SecretHash::from_sha256(digest.as_ref().try_into().expect("SHA-256 gives 32 bytes"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("vestibule-seal-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir(&folder).unwrap();
        folder
    }

    #[test]
    fn a_secret_is_unsealed_only_in_its_place() {
        let seal = Seal::from_bytes(&[7; KEY_LEN]).unwrap();
        let sealed = seal.seal("connection_key/key_1", b"secret");
        assert_eq!(
            seal.unseal("connection_key/key_1", &sealed),
            Ok(b"secret".to_vec())
        );
        assert_eq!(
            seal.unseal("connection_key/key_2", &sealed),
            Err(UnsealError)
        );
        assert_eq!(
            Seal::from_bytes(&[8; KEY_LEN])
                .unwrap()
                .unseal("connection_key/key_1", &sealed),
            Err(UnsealError)
        );
        assert_ne!(seal.seal("connection_key/key_1", b"secret"), sealed);
        for length in 0..sealed.as_str().len() {
            let cut = SealedText::new(sealed.as_str()[..length].to_owned());
            assert_eq!(seal.unseal("connection_key/key_1", &cut), Err(UnsealError));
        }
    }

    #[test]
    fn the_first_start_creates_a_file_that_only_its_owner_can_read() {
        let path = folder("first").join("vestibule.key");
        let seal = Seal::from_file(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let sealed = seal.seal("here", b"secret");
        assert_eq!(
            Seal::from_file(&path).unwrap().unseal("here", &sealed),
            Ok(b"secret".to_vec())
        );
    }

    #[test]
    fn a_key_file_that_other_users_can_read_is_rejected() {
        let path = folder("wide").join("vestibule.key");
        Seal::from_file(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let problem = Seal::from_file(&path).unwrap_err().to_string();
        assert!(
            problem.contains("mode 644, expected 600") && problem.contains("chmod 600"),
            "{problem}"
        );
    }

    #[rstest]
    #[case::owner_only(0o600, 1000, true)]
    #[case::group_of_a_user(0o640, 1000, false)]
    #[case::group_of_root(0o440, ROOT, true)]
    #[case::group_of_root_that_may_write(0o660, ROOT, false)]
    #[case::everyone(0o444, ROOT, false)]
    fn only_the_group_of_a_file_of_root_may_read_it(
        #[case] mode: u32,
        #[case] owner: u32,
        #[case] expected: bool,
    ) {
        assert_eq!(is_private(mode, owner), expected);
    }

    #[test]
    fn a_file_without_a_key_is_rejected() {
        let path = folder("short").join("vestibule.key");
        Seal::from_file(&path).unwrap();
        std::fs::write(&path, b"hello").unwrap();
        assert!(
            Seal::from_file(&path)
                .unwrap_err()
                .to_string()
                .contains("holds 5 bytes, expected 32")
        );
    }
}
