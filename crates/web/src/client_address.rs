use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use config::{ForwardedHeader, Network};
use runtime::app::App;

/// The address of a client that a proxy did not name. All such clients share one rate limit.
const UNIDENTIFIED: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The client's IP address, for rate limits only: it is neither logged nor stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Middleware that adds the [`ClientAddress`] to the request's extensions.
pub async fn add_client_address(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let client = TrustedProxies::new(&app).resolve_client(peer(&request), request.headers());
    request.extensions_mut().insert(ClientAddress(client));
    next.run(request).await
}

/// Whether a trusted proxy sent the request.
pub(crate) fn is_from_trusted_proxy(app: &App, request: &Request) -> bool {
    TrustedProxies::new(app).contain(peer(request))
}

fn peer(request: &Request) -> IpAddr {
    // Tests call the router without a connection.
    request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip())
}

/// The proxies that may name a client, and how they do.
struct TrustedProxies<'c> {
    networks: &'c [Network],
    header: ForwardedHeader,
}

impl<'c> TrustedProxies<'c> {
    fn new(app: &'c App) -> Self {
        Self {
            networks: &app.config.trusted_proxies,
            header: app.config.forwarded_header,
        }
    }

    /// Follows the header from right to left for as long as the addresses are trusted proxies. The client itself may have
    /// sent everything to the left of the first other address.
    ///
    /// The client of a trusted proxy that names none, or not by an address, is unidentified.
    fn resolve_client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer;
        let mut hops = self.hops(headers).into_iter().rev();
        while self.contain(client) {
            match hops.next() {
                Some(Some(before)) => client = before,
                Some(None) => return UNIDENTIFIED,
                // The proxy itself sent the request, or does not name its clients.
                None if client.is_loopback() => return UNIDENTIFIED,
                None => break,
            }
        }
        client.to_canonical()
    }

    fn contain(&self, address: IpAddr) -> bool {
        self.networks
            .iter()
            .any(|network| network.contains(address))
    }

    /// The addresses in the header, in its order; `None` for one that is hidden or malformed.
    fn hops(&self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        let mut hops = Vec::new();
        for value in headers.get_all(self.header.as_str()) {
            match (value.to_str(), self.header) {
                (Err(_), _) => hops.push(None),
                (Ok(text), ForwardedHeader::XForwardedFor) => {
                    hops.extend(text.split(',').map(|hop| parse_node(hop.trim())));
                }
                (Ok(text), ForwardedHeader::Forwarded) => {
                    hops.extend(split_unquoted(text, ',').map(forwarded_for));
                }
            }
        }
        hops
    }
}

/// The parameter `for` of an element of `Forwarded` (RFC 7239 4).
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let value = split_unquoted(element, ';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then_some(value)
    })?;
    parse_node(value.trim().trim_matches('"'))
}

/// Splits at a separator that is not in a quoted string.
fn split_unquoted(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    text.split(move |character| {
        is_quoted ^= character == '"';
        character == separator && !is_quoted
    })
}

/// Parses an address with or without a port, such as `203.0.113.8:1000`, `2001:db8::1` or `[2001:db8::1]:1000`.
fn parse_node(node: &str) -> Option<IpAddr> {
    if let Ok(address) = node.parse() {
        return Some(address);
    }
    if let Ok(address) = node.parse::<SocketAddr>() {
        return Some(address.ip());
    }
    let bracketed = node.strip_prefix('[')?.strip_suffix(']')?;
    bracketed.parse().map(IpAddr::V6).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;
    use rstest::rstest;

    use super::*;

    const LOOPBACK: &[&str] = &["127.0.0.1"];
    const PRIVATE: &[&str] = &["10.0.0.0/8"];

    fn resolve(
        header: ForwardedHeader,
        peer: &str,
        forwarded: &[&str],
        trusted: &[&str],
    ) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(
                header.as_str().parse::<HeaderName>().unwrap(),
                value.parse().unwrap(),
            );
        }
        let networks: Vec<Network> = trusted
            .iter()
            .map(|one| Network::parse(one).unwrap())
            .collect();
        let proxies = TrustedProxies {
            networks: &networks,
            header,
        };
        proxies
            .resolve_client(peer.parse().unwrap(), &headers)
            .to_string()
    }

    #[rstest]
    #[case::no_trusted_proxy("203.0.113.9", &["192.0.2.1"], &[], "203.0.113.9")]
    #[case::trusted_proxy("10.0.0.1", &["192.0.2.1"], PRIVATE, "192.0.2.1")]
    #[case::two_trusted_proxies("10.0.0.1", &["6.6.6.6, 192.0.2.1, 10.0.0.2"], PRIVATE, "192.0.2.1")]
    #[case::two_headers("10.0.0.1", &["6.6.6.6", "192.0.2.1"], PRIVATE, "192.0.2.1")]
    #[case::ipv4_with_port("127.0.0.1", &["203.0.113.8:1000"], LOOPBACK, "203.0.113.8")]
    #[case::ipv6("127.0.0.1", &["2001:db8::1"], LOOPBACK, "2001:db8::1")]
    #[case::ipv6_in_brackets("127.0.0.1", &["[2001:db8::1]"], LOOPBACK, "2001:db8::1")]
    #[case::ipv6_with_port("127.0.0.1", &["[2001:db8::1]:1000"], LOOPBACK, "2001:db8::1")]
    #[case::unknown("127.0.0.1", &["unknown"], LOOPBACK, "0.0.0.0")]
    #[case::malformed("10.0.0.1", &["nonsense"], PRIVATE, "0.0.0.0")]
    #[case::malformed_beyond_the_client("10.0.0.1", &["nonsense, 192.0.2.1"], PRIVATE, "192.0.2.1")]
    #[case::empty("127.0.0.1", &[""], LOOPBACK, "0.0.0.0")]
    #[case::local_proxy_that_names_no_client("127.0.0.1", &[], LOOPBACK, "0.0.0.0")]
    #[case::remote_proxy_that_names_no_client("10.0.0.1", &[], PRIVATE, "10.0.0.1")]
    #[case::local_client_without_a_proxy("127.0.0.1", &[], &[], "127.0.0.1")]
    #[case::mapped_ipv4("::ffff:203.0.113.9", &[], &[], "203.0.113.9")]
    fn x_forwarded_for_is_read_from_trusted_proxies_only(
        #[case] peer: &str,
        #[case] forwarded: &[&str],
        #[case] trusted: &[&str],
        #[case] expected: &str,
    ) {
        let resolved = resolve(ForwardedHeader::XForwardedFor, peer, forwarded, trusted);
        assert_eq!(resolved, expected);
    }

    #[rstest]
    #[case::one_proxy("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60")]
    #[case::capital_letters("Proto=https; For=192.0.2.60", "192.0.2.60")]
    #[case::two_proxies("for=6.6.6.6, for=192.0.2.60, for=127.0.0.1", "192.0.2.60")]
    #[case::quoted_ipv6("for=\"[2001:db8::1]:4711\"", "2001:db8::1")]
    #[case::quoted_separators("for=192.0.2.60;ext=\"a,b;for=6.6.6.6\"", "192.0.2.60")]
    #[case::hidden("for=_hidden", "0.0.0.0")]
    #[case::unknown("for=unknown", "0.0.0.0")]
    #[case::no_client("proto=http", "0.0.0.0")]
    fn forwarded_is_read_from_trusted_proxies(#[case] forwarded: &str, #[case] expected: &str) {
        let resolved = resolve(
            ForwardedHeader::Forwarded,
            "127.0.0.1",
            &[forwarded],
            LOOPBACK,
        );
        assert_eq!(resolved, expected);
    }
}
