//! The connections to PostgreSQL: one pool, on the server that accepts writes.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, Pool, Postgres, Row as _};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use crate::engine::{self, DbTx, PostgresTx};
use crate::{DatabaseAddress, StoreError};

/// How long a start waits for a server that accepts writes.
const START_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request waits for a connection. A server that does not answer by then is down or overloaded, and the user
/// learns it within two seconds.
const ACQUIRE_TIMEOUT: Duration = Duration::from_millis(1500);
/// How long a failed request may take longer to find out why, or to find another server.
const DIAGNOSIS_TIMEOUT: Duration = Duration::from_millis(300);
/// How long to wait before a start tries all servers again.
const START_RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// A statement that waits for the locks of an abandoned transaction must not occupy its connection indefinitely. The
/// limit belongs to the transaction, since a pooler may give each transaction another connection to the server.
const BEGIN_WRITE: &str = "BEGIN; SET LOCAL lock_timeout = '5s'";
const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

#[derive(Clone)]
pub(crate) struct PostgresPool {
    pool: Pool<Postgres>,
    /// The servers in the order of the URL. One of them accepts writes.
    servers: Arc<[PgConnectOptions]>,
    has_prepared_statements: bool,
    /// Held while one request looks for the server that accepts writes.
    search: Arc<Mutex<()>>,
}

impl PostgresPool {
    /// Connects to the first server that accepts writes, and waits for one that is starting.
    pub(crate) async fn connect(address: &DatabaseAddress) -> Result<Self, StoreError> {
        let servers = servers(&address.url)?;
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            match find_writable(&servers, START_TIMEOUT).await {
                Ok(server) => return Ok(Self::open(address, servers, server)),
                Err(StoreError::Unavailable(_)) if Instant::now() < deadline => {
                    sleep(START_RETRY_INTERVAL).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Connects to the first server that accepts writes now.
    pub(crate) async fn connect_once(address: &DatabaseAddress) -> Result<Self, StoreError> {
        let servers = servers(&address.url)?;
        let server = find_writable(&servers, START_TIMEOUT).await?;
        Ok(Self::open(address, servers, server))
    }

    fn open(
        address: &DatabaseAddress,
        servers: Vec<PgConnectOptions>,
        server: PgConnectOptions,
    ) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(address.pool_size)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .after_connect(|connection, _| Box::pin(check_writable(connection)));
        Self {
            pool: pool.connect_lazy_with(server),
            servers: servers.into(),
            has_prepared_statements: !has_no_statement_cache(&address.url),
            search: Arc::default(),
        }
    }

    pub(crate) async fn begin_write(&self) -> Result<DbTx, StoreError> {
        self.begin(BEGIN_WRITE).await
    }

    pub(crate) async fn begin_read(&self) -> Result<DbTx, StoreError> {
        self.begin(BEGIN_READ).await
    }

    async fn begin(&self, statement: &'static str) -> Result<DbTx, StoreError> {
        match self.pool.begin_with(statement).await {
            Ok(tx) => Ok(DbTx::Postgres(PostgresTx {
                tx,
                has_prepared_statements: self.has_prepared_statements,
            })),
            Err(error) => Err(self.diagnose(engine::database_error(error)).await),
        }
    }

    /// Why no transaction began: the pool may only know that no connection came in time. When another server accepts
    /// writes now, the next connections go to it.
    async fn diagnose(&self, error: StoreError) -> StoreError {
        if !matches!(error, StoreError::Unavailable(_)) {
            return error;
        }
        let Ok(_searching) = self.search.try_lock() else {
            return error;
        };
        let server = match find_writable(&self.servers, DIAGNOSIS_TIMEOUT).await {
            Ok(server) => server,
            Err(cause) => return cause,
        };
        let current = self.pool.connect_options();
        if name(&current) != name(&server) {
            tracing::warn!(
                from = name(&current),
                to = name(&server),
                "another database server accepts writes now"
            );
            self.pool.set_connect_options(server);
        }
        error
    }

    /// For its size.
    pub(crate) fn pool(&self) -> &Pool<Postgres> {
        &self.pool
    }

    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }
}

/// The first server that accepts writes, or why none does.
async fn find_writable(
    servers: &[PgConnectOptions],
    limit: Duration,
) -> Result<PgConnectOptions, StoreError> {
    let mut failures = Vec::new();
    for server in servers {
        match timeout(limit, connect_to(server)).await {
            Ok(Ok(())) => return Ok(server.clone()),
            Ok(Err(error)) => failures.push((name(server), error)),
            Err(_elapsed) => failures.push((name(server), sqlx::Error::PoolTimedOut)),
        }
    }
    Err(all_failed(failures))
}

/// One server fails as it did. Several fail together: the database is not available when one of them is not.
fn all_failed(mut failures: Vec<(String, sqlx::Error)>) -> StoreError {
    if failures.len() == 1
        && let Some((_, error)) = failures.pop()
    {
        return engine::database_error(error);
    }
    let is_unavailable = |(_, error): &(String, sqlx::Error)| engine::is_unavailable(error);
    let is_outage = failures.iter().any(is_unavailable);
    let reasons: Vec<String> = failures
        .iter()
        .map(|(name, error)| format!("{name}: {error}"))
        .collect();
    let error = Arc::new(sqlx::Error::Io(std::io::Error::other(reasons.join("; "))));
    match is_outage {
        true => StoreError::Unavailable(error),
        false => StoreError::Database(error),
    }
}

async fn connect_to(server: &PgConnectOptions) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect_with(server).await?;
    check_writable(&mut connection).await?;
    connection.close().await
}

