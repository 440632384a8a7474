//! Passkeys, with which people sign in to the console.

mod challenge;
mod sign_in;

pub use challenge::ChallengeRequester;
use config::single_line::{self, LineDefect};
use passkey::{
    Credential, RegistrationOptions, RegistrationResponse, RelyingParty, User, VerificationContext,
};
use runtime::app::App;
use runtime::problem::{LocalizedText, Problem, ProblemCode};
use runtime::random;
use serde::Serialize;
pub use sign_in::{finish_sign_in, start_sign_in};
use store::{NamedLock, Passkey, PasskeyId, Person, StoreError};

use super::audit_log::AuditRecord;
use super::{Actor, TxError, instant};
use crate::to_json;

const MAX_PASSKEYS_PER_PERSON: usize = 20;
pub const MAX_NAME_CHARS: usize = 60;

/// A passkey for its owner and for the audit log.
#[derive(Clone, Debug, Serialize)]
pub struct PasskeyView {
    pub id: String,
    /// The name that the owner has chosen.
    pub name: String,
    pub created_at: String,
    /// When the passkey was last used to sign in.
    pub used_at: Option<String>,
}

/// The relying party: the host of the public URL. `None` if the host is an IP address, for which passkeys cannot exist.
pub fn relying_party(app: &App) -> Option<RelyingParty> {
    Some(RelyingParty {
        id: app.config.public_url.host_name()?,
        origin: app.config.public_url.to_string(),
    })
}

/// Lists the passkeys of a person, oldest first.
pub async fn list(app: &App, person: &Person) -> Result<Vec<PasskeyView>, Problem> {
    Ok(passkeys_of(app, person).await?.iter().map(view).collect())
}

/// Starts the registration of a passkey, and returns the options for the browser as JSON.
///
/// # Errors
///
/// - [`ProblemCode::NoPasskeys`] if the host of the public URL is an IP address,
/// - [`ProblemCode::TooManyPasskeys`] if the person has the maximum number of passkeys.
pub async fn start_registration(
    app: &App,
    person: &Person,
    requester: &ChallengeRequester,
) -> Result<String, Problem> {
    let relying_party = require_relying_party(app)?;
    let existing = passkeys_of(app, person).await?;
    check_count(existing.len())?;
    // All stored IDs are valid: a registration with an invalid ID is rejected.
    let existing: Vec<_> = existing
        .iter()
        .filter_map(|passkey| passkey::CredentialId::parse(&passkey.credential).ok())
        .collect();
    let name = person.email.as_deref().or(person.name.as_deref());
    let name = name.unwrap_or(person.id.as_str());
    let user = User {
        handle: person.id.as_str().as_bytes().to_vec(),
        name: name.to_owned(),
        display_name: person.name.as_deref().unwrap_or(name).to_owned(),
    };
    let options = RegistrationOptions {
        relying_party: &relying_party,
        relying_party_name: &app.config.product_name,
        user: &user,
        exclude_credentials: &existing,
    };
    let challenge = challenge::issue(app, requester).await?;
    Ok(options.to_json(&challenge))
}

