//! Real documents of real products, stored outside the repository: every valid one is accepted, every invalid one
//! rejected, and each exception has a reason in `corpus-exceptions.toml`.
//!
//! The folder is named by `VESTIBULE_CORPUS`, or is `shared/corpus` next to the workspace. Without it, the tests
//! print a note and check nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use saml::certificate::Certificate;
use saml::key::{DecryptionKey, SigningKey};
use saml::{Decryption, Trust};
use serde::Deserialize;

use crate::context::{self, Context};

#[test]
fn every_valid_document_is_accepted() {
    compare_with_exceptions("valid", "accepted");
}

#[test]
fn every_invalid_document_is_rejected() {
    compare_with_exceptions("invalid", "rejected");
}

#[test]
fn every_long_private_key_is_listed_as_published() {
    let Some(corpus) = Corpus::open() else {
        return;
    };
    let keys = corpus.keys.iter().map(|pem| SigningKey::from_pem(pem));
    let mut seen = 0;
    for key in keys.filter_map(Result::ok) {
        assert!(key.public_key().published_in().is_some());
        seen += 1;
    }
    assert!(seen > 5, "a test that looks at nothing proves nothing");
}

/// Judges all documents of one kind. A verdict other than `wanted` must be listed as an exception.
fn compare_with_exceptions(expected: &str, wanted: &str) {
    let Some(corpus) = Corpus::open() else {
        println!(
            "nothing checked: there is no corpus next to the workspace, and VESTIBULE_CORPUS is not set"
        );
        return;
    };
    let mut exceptions = exceptions(expected);
    let mut wrong = Vec::new();
    let mut checked = 0_usize;
    for document in corpus
        .documents
        .iter()
        .filter(|document| document.expected == expected)
    {
        let outcome = corpus.validate_response(document);
        checked += 1;
        let excepted = exceptions.remove(&document.id);
        match excepted {
            Some(exception) if exception != outcome => {
                wrong.push(format!(
                    "{}: the exception says {exception}, got {outcome}",
                    document.id
                ));
            }
            None if !outcome.starts_with(wanted) => {
                wrong.push(format!("{}: {outcome} ({})", document.id, document.reason));
            }
            _ => {}
        }
    }
    wrong.extend(
        exceptions
            .into_keys()
            .map(|id| format!("{id}: an exception without a document")),
    );
    assert!(
        wrong.is_empty(),
        "{} of {checked} {expected} documents:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(checked > 50, "a test that looks at nothing proves nothing");
    println!("{checked} {expected} documents checked");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exceptions {
    exception: Vec<Exception>,
}

/// Documents whose verdict differs from the index, for one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    expected: String,
    outcome: String,
    /// For people.
    #[serde(rename = "reason")]
    _reason: String,
    documents: Vec<String>,
}

/// The outcome for each excepted document.
fn exceptions(expected: &str) -> BTreeMap<String, String> {
    let table = context::text(&context::tests().join("corpus-exceptions.toml"));
    let table: Exceptions = toml::from_str(&table).expect("the table of exceptions");
    let rows = table
        .exception
        .into_iter()
        .filter(|row| row.expected == expected);
    rows.flat_map(|row| {
        row.documents
            .into_iter()
            .map(move |id| (id, row.outcome.clone()))
    })
    .collect()
}

struct Corpus {
    folder: PathBuf,
    documents: Vec<Document>,
    keys: Vec<String>,
}

/// The used part of an index entry.
#[derive(Deserialize)]
struct Document {
    id: String,
    file: String,
    kind: String,
    expected: String,
    reason: String,
    verify_at: Option<String>,
    response_issuer: Option<String>,
    assertion_issuer: Option<String>,
    issue_instant: Option<String>,
    assertion_issue_instant: Option<String>,
    audience: Option<Vec<String>>,
    recipient: Option<String>,
    destination: Option<String>,
    in_response_to: Option<String>,
    scd_in_response_to: Option<String>,
    certificates: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    file: PathBuf,
}

impl Corpus {
    fn open() -> Option<Self> {
        let named = std::env::var_os("VESTIBULE_CORPUS").map(PathBuf::from);
        let folder = named.unwrap_or_else(|| context::tests().join("../../../../shared/corpus"));
        let index = fs::read_to_string(folder.join("index.json")).ok()?;
        let keys = fs::read_dir(folder.join("keys")).expect("the corpus has a folder of keys");
        let keys = keys
            .map(|entry| context::text(&entry.expect("a folder entry").path()))
            .collect();
        Some(Self {
            documents: serde_json::from_str(&index).expect("the corpus has an index"),
            folder,
            keys,
        })
    }

    /// The verdict with the document's own values as the expectation, and with SHA-1 and AES-CBC allowed.
    fn validate_response(&self, document: &Document) -> String {
        let text = context::text(&self.folder.join(&document.file));
        let certificates = self.certificates(document, &text);
        let trust = match certificates
            .and_then(|list| Trust::new(list).map_err(|_| "no certificate".to_owned()))
        {
            Ok(trust) => trust.danger_accept_sha1(),
            Err(fault) => return format!("rejected at setup: {fault}"),
        };
        let posted = match document.kind.as_str() {
            "Assertion" => document.wrap(&text),
            _ => text,
        };
        let posted = base64_simd::STANDARD.encode_to_string(posted);
        let verdict = saml::validate_response(
            &posted,
            &trust,
            &self.decryption(),
            &document.own_context().expectation(),
        )
        .verdict;
        context::format_verdict(&verdict)
    }

    /// The listed certificates, or else those in the message itself.
    fn certificates(&self, document: &Document, text: &str) -> Result<Vec<Certificate>, String> {
        if document.certificates.is_empty() {
            return Ok(embedded(text));
        }
        let files = document
            .certificates
            .iter()
            .map(|listed| self.folder.join(&listed.file));
        files
            .map(|file| {
                Certificate::from_der(&context::der(&file)).map_err(|fault| format!("{fault:?}"))
            })
            .collect()
    }

    fn decryption(&self) -> Decryption {
        let keys = self
            .keys
            .iter()
            .filter_map(|pem| DecryptionKey::from_pem(pem).ok());
        Decryption::new(keys.collect()).accept_cbc()
    }
}

impl Document {
    /// Takes the expectation from the document itself.
    fn own_context(&self) -> Context {
        let first = |values: [&Option<String>; 2]| values.into_iter().flatten().next().cloned();
        Context {
            issuer: first([&self.assertion_issuer, &self.response_issuer]).unwrap_or_default(),
            audience: self
                .audience
                .iter()
                .flatten()
                .next()
                .cloned()
                .unwrap_or_default(),
            recipient: first([&self.recipient, &self.destination]).unwrap_or_default(),
            in_response_to: match self.kind.as_str() {
                "Assertion" => self.scd_in_response_to.clone(),
                _ => first([&self.scd_in_response_to, &self.in_response_to]),
            },
            now: first([&self.verify_at, &self.issue_instant])
                .unwrap_or_else(|| "2020-01-01T00:00:00Z".to_owned()),
            ..Context::default()
        }
    }

    /// A response around a bare assertion, as an identity provider would send it.
    fn wrap(&self, assertion: &str) -> String {
        let start = assertion
            .find("<saml")
            .or_else(|| assertion.find("<Assertion"))
            .unwrap_or_default();
        let issued = self.assertion_issue_instant.as_deref().unwrap_or_default();
        format!(
            r#"<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_wrapping" Version="2.0" IssueInstant="{issued}"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{}</samlp:Response>"#,
            assertion.get(start..).unwrap_or_default()
        )
    }
}

/// The certificates inside a message.
fn embedded(text: &str) -> Vec<Certificate> {
    let ends = text.split("X509Certificate>").skip(1).step_by(2);
    let bodies = ends.filter_map(|rest| rest.split('<').next());
    let packed = bodies.map(|body| body.split_ascii_whitespace().collect::<String>());
    packed
        .filter_map(|body| {
            Certificate::from_der(&base64_simd::STANDARD.decode_to_vec(body).ok()?).ok()
        })
        .collect()
}
