//! No metadata makes the reader panic, and what it gives is complete.

#![no_main]

use libfuzzer_sys::fuzz_target;
use saml::Timestamp;
use saml::metadata::{IdentityProvider, Reading};

fuzz_target!(|document: &[u8]| {
    let now = Timestamp::from_unix_seconds(1_795_500_000);
    if let Ok(provider) = IdentityProvider::read(document, &Reading::at(now)) {
        assert!(!provider.entity_id.is_empty());
        assert!(!provider.sign_on.is_empty());
        assert!(!provider.signing_certificates.is_empty());
    }
});
