//! HTTP to this machine, and to nowhere else: a connection is only ever opened to 127.0.0.1.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{HeaderMap, Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::{Host, Position, Url};

/// The most bytes that an answer may have.
const MOST_BYTES: usize = 4 << 20;
/// The longest that one may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub enum LoopbackError {
    #[error("{0} is not an address of this machine")]
    NotLoopback(Url),
    #[error("{url} did not answer: {cause}")]
    RequestFailed { url: Url, cause: String },
}

/// Sends a request to `url`; the authority of the request is that of the address.
pub(crate) async fn send(
    url: &Url,
    request: hyper::http::request::Builder,
    body: String,
) -> Result<Answer, LoopbackError> {
    let port = port(url)?;
    let failed = |cause: String| LoopbackError::RequestFailed {
        url: url.clone(),
        cause,
    };
    let request = request
        .uri(&url[Position::BeforePath..Position::AfterQuery])
        .header(
            header::HOST,
            &url[Position::BeforeHost..Position::AfterPort],
        )
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| failed(error.to_string()))?;
    match tokio::time::timeout(PATIENCE, exchange(port, request)).await {
        Ok(answer) => answer.map_err(|error| failed(error.to_string())),
        Err(_) => Err(failed("no answer in half a minute".to_owned())),
    }
}

async fn exchange(
    port: u16,
    request: Request<Full<Bytes>>,
) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await?.into_parts();
    let body = Limited::new(body, MOST_BYTES).collect().await?.to_bytes();
    connection.abort();
    Ok(Answer {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec())?,
    })
}

fn port(url: &Url) -> Result<u16, LoopbackError> {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address == Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(_)) | None => false,
    };
    url.port_or_known_default()
        .filter(|_| is_here && url.scheme() == "http")
        .ok_or_else(|| LoopbackError::NotLoopback(url.clone()))
}

#[test]
fn only_addresses_of_this_machine_are_asked() {
    let port = |text: &str| port(&Url::parse(text).unwrap()).ok();
    assert_eq!(port("http://127.0.0.1:8080/a"), Some(8080));
    assert_eq!(port("http://localhost/a"), Some(80));
    for elsewhere in [
        "http://example.org/",
        "https://127.0.0.1/",
        "http://10.0.0.1/",
        "http://localhost.example/",
        "http://[::1]:80/",
    ] {
        assert_eq!(port(elsewhere), None, "{elsewhere}");
    }
}