/// Fails on a standby.
async fn check_writable(connection: &mut PgConnection) -> sqlx::Result<()> {
    let row = sqlx::query("SHOW transaction_read_only")
        .persistent(false)
        .fetch_one(connection)
        .await?;
    match row.try_get::<String, _>(0)?.as_str() {
        "off" => Ok(()),
        _ => Err(sqlx::Error::Io(std::io::Error::other(
            "the server accepts no writes: it is a standby, or default_transaction_read_only is on",
        ))),
    }
}

fn name(server: &PgConnectOptions) -> String {
    format!("{}:{}", server.get_host(), server.get_port())
}

/// The options of each server of a URL. Like libpq, it may name several: `postgres://a:5432,b:5432/name`.
fn servers(url: &str) -> Result<Vec<PgConnectOptions>, StoreError> {
    let single = single_server_urls(url);
    single.iter().map(|url| options(url)).collect()
}

fn single_server_urls(url: &str) -> Vec<String> {
    let Some((scheme, rest)) = url.split_once("://") else {
        return vec![url.to_owned()];
    };
    let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(authority_end);
    let (user, hosts) = match authority.rsplit_once('@') {
        Some((user, hosts)) => (format!("{user}@"), hosts),
        None => (String::new(), authority),
    };
    let url_of = |host: &str| format!("{scheme}://{user}{host}{path}");
    hosts.split(',').map(url_of).collect()
}

fn options(url: &str) -> Result<PgConnectOptions, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| StoreError::InvalidUrl(Arc::new(error)))?
        // Vestibule stores no floats, and PgBouncer rejects the parameter.
        .extra_float_digits(None);
    Ok(match options.get_application_name() {
        None => options.application_name("vestibule"),
        Some(_) => options,
    })
}

/// Behind a pooler that gives each transaction another connection, a prepared statement would be missing or another one.
fn has_no_statement_cache(url: &str) -> bool {
    let (_, parameters) = url.split_once('?').unwrap_or_default();
    parameters
        .split('&')
        .any(|parameter| parameter == "statement-cache-capacity=0")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::one("postgres://u:p@a/n?sslmode=require", &["postgres://u:p@a/n?sslmode=require"])]
    #[case::several(
        "postgres://u:p@a:1,b:2/n?sslmode=require",
        &["postgres://u:p@a:1/n?sslmode=require", "postgres://u:p@b:2/n?sslmode=require"]
    )]
    #[case::without_user("postgres://a,b/n", &["postgres://a/n", "postgres://b/n"])]
    #[case::comma_in_password("postgres://u:p,q@a/n", &["postgres://u:p,q@a/n"])]
    #[case::comma_in_options("postgres://a/n?options=-c%20x=1,2", &["postgres://a/n?options=-c%20x=1,2"])]
    fn a_url_names_one_server_or_several(#[case] url: &str, #[case] expected: &[&str]) {
        assert_eq!(single_server_urls(url), expected);
    }
}
