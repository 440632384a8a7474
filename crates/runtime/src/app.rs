//! The running program, as every route and command receives it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use config::{Config, Database};
use store::{DatabaseAddress, Store, StoreError};

use crate::brand::Brand;
use crate::clock::Clock;
use crate::dns::Dns;
use crate::fetch::{self, FetchedMetadata};
use crate::keys::KeyRing;
use crate::mail::{Mailer, SmtpError};
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::rate_limit::RateLimits;
use crate::seal::{KeyFile, KeyFileError, Seal, SecretKeys};
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
    /// Opens the database for the server. The first start creates the database and the key file, and a newer version
    /// updates the tables, but no new key is created for a database that has secrets of another one.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, OpenError> {
        let existing = existing_seal(&config)?;
        let store = Store::open(database_address(&config)).await?;
        let seal = match existing {
            Some(seal) => seal,
            None if store.snapshot().await?.has_sealed_secrets().await? => {
                return Err(OpenError::key_file_missing(&config));
            }
            None => new_seal(&config)?,
        };
        Self::with_mail(config, clock, seal, store)
    }

    /// Opens the database for a command. It creates neither a database nor a key, and updates no tables: other nodes may
    /// run with the tables as they are, and a command that is started in the wrong folder must not leave files there.
    pub async fn open_existing(config: Config, clock: Clock) -> Result<Self, OpenError> {
        let store = open_existing_store(&config).await?;
        let seal = existing_seal(&config)?.ok_or_else(|| OpenError::key_file_missing(&config))?;
        Self::with_mail(config, clock, seal, store)
    }

    /// Opens the database for a command that works with another seal than the configured one.
    pub async fn open_existing_with(
        config: Config,
        clock: Clock,
        seal: Seal,
    ) -> Result<Self, OpenError> {
        let store = open_existing_store(&config).await?;
        Self::with_mail(config, clock, seal, store)
    }

    fn with_mail(
        config: Config,
        clock: Clock,
        seal: Seal,
        store: Store,
    ) -> Result<Self, OpenError> {
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

    /// Fetches the metadata of an identity provider. `entity` is the entity to keep of the metadata of a federation.
    pub async fn fetch_metadata(
        &self,
        url: &str,
        entity: Option<&str>,
    ) -> Result<FetchedMetadata, Problem> {
        let fetched = fetch::metadata(url, &self.config.metadata_networks, entity).await;
        self.metrics.count_metadata_fetch(fetched.is_ok());
        fetched
    }

    /// All metrics in the text format of Prometheus.
    pub fn render_metrics(&self) -> String {
        self.metrics.update_store(&self.store.metrics());
        self.metrics.update_mail(&self.mailer.metrics());
        self.metrics.render()
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

/// The seal with the configured keys. `None` when the key file does not exist.
pub fn existing_seal(config: &Config) -> Result<Option<Seal>, KeyFileError> {
    if let Some(keys) = SecretKeys::from_setting(&config.secret_keys) {
        return Ok(Some(Seal::from_keys(&keys)));
    }
    let file = KeyFile::new(&config.secret_key_file);
    match file.read_if_exists()? {
        Some(_) => Seal::from_file(file).map(Some),
        None => Ok(None),
    }
}

/// Creates the key file with a new key.
pub fn new_seal(config: &Config) -> Result<Seal, KeyFileError> {
    let file = KeyFile::new(&config.secret_key_file);
    file.create()?;
    Seal::from_file(file)
}

/// Opens the configured database, and neither creates nor migrates it.
pub async fn open_existing_store(config: &Config) -> Result<Store, OpenError> {
    let database = config.database.to_string();
    if matches!(&config.database, Database::Sqlite(path) if !path.exists()) {
        return Err(OpenError::NoDatabase { database });
    }
    match Store::open_existing(database_address(config)).await {
        Err(StoreError::Unmigrated) => Err(OpenError::Unmigrated { database }),
        store => Ok(store?),
    }
}

/// Creates a database if it does not exist, updates its tables to this version, and opens it.
pub async fn create_store(database: &Database) -> Result<Store, StoreError> {
    Store::open(address(database, DatabaseAddress::DEFAULT_POOL_SIZE)).await
}

fn database_address(config: &Config) -> DatabaseAddress {
    address(&config.database, config.database_pool_size)
}

fn address(database: &Database, pool_size: u32) -> DatabaseAddress {
    let url = match database {
        // The store parses a URL, in which a percent sign starts an escape.
        Database::Sqlite(path) => {
            format!("sqlite:{}", path.display().to_string().replace('%', "%25"))
        }
        Database::Postgres(url) => url.clone(),
    };
    DatabaseAddress::new(url, pool_size)
}

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error(
        "secret_key_file: {} does not exist, but the database {database} has secrets that were encrypted with its key; \
         restore the file from your backup, or run the command where the file is; \
         if the key is lost, see: vestibule key discard --help",
        .path.display()
    )]
    KeyFileMissing { path: PathBuf, database: String },
    #[error(
        "database_url: {database} does not exist; check database_url and the folder in which you run the command, \
         or create the database with vestibule serve or vestibule database migrate"
    )]
    NoDatabase { database: String },
    #[error(
        "database_url: {database} does not have the tables of this version yet; \
         vestibule serve and vestibule database migrate create and update them"
    )]
    Unmigrated { database: String },
    #[error("database_url: the database cannot be opened")]
    Store(#[from] StoreError),
    #[error(transparent)]
    Mail(#[from] SmtpError),
}

impl OpenError {
    fn key_file_missing(config: &Config) -> Self {
        Self::KeyFileMissing {
            path: config.secret_key_file.clone(),
            database: config.database.to_string(),
        }
    }
}
