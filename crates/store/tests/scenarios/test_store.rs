//! A store on an empty database.

use std::error::Error;
use std::ops::Deref;
use std::sync::Arc;

use store::{Snapshot, Store, StoreError, Tx, UnitOfWork};
use test_support::{Engine, TestDatabase};

/// Any error of a unit of work.
pub(crate) type UnitError = Box<dyn Error + Send + Sync>;

/// A store and its database. Dropping the last clone removes the database.
#[derive(Clone)]
pub(crate) struct TestStore {
    store: Store,
    database: Arc<TestDatabase>,
}

impl TestStore {
    pub(crate) async fn open(engine: Engine) -> Self {
        let database = TestDatabase::create(engine).await;
        Self {
            store: Store::open(&database.url).await.unwrap(),
            database: Arc::new(database),
        }
    }

    /// Closes the store and opens its database again, as a restart of the server does.
    pub(crate) async fn reopen(self) -> Self {
        self.store.close().await;
        Self {
            store: Store::open(&self.database.url).await.unwrap(),
            database: self.database,
        }
    }

    pub(crate) fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Runs a unit of work, which must succeed.
    pub(crate) async fn write<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: AsyncFnOnce(&mut Tx) -> Result<T, UnitError>
            + for<'t> UnitOfWork<'t, T, UnitError>
            + Clone
            + Send
            + 'static,
    {
        self.try_write(work).await.unwrap()
    }

    /// Runs a unit of work, which may fail.
    pub(crate) async fn try_write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: AsyncFnOnce(&mut Tx) -> Result<T, E>
            + for<'t> UnitOfWork<'t, T, E>
            + Clone
            + Send
            + 'static,
    {
        self.store.write(work).await
    }

    /// Begins a snapshot, which must succeed.
    pub(crate) async fn snapshot(&self) -> Snapshot {
        self.store.snapshot().await.unwrap()
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}