/// Verifies the response of the browser and adds the passkey.
///
/// # Errors
///
/// - [`ProblemCode::PasskeyRejected`] if the response is invalid,
/// - [`ProblemCode::PasskeyChallengeExpired`] if the challenge is not the browser's, used or expired,
/// - [`ProblemCode::PasskeyAlreadyRegistered`] if the passkey is registered already,
/// - [`ProblemCode::TooManyPasskeys`] if the person has the maximum number of passkeys.
pub async fn finish_registration(
    app: &App,
    person: &Person,
    requester: &ChallengeRequester,
    name: &str,
    response: &str,
) -> Result<PasskeyView, Problem> {
    let relying_party = require_relying_party(app)?;
    let name = parse_name(name)?;
    let response = RegistrationResponse::parse(response).map_err(|error| rejected(&error))?;
    challenge::consume(app, requester, response.claimed_challenge()).await?;
    let context = VerificationContext {
        challenge: response.claimed_challenge(),
        relying_party: &relying_party,
    };
    let credential = response
        .verify(&context, person.id.as_str().as_bytes())
        .map_err(|error| rejected(&error))?;
    let passkey = new_passkey(app, person, name, &credential);
    let view = view(&passkey);
    let record = AuditRecord {
        actor: &Actor::Person(person.id.clone()),
        organization: None,
        action: "passkey.added",
        subject: passkey.id.as_str(),
    };
    let entry = record.entry(app, None, Some(to_json(&view)));
    app.store
        .write(async move |tx| {
            tx.lock(NamedLock::Passkeys(&passkey.person)).await?;
            check_count(tx.passkeys_of(&passkey.person).await?.len())?;
            if !tx.add_passkey(&passkey).await? {
                return Err(TxError::from(Problem::new(
                    ProblemCode::PasskeyAlreadyRegistered,
                )));
            }
            Ok(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(view)
}

pub async fn rename(app: &App, person: &Person, id: &str, name: &str) -> Result<(), Problem> {
    let name = parse_name(name)?;
    let before = find(app, person, id).await?;
    let after = Passkey {
        name: name.clone(),
        ..before.clone()
    };
    let record = AuditRecord {
        actor: &Actor::Person(person.id.clone()),
        organization: None,
        action: "passkey.renamed",
        subject: before.id.as_str(),
    };
    let entry = record.entry(
        app,
        Some(to_json(&view(&before))),
        Some(to_json(&view(&after))),
    );
    app.store
        .write(async move |tx| {
            if !tx.rename_passkey(&after.person, &after.id, &name).await? {
                return Err(TxError::from(unknown(after.id.as_str())));
            }
            Ok(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(())
}

pub async fn remove(app: &App, person: &Person, id: &str) -> Result<(), Problem> {
    let passkey = find(app, person, id).await?;
    let record = AuditRecord {
        actor: &Actor::Person(person.id.clone()),
        organization: None,
        action: "passkey.removed",
        subject: passkey.id.as_str(),
    };
    let entry = record.entry(app, Some(to_json(&view(&passkey))), None);
    app.store
        .write(async move |tx| {
            if !tx.remove_passkey(&passkey.person, &passkey.id).await? {
                return Err(TxError::from(unknown(passkey.id.as_str())));
            }
            Ok(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(())
}

async fn passkeys_of(app: &App, person: &Person) -> Result<Vec<Passkey>, StoreError> {
    app.store.snapshot().await?.passkeys_of(&person.id).await
}

async fn find(app: &App, person: &Person, id: &str) -> Result<Passkey, Problem> {
    let passkeys = passkeys_of(app, person).await?;
    let found = passkeys
        .into_iter()
        .find(|passkey| passkey.id.as_str() == id);
    found.ok_or_else(|| unknown(id))
}

fn new_passkey(app: &App, person: &Person, name: String, credential: &Credential) -> Passkey {
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

fn require_relying_party(app: &App) -> Result<RelyingParty, Problem> {
    relying_party(app).ok_or_else(|| Problem::new(ProblemCode::NoPasskeys))
}

fn parse_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let length = name.chars().count();
    if !(1..=MAX_NAME_CHARS).contains(&length) {
        let (limit, count) = (MAX_NAME_CHARS.to_string(), length.to_string());
        let expected = LocalizedText::with(
            "problem-expected-name-characters",
            &[("limit", limit.as_str())],
        );
        let received = match length {
            0 => LocalizedText::key("problem-received-nothing"),
            _ => LocalizedText::with("problem-received-characters", &[("count", count.as_str())]),
        };
        return Err(Problem::field("name", expected, received));
    }
    let expected = match single_line::check(name) {
        Ok(()) => return Ok(name.to_owned()),
        Err(LineDefect::Control) => LocalizedText::key("problem-expected-one-line"),
        Err(LineDefect::Blank) => LocalizedText::key("problem-expected-visible"),
    };
    Err(Problem::field("name", expected, format!("{name:?}")))
}

fn check_count(existing: usize) -> Result<(), Problem> {
    if existing < MAX_PASSKEYS_PER_PERSON {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::TooManyPasskeys))
    }
}

/// Logs the error of an invalid response, and converts it into a problem.
fn rejected(error: &passkey::PasskeyError) -> Problem {
    tracing::info!(code = error.code(), reason = %error, "a passkey was rejected");
    Problem::with_detail(
        ProblemCode::PasskeyRejected,
        format!("the passkey was not accepted: {error}"),
    )
}

fn unknown(id: &str) -> Problem {
    Problem::not_found("passkey", id)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::empty(" ", "60 characters")]
    #[case::line_break("a\nb", "without control characters")]
    #[case::bidirectional_control("a\u{202e}b", "without control characters")]
    #[case::invisible("\u{200b}", "visible characters")]
    fn an_invalid_name_is_rejected_with_the_expected_name(
        #[case] name: &str,
        #[case] expected: &str,
    ) {
        let problem = parse_name(name).unwrap_err();
        assert!(problem.detail.contains(expected), "{}", problem.detail);
    }
}
