//! The running program, as every route and command receives it.

use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;

use config::{Config, Database};
use store::{Store, StoreError};

use crate::brand::Brand;
use crate::clock::Clock;
use crate::dns::Dns;
use crate::keys::KeyRing;
use crate::mail::{Mailer, SmtpError};
use crate::metrics::Metrics;
use crate::rate_limit::RateLimits;
use crate::seal::{KeyFileError, Seal};
use crate::shutdown::Shutdown;

/// The running program: configuration, database, clock and services. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub store: Store,
    /// The [share](Store::share) of the database that the pages of the console and the API use.
    pub shared_store: Store,
    pub clock: Clock,
    pub seal: Seal,
    pub keys: Arc<KeyRing>,
    pub metrics: Metrics,
    pub limits: Arc<RateLimits>,
    pub brand: Arc<Brand>,
    pub mailer: Mailer,
    pub dns: Dns,
    pub shutdown: Shutdown,
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("App")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Reads the key and opens the database. The first start creates the key file and the database, but no new key is
    /// created for a database that has secrets of another one.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, OpenError> {
        let existing = existing_seal(&config)?;
        let store = Store::open(&store_url(&config.database)).await?;
        let seal = match existing {
            Some(seal) => seal,
            None if store.snapshot().await?.has_sealed_secrets().await? => {
                return Err(OpenError::KeyFileMissing {
                    path: config.secret_key_file,
                    database: config.database.to_string(),
                });
            }
            None => Seal::from_file(&config.secret_key_file)?,
        };
        let mailer = Mailer::from_config(&config, &clock)?;
        Ok(Self {
            mailer,
            ..Self::new(config, clock, seal, store)
        })
    }

    /// The program for pages of the console and requests to the API: however slow they are, they cannot take the
    /// connections to the database that sign-ins need.
    pub fn with_shared_store(&self) -> Self {
        Self {
            store: self.shared_store.clone(),
            ..self.clone()
        }
    }

    /// Proves that the database accepts a write, for the readiness probe.
    pub async fn check_database(&self) -> Result<(), StoreError> {
        self.store.check_write().await
    }

    /// An app that sends no mail.
    pub fn new(config: Config, clock: Clock, seal: Seal, store: Store) -> Self {
        Self {
            dns: Dns::new(config.dns_resolver),
            shutdown: Shutdown::default(),
            brand: Arc::new(Brand::from_config(&config)),
            limits: Arc::new(RateLimits::new(&config, &clock)),
            config: Arc::new(config),
            keys: Arc::new(KeyRing::new(store.clone(), seal.clone(), clock.clone())),
            shared_store: store.share(),
            store,
            clock,
            seal,
            metrics: Metrics::default(),
            mailer: Mailer::default(),
        }
    }
}

/// `None` when the key file does not exist.
fn existing_seal(config: &Config) -> Result<Option<Seal>, KeyFileError> {
    if let Some(key) = &config.secret_key {
        return Ok(Seal::from_bytes(key.as_bytes()));
    }
    match Seal::from_existing_file(&config.secret_key_file) {
        Err(KeyFileError::Unreachable { source, .. }) if source.kind() == ErrorKind::NotFound => {
            Ok(None)
        }
        result => result.map(Some),
    }
}

/// Opens the configured database, and neither creates nor migrates it.
pub async fn open_existing_store(config: &Config) -> Result<Store, StoreError> {
    Store::open_existing(&store_url(&config.database)).await
}

fn store_url(database: &Database) -> String {
    match database {
        // The store parses a URL, in which a percent sign starts an escape.
        Database::Sqlite(path) => {
            format!("sqlite:{}", path.display().to_string().replace('%', "%25"))
        }
        Database::Postgres(address) => address.clone(),
    }
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error(
        "secret_key_file: {} does not exist, but the database {database} has secrets that were encrypted with its key; \
         restore the file from your backup, or run the command where the file is",
        .path.display()
    )]
    KeyFileMissing { path: PathBuf, database: String },
    #[error("database_url: the database cannot be opened")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Mail(#[from] SmtpError),
}
