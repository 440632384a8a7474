//! Nothing that is pasted makes the reader panic, and a certificate that it finds is found again in its own PEM.

#![no_main]

use libfuzzer_sys::fuzz_target;
use saml::Timestamp;
use saml::paste::Pasted;

fuzz_target!(|pasted: &[u8]| {
    let now = Timestamp::from_unix_seconds(1_795_500_000);
    let Ok(found) = Pasted::read(pasted, now) else {
        return;
    };
    for certificate in found.certificates() {
        let again = Pasted::read(certificate.pem().as_bytes(), now).expect("our own PEM");
        assert_eq!(again.certificates(), [certificate.clone()]);
    }
});
