//! Coming in by a passkey.

use passkey::{
    AuthenticationOptions, AuthenticationResponse, Credential, CredentialId, PasskeyError,
    PublicKey, VerificationContext,
};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use store::{AuditEntry, Passkey, PersonId};

use super::challenge::Asked;
use super::{challenge, refused, site_or_problem};
use crate::audit_log::Deed;
use crate::{Actor, Undone};

/// Asks a browser for any passkey that is good here; gives the options for it.
///
/// # Errors
///
/// When there can be none here.
pub async fn ask_to_sign_in(app: &App, asked: &Asked) -> Result<String, Problem> {
    let site = site_or_problem(app)?;
    let challenge = challenge::ask(app, asked).await?;
    Ok(AuthenticationOptions {
        relying_party: &site,
    }
    .to_json(&challenge))
}

/// Takes what an authenticator has signed, and says whose passkey it was.
///
/// # Errors
///
/// When it is not believed, or of a passkey that nobody has here.
pub async fn sign_in(app: &App, asked: &Asked, answer: &str) -> Result<PersonId, Problem> {
    let site = site_or_problem(app)?;
    let posted = AuthenticationResponse::parse(answer).map_err(|refusal| refused(&refusal))?;
    challenge::spend(app, asked, posted.claimed_challenge()).await?;
    let wanted = posted.claimed_credential_id().to_base64url();
    let found = app
        .store
        .snapshot()
        .await?
        .passkey_by_credential(&wanted)
        .await?;
    let known = found.ok_or_else(|| Problem::new(ProblemCode::PasskeyUnknown))?;
    let credential = credential(&known).ok_or_else(|| Problem::new(ProblemCode::InternalError))?;
    let expected = VerificationContext {
        challenge: posted.claimed_challenge(),
        relying_party: &site,
    };
    match posted.verify(&credential, &expected) {
        Ok(authenticated) => note_use(app, known, authenticated.sign_count.into()).await,
        Err(refusal) => {
            if matches!(refusal, PasskeyError::SignCountNotIncreased { .. }) {
                note_copy(app, &known, &refusal).await?;
            }
            Err(refused(&refusal))
        }
    }
}

/// The passkey as it was when it was added. That it cannot be read any more is no fault of whoever comes in.
fn credential(known: &Passkey) -> Option<Credential> {
    let read = || {
        Ok::<_, PasskeyError>(Credential {
            id: CredentialId::parse(&known.credential)?,
            public_key: PublicKey::from_stored(&known.public_key)?,
            user_handle: known.person.as_str().as_bytes().to_vec(),
            sign_count: u32::try_from(known.sign_count).unwrap_or(u32::MAX),
        })
    };
    read()
        .inspect_err(|refusal| {
            tracing::error!(passkey = %known.id, reason = %refusal, "a stored passkey cannot be read");
        })
        .ok()
}

async fn note_use(app: &App, known: Passkey, sign_count: i64) -> Result<PersonId, Problem> {
    let event = event(app, &known, ("passkey.use", None));
    let (person, now) = (known.person.clone(), app.clock.now());
    app.store
        .write(async move |tx| {
            // Of two answers at once that were held against one count, one is a copy's.
            if !tx.record_passkey_use(&known, sign_count, now).await? {
                return Err(Undone::from(Problem::with_detail(
                    ProblemCode::PasskeyRefused,
                    "the passkey was used twice at the same time, or was removed; try again",
                )));
            }
            Ok(tx.add_audit_entry(&event).await?)
        })
        .await?;
    Ok(person)
}

/// A counter that goes back tells of a copied authenticator: that is for whoever reads the audit trail.
async fn note_copy(app: &App, known: &Passkey, refusal: &PasskeyError) -> Result<(), Problem> {
    let story = serde_json::json!({ "code": refusal.code(), "reason": refusal.to_string() });
    let event = event(app, known, ("passkey.refuse", Some(story)));
    app.store
        .write(async move |tx| tx.add_audit_entry(&event).await)
        .await?;
    Ok(())
}

fn event(
    app: &App,
    known: &Passkey,
    (action, after): (&'static str, Option<serde_json::Value>),
) -> AuditEntry {
    let deed = Deed {
        actor: &Actor::Person(known.person.clone()),
        organization: None,
        action,
        subject: known.id.as_str(),
    };
    deed.event(app, None, after)
}
