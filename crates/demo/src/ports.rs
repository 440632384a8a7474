//! The ports of the demo, on `localhost` only.
//!
//! The URLs use the name `localhost` because browsers don't accept an IP address as the relying party of a passkey.
//! Browsers resolve the name to `::1` or `127.0.0.1`, so each port is bound on both urls.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use super::{DemoError, ServerUrls};

const DEFAULT_PORT: u16 = 8080;

/// The port of Vestibule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The first free port from 8080.
    FirstFree,
    Fixed(u16),
}

/// A port with its listeners.
#[derive(Debug)]
pub struct BoundPort {
    /// One for each address of `localhost`.
    pub listeners: Vec<TcpListener>,
    number: u16,
}

/// The ports of all three servers.
#[derive(Debug)]
pub struct Ports {
    pub vestibule: BoundPort,
    pub identity_provider: BoundPort,
    pub sample_application: BoundPort,
}

impl Ports {
    /// Binds `port` for Vestibule and the next free ports for the other servers.
    pub async fn bind(port: Port) -> Result<Self, DemoError> {
        let vestibule = match port {
            Port::FirstFree => bind_first_free(DEFAULT_PORT).await?,
            Port::Fixed(number) => bind_fixed(number).await?,
        };
        let identity_provider = bind_first_free(next_port(vestibule.number)).await?;
        let sample_application = bind_first_free(next_port(identity_provider.number)).await?;
        Ok(Self {
            vestibule,
            identity_provider,
            sample_application,
        })
    }

    /// A message if the default port is in use.
    pub fn note(&self, port: Port) -> Option<String> {
        let number = self.vestibule.number;
        (port == Port::FirstFree && number != DEFAULT_PORT)
            .then(|| format!("Port {DEFAULT_PORT} is in use. Using port {number} instead."))
    }

    pub(super) fn urls(&self) -> ServerUrls {
        ServerUrls {
            vestibule: self.vestibule.url(),
            identity_provider: self.identity_provider.url(),
            sample_application: self.sample_application.url(),
        }
    }
}

impl BoundPort {
    /// The IPv4 address, which every machine has.
    pub(super) fn address(&self) -> SocketAddr {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.number)
    }

    /// All servers have the same host, so browsers treat them as one site.
    pub(super) fn url(&self) -> String {
        format!("http://localhost:{}", self.number)
    }
}

/// The next port to try. After the last one, the default port.
fn next_port(number: u16) -> u16 {
    number.checked_add(1).unwrap_or(DEFAULT_PORT)
}

async fn bind_first_free(first: u16) -> Result<BoundPort, DemoError> {
    for number in first..=u16::MAX {
        match bind(number).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            bound => return bound.map_err(|source| DemoError::Port { number, source }),
        }
    }
    Err(DemoError::NoFreePort { first })
}

async fn bind_fixed(number: u16) -> Result<BoundPort, DemoError> {
    bind(number)
        .await
        .map_err(|source| DemoError::Port { number, source })
}

async fn bind(number: u16) -> std::io::Result<BoundPort> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, number)).await?;
    // For port 0, the system has chosen a free one.
    let number = listener.local_addr()?.port();
    let mut listeners = vec![listener];
    match TcpListener::bind((Ipv6Addr::LOCALHOST, number)).await {
        Ok(listener) => listeners.push(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
        // Without IPv6, `localhost` resolves to the IPv4 address only.
        Err(_) => {}
    }
    Ok(BoundPort { listeners, number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_skipped_unless_it_was_requested() {
        let taken = bind_fixed(0).await.unwrap();
        let error = bind_fixed(taken.number).await.unwrap_err();
        assert!(matches!(error, DemoError::Port { number, .. } if number == taken.number));
        assert!(bind_first_free(taken.number).await.unwrap().number > taken.number);
    }

    #[tokio::test]
    async fn each_server_has_its_own_port() {
        let ports = Ports::bind(Port::Fixed(0)).await.unwrap();
        let ServerUrls {
            vestibule,
            identity_provider,
            sample_application,
        } = ports.urls();
        assert!(vestibule.starts_with("http://localhost:"));
        assert!(vestibule != identity_provider && identity_provider != sample_application);
        assert_eq!(ports.note(Port::Fixed(0)), None);
    }

    #[tokio::test]
    async fn a_port_in_use_on_one_address_is_in_use() {
        let Ok(taken) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else {
            // This machine has no IPv6.
            return;
        };
        let number = taken.local_addr().unwrap().port();
        let error = bind_fixed(number).await.unwrap_err();
        assert!(matches!(error, DemoError::Port { number: one, .. } if one == number));
    }
}
