//! An answered write survives `kill -9`.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use store::{AuditEntryId, Page, Store};

use crate::database::{Database, on_each_database, reading, writing};
use crate::samples::audit_entry;

/// The database URL for the process that will be killed.
const URL: &str = "VESTIBULE_TEST_KILLED";

on_each_database! {
    async fn a_killed_process_loses_no_answered_write(store, database) {
        let answered = tokio::task::spawn_blocking(|| answers_until_killed(&database.url)).await.unwrap();
        assert!(answered.len() >= 300, "{}", answered.len());
        let stored = reading!(store, tx => tx.audit_log(&Page::first(1_000_000)).await?);
        let stored: std::collections::HashSet<String> = stored.iter().map(|event| event.id.to_string()).collect();
        for id in answered {
            assert!(stored.contains(&id), "{id} was answered and is gone");
        }
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
        .env(URL, url)
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
    let Ok(url) = std::env::var(URL) else { return };
    let store = Store::open(&url).await.unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..8_u8 {
        let store = store.clone();
        tasks.spawn(async move {
            for n in 0..u64::MAX {
                let mut bits = [task; 16];
                bits[8..].copy_from_slice(&n.to_be_bytes());
                let id = AuditEntryId::from_random(bits);
                let printed = id.clone();
                writing!(store, tx => tx.add_audit_entry(&store::AuditEntry { id, ..audit_entry(None, 1) }).await?);
                println!("answered {printed}");
            }
        });
    }
    tasks.join_all().await;
}

/// A power cut cannot be tested here.
#[tokio::test]
async fn a_commit_is_flushed_to_the_write_ahead_log() {
    crate::database::run(Database::sqlite(), |store, database| async move {
        writing!(store, tx => tx.add_audit_entry(&audit_entry(None, 1)).await?);
        let file = database.url.strip_prefix("sqlite:").unwrap();
        let log = std::fs::metadata(format!("{file}-wal")).unwrap();
        assert!(log.len() > 0, "the database is not in WAL mode");
    })
    .await;
}

/// Other users of the machine must not read addresses and hashed secrets.
#[cfg(unix)]
#[tokio::test]
async fn a_new_database_file_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    crate::database::run(Database::sqlite(), |store, database| async move {
        writing!(store, tx => tx.add_audit_entry(&audit_entry(None, 1)).await?);
        let file = database.url.strip_prefix("sqlite:").unwrap();
        for end in ["", "-wal", "-shm"] {
            let mode = std::fs::metadata(format!("{file}{end}"))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{end}");
        }
    })
    .await;
}
