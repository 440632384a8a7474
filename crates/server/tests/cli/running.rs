use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::folder::{Folder, saml_file};

/// A server that runs in a folder. It is stopped on drop.
struct Running {
    child: Child,
    port: u16,
}

impl Running {
    /// Starts the server on a free port and waits until it is ready.
    fn start(folder: &Folder) -> Self {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        folder.write(
            "vestibule.toml",
            &format!("listen = \"127.0.0.1:{port}\"\nlog_format = \"json\"\n"),
        );
        let child = folder.command(&["serve"]).spawn().unwrap();
        let running = Self { child, port };
        let deadline = Instant::now() + Duration::from_secs(30);
        while running
            .send("GET /readyz HTTP/1.0\r\n\r\n")
            .is_none_or(|response| !response.contains(" 200 "))
        {
            assert!(
                Instant::now() < deadline,
                "the server is not ready after 30 seconds"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }

    fn send(&self, request: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.write_all(request.as_bytes()).ok()?;
        let mut response = String::new();
        stream.read_to_string(&mut response).ok()?;
        Some(response)
    }

    /// Sends SIGTERM, as a service manager does.
    fn terminate(&self) {
        let result = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(result.success());
    }

    /// Waits for the process. Returns its exit status and standard error.
    fn wait(mut self) -> (Option<i32>, String) {
        let deadline = Instant::now() + Duration::from_secs(30);
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                Instant::now() < deadline,
                "the server has not result after 30 seconds"
            );
            std::thread::sleep(Duration::from_millis(20));
        };
        let mut stderr = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        (status.code(), stderr)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn the_server_prints_its_configuration_and_stops_on_sigterm() {
    let folder = Folder::new();
    let running = Running::start(&folder);
    let port = running.port;
    running.terminate();
    let (status, stderr) = running.wait();
    assert_eq!(status, Some(0), "{stderr}");
    assert!(
        stderr.contains(&format!("public_url         http://localhost:{port}")),
        "{stderr}"
    );
    assert!(
        stderr.contains(&format!("Vestibule is ready at http://localhost:{port}")),
        "{stderr}"
    );
}

#[test]
fn open_requests_are_answered_before_the_server_stops() {
    let folder = Folder::new();
    let key = folder.run_json(&["api-key", "create", "test"])["key"]
        .as_str()
        .unwrap()
        .to_owned();
    let running = Running::start(&folder);
    let body = "{\"name\":\"Acme\"}";
    let head = format!(
        "POST /api/v1/organizations HTTP/1.1\r\nHost: localhost:{}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        running.port,
        body.len()
    );
    let mut stream = TcpStream::connect(("127.0.0.1", running.port)).unwrap();
    let (first, rest) = body.split_at(5);
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(first.as_bytes()).unwrap();
    stream.flush().unwrap();
    // The listener must have accepted the connection: a response on a later connection shows that.
    assert!(
        running
            .send("GET /healthz HTTP/1.0\r\n\r\n")
            .unwrap()
            .contains(" 200 ")
    );
    running.terminate();
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", running.port)).is_ok() {
        assert!(
            Instant::now() < deadline,
            "new connections are still accepted"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    stream.write_all(rest.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 201 "), "{response}");
    let (status, stderr) = running.wait();
    assert_eq!(status, Some(0));
    assert!(
        !stderr.contains(&key),
        "the log must not contain the API key"
    );
    let line = stderr
        .lines()
        .find(|line| line.contains("/api/v1/organizations"))
        .unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(
        (&line["method"], &line["status"]),
        (&"POST".into(), &201.into())
    );
}

#[test]
fn idle_connections_do_not_keep_the_server_running() {
    let folder = Folder::new();
    let running = Running::start(&folder);
    let _silent = TcpStream::connect(("127.0.0.1", running.port)).unwrap();
    let mut half = TcpStream::connect(("127.0.0.1", running.port)).unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    running.terminate();
    assert_eq!(running.wait().0, Some(0));
}

#[test]
fn doctor_suggests_the_next_step() {
    let folder = Folder::new();
    let fresh = folder.run(&["doctor"]);
    assert_eq!(fresh.status, 0, "{}", fresh.stdout);
    assert!(
        fresh.stdout.contains("next: vestibule serve"),
        "{}",
        fresh.stdout
    );
    assert!(
        !folder.0.join("vestibule.sqlite").exists(),
        "doctor must not create files"
    );

    folder.run_json(&["organization", "create", "Acme", "--plan", "enterprise"]);
    let running = Running::start(&folder);
    let well = folder.run(&["doctor"]);
    assert_eq!(well.status, 0, "{}", well.stdout);
    assert!(
        well.stdout
            .contains(&format!("http://localhost:{} answers", running.port)),
        "{}",
        well.stdout
    );

    let metadata = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let created = folder.run_json(&[
        "connection",
        "create",
        "acme",
        "Lab",
        "--metadata",
        &metadata,
    ]);
    folder.run_json(&["connection", "activate", created["id"].as_str().unwrap()]);
    folder.run_json(&["organization", "set-plan", "acme", "starter"]);
    let stopped = folder.run(&["doctor"]);
    assert_eq!(stopped.status, 1);
    assert!(
        stopped.stdout.contains("✗ con_") && stopped.stdout.contains("set-plan"),
        "{}",
        stopped.stdout
    );

    std::fs::remove_file(folder.0.join("vestibule.key")).unwrap();
    let keyless = folder.run(&["doctor"]);
    assert_eq!(keyless.status, 1);
    assert!(
        keyless.stdout.contains("restore the file from your backup"),
        "{}",
        keyless.stdout
    );
    assert!(
        !folder.0.join("vestibule.key").exists(),
        "doctor must not create files"
    );

    folder.write("vestibule.toml", "listen = \"here\"\n");
    let confused = folder.run(&["doctor", "--json"]);
    assert_eq!(confused.status, 1);
    assert_eq!(confused.json()["findings"][0]["outcome"], "error");
}

/// A published key is accepted only on localhost, and always reported as an error.
#[test]
fn doctor_reports_a_published_private_key() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme", "--plan", "enterprise"]);
    let certificate = saml_file("fixtures-keys/published.crt");
    let created = folder.run_json(&[
        "connection",
        "create",
        "acme",
        "Lab",
        "--issuer",
        "urn:lab",
        "--sign-on-url",
        "https://idp.example/sso",
        "--certificate",
        &certificate,
    ]);
    let codes = created["warnings"].to_string();
    assert!(codes.contains("danger-published-key"), "{codes}");
    let id = created["id"].as_str().unwrap();
    assert_eq!(folder.run(&["doctor"]).status, 0, "a draft is no error");
    folder.run_json(&["connection", "activate", id]);
    let doctor = folder.run(&["doctor"]);
    assert_eq!(doctor.status, 1);
    assert!(
        doctor.stdout.contains("private key") && doctor.stdout.contains("passport-wsfed-saml2"),
        "{}",
        doctor.stdout
    );
}

#[test]
fn an_operator_sees_every_check_of_a_sign_in_attempt() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme", "--plan", "enterprise"]);
    let metadata = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let created = folder.run_json(&[
        "connection",
        "create",
        "acme",
        "Lab",
        "--metadata",
        &metadata,
    ]);
    let connection = created["id"].as_str().unwrap();
    folder.run_json(&["connection", "activate", connection]);
    let server = Running::start(&folder);
    let form = "SAMLResponse=PGEvPg==";
    server
        .send(&format!(
            "POST /saml/{connection}/acs HTTP/1.0\r\nhost: localhost:{}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            server.port,
            form.len()
        ))
        .unwrap();
    let latest = folder.run_json(&["organization", "sign-in-attempts", "acme"]);
    let attempt = latest["items"][0]["id"].as_str().unwrap();
    let shown = folder.run(&["organization", "sign-in-attempts", "acme", attempt]);
    assert!(
        shown.stdout.contains(attempt)
            && shown
                .stdout
                .contains("✓ XML well-formed and within the limits")
            && shown.stdout.contains("    received: the document element"),
        "{}",
        shown.stdout
    );
    assert_eq!(
        folder.run_json(&["organization", "sign-in-attempts", "acme", attempt])["id"],
        attempt
    );
    assert_eq!(
        folder
            .run(&["organization", "sign-in-attempts", "acme", "att_x"])
            .status,
        1
    );
}
