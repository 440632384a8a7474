use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::secret_keys::SecretKeys;

/// The user ID of root.
const ROOT: u32 = 0;

/// The file that contains the secret keys.
#[derive(Clone, Debug)]
pub struct KeyFile(PathBuf);

/// What a file had when it was read. A file that was replaced since has another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileVersion {
    device: u64,
    inode: u64,
    modified: (i64, i64),
}

/// Why the secret key file cannot be used, with the next step for the operator.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("secret_key_file: {} cannot be read or created", .path.display())]
    Unreachable { path: PathBuf, source: io::Error },
    #[error("secret_key_file: {} is a folder or device, expected a file", .path.display())]
    NotAFile { path: PathBuf },
    #[error("secret_key_file: {} cannot be replaced; change the file where you manage it", .path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    /// Other users than the owner have access to the file.
    #[error(
        "secret_key_file: {path} is accessible to users other than its owner (mode {mode:o}, expected 600); run: chmod 600 {path}",
        path = .path.display()
    )]
    InsecurePermissions { path: PathBuf, mode: u32 },
    #[error(
        "secret_key_file: {} holds {length} bytes, expected 32, or lines such as: current BASE64; restore the file from your backup: secrets in the database can be unsealed with no other key",
        .path.display()
    )]
    NoKey { path: PathBuf, length: usize },
}

impl KeyFile {
    pub fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// `None` when the file does not exist.
    pub fn read_if_exists(&self) -> Result<Option<SecretKeys>, KeyFileError> {
        match self.read() {
            Err(KeyFileError::Unreachable { source, .. })
                if source.kind() == ErrorKind::NotFound =>
            {
                Ok(None)
            }
            result => result.map(Some),
        }
    }

    pub fn read(&self) -> Result<SecretKeys, KeyFileError> {
        let metadata = self.0.metadata().map_err(self.unreachable())?;
        if !metadata.is_file() {
            return Err(KeyFileError::NotAFile {
                path: self.0.clone(),
            });
        }
        let mode = metadata.permissions().mode() & 0o777;
        if !is_private(mode, metadata.uid()) {
            return Err(KeyFileError::InsecurePermissions {
                path: self.0.clone(),
                mode,
            });
        }
        let bytes = std::fs::read(&self.0).map_err(self.unreachable())?;
        SecretKeys::parse(&bytes).ok_or_else(|| KeyFileError::NoKey {
            path: self.0.clone(),
            length: bytes.len(),
        })
    }

    /// Creates the file with a new key, unless another process that starts at the same time has created it.
    pub fn create(&self) -> Result<(), KeyFileError> {
        match write_new(&self.0, &SecretKeys::generate()) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            written => written.map_err(self.unreachable()),
        }
    }

    /// Replaces the file at once: a reader sees either the old keys or the new ones.
    pub fn replace(&self, keys: &SecretKeys) -> Result<(), KeyFileError> {
        let write = || {
            // A link to the file stays a link.
            let path = std::fs::canonicalize(&self.0)?;
            let mut temporary = path.clone().into_os_string();
            temporary.push(".new");
            let temporary = PathBuf::from(temporary);
            match std::fs::remove_file(&temporary) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
            write_new(&temporary, keys)?;
            // The server may run as another user than the command.
            let before = path.metadata()?;
            let written = temporary.metadata()?;
            if (before.uid(), before.gid()) != (written.uid(), written.gid()) {
                std::os::unix::fs::chown(&temporary, Some(before.uid()), Some(before.gid()))?;
            }
            std::fs::set_permissions(&temporary, before.permissions())?;
            std::fs::rename(&temporary, &path)?;
            File::open(path.parent().unwrap_or_else(|| Path::new("/")))?.sync_all()
        };
        write().map_err(|source| KeyFileError::Unwritable {
            path: self.0.clone(),
            source,
        })
    }

    /// Waits until no other command changes the file. The lock ends when the returned file is dropped.
    pub fn lock(&self) -> Result<File, KeyFileError> {
        let lock = || {
            // The key file itself is replaced, and its lock would be that of the old one.
            let folder = self
                .0
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            let folder = File::open(folder.unwrap_or_else(|| Path::new(".")))?;
            folder.lock()?;
            Ok(folder)
        };
        lock().map_err(self.unreachable())
    }

    /// `None` when the file cannot be reached.
    pub(super) fn version(&self) -> Option<FileVersion> {
        let metadata = self.0.metadata().ok()?;
        Some(FileVersion {
            device: metadata.dev(),
            inode: metadata.ino(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        })
    }

    fn unreachable(&self) -> impl Fn(io::Error) -> KeyFileError {
        |source| KeyFileError::Unreachable {
            path: self.0.clone(),
            source,
        }
    }
}

/// Whether only the owner has access to a file. The group may read a file of root: Kubernetes mounts secrets so.
const fn is_private(mode: u32, owner: u32) -> bool {
    let forbidden = if owner == ROOT { 0o037 } else { 0o077 };
    mode & forbidden == 0
}

/// Writes a file that does not exist yet, readable by its owner only from the start.
fn write_new(path: &Path, keys: &SecretKeys) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(&keys.to_file())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn key_file(name: &str) -> KeyFile {
        let folder =
            std::env::temp_dir().join(format!("vestibule-key-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir(&folder).unwrap();
        KeyFile::new(&folder.join("vestibule.key"))
    }

    fn mode(file: &KeyFile) -> u32 {
        file.path().metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_new_file_has_one_key_that_only_its_owner_can_read() {
        let file = key_file("first");
        assert_eq!(file.read_if_exists().unwrap(), None);
        file.create().unwrap();
        assert_eq!(mode(&file), 0o600);
        let keys = file.read().unwrap();
        file.create().unwrap();
        assert_eq!(file.read().unwrap(), keys);
    }

    #[test]
    fn a_replaced_file_has_another_version() {
        let file = key_file("replace");
        file.create().unwrap();
        let version = file.version();
        let keys = file.read().unwrap().prepared();
        file.replace(&keys).unwrap();
        assert_eq!(file.read().unwrap(), keys);
        assert_eq!(mode(&file), 0o600);
        assert_ne!(file.version(), version);
        let group_readable = std::fs::Permissions::from_mode(0o400);
        std::fs::set_permissions(file.path(), group_readable).unwrap();
        file.replace(&keys.rotated()).unwrap();
        assert_eq!(mode(&file), 0o400);
    }

    #[test]
    fn a_key_file_that_other_users_can_read_is_rejected() {
        let file = key_file("wide");
        file.create().unwrap();
        std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
        let problem = file.read().unwrap_err().to_string();
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
        let file = key_file("short");
        file.create().unwrap();
        std::fs::write(file.path(), b"hello").unwrap();
        let problem = file.read().unwrap_err().to_string();
        assert!(problem.contains("holds 5 bytes, expected 32"), "{problem}");
    }
}
