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
use saml::metadata::{MetadataError, MetadataStream};
use saml::paste::{PasteError, TidyText};
use tokio::time::timeout;
use url::{Host, Url};

use crate::blocking;
use crate::problem::{self, LocalizedText, Problem};

/// The field of every problem.
const FIELD: &str = "metadata_url";
/// A larger document is the metadata of a federation, of which one entity is kept.
const MAX_WHOLE_BYTES: usize = 1024 * 1024;
const MAX_METADATA_BYTES: usize = 128 * 1024 * 1024;
const MAX_REDIRECTS: usize = 3;
/// The limit for all requests together, redirects included, and for the first `MAX_WHOLE_BYTES` of the body.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The limit for the rest of the metadata of a federation.
const FEDERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// The body of an answer: the whole of a small document, or the requested entity of a large one.
#[derive(Debug)]
pub struct FetchedMetadata {
    document: Result<Vec<u8>, MetadataError>,
    /// Of the header `Content-Type`.
    charset: Option<String>,
}

impl FetchedMetadata {
    /// The text that everything reads.
    ///
    /// # Errors
    ///
    /// The answer is not text, or is large metadata in which the requested entity was not found.
    pub async fn tidy(self) -> Result<TidyText, PasteError> {
        let document = self.document.map_err(PasteError::Metadata)?;
        blocking::run(move || TidyText::new(&document, self.charset.as_deref())).await
    }
}

/// Fetches metadata. A private address is allowed within `networks` only. `entity` is the entity to keep of a document
/// that is too large to be kept whole.
pub async fn metadata(
    url: &str,
    networks: &[Network],
    entity: Option<&str>,
) -> Result<FetchedMetadata, Problem> {
    let url = saml::trim_edges(url);
    let parsed = Url::parse(url).map_err(|_| {
        let expected = LocalizedText::key("problem-expected-metadata-address");
        Problem::field(FIELD, expected, format!("{url:?}"))
    })?;
    let mut body = in_time(TIMEOUT, async {
        let response = follow(parsed, networks).await?;
        let mut body = Body::new(response, entity);
        body.read(MAX_WHOLE_BYTES).await?;
        Ok(body)
    })
    .await?;
    if !body.is_complete {
        in_time(FEDERATION_TIMEOUT, body.read(MAX_METADATA_BYTES)).await?;
    }
    body.finish()
}

async fn in_time<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    timeout(limit, work).await.unwrap_or_else(|_| {
        let seconds = limit.as_secs().to_string();
        let expected = LocalizedText::with("problem-expected-in-time", &[("seconds", &seconds)]);
        let received = LocalizedText::key("problem-received-none");
        Err(Problem::field(FIELD, expected, received))
    })
}

async fn follow(mut url: Url, networks: &[Network]) -> Result<Response, Problem> {
    for _ in 0..=MAX_REDIRECTS {
        let allowed = allowed_addresses(&url, networks)?;
        let response = request(&url, &allowed).await?;
        match redirect_target(&url, &response)? {
            Some(target) => url = target,
            None => return Ok(response),
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

/// The body of an answer while it is read.
struct Body {
    response: Response,
    charset: Option<String>,
    stream: MetadataStream,
    error: Option<MetadataError>,
    length: usize,
    /// Whether nothing more needs to be read.
    is_complete: bool,
}

impl Body {
    fn new(response: Response, entity: Option<&str>) -> Self {
        let charset = response
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(charset);
        Self {
            response,
            charset,
            stream: MetadataStream::new(entity, MAX_WHOLE_BYTES),
            error: None,
            length: 0,
            is_complete: false,
        }
    }

    /// Reads until more than `limit` bytes have come.
    async fn read(&mut self, limit: usize) -> Result<(), Problem> {
        while !self.is_complete && self.length <= limit {
            let piece = self.response.chunk().await.map_err(|error| {
                tracing::info!(error = problem::chain(&error), "metadata broke off");
                Problem::field(
                    FIELD,
                    LocalizedText::key("problem-expected-whole"),
                    LocalizedText::key("problem-received-broken"),
                )
            })?;
            let Some(piece) = piece else {
                self.is_complete = true;
                break;
            };
            self.length = self.length.saturating_add(piece.len());
            self.error = self.stream.push(&piece).err();
            self.is_complete = self.error.is_some() || self.stream.is_complete();
        }
        Ok(())
    }

    fn finish(self) -> Result<FetchedMetadata, Problem> {
        if !self.is_complete {
            let bytes = MAX_METADATA_BYTES.to_string();
            return Err(Problem::field(
                FIELD,
                LocalizedText::with("problem-expected-small", &[("bytes", &bytes)]),
                LocalizedText::key("problem-received-more"),
            ));
        }
        Ok(FetchedMetadata {
            document: self.error.map_or_else(|| self.stream.finish(), Err),
            charset: self.charset,
        })
    }
}

/// The parameter `charset` of a content type.
fn charset(content_type: &str) -> Option<String> {
    content_type.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"').to_owned())
    })
}

#[cfg(test)]
mod tests;
