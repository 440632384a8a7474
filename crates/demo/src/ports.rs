//! Where the parts of the demo listen: at `localhost` and nowhere else.
//!
//! It is a name and no number because browsers bind no passkey to a number. Some look for the name at `::1` first, and
//! some at `127.0.0.1`: both are ours, so that nobody else answers at one of them.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

use super::{Addresses, DemoProblem};

/// Where the search for a free port begins.
const FIRST: u16 = 8080;

/// Which port this server is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The first free one from 8080 on.
    FirstFree,
    /// This one.
    Fixed(u16),
}

/// A port that is ours.
#[derive(Debug)]
pub struct Bound {
    /// What listens there, at each address of the name.
    pub listeners: Vec<TcpListener>,
    number: u16,
}

/// A port for each part.
#[derive(Debug)]
pub struct Ports {
    /// This server.
    pub vestibule: Bound,
    /// The practice identity provider.
    pub identity_provider: Bound,
    /// The sample application.
    pub sample_application: Bound,
}

impl Ports {
    /// Takes a port for each part: this server's, and the next free ones for the others.
    ///
    /// # Errors
    ///
    /// When the one that was asked for is taken, or none is free.
    pub async fn bind(port: Port) -> Result<Self, DemoProblem> {
        let vestibule = match port {
            Port::FirstFree => first_free(FIRST).await?,
            Port::Fixed(number) => fixed(number).await?,
        };
        let identity_provider = first_free(after(vestibule.number)).await?;
        let sample_application = first_free(after(identity_provider.number)).await?;
        Ok(Self {
            vestibule,
            identity_provider,
            sample_application,
        })
    }

    /// Says when this server's usual port was taken.
    pub fn note(&self, port: Port) -> Option<String> {
        let number = self.vestibule.number;
        (port == Port::FirstFree && number != FIRST)
            .then(|| format!("Port {FIRST} is taken, so Vestibule listens on {number}."))
    }

    pub(super) fn addresses(&self) -> Addresses {
        Addresses {
            vestibule: self.vestibule.url(),
            identity_provider: self.identity_provider.url(),
            sample_application: self.sample_application.url(),
        }
    }
}

impl Bound {
    /// The address that every machine has.
    pub(super) fn address(&self) -> SocketAddr {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), self.number)
    }

    /// Every part has the same host, so that browsers treat them as one site.
    pub(super) fn url(&self) -> String {
        format!("http://localhost:{}", self.number)
    }
}

/// Where the search goes on after a port; after the last one, at the beginning.
fn after(number: u16) -> u16 {
    number.checked_add(1).unwrap_or(FIRST)
}

async fn first_free(from: u16) -> Result<Bound, DemoProblem> {
    for number in from..=u16::MAX {
        match bind(number).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            bound => return bound.map_err(|cause| DemoProblem::Port { number, cause }),
        }
    }
    Err(DemoProblem::NoPort { from })
}

async fn fixed(number: u16) -> Result<Bound, DemoProblem> {
    bind(number)
        .await
        .map_err(|cause| DemoProblem::Port { number, cause })
}

async fn bind(number: u16) -> std::io::Result<Bound> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, number)).await?;
    // For port 0 the system has chosen one.
    let number = listener.local_addr()?.port();
    let mut listeners = vec![listener];
    match TcpListener::bind((Ipv6Addr::LOCALHOST, number)).await {
        Ok(listener) => listeners.push(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
        // A machine without IPv6 looks for the name nowhere else.
        Err(_) => {}
    }
    Ok(Bound { listeners, number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let taken = fixed(0).await.unwrap();
        let error = fixed(taken.number).await.unwrap_err();
        assert!(matches!(error, DemoProblem::Port { number, .. } if number == taken.number));
        assert!(first_free(taken.number).await.unwrap().number > taken.number);
    }

    #[tokio::test]
    async fn each_part_has_a_port_of_its_own() {
        let ports = Ports::bind(Port::Fixed(0)).await.unwrap();
        let Addresses {
            vestibule,
            identity_provider,
            sample_application,
        } = ports.addresses();
        assert!(vestibule.starts_with("http://localhost:"));
        assert!(vestibule != identity_provider && identity_provider != sample_application);
        assert_eq!(ports.note(Port::Fixed(0)), None);
    }

    #[tokio::test]
    async fn a_port_that_somebody_else_has_at_one_of_the_addresses_is_taken() {
        let Ok(taken) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else {
            // There is no IPv6 here, and nothing to be mistaken about.
            return;
        };
        let number = taken.local_addr().unwrap().port();
        let error = fixed(number).await.unwrap_err();
        assert!(matches!(error, DemoProblem::Port { number: one, .. } if one == number));
    }
}
