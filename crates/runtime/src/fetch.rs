//! Fetching an identity provider's metadata from an address that a customer's administrator wrote.
//!
//! Whoever writes the address is not the one who runs this server, so it must not lead to what only this server can
//! reach. Every address is checked when it is connected to, so that neither a name that is resolved twice nor a
//! redirect leads past the check.

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

use crate::problem;
use crate::problem::{LocalizedText, Problem};

/// The field that all problems are about.
const FIELD: &str = "metadata_url";
/// The most bytes of metadata.
const LARGEST: usize = 1024 * 1024;
/// How often we follow a redirect.
const HOPS: usize = 3;
/// The longest that everything may take.
const WITHIN: Duration = Duration::from_secs(10);

/// Fetches the metadata at an address; private addresses only within these networks.
///
/// # Errors
///
/// When the address may not be fetched, or there is no metadata to be had.
pub async fn metadata(written: &str, networks: &[Network]) -> Result<String, Problem> {
    let url = Url::parse(written.trim()).map_err(|_| {
        let expected = LocalizedText::key("problem-expected-metadata-address");
        Problem::field(FIELD, expected, format!("{written:?}"))
    })?;
    match timeout(WITHIN, follow(url, networks)).await {
        Ok(fetched) => fetched,
        Err(_) => {
            let seconds = WITHIN.as_secs().to_string();
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
    for _ in 0..=HOPS {
        let reach = reach(&url, networks)?;
        let response = ask(&url, &reach).await?;
        match next(&url, &response)? {
            Some(further) => url = further,
            None => return read(response).await,
        }
    }
    let hops = HOPS.to_string();
    let expected = LocalizedText::with("problem-expected-few-redirects", &[("count", &hops)]);
    Err(Problem::field(FIELD, expected, more()))
}

/// Which addresses a hop may lead to.
#[derive(Clone, Debug)]
enum Reach {
    /// Everything public, and these networks.
    Public(Vec<Network>),
    /// These networks alone.
    Within(Vec<Network>),
}

impl Reach {
    fn has(&self, address: IpAddr) -> bool {
        let within = |networks: &[Network]| networks.iter().any(|one| one.contains(address));
        match self {
            Self::Public(networks) => guard::is_public(address) || within(networks),
            Self::Within(networks) => within(networks),
        }
    }
}

/// Decides where an address may lead, and checks it already when it has no name to be resolved.
fn reach(url: &Url, networks: &[Network]) -> Result<Reach, Problem> {
    let refuse = |expected| Problem::field(FIELD, LocalizedText::key(expected), shown(url));
    let reach = match url.scheme() {
        "https" => Reach::Public(networks.to_vec()),
        // Without TLS, anybody on the way could write the metadata.
        "http" if !networks.is_empty() => Reach::Within(networks.to_vec()),
        _ => return Err(refuse("problem-expected-https")),
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("problem-expected-no-user"));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
        Some(Host::Domain(_)) => None,
        None => return Err(refuse("problem-expected-host")),
    };
    match literal {
        Some(address) if !reach.has(address) => Err(out_of_reach(url, &reach)),
        Some(_) | None => Ok(reach),
    }
}

fn out_of_reach(url: &Url, reach: &Reach) -> Problem {
    let expected = match reach {
        Reach::Public(_) => "problem-expected-public-host",
        Reach::Within(_) => "problem-expected-https-outside",
    };
    Problem::field(FIELD, LocalizedText::key(expected), shown(url))
}

fn more() -> LocalizedText {
    LocalizedText::key("problem-received-more")
}

/// The address without a query, which may hold a secret.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    if url.set_password(None).is_err() || url.set_username("").is_err() {
        return format!("an address with the scheme {}", url.scheme());
    }
    url.to_string()
}

async fn ask(url: &Url, reach: &Reach) -> Result<Response, Problem> {
    let client = Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .dns_resolver(Arc::new(Checked(reach.clone())))
        .user_agent("Vestibule")
        .build()
        .map_err(|error| Problem::internal_error("preparing to fetch metadata", &error))?;
    let request = client.get(url.clone()).header(
        header::ACCEPT,
        "application/samlmetadata+xml, application/xml, text/xml, */*;q=0.1",
    );
    request.send().await.map_err(|error| {
        if is_out_of_reach(&error) {
            return out_of_reach(url, reach);
        }
        tracing::info!(error = problem::chain(&error), "metadata cannot be fetched");
        let missing = if error.is_connect() {
            "problem-received-no-connection"
        } else {
            "problem-received-no-answer"
        };
        let received = LocalizedText::with(missing, &[("url", &shown(url))]);
        Problem::field(
            FIELD,
            LocalizedText::key("problem-expected-answer"),
            received,
        )
    })
}

/// Resolves names, and gives only addresses that are within reach: what is connected to is what was checked.
struct Checked(Reach);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let within: Vec<_> = found.filter(|one| reach.has(one.ip())).collect();
            if within.is_empty() {
                return Err(OutOfReach.into());
            }
            Ok(Box::new(within.into_iter()) as Addrs)
        })
    }
}

/// A name leads to no address within reach.
#[derive(Debug)]
struct OutOfReach;

impl std::fmt::Display for OutOfReach {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the name leads to no address that may be fetched from")
    }
}

impl Error for OutOfReach {}

fn is_out_of_reach(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if one.is::<OutOfReach>() {
            return true;
        }
        cause = one.source();
    }
    false
}

/// Where a redirect leads; nothing when the answer is none.
fn next(url: &Url, response: &Response) -> Result<Option<Url>, Problem> {
    let status = response.status();
    match status {
        StatusCode::OK => Ok(None),
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            let location = response.headers().get(header::LOCATION);
            let further = location
                .and_then(|location| location.to_str().ok())
                .and_then(|location| url.join(location).ok());
            let expected = LocalizedText::key("problem-expected-redirect");
            further.map(Some).ok_or_else(|| {
                let status = status.to_string();
                let received =
                    LocalizedText::with("problem-received-redirect", &[("status", &status)]);
                Problem::field(FIELD, expected, received)
            })
        }
        other => {
            let (status, url) = (other.to_string(), shown(url));
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

async fn read(mut response: Response) -> Result<String, Problem> {
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
        if bytes.len() + piece.len() > LARGEST {
            let bytes = LARGEST.to_string();
            let expected = LocalizedText::with("problem-expected-small", &[("bytes", &bytes)]);
            return Err(Problem::field(FIELD, expected, more()));
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
