use std::path::PathBuf;
use std::{fmt, io};

use config::ConfigErrors;
use runtime::app::OpenError;
use runtime::keys::KeyRingError;
use runtime::problem::Problem;
use testkit::identity_provider::PracticeKeyError;

/// Why there is no demo.
#[derive(Debug)]
pub enum DemoProblem {
    /// The folder, or a file in it, cannot be used.
    Folder {
        /// Which one.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Another demo runs on the folder.
    FolderInUse(PathBuf),
    /// A port cannot be used.
    Port {
        /// Which one.
        number: u16,
        /// Why.
        cause: io::Error,
    },
    /// No port is free.
    NoPort {
        /// From where on there was none.
        from: u16,
    },
    /// The folder's name cannot stand in a configuration.
    Config(ConfigErrors),
    /// The database or its key cannot be used.
    Open(OpenError),
    /// The server's own keys cannot be used.
    Keys(KeyRingError),
    /// The practice identity provider has no key.
    PracticeKey(PracticeKeyError),
    /// The practice identity provider cannot describe itself.
    Metadata(saml::write::ForbiddenCharacter),
    /// Organization, connection or application cannot be made.
    Scene(Problem),
    /// One of the servers does not answer.
    Silent(String),
}

impl From<Problem> for DemoProblem {
    fn from(problem: Problem) -> Self {
        Self::Scene(problem)
    }
}

impl fmt::Display for DemoProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder { path, .. } => write!(formatter, "{} cannot be used", path.display()),
            Self::FolderInUse(path) => write!(
                formatter,
                "another demo runs on {}; stop it, or name another folder",
                path.display()
            ),
            Self::Port { number, .. } => {
                write!(formatter, "port {number} of localhost cannot be used")
            }
            Self::NoPort { from } => {
                write!(formatter, "no port of localhost is free from {from} on")
            }
            Self::Config(problems) => {
                write!(formatter, "the folder's name cannot be used: {problems}")
            }
            Self::Open(_) => formatter.write_str("the demo's data cannot be used"),
            Self::Keys(error) => error.fmt(formatter),
            Self::PracticeKey(error) => error.fmt(formatter),
            Self::Metadata(error) => error.fmt(formatter),
            Self::Scene(problem) => problem.fmt(formatter),
            Self::Silent(what) => write!(formatter, "the demo does not answer: {what}"),
        }
    }
}

impl std::error::Error for DemoProblem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Folder { cause, .. } | Self::Port { cause, .. } => Some(cause),
            Self::Open(error) => Some(error),
            Self::Keys(error) => error.source(),
            Self::FolderInUse(_)
            | Self::NoPort { .. }
            | Self::Config(_)
            | Self::PracticeKey(_)
            | Self::Metadata(_)
            | Self::Scene(_)
            | Self::Silent(_) => None,
        }
    }
}
