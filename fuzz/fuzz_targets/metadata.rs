//! No metadata makes the parser panic, and every parsed identity provider is complete.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use saml::metadata::{IdentityProvider, MetadataOptions};

fuzz_target!(|document: &[u8]| {
    let now = Timestamp::constant(1_795_500_000, 0);
    if let Ok(provider) = IdentityProvider::parse(document, &MetadataOptions::new(now)) {
        assert!(!provider.entity_id.is_empty());
        assert!(!provider.sign_on.is_empty());
        assert!(!provider.signing_certificates.is_empty());
    }
});
