//! `vestibule key …` and `vestibule database migrate`: where the database and its key come from, and a change of the key.

use std::fs::File;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::json;
use test_support::redact;

use crate::folder::Folder;
use crate::server_process::RunningServer;

const KEY_FILE: &str = "vestibule.key";

#[test]
fn a_command_in_the_wrong_folder_creates_no_files() {
    let folder = Folder::new();
    let transcript = folder.run_failing(&["organization list", "key status", "key rotate"]);
    assert_snapshot!(transcript);
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn a_command_names_its_database_and_its_key() {
    let folder = Folder::with_database();
    let result = folder.run("organization list");
    let folder_name = folder.0.display().to_string();
    assert_snapshot!(result.stderr.replace(&folder_name, "FOLDER"), @"
    Database: sqlite:FOLDER/vestibule.sqlite. Secret key: FOLDER/vestibule.key.
    No organizations yet.
    ");
    let result = folder.run("organization list --json");
    assert_eq!(result.stderr, "");
}

/// Lets the time pass that servers have to read the key file.
fn age_key_file(folder: &Folder) {
    let path = folder.0.join(KEY_FILE);
    let file = File::options().append(true).open(path).unwrap();
    let written = file.metadata().unwrap().modified().unwrap();
    file.set_modified(written - Duration::from_secs(180))
        .unwrap();
}

/// Runs commands, and returns what they print.
fn transcript(folder: &Folder, lines: &[&str]) -> String {
    let run = |line: &&str| {
        let result = folder.run(line);
        let messages = result.messages();
        // The rest of the line is a time.
        let messages = messages.split(" after 2").next().unwrap_or_default();
        redact(&format!(
            "$ vestibule {line}\n{}{}\n\n",
            result.stdout,
            messages.trim_end()
        ))
    };
    lines.iter().map(run).collect()
}

#[test]
fn all_secrets_move_to_the_new_key() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    let metadata = format!("connection metadata {connection}");
    let published = folder.run(&metadata).stdout;
    let old_key = std::fs::read(folder.0.join(KEY_FILE)).unwrap();

    let prepared = transcript(
        &folder,
        &["key status", "key prepare", "key status", "key rotate"],
    );
    age_key_file(&folder);
    let rotated = transcript(&folder, &["key rotate", "key status", "key finish"]);
    age_key_file(&folder);
    let finished = transcript(&folder, &["key finish", "key status", "key finish"]);
    assert_snapshot!(prepared + &rotated + &finished);

    let new_key = std::fs::read(folder.0.join(KEY_FILE)).unwrap();
    assert_eq!(new_key.len(), 32);
    assert_ne!(new_key, old_key);
    assert_eq!(folder.run(&metadata).stdout, published);
}

/// The server has read the old key only, and needs a secret that the command has sealed with the new one.
#[test]
fn a_running_server_uses_the_secrets_of_a_new_key() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    folder.run(&format!("connection metadata {connection}"));
    let server = RunningServer::start(&folder);
    assert_eq!(folder.run("key rotate").status, 0);
    let request = format!(
        "GET /saml/{connection}/metadata HTTP/1.0\r\nhost: localhost:{}\r\n\r\n",
        server.port
    );
    let answer = server.send(&request).unwrap();
    assert!(answer.starts_with("HTTP/1.0 200"), "{answer}");
}

/// A server that has not read the new key file encrypts with the old key.
#[test]
fn the_old_key_stays_while_a_server_encrypts_with_it() {
    let folder = Folder::with_database();
    folder.create_organization();
    let path = folder.0.join(KEY_FILE);
    let old = std::fs::read(&path).unwrap();
    assert_eq!(folder.run("key rotate").status, 0);
    let both = std::fs::read(&path).unwrap();
    std::fs::write(&path, old).unwrap();
    let connection = folder.create_connection();
    let metadata = format!("connection metadata {connection}");
    let published = folder.run(&metadata).stdout;
    std::fs::write(&path, both).unwrap();
    age_key_file(&folder);
    assert_snapshot!(transcript(&folder, &["key finish", "key finish"]));
    assert_eq!(folder.run(&metadata).stdout, published);
}

#[test]
fn keys_are_not_replaced_while_secrets_cannot_be_decrypted() {
    let folder = Folder::with_database();
    folder.write(KEY_FILE, &"k".repeat(32));
    let failure = folder.run_failing(&["key rotate"]);
    assert!(
        failure.contains("3 secrets can't be decrypted"),
        "{failure}"
    );
    let key = std::fs::read(folder.0.join(KEY_FILE)).unwrap();
    assert_eq!(key, [b'k'; 32]);
}

/// Only the order tells which of two keys is the new one.
#[test]
fn keys_in_the_wrong_order_are_reported() {
    let folder = Folder::new();
    let setting =
        |keys: &str| folder.write("vestibule.toml", &format!("secret_key = \"{keys}\"\n"));
    let (old, new) = (
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
        "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
    );
    setting(old);
    assert_eq!(folder.run("database migrate").status, 0);
    let mut failures = folder.run_failing(&["key rotate"]);
    setting(&format!("{old},{new}"));
    failures += &folder.run_failing(&["key rotate"]);
    assert_snapshot!(failures);
    setting(&format!("{new},{old}"));
    let rotated = transcript(&folder, &["key rotate", "key finish"]);
    assert_snapshot!("keys_in_the_right_order_are_replaced", rotated);
    setting(new);
    assert_eq!(folder.run("doctor").status, 0);
}

#[test]
fn secrets_are_discarded_when_their_key_is_lost() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    let metadata = format!("connection metadata {connection}");
    let published = folder.run(&metadata).stdout;
    std::fs::remove_file(folder.0.join(KEY_FILE)).unwrap();

    assert_snapshot!(transcript(&folder, &["organization list", "key discard"]));
    assert!(!folder.0.join(KEY_FILE).exists());

    let discarded = folder.run_json("key discard --confirm");
    let expected = json!({"id_token_keys": 3, "connections": [connection], "messages": 0});
    assert_eq!(discarded, expected);
    assert_eq!(folder.run("doctor").status, 0);
    assert_ne!(folder.run(&metadata).stdout, published);
    let connections = folder.run_json("connection list acme");
    assert_eq!(connections["items"][0]["id"], json!(connection));
}

#[test]
fn a_copied_database_works_with_the_same_key() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    let metadata = format!("connection metadata {connection}");
    let published = folder.run(&metadata).stdout;
    let copy = "database copy --to sqlite:copy.sqlite";
    let copied = folder.run_json(copy);
    let organizations = json!({"table": "organization", "rows": 1});
    assert_eq!(copied["items"][0], organizations);
    let again = folder.run_failing(&[copy, "database copy --to mysql://db/sso"]);
    assert_snapshot!(again);
    folder.write("vestibule.toml", "database_url = \"sqlite:copy.sqlite\"\n");
    assert_eq!(folder.run(&metadata).stdout, published);
    assert_eq!(folder.run("doctor").status, 0);
}
