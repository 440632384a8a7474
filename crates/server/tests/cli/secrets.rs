//! Secrets in the files of the server.

use std::os::unix::fs::PermissionsExt;

use rstest::rstest;

use crate::folder::Folder;

#[test]
fn the_database_files_contain_no_plaintext_secrets() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let api_key = folder.run_json("api-key create ci")["key"].clone();
    let application =
        folder.run_json("application create Portal --redirect-uri https://app.example.com/");
    let connection = folder.create_connection();
    // The first request for the metadata generates the key pairs.
    folder.run(&format!("connection metadata {connection}"));
    folder.run("doctor");
    let mut database_files = 0;
    for file in std::fs::read_dir(&folder.0).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for secret in [
            api_key.as_str().unwrap(),
            application["client_secret"].as_str().unwrap(),
            "PRIVATE KEY",
        ] {
            let is_stored = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!is_stored, "{} contains a secret", path.display());
        }
        let name = path.file_name().unwrap().to_string_lossy();
        database_files += usize::from(name.starts_with("vestibule.sqlite"));
    }
    assert!(database_files > 0, "no database file was checked");
}

#[rstest]
fn a_key_file_that_other_users_can_read_is_rejected(
    #[values("organization list", "serve")] command: &str,
) {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let key = folder.0.join("vestibule.key");
    assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let result = folder.run(command);
    assert_eq!(result.status, 2);
    let problem = "mode 644, expected 600";
    assert!(result.stderr.contains(problem), "{}", result.stderr);
    assert!(result.stderr.contains("chmod 600"), "{}", result.stderr);
}

#[rstest]
fn no_new_key_is_created_for_a_database_with_secrets(
    #[values("organization list", "serve")] command: &str,
) {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let connection = folder.create_connection();
    folder.run(&format!("connection metadata {connection}"));
    let key = folder.0.join("vestibule.key");
    std::fs::remove_file(&key).unwrap();
    let result = folder.run(command);
    assert_eq!(result.status, 2);
    let problem = "restore the file from your backup";
    assert!(result.stderr.contains(problem), "{}", result.stderr);
    assert!(
        result.stderr.contains("vestibule.sqlite"),
        "{}",
        result.stderr
    );
    assert!(!key.exists());
}
