use sqlx::Connection as _;
use store::Store;

use crate::database::TestDatabase;

/// Waits until a transaction waits for another, so that a test can hold a transaction open exactly that long.
#[derive(Clone)]
pub struct LockWatch {
    store: Store,
    database_url: String,
    application_name: Option<String>,
}

impl LockWatch {
    pub(crate) fn new(store: &Store, database: &TestDatabase) -> Self {
        Self {
            store: store.clone(),
            database_url: database.url.clone(),
            application_name: database.application_name().map(str::to_owned),
        }
    }

    /// Returns when another transaction of the server waits: on SQLite for the one writer, on PostgreSQL for a lock.
    pub async fn until_a_transaction_waits(&self) {
        match &self.application_name {
            None => {
                while self.store.metrics().queued == 0 {
                    tokio::task::yield_now().await;
                }
            }
            Some(name) => self.until_a_session_waits(name).await,
        }
    }

    async fn until_a_session_waits(&self, application_name: &str) {
        let mut connection = sqlx::PgConnection::connect(&self.database_url)
            .await
            .unwrap();
        let waiting = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity \
                       WHERE application_name = $1 AND wait_event_type = 'Lock')";
        while !sqlx::query_scalar::<_, bool>(waiting)
            .bind(application_name)
            .fetch_one(&mut connection)
            .await
            .unwrap()
        {}
        connection.close().await.unwrap();
    }
}
