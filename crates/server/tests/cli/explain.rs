//! `vestibule explain`, which checks a response against expected values.

use insta::assert_snapshot;
use rstest::rstest;
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::folder::{CommandResult, Folder, saml_file};

const RESPONSE: &str = "captured/npm-saml-idp-1.2.1.default.xml";
const CERTIFICATE: &str = "$FILES/captured/npm-saml-idp.crt";

/// The response with its certificate and all expected values.
const ALL_EXPECTATIONS: &str = "explain $FILES/captured/npm-saml-idp-1.2.1.default.xml \
    --certificate $FILES/captured/npm-saml-idp.crt \
    --issuer urn:example:idp \
    --audience http://127.0.0.1:9800/metadata \
    --recipient http://127.0.0.1:9800/acs \
    --at 2026-11-23T23:59:00Z \
    --in-response-to _7d40ab5ddad77f84294c6e8b0c66e744";

/// [`ALL_EXPECTATIONS`] with another value for one option.
fn with_option(option: &str, value: &str) -> String {
    let mut arguments: Vec<&str> = ALL_EXPECTATIONS.split(' ').collect();
    let is_option = |argument: &&str| *argument == option;
    let position = arguments.iter().position(is_option).unwrap();
    arguments[position + 1] = value;
    arguments.join(" ")
}

fn explain_json(line: &str) -> CommandResult {
    Folder::new().run(&format!("{line} --json"))
}

fn find_check<'a>(report: &'a Value, name: &str) -> &'a Value {
    let checks = report["checks"].as_array().unwrap();
    checks.iter().find(|check| check["name"] == name).unwrap()
}

/// The names of the checks with their outcomes and details, one on each line.
fn list_checks(report: &Value) -> String {
    let checks = report["checks"].as_array().unwrap();
    let lines: Vec<String> = checks
        .iter()
        .map(|check| {
            let name = check["name"].as_str().unwrap();
            let outcome = check["outcome"].as_str().unwrap();
            let detail = check["detail"].as_str().unwrap_or_default();
            format!("{name}: {outcome} {detail}").trim_end().to_owned()
        })
        .collect();
    lines.join("\n")
}

#[test]
fn a_valid_response_is_accepted() {
    let result = Folder::new().run(ALL_EXPECTATIONS);
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
    assert!(!result.stdout.contains('✗'), "{}", result.stdout);
    assert!(!result.stdout.contains('–'), "{}", result.stdout);
    assert_snapshot!(result.stdout);
}

#[test]
fn the_json_report_of_a_valid_response_has_the_subject_and_the_attributes() {
    let result = explain_json(ALL_EXPECTATIONS);
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
    let report = result.json();
    assert_eq!(report["verdict"], "accepted");
    assert_eq!(report["code"], json!(null));
    assert_eq!(report["subject"], "saml.jackson@example.com");
    assert_eq!(report["attributes"]["firstName"], json!(["Saml"]));
    let checks = report["checks"].as_array().unwrap();
    assert!(checks.iter().all(|check| check["outcome"] == "passed"));
}

#[rstest]
#[case::issuer("--issuer", "urn:example:other", "issuer", "issuer-mismatch")]
#[case::audience(
    "--audience",
    "http://127.0.0.1:9800/other",
    "audience",
    "audience-mismatch"
)]
#[case::recipient(
    "--recipient",
    "http://127.0.0.1:9800/other",
    "recipient",
    "destination-mismatch"
)]
#[case::after_the_end("--at", "2026-11-25T00:00:00Z", "not-on-or-after", "expired")]
#[case::before_the_beginning("--at", "2026-11-22T00:00:00Z", "not-before", "not-yet-valid")]
#[case::request(
    "--in-response-to",
    "_other",
    "in-response-to",
    "in-response-to-mismatch"
)]
#[case::certificate(
    "--certificate",
    "$FILES/captured/pysaml2.crt",
    "response-signature",
    "signature-mismatch"
)]
fn each_expectation_that_is_not_met_fails_its_own_check(
    #[case] option: &str,
    #[case] value: &str,
    #[case] check: &str,
    #[case] code: &str,
) {
    let result = explain_json(&with_option(option, value));
    assert_eq!(result.status, 1);
    assert_eq!(result.stderr, "");
    let report = result.json();
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(report["code"], code);
    assert_eq!(find_check(&report, check)["outcome"], "failed");
    let checks = report["checks"].as_array().unwrap();
    let mut failed = checks.iter().filter(|check| check["outcome"] == "failed");
    assert!(
        failed.all(|check| check["detail"].is_string()),
        "{report:#}"
    );
}

