//! Fetching from a server in the test, and from forbidden addresses.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use rstest::rstest;

use super::*;

/// Gives each request the next answer; `{port}` in an answer is the port of the server.
async fn server(answers: Vec<String>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 2048];
            let length = stream.read(&mut request).await.unwrap();
            assert!(request[..length].starts_with(b"GET /"));
            let answer = answer.replace("{port}", &port.to_string());
            // The client closes the connection at its limit.
            drop(stream.write_all(answer.as_bytes()).await);
        }
    });
    port
}

fn ok_response(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

fn redirect_response(to: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
}

fn loopback_networks() -> Vec<Network> {
    vec![Network::parse("127.0.0.0/8").unwrap()]
}

/// The texts for expected and received.
async fn fetch_error(url: &str, networks: &[Network]) -> (String, String) {
    let problem = metadata(url, networks, None).await.unwrap_err();
    let [error] = problem.errors.as_slice() else {
        panic!("{problem:?}");
    };
    assert_eq!(error.field, "metadata_url");
    (error.expected.to_string(), error.received.to_string())
}

#[tokio::test]
async fn metadata_is_fetched_from_a_network_that_the_operator_named() {
    let port = server(vec![
        redirect_response("/further?x=1"),
        redirect_response("http://localhost:{port}/end"),
        ok_response("<EntityDescriptor/>"),
    ])
    .await;
    let url = format!("http://127.0.0.1:{port}/metadata");
    assert_eq!(fetch_text(&url).await.unwrap(), "<EntityDescriptor/>");
}

async fn fetch_text(url: &str) -> Result<String, PasteError> {
    let fetched = metadata(url, &loopback_networks(), Some("urn:b")).await;
    let tidy = fetched.unwrap().tidy().await?;
    Ok(tidy.as_str().to_owned())
}

#[tokio::test]
async fn the_charset_of_the_answer_is_used_for_octets_that_are_not_utf8() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 2048];
        drop(stream.read(&mut request).await);
        let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; Charset=\"iso-8859-2\"\r\nConnection: close\r\n\r\n";
        drop(
            stream
                .write_all(&[&head[..], b"<a>\xb9</a>"].concat())
                .await,
        );
    });
    assert_eq!(fetch_text(&url).await.unwrap(), "<a>š</a>");
}

/// Metadata with two identity providers and more than a mebibyte between them.
fn federation() -> String {
    let provider = |id: &str| {
        format!(
            "<md:EntityDescriptor entityID=\"{id}\"><md:IDPSSODescriptor/></md:EntityDescriptor>"
        )
    };
    let (one, other) = (provider("urn:a"), provider("urn:b"));
    let filler = "<!-- filler -->".repeat(100_000);
    format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:m\">{one}{filler}{other}</md:EntitiesDescriptor>"
    )
}

#[tokio::test]
async fn one_entity_of_a_federation_is_kept() {
    let port = server(vec![ok_response(&federation()); 2]).await;
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(
        fetch_text(&url).await.unwrap(),
        "<md:EntitiesDescriptor xmlns:md=\"urn:m\"><md:EntityDescriptor entityID=\"urn:b\"><md:IDPSSODescriptor/></md:EntityDescriptor></md:EntitiesDescriptor>"
    );
    let fetched = metadata(&url, &loopback_networks(), None).await.unwrap();
    let entity_ids = vec!["urn:a".to_owned(), "urn:b".to_owned()];
    let error = MetadataError::SeveralIdentityProviders { entity_ids };
    assert_eq!(fetched.tidy().await, Err(PasteError::Metadata(error)));
}

const PUBLIC_HOST: &str = "a host with a public address, or one within metadata_networks";
const HTTPS: &str = "a URL that starts with https://";
const HTTPS_OUTSIDE_NETWORKS: &str =
    "https (http is only allowed for hosts within metadata_networks)";

#[rstest]
#[tokio::test]
async fn every_spelling_of_a_loopback_address_is_rejected(
    #[values(
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost"
    )]
    host: &str,
) {
    let (expected, _) = fetch_error(&format!("https://{host}/metadata"), &[]).await;
    assert_eq!(expected, PUBLIC_HOST);
}

