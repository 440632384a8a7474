//! Fetching an identity provider's metadata from a URL that a customer's administrator entered.
//!
//! The URL must not reach hosts that only this server can reach (server-side request forgery). The check applies to the
//! address of each connection, so neither a second DNS lookup nor a redirect gets around it.

mod guard;

use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use config::Network;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Response, StatusCode, header, redirect};
use tokio::time::timeout;
use url::{Host, Url};

use crate::problem::{self, LocalizedText, Problem};

/// The field of every problem.
const FIELD: &str = "metadata_url";
const MAX_METADATA_BYTES: usize = 1024 * 1024;
const MAX_REDIRECTS: usize = 3;
/// The limit for all requests together, redirects included.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Fetches metadata. A private address is allowed within `networks` only.
pub async fn metadata(url: &str, networks: &[Network]) -> Result<String, Problem> {
    let parsed = Url::parse(url.trim()).map_err(|_| {
        let expected = LocalizedText::key("problem-expected-metadata-address");
        Problem::field(FIELD, expected, format!("{url:?}"))
    })?;
    match timeout(TIMEOUT, follow(parsed, networks)).await {
        Ok(fetched) => fetched,
        Err(_) => {
            let seconds = TIMEOUT.as_secs().to_string();
            let expected =
                LocalizedText::with("problem-expected-in-time", &[("seconds", &seconds)]);
            Err(Problem::field(
                FIELD,
                expected,
                LocalizedText::key("problem-received-none"),
            ))
        }
    }
}

async fn follow(mut url: Url, networks: &[Network]) -> Result<String, Problem> {
    for _ in 0..=MAX_REDIRECTS {
        let allowed = allowed_addresses(&url, networks)?;
        let response = request(&url, &allowed).await?;
        match redirect_target(&url, &response)? {
            Some(target) => url = target,
            None => return read_body(response).await,
        }
    }
    let count = MAX_REDIRECTS.to_string();
    let expected = LocalizedText::with("problem-expected-few-redirects", &[("count", &count)]);
    Err(Problem::field(
        FIELD,
        expected,
        LocalizedText::key("problem-received-more"),
    ))
}

/// The addresses that a request may connect to.
#[derive(Clone, Debug)]
enum AllowedAddresses {
    /// Public addresses and these networks.
    Public(Vec<Network>),
    /// These networks only.
    NetworksOnly(Vec<Network>),
}

impl AllowedAddresses {
    fn has(&self, address: IpAddr) -> bool {
        let within = |networks: &[Network]| networks.iter().any(|one| one.contains(address));
        match self {
            Self::Public(networks) => guard::is_public(address) || within(networks),
            Self::NetworksOnly(networks) => within(networks),
        }
    }
}

/// Decides which addresses a URL may connect to, and rejects an IP address outside of them immediately: reqwest asks the
/// resolver for names only.
fn allowed_addresses(url: &Url, networks: &[Network]) -> Result<AllowedAddresses, Problem> {
    let invalid_field =
        |expected| Problem::field(FIELD, LocalizedText::key(expected), redacted(url));
    let allowed = match url.scheme() {
        "https" => AllowedAddresses::Public(networks.to_vec()),
        // Without TLS, anyone on the network path could forge the metadata.
        "http" if !networks.is_empty() => AllowedAddresses::NetworksOnly(networks.to_vec()),
        _ => return Err(invalid_field("problem-expected-https")),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid_field("problem-expected-no-user"));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) => None,
        None => return Err(invalid_field("problem-expected-host")),
    };
    match literal {
        Some(address) if !allowed.has(address) => Err(address_not_allowed(url, &allowed)),
        Some(_) | None => Ok(allowed),
    }
}

fn address_not_allowed(url: &Url, allowed: &AllowedAddresses) -> Problem {
    // Only programs and operators read of the setting.
    let (english, key) = match allowed {
        AllowedAddresses::Public(_) => (
            "a host with a public address, or one within metadata_networks",
            "problem-expected-public-host",
        ),
        AllowedAddresses::NetworksOnly(_) => (
            "https (http is only allowed for hosts within metadata_networks)",
            "problem-expected-https",
        ),
    };
    let expected = LocalizedText::with_fallback(english, key.to_owned());
    Problem::field(FIELD, expected, redacted(url))
}

