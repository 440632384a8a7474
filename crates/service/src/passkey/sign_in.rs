//! Sign-in with a passkey.

use passkey::{
    AuthenticationOptions, AuthenticationResponse, Credential, CredentialId, PasskeyError,
    PublicKey, VerificationContext,
};
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use store::{AuditEntry, Passkey, PersonId};

use super::challenge::ChallengeRequester;
use super::{challenge, rejected, require_relying_party};
use crate::audit_log::AuditRecord;
use crate::{Actor, TxError};

/// Starts a sign-in with any passkey of this server, and returns the options for the browser as JSON.
///
/// # Errors
///
/// [`ProblemCode::NoPasskeys`] if the host of the public URL is an IP address.
pub async fn start_sign_in(app: &App, requester: &ChallengeRequester) -> Result<String, Problem> {
    let relying_party = require_relying_party(app)?;
    let challenge = challenge::issue(app, requester).await?;
    let options = AuthenticationOptions {
        relying_party: &relying_party,
    };
    Ok(options.to_json(&challenge))
}

/// Verifies the response of the browser and returns the person of the passkey.
///
/// # Errors
///
/// - [`ProblemCode::PasskeyRejected`] if the response is invalid,
/// - [`ProblemCode::PasskeyChallengeExpired`] if the challenge is not the browser's, used or expired,
/// - [`ProblemCode::PasskeyUnknown`] if the passkey is not registered.
pub async fn finish_sign_in(
    app: &App,
    requester: &ChallengeRequester,
    response: &str,
) -> Result<PersonId, Problem> {
    let relying_party = require_relying_party(app)?;
    let response = AuthenticationResponse::parse(response).map_err(|error| rejected(&error))?;
    challenge::consume(app, requester, response.claimed_challenge()).await?;
    let credential_id = response.claimed_credential_id().to_base64url();
    let found = app
        .store
        .snapshot()
        .await?
        .passkey_by_credential(&credential_id)
        .await?;
    let passkey = found.ok_or_else(|| Problem::new(ProblemCode::PasskeyUnknown))?;
    let credential =
        stored_credential(&passkey).ok_or_else(|| Problem::new(ProblemCode::InternalError))?;
    let context = VerificationContext {
        challenge: response.claimed_challenge(),
        relying_party: &relying_party,
    };
    match response.verify(&credential, &context) {
        Ok(authenticated) => record_use(app, passkey, authenticated.sign_count.into()).await,
        Err(error) => {
            if matches!(error, PasskeyError::SignCountNotIncreased { .. }) {
                record_suspected_copy(app, &passkey, &error).await?;
            }
            Err(rejected(&error))
        }
    }
}

/// The credential of a stored passkey. An invalid one is an internal error, which is logged.
fn stored_credential(passkey: &Passkey) -> Option<Credential> {
    let parse = || {
        Ok::<_, PasskeyError>(Credential {
            id: CredentialId::parse(&passkey.credential)?,
            public_key: PublicKey::from_stored(&passkey.public_key)?,
            user_handle: passkey.person.as_str().as_bytes().to_vec(),
            sign_count: u32::try_from(passkey.sign_count).unwrap_or(u32::MAX),
        })
    };
    parse()
        .inspect_err(|error| {
            tracing::error!(passkey = %passkey.id, reason = %error, "a stored passkey is invalid");
        })
        .ok()
}

async fn record_use(app: &App, passkey: Passkey, sign_count: i64) -> Result<PersonId, Problem> {
    let entry = entry(app, &passkey, "passkey.used", None);
    let person = passkey.person.clone();
    let now = app.clock.now();
    app.store
        .write(async move |tx| {
            // The counter must also exceed that of a concurrent sign-in, which may come from a copy.
            if !tx.record_passkey_use(&passkey, sign_count, now).await? {
                return Err(TxError::from(Problem::with_detail(
                    ProblemCode::PasskeyRejected,
                    "the passkey was used twice at the same time, or was removed; try again",
                )));
            }
            Ok(tx.add_audit_entry(&entry).await?)
        })
        .await?;
    Ok(person)
}

/// A signature counter that does not increase indicates a copied authenticator, so the audit log records the attempt.
async fn record_suspected_copy(
    app: &App,
    passkey: &Passkey,
    error: &PasskeyError,
) -> Result<(), Problem> {
    let details = serde_json::json!({ "code": error.code(), "reason": error.to_string() });
    let entry = entry(app, passkey, "passkey.rejected", Some(details));
    app.store
        .write(async move |tx| tx.add_audit_entry(&entry).await)
        .await?;
    Ok(())
}

fn entry(
    app: &App,
    passkey: &Passkey,
    action: &'static str,
    after: Option<serde_json::Value>,
) -> AuditEntry {
    let record = AuditRecord {
        actor: &Actor::Person(passkey.person.clone()),
        organization: None,
        action,
        subject: passkey.id.as_str(),
    };
    record.entry(app, None, after)
}
