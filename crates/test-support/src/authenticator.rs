//! A fake authenticator with one passkey. It can also misbehave.
//!
//! The tests in `crates/passkey/tests` verify responses of real authenticators. The server needs a fake one because its
//! challenges are random.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64_simd::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::deployment::ORIGIN;

const PRESENT_VERIFIED: u8 = 0x05;
const WITH_CREDENTIAL: u8 = 0x40;

pub struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 32],
    user: Value,
    /// The signature counter of the next response.
    pub count: u32,
    /// The origin that the browser reports.
    pub origin: &'static str,
}

impl Authenticator {
    pub fn new(number: u8) -> Self {
        Self {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            id: [number; 32],
            user: Value::Null,
            count: 0,
            origin: ORIGIN,
        }
    }

    /// Creates its passkey for the user in the options.
    pub fn create_passkey(&mut self, options: &Value) -> String {
        self.user = options["user"]["id"].clone();
        let point = self.key.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..]);
        // COSE: kty EC2, alg ES256, crv P-256, x, y.
        let key = [
            &[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32],
            x,
            &[0x22, 0x58, 32],
            y,
        ]
        .concat();
        let authenticator_data =
            self.authenticator_data(&options["rp"]["id"], PRESENT_VERIFIED | WITH_CREDENTIAL);
        let authenticator_data =
            [&authenticator_data, &[0; 16][..], &[0, 32], &self.id, &key].concat();
        let object = [
            b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58",
            &[u8::try_from(authenticator_data.len()).unwrap()][..],
            &authenticator_data,
        ];
        self.response_json(&json!({
            "clientDataJSON": encode(&self.client_data("webauthn.create", options)),
            "attestationObject": encode(&object.concat()),
        }))
    }

    /// Signs the challenge with its passkey.
    pub fn sign_challenge(&self, options: &Value) -> String {
        let authenticator_data = self.authenticator_data(&options["rpId"], PRESENT_VERIFIED);
        let client_data = self.client_data("webauthn.get", options);
        let signed = [&authenticator_data, digest(&SHA256, &client_data).as_ref()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).unwrap();
        self.response_json(&json!({
            "clientDataJSON": encode(&client_data),
            "authenticatorData": encode(&authenticator_data),
            "signature": encode(signature.as_ref()),
            "userHandle": self.user,
        }))
    }

    fn authenticator_data(&self, rp_id: &Value, flags: u8) -> Vec<u8> {
        let rp_id = digest(&SHA256, rp_id.as_str().unwrap().as_bytes());
        [rp_id.as_ref(), &[flags], &self.count.to_be_bytes()].concat()
    }

    fn client_data(&self, ceremony: &str, options: &Value) -> Vec<u8> {
        let client_data = json!({
            "type": ceremony, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false,
        });
        client_data.to_string().into_bytes()
    }

    fn response_json(&self, response: &Value) -> String {
        let id = encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode_to_string(bytes)
}
