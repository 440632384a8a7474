//! Applications and API keys.

use serde_json::{Value, json};

use crate::folder::Folder;

const CALLBACK: &str = "https://app.example.com/callback";

fn create_application(folder: &Folder) -> Value {
    folder.run_json(&format!(
        "application create Portal --redirect-uri {CALLBACK}"
    ))
}

#[test]
fn a_client_secret_is_rotated_and_not_shown_again() {
    let folder = Folder::with_database();
    let created = create_application(&folder);
    let id = created["id"].as_str().unwrap();
    let rotated = folder.run_json(&format!("application rotate-secret {id}"));
    assert_ne!(rotated["client_secret"], created["client_secret"]);
    let application = folder.run_json(&format!("application show {id}"));
    assert!(application.get("client_secret").is_none());
}

#[test]
fn an_update_replaces_only_the_given_settings() {
    let folder = Folder::with_database();
    let id = create_application(&folder)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let back = "https://app.example.com/back";
    let again = "https://app.example.com/again";
    let updated = folder.run_json(&format!(
        "application update {id} --name Gate --redirect-uri {back} --redirect-uri {again}"
    ));
    assert_eq!(updated["name"], "Gate");
    assert_eq!(updated["redirect_uris"], json!([back, again]));
    let updated = folder.run_json(&format!("application update {id} --id-token-alg ES256"));
    assert_eq!(updated["redirect_uris"], json!([back, again]));
    assert_eq!(updated["id_token_signed_response_alg"], "ES256");
}

#[test]
fn the_policy_of_an_application_is_changed() {
    let folder = Folder::with_database();
    let created = create_application(&folder);
    assert_eq!(created["token_endpoint_auth_method"], Value::Null);
    assert_eq!(created["require_pkce"], true);
    let update = format!("application update {}", created["id"].as_str().unwrap());
    let pinned = folder.run_json(&format!(
        "{update} --auth-method client_secret_post --require-pkce no"
    ));
    assert_eq!(pinned["token_endpoint_auth_method"], "client_secret_post");
    assert_eq!(pinned["require_pkce"], false);
    let either = folder.run_json(&format!("{update} --any-secret-method"));
    assert_eq!(either["token_endpoint_auth_method"], Value::Null);
    assert_eq!(either["require_pkce"], false);
}

#[test]
fn a_public_application_does_not_authenticate() {
    let folder = Folder::with_database();
    let created =
        folder.run_json("application create App --public --redirect-uri com.example.app:/callback");
    assert_eq!(created["token_endpoint_auth_method"], "none");
}

#[test]
fn an_api_key_can_be_revoked_once() {
    let folder = Folder::with_database();
    let created = folder.run_json("api-key create ci");
    assert!(created["key"].as_str().unwrap().starts_with("vst_"));
    let id = created["id"].as_str().unwrap();
    let revoke = format!("api-key revoke {id}");
    assert_eq!(folder.run(&revoke).status, 0);
    let again = folder.run(&revoke);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains(id), "{}", again.stderr);
}
