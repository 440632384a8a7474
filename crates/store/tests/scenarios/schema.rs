//! The migrations make the declared schema, on both engines.

use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use sqlx::Row as _;
use store::{AuditEntry, ConnectionPolicy, ConnectionSettings, ConsoleAccount, Store, StoreError};
use test_support::{Engine, TestDatabase, each_database};
use tokio::task::JoinSet;

use crate::fixtures::{
    NOW, application, audit_entry, connection_id, connection_settings, domain, member, member_id,
    org_id, organization, person, set_up_organization,
};
use crate::test_store::{TestStore, UnitError};

const SQLITE_COLUMNS: &str = "
    SELECT m.name || '.' || c.name || ' ' || c.type || CASE WHEN c.\"notnull\" = 1 THEN ' NOT NULL' ELSE '' END AS line
      FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table'
     ORDER BY m.name, c.cid";

const SQLITE_INDEXES: &str = "
    SELECT 'index ' || name AS line FROM sqlite_master
     WHERE type = 'index' AND name NOT LIKE 'sqlite_autoindex%'
     ORDER BY name";

const POSTGRES_COLUMNS: &str = "
    SELECT c.table_name || '.' || c.column_name || ' ' || upper(c.data_type)
           || CASE WHEN c.is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END AS line
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
     ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";

const POSTGRES_INDEXES: &str = "
    SELECT 'index ' || indexname AS line FROM pg_indexes
     WHERE schemaname = current_schema() AND indexname NOT LIKE '%\\_pkey' AND indexname NOT LIKE '%\\_key'
     ORDER BY indexname COLLATE \"C\"";

/// Columns in order, then indexes, one per line.
async fn actual_schema(store: &TestStore) -> String {
    use sqlx::Connection as _;
    let url = &store.database().url;
    let mut lines: Vec<String> = Vec::new();
    match store.engine() {
        store::Engine::Sqlite => {
            let mut connection = sqlx::SqliteConnection::connect(url).await.unwrap();
            for query in [SQLITE_COLUMNS, SQLITE_INDEXES] {
                let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
                lines.extend(rows.iter().map(|row| row.get::<String, _>("line")));
            }
        }
        store::Engine::Postgres => {
            let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
            for query in [POSTGRES_COLUMNS, POSTGRES_INDEXES] {
                let rows = sqlx::query(query).fetch_all(&mut connection).await.unwrap();
                lines.extend(rows.iter().map(|row| row.get::<String, _>("line")));
            }
        }
    }
    lines.join("\n")
}

#[apply(each_database)]
async fn the_migrations_create_the_same_schema_on_each_database(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let schema = actual_schema(&store).await;
    let columns = schema
        .lines()
        .filter(|line| matches!(line.split(' ').nth(1), Some("TEXT" | "BIGINT")));
    assert!(columns.count() > 100);
    // The same snapshot for both databases.
    insta::assert_snapshot!("schema", schema);
}

#[apply(each_database)]
async fn a_database_can_be_opened_by_two_nodes(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    let second = Store::open(&store.database().url).await.unwrap();
    assert_reads_what_the_other_writes(&store, &second).await;
    second.close().await;
}

#[apply(each_database)]
async fn a_database_of_a_newer_version_is_not_opened(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store.close().await;
    let database = store.database();
    database
        .execute("INSERT INTO migration (name, script) VALUES ('9999_future', '')")
        .await;
    let error = Store::open(&database.url).await.err().unwrap();
    assert!(
        matches!(&error, StoreError::Migration { name, .. } if name == "9999_future"),
        "{error:?}"
    );
}

#[apply(each_database)]
async fn a_changed_migration_is_detected(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store.close().await;
    let database = store.database();
    database
        .execute("UPDATE migration SET script = 'CREATE TABLE other (id TEXT)'")
        .await;
    let error = Store::open(&database.url).await.err().unwrap();
    assert!(matches!(error, StoreError::Migration { .. }), "{error:?}");
}

#[apply(each_database)]
async fn nodes_that_start_at_the_same_time_migrate_one_after_another(#[case] engine: Engine) {
    let database = TestDatabase::create(engine).await;
    let mut nodes = JoinSet::new();
    for _ in 0..8 {
        let url = database.url.clone();
        nodes.spawn(async move { Store::open(&url).await });
    }
    let stores: Vec<Store> = nodes
        .join_all()
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_reads_what_the_other_writes(&stores[0], &stores[7]).await;
    for store in stores {
        store.close().await;
    }
}

