//! Responses that real programs sent to a test service provider, each validated at its own time with its own keys.

use std::collections::BTreeSet;
use std::fs;

use serde::Deserialize;

use crate::context::{self, Context};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    document: Vec<Captured>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Captured {
    file: String,
    verdict: String,
    /// Why this is the right verdict, for people.
    reason: String,
    context: Context,
}

#[test]
fn every_captured_document_gets_its_verdict() {
    let folder = context::tests().join("captured");
    for captured in verdicts() {
        let document =
            base64_simd::STANDARD.encode_to_string(context::text(&folder.join(&captured.file)));
        let got = context::format_verdict(&captured.context.validate_response(&document, &folder));
        assert_eq!(
            got, captured.verdict,
            "{}: {}",
            captured.file, captured.reason
        );
    }
}

/// `explain` shows the owner of the keys a cause that `validate_response` must not reveal to the sender.
#[test]
fn a_response_signed_before_encryption_is_explained() {
    let folder = context::tests().join("captured");
    let captured = verdicts()
        .into_iter()
        .find(|captured| captured.file == "samlify-2.13.1.sign-then-encrypt.xml");
    let captured = captured.expect("the document is listed");
    let document =
        base64_simd::STANDARD.encode_to_string(context::text(&folder.join(&captured.file)));
    let validated = captured.context.validate_response(&document, &folder);
    let explained = captured.context.explain(&document, &folder);
    assert_eq!(
        explained.expect_err("a rejection").code(),
        "signed-before-encryption"
    );
    let message = validated.expect_err("a rejection").to_string();
    assert!(
        message.contains("signed the response before it encrypted"),
        "{message}"
    );
}

#[test]
fn every_captured_response_has_a_verdict() {
    let listed: BTreeSet<_> = verdicts()
        .into_iter()
        .map(|captured| captured.file)
        .collect();
    let folder = fs::read_dir(context::tests().join("captured")).expect("the folder of captures");
    let present: BTreeSet<_> = folder
        .map(|entry| {
            entry
                .expect("a folder entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name.ends_with(".xml") && !name.ends_with("metadata.xml"))
        .collect();
    assert_eq!(listed, present);
}

#[test]
fn a_captured_response_is_rejected_a_day_later() {
    let folder = context::tests().join("captured");
    for mut captured in verdicts()
        .into_iter()
        .filter(|one| one.verdict.starts_with("accepted"))
    {
        captured.context.now = "2026-11-26T00:00:00Z".to_owned();
        let document =
            base64_simd::STANDARD.encode_to_string(context::text(&folder.join(&captured.file)));
        let got = context::format_verdict(&captured.context.validate_response(&document, &folder));
        assert_eq!(got, "rejected expired", "{}", captured.file);
    }
}

fn verdicts() -> Vec<Captured> {
    let table = context::text(&context::tests().join("captured/verdicts.toml"));
    let verdicts: Verdicts = toml::from_str(&table).expect("the table of verdicts");
    verdicts.document
}
