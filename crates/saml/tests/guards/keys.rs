//! The published test keys of `tests/keys`.

use std::fs;
use std::path::{Path, PathBuf};

use saml::certificate::Certificate;
use saml::key::{DecryptionKey, SigningKey};

/// A file among the tests of this crate.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(name)
}

pub(crate) fn text(name: &str) -> String {
    let file = file(name);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

pub(crate) fn certificate(name: &str) -> Certificate {
    let text = text(name);
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let der = base64_simd::STANDARD.decode_to_vec(body).expect("PEM");
    Certificate::from_der(&der).expect("a certificate")
}

pub(crate) fn identity_provider() -> SigningKey {
    SigningKey::from_pem(&text("keys/idp.key")).expect("a signing key")
}

pub(crate) fn service_provider() -> DecryptionKey {
    DecryptionKey::from_pem(&text("keys/sp-encryption.key")).expect("a decryption key")
}
