//! Nothing that is pasted makes the reader panic, and a certificate that it finds is found again in its own PEM.

#![no_main]

use libfuzzer_sys::fuzz_target;
use jiff::Timestamp;
use saml::paste::PastedInput;

fuzz_target!(|pasted: &[u8]| {
    let now = Timestamp::constant(1_795_500_000, 0);
    let Ok(found) = PastedInput::parse(pasted, now) else {
        return;
    };
    for certificate in found.certificates() {
        let again = PastedInput::parse(certificate.pem().as_bytes(), now).expect("our own PEM");
        assert_eq!(again.certificates(), [certificate.clone()]);
    }
});
