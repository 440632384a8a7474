//! Passkeys: how people come into the console with what their device or their security key keeps for them.

mod challenge;
mod sign_in;

pub use challenge::Asked;
use passkey::{
    Credential, RegistrationOptions, RegistrationResponse, RelyingParty, User, VerificationContext,
};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::random;
use serde::Serialize;
pub use sign_in::{ask_to_sign_in, sign_in};
use store::{Passkey, PasskeyId, Person, StoreError};

use super::audit_log::Deed;
use super::{Actor, Undone, instant};
use crate::to_json;

/// More than anybody has devices.
const MOST: usize = 20;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;

/// A passkey as its owner and the audit trail see it.
#[derive(Clone, Debug, Serialize)]
pub struct PasskeyView {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: String,
    /// When somebody last came in by it.
    pub used_at: Option<String>,
}

/// Where passkeys are good for: the host of the public address, unless that is an IP address.
pub fn site(app: &App) -> Option<RelyingParty> {
    Some(RelyingParty {
        id: app.config.public_url.host_name()?,
        origin: app.config.public_url.to_string(),
    })
}

/// A person's passkeys, the oldest first.
///
/// # Errors
///
/// When the database fails.
pub async fn list(app: &App, person: &Person) -> Result<Vec<PasskeyView>, Problem> {
    Ok(of(app, person).await?.iter().map(view).collect())
}

/// Asks a browser to make a passkey; gives the options for it.
///
/// # Errors
///
/// When there can be none here, or the person has enough.
pub async fn ask_for_new(app: &App, person: &Person, asked: &Asked) -> Result<String, Problem> {
    let site = site_or_problem(app)?;
    let known = of(app, person).await?;
    check_room(known.len())?;
    // One that we could not read would have been refused when it was made.
    let known: Vec<_> = known
        .iter()
        .filter_map(|one| passkey::CredentialId::parse(&one.credential).ok())
        .collect();
    let name = person.email.as_deref().or(person.name.as_deref());
    let name = name.unwrap_or(person.id.as_str());
    let user = User {
        handle: person.id.as_str().as_bytes().to_vec(),
        name: name.to_owned(),
        display_name: person.name.as_deref().unwrap_or(name).to_owned(),
    };
    let options = RegistrationOptions {
        relying_party: &site,
        relying_party_name: &app.config.product_name,
        user: &user,
        exclude_credentials: &known,
    };
    let challenge = challenge::ask(app, asked).await?;
    Ok(options.to_json(&challenge))
}

/// Adds the passkey that a browser has made.
///
/// # Errors
///
/// When it is not believed, or known already.
pub async fn add(
    app: &App,
    asked: &Asked,
    (person, name): (&Person, &str),
    answer: &str,
) -> Result<PasskeyView, Problem> {
    let site = site_or_problem(app)?;
    let name = name_or_problem(name)?;
    let posted = RegistrationResponse::parse(answer).map_err(|refusal| refused(&refusal))?;
    challenge::spend(app, asked, posted.claimed_challenge()).await?;
    let expected = VerificationContext {
        challenge: posted.claimed_challenge(),
        relying_party: &site,
    };
    let credential = posted
        .verify(&expected, person.id.as_str().as_bytes())
        .map_err(|refusal| refused(&refusal))?;
    let passkey = row(app, person, (name, &credential));
    let view = view(&passkey);
    let deed = Deed {
        actor: &Actor::Person(person.id.clone()),
        organization: None,
        action: "passkey.add",
        subject: passkey.id.as_str(),
    };
    let event = deed.event(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            check_room(tx.passkeys_of(&passkey.person).await?.len())?;
            if !tx.add_passkey(&passkey).await? {
                return Err(Undone::from(Problem::new(ProblemCode::PasskeyKnown)));
            }
            Ok(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(view)
}

/// Gives one of a person's passkeys another name.
///
/// # Errors
///
/// When they have none of this id, or it is no name.
pub async fn rename(app: &App, person: &Person, (id, name): (&str, &str)) -> Result<(), Problem> {
    let name = name_or_problem(name)?;
    let before = find(app, person, id).await?;
    let after = Passkey {
        name: name.clone(),
        ..before.clone()
    };
    let deed = Deed {
        actor: &Actor::Person(person.id.clone()),
        organization: None,
        action: "passkey.rename",
        subject: before.id.as_str(),
    };
    let event = deed.event(
        app,
        Some(to_json(&view(&before))),
        Some(to_json(&view(&after))),
    );
    app.store
        .write(async move |tx| {
            if !tx.rename_passkey(&after.person, &after.id, &name).await? {
                return Err(Undone::from(unknown(after.id.as_str())));
            }
            Ok(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(())
}

/// Removes one of a person's passkeys: nobody comes in by it any more.
///
/// # Errors
///
/// When they have none of this id.
pub async fn remove(app: &App, person: &Person, id: &str) -> Result<(), Problem> {
    let passkey = find(app, person, id).await?;
    let deed = Deed {
        actor: &Actor::Person(person.id.clone()),
        organization: None,
        action: "passkey.remove",
        subject: passkey.id.as_str(),
    };
    let event = deed.event(app, Some(to_json(&view(&passkey))), None);
    app.store
        .write(async move |tx| {
            if !tx.remove_passkey(&passkey.person, &passkey.id).await? {
                return Err(Undone::from(unknown(passkey.id.as_str())));
            }
            Ok(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(())
}

async fn of(app: &App, person: &Person) -> Result<Vec<Passkey>, StoreError> {
    let person = person.id.clone();
    app.store.snapshot().await?.passkeys_of(&person).await
}

async fn find(app: &App, person: &Person, id: &str) -> Result<Passkey, Problem> {
    let known = of(app, person).await?;
    let found = known.into_iter().find(|one| one.id.as_str() == id);
    found.ok_or_else(|| unknown(id))
}

fn row(app: &App, person: &Person, (name, credential): (String, &Credential)) -> Passkey {
    Passkey {
        id: PasskeyId::from_random(random::bytes()),
        credential: credential.id.to_base64url(),
        person: person.id.clone(),
        name,
        public_key: credential.public_key.to_stored(),
        sign_count: credential.sign_count.into(),
        created_at: app.clock.now(),
        used_at: None,
    }
}

fn view(passkey: &Passkey) -> PasskeyView {
    PasskeyView {
        id: passkey.id.to_string(),
        name: passkey.name.clone(),
        created_at: instant(passkey.created_at),
        used_at: passkey.used_at.map(instant),
    }
}

fn site_or_problem(app: &App) -> Result<RelyingParty, Problem> {
    site(app).ok_or_else(|| Problem::new(ProblemCode::NoPasskeys))
}

fn name_or_problem(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let length = name.chars().count();
    if (1..=LONGEST_NAME).contains(&length) && !name.chars().any(char::is_control) {
        Ok(name.to_owned())
    } else {
        let expected = format!("a name of 1 to {LONGEST_NAME} characters");
        Err(Problem::field(
            "name",
            expected,
            format!("{length} characters"),
        ))
    }
}

fn check_room(known: usize) -> Result<(), Problem> {
    if known < MOST {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::TooManyPasskeys))
    }
}

/// What is said of an answer that is not believed; its story is for the log.
fn refused(refusal: &passkey::PasskeyError) -> Problem {
    tracing::info!(code = refusal.code(), reason = %refusal, "a passkey was refused");
    Problem::with_detail(
        ProblemCode::PasskeyRefused,
        format!("the passkey was not accepted: {refusal}"),
    )
}

fn unknown(id: &str) -> Problem {
    Problem::not_found("passkey", id)
}
