use std::io;
use std::path::PathBuf;

use config::ConfigErrors;
use runtime::app::OpenError;
use runtime::keys::KeyRingError;
use runtime::problem::Problem;
use saml::write::ForbiddenCharacter;
use testkit::identity_provider::PracticeKeyError;
use thiserror::Error;

/// Why the demo could not start.
#[derive(Debug, Error)]
pub enum DemoError {
    /// A file or folder of the demo's data could not be read or written.
    #[error("could not use {}", path.display())]
    Folder { path: PathBuf, source: io::Error },
    #[error("another demo is running in {}; stop it, or choose another folder", .0.display())]
    FolderInUse(PathBuf),
    #[error("could not listen on port {number} of localhost")]
    Port { number: u16, source: io::Error },
    /// All ports from `first` are in use.
    #[error("no free port on localhost from {first}")]
    NoFreePort { first: u16 },
    /// The path of the folder can't be written in a configuration.
    #[error("the path of the folder can't be used: {0}")]
    Config(ConfigErrors),
    #[error("could not open the demo's data")]
    Open(#[source] OpenError),
    #[error(transparent)]
    Keys(KeyRingError),
    #[error("{0}")]
    PracticeKey(PracticeKeyError),
    #[error("{0}")]
    Metadata(ForbiddenCharacter),
    /// The organizations, the connection or the application could not be created.
    #[error("{0}")]
    Seed(Problem),
    /// One of the servers did not answer.
    #[error("the demo does not answer: {0}")]
    NotReady(String),
}

impl From<Problem> for DemoError {
    fn from(problem: Problem) -> Self {
        Self::Seed(problem)
    }
}