/// Takes the database back to before the migration of this number.
async fn undo_from(database: &TestDatabase, first: &str) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let files = std::fs::read_dir(folder).unwrap();
    let mut scripts: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    scripts.sort();
    scripts.retain(|script| script.file_name().unwrap().to_str().unwrap() >= first);
    for script in scripts.iter().rev() {
        undo(database, &std::fs::read_to_string(script).unwrap()).await;
    }
    let forget = format!("DELETE FROM migration WHERE name >= '{first}'");
    database.execute(&forget).await;
}

/// Removes what a migration has added, and adds what it has removed.
async fn undo(database: &TestDatabase, script: &str) {
    for line in script.lines().rev() {
        let words: Vec<&str> = line.split(' ').collect();
        let statement = match words.as_slice() {
            ["CREATE", "VIEW", name, ..] => format!("DROP VIEW {name}"),
            ["ALTER", "TABLE", table, "RENAME", "COLUMN", old, "TO", new] => {
                let new = new.trim_end_matches(';');
                format!("ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
            }
            ["CREATE", "INDEX", name, ..] => format!("DROP INDEX {name}"),
            ["CREATE", "TABLE", name, ..] => format!("DROP TABLE {name}"),
            ["ALTER", "TABLE", table, "ADD", "COLUMN", column, ..] => {
                format!("ALTER TABLE {table} DROP COLUMN {column}")
            }
            ["ALTER", "TABLE", table, "DROP", "COLUMN", column] => {
                let column = column.trim_end_matches(';');
                let kind = declared_type(column);
                format!("ALTER TABLE {table} ADD COLUMN {column} {kind}")
            }
            _ => continue,
        };
        database.execute(&statement).await;
    }
}

/// The type of a column of the first migration.
fn declared_type(column: &str) -> &'static str {
    let lines = include_str!("../../migrations/0001_initial.sql").lines();
    let mut words = lines.map(|line| line.split([' ', ',']).filter(|word| !word.is_empty()));
    let mut declaration = words
        .find(|words| words.clone().next() == Some(column))
        .unwrap();
    declaration.nth(1).unwrap()
}

/// Connections that a setup link had activated before there were confirmations are unconfirmed, and domains that a link
/// had added are known as such.
#[apply(each_database)]
async fn an_upgrade_finds_what_setup_links_have_done(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            for number in 1..=3 {
                set_up_organization(tx, number).await?;
                let id = org_id(number);
                let mut org = tx.organization(&id);
                org.add_domain(&domain(number, "acme.example", None))
                    .await??;
            }
            for (number, n, actor) in [
                (1, 1, "set_a"),
                (2, 1, "per_a"),
                (3, 1, "set_a"),
                (3, 3, "per_a"),
            ] {
                let activated = AuditEntry {
                    actor: actor.to_owned(),
                    subject: connection_id(number, 1).to_string(),
                    ..audit_entry(Some(number), n)
                };
                tx.add_audit_entry(&activated).await?;
                let added = AuditEntry {
                    action: "domain.added".to_owned(),
                    subject: "acme.example".to_owned(),
                    actor: actor.to_owned(),
                    ..audit_entry(Some(number), n + 1)
                };
                tx.add_audit_entry(&added).await?;
            }
            Ok(())
        })
        .await;
    store.close().await;
    let database = store.database();
    undo_from(database, "0011").await;
    let deleted = connection_id(2, 1);
    let delete = format!("DELETE FROM connection WHERE id = '{deleted}'");
    database.execute(&delete).await;
    let upgraded = Store::open(&database.url).await.unwrap();
    let mut tx = upgraded.snapshot().await.unwrap();
    let mut found = Vec::new();
    for number in 1..=3 {
        let id = org_id(number);
        let mut org = tx.organization(&id);
        let connection = org.connection(&connection_id(number, 1)).await.unwrap();
        let domain = org.domain("acme.example").await.unwrap();
        found.push((
            org.was_sso_activated().await.unwrap(),
            connection.map(|found| found.lifecycle.unconfirmed_since.is_some()),
            domain.and_then(|found| found.added_by),
        ));
    }
    drop(tx);
    assert_eq!(
        found,
        [
            (true, Some(true), Some("set_a".to_owned())),
            (true, None, Some("per_a".to_owned())),
            // A person has activated it, too.
            (true, Some(false), Some("per_a".to_owned())),
        ]
    );
    upgraded.close().await;
}

