//! An answered write survives `kill -9`.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use rstest::rstest;
use rstest_reuse::apply;
use store::{AuditEntry, AuditEntryId, AuditFilter, Page, Store, StoreError};
use test_support::{Engine, each_database};
use tokio::task::JoinSet;

use crate::fixtures::audit_entry;
use crate::test_store::TestStore;

/// The environment variable with the database URL for the process that will be killed.
const URL_VARIABLE: &str = "VESTIBULE_TEST_KILLED";

#[apply(each_database)]
async fn a_killed_process_loses_no_answered_write(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let url = store.database().url.clone();
    let answered = tokio::task::spawn_blocking(move || answers_until_killed(&url))
        .await
        .unwrap();
    assert!(answered.len() >= 300, "{}", answered.len());
    let mut snapshot = store.snapshot().await;
    let entries = snapshot
        .audit_log(&AuditFilter::default(), &Page::first(1_000_000))
        .await
        .unwrap();
    let stored: HashSet<String> = entries.iter().map(|entry| entry.id.to_string()).collect();
    for id in answered {
        assert!(stored.contains(&id), "{id} was answered and is gone");
    }
}

/// Starts [`write_until_killed`] in a new process, kills it after 300 answers, and returns all that it printed.
fn answers_until_killed(url: &str) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "durability::write_until_killed",
            "--exact",
            "--nocapture",
            "--include-ignored",
        ])
        .env(URL_VARIABLE, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut answered = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        // The pipe still contains lines from before the kill, which were answered too.
        answered.extend(line.unwrap().strip_prefix("answered ").map(str::to_owned));
        if answered.len() == 300 {
            child.kill().unwrap();
        }
    }
    assert!(!child.wait().unwrap().success());
    answered
}

/// Writes audit entries from eight tasks and prints each one that was answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "is started by a_killed_process_loses_no_answered_write, and does nothing otherwise"]
async fn write_until_killed() {
    let Ok(url) = std::env::var(URL_VARIABLE) else {
        return;
    };
    let store = Store::open(&url).await.unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..8_u8 {
        let store = store.clone();
        tasks.spawn(async move {
            for n in 0..u64::MAX {
                let mut id_bytes = [task; 16];
                id_bytes[8..].copy_from_slice(&n.to_be_bytes());
                let id = AuditEntryId::from_random(id_bytes);
                let entry = AuditEntry {
                    id: id.clone(),
                    ..audit_entry(None, 1)
                };
                let written: Result<(), StoreError> = store
                    .write(async move |tx| tx.add_audit_entry(&entry).await)
                    .await;
                written.unwrap();
                println!("answered {id}");
            }
        });
    }
    tasks.join_all().await;
}

/// A SQLite store with one audit entry. Returns the path of its database file too.
async fn written_sqlite_store() -> (TestStore, String) {
    let store = TestStore::open(Engine::Sqlite).await;
    store
        .write(async move |tx| Ok(tx.add_audit_entry(&audit_entry(None, 1)).await?))
        .await;
    let file = store.database().url.strip_prefix("sqlite:").unwrap();
    let file = file.to_owned();
    (store, file)
}

/// A power cut cannot be tested here.
#[tokio::test]
async fn a_commit_is_flushed_to_the_write_ahead_log() {
    let (_store, file) = written_sqlite_store().await;
    let log = std::fs::metadata(format!("{file}-wal")).unwrap();
    assert!(log.len() > 0, "the database is not in WAL mode");
}

/// Other users of the machine must not read email addresses and hashed secrets.
#[cfg(unix)]
#[rstest]
#[case::database("")]
#[case::write_ahead_log("-wal")]
#[case::shared_memory("-shm")]
#[tokio::test]
async fn a_new_file_is_readable_by_its_owner_only(#[case] suffix: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let (_store, file) = written_sqlite_store().await;
    let metadata = std::fs::metadata(format!("{file}{suffix}")).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
}
