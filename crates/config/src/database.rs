use std::fmt;
use std::path::PathBuf;

use super::{Key, Settings};

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file of this machine.
    Sqlite(PathBuf),
    /// A server, with the address as the operator wrote it. It may hold a password.
    Postgres(String),
}

impl Database {
    /// What the settings say; a problem is noted in them.
    pub(super) fn of(settings: &mut Settings) -> Self {
        let written = settings
            .text(Key::DatabaseUrl)
            .unwrap_or_else(|| "sqlite:vestibule.sqlite".to_owned());
        if written.starts_with("postgres://") || written.starts_with("postgresql://") {
            return Self::Postgres(written);
        }
        match written
            .strip_prefix("sqlite:")
            .map(|path| path.strip_prefix("//").unwrap_or(path))
        {
            Some(path) if !path.is_empty() && !path.contains('?') => {
                Self::Sqlite(settings.in_folder(path))
            }
            Some(_) | None => {
                // The value may hold a password, so it is not repeated.
                settings.problem(
                    Key::DatabaseUrl,
                    "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME",
                    "something else",
                );
                Self::Sqlite(PathBuf::new())
            }
        }
    }
}

impl fmt::Display for Database {
    /// Names the database without a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "sqlite:{}", path.display()),
            Self::Postgres(address) => {
                let host = url::Url::parse(address)
                    .ok()
                    .and_then(|url| Some(format!("postgres://{}{}", url.host_str()?, url.path())));
                formatter.write_str(host.as_deref().unwrap_or("postgres"))
            }
        }
    }
}
