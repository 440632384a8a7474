//! Lookups of DNS TXT records.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{Name, RData};
use tokio::time::timeout;

/// The limit for each server.
const SERVER_TIMEOUT: Duration = Duration::from_secs(3);
/// The limit for all servers together.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(10);
/// Answers are stored and shown on pages.
const MAX_RECORDS: usize = 50;
const MAX_RECORD_CHARS: usize = 255;

/// The demo's page for publishing records.
pub const RECORDS_PAGE: &str = "/dns";

/// Where records are looked up.
#[derive(Clone, Debug, Default)]
pub enum Dns {
    /// The resolvers of the operating system.
    #[default]
    System,
    Server(SocketAddr),
    /// A list in memory, for the demo and for tests.
    Fixed(Records),
}

/// TXT records in memory, by name. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Records(Arc<Mutex<BTreeMap<String, Vec<String>>>>);

/// Why a lookup failed. It says nothing about which records are published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    #[error("no answer in time")]
    Timeout,
    #[error("{0}")]
    Failed(String),
}

impl Dns {
    /// Asks this resolver, or those of the operating system.
    pub fn new(resolver: Option<SocketAddr>) -> Self {
        resolver.map_or(Self::System, Self::Server)
    }

    /// The demo's page for publishing records.
    pub const fn records_page(&self) -> Option<&'static str> {
        match self {
            Self::Fixed(_) => Some(RECORDS_PAGE),
            Self::System | Self::Server(_) => None,
        }
    }

    /// The TXT records of a name as they are published now, without a cache; none when the name does not exist.
    pub async fn txt_records(&self, name: &str) -> Result<Vec<String>, DnsError> {
        let resolver = match self {
            Self::Fixed(records) => return Ok(records.get(name)),
            Self::System => TokioResolver::builder_tokio().map_err(|error| failed(&error))?,
            Self::Server(address) => TokioResolver::builder_with_config(
                single_server(*address),
                TokioRuntimeProvider::default(),
            ),
        };
        lookup(resolver, name).await
    }
}

async fn lookup(
    mut resolver: hickory_resolver::ResolverBuilder<TokioRuntimeProvider>,
    name: &str,
) -> Result<Vec<String>, DnsError> {
    let options = resolver.options_mut();
    // Administrators check right after they have published a record.
    options.cache_size = 0;
    options.timeout = SERVER_TIMEOUT;
    options.attempts = 2;
    let resolver = resolver.build().map_err(|error| failed(&error))?;
    let mut name = Name::from_utf8(name).map_err(|error| DnsError::Failed(error.to_string()))?;
    // Without the search domains of the operating system.
    name.set_fqdn(true);
    match timeout(LOOKUP_TIMEOUT, resolver.txt_lookup(name)).await {
        Err(_) | Ok(Err(NetError::Timeout)) => Err(DnsError::Timeout),
        Ok(Err(error)) if error.is_no_records_found() => Ok(Vec::new()),
        Ok(Err(error)) => Err(failed(&error)),
        Ok(Ok(answer)) => Ok(answer
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::TXT(text) => Some(join_strings(text)),
                _ => None,
            })
            .take(MAX_RECORDS)
            .collect()),
    }
}

fn single_server(address: SocketAddr) -> ResolverConfig {
    let at_port = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(at_port);
    let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

/// Joins the strings of a record, of at most 255 bytes each, without a separator (RFC 7208 3.3).
fn join_strings(text: &TXT) -> String {
    let bytes = text.txt_data.concat();
    String::from_utf8_lossy(&bytes)
        .chars()
        .filter(|one| !one.is_control())
        .take(MAX_RECORD_CHARS)
        .collect()
}

fn failed(error: &NetError) -> DnsError {
    DnsError::Failed(error.to_string())
}

impl Records {
    pub fn publish(&self, name: &str, value: &str) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let values = records.entry(name.to_ascii_lowercase()).or_default();
        values.push(value.to_owned());
    }

    /// Removes all records of a name.
    pub fn remove(&self, name: &str) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.remove(&name.to_ascii_lowercase());
    }

    pub fn all(&self) -> BTreeMap<String, Vec<String>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn get(&self, name: &str) -> Vec<String> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records
            .get(&name.to_ascii_lowercase())
            .cloned()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
