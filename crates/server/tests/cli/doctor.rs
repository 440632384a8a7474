//! `vestibule doctor`, which finds problems of an installation.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use rstest::rstest;

use crate::folder::Folder;
use crate::server_process::RunningServer;

#[test]
fn doctor_suggests_to_start_a_new_server_and_creates_no_files() {
    let folder = Folder::new();
    let result = folder.run("doctor");
    assert_eq!(result.status, 0, "{}", result.stdout);
    let next_step = "next: vestibule serve";
    assert!(result.stdout.contains(next_step), "{}", result.stdout);
    assert!(!folder.0.join("vestibule.sqlite").exists());
}

/// A longer one, or one that is no URI, keeps working: identity providers know it.
#[test]
fn doctor_warns_of_an_entity_id_that_some_identity_providers_reject() {
    let folder = Folder::with_database();
    folder.write("vestibule.toml", "entity_id = \"acme-portal\"");
    let result = folder.run("doctor");
    assert_eq!(result.status, 0, "{}", result.stdout);
    let warning = "entity_id: acme-portal is not an absolute URI of at most 256 characters";
    assert!(result.stdout.contains(warning), "{}", result.stdout);
}

#[test]
fn doctor_finds_a_running_server() {
    let folder = Folder::with_database();
    folder.create_organization();
    let server = RunningServer::start(&folder);
    let result = folder.run("doctor");
    assert_eq!(result.status, 0, "{}", result.stdout);
    let answers = format!("http://localhost:{} answers", server.port);
    assert!(result.stdout.contains(&answers), "{}", result.stdout);
}

#[test]
fn doctor_reports_an_active_connection_on_a_plan_without_sso() {
    let folder = Folder::with_database();
    folder.create_organization();
    let connection = folder.create_connection();
    folder.run_json(&format!("connection activate {connection}"));
    folder.run_json("organization set-plan acme starter --yes");
    let result = folder.run("doctor");
    assert_eq!(result.status, 1);
    assert!(result.stdout.contains("✗ con_"), "{}", result.stdout);
    assert!(result.stdout.contains("set-plan"), "{}", result.stdout);
}

#[test]
fn doctor_reports_a_missing_key_file_and_does_not_create_it() {
    let folder = Folder::with_database();
    folder.create_organization();
    let key_file = folder.0.join("vestibule.key");
    std::fs::remove_file(&key_file).unwrap();
    let result = folder.run("doctor");
    assert_eq!(result.status, 1);
    let fix = "restore the file from your backup";
    assert!(result.stdout.contains(fix), "{}", result.stdout);
    assert!(!key_file.exists());
}

/// PostgreSQL has no file whose absence shows that the server never ran.
#[rstest]
#[case::refused("postgres://vestibule@127.0.0.1:1/vestibule", "Connection refused")]
#[case::not_a_database("sqlite:vestibule.toml", "file is not a database")]
fn doctor_reports_the_cause_once_and_creates_no_key_file(
    #[case] database_url: &str,
    #[case] cause: &str,
) {
    let folder = Folder::new();
    let config =
        format!("database_url = \"{database_url}\"\nsecret_key_file = \"vestibule.key\"\n");
    folder.write("vestibule.toml", &config);
    if database_url.starts_with("sqlite") {
        // Without its key file, an existing database is not opened.
        folder.write("vestibule.key", &"k".repeat(32));
        let key = folder.0.join("vestibule.key");
        std::fs::set_permissions(key, Permissions::from_mode(0o600)).unwrap();
    }
    let start = Instant::now();
    let result = folder.run("doctor");
    assert!(start.elapsed() < Duration::from_secs(8), "doctor waited");
    assert_eq!(result.status, 1, "{}", result.stdout);
    assert!(
        result.stdout.contains("✗ database: cannot be opened"),
        "{}",
        result.stdout
    );
    assert_eq!(result.stdout.matches(cause).count(), 1, "{}", result.stdout);
    let has_key = folder.0.join("vestibule.key").exists();
    assert_eq!(has_key, database_url.starts_with("sqlite"));
}

#[test]
fn doctor_changes_nothing_in_an_empty_database() {
    let folder = Folder::with_database();
    folder.write("vestibule.sqlite", "");
    for log in ["vestibule.sqlite-wal", "vestibule.sqlite-shm"] {
        drop(std::fs::remove_file(folder.0.join(log)));
    }
    let result = folder.run("doctor");
    assert_eq!(result.status, 0, "{}", result.stdout);
    let finding = "sqlite:vestibule.sqlite does not have the tables of this version yet";
    assert!(result.stdout.contains(finding), "{}", result.stdout);
    assert_eq!(folder.run("database migrate").status, 0);
}

#[test]
fn doctor_reports_folders_that_do_not_exist() {
    let folder = Folder::new();
    let config = "database_url = \"sqlite:data/v.sqlite\"\nsecret_key_file = \"keys/v.key\"\n";
    folder.write("vestibule.toml", config);
    let result = folder.run("doctor");
    assert_eq!(result.status, 1, "{}", result.stdout);
    let findings: Vec<&str> = result.stdout.lines().skip(1).take(4).collect();
    assert_snapshot!(findings.join("\n"), @"
    ✗ secret_key_file: the folder keys does not exist
        next: create the folder, or correct the path
    ✗ database: the folder data does not exist
        next: create the folder, or correct database_url
    ");
}

#[test]
fn doctor_tells_another_deployment_from_this_one() {
    let other = Folder::with_database();
    let server = RunningServer::start(&other);
    let folder = Folder::new();
    let listen = format!("listen = \"127.0.0.1:{}\"\n", server.port);
    folder.write("vestibule.toml", &listen);
    let result = folder.run("doctor");
    assert_eq!(result.status, 0, "{}", result.stdout);
    let unknown = "doctor cannot tell whether it is this deployment";
    assert!(result.stdout.contains(unknown), "{}", result.stdout);
    assert_eq!(folder.run("database migrate").status, 0);
    let result = folder.run("doctor");
    assert_eq!(result.status, 1, "{}", result.stdout);
    let finding = "✗ public_url: another deployment of Vestibule answers";
    assert!(result.stdout.contains(finding), "{}", result.stdout);
}

#[test]
fn doctor_reports_an_invalid_configuration() {
    let folder = Folder::new();
    folder.write("vestibule.toml", "listen = \"here\"\n");
    let result = folder.run("doctor --json");
    assert_eq!(result.status, 1);
    assert_eq!(result.json()["findings"][0]["outcome"], "error");
}

/// A published key is accepted only on localhost, and always reported as an error.
#[test]
fn doctor_reports_a_published_private_key() {
    let folder = Folder::with_database();
    folder.create_organization();
    let created = folder.run_json(
        "connection create acme Lab --issuer urn:lab --sign-on-url https://idp.example/sso \
         --certificate $FILES/fixtures-keys/published.crt",
    );
    let warnings = created["warnings"].to_string();
    assert!(warnings.contains("danger-published-key"), "{warnings}");
    let id = created["id"].as_str().unwrap();
    assert_eq!(folder.run("doctor").status, 0, "a draft is no error");
    folder.run_json(&format!("connection activate {id}"));
    let result = folder.run("doctor");
    assert_eq!(result.status, 1);
    assert!(result.stdout.contains("private key"), "{}", result.stdout);
    let source = "passport-wsfed-saml2";
    assert!(result.stdout.contains(source), "{}", result.stdout);
}
