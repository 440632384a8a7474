//! Public keys whose private key has been published.

use super::{PublicKey, sha256};

/// The SHA-256 of a `SubjectPublicKeyInfo`, and where its private key is published, or signs for everyone.
///
/// Keys shorter than 2048 bits are rejected anyway and are not listed.
const PUBLISHED_KEYS: [(&str, &str); 13] = [
    (
        "0696871507b76bf20496c5304094500a3df6067bd008bd928458830559270c3d",
        "the tests of lightSAML",
    ),
    (
        "0851252c96c7b365e7eaaf0399acd373e3e5163f6055103ff4b06422af502aff",
        "mocksaml.com, which signs any request",
    ),
    (
        "1b3825ef4a6050e4c3b49e7462d30999a14da6fbf402b8ea0f89c6d9cc1bf673",
        "the tests of passport-wsfed-saml2",
    ),
    (
        "2c844ba96495fdd27461ff0b0f912ad2c0f99c3ce81fe947d0c9c1cbc0905db0",
        "the source code of mock-saml",
    ),
    (
        "45c9fe23b1b88ffa76e1bc7c1b632209bd42f3ff65ee4e320891b9604a5a2f67",
        "the container image test-saml-idp",
    ),
    (
        "5d8fb811f6c9e0e5b9fa63de2a97beec97496109da81730f3c13779639da1403",
        "the tests of passport-wsfed-saml2",
    ),
    (
        "66bc4e6f4832f75409f546761a4d609be27e0d5a3f3e16a40de3ee291abc9f7c",
        "the tests of crewjam/saml",
    ),
    (
        "9e919bfc5e45e83b3b766ea9739a44e4919b3b7b696bb9c6d0f300620ff35075",
        "the tests of gosaml2",
    ),
    (
        "c9957023c57a1e7f519bc921e030825b1b178f6cd459de49212a216b2f96175d",
        "the tests of node-saml",
    ),
    (
        "cf5cf6400aad22a297e2405b6b0b53ba219bf7f4c980ca9932198b482d1f4deb",
        "the source code of mock-saml",
    ),
    (
        "d2ec777e594438a50916c68c922dcfa30703fe2c36e59deb0f06ce6dc11f254c",
        "the tests of gosaml2",
    ),
    (
        "d8451f8bc553a96761f5b9ee19833204194f5cdb7c89f5971ff929e67a8fb5ce",
        "the tests of Clever/saml2",
    ),
    (
        "eea7b98bd2c957e5af5afc04771911978fa084ebcbaf3c8210a34993d5fb1bd1",
        "the tests of Clever/saml2",
    ),
];

impl PublicKey {
    /// Where the private key has been published, if it is a known one.
    ///
    /// Everyone can sign with such a key. Check this when a key is configured, not for each message.
    #[must_use]
    pub fn published_in(&self) -> Option<&'static str> {
        let sha256 = sha256(self.spki());
        PUBLISHED_KEYS
            .iter()
            .find(|(listed, _)| *listed == sha256)
            .map(|(_, source)| *source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::Certificate;
    use crate::pem;

    fn key(text: &str) -> PublicKey {
        let block = pem::blocks(text).first().map(|block| block.body).unwrap();
        let certificate = Certificate::from_der(&pem::decode(block).unwrap()).unwrap();
        certificate.public_key().clone()
    }

    #[test]
    fn published_keys_are_recognized() {
        let published = include_str!("../../tests/fixtures-keys/published.crt");
        assert_eq!(
            key(published).published_in(),
            Some("the tests of passport-wsfed-saml2")
        );
        let own = include_str!("../../tests/fixtures-keys/rsa-2048.crt");
        assert_eq!(key(own).published_in(), None);
    }

    #[test]
    fn the_list_is_sorted_lower_case_sha256() {
        assert!(PUBLISHED_KEYS.is_sorted_by(|one, next| one.0 < next.0));
        let is_digit = |digit: char| digit.is_ascii_digit() || ('a'..='f').contains(&digit);
        assert!(
            PUBLISHED_KEYS
                .iter()
                .all(|(sha256, _)| sha256.len() == 64 && sha256.chars().all(is_digit))
        );
    }
}
