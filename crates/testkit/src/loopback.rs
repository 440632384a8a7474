//! An HTTP client that connects to 127.0.0.1 and to nothing else.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{self, HeaderValue};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::{Host, Position, Url};

pub(crate) const MAX_RESPONSE_BYTES: usize = 4 << 20;
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub enum LoopbackError {
    #[error("{0} is not an address of this machine")]
    NotLoopback(Url),
    #[error("the request to {url} failed: {cause}")]
    RequestFailed { url: Url, cause: String },
}

/// Sends `request` to `url`, which replaces the request's URI. The `Host` is that of `url`, unless the request has one.
pub(crate) async fn send(
    url: &Url,
    request: Request<String>,
) -> Result<Response<String>, LoopbackError> {
    let port = port(url)?;
    let failed = |cause: String| LoopbackError::RequestFailed {
        url: url.clone(),
        cause,
    };
    let request = address_to(url, request).map_err(|error| failed(error.to_string()))?;
    let request = request.map(|body| Full::new(Bytes::from(body)));
    match tokio::time::timeout(REQUEST_TIMEOUT, exchange(port, request)).await {
        Ok(response) => response.map_err(|error| failed(error.to_string())),
        Err(_) => Err(failed(format!(
            "no response in {} seconds",
            REQUEST_TIMEOUT.as_secs()
        ))),
    }
}

/// Sets the request target and the `Host` header, as an HTTP/1.1 client does for `url`.
pub(crate) fn address_to<T>(
    url: &Url,
    mut request: Request<T>,
) -> Result<Request<T>, hyper::http::Error> {
    *request.uri_mut() = url[Position::BeforePath..Position::AfterQuery].parse()?;
    if !request.headers().contains_key(header::HOST) {
        let host = HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort])?;
        request.headers_mut().insert(header::HOST, host);
    }
    Ok(request)
}

async fn exchange(
    port: u16,
    request: Request<Full<Bytes>>,
) -> Result<Response<String>, Box<dyn std::error::Error + Send + Sync>> {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, MAX_RESPONSE_BYTES).collect().await?;
    connection.abort();
    let body = String::from_utf8(body.to_bytes().to_vec())?;
    Ok(Response::from_parts(parts, body))
}

fn port(url: &Url) -> Result<u16, LoopbackError> {
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address == Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(_)) | None => false,
    };
    url.port_or_known_default()
        .filter(|_| is_loopback && url.scheme() == "http")
        .ok_or_else(|| LoopbackError::NotLoopback(url.clone()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::loopback_address("http://127.0.0.1:8080/a", Some(8080))]
    #[case::localhost("http://localhost/a", Some(80))]
    #[case::other_host("http://example.org/", None)]
    #[case::https("https://127.0.0.1/", None)]
    #[case::private_address("http://10.0.0.1/", None)]
    #[case::localhost_subdomain("http://localhost.example/", None)]
    #[case::ipv6("http://[::1]:80/", None)]
    fn requests_go_to_loopback_addresses_only(#[case] url: Url, #[case] expected: Option<u16>) {
        assert_eq!(port(&url).ok(), expected);
    }
}