/// The URL without credentials and query, which may contain a secret.
fn redacted(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    if url.set_password(None).is_err() || url.set_username("").is_err() {
        return format!("an address with the scheme {}", url.scheme());
    }
    url.to_string()
}

async fn request(url: &Url, allowed: &AllowedAddresses) -> Result<Response, Problem> {
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .dns_resolver(Arc::new(GuardedResolver(allowed.clone())))
        .user_agent("Vestibule")
        .build()
        .map_err(|error| Problem::internal_error("preparing to fetch metadata", &error))?;
    let request = client.get(url.clone()).header(
        header::ACCEPT,
        "application/samlmetadata+xml, application/xml, text/xml, */*;q=0.1",
    );
    request.send().await.map_err(|error| {
        if is_address_not_allowed(&error) {
            return address_not_allowed(url, allowed);
        }
        tracing::info!(error = problem::chain(&error), "metadata cannot be fetched");
        let missing = if error.is_connect() {
            "problem-received-no-connection"
        } else {
            "problem-received-no-answer"
        };
        let received = LocalizedText::with(missing, &[("url", &redacted(url))]);
        Problem::field(
            FIELD,
            LocalizedText::key("problem-expected-answer"),
            received,
        )
    })
}

/// Returns allowed addresses only, so the address that was checked is the one that is connected to.
struct GuardedResolver(AllowedAddresses);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let within: Vec<_> = found.filter(|one| allowed.has(one.ip())).collect();
            if within.is_empty() {
                return Err(AddressNotAllowed.into());
            }
            Ok(Box::new(within.into_iter()) as Addrs)
        })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the host name has no address that may be fetched from")]
struct AddressNotAllowed;

fn is_address_not_allowed(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if one.is::<AddressNotAllowed>() {
            return true;
        }
        cause = one.source();
    }
    false
}

/// The target of a redirect; `None` for the final response.
fn redirect_target(url: &Url, response: &Response) -> Result<Option<Url>, Problem> {
    let status = response.status();
    match status {
        StatusCode::OK => Ok(None),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location = response.headers().get(header::LOCATION);
            let target = location
                .and_then(|location| location.to_str().ok())
                .and_then(|location| url.join(location).ok());
            let expected = LocalizedText::key("problem-expected-redirect");
            target.map(Some).ok_or_else(|| {
                let status = status.to_string();
                let received =
                    LocalizedText::with("problem-received-redirect", &[("status", &status)]);
                Problem::field(FIELD, expected, received)
            })
        }
        other => {
            let status = other.to_string();
            let url = redacted(url);
            let variables = [("status", status.as_str()), ("url", url.as_str())];
            let received = LocalizedText::with("problem-received-status", &variables);
            Err(Problem::field(
                FIELD,
                LocalizedText::key("problem-expected-status"),
                received,
            ))
        }
    }
}

async fn read_body(mut response: Response) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    loop {
        let piece = response.chunk().await.map_err(|error| {
            tracing::info!(error = problem::chain(&error), "metadata broke off");
            Problem::field(
                FIELD,
                LocalizedText::key("problem-expected-whole"),
                LocalizedText::key("problem-received-broken"),
            )
        })?;
        let Some(piece) = piece else { break };
        if bytes.len() + piece.len() > MAX_METADATA_BYTES {
            let bytes = MAX_METADATA_BYTES.to_string();
            let expected = LocalizedText::with("problem-expected-small", &[("bytes", &bytes)]);
            return Err(Problem::field(
                FIELD,
                expected,
                LocalizedText::key("problem-received-more"),
            ));
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| {
        Problem::field(
            FIELD,
            LocalizedText::key("problem-expected-utf8"),
            LocalizedText::key("problem-received-bytes"),
        )
    })
}

#[cfg(test)]
mod tests;
