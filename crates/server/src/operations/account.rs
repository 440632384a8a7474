//! Accounts: the addresses by which people come into the console.

use store::{AccountHolder, Person, PersonId, StoreError, Tx, UnixTime};

use crate::problem::{Phrase, Problem};
use crate::random;

/// The longest address that mail can be sent to (RFC 5321 4.5.3.1.3).
const LONGEST: usize = 254;

/// An e-mail address as accounts know it: in lower case.
///
/// # Errors
///
/// When it is none.
pub fn address(field: &'static str, written: &str) -> Result<String, Problem> {
    let address = written.trim().to_lowercase();
    let is_plain = address
        .chars()
        .all(|one| !one.is_whitespace() && !one.is_control() && !"<>\"(),:;\\".contains(one));
    let is_whole = address.rsplit_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !name.contains('@') && domain.contains('.') && !domain.ends_with('.')
    });
    if is_plain && is_whole && address.len() <= LONGEST {
        Ok(address)
    } else {
        let received = if written.trim().is_empty() {
            Phrase::of("problem-received-nothing")
        } else {
            format!("{:?}", written.trim()).into()
        };
        Err(Problem::field(
            field,
            Phrase::of("problem-expected-email"),
            received,
        ))
    }
}

/// The person with this address, who is made when nobody has it.
///
/// # Errors
///
/// When the database fails.
pub(super) async fn person_with(
    tx: &mut Tx,
    email: &str,
    name: Option<String>,
    now: UnixTime,
) -> Result<PersonId, StoreError> {
    if let Some(holder) = tx.account(email).await? {
        return Ok(holder.person);
    }
    let person = Person {
        id: PersonId::from_random(random::bytes()),
        email: Some(email.to_owned()),
        name,
        created_at: now,
    };
    tx.add_person(&person).await?;
    let holder = AccountHolder {
        email: email.to_owned(),
        person: person.id.clone(),
    };
    if tx.add_account(&holder, now).await? {
        return Ok(person.id);
    }
    // Somebody else was faster; the person without an address goes with the next purge.
    let winner = tx.account(email).await?;
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
    email: &str,
    now: UnixTime,
) -> Result<(), StoreError> {
    let holder = AccountHolder {
        email: email.to_lowercase(),
        person: person.clone(),
    };
    tx.add_account(&holder, now).await.map(drop)
}

#[test]
fn an_address_has_one_form() {
    assert_eq!(
        address("email", " Ada@ACME.example ").unwrap(),
        "ada@acme.example"
    );
    for bad in [
        "",
        "ada",
        "@acme.example",
        "ada@acme",
        "ada@acme.",
        "a b@acme.example",
        "a@b@acme.example",
        "ada@acme.example\r\nBcc: eve@evil.example",
        "Ada <ada@acme.example>",
    ] {
        let problem = address("email", bad).expect_err(bad);
        assert_eq!(problem.errors[0].field, "email");
    }
}
