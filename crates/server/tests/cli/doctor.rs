//! `vestibule doctor`, which finds problems of an installation.

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

#[test]
fn doctor_finds_a_running_server() {
    let folder = Folder::new();
    folder.create_organization();
    let server = RunningServer::start(&folder);
    let result = folder.run("doctor");
    assert_eq!(result.status, 0, "{}", result.stdout);
    let answers = format!("http://localhost:{} answers", server.port);
    assert!(result.stdout.contains(&answers), "{}", result.stdout);
}

#[test]
fn doctor_reports_an_active_connection_on_a_plan_without_sso() {
    let folder = Folder::new();
    folder.create_organization();
    let connection = folder.create_connection();
    folder.run_json(&format!("connection activate {connection}"));
    folder.run_json("organization set-plan acme starter");
    let result = folder.run("doctor");
    assert_eq!(result.status, 1);
    assert!(result.stdout.contains("✗ con_"), "{}", result.stdout);
    assert!(result.stdout.contains("set-plan"), "{}", result.stdout);
}

#[test]
fn doctor_reports_a_missing_key_file_and_does_not_create_it() {
    let folder = Folder::new();
    folder.create_organization();
    let key_file = folder.0.join("vestibule.key");
    std::fs::remove_file(&key_file).unwrap();
    let result = folder.run("doctor");
    assert_eq!(result.status, 1);
    let fix = "restore the file from your backup";
    assert!(result.stdout.contains(fix), "{}", result.stdout);
    assert!(!key_file.exists());
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
    let folder = Folder::new();
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
