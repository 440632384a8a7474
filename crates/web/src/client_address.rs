//! Whose request it is, as far as the network tells.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use config::Network;
use runtime::app::App;

/// The address of the client, for limits alone: it is neither logged nor stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Finds the client's address and lays it beside the request.
pub async fn name(State(app): State<App>, mut request: Request, next: Next) -> Response {
    // A router that is called without a network, as tests do, is called from this machine.
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let client = client_of(peer, request.headers(), &app.config.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

/// Walks back along `X-Forwarded-For` for as long as the proxies are ours.
///
/// Everything to the left of the first foreign address is hearsay that the client itself may have sent.
fn client_of(peer: IpAddr, headers: &HeaderMap, ours: &[Network]) -> IpAddr {
    let is_ours = |address: IpAddr| ours.iter().any(|network| network.contains(address));
    let forwarded = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        if !is_ours(client) {
            break;
        }
        match hop.parse() {
            Ok(before) => client = before,
            Err(_) => break,
        }
    }
    client.to_canonical()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], ours: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let ours: Vec<Network> = ours
            .iter()
            .map(|one| Network::parse(one).unwrap())
            .collect();
        client_of(peer.parse().unwrap(), &headers, &ours).to_string()
    }

    #[test]
    fn nobody_is_believed_about_an_address_but_our_own_proxies() {
        assert_eq!(client("203.0.113.9", &["192.0.2.1"], &[]), "203.0.113.9");
        assert_eq!(
            client("10.0.0.1", &["192.0.2.1"], &["10.0.0.0/8"]),
            "192.0.2.1"
        );
        assert_eq!(
            client(
                "10.0.0.1",
                &["6.6.6.6, 192.0.2.1, 10.0.0.2"],
                &["10.0.0.0/8"]
            ),
            "192.0.2.1"
        );
        assert_eq!(
            client("10.0.0.1", &["6.6.6.6", "192.0.2.1"], &["10.0.0.0/8"]),
            "192.0.2.1"
        );
        assert_eq!(
            client("10.0.0.1", &["nonsense"], &["10.0.0.0/8"]),
            "10.0.0.1"
        );
        assert_eq!(client("::ffff:203.0.113.9", &[], &[]), "203.0.113.9");
    }
}
