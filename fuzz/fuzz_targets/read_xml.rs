//! The canonical form of a document parses to the same canonical form.

#![no_main]

use libfuzzer_sys::fuzz_target;
use saml::c14n::{Method, canonicalize};
use saml::xml::{Document, Limits, Profile, Source};

fuzz_target!(|octets: &[u8]| {
    for method in [Method::Exclusive(Vec::new()), Method::Exclusive(vec!["", "a", "saml"]), Method::Inclusive] {
        let Some(first) = canonical(octets, Profile::Document, &method) else {
            continue;
        };
        let second = canonical(&first, Profile::Document, &method).expect("what we write can be read");
        assert_eq!(first, second);
        if let Some(message) = canonical(octets, Profile::Message, &method) {
            assert_eq!(first, message, "both profiles read the same");
        }
    }
});

fn canonical(octets: &[u8], profile: Profile, method: &Method<'_>) -> Option<Vec<u8>> {
    let source = Source::new(octets, &Limits::METADATA).ok()?;
    let document = Document::parse(&source, profile, &Limits::METADATA).ok()?;
    let mut canonical = Vec::new();
    canonicalize(document.root(), None, method, &mut canonical).ok()?;
    Some(canonical)
}
