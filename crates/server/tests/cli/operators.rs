use std::os::unix::fs::PermissionsExt;

use crate::folder::{Folder, saml_file};

#[test]
fn an_operator_connects_an_identity_provider() {
    let folder = Folder::new();
    let organization = folder.run_json(&["organization", "create", "Acme", "--plan", "enterprise"]);
    assert_eq!(organization["slug"], "acme");
    folder.run_json(&["organization", "add-domain", "acme", "acme.example"]);
    let metadata = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let created = folder.run_json(&[
        "connection",
        "create",
        "acme",
        "Lab",
        "--metadata",
        &metadata,
        "--accept-cbc",
    ]);
    let id = created["id"].as_str().unwrap();
    assert_eq!(
        (&created["state"], &created["accept_cbc"]),
        (&"draft".into(), &true.into())
    );
    assert_eq!(
        folder.run_json(&["connection", "activate", id])["state"],
        "active"
    );
    assert_eq!(
        folder.run_json(&["connection", "update", id, "--accept-cbc", "no"])["accept_cbc"],
        false
    );
    let xml = folder.run(&["connection", "metadata", id]);
    assert_eq!(xml.status, 0);
    assert!(
        xml.stdout.contains("<md:EntityDescriptor")
            && xml.stdout.contains(created["acs_url"].as_str().unwrap())
    );
    let listed = folder.run(&["connection", "list", "acme"]);
    assert!(
        listed.stdout.contains(id) && listed.stdout.contains("active"),
        "{}",
        listed.stdout
    );
    let shown = folder.run(&["organization", "show", "acme"]);
    assert!(shown.stdout.contains("acme.example"), "{}", shown.stdout);
}

#[test]
fn an_operator_adds_a_domain_to_verify_by_dns() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme"]);
    let claimed = folder.run_json(&[
        "organization",
        "add-domain",
        "acme",
        "acme.example",
        "--verification",
        "dns",
    ]);
    assert_eq!(
        claimed["record"]["name"],
        "_vestibule-challenge.acme.example"
    );
    folder.run_json(&["organization", "add-domain", "acme", "globex.example"]);
    let listed = folder.run(&["organization", "domains", "acme"]);
    assert!(
        listed.stdout.contains("pending") && listed.stdout.contains("manual"),
        "{}",
        listed.stdout
    );
    let refused = folder.run(&["organization", "verify-domain", "acme", "globex.example"]);
    assert_eq!(refused.status, 1);
    assert!(
        refused.stderr.contains("verified manually"),
        "{}",
        refused.stderr
    );
}

#[test]
fn metadata_can_be_read_from_standard_input() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme"]);
    let metadata =
        std::fs::read(saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml")).unwrap();
    let created = folder.run_with(
        &["connection", "create", "acme", "Lab", "--metadata", "-"],
        &metadata,
    );
    assert_eq!(created.status, 0, "{}", created.stderr);
    assert!(
        created
            .stdout
            .contains("vestibule connection activate con_"),
        "{}",
        created.stdout
    );
}

#[test]
fn an_application_is_created_and_its_secret_rotated() {
    let folder = Folder::new();
    let created = folder.run_json(&[
        "application",
        "create",
        "Portal",
        "--redirect-uri",
        "https://app.example.com/callback",
    ]);
    let id = created["id"].as_str().unwrap();
    let rotated = folder.run_json(&["application", "rotate-secret", id]);
    assert_ne!(rotated["client_secret"], created["client_secret"]);
    assert!(
        folder
            .run_json(&["application", "show", id])
            .get("client_secret")
            .is_none()
    );
    let moved = folder.run_json(&[
        "application",
        "update",
        id,
        "--name",
        "Gate",
        "--redirect-uri",
        "https://app.example.com/back",
        "--redirect-uri",
        "https://app.example.com/again",
    ]);
    assert_eq!(
        (&moved["name"], &moved["redirect_uris"][1]),
        (&"Gate".into(), &"https://app.example.com/again".into())
    );
    let kept = folder.run_json(&["application", "update", id, "--id-token-alg", "ES256"]);
    assert_eq!(
        (
            &kept["redirect_uris"],
            &kept["id_token_signed_response_alg"]
        ),
        (&moved["redirect_uris"], &"ES256".into())
    );
    let native = folder.run_json(&[
        "application",
        "create",
        "App",
        "--public",
        "--redirect-uri",
        "com.example.app:/callback",
    ]);
    assert_eq!(native["token_endpoint_auth_method"], "none");
}

#[test]
fn the_database_files_contain_no_plaintext_secrets() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme"]);
    let key = folder.run_json(&["api-key", "create", "ci"])["key"].clone();
    let portal = [
        "application",
        "create",
        "Portal",
        "--redirect-uri",
        "https://app.example.com/",
    ];
    let secret = folder.run_json(&portal)["client_secret"].clone();
    let metadata = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let created = folder.run_json(&[
        "connection",
        "create",
        "acme",
        "Lab",
        "--metadata",
        &metadata,
    ]);
    // The first request for the metadata generates the key pairs.
    folder.run(&["connection", "metadata", created["id"].as_str().unwrap()]);
    folder.run(&["doctor"]);
    let mut seen = 0;
    for file in std::fs::read_dir(&folder.0).unwrap() {
        let file = file.unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        for secret in [
            key.as_str().unwrap(),
            secret.as_str().unwrap(),
            "PRIVATE KEY",
        ] {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{} holds a secret", file.path().display());
        }
        seen += usize::from(
            file.file_name()
                .to_string_lossy()
                .starts_with("vestibule.sqlite"),
        );
    }
    assert!(seen > 0, "no database file was checked");
}

