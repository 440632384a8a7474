use std::fmt;
use std::path::PathBuf;

use crate::key::DATABASE_URL;
use crate::source::Settings;

/// The parameters of a PostgreSQL URL, by their names in libpq, and the driver's cache of statements.
const PARAMETERS: [&str; 13] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite(PathBuf),
    /// The URL, which may contain a password.
    Postgres(String),
}

impl Database {
    pub(super) fn from_settings(settings: &mut Settings) -> Self {
        let text = settings
            .text(DATABASE_URL)
            .unwrap_or_else(|| "sqlite:vestibule.sqlite".to_owned());
        match Self::parse(&text) {
            Ok(Self::Sqlite(path)) => Self::Sqlite(settings.in_folder(&path)),
            Ok(postgres) => postgres,
            Err(InvalidDatabase { expected, received }) => {
                settings.problem(DATABASE_URL, &expected, &received);
                Self::Sqlite(PathBuf::new())
            }
        }
    }

    /// Parses a URL.
    pub fn parse(url: &str) -> Result<Self, InvalidDatabase> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return match unknown_parameter(url) {
                None => Ok(Self::Postgres(url.to_owned())),
                Some(received) => Err(InvalidDatabase {
                    expected: format!("no other parameters than {}", PARAMETERS.join(", ")),
                    received,
                }),
            };
        }
        let path = url.strip_prefix("sqlite:");
        let path = path.map(|path| path.strip_prefix("//").unwrap_or(path));
        match path.filter(|path| !path.is_empty() && !path.contains('?')) {
            Some(path) => Ok(Self::Sqlite(PathBuf::from(path))),
            // The value may contain a password, so it is not repeated.
            None => Err(InvalidDatabase {
                expected: DATABASE_URL.expected.to_owned(),
                received: "something else".to_owned(),
            }),
        }
    }
}

/// A URL of no database that Vestibule can use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, received {received}")]
pub struct InvalidDatabase {
    expected: String,
    received: String,
}

/// A parameter of a PostgreSQL URL that would be ignored. A typing error in `sslmode` must not lower security.
fn unknown_parameter(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let mut names = pairs.map(|(name, _)| name.into_owned());
    names.find(|name| !PARAMETERS.contains(&name.as_str()) && !name.starts_with("options["))
}

impl fmt::Display for Database {
    /// Without the password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "sqlite:{}", path.display()),
            Self::Postgres(url) => write!(formatter, "postgres://{}", servers_and_name(url)),
        }
    }
}

/// What follows the user in a PostgreSQL URL, without the parameters.
fn servers_and_name(url: &str) -> &str {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let (rest, _) = rest.split_once('?').unwrap_or((rest, ""));
    rest.rsplit_once('@').map_or(rest, |(_, rest)| rest)
}
