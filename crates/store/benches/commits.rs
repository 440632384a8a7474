//! Durable sign-ins per second: with shared commits, and with one commit each.
//!
//! Both are measured in the same run on the same disk. A sign-in is what the
//! assertion consumer service writes: a consumed request, a consumed assertion,
//! a session and a code.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use store::*;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// How many people sign in at the same time.
const PARALLEL_SIGN_INS: u64 = 64;
const NOW: Timestamp = Timestamp::constant(1_800_000_000, 0);

/// A database in a temporary file; sign-ins are numbered so that none repeats.
struct Bench {
    store: Store,
    file: PathBuf,
    done: u64,
}

fn bits(number: u64) -> [u8; 16] {
    let mut bits = [0; 16];
    bits[8..].copy_from_slice(&number.to_be_bytes());
    bits
}

fn hash(kind: u8, number: u64) -> SecretHash {
    let mut digest = [kind; 32];
    digest[..8].copy_from_slice(&number.to_be_bytes());
    SecretHash::from_sha256(digest)
}

impl Bench {
    async fn open() -> Self {
        let file =
            std::env::temp_dir().join(format!("vestibule-commits-{}.sqlite", std::process::id()));
        let store = Store::open(&format!("sqlite:{}", file.display()))
            .await
            .expect("the database opens");
        store
            .write(set_up_organization)
            .await
            .expect("the organization is added");
        Self {
            store,
            file,
            done: 0,
        }
    }

    /// Signs in 64 people `waves` times; returns the time without the requests before.
    async fn sign_in(&mut self, waves: u64, concurrency: Concurrency) -> Duration {
        let mut took = Duration::ZERO;
        for _ in 0..waves {
            let numbers = self.done..self.done + PARALLEL_SIGN_INS;
            self.done += PARALLEL_SIGN_INS;
            let asked = numbers.clone();
            self.store
                .write(async move |tx| ask(tx, asked).await)
                .await
                .expect("pending sign-ins are added");
            let begun = Instant::now();
            match concurrency {
                Concurrency::Parallel => {
                    let mut tasks = JoinSet::new();
                    for number in numbers {
                        let store = self.store.clone();
                        tasks.spawn(async move {
                            store.write(async move |tx| answer(tx, number).await).await
                        });
                    }
                    for ended in tasks.join_all().await {
                        ended.expect("people sign in");
                    }
                }
                Concurrency::Sequential => {
                    for number in numbers {
                        let ended = self
                            .store
                            .write(async move |tx| answer(tx, number).await)
                            .await;
                        ended.expect("people sign in");
                    }
                }
            }
            took += begun.elapsed();
        }
        took
    }
}

#[derive(Clone, Copy)]
enum Concurrency {
    Parallel,
    Sequential,
}

async fn set_up_organization(tx: &mut Tx) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let id = OrganizationId::from_random(bits(0));
    let organization = Organization {
        id: id.clone(),
        slug: "acme".to_owned(),
        name: "Acme".to_owned(),
        plan: "enterprise".to_owned(),
        created_at: NOW,
        sso_enforced_since: None,
    };
    tx.add_organization(&organization).await??;
    tx.add_application(&Application {
        id: ApplicationId::from_random(bits(0)),
        name: "Shop".to_owned(),
        client_type: ClientType::Public,
        auth_method: TokenEndpointAuthMethod::None,
        auth_method_pinned_since: None,
        pkce_required_since: None,
        secret: None,
        jwks: None,
        redirect_uris: vec![],
        id_token_algorithm: IdTokenAlgorithm::Rs256,
        created_at: NOW,
        rejected_redirect_uri: None,
    })
    .await?;
    let mut org = tx.organization(&id);
    org.add_connection(&connection()).await??;
    let person = Person {
        id: PersonId::from_random(bits(0)),
        email: None,
        name: None,
        created_at: NOW,
    };
    org.add_person(&person).await?;
    let member = Member {
        id: MemberId::from_random(bits(0)),
        organization: id.clone(),
        person: person.id,
        role: "member".to_owned(),
        profile: Profile::default(),
        created_at: NOW,
        joined_at: None,
        invited_email: None,
        invitation_sent_at: None,
        deactivated_at: None,
    };
    org.add_member(&member).await??;
    Ok(())
}

