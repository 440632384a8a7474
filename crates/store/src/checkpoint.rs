//! Keeps the write-ahead log of a SQLite database small.
//!
//! SQLite copies the log into the database by itself, but its file keeps the largest size that it ever had, and grows
//! while reads overlap.

use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Row as _, SqliteConnection};

/// The log is shortened to this size when SQLite starts to write it from the beginning again.
pub(crate) const MAX_IDLE_LOG_BYTES: u32 = 16 * 1024 * 1024;

/// Copies the log into the database and shortens it to nothing, on a connection of its own.
///
/// The long part, copying, blocks no read and no write. The rest needs a moment without a write and without a read of
/// older data: it does not wait for one, because writes would wait too. Returns whether there was such a moment.
pub(crate) async fn truncate_log(options: &SqliteConnectOptions) -> sqlx::Result<bool> {
    let options = options.clone().busy_timeout(Duration::ZERO);
    let mut connection = options.connect().await?;
    let result = run(&mut connection).await;
    connection.close().await?;
    result
}

async fn run(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(connection)
        .await?;
    let is_busy: i64 = row.try_get("busy")?;
    Ok(is_busy == 0)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use sqlx::{Connection as _, SqliteConnection};

    use crate::{Store, StoreError, Tx};

    struct TestFile(PathBuf);

    impl TestFile {
        fn new(name: &str) -> Self {
            let name = format!("vestibule-{name}-{}.sqlite", std::process::id());
            Self(std::env::temp_dir().join(name))
        }

        fn url(&self) -> String {
            format!("sqlite:{}", self.0.display())
        }

        async fn open(&self) -> Store {
            Store::open(&self.url()).await.unwrap()
        }

        fn log_bytes(&self) -> u64 {
            let log = format!("{}-wal", self.0.display());
            fs::metadata(Path::new(&log)).unwrap().len()
        }
    }

    impl Drop for TestFile {
        fn drop(&mut self) {
            drop(fs::remove_file(&self.0));
        }
    }

    /// Writes 100 KB.
    async fn write(store: &Store) {
        let written: Result<u64, StoreError> = store
            .write(async |tx: &mut Tx| {
                tx.execute(
                    "INSERT INTO migration (name, script) VALUES (hex(randomblob(9)), hex(randomblob(50000)))",
                    &[],
                )
                .await
            })
            .await;
        assert_eq!(written.unwrap(), 1);
    }

    #[tokio::test]
    async fn the_write_ahead_log_is_emptied() {
        let file = TestFile::new("checkpoint");
        let store = file.open().await;
        write(&store).await;
        assert!(file.log_bytes() > 100_000);
        assert!(store.truncate_log().await.unwrap());
        assert_eq!(file.log_bytes(), 0);
        write(&store).await;
        store.close().await;
    }

    #[tokio::test]
    async fn a_read_in_progress_postpones_the_end_of_the_write_ahead_log_and_delays_no_write() {
        let file = TestFile::new("checkpoint-read");
        let store = file.open().await;
        let mut reader = SqliteConnection::connect(&file.url()).await.unwrap();
        for statement in ["BEGIN", "SELECT name FROM migration"] {
            sqlx::query(statement).execute(&mut reader).await.unwrap();
        }
        write(&store).await;
        assert!(!store.truncate_log().await.unwrap());
        assert!(file.log_bytes() > 0);
        write(&store).await;
        sqlx::query("ROLLBACK").execute(&mut reader).await.unwrap();
        reader.close().await.unwrap();
        assert!(store.truncate_log().await.unwrap());
        assert_eq!(file.log_bytes(), 0);
        store.close().await;
    }
}
