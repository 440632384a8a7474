//! A temporary folder with a configuration and a database, in which commands run.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use test_support::redact;

/// The test files of the crate `saml`, which `$FILES` in a command line stands for.
const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../saml/tests");

/// The metadata of an identity provider.
pub(crate) const IDP_METADATA: &str = "$FILES/captured/simplesamlphp-1.19.7.idp-metadata.xml";

/// The folder of one test. It is deleted on drop.
pub(crate) struct Folder(pub(crate) PathBuf);

/// The result of a command.
pub(crate) struct CommandResult {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl CommandResult {
    /// Standard error without the line that names the database and the key.
    pub(crate) fn messages(&self) -> String {
        let lines = self.stderr.lines();
        let lines = lines.filter(|line| !line.starts_with("Database: "));
        lines.map(|line| format!("{line}\n")).collect()
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.stdout, self.stderr))
    }
}

/// The methods take a command line without the name of the program: arguments that single spaces separate.
impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "vestibule-cli-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    /// A folder with a database and a key file.
    pub(crate) fn with_database() -> Self {
        let folder = Self::new();
        let migrated = folder.run("database migrate");
        assert_eq!(migrated.status, 0, "{}", migrated.stderr);
        folder
    }

    /// A command that will run in the folder with an empty environment.
    pub(crate) fn command(&self, line: &str) -> Command {
        let arguments = line.split(' ').map(|argument| {
            argument
                .strip_prefix("$FILES/")
                .map_or_else(|| argument.to_owned(), saml_file)
        });
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
        command
            .current_dir(&self.0)
            .args(arguments)
            .env_clear()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, line: &str) -> CommandResult {
        self.run_with_input(line, &[])
    }

    /// Runs a command with `input` as standard input.
    pub(crate) fn run_with_input(&self, line: &str, input: &[u8]) -> CommandResult {
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().unwrap();
        // A command that fails early doesn't read its input.
        drop(child.stdin.take().unwrap().write_all(input));
        let output = child.wait_with_output().unwrap();
        CommandResult {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command with `--json` and returns the printed object. Panics if the command fails.
    pub(crate) fn run_json(&self, line: &str) -> Value {
        let result = self.run(&format!("{line} --json"));
        assert_eq!(result.status, 0, "{line}: {}", result.stderr);
        result.json()
    }

    /// Runs commands that must fail and print nothing on standard output. Returns each command with its exit status
    /// and error message, for a snapshot.
    pub(crate) fn run_failing(&self, lines: &[&str]) -> String {
        let mut transcript = String::new();
        for line in lines {
            let result = self.run(line);
            assert_eq!(result.stdout, "", "{line}");
            assert_ne!(result.status, 0, "{line}");
            let (status, messages) = (result.status, result.messages());
            transcript += &format!("$ vestibule {line}\nexit status {status}\n{messages}\n");
        }
        redact(&transcript.replace(FILES, "$FILES"))
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).unwrap();
    }

    /// Creates the organization `acme` on a plan with SSO.
    pub(crate) fn create_organization(&self) {
        self.run_json("organization create Acme --plan enterprise");
    }

    /// Creates a connection of `acme` with metadata of an identity provider. Returns its ID.
    pub(crate) fn create_connection(&self) -> String {
        let line = format!("connection create acme Lab --metadata {IDP_METADATA}");
        let created = self.run_json(&line);
        created["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The path of a test file of the crate `saml`.
///
/// Commands use the real clock, so metadata that expires would make the test fail one day.
pub(crate) fn saml_file(name: &str) -> String {
    let path = format!("{FILES}/{name}");
    let bytes = std::fs::read(&path).unwrap();
    let expires = String::from_utf8_lossy(&bytes).contains("validUntil=");
    assert!(!expires, "{path} has an expiry date");
    path
}