fn connection() -> Connection {
    Connection {
        id: ConnectionId::from_random(bits(0)),
        organization: OrganizationId::from_random(bits(0)),
        settings: ConnectionSettings {
            name: "Okta".to_owned(),
            provider: Provider::Okta,
            issuer: "https://idp.example".to_owned(),
            sign_on_url: "https://idp.example/sso".to_owned(),
            sign_on_binding: Binding::Redirect,
            logout_url: None,
            sign_requests_since: None,
            metadata_wants_signed_requests_since: None,
            metadata_valid_until: None,
            clock_tolerance: SignedDuration::from_secs(60),
            danger_accept_sha1_since: None,
            accept_cbc_since: None,
            reject_expired_signing_certificate_since: None,
            idp_initiated: IdpInitiated::Reject,
            provisioning: Provisioning::JustInTime,
            subject_attribute: None,
            attribute_mapping: AttributeMapping::default(),
            entity_id: None,
            acs_url: None,
            force_authn_since: None,
            name_id_format: None,
            authn_contexts: Vec::new(),
            default_role: "member".to_owned(),
            role_rules: Vec::new(),
            policy: ConnectionPolicy::default(),
        },
        certificates: vec![],
        lifecycle: ConnectionLifecycle {
            created_at: NOW,
            tested_at: None,
            activated_at: Some(NOW),
            disabled_at: None,
            session_epoch: 0,
            unconfirmed_since: None,
        },
        activation_request: None,
    }
}

async fn ask(tx: &mut Tx, numbers: std::ops::Range<u64>) -> Result<(), StoreError> {
    for number in numbers {
        tx.add_pending_sign_in(&PendingSignIn {
            id: PendingSignInId::from_random(bits(number)),
            relay_state: hash(b'h', number),
            browser: hash(b'b', number),
            application: Some(ApplicationId::from_random(bits(0))),
            application_request: "{}".to_owned(),
            authn_request: Some(SentAuthnRequest {
                organization: OrganizationId::from_random(bits(0)),
                connection: ConnectionId::from_random(bits(0)),
                id: format!("_{number}"),
                message: None,
            }),
            created_at: NOW,
            expires_at: NOW + SignedDuration::from_secs(600),
            consumed_at: None,
        })
        .await?;
    }
    Ok(())
}

async fn answer(tx: &mut Tx, number: u64) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let assertion = VerifiedAssertion {
        connection: ConnectionId::from_random(bits(0)),
        assertion_id: format!("_a{number}"),
        remember_until: NOW + SignedDuration::from_secs(900),
        session_epoch: 0,
    };
    let consumed = tx
        .consume_solicited(&PendingSignInId::from_random(bits(number)), &assertion, NOW)
        .await??;
    let session = Session {
        id: SessionId::from_random(bits(number)),
        cookie: hash(b's', number),
        organization: OrganizationId::from_random(bits(0)),
        member: MemberId::from_random(bits(0)),
        connection: ConnectionId::from_random(bits(0)),
        auth_time: Some(NOW),
        acr: None,
        created_at: NOW,
        expires_at: NOW + SignedDuration::from_secs(3600),
        ended_at: None,
    };
    tx.begin_session(&consumed, &session)
        .await?
        .expect("the connection is active");
    tx.grant_code(&AuthorizationCode {
        hash: hash(b'c', number),
        application: ApplicationId::from_random(bits(0)),
        organization: session.organization,
        member: session.member,
        connection: session.connection,
        session: session.id,
        redirect_uri: "https://shop.example/cb".to_owned(),
        code_challenge: None,
        nonce: None,
        scope: "openid".to_owned(),
        claims: "{}".to_owned(),
        auth_time: Some(NOW),
        acr: None,
        created_at: NOW,
        expires_at: NOW + SignedDuration::from_secs(60),
    })
    .await??;
    Ok(())
}

fn commits(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime starts");
    let mut bench = runtime.block_on(Bench::open());
    let mut group = criterion.benchmark_group("sign-ins");
    group
        .throughput(Throughput::Elements(PARALLEL_SIGN_INS))
        .sample_size(20);
    for (name, concurrency) in [
        ("shared commits", Concurrency::Parallel),
        ("one commit each", Concurrency::Sequential),
    ] {
        let before = bench.store.metrics();
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|waves| {
                runtime.block_on(bench.sign_in(black_box(waves), concurrency))
            });
        });
        let after = bench.store.metrics();
        let units = after.units - before.units;
        let commits = after.commits - before.commits;
        println!("{name}: {units} units in {commits} commits");
    }
    group.finish();
    runtime.block_on(bench.store.close());
    for end in ["", "-wal", "-shm"] {
        // Closing has already removed the write-ahead log.
        let _ = std::fs::remove_file(format!("{}{end}", bench.file.display()));
    }
}

criterion_group!(benches, commits);
criterion_main!(benches);
