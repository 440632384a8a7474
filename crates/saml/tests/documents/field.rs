//! Responses that real products sent, rebuilt from public bug reports, each with the right verdict.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use saml::{Attribute, Check, Claims, NameIdUse, PartialExpectation, Rejection, Rule};
use serde::Deserialize;

use crate::context::{self, Context};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    response: Vec<FieldResponse>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldResponse {
    file: String,
    verdict: String,
    situation: String,
    /// The public bug reports, for people.
    #[serde(rename = "reported")]
    _reported: String,
    /// Why the verdict is not what the reporters want, for people.
    #[serde(rename = "reason")]
    _reason: Option<String>,
    /// The file is a page or an address, which only `vestibule explain` reads.
    #[serde(default)]
    only_explain: bool,
}

#[test]
fn every_response_gets_its_verdict() {
    for row in verdicts().into_iter().filter(|row| !row.only_explain) {
        let got = match validate(&row.file, NameIdUse::Optional) {
            Err(rejection) => format!("rejected {}", rejection.code()),
            Ok(claims) => {
                let name_id = claims
                    .name_id
                    .map_or_else(|| "-".to_owned(), |name_id| name_id.value);
                format!("accepted {name_id}")
            }
        };
        assert_eq!(got, row.verdict, "{}: {}", row.file, row.situation);
    }
}

#[test]
fn every_response_has_a_verdict() {
    let listed: BTreeSet<_> = verdicts().into_iter().map(|row| row.file).collect();
    let present: BTreeSet<_> = fs::read_dir(folder().join("responses"))
        .expect("the folder of responses")
        .map(|entry| entry.expect("a folder entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    assert_eq!(listed, present);
}

#[test]
fn an_empty_name_id_is_rejected_where_the_name_id_identifies_the_user() {
    let rejection = validate("32-name-id-empty.xml", NameIdUse::Subject).unwrap_err();
    assert_eq!(rejection.to_string(), "the NameID is invalid: it is empty");
    let checks = checks("32-name-id-empty.xml");
    assert_eq!(
        notes(&checks, Rule::Subject),
        [
            "the NameID was left out, because it is empty; only a connection with a subject attribute accepts this"
        ]
    );
}

#[test]
fn a_name_id_in_an_attribute_value_is_a_text_with_its_qualifiers() {
    let claims = validate("34-targeted-id.xml", NameIdUse::Optional).unwrap();
    let name = "urn:oid:1.3.6.1.4.1.5923.1.1.1.10";
    assert_eq!(
        claims.values(name).collect::<Vec<_>>(),
        ["https://idp.example.org/idp!https://sso.example.net/saml!q7x-81"]
    );
}

#[test]
fn every_group_of_1001_is_a_claim() {
    let claims = validate("31-1001-groups.xml", NameIdUse::Subject).unwrap();
    let groups: Vec<&Attribute> = claims
        .attributes
        .iter()
        .filter(|attribute| attribute.values.len() == 1001)
        .collect();
    assert_eq!(groups.len(), 1);
}

#[test]
fn nothing_inside_advice_is_a_claim() {
    let claims = validate("09b-advice-signed-assertion.xml", NameIdUse::Subject).unwrap();
    assert_eq!(claims.assertion_id, "_a1");
    assert!(!format!("{claims:?}").contains("other"), "{claims:?}");
}

/// The plaintext lacks the declaration of its prefix, which stands around the ciphertext.
#[test]
fn a_plaintext_is_shown_with_the_declarations_of_its_place() {
    let file = folder().join("responses/01-decrypted-prefix-declared-outside.xml");
    let decryption = context().decryption(&folder().join("keys"));
    let plaintext = saml::decrypt_unverified_assertion(&context::text(&file), &decryption);
    let plaintext = plaintext.expect("a plaintext");
    assert!(
        plaintext.starts_with("<saml:Assertion xmlns:"),
        "{plaintext}"
    );
    assert!(saml::outline(&plaintext).is_some());
}

#[test]
fn a_rejection_says_what_was_received_and_where() {
    let message = |file| validate(file, NameIdUse::Subject).unwrap_err().to_string();
    assert_eq!(
        message("17-in-response-to-only-on-response.xml"),
        "InResponseTo must be our request \"_req4711\"; received none in the assertion's SubjectConfirmationData, \
         although the Response has \"_req4711\"; both must have it"
    );
    assert_eq!(
        message("10-time-with-offset.xml"),
        "Conditions NotBefore must be a UTC time such as 2026-01-31T12:00:00Z; received \
         \"2026-11-24T07:00:00.0631274-05:00\"; it has the offset of a local time, and SAML allows UTC alone"
    );
    assert!(message("20-deflated-post.txt").contains("HTTP-POST binding"));
    let status = message("26-status-message-as-attribute.xml");
    assert!(
        status.contains("urn:oasis:names:tc:SAML:2.0:status:Responder"),
        "{status}"
    );
}

fn validate(file: &str, name_id: NameIdUse) -> Result<Claims, Rejection> {
    let context = context();
    let keys = folder().join("keys");
    let trust = context.trust(&keys)?;
    let mut expectation = context.expectation();
    expectation.name_id = name_id;
    saml::validate_response(
        &posted(file),
        &trust,
        &context.decryption(&keys),
        &expectation,
    )
    .verdict
    .map(saml::AcceptedAssertion::into_claims)
}

fn checks(file: &str) -> Vec<Check> {
    let context = context();
    let keys = folder().join("keys");
    let trust = context.trust(&keys).expect("a key is trusted");
    let expectation = PartialExpectation {
        name_id: None,
        ..PartialExpectation::from(&context.expectation())
    };
    saml::explain(
        &posted(file),
        Some(&trust),
        &context.decryption(&keys),
        &expectation,
    )
    .checks
}

fn notes(checks: &[Check], rule: Rule) -> Vec<String> {
    checks
        .iter()
        .filter(|check| check.rule == rule)
        .flat_map(|check| check.notes.iter().map(ToString::to_string))
        .collect()
}

/// The form field as a browser posts it.
fn posted(file: &str) -> String {
    let text = context::text(&folder().join("responses").join(file));
    if text.starts_with('<') {
        base64_simd::STANDARD.encode_to_string(text)
    } else {
        text
    }
}

fn context() -> Context {
    Context {
        certificates: vec!["idp.crt".into()],
        decryption_keys: vec!["sp.key".into()],
        issuer: "https://idp.example.org/idp".to_owned(),
        audience: "https://sso.example.net/saml".to_owned(),
        recipient: "https://sso.example.net/saml/con_a/acs".to_owned(),
        in_response_to: Some("_req4711".to_owned()),
        now: "2026-11-24T12:00:30Z".to_owned(),
        ..Context::default()
    }
}

fn verdicts() -> Vec<FieldResponse> {
    let table = context::text(&folder().join("verdicts.toml"));
    let verdicts: Verdicts = toml::from_str(&table).expect("the table of verdicts");
    verdicts.response
}

fn folder() -> PathBuf {
    context::tests().join("field")
}
