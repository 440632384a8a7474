//! The schema, one step after another.

use crate::StoreError;
use crate::engine::{Engine, Link, Row};

/// One step of the schema.
struct Migration {
    name: &'static str,
    script: &'static str,
}

/// Every step in order. A step that has been released never changes.
const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "0001_beginning",
        script: include_str!("../migrations/0001_beginning.sql"),
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
        name: "0005_tester",
        script: include_str!("../migrations/0005_tester.sql"),
    },
    Migration {
        name: "0006_messages",
        script: include_str!("../migrations/0006_messages.sql"),
    },
];

/// Waits for whoever migrates at the moment, however long that takes; ends with the transaction.
const TURN: &str = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(8217361051)";

/// Brings the schema up to this version, in the transaction that `link` has open.
///
/// Nodes that start together take turns: SQLite's transaction is the writer's
/// already, and PostgreSQL is asked for a lock that ends with the transaction.
pub(crate) async fn run(mut link: Link) -> Result<(), StoreError> {
    match link.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => link.run_script(TURN).await,
    }
    .map_err(|error| failed("lock", &error))?;
    let table = "CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, script TEXT NOT NULL)";
    link.execute(table, &[])
        .await
        .map_err(|error| failed("list", &error))?;

    let rows = link
        .fetch("SELECT name, script FROM migration ORDER BY name", &[])
        .await;
    let done = rows.map_err(|error| failed("list", &error))?;
    for migration in still_to_do(&done)? {
        apply(&mut link, migration)
            .await
            .map_err(|error| failed(migration.name, &error))?;
    }
    link.commit()
        .await
        .map_err(|error| failed("commit", &error))
}

async fn apply(link: &mut Link, migration: &Migration) -> sqlx::Result<()> {
    link.run_script(migration.script).await?;
    let values = [migration.name.into(), migration.script.into()];
    link.execute(
        "INSERT INTO migration (name, script) VALUES ($1, $2)",
        &values,
    )
    .await?;
    Ok(())
}

/// The steps that the database has not taken yet; those that it has must be ours, word for word.
fn still_to_do(done: &[Row]) -> Result<&'static [Migration], StoreError> {
    let mut ours = MIGRATIONS.iter();
    for row in done {
        let (name, script) = (row.text("name")?, row.text("script")?);
        match ours.next() {
            Some(migration) if migration.name == name && migration.script == script => {}
            Some(_) => return Err(foreign(name, "is not the step that this version took")),
            None => return Err(foreign(name, "was made by a newer version")),
        }
    }
    Ok(ours.as_slice())
}

fn foreign(name: String, problem: &str) -> StoreError {
    StoreError::Migration {
        name,
        problem: problem.to_owned(),
    }
}

fn failed(name: &str, error: &sqlx::Error) -> StoreError {
    StoreError::Migration {
        name: name.to_owned(),
        problem: error.to_string(),
    }
}
