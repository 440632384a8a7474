use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use config::Network;
use runtime::app::App;

/// The client's IP address, for rate limits only: it is neither logged nor stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Middleware that adds the [`ClientAddress`] to the request's extensions.
pub async fn add_client_address(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    // Tests call the router without a connection.
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
    let client = resolve_client(peer, request.headers(), &app.config.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

/// Follows `X-Forwarded-For` from right to left for as long as the addresses are trusted proxies. The client itself may
/// have sent everything to the left of the first other address.
fn resolve_client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
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
        if !is_trusted(client) {
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
    use rstest::rstest;

    use super::*;

    fn resolve_address(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted: Vec<Network> = trusted
            .iter()
            .map(|one| Network::parse(one).unwrap())
            .collect();
        resolve_client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[rstest]
    #[case::no_trusted_proxy("203.0.113.9", &["192.0.2.1"], &[], "203.0.113.9")]
    #[case::trusted_proxy("10.0.0.1", &["192.0.2.1"], &["10.0.0.0/8"], "192.0.2.1")]
    #[case::two_trusted_proxies(
        "10.0.0.1",
        &["6.6.6.6, 192.0.2.1, 10.0.0.2"],
        &["10.0.0.0/8"],
        "192.0.2.1"
    )]
    #[case::two_headers("10.0.0.1", &["6.6.6.6", "192.0.2.1"], &["10.0.0.0/8"], "192.0.2.1")]
    #[case::malformed_header("10.0.0.1", &["nonsense"], &["10.0.0.0/8"], "10.0.0.1")]
    #[case::mapped_ipv4("::ffff:203.0.113.9", &[], &[], "203.0.113.9")]
    fn the_client_address_is_read_from_trusted_proxies_only(
        #[case] peer: &str,
        #[case] forwarded: &[&str],
        #[case] trusted: &[&str],
        #[case] expected: &str,
    ) {
        assert_eq!(resolve_address(peer, forwarded, trusted), expected);
    }
}
