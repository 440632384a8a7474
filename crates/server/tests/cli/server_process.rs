//! `vestibule serve`: starting and stopping, and sign-in attempts of a running server.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};

use crate::folder::Folder;

const TIMEOUT: Duration = Duration::from_secs(30);

/// A server that runs in a folder. It is killed on drop.
pub(crate) struct RunningServer {
    child: Child,
    pub(crate) port: u16,
}

/// What a server left behind when it stopped.
struct StoppedServer {
    status: Option<i32>,
    stderr: String,
}

impl RunningServer {
    /// Starts the server on a free port and waits until it is ready.
    pub(crate) fn start(folder: &Folder) -> Self {
        Self::start_with(folder, "")
    }

    /// Like [`Self::start`], with these lines added to the configuration.
    fn start_with(folder: &Folder, settings: &str) -> Self {
        let server = Self::spawn(folder, settings, &[]);
        wait_until("the server is ready", || {
            server
                .send("GET /readyz HTTP/1.0\r\n\r\n")
                .is_some_and(|response| response.contains(" 200 "))
        });
        server
    }

    /// Starts the server with these environment variables, and does not wait until it is ready.
    fn spawn(folder: &Folder, settings: &str, variables: &[(&str, &str)]) -> Self {
        let port = free_port();
        folder.write(
            "vestibule.toml",
            &format!("listen = \"127.0.0.1:{port}\"\nlog_format = \"json\"\n{settings}"),
        );
        let mut command = folder.command("serve");
        let child = command.envs(variables.iter().copied()).spawn().unwrap();
        Self { child, port }
    }

    fn connect(&self) -> std::io::Result<TcpStream> {
        TcpStream::connect(("127.0.0.1", self.port))
    }

    /// Sends a request. Returns the response, or `None` if the connection fails.
    pub(crate) fn send(&self, request: &str) -> Option<String> {
        send_to(self.port, request)
    }

