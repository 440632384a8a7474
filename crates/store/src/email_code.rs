//! One-time codes that are sent by email.

use jiff::Timestamp;

use crate::engine::Row;
use crate::{EmailCodeId, SecretHash, StoreError, Tx};

const MAX_GUESSES: i64 = 5;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailCode {
    pub id: EmailCodeId,
    /// The hash of the cookie of the browser that requested the code; no other browser can use it.
    pub browser: SecretHash,
    /// In lower case.
    pub email: String,
    pub code: SecretHash,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// The codes that were sent to an address recently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentEmailCodes {
    pub count: i64,
    /// When the newest code was sent.
    pub newest: Option<Timestamp>,
}

/// Why a one-time code was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailCodeError {
    /// This browser has no such code, or the code has expired or was used.
    #[error("the code has expired")]
    Expired,
    #[error("the code was guessed too often")]
    TooManyGuesses,
    #[error("the code is incorrect")]
    Incorrect,
}

struct StoredCode {
    email: String,
    code: SecretHash,
    guesses: i64,
}

impl Tx {
    pub async fn add_email_code(&mut self, code: &EmailCode) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO email_code (id, browser_hash, email, code_hash, guesses, created_at, expires_at)
             VALUES ($1, $2, $3, $4, 0, $5, $6)",
            &[
                (&code.id).into(),
                (&code.browser).into(),
                (&code.email).into(),
                (&code.code).into(),
                code.created_at.into(),
                code.expires_at.into(),
            ],
        )
        .await
        .map(drop)
    }

    /// The codes that were sent to an address since then. Codes are stored for an hour at least.
    pub async fn sent_email_codes(
        &mut self,
        email: &str,
        since: Timestamp,
    ) -> Result<SentEmailCodes, StoreError> {
        let sent = self
            .fetch_optional(
                "SELECT COUNT(*) AS sent, MAX(created_at) AS newest
                   FROM email_code WHERE email = $1 AND created_at >= $2",
                &[email.into(), since.into()],
                |row| {
                    Ok(SentEmailCodes {
                        count: row.number("sent")?,
                        newest: row.maybe_time("newest")?,
                    })
                },
            )
            .await?;
        Ok(sent.unwrap_or(SentEmailCodes {
            count: 0,
            newest: None,
        }))
    }

    /// Uses a code once and returns its email address. An incorrect code counts as a guess.
    pub async fn consume_email_code(
        &mut self,
        id: &EmailCodeId,
        browser: &SecretHash,
        presented: &SecretHash,
        now: Timestamp,
    ) -> Result<Result<String, EmailCodeError>, StoreError> {
        // The update comes first because it locks the row, so that parallel guesses are all counted.
        let counted = self
            .update_one(
                "UPDATE email_code SET guesses = guesses + 1
                  WHERE id = $1 AND browser_hash = $2 AND consumed_at IS NULL AND expires_at > $3",
                &[id.into(), browser.into(), now.into()],
            )
            .await?;
        if !counted {
            return Ok(Err(EmailCodeError::Expired));
        }
        let sent = self
            .fetch_optional(
                "SELECT email, code_hash, guesses FROM email_code WHERE id = $1",
                &[id.into()],
                StoredCode::from_row,
            )
            .await?;
        let Some(sent) = sent else {
            return Ok(Err(EmailCodeError::Expired));
        };
        if sent.guesses > MAX_GUESSES {
            return Ok(Err(EmailCodeError::TooManyGuesses));
        }
        if sent.code != *presented {
            return Ok(Err(EmailCodeError::Incorrect));
        }
        self.execute(
            "UPDATE email_code SET consumed_at = $2 WHERE id = $1",
            &[id.into(), now.into()],
        )
        .await?;
        Ok(Ok(sent.email))
    }
}

impl StoredCode {
    fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            email: row.text("email")?,
            code: row.hash("code_hash")?,
            guesses: row.number("guesses")?,
        })
    }
}
