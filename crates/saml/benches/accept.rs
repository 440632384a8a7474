//! The time to accept a response, compared with the floor of every implementation: decoding the base64, and for each
//! signature one SHA-256 over the canonical octets and one RSA verification with a parsed key.
//!
//! The documents are by the independent signer of `tests/generate`. The goal is 1.6 times the floor; the ratio is
//! printed at the end, from turns that alternate, so that both see the same machine.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use criterion::Criterion;
use saml::c14n::{Method, canonicalize};
use saml::certificate::Certificate;
use saml::xml::{Document, Element, Limits, Namespace, Profile, Source};
use saml::{
    ClockTolerance, Decryption, Expectation, InResponseTo, NameIdUse, Trust, parse_xs_date_time,
};

/// The server's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let subjects = [
        ("entra", Subject::read("entra.xml")),
        ("okta", Subject::read("okta.xml")),
        ("groups", Subject::read("groups.xml")),
    ];
    for (name, subject) in &subjects {
        let mut group = criterion.benchmark_group(*name);
        group.bench_function("floor", |bencher| bencher.iter(|| subject.floor()));
        group.bench_function("accept", |bencher| bencher.iter(|| subject.accept()));
        group.finish();
    }
    criterion.final_summary();
    // The ratio is not useful under a test runner, a profiler or a filter.
    if std::env::args()
        .skip(1)
        .any(|argument| argument != "--bench")
        || std::env::args().len() < 2
    {
        return;
    }
    for (name, subject) in &subjects {
        let (floor, accept) = subject.alternate();
        let ratio = accept.as_secs_f64() / floor.as_secs_f64();
        println!("{name}: {accept:.1?} to accept, floor {floor:.1?}: {ratio:.2} times");
    }
}

/// A document with its keys and expectation.
struct Subject {
    posted: String,
    trust: Trust,
    decryption: Decryption,
    expectation: Expectation,
    key: ParsedPublicKey,
    signatures: Vec<Signature>,
}

/// The input of the floor for one signature.
struct Signature {
    covered: Vec<u8>,
    signed_info: Vec<u8>,
    value: Vec<u8>,
}

impl Subject {
    fn read(file: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let octets = fs::read(folder.join("benches/documents").join(file)).expect("the document");
        let certificate = certificate(&folder.join("tests/keys/idp.crt"));
        let subject = Self {
            posted: base64_simd::STANDARD.encode_to_string(&octets),
            key: ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, certificate.public_key().spki())
                .expect("an RSA key"),
            trust: Trust::new(vec![certificate]).expect("a certificate is trusted"),
            decryption: Decryption::default(),
            expectation: expectation(),
            signatures: signatures(&octets),
        };
        subject.accept();
        subject
    }

    fn floor(&self) {
        black_box(
            base64_simd::STANDARD
                .decode_to_vec(black_box(&self.posted))
                .expect("base64"),
        );
        for signature in &self.signatures {
            black_box(digest::digest(
                &digest::SHA256,
                black_box(&signature.covered),
            ));
            self.key
                .verify_sig(&signature.signed_info, &signature.value)
                .expect("the signature is right");
        }
    }

    fn accept(&self) {
        let report = saml::validate_response(
            black_box(&self.posted),
            &self.trust,
            &self.decryption,
            &self.expectation,
        );
        black_box(report.verdict.expect("the document is accepted"));
    }

    /// The medians of floor and acceptance, taken in turns, each so short that hardly one is interrupted.
    fn alternate(&self) -> (Duration, Duration) {
        const TURNS: usize = 3000;
        let (mut floor, mut accept) = (Vec::with_capacity(TURNS), Vec::with_capacity(TURNS));
        for _ in 0..TURNS {
            floor.push(time(|| self.floor()));
            accept.push(time(|| self.accept()));
        }
        (median(floor), median(accept))
    }
}

fn time(work: impl Fn()) -> Duration {
    const TIMES: u32 = 2;
    let begin = Instant::now();
    for _ in 0..TIMES {
        work();
    }
    begin.elapsed() / TIMES
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn expectation() -> Expectation {
    Expectation {
        issuer: "https://idp.example.com/metadata".to_owned(),
        audience: "https://sso.example.net/saml".to_owned(),
        recipient: "https://sso.example.net/saml/con_example/acs".to_owned(),
        in_response_to: InResponseTo::Request("_5a1d8f0e2c".to_owned()),
        name_id: NameIdUse::Subject,
        now: parse_xs_date_time("2026-11-24T12:00:30Z").expect("an instant"),
        tolerance: ClockTolerance::default(),
        requirements: saml::Requirements::default(),
    }
}

fn certificate(file: &Path) -> Certificate {
    let text = fs::read_to_string(file).expect("the certificate");
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let der = base64_simd::STANDARD
        .decode_to_vec(body)
        .expect("a certificate in PEM");
    Certificate::from_der(&der).expect("a certificate")
}

/// The signatures of a document; computing their octets is not part of the floor.
fn signatures(octets: &[u8]) -> Vec<Signature> {
    let source = Source::new(octets, &Limits::MESSAGE).expect("UTF-8");
    let document =
        Document::parse(&source, Profile::Message, &Limits::MESSAGE).expect("a document");
    let found = document
        .elements()
        .filter(|element| element.is(Namespace::DS, "Signature"));
    let signatures: Vec<_> = found.map(signature).collect();
    assert!(
        !signatures.is_empty(),
        "a floor without a signature is none"
    );
    signatures
}

fn signature(element: Element<'_>) -> Signature {
    let child = |name| {
        element
            .children()
            .find(|child| child.is(Namespace::DS, name))
            .expect("a part of the signature")
    };
    let value = child("SignatureValue").value().expect("text");
    let parent = element.parent().expect("a signature is enveloped");
    Signature {
        covered: canonical(parent, Some(element)),
        signed_info: canonical(child("SignedInfo"), None),
        value: base64_simd::STANDARD.decode_to_vec(value).expect("base64"),
    }
}

fn canonical(apex: Element<'_>, without: Option<Element<'_>>) -> Vec<u8> {
    let mut octets = Vec::new();
    canonicalize(apex, without, &Method::Exclusive(Vec::new()), &mut octets)
        .expect("a canonical form");
    octets
}