    /// Sends SIGTERM, as a service manager does.
    fn terminate(&self) {
        self.signal("TERM");
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    fn wait(mut self) -> StoppedServer {
        wait_until("the server has stopped", || {
            self.child.try_wait().unwrap().is_some()
        });
        let status = self.child.wait().unwrap().code();
        let mut stderr = String::new();
        let mut pipe = self.child.stderr.take().unwrap();
        pipe.read_to_string(&mut stderr).unwrap();
        StoppedServer { status, stderr }
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Sends a request to a port of this machine. Returns the response, or `None` if the connection fails.
fn send_to(port: u16, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut response = String::new();
    stream.read_to_string(&mut response).ok()?;
    Some(response)
}

/// Waits for a condition. Panics if it does not hold after 30 seconds.
fn wait_until(description: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !condition() {
        assert!(
            Instant::now() < deadline,
            "expected within 30 seconds: {description}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn with_log_format_json_each_line_is_json_and_no_line_has_a_link() {
    let folder = Folder::new();
    let server = RunningServer::start(&folder);
    let port = server.port;
    server.terminate();
    let StoppedServer { status, stderr } = server.wait();
    assert_eq!(status, Some(0), "{stderr}");
    let lines: Vec<Value> = stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let public_url = format!("http://localhost:{port}");
    let setting = |line: &&Value| line["key"] == "public_url";
    assert_eq!(lines.iter().find(setting).unwrap()["value"], public_url);
    let ready = |line: &&Value| line["message"] == "ready";
    assert_eq!(lines.iter().find(ready).unwrap()["public_url"], public_url);
    assert!(stderr.contains("vestibule operator invite"), "{stderr}");
    assert!(!stderr.contains("/console/"), "{stderr}");
}

#[test]
fn the_server_keeps_running_when_its_terminal_closes() {
    let folder = Folder::new();
    let server = RunningServer::start(&folder);
    server.signal("HUP");
    let health = server.send("GET /healthz HTTP/1.0\r\n\r\n").unwrap();
    assert!(health.contains(" 200 "), "{health}");
    server.terminate();
    let StoppedServer { status, stderr } = server.wait();
    assert_eq!(status, Some(0), "{stderr}");
    assert!(stderr.contains("ignored SIGHUP"), "{stderr}");
}

#[rstest]
#[case::file("notify.socket")]
#[case::abstract_name("@")]
fn the_service_manager_learns_when_the_server_is_ready_works_and_stops(#[case] kind: &str) {
    let folder = Folder::new();
    let path = folder.0.join(kind).display().to_string();
    let (name, address) = match kind {
        "@" => {
            let name = path.replace(['/', '@'], "-");
            let address = SocketAddr::from_abstract_name(&name).unwrap();
            (format!("@{name}"), address)
        }
        _ => (path.clone(), SocketAddr::from_pathname(&path).unwrap()),
    };
    let manager = UnixDatagram::bind_addr(&address).unwrap();
    manager.set_read_timeout(Some(TIMEOUT)).unwrap();
    let receive = || {
        let mut buffer = [0; 100];
        let length = manager.recv(&mut buffer).unwrap();
        String::from_utf8(buffer[..length].to_vec()).unwrap()
    };
    let variables = [("NOTIFY_SOCKET", name.as_str()), ("WATCHDOG_USEC", "50000")];
    let server = RunningServer::spawn(&folder, "", &variables);
    assert_eq!(receive(), "READY=1");
    let health = server.send("GET /readyz HTTP/1.0\r\n\r\n").unwrap();
    assert!(health.contains(" 200 "), "{health}");
    assert_eq!([receive(), receive()], ["WATCHDOG=1", "WATCHDOG=1"]);
    server.terminate();
    wait_until("the service manager knows that the server stops", || {
        receive() == "STOPPING=1"
    });
    let StoppedServer { status, stderr } = server.wait();
    assert_eq!(status, Some(0), "{stderr}");
}

#[test]
fn metrics_are_served_on_their_own_listener_only() {
    let folder = Folder::new();
    let metrics_port = free_port();
    let server = RunningServer::start_with(
        &folder,
        &format!("metrics_listen = \"127.0.0.1:{metrics_port}\"\n"),
    );
    let metrics = "GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n";
    let on_main_listener = server.send(metrics).unwrap();
    assert!(!on_main_listener.contains("vestibule_store_commits_total"));
    let on_own_listener = send_to(metrics_port, metrics).unwrap();
    assert!(on_own_listener.contains("vestibule_store_commits_total"));
    let page = send_to(metrics_port, "GET /console HTTP/1.0\r\n\r\n").unwrap();
    assert!(page.contains(" 404 "), "{page}");
}

#[test]
fn a_server_that_is_to_stop_is_not_ready_but_still_answers() {
    let folder = Folder::new();
    let server = RunningServer::start_with(&folder, "shutdown_delay_seconds = 60\n");
    server.terminate();
    wait_until("the server is not ready", || {
        let response = server.send("GET /readyz HTTP/1.0\r\n\r\n").unwrap();
        response.contains(" 503 ") && response.contains("shutting down")
    });
    let health = server.send("GET /healthz HTTP/1.0\r\n\r\n").unwrap();
    assert!(health.contains(" 200 "), "{health}");
}

/// A request of the API of which the server has received the headers and a part of the body.
struct OpenRequest {
    stream: TcpStream,
    rest: &'static str,
}

impl OpenRequest {
    fn start(server: &RunningServer, api_key: &str) -> Self {
        let body = "{\"name\":\"Acme\"}";
        let (start, rest) = body.split_at(5);
        let port = server.port;
        let length = body.len();
        let request = format!(
            "POST /api/v1/organizations HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {api_key}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{start}"
        );
        let mut stream = server.connect().unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.flush().unwrap();
        // The listener has accepted this connection when a later connection receives a response.
        let response = server.send("GET /healthz HTTP/1.0\r\n\r\n").unwrap();
        assert!(response.contains(" 200 "), "{response}");
        Self { stream, rest }
    }

    /// Sends the rest of the request. Returns the response.
    fn finish(mut self) -> String {
        self.stream.write_all(self.rest.as_bytes()).unwrap();
        let mut response = String::new();
        self.stream.read_to_string(&mut response).unwrap();
        response
    }
}

#[test]
fn open_requests_are_answered_before_the_server_stops() {
    let folder = Folder::with_database();
    let api_key = folder.run_json("api-key create test")["key"].clone();
    let api_key = api_key.as_str().unwrap();
    let server = RunningServer::start(&folder);
    let request = OpenRequest::start(&server, api_key);
    server.terminate();
    wait_until("the server accepts no connections", || {
        server.connect().is_err()
    });
    let response = request.finish();
    assert!(response.starts_with("HTTP/1.1 201 "), "{response}");
    let StoppedServer { status, stderr } = server.wait();
    assert_eq!(status, Some(0));
    assert!(!stderr.contains(api_key), "the log contains the API key");
    let is_request = |line: &&str| line.contains("/api/v1/organizations");
    let line = stderr.lines().find(is_request).unwrap();
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["method"], "POST");
    assert_eq!(line["status"], 201);
}

#[test]
fn clients_that_send_nothing_do_not_delay_the_exit() {
    let folder = Folder::with_database();
    let api_key = folder.run_json("api-key create test")["key"].clone();
    let server = RunningServer::start(&folder);
    let _without_request = server.connect().unwrap();
    let mut incomplete = server.connect().unwrap();
    let start = b"GET / HTTP/1.1\r\nHost: local";
    incomplete.write_all(start).unwrap();
    let _half_sent = OpenRequest::start(&server, api_key.as_str().unwrap());
    server.terminate();
    let StoppedServer { status, stderr } = server.wait();
    assert_eq!(status, Some(0));
    // The time limit of the shutdown was not needed.
    let is_cut_off = stderr.contains("shut down before every request was answered");
    assert!(!is_cut_off, "{stderr}");
}

/// Posts a response that is rejected. Returns what the server answered.
fn post_response(server: &RunningServer, connection: &str, headers: &str) -> String {
    let form = "SAMLResponse=PGEvPg==";
    let request = format!(
        "POST /saml/{connection}/acs HTTP/1.0\r\nhost: localhost:{}\r\n{headers}\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        server.port,
        form.len()
    );
    server.send(&request).unwrap()
}

#[test]
fn the_log_line_of_a_sign_in_has_the_ids_of_its_attempt_and_of_the_proxy() {
    let folder = Folder::with_database();
    let organization = folder.run_json("organization create Acme --plan enterprise");
    let connection = folder.create_connection();
    folder.run_json(&format!("connection activate {connection}"));
    let settings = "trusted_proxies = [\"127.0.0.1\"]\n";
    let server = RunningServer::start_with(&folder, settings);
    let response = post_response(&server, &connection, "X-Request-ID: proxy-1\r\n");
    assert!(response.contains("x-request-id: proxy-1\r\n"), "{response}");
    let attempts = folder.run_json("organization sign-in-attempts acme");
    server.terminate();
    let stderr = server.wait().stderr;
    let is_request = |line: &&str| line.contains("/saml/{connection}/acs");
    let line = stderr.lines().find(is_request).unwrap();
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(
        line["span"],
        json!({
            "name": "request",
            "id": "proxy-1",
            "organization": organization["id"],
            "connection": connection,
            "attempt": attempts["items"][0]["id"],
        })
    );
}

#[test]
fn a_sign_in_attempt_is_shown_with_its_checks() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    folder.run_json(&format!("connection activate {connection}"));
    let server = RunningServer::start(&folder);
    post_response(&server, &connection, "");
    let list = "organization sign-in-attempts acme";
    let attempts = folder.run_json(list);
    let attempt = attempts["items"][0]["id"].as_str().unwrap();
    let text = folder.run(&format!("{list} {attempt}")).stdout;
    for part in [
        attempt,
        "✓ XML well-formed and within the limits",
        "    received: the document element",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let stored_attempt = folder.run_json(&format!("{list} {attempt}"));
    assert_eq!(stored_attempt["id"], attempt);
    let diagnosis = &stored_attempt["diagnosis"];
    assert_eq!(diagnosis["code"], stored_attempt["code"]);
    let cause = &diagnosis["causes"][0];
    let documentation = &diagnosis["documentation_url"];
    for explanation in [
        &diagnosis["summary"],
        &cause["cause"],
        &cause["fix"],
        documentation,
    ] {
        let explanation = explanation.as_str().unwrap();
        assert!(text.contains(explanation), "{explanation:?} in {text}");
    }
}

#[test]
fn an_unknown_sign_in_attempt_is_an_error() {
    let folder = Folder::with_database();
    folder.create_organization();
    let result = folder.run("organization sign-in-attempts acme att_x");
    assert_eq!(result.status, 1);
}