/// Only the members whom an administrator is known to have invited to their present address are invited.
#[apply(each_database)]
async fn an_upgrade_finds_the_invited_members(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            set_up_organization(tx, 1).await?;
            let organization = org_id(1);
            for n in 2..=6 {
                let mut scope = tx.organization(&organization);
                scope.add_person(&person(1, n)).await?;
                scope.add_member(&member(1, n)).await??;
            }
            for (n, email) in [(2, "p2@acme-1.example"), (3, "other@acme-1.example")] {
                let added = AuditEntry {
                    action: "member.added".to_owned(),
                    subject: member_id(1, n).to_string(),
                    after: Some(json!({ "email": email, "role": "member" }).to_string()),
                    ..audit_entry(Some(1), n)
                };
                tx.add_audit_entry(&added).await?;
            }
            let account = ConsoleAccount {
                email: "p4@acme-1.example".to_owned(),
                person: person(1, 4).id,
            };
            assert!(tx.add_console_account(&account, NOW).await?);
            let mut scope = tx.organization(&organization);
            // Number 1 has joined since.
            for n in [1, 5] {
                scope.set_invitation_sent(&member_id(1, n), NOW).await?;
            }
            Ok(())
        })
        .await;
    store.close().await;
    let database = store.database();
    undo_from(database, "0019").await;
    let upgraded = Store::open(&database.url).await.unwrap();
    let mut tx = upgraded.snapshot().await.unwrap();
    let organization = org_id(1);
    let mut scope = tx.organization(&organization);
    let mut found = Vec::new();
    for n in 1..=6 {
        let member = scope.member(&member_id(1, n)).await.unwrap().unwrap();
        found.push(member.invited_email.is_some());
    }
    drop(tx);
    assert_eq!(found, [false, true, false, true, true, false]);
    upgraded.close().await;
}

/// Writes an organization through one store and reads it through the other.
async fn assert_reads_what_the_other_writes(writer: &Store, reader: &Store) {
    let written: Result<(), UnitError> = writer
        .write(async |tx| {
            tx.add_organization(&organization(1)).await??;
            Ok(())
        })
        .await;
    written.unwrap();
    let mut tx = reader.snapshot().await.unwrap();
    let read = tx.organization(&org_id(1)).read().await.unwrap();
    assert_eq!(read, Some(organization(1)));
}

#[rstest]
#[case::empty("")]
#[case::mysql("mysql://x")]
#[case::path("vestibule.sqlite")]
#[case::no_file("sqlite:")]
#[case::memory("sqlite::memory:")]
#[case::memory_mode("sqlite:x?mode=memory")]
#[tokio::test]
async fn a_url_of_another_database_is_rejected(#[case] url: &str) {
    let error = Store::open(url).await.err().unwrap();
    assert!(matches!(error, StoreError::InvalidUrl(_)), "{error:?}");
}

/// A connection keeps the authentication context that it requested, and goes on admitting everyone it admitted.
#[apply(each_database)]
async fn an_upgrade_keeps_what_connections_accept(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| set_up_organization(tx, 1).await.map(drop))
        .await;
    store.close().await;
    let database = store.database();
    undo_from(database, "0013").await;
    database
        .execute("UPDATE connection SET authn_context = 'https://refeds.org/profile/mfa'")
        .await;
    let upgraded = Store::open(&database.url).await.unwrap();
    let mut tx = upgraded.snapshot().await.unwrap();
    let found = tx.connection(&connection_id(1, 1)).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(
        found.settings.authn_contexts,
        ["https://refeds.org/profile/mfa"]
    );
    assert_eq!(found.settings.policy, ConnectionPolicy::stored_without());
    upgraded.close().await;
}

/// A draft or version that was stored before there were policies.
#[test]
fn earlier_settings_have_one_authentication_context_and_no_policy() {
    let settings = connection_settings(1, 1);
    let mut stored = serde_json::to_value(&settings).unwrap();
    let fields = stored.as_object_mut().unwrap();
    fields.remove("policy");
    fields.remove("authn_contexts");
    fields.insert("authn_context".to_owned(), "urn:mfa".into());
    let read: ConnectionSettings = serde_json::from_value(stored).unwrap();
    let expected = ConnectionSettings {
        authn_contexts: vec!["urn:mfa".to_owned()],
        policy: ConnectionPolicy::stored_without(),
        ..settings
    };
    assert_eq!(read, expected);
}

/// An application goes on as before: with one method, and without PKCE unless it is public.
#[apply(each_database)]
async fn an_upgrade_keeps_the_policy_of_applications(#[case] engine: Engine) {
    let store = TestStore::open(engine).await;
    store
        .write(async |tx| {
            tx.add_application(&application())
                .await
                .map_err(UnitError::from)
        })
        .await;
    store.close().await;
    let database = store.database();
    undo_from(database, "0014").await;
    let upgraded = Store::open(&database.url).await.unwrap();
    let mut tx = upgraded.snapshot().await.unwrap();
    let found = tx.application(&application().id).await.unwrap().unwrap();
    drop(tx);
    assert_eq!(
        found.auth_method_pinned_since,
        Some(application().created_at)
    );
    assert_eq!(found.pkce_required_since, None);
    upgraded.close().await;
}
