//! Accounts: the email addresses with which people sign in to the console.

use jiff::Timestamp;
use runtime::email_address::EmailAddress;
use runtime::random;
use store::{ConsoleAccount, Person, PersonId, StoreError, Tx};

/// Returns the person with this email address, and creates the person if no account has the address.
pub(super) async fn find_or_create_person(
    tx: &mut Tx,
    email: &EmailAddress,
    name: Option<String>,
    now: Timestamp,
) -> Result<PersonId, StoreError> {
    if let Some(account) = tx.console_account(email.as_str()).await? {
        return Ok(account.person);
    }
    let person = Person {
        id: PersonId::from_random(random::bytes()),
        email: Some(email.to_string()),
        name,
        created_at: now,
    };
    tx.add_person(&person).await?;
    let account = ConsoleAccount {
        email: email.to_string(),
        person: person.id.clone(),
    };
    if tx.add_console_account(&account, now).await? {
        return Ok(person.id);
    }
    // A concurrent transaction has added the account. The next purge deletes the person without one.
    let account = tx.console_account(email.as_str()).await?;
    Ok(account.map_or(person.id, |account| account.person))
}

/// Lets a person sign in to the console with this email address, unless the address is another person's.
pub(super) async fn add_email(
    tx: &mut Tx,
    person: &PersonId,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<(), StoreError> {
    let account = ConsoleAccount {
        email: email.to_string(),
        person: person.clone(),
    };
    tx.add_console_account(&account, now).await.map(drop)
}
