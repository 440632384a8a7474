//! Where the demo keeps its data.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::DemoProblem;

/// A folder that belongs to one running demo.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    stay: Stay,
    /// Held for as long as the demo runs.
    _lock: File,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stay {
    /// The folder goes with the demo.
    Temporary,
    /// Somebody named it, and keeps it.
    Kept,
}

impl Folder {
    /// Takes the folder with this name, and makes it when it is not there.
    ///
    /// # Errors
    ///
    /// When it cannot be used, or another demo uses it.
    pub fn named(path: &Path) -> Result<Self, DemoProblem> {
        Self::open(path, Stay::Kept)
    }

    /// Makes a folder that is removed at the end; `random` keeps its name from being anybody else's.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn temporary(random: [u8; 8]) -> Result<Self, DemoProblem> {
        let name = format!("vestibule-demo-{:016x}", u64::from_be_bytes(random));
        Self::open(&std::env::temp_dir().join(name), Stay::Temporary)
    }

    /// A file of the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// What becomes of the data.
    pub(super) fn story(&self) -> String {
        let path = self.path.display();
        match self.stay {
            Stay::Temporary => format!(
                "The data is in {path} until the demo stops.\nTo keep it:  vestibule demo --folder DIR"
            ),
            Stay::Kept => format!("The data is in {path} and stays there."),
        }
    }

    fn open(path: &Path, stay: Stay) -> Result<Self, DemoProblem> {
        let failed = |cause| DemoProblem::Folder {
            path: path.to_owned(),
            cause,
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(failed)?;
        // A configuration's paths are relative to its file; the demo has none.
        let path = path.canonicalize().map_err(failed)?;
        let failed = |cause| DemoProblem::Folder {
            path: path.clone(),
            cause,
        };
        let lock = File::create(path.join("demo.lock")).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path,
                stay,
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(DemoProblem::FolderInUse(path)),
            Err(TryLockError::Error(cause)) => Err(failed(cause)),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.stay == Stay::Temporary
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(%error, folder = %self.path.display(), "the demo's folder cannot be removed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_folder_goes_and_a_named_one_stays() {
        let temporary = Folder::temporary(runtime::random::bytes()).unwrap();
        let path = temporary.path.clone();
        let named = path.join("named");
        drop(Folder::named(&named).unwrap());
        assert!(named.is_dir());
        drop(temporary);
        assert!(!path.exists());
    }

    #[test]
    fn a_folder_belongs_to_one_demo_at_a_time() {
        let first = Folder::temporary(runtime::random::bytes()).unwrap();
        let error = Folder::named(&first.path).unwrap_err();
        assert!(matches!(error, DemoProblem::FolderInUse(_)), "{error}");
    }
}
