//! Fetching from a server in the test, and from forbidden addresses.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

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

fn ok(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

fn redirect(to: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
}

fn this_machine() -> Vec<Network> {
    vec![Network::parse("127.0.0.0/8").unwrap()]
}

/// The texts for expected and received.
async fn refused(url: &str, networks: &[Network]) -> (String, String) {
    let problem = metadata(url, networks).await.unwrap_err();
    let [error] = problem.errors.as_slice() else {
        panic!("{problem:?}");
    };
    assert_eq!(error.field, "metadata_url");
    (error.expected.to_string(), error.received.to_string())
}

#[tokio::test]
async fn metadata_is_fetched_from_a_network_that_the_operator_named() {
    let port = server(vec![
        redirect("/further?x=1"),
        redirect("http://localhost:{port}/end"),
        ok("<EntityDescriptor/>"),
    ])
    .await;
    let url = format!("http://127.0.0.1:{port}/metadata");
    assert_eq!(
        metadata(&url, &this_machine()).await.unwrap(),
        "<EntityDescriptor/>"
    );
}

#[tokio::test]
async fn this_machine_is_out_of_reach_in_every_spelling() {
    const PUBLIC: &str = "a host with a public address, or one within metadata_networks";
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.1",
        "[fd00::1]",
        "localhost",
    ] {
        let (expected, _) = refused(&format!("https://{host}/metadata"), &[]).await;
        assert_eq!(expected, PUBLIC, "{host}");
    }
    // Another network does not open this one.
    let other = [Network::parse("10.0.0.0/8").unwrap()];
    let (expected, received) = refused("https://127.0.0.1:8080/?token=secret", &other).await;
    assert_eq!(
        (&*expected, &*received),
        (PUBLIC, "https://127.0.0.1:8080/")
    );
}

#[tokio::test]
async fn http_is_allowed_in_the_operators_networks_only() {
    let https = "a URL that starts with https://";
    for url in [
        "http://idp.example/metadata",
        "ftp://idp.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "data:text/xml,x",
    ] {
        assert_eq!(refused(url, &[]).await.0, https, "{url}");
    }
    assert_eq!(refused("ftp://127.0.0.1/", &this_machine()).await.0, https);
    assert_eq!(
        refused("http://8.8.8.8/metadata", &this_machine()).await.0,
        "https (http is only allowed for hosts within metadata_networks)"
    );
    assert_eq!(
        refused("idp.example/metadata", &[]).await,
        (
            "a URL, like https://idp.example/metadata".to_owned(),
            "\"idp.example/metadata\"".to_owned()
        )
    );
    assert_eq!(
        refused("https://me:hunter2@127.0.0.1/", &this_machine())
            .await
            .1,
        "https://127.0.0.1/"
    );
}

#[tokio::test]
async fn a_redirect_is_checked_like_the_address() {
    for (further, expected) in [
        (
            "http://10.0.0.1/metadata",
            "https (http is only allowed for hosts within metadata_networks)",
        ),
        (
            "https://169.254.169.254/",
            "a host with a public address, or one within metadata_networks",
        ),
        ("file:///etc/passwd", "a URL that starts with https://"),
    ] {
        let port = server(vec![redirect(further)]).await;
        let url = format!("http://127.0.0.1:{port}/");
        assert_eq!(refused(&url, &this_machine()).await.0, expected);
    }
    let port = server(vec![redirect("/again"); 4]).await;
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(
        refused(&url, &this_machine()).await.0,
        "at most 3 redirects"
    );
}

#[tokio::test]
async fn an_answer_without_metadata_is_a_problem() {
    let large = format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}",
        "x".repeat(MAX_METADATA_BYTES + 1)
    );
    let short = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nshort";
    let missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    for (answer, expected) in [
        (large.as_str(), "metadata of at most 1048576 bytes"),
        (short, "a complete response"),
        (missing, "metadata (200 OK)"),
        ("no HTTP at all", "a server that responds"),
    ] {
        let port = server(vec![answer.to_owned()]).await;
        let url = format!("http://127.0.0.1:{port}/?secret");
        let (actual, received) = refused(&url, &this_machine()).await;
        assert_eq!(actual, expected);
        assert!(!received.contains("secret"), "{received}");
    }
}
