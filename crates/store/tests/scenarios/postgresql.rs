//! What only PostgreSQL has: TLS, poolers, and several servers of which one accepts writes.

use std::error::Error;
use std::net::SocketAddr;

use rstest::rstest;
use store::{Store, StoreError};
use test_support::{Engine, TestDatabase};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The value of an environment variable that `scripts/with-postgresql` sets.
fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run scripts/test"))
}

/// The message of an error with its causes.
fn chain(error: &StoreError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text += &format!(": {cause}");
        source = cause.source();
    }
    text
}

async fn can_write(store: &Store) -> Result<(), StoreError> {
    store.check_write().await
}

#[rstest]
#[case::encrypted("sslmode=require", None)]
#[case::verified("sslmode=verify-full&sslrootcert=CERTIFICATE", None)]
#[case::of_an_unknown_authority("sslmode=verify-full", Some("UnknownIssuer"))]
#[case::root_certificate_missing(
    "sslmode=verify-ca&sslrootcert=/nonexistent.crt",
    Some("No such file")
)]
#[ignore = "needs PostgreSQL: run scripts/test"]
#[tokio::test]
async fn the_url_decides_on_tls(#[case] parameters: &str, #[case] failure: Option<&str>) {
    let database = TestDatabase::create(Engine::Postgres).await;
    let certificate = variable("VESTIBULE_TEST_POSTGRES_CERTIFICATE");
    let parameters = parameters.replace("CERTIFICATE", &certificate);
    let url = database.url.replace("sslmode=disable", &parameters);
    match (Store::open(&url).await, failure) {
        (Ok(store), None) => can_write(&store).await.unwrap(),
        (Err(error), Some(failure)) => {
            assert!(chain(&error).contains(failure), "{}", chain(&error));
        }
        (Ok(_), Some(failure)) => panic!("no error: {failure}"),
        (Err(error), None) => panic!("{}", chain(&error)),
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn a_server_that_accepts_no_writes_is_refused() {
    let database = TestDatabase::create(Engine::Postgres).await;
    let url = format!("{}&options[default_transaction_read_only]=on", database.url);
    let error = Store::open_existing(&url).await.err().unwrap();
    let expected = "the server accepts no writes: it is a standby";
    assert!(chain(&error).contains(expected), "{}", chain(&error));
}

/// Creates a database, since a pooler does not pass on the schema of [`TestDatabase`]. Returns its URL at the pooler.
async fn pooled_database(name: &str) -> String {
    let server = TestDatabase::create(Engine::Postgres).await;
    server.execute(&format!("CREATE DATABASE {name}")).await;
    format!("{}/{name}", variable("VESTIBULE_TEST_PGBOUNCER"))
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn two_nodes_share_a_pooler_without_a_statement_cache() {
    let url = pooled_database("pooled_without_cache").await;
    let url = format!("{url}?statement-cache-capacity=0");
    let one = Store::open(&url).await.unwrap();
    let other = Store::open(&url).await.unwrap();
    for _ in 0..3 {
        can_write(&one).await.unwrap();
        can_write(&other).await.unwrap();
        one.snapshot().await.unwrap().provider_keys().await.unwrap();
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn a_pooler_that_mixes_statements_is_reported_with_the_setting() {
    let url = pooled_database("pooled_with_cache").await;
    let _one = Store::open(&url).await.unwrap();
    let error = Store::open(&url).await.err().unwrap();
    let expected = "add statement-cache-capacity=0 to database_url";
    assert!(chain(&error).contains(expected), "{}", chain(&error));
}

/// Passes connections on to the database server until it is stopped.
struct Relay {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Relay {
    async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let task = tokio::spawn(async move {
            let mut open = tokio::task::JoinSet::new();
            while let Ok((mut client, _)) = listener.accept().await {
                let server = server.clone();
                open.spawn(async move {
                    let mut server = TcpStream::connect(server).await.unwrap();
                    drop(tokio::io::copy_bidirectional(&mut client, &mut server).await);
                });
            }
        });
        Self { address, task }
    }

    /// Refuses connections, and closes those that are open.
    async fn stop(self) {
        self.task.abort();
        drop(self.task.await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL: run scripts/test"]
async fn the_next_server_of_the_url_is_used_when_one_fails() {
    let database = TestDatabase::create(Engine::Postgres).await;
    let (_, rest) = database.url.split_once('@').unwrap();
    let (server, path) = rest.split_once('/').unwrap();
    let first = Relay::start(server.to_owned()).await;
    let second = Relay::start(server.to_owned()).await;
    let url = format!(
        "postgres://postgres@{},{}/{path}",
        first.address, second.address
    );
    let store = Store::open(&url).await.unwrap();
    can_write(&store).await.unwrap();
    first.stop().await;
    // The requests that notice the failure end with an error that says when to try again.
    let error = can_write(&store).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    can_write(&store).await.unwrap();
    second.stop().await;
    let error = can_write(&store).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn the_failure_of_each_server_is_told() {
    let url = "postgres://vestibule@127.0.0.1:1,127.0.0.1:2/vestibule";
    let error = Store::open_existing(url).await.err().unwrap();
    let text = chain(&error);
    assert!(
        text.contains("127.0.0.1:1: ") && text.contains("127.0.0.1:2: "),
        "{text}"
    );
    assert!(text.contains("Connection refused"), "{text}");
}