#[rstest]
#[tokio::test]
async fn private_and_link_local_addresses_are_rejected(
    #[values("169.254.169.254", "10.0.0.1", "[fd00::1]")] host: &str,
) {
    let (expected, _) = fetch_error(&format!("https://{host}/metadata"), &[]).await;
    assert_eq!(expected, PUBLIC_HOST);
}

#[tokio::test]
async fn loopback_is_rejected_when_only_another_network_is_allowed() {
    let other = [Network::parse("10.0.0.0/8").unwrap()];
    let (expected, received) = fetch_error("https://127.0.0.1:8080/?token=secret", &other).await;
    assert_eq!(expected, PUBLIC_HOST);
    assert_eq!(received, "https://127.0.0.1:8080/");
}

#[rstest]
#[tokio::test]
async fn only_https_is_fetched_from_public_hosts(
    #[values(
        "http://idp.example/metadata",
        "ftp://idp.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "data:text/xml,x"
    )]
    url: &str,
) {
    let (expected, _) = fetch_error(url, &[]).await;
    assert_eq!(expected, HTTPS);
}

#[rstest]
#[case::ftp("ftp://127.0.0.1/", HTTPS)]
#[case::public_host("http://8.8.8.8/metadata", HTTPS_OUTSIDE_NETWORKS)]
#[tokio::test]
async fn http_is_allowed_in_the_operators_networks_only(#[case] url: &str, #[case] expected: &str) {
    assert_eq!(fetch_error(url, &loopback_networks()).await.0, expected);
}

#[tokio::test]
async fn an_address_without_a_scheme_is_shown_with_an_example() {
    let (expected, received) = fetch_error("idp.example/metadata", &[]).await;
    assert_eq!(expected, "a URL, like https://idp.example/metadata");
    assert_eq!(received, "\"idp.example/metadata\"");
}

#[tokio::test]
async fn a_password_in_the_address_is_not_repeated() {
    let (_, received) = fetch_error("https://me:hunter2@127.0.0.1/", &loopback_networks()).await;
    assert_eq!(received, "https://127.0.0.1/");
}

#[rstest]
#[case::http_in_another_network("http://10.0.0.1/metadata", HTTPS_OUTSIDE_NETWORKS)]
#[case::link_local_address("https://169.254.169.254/", PUBLIC_HOST)]
#[case::file("file:///etc/passwd", HTTPS)]
#[tokio::test]
async fn a_redirect_is_checked_like_the_address(#[case] target: &str, #[case] expected: &str) {
    let port = server(vec![redirect_response(target)]).await;
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(fetch_error(&url, &loopback_networks()).await.0, expected);
}

#[tokio::test]
async fn at_most_3_redirects_are_followed() {
    let port = server(vec![redirect_response("/again"); 4]).await;
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(
        fetch_error(&url, &loopback_networks()).await.0,
        "at most 3 redirects"
    );
}

#[rstest]
#[case::incomplete(
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nshort",
    "a complete response"
)]
#[case::not_found(
    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "metadata (200 OK)"
)]
#[case::not_http("no HTTP at all", "a server that responds")]
#[tokio::test]
async fn an_answer_without_metadata_is_a_problem(#[case] answer: &str, #[case] expected: &str) {
    let port = server(vec![answer.to_owned()]).await;
    let url = format!("http://127.0.0.1:{port}/?secret");
    let (actual, received) = fetch_error(&url, &loopback_networks()).await;
    assert_eq!(actual, expected);
    assert!(!received.contains("secret"), "{received}");
}

#[tokio::test]
async fn an_answer_without_an_end_is_a_problem() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 2048];
        drop(stream.read(&mut request).await);
        let head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
        let mut sent = stream.write_all(head).await;
        let piece = vec![b'x'; MAX_WHOLE_BYTES];
        // The client closes the connection at its limit.
        while sent.is_ok() {
            sent = stream.write_all(&piece).await;
        }
    });
    let (expected, _) = fetch_error(&url, &loopback_networks()).await;
    assert_eq!(expected, "metadata of at most 134217728 bytes");
}
