//! The folder with the demo's data.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::DemoError;

/// The data folder, locked by one running demo.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    lifetime: Lifetime,
    /// Locked while the demo runs.
    _lock: File,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lifetime {
    /// The folder is deleted when the demo stops.
    Temporary,
    Persistent,
}

impl Folder {
    /// Opens a folder that is kept, and creates it if necessary.
    pub fn persistent(path: &Path) -> Result<Self, DemoError> {
        Self::open(path, Lifetime::Persistent)
    }

    /// Creates a folder that is deleted on drop. `random` makes its name unique.
    pub fn temporary(random: [u8; 8]) -> Result<Self, DemoError> {
        let name = format!("vestibule-demo-{:016x}", u64::from_be_bytes(random));
        Self::open(&std::env::temp_dir().join(name), Lifetime::Temporary)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Says where the data is, and whether it is kept.
    pub(super) fn instructions(&self) -> String {
        let path = self.path.display();
        match self.lifetime {
            Lifetime::Temporary => {
                format!("Data: {path} (deleted when the demo stops; to keep it, use --folder DIR)")
            }
            Lifetime::Persistent => format!("Data: {path}"),
        }
    }

    fn open(path: &Path, lifetime: Lifetime) -> Result<Self, DemoError> {
        let failed = |source| DemoError::Folder {
            path: path.to_owned(),
            source,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(failed)?;
        // Relative paths in a configuration are relative to its file, and the demo has no file.
        let path = path.canonicalize().map_err(failed)?;
        let failed = |source| DemoError::Folder {
            path: path.clone(),
            source,
        };
        let lock = File::create(path.join("demo.lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path,
                lifetime,
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DemoError::FolderInUse(path)),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.lifetime == Lifetime::Temporary
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, folder = %self.path.display(), "could not delete the demo's folder");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_folder_is_deleted_and_a_persistent_one_is_kept() {
        let temporary = Folder::temporary(runtime::random::bytes()).unwrap();
        let path = temporary.path.clone();
        let persistent = path.join("persistent");
        drop(Folder::persistent(&persistent).unwrap());
        assert!(persistent.is_dir());
        drop(temporary);
        assert!(!path.exists());
    }

    #[test]
    fn only_one_demo_can_use_a_folder_at_a_time() {
        let first = Folder::temporary(runtime::random::bytes()).unwrap();
        let error = Folder::persistent(&first.path).unwrap_err();
        assert!(matches!(error, DemoError::FolderInUse(_)), "{error}");
    }
}
