//! One-time codes that are sent to addresses.

use crate::engine::Row;
use crate::{EmailCodeId, SecretHash, StoreError, Tx, UnixTime};

/// How often a code may be guessed.
const TRIES: i64 = 5;

/// A code that was sent to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailCode {
    /// Its identifier.
    pub id: EmailCodeId,
    /// The hash of the cookie of the browser that asked for it: nobody else may use it.
    pub browser: SecretHash,
    /// The address, in lower case.
    pub email: String,
    /// The hash of the code.
    pub code: SecretHash,
    /// When it was sent.
    pub created_at: UnixTime,
    /// From when it is worth nothing.
    pub expires_at: UnixTime,
}

/// What was sent to an address lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodesSent {
    /// How many codes.
    pub count: i64,
    /// When the newest of them was.
    pub newest: Option<UnixTime>,
}

/// Why a code was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTheCode {
    /// There is none for this browser, or its time is over.
    Over,
    /// It was guessed wrongly too often.
    TooManyTries,
    /// It is another one.
    Wrong,
}

struct Sent {
    email: String,
    code: SecretHash,
    tries: i64,
}

impl Tx {
    /// Remembers a code that is about to be sent.
    pub async fn add_email_code(&mut self, code: &EmailCode) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO email_code (id, browser_hash, email, code_hash, tries, created_at, expires_at)
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

    /// Which codes were sent to an address since then; they are remembered for an hour.
    pub async fn email_codes_since(
        &mut self,
        email: &str,
        since: UnixTime,
    ) -> Result<CodesSent, StoreError> {
        let sent = self
            .optional(
                "SELECT COUNT(*) AS sent, MAX(created_at) AS newest
                   FROM email_code WHERE email = $1 AND created_at >= $2",
                &[email.into(), since.into()],
                |row| {
                    Ok(CodesSent {
                        count: row.number("sent")?,
                        newest: row.maybe_time("newest")?,
                    })
                },
            )
            .await?;
        Ok(sent.unwrap_or(CodesSent {
            count: 0,
            newest: None,
        }))
    }

    /// Takes a code, once, and says whose address it was sent to. A wrong one counts as a try.
    pub async fn spend_email_code(
        &mut self,
        (id, browser): (&EmailCodeId, &SecretHash),
        presented: &SecretHash,
        now: UnixTime,
    ) -> Result<Result<String, NotTheCode>, StoreError> {
        // The update comes first: it takes the row's lock, so that nobody guesses twice at once.
        let counted = self
            .change(
                "UPDATE email_code SET tries = tries + 1
                  WHERE id = $1 AND browser_hash = $2 AND spent_at IS NULL AND expires_at > $3",
                &[id.into(), browser.into(), now.into()],
            )
            .await?;
        if !counted {
            return Ok(Err(NotTheCode::Over));
        }
        let sent = self
            .optional(
                "SELECT email, code_hash, tries FROM email_code WHERE id = $1",
                &[id.into()],
                read,
            )
            .await?;
        let Some(sent) = sent else {
            return Ok(Err(NotTheCode::Over));
        };
        if sent.tries > TRIES {
            return Ok(Err(NotTheCode::TooManyTries));
        }
        if sent.code != *presented {
            return Ok(Err(NotTheCode::Wrong));
        }
        self.execute(
            "UPDATE email_code SET spent_at = $2 WHERE id = $1",
            &[id.into(), now.into()],
        )
        .await?;
        Ok(Ok(sent.email))
    }
}

fn read(row: &Row) -> Result<Sent, StoreError> {
    Ok(Sent {
        email: row.text("email")?,
        code: row.hash("code_hash")?,
        tries: row.number("tries")?,
    })
}
