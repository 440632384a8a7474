//! Each way to answer says what its name says: judged by this project's verifier and, for signatures, by xmlsec1.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use saml::certificate::Certificate;
use saml::dsig::Trust;
use saml::{Decryption, Expectation, InResponseTo, Judgement, Timestamp, Tolerance};
use testkit::identity_provider::{
    Addressee, Answer, Conduct, Failure, Person, PracticeKey, Signed,
};

const ISSUER: &str = "http://127.0.0.1:1/metadata";
const NOW: i64 = 1_795_500_000;

static KEY: LazyLock<PracticeKey> = LazyLock::new(|| PracticeKey::generate().unwrap());
static OTHER_KEY: LazyLock<PracticeKey> = LazyLock::new(|| PracticeKey::generate().unwrap());

fn now() -> Timestamp {
    Timestamp::from_unix_seconds(NOW)
}

fn addressee() -> Addressee {
    Addressee {
        entity_id: "http://127.0.0.1:2/saml".to_owned(),
        acs_url: "http://127.0.0.1:2/saml/con_1/acs".to_owned(),
        request: Some("_request".to_owned()),
    }
}

fn answer<T>(conduct: Conduct, signed: Signed, write: impl FnOnce(&Answer<'_>) -> T) -> T {
    write(&Answer {
        issuer: ISSUER,
        to: &addressee(),
        key: if conduct == Conduct::OtherKey {
            &OTHER_KEY
        } else {
            &KEY
        },
        signed,
        now: NOW,
        id: "_answer",
    })
}

fn about_ada(conduct: Conduct, signed: Signed) -> String {
    answer(conduct, signed, |answer| {
        answer.about(&Person::DEMO[0], conduct)
    })
    .unwrap()
}

fn judge(response: &str) -> Judgement {
    let Addressee {
        entity_id,
        acs_url,
        request,
    } = addressee();
    let trust = Trust::new(vec![Certificate::from_der(KEY.certificate_der()).unwrap()]).unwrap();
    let expectation = Expectation {
        issuer: ISSUER.to_owned(),
        audience: entity_id,
        recipient: acs_url,
        in_response_to: InResponseTo::Request(request.unwrap()),
        now: now(),
        tolerance: Tolerance::default(),
    };
    let posted = base64_simd::STANDARD.encode_to_string(response);
    saml::judge(&posted, &trust, &Decryption::default(), &expectation)
}

#[test]
fn an_honest_answer_is_accepted_however_it_is_signed() {
    for signed in Signed::ALL {
        let accepted = judge(&about_ada(Conduct::Honest, *signed)).verdict.unwrap();
        assert_eq!(
            accepted.claims().name_id.as_ref().unwrap().value,
            "p-18151210"
        );
    }
}

#[test]
fn each_wrong_answer_is_refused_for_what_is_wrong_with_it() {
    let verdict = |conduct| match judge(&about_ada(conduct, Signed::Assertion)).verdict {
        Ok(_) => "accepted",
        Err(rejection) => rejection.code(),
    };
    let codes: Vec<_> = Conduct::ALL
        .iter()
        .map(|conduct| (*conduct, verdict(*conduct)))
        .collect();
    let expected = [
        (Conduct::Honest, "accepted"),
        (Conduct::OtherAudience, "audience"),
        (Conduct::OtherRecipient, "recipient"),
        (Conduct::OtherDestination, "destination"),
        (Conduct::OtherIssuer, "issuer"),
        (Conduct::OtherRequest, "in-response-to"),
        (Conduct::Expired, "expired"),
        (Conduct::Early, "too-early"),
        (Conduct::ClockAhead, "too-early"),
        (Conduct::ClockBehind, "expired"),
        (Conduct::Unsigned, "unsigned"),
        (Conduct::OtherKey, "signature-mismatch"),
        (Conduct::Changed, "digest-mismatch"),
        (Conduct::Sha1, "sha1"),
        (Conduct::SecondAssertion, "assertion-multiple"),
        // Whom an answer names is for the connection to decide, not for the verifier.
        (Conduct::NoNameId, "accepted"),
        (Conduct::TransientNameId, "accepted"),
        (Conduct::NoAttributes, "accepted"),
        (Conduct::OtherEmailName, "accepted"),
        // The document is an honest one; that it was used before is not written in it.
        (Conduct::Replayed, "accepted"),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn an_error_is_a_status_and_no_assertion() {
    for failure in [Failure::AuthnFailed, Failure::NoPassive] {
        let response = answer(Conduct::Honest, Signed::Response, |answer| {
            answer.failure(failure)
        })
        .unwrap();
        assert!(!response.contains("<saml:Assertion"));
        assert_eq!(judge(&response).verdict.unwrap_err().code(), "status");
    }
}

#[test]
fn metadata_is_read_as_this_identity_provider() {
    use testkit::identity_provider::{Identity, IdentityProvider};
    let identity = Identity {
        base_url: "http://127.0.0.1:1".to_owned(),
        key: PracticeKey::from_der(KEY.secret_der(), KEY.certificate_der()).unwrap(),
        other_key: PracticeKey::from_der(OTHER_KEY.secret_der(), OTHER_KEY.certificate_der())
            .unwrap(),
        people: Person::DEMO,
    };
    let provider = IdentityProvider::new(identity, testkit::Surroundings::new(|| NOW, || [7; 32]));
    let document = provider.metadata().unwrap();
    let read = saml::metadata::IdentityProvider::read(
        document.as_bytes(),
        &saml::metadata::Reading::at(now()),
    )
    .unwrap();
    assert_eq!(read.entity_id, ISSUER);
}

#[test]
fn xmlsec1_agrees_about_every_signature() {
    let folder = Folder::new("answers");
    for signed in Signed::ALL {
        let response = about_ada(Conduct::Honest, *signed);
        assert!(
            folder.xmlsec1_verifies(&response, &KEY),
            "{signed:?}: {response}"
        );
        assert!(
            !folder.xmlsec1_verifies(&response, &OTHER_KEY),
            "{signed:?}"
        );
        let changed = about_ada(Conduct::Changed, *signed);
        assert!(
            !folder.xmlsec1_verifies(&changed, &KEY),
            "{signed:?}: {changed}"
        );
        let other = about_ada(Conduct::OtherKey, *signed);
        assert!(
            folder.xmlsec1_verifies(&other, &OTHER_KEY),
            "{signed:?}: {other}"
        );
    }
    assert!(folder.xmlsec1_verifies(&about_ada(Conduct::Sha1, Signed::Assertion), &KEY));
}

/// A folder of the test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("vestibule-testkit-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Whether xmlsec1 verifies each signature of a response with this key.
    fn xmlsec1_verifies(&self, response: &str, key: &PracticeKey) -> bool {
        let (document, certificate) = (self.0.join("response.xml"), self.0.join("certificate.der"));
        std::fs::write(&document, response).unwrap();
        std::fs::write(&certificate, key.certificate_der()).unwrap();
        let parents = ["/*", "//*[local-name()='Assertion']"];
        let signed: Vec<_> = parents
            .iter()
            .filter(|parent| xmlsec1(&document, &certificate, parent).is_some())
            .collect();
        assert!(!signed.is_empty(), "nothing is signed in {response}");
        signed
            .iter()
            .all(|parent| xmlsec1(&document, &certificate, parent) == Some(true))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever cleans temporary folders.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// What xmlsec1 says of the signature directly below `parent`; nothing when there is none.
fn xmlsec1(document: &Path, certificate: &Path, parent: &str) -> Option<bool> {
    let done = Command::new("xmlsec1")
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
    let said = String::from_utf8_lossy(&done.stderr);
    (!said.contains("xpath")).then_some(done.status.success())
}
