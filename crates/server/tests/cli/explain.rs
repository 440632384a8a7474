use serde_json::json;

use crate::folder::{Folder, saml_file};

const RESPONSE: &str = "captured/npm-saml-idp-1.2.1.default.xml";
const CERTIFICATE: &str = "captured/npm-saml-idp.crt";

/// The arguments that validate the captured response completely.
fn full_arguments() -> Vec<String> {
    let options = [
        ("--certificate", saml_file(CERTIFICATE).as_str().to_owned()),
        ("--issuer", "urn:example:idp".to_owned()),
        ("--audience", "http://127.0.0.1:9800/metadata".to_owned()),
        ("--recipient", "http://127.0.0.1:9800/acs".to_owned()),
        ("--at", "2026-11-23T23:59:00Z".to_owned()),
        (
            "--in-response-to",
            "_7d40ab5ddad77f84294c6e8b0c66e744".to_owned(),
        ),
    ];
    let options = options
        .into_iter()
        .flat_map(|(option, value)| [option.to_owned(), value]);
    ["explain".to_owned(), saml_file(RESPONSE)]
        .into_iter()
        .chain(options)
        .collect()
}

/// The same arguments with another value for one option.
fn with_option(option: &str, value: &str) -> Vec<String> {
    let mut arguments = full_arguments();
    let position = arguments
        .iter()
        .position(|argument| argument == option)
        .unwrap();
    arguments[position + 1] = value.to_owned();
    arguments
}

