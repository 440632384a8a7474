//! The schema, as a list of migrations.

use crate::StoreError;
use crate::engine::{self, DbTx, Engine, Row};

struct Migration {
    name: &'static str,
    script: &'static str,
}

/// In the order in which they run. A released migration never changes.
const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "0001_initial",
        script: include_str!("../migrations/0001_initial.sql"),
    },
    Migration {
        name: "0002_client_assertion",
        script: include_str!("../migrations/0002_client_assertion.sql"),
    },
    Migration {
        name: "0003_console",
        script: include_str!("../migrations/0003_console.sql"),
    },
    Migration {
        name: "0004_test_sign_in",
        script: include_str!("../migrations/0004_test_sign_in.sql"),
    },
    Migration {
        name: "0005_tested_by",
        script: include_str!("../migrations/0005_tested_by.sql"),
    },
    Migration {
        name: "0006_authn_request",
        script: include_str!("../migrations/0006_authn_request.sql"),
    },
    Migration {
        name: "0007_attempt_user",
        script: include_str!("../migrations/0007_attempt_user.sql"),
    },
    Migration {
        name: "0008_session_epoch",
        script: include_str!("../migrations/0008_session_epoch.sql"),
    },
    Migration {
        name: "0009_attempt_count",
        script: include_str!("../migrations/0009_attempt_count.sql"),
    },
    Migration {
        name: "0010_deleted_organization",
        script: include_str!("../migrations/0010_deleted_organization.sql"),
    },
    Migration {
        name: "0011_activation_request",
        script: include_str!("../migrations/0011_activation_request.sql"),
    },
    Migration {
        name: "0012_large_tenants",
        script: include_str!("../migrations/0012_large_tenants.sql"),
    },
    Migration {
        name: "0013_connection_policy",
        script: include_str!("../migrations/0013_connection_policy.sql"),
    },
    Migration {
        name: "0014_application_policy",
        script: include_str!("../migrations/0014_application_policy.sql"),
    },
    Migration {
        name: "0015_member_account",
        script: include_str!("../migrations/0015_member_account.sql"),
    },
    Migration {
        name: "0016_invitation_and_recovery",
        script: include_str!("../migrations/0016_invitation_and_recovery.sql"),
    },
    Migration {
        name: "0017_unknown_auth_time",
        script: include_str!("../migrations/0017_unknown_auth_time.sql"),
    },
    Migration {
        name: "0018_connection_routing",
        script: include_str!("../migrations/0018_connection_routing.sql"),
    },
    Migration {
        name: "0019_invited_email",
        script: include_str!("../migrations/0019_invited_email.sql"),
    },
];

/// The tables of the schema, each after those that it refers to.
pub(crate) fn tables() -> Vec<&'static str> {
    let lines = MIGRATIONS.iter().flat_map(|one| one.script.lines());
    lines
        .filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split(' ').next())
        .collect()
}

/// Waits without a limit for the node that is migrating; PostgreSQL releases the lock with the transaction.
const LOCK_SQL: &str = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(8217361051)";

/// Migrates the schema to this version and commits.
///
/// Nodes that start together take turns: on SQLite the transaction holds the write lock, on PostgreSQL an advisory
/// lock.
pub(crate) async fn run(mut db_tx: DbTx) -> Result<(), StoreError> {
    match db_tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => db_tx.run_script(LOCK_SQL).await,
    }
    .map_err(|error| migration_error("lock", error))?;
    let table = "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, script TEXT NOT NULL)";
    db_tx
        .execute(table, &[])
        .await
        .map_err(|error| migration_error("list", error))?;

    let rows = db_tx
        .fetch("SELECT name, script FROM migration ORDER BY name", &[])
        .await;
    let done = rows.map_err(|error| migration_error("list", error))?;
    for migration in pending_migrations(&done)? {
        apply(&mut db_tx, migration)
            .await
            .map_err(|error| migration_error(migration.name, error))?;
    }
    db_tx
        .commit()
        .await
        .map_err(|error| migration_error("commit", error))
}

/// Fails with [`StoreError::Unmigrated`] when [`run`] would change the schema. Changes nothing.
pub(crate) async fn check(mut db_tx: DbTx) -> Result<(), StoreError> {
    let tables = match db_tx.engine() {
        Engine::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migration'"
        }
        Engine::Postgres => {
            "SELECT table_name AS name FROM information_schema.tables
              WHERE table_schema = ANY (current_schemas(false)) AND table_name = 'migration'"
        }
    };
    let tables = db_tx.fetch(tables, &[]).await;
    if tables.map_err(engine::database_error)?.is_empty() {
        return Err(StoreError::Unmigrated);
    }
    let rows = db_tx
        .fetch("SELECT name, script FROM migration ORDER BY name", &[])
        .await;
    let done = rows.map_err(engine::database_error)?;
    let pending = pending_migrations(&done)?;
    db_tx.rollback().await.map_err(engine::database_error)?;
    match pending {
        [] => Ok(()),
        [_, ..] => Err(StoreError::Unmigrated),
    }
}

async fn apply(db_tx: &mut DbTx, migration: &Migration) -> sqlx::Result<()> {
    db_tx.run_script(migration.script).await?;
    let values = [migration.name.into(), migration.script.into()];
    db_tx
        .execute(
            "INSERT INTO migration (name, script) VALUES ($1, $2)",
            &values,
        )
        .await?;
    Ok(())
}

/// The migrations that the database does not have yet. Those that it has must match this version's, byte for byte.
fn pending_migrations(done: &[Row]) -> Result<&'static [Migration], StoreError> {
    let mut known = MIGRATIONS.iter();
    for row in done {
        let name = row.text("name")?;
        let script = row.text("script")?;
        match known.next() {
            Some(migration) if migration.name == name && migration.script == script => {}
            Some(_) => {
                return Err(unknown_migration(
                    name,
                    "differs from the one of this version",
                ));
            }
            None => return Err(unknown_migration(name, "was applied by a newer version")),
        }
    }
    Ok(known.as_slice())
}

fn unknown_migration(name: String, problem: &str) -> StoreError {
    StoreError::Migration {
        name,
        problem: problem.to_owned(),
    }
}

fn migration_error(name: &str, error: sqlx::Error) -> StoreError {
    match engine::database_error(error) {
        StoreError::Database(error) => StoreError::Migration {
            name: name.to_owned(),
            problem: error.to_string(),
        },
        other => other,
    }
}
