//! What is wrong inside an encrypted assertion, for the administrators of the connection whose key decrypts it.
//!
//! The server answers the sender of such a response with `decryption-failed` alone, whatever is wrong: with AES-CBC and
//! without a signature around the ciphertext, every difference between the answers would reveal a part of the plaintext.
//! So the reason is determined only when an administrator looks at the attempt.

use runtime::app::App;
use runtime::problem::Problem;
use serde_json::Value;

use super::{find, message};
use crate::connection::{self, ConnectionRef};
use crate::sign_in::attempt_log::checks_json;
use crate::sign_in::discovery::OrgConnection;
use crate::sign_in::error::Code;
use crate::sign_in::response_review::ResponseUnderReview;

/// What failed after decryption.
#[derive(Clone, Debug)]
pub struct EncryptedFailure {
    pub code: Code,
    /// Like those of an attempt.
    pub checks: Value,
}

/// None if the attempt failed otherwise, its messages are not stored, or no key of the connection decrypts the response.
pub async fn encrypted_failure(
    app: &App,
    org_id_or_slug: &str,
    id: &str,
) -> Result<Option<EncryptedFailure>, Problem> {
    let attempt = find(app, org_id_or_slug, id).await?;
    if attempt.code.as_deref() != Some(Code::DecryptionFailed.as_str()) {
        return Ok(None);
    }
    let messages = message::load_messages(app, &attempt).await?;
    let Some(response) = messages.and_then(|messages| messages.response) else {
        return Ok(None);
    };
    let connection_ref = ConnectionRef::InOrganization(org_id_or_slug, attempt.connection.as_str());
    // The connection may have been deleted.
    let Ok((organization, connection)) = connection::find(app, connection_ref).await else {
        return Ok(None);
    };
    let org_connection = OrgConnection {
        organization,
        connection,
    };
    let started_at = attempt.started_at;
    let Ok(review) = ResponseUnderReview::new(app, &org_connection, &response, started_at).await
    else {
        return Ok(None);
    };
    let Some(explanation) = review.explain() else {
        return Ok(None);
    };
    let code = explanation.verdict.as_ref().err().map(Code::from);
    let inside = code.filter(|code| *code != Code::DecryptionFailed);
    Ok(inside.map(|code| EncryptedFailure {
        code,
        checks: checks_json(&explanation.checks),
    }))
}
