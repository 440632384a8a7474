//! The W3C XML conformance suite: documents that are not well-formed are rejected, and the canonical form of all others
//! equals that of libxml2.
//!
//! `scripts/install-xmlconf` puts the suite into `.work/xmlconf` (or `VESTIBULE_XMLCONF` names where it is) and sorts
//! it: all but a few of its documents have a DOCTYPE, so the readable ones are stored without it. Where
//! `VESTIBULE_XMLCONF` is set, as `scripts/test` does, the suite must be there.

use std::fs;
use std::path::{Path, PathBuf};

use saml::c14n::{Method, canonicalize};
use saml::xml::{Document, Limits, Profile, Source, XmlError};

use crate::context;

#[test]
fn the_conformance_suite_passes() {
    let Some((folder, manifest)) = manifest() else {
        println!("looked at nothing: scripts/install-xmlconf has not been run");
        return;
    };
    let (mut rejected, mut read, mut wrong) = (0_usize, 0_usize, Vec::new());
    for line in manifest.lines() {
        let fields: Vec<_> = line.split('\t').collect();
        let [verdict, document, canonical] = fields.as_slice() else {
            panic!("a line of the manifest: {line}")
        };
        let document = folder.join(document);
        match *verdict {
            "reject" => {
                rejected += 1;
                wrong.extend(wrongly_read(&document));
            }
            _ => {
                read += 1;
                wrong.extend(wrongly_rejected(&document, &folder.join(canonical)));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rejected + read,
        wrong.join("\n")
    );
    assert!(
        rejected > 1000 && read > 100,
        "a test that looks at nothing proves nothing"
    );
    println!("{rejected} documents rejected, {read} read");
}

/// The suite; none if it is not installed and `VESTIBULE_XMLCONF` is not set.
fn manifest() -> Option<(PathBuf, String)> {
    let named = std::env::var_os("VESTIBULE_XMLCONF").map(PathBuf::from);
    let require_file = named.is_some();
    let folder = named.unwrap_or_else(|| context::tests().join("../../../.work/xmlconf"));
    let path = folder.join("manifest.tsv");
    match fs::read_to_string(&path) {
        Ok(manifest) => Some((folder, manifest)),
        Err(error) if require_file => panic!(
            "VESTIBULE_XMLCONF names a suite that is not there: {}: {error}; run scripts/install-xmlconf",
            path.display()
        ),
        Err(_) => None,
    }
}

fn wrongly_read(document: &Path) -> Option<String> {
    let octets = fs::read(document).expect("a document of the suite");
    canonical_form(&octets)
        .is_ok()
        .then(|| format!("read, and is not well-formed: {}", document.display()))
}

fn wrongly_rejected(document: &Path, canonical: &Path) -> Option<String> {
    let octets = fs::read(document).expect("a document of the suite");
    let expected = fs::read(canonical).expect("its canonical form");
    match canonical_form(&octets) {
        Ok(received) if received == expected => None,
        Ok(received) => Some(format!(
            "{}:\n  {}\n  {}",
            document.display(),
            String::from_utf8_lossy(&received),
            String::from_utf8_lossy(&expected)
        )),
        Err(fault) => Some(format!(
            "rejected, and is well-formed: {}: {fault}",
            document.display()
        )),
    }
}

fn canonical_form(octets: &[u8]) -> Result<Vec<u8>, XmlError> {
    let source = Source::new(octets, &Limits::METADATA)?;
    let document = Document::parse(&source, Profile::Document, &Limits::METADATA)?;
    let mut written = Vec::new();
    // A relative namespace name, legal in XML, has no canonical form; the document has been read nevertheless.
    let _ = canonicalize(
        document.root(),
        None,
        &Method::Exclusive(Vec::new()),
        &mut written,
    );
    Ok(written)
}
