//! What every route and every command works with.

use std::fmt;
use std::sync::Arc;

use config::{Config, Database};
use store::{Page, Store, StoreError};

use crate::brand::Brand;
use crate::clock::Clock;
use crate::dns::Dns;
use crate::keys::KeyRing;
use crate::mail::{Mailer, PostProblem};
use crate::metrics::Metrics;
use crate::rate_limit::RateLimits;
use crate::seal::{KeyFileProblem, Seal};

/// The running program: its configuration, its data, its time, its key. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// What the operator decided.
    pub config: Arc<Config>,
    /// The data.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// What seals secrets.
    pub seal: Seal,
    /// The server's own private keys that have been opened lately.
    pub keys: Arc<KeyRing>,
    /// What is counted.
    pub metrics: Metrics,
    /// How often clients have asked lately.
    pub limits: Arc<RateLimits>,
    /// What makes pages look like the operator's product.
    pub brand: Arc<Brand>,
    /// How mail leaves.
    pub mailer: Mailer,
    /// Who is asked about domains.
    pub dns: Dns,
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
    /// Reads the key file and opens the database, and makes them when this is the first start.
    ///
    /// # Errors
    ///
    /// When one of them cannot be used.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, OpenError> {
        let seal = Seal::from_file(&config.secret_key_file).map_err(OpenError::KeyFile)?;
        let store = Store::open(&store_url(&config.database))
            .await
            .map_err(OpenError::Store)?;
        let mailer = Mailer::of(&config, &clock).map_err(OpenError::Post)?;
        Ok(Self {
            mailer,
            ..Self::new(config, clock, seal, store)
        })
    }

    /// Asks the database the smallest question.
    ///
    /// # Errors
    ///
    /// When it does not answer.
    pub async fn reach_database(&self) -> Result<(), StoreError> {
        self.store
            .snapshot()
            .await?
            .api_keys(&Page::first(1))
            .await
            .map(drop)
    }

    /// Puts the parts together; no mail is sent.
    pub fn new(config: Config, clock: Clock, seal: Seal, store: Store) -> Self {
        Self {
            dns: Dns::of(config.dns_resolver),
            brand: Arc::new(Brand::of(&config)),
            config: Arc::new(config),
            limits: Arc::new(RateLimits::new(&clock)),
            keys: Arc::new(KeyRing::new(store.clone(), seal.clone(), clock.clone())),
            store,
            clock,
            seal,
            metrics: Metrics::default(),
            mailer: Mailer::default(),
        }
    }
}

fn store_url(database: &Database) -> String {
    match database {
        // The store reads an address, in which a percent sign begins an escape.
        Database::Sqlite(path) => {
            format!("sqlite:{}", path.display().to_string().replace('%', "%25"))
        }
        Database::Postgres(address) => address.clone(),
    }
}

/// Why the program cannot start.
#[derive(Debug)]
pub enum OpenError {
    /// The file with the key cannot be used.
    KeyFile(KeyFileProblem),
    /// The database cannot be used.
    Store(StoreError),
    /// Mail cannot be sent.
    Post(PostProblem),
}

impl fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyFile(problem) => problem.fmt(formatter),
            Self::Post(problem) => problem.fmt(formatter),
            Self::Store(_) => formatter.write_str("database_url: the database cannot be opened"),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::KeyFile(problem) => problem.source(),
            Self::Store(error) => Some(error),
            Self::Post(problem) => problem.source(),
        }
    }
}
