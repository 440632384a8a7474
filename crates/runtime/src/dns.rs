//! Questions to the domain name system.

use std::collections::BTreeMap;
use std::fmt;
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

/// The longest that one server may take, and that all of them may.
const SERVER_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// The most records of an answer, and the most characters of each: an answer is kept, and shown to people.
const MOST: usize = 50;
const LONGEST: usize = 255;

/// Where the demo has the page on which its records are published.
pub const RECORDS_PAGE: &str = "/dns";

/// Who is asked.
#[derive(Clone, Debug, Default)]
pub enum Dns {
    /// The servers that the machine asks.
    #[default]
    System,
    /// This server.
    Server(SocketAddr),
    /// A list, for the demo and for tests.
    Fixed(Records),
}

/// The text records of a list, by name. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Records(Arc<Mutex<BTreeMap<String, Vec<String>>>>);

/// Why there is no answer. It says nothing about what is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// Nobody answered in time.
    Silent,
    /// What was answered is a failure.
    Failed(String),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silent => formatter.write_str("no answer in time"),
            Self::Failed(story) => formatter.write_str(story),
        }
    }
}

impl std::error::Error for NoAnswer {}

impl Dns {
    /// Asks this server, or without one those that the machine asks.
    pub fn of(resolver: Option<SocketAddr>) -> Self {
        resolver.map_or(Self::System, Self::Server)
    }

    /// The page on which records are published by hand, where nobody is asked.
    pub const fn records_page(&self) -> Option<&'static str> {
        match self {
            Self::Fixed(_) => Some(RECORDS_PAGE),
            Self::System | Self::Server(_) => None,
        }
    }

    /// The text records of a name as they are published now; none when there is no such name.
    ///
    /// # Errors
    ///
    /// When there is no answer.
    pub async fn text_records(&self, name: &str) -> Result<Vec<String>, NoAnswer> {
        let resolver = match self {
            Self::Fixed(records) => return Ok(records.of(name)),
            Self::System => TokioResolver::builder_tokio().map_err(|error| failed(&error))?,
            Self::Server(address) => {
                TokioResolver::builder_with_config(only(*address), TokioRuntimeProvider::default())
            }
        };
        ask(resolver, name).await
    }
}

async fn ask(
    mut resolver: hickory_resolver::ResolverBuilder<TokioRuntimeProvider>,
    name: &str,
) -> Result<Vec<String>, NoAnswer> {
    let options = resolver.options_mut();
    // Whoever has just published a record wants to know what is there now.
    options.cache_size = 0;
    options.timeout = SERVER_WITHIN;
    options.attempts = 2;
    let resolver = resolver.build().map_err(|error| failed(&error))?;
    let mut name = Name::from_utf8(name).map_err(|error| NoAnswer::Failed(error.to_string()))?;
    // The whole name, not one inside the machine's own domain.
    name.set_fqdn(true);
    match timeout(ANSWER_WITHIN, resolver.txt_lookup(name)).await {
        Err(_) | Ok(Err(NetError::Timeout)) => Err(NoAnswer::Silent),
        Ok(Err(error)) if error.is_no_records_found() => Ok(Vec::new()),
        Ok(Err(error)) => Err(failed(&error)),
        Ok(Ok(answer)) => Ok(answer
            .answers()
            .iter()
            .filter_map(|record| match &record.data {
                RData::TXT(text) => Some(joined(text)),
                _ => None,
            })
            .take(MOST)
            .collect()),
    }
}

fn only(address: SocketAddr) -> ResolverConfig {
    let at_port = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(at_port);
    let server = NameServerConfig::new(address.ip(), true, connections.to_vec());
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

/// A record is made of strings of 255 bytes at most, which belong together without anything between (RFC 7208 3.3).
fn joined(text: &TXT) -> String {
    let bytes = text.txt_data.concat();
    String::from_utf8_lossy(&bytes)
        .chars()
        .filter(|one| !one.is_control())
        .take(LONGEST)
        .collect()
}

fn failed(error: &NetError) -> NoAnswer {
    NoAnswer::Failed(error.to_string())
}

impl Records {
    /// Adds a text record to a name.
    pub fn publish(&self, name: &str, value: &str) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let values = records.entry(name.to_ascii_lowercase()).or_default();
        values.push(value.to_owned());
    }

    /// Takes all text records from a name.
    pub fn withdraw(&self, name: &str) {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records.remove(&name.to_ascii_lowercase());
    }

    /// Every name with its records.
    pub fn all(&self) -> BTreeMap<String, Vec<String>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn of(&self, name: &str) -> Vec<String> {
        let records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        records
            .get(&name.to_ascii_lowercase())
            .cloned()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
