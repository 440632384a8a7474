//! Secrets at rest: secrets that are read again are sealed with AES-256-GCM under the secret key, secrets that are only
//! compared are hashed.
//!
//! Outside the protocol crates, only this file calls a cryptographic primitive.

mod key_file;
mod secret_keys;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use base64_simd::STANDARD;
use config::SecretKey;
use key_file::FileVersion;
pub use key_file::{KeyFile, KeyFileError};
pub use secret_keys::SecretKeys;
use store::{SealedText, SecretHash};

use crate::random;

/// The first byte of every sealed secret, so that the format can change.
const FORMAT_VERSION: u8 = 1;

/// Seals and unseals secrets that the database stores. Cheap to clone; all clones have the same keys.
#[derive(Clone)]
pub struct Seal(Arc<Shared>);

struct Shared {
    /// The first one seals.
    keys: RwLock<Arc<[LessSafeKey]>>,
    file: Option<WatchedFile>,
}

/// The file with the keys, and what it was when it was last read.
struct WatchedFile {
    file: KeyFile,
    version: Mutex<Option<FileVersion>>,
}

impl fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Seal")
    }
}

/// A sealed secret cannot be unsealed: it was sealed with another key or for another place, or is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed secret cannot be unsealed with the secret key")]
pub struct UnsealError;

impl Seal {
    /// A seal with keys that do not change.
    pub fn from_keys(keys: &SecretKeys) -> Self {
        Self(Arc::new(Shared {
            keys: RwLock::new(ciphers(keys)),
            file: None,
        }))
    }

    /// A seal with the keys of a file. It reads the file again when the file changes.
    pub fn from_file(file: KeyFile) -> Result<Self, KeyFileError> {
        let version = Mutex::new(file.version());
        let keys = file.read()?;
        Ok(Self(Arc::new(Shared {
            keys: RwLock::new(ciphers(&keys)),
            file: Some(WatchedFile { file, version }),
        })))
    }

    /// The file that the keys come from.
    pub fn file(&self) -> Option<&KeyFile> {
        self.0.file.as_ref().map(|watched| &watched.file)
    }

    /// Reads the key file again if it has changed, and returns whether it has. A file that cannot be used changes nothing.
    pub fn reload(&self) -> Result<bool, KeyFileError> {
        let Some(watched) = &self.0.file else {
            return Ok(false);
        };
        let mut version = watched
            .version
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let found = watched.file.version();
        if found == *version {
            return Ok(false);
        }
        let keys = watched.file.read()?;
        *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = ciphers(&keys);
        *version = found;
        Ok(true)
    }

    /// Seals a secret for one place, such as `connection_key/ID`: moved to another row or column, it cannot be unsealed.
    pub fn seal(&self, place: &str, secret: &[u8]) -> SealedText {
        let nonce = random::bytes::<NONCE_LEN>();
        let mut sealed = secret.to_vec();
        self.keys()[0]
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

    /// Unseals a secret that was sealed for this place, with any of the keys.
    pub fn unseal(&self, place: &str, sealed: &SealedText) -> Result<Vec<u8>, UnsealError> {
        let unseal = || {
            let keys = self.keys();
            keys.iter().find_map(|key| unseal_with(key, place, sealed))
        };
        unseal()
            .or_else(|| {
                // Another node may have sealed it with a key that the file has had since.
                let has_new_keys = self.reload().unwrap_or_default();
                has_new_keys.then(unseal).flatten()
            })
            .ok_or(UnsealError)
    }

    /// Whether the current key sealed the secret.
    pub fn is_current(&self, place: &str, sealed: &SealedText) -> bool {
        unseal_with(&self.keys()[0], place, sealed).is_some()
    }

    fn keys(&self) -> Arc<[LessSafeKey]> {
        let keys = self.0.keys.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&keys)
    }
}

fn ciphers(keys: &SecretKeys) -> Arc<[LessSafeKey]> {
    keys.all().map(cipher).collect()
}

fn cipher(key: &SecretKey) -> LessSafeKey {
    let key = UnboundKey::new(&AES_256_GCM, key.as_bytes()).expect("the key has 32 bytes");
    LessSafeKey::new(key)
}

fn unseal_with(key: &LessSafeKey, place: &str, sealed: &SealedText) -> Option<Vec<u8>> {
    let sealed = STANDARD.decode_to_vec(sealed.as_str()).ok()?;
    let (version, rest) = sealed.split_first()?;
    let (nonce, text) = rest.split_at_checked(NONCE_LEN)?;
    if *version != FORMAT_VERSION {
        return None;
    }
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut text = text.to_vec();
    let length = key
        .open_in_place(nonce, Aad::from(place.as_bytes()), &mut text)
        .ok()?
        .len();
    text.truncate(length);
    Some(text)
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
    use super::*;

    const PLACE: &str = "connection_key/key_1";

    fn seal_of(byte: u8) -> Seal {
        Seal::from_keys(&SecretKeys::one(SecretKey::from_bytes([byte; 32])))
    }

    #[test]
    fn a_secret_is_unsealed_only_in_its_place() {
        let seal = seal_of(7);
        let sealed = seal.seal(PLACE, b"secret");
        assert_eq!(seal.unseal(PLACE, &sealed), Ok(b"secret".to_vec()));
        assert_eq!(
            seal.unseal("connection_key/key_2", &sealed),
            Err(UnsealError)
        );
        assert_eq!(seal_of(8).unseal(PLACE, &sealed), Err(UnsealError));
        assert_ne!(seal.seal(PLACE, b"secret"), sealed);
        for length in 0..sealed.as_str().len() {
            let cut = SealedText::new(sealed.as_str()[..length].to_owned());
            assert_eq!(seal.unseal(PLACE, &cut), Err(UnsealError));
        }
    }

    /// Two nodes read the file at different times: at every step each unseals what the other seals.
    #[test]
    fn nodes_unseal_each_others_secrets_while_the_key_is_rotated() {
        let folder = std::env::temp_dir().join(format!("vestibule-seal-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir(&folder).unwrap();
        let file = KeyFile::new(&folder.join("vestibule.key"));
        file.create().unwrap();
        let steps = [
            SecretKeys::prepared,
            SecretKeys::rotated,
            SecretKeys::without_previous,
        ];
        let node = Seal::from_file(file.clone()).unwrap();
        let first = node.seal(PLACE, b"secret");
        for step in steps {
            file.replace(&step(file.read().unwrap())).unwrap();
            let other = Seal::from_file(file.clone()).unwrap();
            let from_other = other.seal(PLACE, b"of other");
            let from_node = node.seal(PLACE, b"of node");
            assert_eq!(other.unseal(PLACE, &from_node), Ok(b"of node".to_vec()));
            assert_eq!(node.unseal(PLACE, &from_other), Ok(b"of other".to_vec()));
            node.reload().unwrap();
        }
        assert!(!node.is_current(PLACE, &first));
        assert_eq!(node.unseal(PLACE, &first), Err(UnsealError));
    }

    #[test]
    fn a_damaged_key_file_leaves_the_keys_as_they_are() {
        let folder = std::env::temp_dir().join(format!("vestibule-damaged-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir(&folder).unwrap();
        let file = KeyFile::new(&folder.join("vestibule.key"));
        file.create().unwrap();
        let seal = Seal::from_file(file.clone()).unwrap();
        let sealed = seal.seal(PLACE, b"secret");
        std::fs::remove_file(file.path()).unwrap();
        assert!(seal.reload().is_err());
        assert_eq!(seal.unseal(PLACE, &sealed), Ok(b"secret".to_vec()));
    }
}
