//! Each behavior has the defect that its name says, according to this project's verifier and, for signatures, to
//! xmlsec1.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use rstest::rstest;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use jiff::Timestamp;
use saml::certificate::Certificate;
use saml::dsig::Trust;
use saml::{ClockTolerance, Decryption, Expectation, InResponseTo, NameIdUse, ValidationReport};
use testkit::identity_provider::{
    ErrorStatus, IdpBehavior, PracticeKey, ResponseBuilder, ResponseTarget, SignatureScope, User,
};

const ISSUER: &str = "http://127.0.0.1:1/metadata";
const NOW: i64 = 1_795_500_000;

static KEY: LazyLock<PracticeKey> = LazyLock::new(|| PracticeKey::generate().unwrap());
static UNTRUSTED_KEY: LazyLock<PracticeKey> = LazyLock::new(|| PracticeKey::generate().unwrap());

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn target() -> ResponseTarget {
    ResponseTarget {
        entity_id: "http://127.0.0.1:2/saml".to_owned(),
        acs_url: "http://127.0.0.1:2/saml/con_1/acs".to_owned(),
        in_response_to: Some("_request".to_owned()),
    }
}

fn build<T>(
    behavior: IdpBehavior,
    signature_scope: SignatureScope,
    build: impl FnOnce(&ResponseBuilder<'_>) -> T,
) -> T {
    build(&ResponseBuilder {
        issuer: ISSUER,
        target: &target(),
        key: if behavior == IdpBehavior::UntrustedKey {
            &UNTRUSTED_KEY
        } else {
            &KEY
        },
        signature_scope,
        now: NOW,
        id: "_response",
    })
}

fn response_for_ada(behavior: IdpBehavior, signature_scope: SignatureScope) -> String {
    build(behavior, signature_scope, |builder| {
        builder.build_success(&User::DEMO[0], behavior)
    })
    .unwrap()
}

fn validate_response(response: &str) -> ValidationReport {
    let ResponseTarget {
        entity_id,
        acs_url,
        in_response_to,
    } = target();
    let trust = Trust::new(vec![Certificate::from_der(KEY.certificate_der()).unwrap()]).unwrap();
    let expectation = Expectation {
        issuer: ISSUER.to_owned(),
        audience: entity_id,
        recipient: acs_url,
        in_response_to: InResponseTo::Request(in_response_to.unwrap()),
        name_id: NameIdUse::Subject,
        now: now(),
        tolerance: ClockTolerance::default(),
        requirements: saml::Requirements::default(),
    };
    let posted = base64_simd::STANDARD.encode_to_string(response);
    saml::validate_response(&posted, &trust, &Decryption::default(), &expectation)
}

#[test]
fn a_valid_response_is_accepted_with_each_signature_scope() {
    for scope in SignatureScope::ALL {
        let accepted = validate_response(&response_for_ada(IdpBehavior::Valid, *scope))
            .verdict
            .unwrap();
        assert_eq!(
            accepted.claims().name_id.as_ref().unwrap().value,
            "p-18151210"
        );
    }
}

#[test]
fn each_defect_is_rejected_with_its_code() {
    let verdict =
        |behavior| match validate_response(&response_for_ada(behavior, SignatureScope::Assertion))
            .verdict
        {
            Ok(_) => "accepted",
            Err(rejection) => rejection.code(),
        };
    let codes: Vec<_> = IdpBehavior::ALL
        .iter()
        .map(|behavior| (*behavior, verdict(*behavior)))
        .collect();
    let expected = [
        (IdpBehavior::Valid, "accepted"),
        (IdpBehavior::WrongAudience, "audience-mismatch"),
        (IdpBehavior::WrongRecipient, "recipient-mismatch"),
        (IdpBehavior::WrongDestination, "destination-mismatch"),
        (IdpBehavior::WrongIssuer, "issuer-mismatch"),
        (IdpBehavior::WrongInResponseTo, "in-response-to-mismatch"),
        (IdpBehavior::Expired, "expired"),
        (IdpBehavior::NotYetValid, "not-yet-valid"),
        (IdpBehavior::ClockAhead, "not-yet-valid"),
        (IdpBehavior::ClockBehind, "expired"),
        (IdpBehavior::Unsigned, "unsigned"),
        (IdpBehavior::UntrustedKey, "signature-mismatch"),
        (IdpBehavior::Tampered, "digest-mismatch"),
        (IdpBehavior::Sha1Digest, "sha1-not-allowed"),
        (IdpBehavior::SecondAssertion, "multiple-assertions"),
        // The verifier accepts these; the connection's settings decide which user they are for.
        (IdpBehavior::NoNameId, "accepted"),
        (IdpBehavior::TransientNameId, "accepted"),
        (IdpBehavior::NoAttributes, "accepted"),
        (IdpBehavior::RenamedEmailAttribute, "accepted"),
        (IdpBehavior::NoAuthnStatement, "authn-statement-missing"),
        (IdpBehavior::MultiFactor, "accepted"),
        (IdpBehavior::EarlierAuthentication, "accepted"),
        (IdpBehavior::RecentAuthentication, "accepted"),
        // The response itself is valid; the server has to remember that it was used.
        (IdpBehavior::Replayed, "accepted"),
    ];
    assert_eq!(codes, expected);
}

#[rstest]
fn an_error_response_has_a_status_and_no_assertion(
    #[values(ErrorStatus::AuthnFailed, ErrorStatus::NoPassive)] status: ErrorStatus,
) {
    let response = build(IdpBehavior::Valid, SignatureScope::Response, |builder| {
        builder.build_error(status)
    })
    .unwrap();
    assert!(!response.contains("<saml:Assertion"));
    assert_eq!(
        validate_response(&response).verdict.unwrap_err().code(),
        "idp-error-status"
    );
}

#[test]
fn the_metadata_describes_this_identity_provider() {
    use testkit::identity_provider::{IdentityProvider, IdentityProviderConfig};
    let config = IdentityProviderConfig {
        base_url: "http://127.0.0.1:1".to_owned(),
        signing_key: PracticeKey::from_der(KEY.private_key_der(), KEY.certificate_der()).unwrap(),
        untrusted_key: PracticeKey::from_der(
            UNTRUSTED_KEY.private_key_der(),
            UNTRUSTED_KEY.certificate_der(),
        )
        .unwrap(),
        users: User::DEMO,
    };
    let provider = IdentityProvider::new(config, testkit::Environment::new(|| NOW, || [7; 32]));
    let document = provider.metadata().unwrap();
    let metadata = saml::metadata::IdentityProvider::parse(
        document.as_bytes(),
        &saml::metadata::MetadataOptions::new(now()),
    )
    .unwrap();
    assert_eq!(metadata.entity_id, ISSUER);
}

#[test]
fn xmlsec1_agrees_on_every_signature() {
    let folder = TempFolder::new("responses");
    for scope in SignatureScope::ALL {
        let response = response_for_ada(IdpBehavior::Valid, *scope);
        assert!(
            folder.xmlsec1_verifies(&response, &KEY),
            "{scope:?}: {response}"
        );
        assert!(
            !folder.xmlsec1_verifies(&response, &UNTRUSTED_KEY),
            "{scope:?}"
        );
        let tampered = response_for_ada(IdpBehavior::Tampered, *scope);
        assert!(
            !folder.xmlsec1_verifies(&tampered, &KEY),
            "{scope:?}: {tampered}"
        );
        let untrusted = response_for_ada(IdpBehavior::UntrustedKey, *scope);
        assert!(
            folder.xmlsec1_verifies(&untrusted, &UNTRUSTED_KEY),
            "{scope:?}: {untrusted}"
        );
    }
    assert!(folder.xmlsec1_verifies(
        &response_for_ada(IdpBehavior::Sha1Digest, SignatureScope::Assertion),
        &KEY
    ));
}

/// A folder that is deleted when the test ends.
struct TempFolder(PathBuf);

impl TempFolder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("vestibule-testkit-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Whether xmlsec1 verifies every signature of a response with this key.
    fn xmlsec1_verifies(&self, response: &str, key: &PracticeKey) -> bool {
        let document = self.0.join("response.xml");
        let certificate = self.0.join("certificate.der");
        std::fs::write(&document, response).unwrap();
        std::fs::write(&certificate, key.certificate_der()).unwrap();
        let parents = ["/*", "//*[local-name()='Assertion']"];
        let signed: Vec<_> = parents
            .iter()
            .filter(|parent| xmlsec1(&document, &certificate, parent).is_some())
            .collect();
        assert!(!signed.is_empty(), "there is no signature in {response}");
        signed
            .iter()
            .all(|parent| xmlsec1(&document, &certificate, parent) == Some(true))
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // The operating system cleans its temporary folder if this fails.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Whether xmlsec1 verifies the signature directly below `parent`; none when there is no signature.
fn xmlsec1(document: &Path, certificate: &Path, parent: &str) -> Option<bool> {
    let output = Command::new("xmlsec1")
        .args([
            "--verify",
            "--id-attr:ID",
            "urn:oasis:names:tc:SAML:2.0:protocol:Response",
        ])
        .args([
            "--id-attr:ID",
            "urn:oasis:names:tc:SAML:2.0:assertion:Assertion",
        ])
        .args([
            "--node-xpath",
            &format!("{parent}/*[local-name()='Signature']"),
        ])
        .arg("--pubkey-cert-der")
        .args([certificate, document])
        .output()
        .expect("this test needs xmlsec1: apt-get install xmlsec1");
    let stderr = String::from_utf8_lossy(&output.stderr);
    (!stderr.contains("xpath")).then_some(output.status.success())
}
