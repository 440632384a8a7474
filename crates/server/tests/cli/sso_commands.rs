//! Drafts, setup links and SSO enforcement.

use serde_json::json;

use crate::folder::{Folder, IDP_METADATA};

/// Creates an organization with an active connection. Returns the ID of the connection.
fn create_active_connection(folder: &Folder) -> String {
    folder.create_organization();
    let id = folder.create_connection();
    folder.run_json(&format!("connection activate {id}"));
    id
}

#[test]
fn a_connection_is_activated_when_it_is_complete() {
    let folder = Folder::with_database();
    folder.create_organization();
    let created = folder.run_json("connection create acme Lab --provider okta");
    let id = created["id"].as_str().unwrap();
    let activate = format!("connection activate {id}");
    let result = folder.run(&activate);
    assert_eq!(result.status, 1);
    assert!(result.stderr.contains("is incomplete"), "{}", result.stderr);
    let updated = folder.run_json(&format!("connection update {id} --metadata {IDP_METADATA}"));
    assert_eq!(updated["complete"], true);
    folder.run_json(&activate);
}

#[test]
fn role_rules_are_replaced_and_removed() {
    let folder = Folder::with_database();
    let id = create_active_connection(&folder);
    let update = format!("connection update {id}");
    let updated = folder.run_json(&format!("{update} --role-rule cn=it,dc=acme=admin"));
    assert_eq!(
        updated["role_rules"],
        json!([{"group": "cn=it,dc=acme", "role": "admin"}])
    );
    let updated = folder.run_json(&format!("{update} --no-role-rules"));
    assert_eq!(updated["role_rules"], json!([]));
}

#[test]
fn a_draft_is_created_published_and_rolled_back() {
    let folder = Folder::with_database();
    let id = create_active_connection(&folder);
    let result = folder.run(&format!("connection draft update {id} --accept-cbc"));
    let next_step = "connection draft publish";
    assert!(result.stdout.contains(next_step), "{}", result.stdout);
    let published = folder.run_json(&format!("connection show {id}"));
    assert_eq!(published["accept_cbc"], false);
    let draft = folder.run_json(&format!("connection draft show {id}"));
    assert_eq!(draft["accept_cbc"], true);
    folder.run_json(&format!("connection draft publish {id}"));
    let versions = folder.run(&format!("connection versions {id}"));
    assert!(
        versions.stdout.contains("accept_cbc"),
        "{}",
        versions.stdout
    );
    let restored = folder.run_json(&format!("connection restore {id} 1"));
    assert_eq!(restored["accept_cbc"], false);
}

#[test]
fn a_connection_without_a_draft_has_nothing_to_discard() {
    let folder = Folder::with_database();
    let id = create_active_connection(&folder);
    let result = folder.run(&format!("connection draft discard {id}"));
    assert_eq!(result.status, 1);
    assert!(result.stderr.contains("no draft"), "{}", result.stderr);
}

#[test]
fn a_setup_link_is_printed_once_and_revoked() {
    let folder = Folder::with_database();
    let id = create_active_connection(&folder);
    let created = folder.run_json(&format!("setup-link create {id} --hours 2"));
    let url = created["url"].as_str().unwrap();
    assert!(url.contains("/setup/vsl_"), "{url}");
    let list = folder.run(&format!("setup-link list {id}")).stdout;
    assert!(list.contains("pending"), "{list}");
    assert!(!list.contains("vsl_"), "{list}");
    let link = created["id"].as_str().unwrap();
    let revoked = folder.run_json(&format!("setup-link revoke {id} {link}"));
    assert_eq!(revoked["state"], "revoked");
}

#[test]
fn a_setup_link_is_valid_for_at_least_an_hour() {
    let folder = Folder::with_database();
    let id = create_active_connection(&folder);
    let result = folder.run(&format!("setup-link create {id} --hours 0"));
    assert_eq!(result.status, 2);
    assert!(result.stderr.contains("--hours"), "{}", result.stderr);
}

#[test]
fn sso_enforcement_is_previewed_and_turned_off() {
    let folder = Folder::with_database();
    create_active_connection(&folder);
    let output = folder.run("sso-enforcement show acme").stdout;
    assert!(output.contains("SSO is not enforced"), "{output}");
    assert!(output.contains("no admin can regain access"), "{output}");
    let report = folder.run_json("sso-enforcement turn-off acme");
    assert_eq!(report["locked_out"], 0);
}

#[test]
fn an_unknown_member_cannot_be_exempt() {
    let folder = Folder::with_database();
    create_active_connection(&folder);
    let result = folder.run("sso-enforcement exempt acme mem_aaaa");
    assert_eq!(result.status, 1);
}

#[test]
fn routing_rules_are_replaced_and_removed() {
    let folder = Folder::with_database();
    let id = create_active_connection(&folder);
    let replace = "organization routing replace acme";
    let rule = format!("{id}=acme.example,*.EU.acme.example");
    let replaced = folder.run_json(&format!("{replace} --rule {rule}"));
    assert_eq!(
        replaced["rules"][0]["patterns"],
        json!(["acme.example", "*.eu.acme.example"])
    );
    let listed = folder.run("organization routing list acme");
    assert!(
        listed.stdout.contains("*.eu.acme.example"),
        "{}",
        listed.stdout
    );
    assert!(!listed.stderr.contains("Warning"), "{}", listed.stderr);
    folder.run(&format!("connection disable {id}"));
    let listed = folder.run("organization routing list acme");
    assert!(listed.stderr.contains("is skipped"), "{}", listed.stderr);
    assert_eq!(folder.run(replace).status, 2);
    let emptied = folder.run_json(&format!("{replace} --clear"));
    assert_eq!(emptied["rules"], json!([]));
}

#[test]
fn a_domain_includes_its_subdomains() {
    let folder = Folder::with_database();
    folder.create_organization();
    let added = folder.run_json("organization add-domain acme acme.example");
    assert_eq!(added["include_subdomains"], false);
    let update = "organization update-domain acme acme.example --include-subdomains";
    assert_eq!(
        folder.run_json(&format!("{update} yes"))["include_subdomains"],
        true
    );
    assert_eq!(
        folder.run_json(&format!("{update} no"))["include_subdomains"],
        false
    );
}
