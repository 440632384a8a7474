//! Drafts, setup links and SSO enforcement on the command line.

use crate::folder::{Folder, saml_file};

/// Creates an organization with an active connection. Returns the ID of the connection.
fn connected(folder: &Folder) -> String {
    folder.run_json(&["organization", "create", "Acme", "--plan", "enterprise"]);
    let begun = folder.run_json(&["connection", "create", "acme", "Lab", "--provider", "okta"]);
    let id = begun["id"].as_str().unwrap().to_owned();
    let refused = folder.run(&["connection", "activate", &id]);
    assert_eq!(refused.status, 1);
    assert!(
        refused.stderr.contains("is incomplete"),
        "{}",
        refused.stderr
    );
    let metadata = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let rule = "cn=it,dc=acme=admin";
    let arguments = [
        "connection",
        "update",
        &id,
        "--metadata",
        &metadata,
        "--role-rule",
        rule,
    ];
    let complete = folder.run_json(&arguments);
    assert_eq!(complete["complete"], true);
    assert_eq!(complete["role_rules"][0]["group"], "cn=it,dc=acme");
    assert_eq!(complete["role_rules"][0]["role"], "admin");
    folder.run_json(&["connection", "activate", &id]);
    id
}

#[test]
fn a_draft_is_created_published_and_rolled_back() {
    let folder = Folder::new();
    let id = connected(&folder);
    let change = ["connection", "draft", "update", &id, "--accept-cbc"];
    let told = folder.run(&change);
    assert!(
        told.stdout.contains("connection draft publish"),
        "{}",
        told.stdout
    );
    assert_eq!(
        folder.run_json(&["connection", "show", &id])["accept_cbc"],
        false
    );
    assert_eq!(
        folder.run_json(&["connection", "draft", "show", &id])["accept_cbc"],
        true
    );
    folder.run_json(&["connection", "draft", "publish", &id]);
    let history = folder.run(&["connection", "versions", &id]);
    assert!(history.stdout.contains("accept_cbc"), "{}", history.stdout);
    let restored = folder.run_json(&["connection", "restore", &id, "1"]);
    assert_eq!(restored["accept_cbc"], false);
    let nothing = folder.run(&["connection", "draft", "discard", &id]);
    assert_eq!(nothing.status, 1);
    assert!(nothing.stderr.contains("no draft"), "{}", nothing.stderr);
    let cleared = folder.run_json(&["connection", "update", &id, "--no-role-rules"]);
    assert_eq!(cleared["role_rules"].as_array().unwrap().len(), 0);
}

#[test]
fn a_setup_link_is_printed_once_and_revoked() {
    let folder = Folder::new();
    let id = connected(&folder);
    let created = folder.run_json(&["setup-link", "create", &id, "--hours", "2"]);
    let url = created["url"].as_str().unwrap();
    assert!(url.contains("/setup/vsl_"), "{url}");
    let listed = folder.run(&["setup-link", "list", &id]);
    assert!(listed.stdout.contains("pending") && !listed.stdout.contains("vsl_"));
    let link = created["id"].as_str().unwrap();
    assert_eq!(
        folder.run_json(&["setup-link", "revoke", &id, link])["state"],
        "revoked"
    );
    let refused = folder.run(&["setup-link", "create", &id, "--hours", "0"]);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("--hours"), "{}", refused.stderr);
}

#[test]
fn an_operator_previews_sso_enforcement_and_turns_it_off() {
    let folder = Folder::new();
    connected(&folder);
    let shown = folder.run(&["sso-enforcement", "show", "acme"]);
    assert!(
        shown.stdout.contains("SSO is not enforced"),
        "{}",
        shown.stdout
    );
    assert!(
        shown.stdout.contains("no admin can regain access"),
        "{}",
        shown.stdout
    );
    let undone = folder.run_json(&["sso-enforcement", "turn-off", "acme"]);
    assert_eq!(undone["locked_out"], 0);
    let unknown = folder.run(&["sso-enforcement", "exempt", "acme", "mem_aaaa"]);
    assert_eq!(unknown.status, 1);
}
