//! No pasted input makes the parser panic, and every certificate round-trips through PEM.

#![no_main]

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
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