fn as_strs(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

#[test]
fn a_valid_response_is_accepted() {
    let folder = Folder::new();
    let result = folder.run(&as_strs(&full_arguments()));
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
    assert!(
        !result.stdout.contains('✗') && !result.stdout.contains('–'),
        "{}",
        result.stdout
    );
    assert!(
        result
            .stdout
            .contains("\naccepted\n  subject: saml.jackson@example.com\n"),
        "{}",
        result.stdout
    );
    let report = folder.run_json(&as_strs(&full_arguments()));
    assert_eq!(
        (&report["verdict"], &report["code"]),
        (&json!("accepted"), &json!(null))
    );
    assert_eq!(report["subject"], "saml.jackson@example.com");
    assert_eq!(report["attributes"]["firstName"], json!(["Saml"]));
    assert!(
        report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .all(|check| check["outcome"] == "passed")
    );
}

#[test]
fn each_wrong_expectation_fails_its_own_check() {
    let folder = Folder::new();
    for (option, value, check, code) in [
        ("--issuer", "urn:example:other", "issuer", "issuer-mismatch"),
        (
            "--audience",
            "http://127.0.0.1:9800/other",
            "audience",
            "audience-mismatch",
        ),
        (
            "--recipient",
            "http://127.0.0.1:9800/other",
            "recipient",
            "",
        ),
        ("--at", "2026-11-25T00:00:00Z", "not-on-or-after", "expired"),
        ("--at", "2026-11-22T00:00:00Z", "not-before", ""),
        (
            "--in-response-to",
            "_other",
            "in-response-to",
            "in-response-to-mismatch",
        ),
        ("--certificate", &saml_file("captured/pysaml2.crt"), "", ""),
    ] {
        let mut arguments = with_option(option, value);
        arguments.push("--json".to_owned());
        let result = folder.run(&as_strs(&arguments));
        assert_eq!(result.status, 1, "{option} {value}");
        assert_eq!(result.stderr, "");
        let report = result.json();
        assert_eq!(report["verdict"], "refused", "{option} {value}");
        let failed = report["checks"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["outcome"] == "failed");
        assert!(failed.clone().count() > 0 && failed.clone().all(|one| one["detail"].is_string()));
        assert!(
            check.is_empty() || failed.clone().any(|one| one["name"] == check),
            "{option} {value}: {report:#}"
        );
        assert!(
            code.is_empty() || report["code"] == code,
            "{option} {value}: {}",
            report["code"]
        );
    }
}

#[test]
fn checks_without_an_expected_value_are_reported_as_unchecked() {
    let folder = Folder::new();
    let report = folder.run_json(&[
        "explain",
        &saml_file(RESPONSE),
        "--certificate",
        &saml_file(CERTIFICATE),
    ]);
    assert_eq!(report["verdict"], "accepted");
    let outcome = |name: &str| {
        let checks = report["checks"].as_array().unwrap();
        checks.iter().find(|check| check["name"] == name).unwrap()["outcome"].clone()
    };
    for name in [
        "issuer",
        "audience",
        "recipient",
        "not-on-or-after",
        "in-response-to",
    ] {
        assert_eq!(outcome(name), "unchecked", "{name}");
    }
    assert_eq!(outcome("trusted-signature"), "passed");
    let text = folder.run(&[
        "explain",
        &saml_file(RESPONSE),
        "--certificate",
        &saml_file(CERTIFICATE),
    ]);
    assert!(text.stdout.contains('–'), "{}", text.stdout);
}

#[test]
fn without_a_certificate_values_are_compared_but_not_trusted() {
    let mut arguments = with_option("--audience", "http://127.0.0.1:9800/other");
    let position = arguments
        .iter()
        .position(|argument| argument == "--certificate")
        .unwrap();
    arguments.drain(position..position + 2);
    arguments.push("--json".to_owned());
    let result = Folder::new().run(&as_strs(&arguments));
    assert_eq!(result.status, 1);
    let report = result.json();
    assert_eq!(
        (&report["verdict"], &report["code"]),
        (&json!("refused"), &json!("no-trusted-key"))
    );
    for (name, ending) in [
        ("issuer", "its value matches the expected one"),
        ("destination", "its value matches the expected one"),
        ("recipient", "its value matches the expected one"),
        ("audience", "its value differs from the expected one"),
        ("not-before", "its value matches the expected one"),
        ("not-on-or-after", "its value matches the expected one"),
        ("in-response-to", "its value matches the expected one"),
        ("subject", ""),
    ] {
        let check = check(&report, name);
        assert_eq!(check["outcome"], "unchecked", "{check}");
        let detail = check["detail"].as_str().unwrap();
        assert!(
            detail.contains("the message is not verified") && detail.ends_with(ending),
            "{check}"
        );
    }
    assert_eq!(
        check(&report, "audience")["received"],
        "http://127.0.0.1:9800/metadata"
    );
    // Without an expected value, the reason says so.
    let bare = Folder::new().run(&["explain", &saml_file(RESPONSE), "--json"]);
    let detail = check(&bare.json(), "issuer")["detail"].clone();
    assert!(
        detail.as_str().unwrap().ends_with("was not given"),
        "{detail}"
    );
}

#[test]
fn a_weak_certificate_is_reported_as_the_reason() {
    let weak = saml_file("fixtures-keys/rsa-1024.crt");
    let arguments = ["explain", &saml_file(RESPONSE), "--certificate", &weak];
    let text = Folder::new().run(&arguments);
    assert_eq!(text.status, 1);
    let verdict = text.stdout.split_once("\nrefused: ").unwrap().1;
    assert!(
        verdict.contains("rsa-1024.crt") && verdict.contains("1024"),
        "{verdict}"
    );
    assert!(!text.stdout.contains("no certificate is configured"));
    let report = Folder::new()
        .run(&[&arguments[..], &["--json"]].concat())
        .json();
    assert!(
        report["notes"][0].as_str().unwrap().contains("1024"),
        "{report:#}"
    );
}

#[test]
fn a_verdict_that_cannot_be_printed_is_a_failure() {
    let folder = Folder::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let arguments = full_arguments();
    let mut command = folder.command(&as_strs(&arguments));
    let result = command.stdout(full.unwrap()).output().unwrap();
    assert_eq!(result.status.code(), Some(2));
    let stderr = String::from_utf8(result.stderr).unwrap();
    assert!(stderr.contains("standard output"), "{stderr}");
}

fn check(report: &serde_json::Value, name: &str) -> serde_json::Value {
    let checks = report["checks"].as_array().unwrap();
    checks
        .iter()
        .find(|check| check["name"] == name)
        .unwrap()
        .clone()
}

#[test]
fn xml_base64_a_form_and_a_page_give_the_same_result() {
    let folder = Folder::new();
    let xml = std::fs::read(saml_file(RESPONSE)).unwrap();
    let base64 = base64_simd::STANDARD.encode_to_string(&xml);
    let form: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("SAMLResponse", &base64)
        .append_pair("RelayState", "a b&c")
        .finish();
    let page = format!(
        "<!DOCTYPE html><html><body onload=\"document.forms[0].submit()\"><form method=\"post\">\
         <input type=\"hidden\" name=\"SAMLResponse\" value=\"{}\"/></form></body></html>",
        base64.replace('+', "&#x2B;").replace('=', "&#61;")
    );
    let certificate = saml_file(CERTIFICATE);
    for input in [
        xml.as_slice(),
        base64.as_bytes(),
        form.as_bytes(),
        page.as_bytes(),
    ] {
        let result = folder.run_with(&["explain", "-", "--certificate", &certificate], input);
        assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
    }
    let other = folder.run_with(&["explain", "-"], b"<html><body>Sign in</body></html>");
    assert_eq!(other.status, 2);
    assert!(other.stderr.contains("HTML page"), "{}", other.stderr);
}

#[test]
fn an_invalid_argument_is_reported_with_its_option() {
    let folder = Folder::new();
    let key = saml_file("fixtures-keys/rsa-2048.key");
    let certificate = saml_file(CERTIFICATE);
    let response = saml_file(RESPONSE);
    let rows: [(&[&str], &[&str]); 9] = [
        (&["explain"], &["<FILE>"]),
        (&["explain", "nothing.xml"], &["FILE", "nothing.xml"]),
        (
            &["explain", &response, "--certificate", "nothing.pem"],
            &["--certificate", "nothing.pem"],
        ),
        (
            &["explain", &response, "--certificate", &key],
            &["--certificate", "a certificate", "private key"],
        ),
        (
            &["explain", &response, "--certificate", &response],
            &["--certificate", "a certificate"],
        ),
        (
            &["explain", &response, "--decryption-key", &certificate],
            &["--decryption-key", "private key"],
        ),
        (
            &["explain", &response, "--at", "2026-11-24"],
            &["--at", "2026-11-24T09:00:00Z", "received 2026-11-24"],
        ),
        (
            &["explain", &response, "--clock-tolerance", "301"],
            &["--clock-tolerance", "0 to 300", "301"],
        ),
        (&["explain", &response, "--clock-tolerance", "-1"], &["-1"]),
    ];
    for (arguments, parts) in rows {
        let result = folder.run(arguments);
        assert_eq!(
            result.status, 2,
            "{arguments:?}: {}{}",
            result.stdout, result.stderr
        );
        assert_eq!(result.stdout, "");
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
fn an_encrypted_response_needs_its_decryption_key() {
    let folder = Folder::new();
    let response = saml_file("captured/simplesamlphp-1.19.7.encrypted.xml");
    let certificate = saml_file("captured/simplesamlphp.crt");
    let explain_with_key = |key: &str| {
        let key = saml_file(key);
        folder.run(&[
            "explain",
            &response,
            "--certificate",
            &certificate,
            "--decryption-key",
            &key,
        ])
    };
    let opened = explain_with_key("captured/sp.key");
    assert_eq!(opened.status, 0);
    assert!(
        opened.stdout.contains("\nnote: ") && opened.stdout.contains("AES-CBC"),
        "{}",
        opened.stdout
    );
    assert_eq!(explain_with_key("fixtures-keys/rsa-2048.key").status, 1);
    assert_eq!(
        folder
            .run(&["explain", &response, "--certificate", &certificate])
            .status,
        1
    );
}
