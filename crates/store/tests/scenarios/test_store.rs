//! A store on an empty database.

use std::error::Error;
use std::ops::Deref;

use store::{Store, Tx, UnitOfWork};
use test_support::{Engine, TestDatabase};

/// Any error of a unit of work.
pub(crate) type UnitError = Box<dyn Error + Send + Sync>;

/// A store, and its database, which is removed with it.
pub(crate) struct TestStore {
    store: Store,
    pub(crate) database: TestDatabase,
}

impl TestStore {
    pub(crate) async fn open(engine: Engine) -> Self {
        let database = TestDatabase::create(engine).await;
        Self {
            store: Store::open(&database.url).await.unwrap(),
            database,
        }
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
        self.store.write(work).await.unwrap()
    }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}
