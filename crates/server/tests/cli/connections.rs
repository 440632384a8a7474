//! Organizations, their domains and their connections.

use crate::folder::{Folder, IDP_METADATA, saml_file};

#[test]
fn an_operator_connects_an_identity_provider() {
    let folder = Folder::new();
    let organization = folder.run_json("organization create Acme --plan enterprise");
    assert_eq!(organization["slug"], "acme");
    let created = folder.run_json(&format!(
        "connection create acme Lab --metadata {IDP_METADATA} --accept-cbc"
    ));
    assert_eq!(created["state"], "draft");
    assert_eq!(created["accept_cbc"], true);
    let id = created["id"].as_str().unwrap();
    let activated = folder.run_json(&format!("connection activate {id}"));
    assert_eq!(activated["state"], "active");
    let updated = folder.run_json(&format!("connection update {id} --accept-cbc no"));
    assert_eq!(updated["accept_cbc"], false);
    let list = folder.run("connection list acme").stdout;
    assert!(list.contains(id), "{list}");
    assert!(list.contains("active"), "{list}");

    let metadata = folder.run(&format!("connection metadata {id}"));
    assert_eq!(metadata.status, 0);
    let metadata = metadata.stdout;
    assert!(metadata.contains("<md:EntityDescriptor"), "{metadata}");
    let acs_url = created["acs_url"].as_str().unwrap();
    assert!(metadata.contains(acs_url), "{metadata}");
}

#[test]
fn metadata_can_be_read_from_standard_input() {
    let folder = Folder::new();
    folder.run_json("organization create Acme");
    let metadata = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let metadata = std::fs::read(metadata).unwrap();
    let created = folder.run_with_input("connection create acme Lab --metadata -", &metadata);
    assert_eq!(created.status, 0, "{}", created.stderr);
    let next_step = "vestibule connection activate con_";
    assert!(created.stdout.contains(next_step), "{}", created.stdout);
}

#[test]
fn an_operator_adds_a_verified_domain() {
    let folder = Folder::new();
    folder.run_json("organization create Acme");
    folder.run_json("organization add-domain acme acme.example");
    let output = folder.run("organization show acme").stdout;
    assert!(output.contains("acme.example"), "{output}");
}

#[test]
fn an_operator_adds_a_domain_to_verify_by_dns() {
    let folder = Folder::new();
    folder.run_json("organization create Acme");
    let domain = folder.run_json("organization add-domain acme acme.example --verification dns");
    assert_eq!(
        domain["record"]["name"],
        "_vestibule-challenge.acme.example"
    );
    folder.run_json("organization add-domain acme globex.example");
    let list = folder.run("organization domains acme").stdout;
    assert!(list.contains("pending"), "{list}");
    assert!(list.contains("manual"), "{list}");
}

#[test]
fn a_manually_verified_domain_cannot_be_checked() {
    let folder = Folder::new();
    folder.run_json("organization create Acme");
    folder.run_json("organization add-domain acme globex.example");
    let result = folder.run("organization verify-domain acme globex.example");
    assert_eq!(result.status, 1);
    let reason = "verified manually";
    assert!(result.stderr.contains(reason), "{}", result.stderr);
}
