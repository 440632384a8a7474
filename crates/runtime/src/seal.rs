//! Secrets at rest: those that must be read again are sealed with AES-256-GCM under the key of a file, those that must
//! only be recognised are hashed.
//!
//! This file and nothing else in the server calls a cryptographic primitive. It stands here and not in a crate of
//! its own because the key file is the operator's, and one screen of code has one reader.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use base64_simd::STANDARD;
use store::{SealedText, SecretHash};

use crate::random;

const KEY_LEN: usize = 32;
/// The first byte of everything sealed, so that another way of sealing can follow this one.
const VERSION: u8 = 1;

/// Seals and opens what the database must not show to a reader of its files.
#[derive(Clone)]
pub struct Seal(Arc<LessSafeKey>);

impl fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Seal")
    }
}

/// Why the key of a file cannot be used. Each sentence says what to do next.
#[derive(Debug)]
pub enum KeyFileProblem {
    /// The file cannot be read or made.
    Unreachable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others than the owner may read the file.
    WidePermissions {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file does not hold a key.
    WrongLength {
        /// The file.
        path: PathBuf,
        /// How many bytes it holds.
        length: usize,
    },
}

impl fmt::Display for KeyFileProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { path, .. } => {
                write!(
                    formatter,
                    "secret_key_file: {} cannot be read or made",
                    path.display()
                )
            }
            Self::WidePermissions { path, mode } => write!(
                formatter,
                "secret_key_file: {path} may be read by others than its owner (mode {mode:o}, expected 600); run: chmod 600 {path}",
                path = path.display(),
            ),
            Self::WrongLength { path, length } => write!(
                formatter,
                "secret_key_file: {} holds {length} bytes, expected {KEY_LEN}; restore the file from your backup, since what is sealed with it opens with nothing else",
                path.display(),
            ),
        }
    }
}

impl std::error::Error for KeyFileProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreachable { source, .. } => Some(source),
            Self::WidePermissions { .. } | Self::WrongLength { .. } => None,
        }
    }
}

/// What is sealed does not open: another key, another place in the database, or damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unopened;

impl fmt::Display for Unopened {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a sealed secret does not open with the key of secret_key_file")
    }
}

impl std::error::Error for Unopened {}

impl Seal {
    /// Reads the key of a file, and makes the file when there is none.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or made, is open to others, or does not hold a key.
    pub fn from_file(path: &Path) -> Result<Self, KeyFileProblem> {
        match Self::read(path) {
            Err(KeyFileProblem::Unreachable { source, .. })
                if source.kind() == ErrorKind::NotFound =>
            {
                make(path)?;
            }
            read => return read,
        }
        Self::read(path)
    }

    /// Reads the key of a file that must be there.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is open to others, or does not hold a key.
    pub fn read(path: &Path) -> Result<Self, KeyFileProblem> {
        let unreachable = |source| KeyFileProblem::Unreachable {
            path: path.to_owned(),
            source,
        };
        let mode = path.metadata().map_err(unreachable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(KeyFileProblem::WidePermissions {
                path: path.to_owned(),
                mode,
            });
        }
        let bytes = std::fs::read(path).map_err(unreachable)?;
        Self::from_bytes(&bytes).ok_or_else(|| KeyFileProblem::WrongLength {
            path: path.to_owned(),
            length: bytes.len(),
        })
    }

    /// The seal of a key that lies in memory; nothing when it has not the length of one.
    pub fn from_bytes(key: &[u8]) -> Option<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key).ok()?;
        Some(Self(Arc::new(LessSafeKey::new(key))))
    }

    /// Seals a secret for one place: what is moved to another row or column does not open there.
    ///
    /// # Panics
    ///
    /// Never for anything that fits into memory.
    pub fn close(&self, place: &str, secret: &[u8]) -> SealedText {
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
            STANDARD.encode_to_string([&[VERSION], nonce.as_slice(), sealed.as_slice()].concat()),
        )
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    ///
    /// When it was sealed with another key or for another place, or has changed since.
    pub fn open(&self, place: &str, sealed: &SealedText) -> Result<Vec<u8>, Unopened> {
        let sealed = STANDARD
            .decode_to_vec(sealed.as_str())
            .map_err(|_| Unopened)?;
        let (version, rest) = sealed.split_first().ok_or(Unopened)?;
        let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(Unopened)?;
        if *version != VERSION {
            return Err(Unopened);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unopened)?;
        let mut text = text.to_vec();
        let length = self
            .0
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut text)
            .map_err(|_| Unopened)?
            .len();
        text.truncate(length);
        Ok(text)
    }
}

/// Makes the file with a fresh key, for its owner alone from its first moment.
fn make(path: &Path) -> Result<(), KeyFileProblem> {
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
        // Two first starts at once: the other one's key is as good.
        Err(source) if source.kind() == ErrorKind::AlreadyExists => Ok(()),
        written => written.map_err(|source| KeyFileProblem::Unreachable {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The form in which the database keeps what somebody shows to be let in.
///
/// # Panics
///
/// Never: the digest has the length of a SHA-256.
pub fn hash(token: &str) -> SecretHash {
    hash_bytes(token.as_bytes())
}

/// The same of what is no text.
pub fn hash_bytes(bytes: &[u8]) -> SecretHash {
    let digest = digest(&SHA256, bytes);
    SecretHash::from_sha256(digest.as_ref().try_into().expect("SHA-256 gives 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("vestibule-seal-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir(&folder).unwrap();
        folder
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_and_nowhere_else() {
        let seal = Seal::from_bytes(&[7; KEY_LEN]).unwrap();
        let sealed = seal.close("connection_key/key_1", b"secret");
        assert_eq!(
            seal.open("connection_key/key_1", &sealed),
            Ok(b"secret".to_vec())
        );
        assert_eq!(seal.open("connection_key/key_2", &sealed), Err(Unopened));
        assert_eq!(
            Seal::from_bytes(&[8; KEY_LEN])
                .unwrap()
                .open("connection_key/key_1", &sealed),
            Err(Unopened)
        );
        assert_ne!(seal.close("connection_key/key_1", b"secret"), sealed);
        for length in 0..sealed.as_str().len() {
            let cut = SealedText::new(sealed.as_str()[..length].to_owned());
            assert_eq!(seal.open("connection_key/key_1", &cut), Err(Unopened));
        }
    }

    #[test]
    fn the_first_start_makes_a_file_for_its_owner_alone() {
        let path = folder("first").join("vestibule.key");
        let made = Seal::from_file(&path).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let sealed = made.close("here", b"secret");
        assert_eq!(
            Seal::from_file(&path).unwrap().open("here", &sealed),
            Ok(b"secret".to_vec())
        );
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let path = folder("wide").join("vestibule.key");
        Seal::from_file(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let problem = Seal::from_file(&path).unwrap_err().to_string();
        assert!(
            problem.contains("mode 640, expected 600") && problem.contains("chmod 600"),
            "{problem}"
        );
    }

    #[test]
    fn a_file_that_holds_no_key_is_refused() {
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
