//! Organizations, their domains and their connections.

use insta::assert_snapshot;

use crate::folder::{Folder, IDP_METADATA, saml_file};

#[test]
fn an_operator_connects_an_identity_provider() {
    let folder = Folder::with_database();
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
fn a_dangerous_setting_is_warned_about() {
    let folder = Folder::with_database();
    folder.create_organization();
    let id = folder.create_connection();
    let update = format!("connection update {id} --idp-initiated");
    let safe = folder.run(&format!("{update} restart"));
    assert!(!safe.messages().contains("Warning"), "{}", safe.stderr);
    let danger = folder.run(&format!("{update} danger_accept"));
    assert_snapshot!(danger.messages(), @"
    Warning: unsolicited responses are accepted, so any website can sign a visitor in to the account of someone else (login CSRF); set idp_initiated to restart.
    ");
    let shown = folder.run(&format!("connection show {id}"));
    assert_eq!(shown.messages(), danger.messages());
}

#[test]
fn an_operator_sees_that_there_is_no_activation_to_decline() {
    let folder = Folder::with_database();
    folder.create_organization();
    let id = folder.create_connection();
    let declined = folder.run(&format!("connection decline-activation {id}"));
    assert_ne!(declined.status, 0);
    let reason = "there is no activation to confirm or decline";
    assert!(
        declined.messages().contains(reason),
        "{}",
        declined.messages()
    );
}

#[test]
fn metadata_can_be_read_from_standard_input() {
    let folder = Folder::with_database();
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
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    folder.run_json("organization add-domain acme acme.example");
    let output = folder.run("organization show acme").stdout;
    assert!(output.contains("acme.example"), "{output}");
}

#[test]
fn an_operator_adds_a_domain_to_verify_by_dns() {
    let folder = Folder::with_database();
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
fn a_domain_without_its_record_is_not_verified() {
    let folder = Folder::with_database();
    folder.write("vestibule.toml", "dns_resolver = \"127.0.0.1:1\"\n");
    folder.run_json("organization create Acme");
    folder.run_json("organization add-domain acme acme.example --verification dns");
    let result = folder.run("organization verify-domain acme acme.example");
    assert_eq!(result.status, 1, "{}", result.stdout);
    let reason = "The DNS lookup of _vestibule-challenge.acme.example failed: ";
    assert!(result.stdout.contains(reason), "{}", result.stdout);
    let again = folder.run("organization add-domain acme acme.example");
    assert_eq!(again.status, 1);
    assert_eq!(
        again.messages(),
        "vestibule: this organization has this domain already\n"
    );
}

#[test]
fn a_draft_is_shown_only_if_there_is_one() {
    let folder = Folder::with_database();
    folder.create_organization();
    let id = folder.create_connection();
    let show = format!("connection draft show {id}");
    let update = format!("connection draft update {id} --name");
    let output = folder.run(&show).stdout;
    assert!(output.contains("This connection has no draft."), "{output}");
    let output = folder.run(&format!("{update} A")).stdout;
    let reason = "never activated, so its settings were updated directly";
    assert!(output.contains(reason), "{output}");
    folder.run_json(&format!("connection activate {id}"));
    let output = folder.run(&format!("{update} A")).stdout;
    assert!(output.contains("Nothing has changed"), "{output}");
    let output = folder.run(&format!("{update} B")).stdout;
    assert!(output.contains("connection draft publish con_"), "{output}");
    let output = folder.run(&show).stdout;
    assert!(!output.contains("no draft"), "{output}");
}

#[test]
fn the_fields_of_an_organization_are_aligned() {
    let folder = Folder::with_database();
    folder.create_organization();
    let shown = folder.run("organization show acme").stdout;
    let lines = shown.lines().filter(|line| !line.starts_with("created_at"));
    let shown = test_support::redact(&lines.collect::<Vec<_>>().join("\n"));
    assert_snapshot!(shown, @"
    id:                  [org]
    slug:                acme
    name:                Acme
    plan:                enterprise
    domains:             none
    plan_includes_sso:   yes
    sso_enforced:        no
    ");
}

#[test]
fn a_manually_verified_domain_cannot_be_checked() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    folder.run_json("organization add-domain acme globex.example");
    let result = folder.run("organization verify-domain acme globex.example");
    assert_eq!(result.status, 1);
    let reason = "verified manually";
    assert!(result.stderr.contains(reason), "{}", result.stderr);
}

#[test]
fn copied_files_are_understood() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    for file in [
        "m11-real-utf16.xml",
        "m31-html-escaped-once.txt",
        "m16-zwsp.xml",
    ] {
        let created = folder.run_json(&format!(
            "connection create acme Lab --metadata $FILES/field/connecting/{file}"
        ));
        assert_eq!(
            created["issuer"], "https://idp.acme.example/metadata",
            "{file}"
        );
    }
    for file in ["c01-trusted.pem", "c02-no-header.pem"] {
        let created = folder.run_json(&format!(
            "connection create acme Lab --issuer urn:idp --sign-on-url https://idp.example/sso --certificate $FILES/field/connecting/{file}"
        ));
        assert_eq!(
            created["certificates"][0]["subject"], "CN=idp-a.example",
            "{file}"
        );
    }
}

#[test]
fn one_provider_of_a_federation_is_chosen_by_its_issuer() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let provider =
        std::fs::read_to_string(saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml"))
            .unwrap();
    let body = provider
        .split_once("?>")
        .map_or(provider.as_str(), |(_, body)| body);
    let id = "http://127.0.0.1:9801/saml2/idp/metadata.php";
    let entities: String = (0..400)
        .map(|number| body.replace(id, &format!("urn:idp:{number}")))
        .collect();
    let federation = format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{entities}</md:EntitiesDescriptor>"
    );
    assert!(federation.len() > 1024 * 1024);
    folder.write("federation.xml", &federation);
    let create = "connection create acme Lab --metadata federation.xml";
    let created = folder.run_json(&format!("{create} --issuer urn:idp:321"));
    assert_eq!(created["issuer"], "urn:idp:321");
    let several = folder.run(create);
    assert_ne!(several.status, 0);
    let reason =
        "the metadata describes several identity providers; say which: urn:idp:0, urn:idp:1";
    assert!(several.messages().contains(reason), "{}", several.stderr);
}

#[test]
fn a_public_mail_domain_is_warned_about() {
    let folder = Folder::with_database();
    folder.run_json("organization create Acme");
    let added = folder.run("organization add-domain acme gmail.com");
    let warning = "Warning: anyone can get a mailbox in gmail.com";
    assert!(added.messages().contains(warning), "{}", added.stderr);
}
