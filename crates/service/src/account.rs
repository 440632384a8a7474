//! Accounts: the addresses by which people come into the console.

use jiff::Timestamp;
use runtime::email_address::EmailAddress;
use runtime::random;
use store::{ConsoleAccount, Person, PersonId, StoreError, Tx};

/// The person with this address, who is made when nobody has it.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn person_with(
    tx: &mut Tx,
    email: &EmailAddress,
    name: Option<String>,
    now: Timestamp,
) -> Result<PersonId, StoreError> {
    if let Some(holder) = tx.console_account(email.as_str()).await? {
        return Ok(holder.person);
    }
    let person = Person {
        id: PersonId::from_random(random::bytes()),
        email: Some(email.to_string()),
        name,
        created_at: now,
    };
    tx.add_person(&person).await?;
    let holder = ConsoleAccount {
        email: email.to_string(),
        person: person.id.clone(),
    };
    if tx.add_console_account(&holder, now).await? {
        return Ok(person.id);
    }
    // Somebody else was faster; the person without an address goes with the next purge.
    let winner = tx.console_account(email.as_str()).await?;
    Ok(winner.map_or(person.id, |winner| winner.person))
}

/// Lets a person come into the console by this address, unless somebody else does.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn give(
    tx: &mut Tx,
    person: &PersonId,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<(), StoreError> {
    let holder = ConsoleAccount {
        email: email.to_string(),
        person: person.clone(),
    };
    tx.add_console_account(&holder, now).await.map(drop)
}
