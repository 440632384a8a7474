//! Where the database of a deployment is.

/// The URL of a database, and how many connections to it are open at most.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseAddress {
    pub(crate) url: String,
    pub(crate) pool_size: u32,
}

impl DatabaseAddress {
    pub const DEFAULT_POOL_SIZE: u32 = 16;

    /// `pool_size` limits the connections to PostgreSQL. SQLite has one writer and a few readers.
    pub fn new(url: String, pool_size: u32) -> Self {
        Self { url, pool_size }
    }
}

impl From<&str> for DatabaseAddress {
    fn from(url: &str) -> Self {
        Self::new(url.to_owned(), Self::DEFAULT_POOL_SIZE)
    }
}

impl From<&String> for DatabaseAddress {
    fn from(url: &String) -> Self {
        url.as_str().into()
    }
}