#[test]
fn an_api_key_can_be_revoked_once() {
    let folder = Folder::new();
    let created = folder.run_json(&["api-key", "create", "ci"]);
    assert!(created["key"].as_str().unwrap().starts_with("vst_"));
    let id = created["id"].as_str().unwrap();
    assert_eq!(folder.run(&["api-key", "revoke", id]).status, 0);
    let again = folder.run(&["api-key", "revoke", id]);
    assert_eq!(again.status, 1);
    assert!(again.stderr.contains(id), "{}", again.stderr);
}

/// Runs a command that must be rejected, and checks that the message contains `parts`.
fn refused(folder: &Folder, line: &str, parts: &[&str]) {
    let arguments: Vec<&str> = line.split(' ').collect();
    let result = folder.run(&arguments);
    assert_eq!(result.status, 1, "{line}: {}", result.stderr);
    assert_eq!(result.stdout, "", "{line}");
    for part in parts {
        assert!(result.stderr.contains(part), "{line}: {}", result.stderr);
    }
    assert!(
        !result.stderr.contains("BEGIN"),
        "the message must not contain the content of the file"
    );
}

#[test]
fn rejections_name_the_option_and_the_expected_value() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme"]);
    let rows: [(&str, &[&str]); 7] = [
        ("organization create Acme", &["slug"]),
        ("application update app_x --name Y", &["no application"]),
        (
            "organization create Other --plan gold",
            &["--plan", "starter, professional", "gold"],
        ),
        ("organization create ", &["NAME", "an empty text"]),
        ("organization show unknown", &["no organization unknown"]),
        (
            "organization add-domain acme ada@acme.example",
            &["DOMAIN", "ada@acme.example"],
        ),
        (
            "application create X --redirect-uri http://app.example.com/",
            &["--redirect-uri", "https"],
        ),
    ];
    for (line, parts) in rows {
        refused(&folder, line, parts);
    }
}

#[test]
fn invalid_connections_are_rejected_with_the_reason() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme", "--plan", "starter"]);
    let by_hand = |url: &str, certificate: &str| {
        let certificate = saml_file(certificate);
        let start = "connection create acme Okta --issuer https://idp.example";
        format!("{start} --sign-on-url {url} --certificate {certificate}")
    };
    let draft = by_hand("https://idp.example/sso", "fixtures-keys/rsa-2048.crt");
    let created = folder.run_json(&draft.split(' ').collect::<Vec<_>>());
    let ours = saml_file("fixtures-metadata/foreign-service-provider.xml");
    let signed = saml_file("captured/simplesamlphp-1.19.7.idp-metadata.xml");
    let key = saml_file("fixtures-keys/rsa-2048.crt");
    let rows: [(String, &[&str]); 5] = [
        (
            format!("connection create acme X --metadata {signed} --metadata-certificate {key}"),
            &["--metadata", "signed with the given key", "is not signed"],
        ),
        (
            by_hand("ftp://idp.example", "fixtures-keys/rsa-2048.crt"),
            &["--sign-on-url", "https://", "ftp://"],
        ),
        (
            by_hand("https://idp.example/sso", "fixtures-keys/rsa-2048.key"),
            &["--certificate", "private key"],
        ),
        (
            format!("connection create acme X --metadata {ours}"),
            &["--metadata", "service provider"],
        ),
        (
            format!("connection activate {}", created["id"].as_str().unwrap()),
            &["plan starter", "enterprise"],
        ),
    ];
    for (line, parts) in rows {
        refused(&folder, &line, parts);
    }
}

#[test]
fn commands_that_cannot_run_exit_with_status_2() {
    let folder = Folder::new();
    let rows: [(&[&str], &[&str]); 6] = [
        (&["organization"], &["Usage"]),
        (&["organisation", "list"], &["organization"]),
        (
            &[
                "connection",
                "create",
                "acme",
                "X",
                "--metadata",
                "nothing.xml",
            ],
            &["--metadata", "nothing.xml"],
        ),
        (
            &[
                "connection",
                "update",
                "con_a",
                "--sign-requests",
                "perhaps",
            ],
            &["--sign-requests", "yes or no"],
        ),
        (
            &["organization", "list", "--config", "nothing.toml"],
            &["nothing.toml"],
        ),
        (&["serve", "--port", "1"], &["--port"]),
    ];
    for (arguments, parts) in rows {
        let result = folder.run(arguments);
        assert_eq!(result.status, 2, "{arguments:?}: {}", result.stderr);
        for part in parts {
            assert!(
                result.stderr.contains(part),
                "{arguments:?}: {}",
                result.stderr
            );
        }
    }
}

#[test]
fn all_configuration_errors_are_reported_together() {
    let folder = Folder::new();
    folder.write(
        "vestibule.toml",
        "public_url = \"http://auth.example.com\"\nlisten = 8080\nlog_formatt = \"json\"\n",
    );
    let result = folder.run(&["organization", "list"]);
    assert_eq!(result.status, 2);
    for part in [
        "line 1: public_url: expected https",
        "line 2: listen: expected a text",
        "line 3: unknown key log_formatt; did you mean log_format?",
    ] {
        assert!(result.stderr.contains(part), "{}", result.stderr);
    }
}

#[test]
fn a_key_file_that_others_can_read_is_rejected() {
    let folder = Folder::new();
    folder.run_json(&["organization", "create", "Acme"]);
    let key = folder.0.join("vestibule.key");
    assert_eq!(key.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    for command in [["organization", "list"].as_slice(), &["serve"]] {
        let result = folder.run(command);
        assert_eq!(result.status, 2);
        assert!(
            result.stderr.contains("mode 644, expected 600") && result.stderr.contains("chmod 600"),
            "{}",
            result.stderr
        );
    }
}