#[test]
fn checks_without_an_expected_value_are_reported_as_unchecked() {
    let line = format!("explain $FILES/{RESPONSE} --certificate {CERTIFICATE}");
    let folder = Folder::new();
    let text = folder.run(&line).stdout;
    assert!(text.contains('–'), "{text}");
    let report = folder.run_json(&line);
    assert_eq!(report["verdict"], "accepted");
    assert_snapshot!(list_checks(&report), @"
    encoding: passed
    xml: passed
    message: passed
    status: passed
    response-signature: passed
    assertion-signature: passed
    trusted-signature: passed
    certificate: unchecked the time of the check was not given
    assertion: passed
    issuer: unchecked the expected value was not given
    destination: unchecked the expected value was not given
    recipient: unchecked the expected value was not given
    in-response-to: unchecked the expected value was not given
    audience: unchecked the expected value was not given
    not-before: unchecked the time of the check was not given
    not-on-or-after: unchecked the time of the check was not given
    authentication: passed
    subject: passed
    ");
}

#[test]
fn without_a_certificate_values_are_compared_but_not_trusted() {
    let line = with_option("--audience", "http://127.0.0.1:9800/other");
    let line = line.replace(&format!(" --certificate {CERTIFICATE}"), "");
    let result = explain_json(&line);
    assert_eq!(result.status, 1);
    let report = result.json();
    assert_eq!(report["verdict"], "rejected");
    assert_eq!(report["code"], "no-trusted-key");
    assert_eq!(
        find_check(&report, "audience")["received"],
        "http://127.0.0.1:9800/metadata"
    );
    assert_snapshot!(list_checks(&report), @"
    encoding: passed
    xml: passed
    message: passed
    status: passed
    response-signature: failed the connection has no certificate to verify signatures with
    trusted-signature: unchecked the message is not verified
    certificate: unchecked the message is not verified
    assertion: unchecked the message is not verified
    issuer: unchecked the message is not verified; its value matches the expected one
    destination: unchecked the message is not verified; its value matches the expected one
    recipient: unchecked the message is not verified; its value matches the expected one
    in-response-to: unchecked the message is not verified; its value matches the expected one
    audience: unchecked the message is not verified; its value differs from the expected one
    not-before: unchecked the message is not verified; its value matches the expected one
    not-on-or-after: unchecked the message is not verified; its value matches the expected one
    authentication: unchecked the message is not verified
    subject: unchecked the message is not verified
    ");
}

#[test]
fn without_a_certificate_and_an_expected_value_the_detail_names_both() {
    let report = explain_json(&format!("explain $FILES/{RESPONSE}")).json();
    let detail = find_check(&report, "issuer")["detail"].as_str().unwrap();
    assert!(detail.ends_with("was not given"), "{detail}");
}

#[test]
fn a_weak_certificate_is_reported_as_the_reason() {
    let line = format!("explain $FILES/{RESPONSE} --certificate $FILES/fixtures-keys/rsa-1024.crt");
    let result = Folder::new().run(&line);
    assert_eq!(result.status, 1);
    let text = result.stdout;
    assert!(!text.contains("no certificate is configured"), "{text}");
    let (_, verdict) = text.split_once("\nrejected: ").unwrap();
    assert!(verdict.contains("rsa-1024.crt"), "{verdict}");
    assert!(verdict.contains("1024"), "{verdict}");
    let report = explain_json(&line).json();
    let note = report["notes"][0].as_str().unwrap();
    assert!(note.contains("1024"), "{note}");
}

#[test]
fn a_report_that_cannot_be_printed_is_a_failure() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let folder = Folder::new();
    let mut command = folder.command(ALL_EXPECTATIONS);
    let result = command.stdout(full.unwrap()).output().unwrap();
    assert_eq!(result.status.code(), Some(2));
    let stderr = String::from_utf8(result.stderr).unwrap();
    assert!(stderr.contains("standard output"), "{stderr}");
}

/// How a response can be passed to the command.
#[derive(Clone, Copy)]
enum Encoding {
    Xml,
    Base64,
    Form,
    HtmlPage,
}

impl Encoding {
    fn encode(self, xml: Vec<u8>) -> Vec<u8> {
        let base64 = base64_simd::STANDARD.encode_to_string(&xml);
        match self {
            Self::Xml => xml,
            Self::Base64 => base64.into_bytes(),
            Self::Form => form_urlencoded::Serializer::new(String::new())
                .append_pair("SAMLResponse", &base64)
                .append_pair("RelayState", "a b&c")
                .finish()
                .into_bytes(),
            Self::HtmlPage => {
                let value = base64.replace('+', "&#x2B;").replace('=', "&#61;");
                format!(
                    "<!DOCTYPE html><html><body onload=\"document.forms[0].submit()\"><form method=\"post\">\
                     <input type=\"hidden\" name=\"SAMLResponse\" value=\"{value}\"/></form></body></html>"
                )
                .into_bytes()
            }
        }
    }
}

#[rstest]
fn a_response_is_read_from_standard_input_in_each_encoding(
    #[values(Encoding::Xml, Encoding::Base64, Encoding::Form, Encoding::HtmlPage)]
    encoding: Encoding,
) {
    let xml = std::fs::read(saml_file(RESPONSE)).unwrap();
    let line = format!("explain - --certificate {CERTIFICATE}");
    let result = Folder::new().run_with_input(&line, &encoding.encode(xml));
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
}

/// A failed check is worded as the failure, and printed once.
#[test]
fn a_response_without_an_assertion_fails_one_check() {
    let response = format!(
        "<samlp:Response xmlns:samlp='urn:oasis:names:tc:SAML:2.0:protocol' ID='_a' Version='2.0' \
         IssueInstant='2026-11-24T09:00:00Z'><samlp:Status><samlp:StatusCode \
         Value='{}'/></samlp:Status></samlp:Response>",
        "urn:oasis:names:tc:SAML:2.0:status:Success"
    );
    let result = Folder::new().run_with_input("explain -", response.as_bytes());
    assert_eq!(result.status, 1);
    assert_snapshot!(result.stdout, @"
    ✓ Message decoded
    ✓ XML well-formed and within the limits
    ✗ The response contains no assertion
    ✓ Identity provider reported success

    rejected: assertion-missing
      the response contains no assertion
    ");
}

#[test]
fn a_page_without_a_response_is_rejected() {
    let page = b"<html><body>Sign in</body></html>";
    let result = Folder::new().run_with_input("explain -", page);
    assert_eq!(result.status, 2);
    assert!(result.stderr.contains("HTML page"), "{}", result.stderr);
}

/// The key of the identity provider in place of its response.
#[rstest]
#[case::pem("field/keys/idp.key")]
#[case::pkcs1("fixtures-keys/rsa-2048.pkcs1.key")]
#[case::elliptic_curve("fixtures-keys/ec-p256.key")]
#[case::encrypted("fixtures-keys/rsa-2048.encrypted.key")]
fn a_private_key_is_named_and_not_repeated(#[case] file: &str) {
    let text = std::fs::read_to_string(saml_file(file)).unwrap();
    let bare: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let octets = base64_simd::STANDARD.decode_to_vec(&bare).unwrap();
    let hexadecimal: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    for input in [
        text.as_bytes(),
        bare.as_bytes(),
        &octets,
        hexadecimal.as_bytes(),
    ] {
        let result = Folder::new().run_with_input("explain -", input);
        assert_eq!(result.status, 2);
        let shown = format!("{}{}", result.stdout, result.stderr);
        assert!(
            shown.contains("received a private key, which must not be shared"),
            "{shown}"
        );
        assert!(!shown.contains(&bare[..20]), "{shown}");
    }
}

#[test]
fn a_name_id_with_a_comment_is_rejected_as_by_a_connection() {
    let line = "explain $FILES/cases/txt-1-comment-at-middle-of-name-id/response.xml";
    let report = explain_json(line).json();
    assert_eq!(report["verdict"], "rejected");
    assert!(report["subject"].is_null(), "{report}");
}

/// Like a connection with this subject attribute.
#[test]
fn a_subject_attribute_identifies_the_user_instead_of_the_name_id() {
    let line = |name: &str| {
        format!(
            "explain $FILES/field/responses/32-name-id-empty.xml --certificate $FILES/field/keys/idp.crt \
             --at 2026-11-24T12:00:30Z --subject-attribute {name}"
        )
    };
    let report = explain_json(&line("employeeNumber")).json();
    assert_eq!(report["verdict"], "accepted");
    assert_eq!(
        report["subject"], report["attributes"]["employeeNumber"][0],
        "{report}"
    );
    assert!(report["subject"].is_string(), "{report}");
    let report = explain_json(&line("missing")).json();
    assert!(report["subject"].is_null(), "{report}");
    assert!(
        report["notes"]
            .to_string()
            .contains("exactly one value; received 0"),
        "{report}"
    );
}

#[test]
fn an_invalid_argument_is_reported_with_its_option() {
    let lines = [
        "",
        " nothing.xml",
        " {response} --certificate nothing.pem",
        " {response} --certificate $FILES/fixtures-keys/rsa-2048.key",
        " {response} --certificate {response}",
        " {response} --decryption-key $FILES/captured/npm-saml-idp.crt",
        " {response} --at 2026-11-24",
        " {response} --clock-tolerance 301",
        " {response} --clock-tolerance -1",
    ]
    .map(|arguments| {
        let response = format!("$FILES/{RESPONSE}");
        format!("explain{}", arguments.replace("{response}", &response))
    });
    let lines = lines.each_ref().map(String::as_str);
    assert_snapshot!(Folder::new().run_failing(&lines));
}

/// Explains an encrypted response, with more options.
fn explain_encrypted(options: &str) -> CommandResult {
    let response = "$FILES/captured/simplesamlphp-1.19.7.encrypted.xml";
    let certificate = "$FILES/captured/simplesamlphp.crt";
    let line = format!("explain {response} --certificate {certificate}{options}");
    Folder::new().run(&line)
}

#[test]
fn an_encrypted_response_is_decrypted_with_its_key() {
    let result = explain_encrypted(" --decryption-key $FILES/captured/sp.key");
    assert_eq!(result.status, 0);
    assert!(result.stdout.contains("\nnote: "), "{}", result.stdout);
    assert!(result.stdout.contains("AES-CBC"), "{}", result.stdout);
    let result = explain_encrypted(" --decryption-key $FILES/captured/sp.key --accept-cbc");
    assert_eq!(result.status, 0);
    assert!(!result.stdout.contains("\nnote: "), "{}", result.stdout);
}

/// The owner of the key sees what is wrong inside, which the server must not tell to the sender.
#[test]
fn a_fault_inside_an_assertion_encrypted_with_cbc_is_told() {
    let line = |certificate: &str| {
        format!(
            "explain $FILES/captured/simplesamlphp-1.19.7.encrypted.xml --accept-cbc \
             --decryption-key $FILES/captured/sp.key --certificate {certificate}"
        )
    };
    let result = explain_json(&line("$FILES/captured/samlify.crt"));
    assert_eq!(result.status, 1);
    assert_eq!(result.json()["code"], "signature-mismatch");
}

#[rstest]
#[case::without_a_key("")]
#[case::with_another_key(" --decryption-key $FILES/fixtures-keys/rsa-2048.key")]
fn an_encrypted_response_needs_its_decryption_key(#[case] options: &str) {
    assert_eq!(explain_encrypted(options).status, 1);
}

#[derive(Deserialize)]
struct FieldVerdicts {
    response: Vec<FieldVerdict>,
}

#[derive(Deserialize)]
struct FieldVerdict {
    file: String,
    verdict: String,
}

/// What real products sent, as files that an administrator has: XML, base64, a page or an address.
#[test]
fn every_response_of_the_field_gets_its_verdict() {
    let table = std::fs::read_to_string(saml_file("field/verdicts.toml")).unwrap();
    let table: FieldVerdicts = toml::from_str(&table).unwrap();
    assert!(table.response.len() >= 20);
    for row in table.response {
        let file = &row.file;
        let report = explain_json(&format!(
            "explain $FILES/field/responses/{file} --certificate $FILES/field/keys/idp.crt \
             --decryption-key $FILES/field/keys/sp.key --issuer https://idp.example.org/idp \
             --audience https://sso.example.net/saml --recipient https://sso.example.net/saml/con_a/acs \
             --at 2026-11-24T12:00:30Z --in-response-to _req4711"
        ))
        .json();
        let verdict = report["verdict"].as_str().unwrap();
        let outcome = match report["code"].as_str() {
            Some(code) => format!("{verdict} {code}"),
            None => format!("{verdict} {}", report["subject"].as_str().unwrap_or("-")),
        };
        assert_eq!(outcome, row.verdict, "{file}: {report}");
    }
}
