//! One-time codes that accounts receive by email to sign in.

use std::net::IpAddr;

use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::mail::Mail;
use runtime::problem::{Problem, ProblemCode};
use runtime::{random, seal};
use store::{
    EmailCode, EmailCodeError, EmailCodeId, NamedLock, PersonId, SecretHash, SentEmailCodes,
    StoreError,
};

const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// The number of codes that an address can receive within [`RATE_LIMIT_WINDOW`] without delay. After that, it can
/// receive one code per [`THROTTLED_INTERVAL`].
///
/// The limit applies to the address, so an attacker can use it up and delay the codes of the owner. The stricter
/// limit per client makes that expensive: it takes many networks. The owner can still sign in with a passkey or through
/// the identity provider.
///
/// An attacker with many networks can request 65 codes per hour. With five guesses per code and 10^8 possible codes,
/// the chance to guess one is 1 in 300,000 per hour.
const MAX_CODES_PER_WINDOW: i64 = 5;
const RATE_LIMIT_WINDOW: SignedDuration = SignedDuration::from_hours(1);
const THROTTLED_INTERVAL: SignedDuration = SignedDuration::from_mins(1);
const CODE_DIGITS: usize = 8;

/// Sends a code to an email address, if the address has an account. The result does not reveal whether it has.
///
/// # Errors
///
/// - [`ProblemCode::NoMail`] if the server cannot send email,
/// - [`ProblemCode::TooManyRequests`] if the address or the client has reached its limit.
pub async fn send(
    app: &App,
    email: &str,
    client: IpAddr,
    browser: &SecretHash,
    text: Localizer,
) -> Result<EmailCodeId, Problem> {
    if !app.mailer.is_available() {
        return Err(Problem::new(ProblemCode::NoMail));
    }
    let email = EmailAddress::parse_field("email", email)?;
    let now = app.clock.now();
    // The limit of the address is checked first, so that a rejected request does not count against the client.
    if is_throttled(app, &email, now).await? || !app.limits.may_request_email_code(client, &email) {
        return Err(Problem::new(ProblemCode::TooManyRequests));
    }
    let id = EmailCodeId::from_random(random::bytes());
    let digits = generate_digits();
    let code = EmailCode {
        id: id.clone(),
        browser: browser.clone(),
        email: email.to_string(),
        code: hash(&id, &digits),
        created_at: now,
        expires_at: now + CODE_LIFETIME,
    };
    let is_account = app
        .store
        .write(async move |tx| {
            tx.lock(NamedLock::EmailCodes(&code.email)).await?;
            let sent = tx.sent_email_codes(&code.email, window_start(now)).await?;
            if has_reached_limit(&sent, now) {
                return Ok(None);
            }
            tx.add_email_code(&code).await?;
            Ok::<_, StoreError>(Some(tx.console_account(&code.email).await?.is_some()))
        })
        .await?;
    match is_account {
        None => Err(Problem::new(ProblemCode::TooManyRequests)),
        Some(false) => Ok(id),
        Some(true) => {
            app.mailer.send(mail(app, text, &email, &digits));
            Ok(id)
        }
    }
}

async fn is_throttled(app: &App, email: &EmailAddress, now: Timestamp) -> Result<bool, StoreError> {
    let mut tx = app.store.snapshot().await?;
    let sent = tx
        .sent_email_codes(email.as_str(), window_start(now))
        .await?;
    Ok(has_reached_limit(&sent, now))
}

fn window_start(now: Timestamp) -> Timestamp {
    now.saturating_sub(RATE_LIMIT_WINDOW)
        .unwrap_or(Timestamp::MIN)
}

fn has_reached_limit(sent: &SentEmailCodes, now: Timestamp) -> bool {
    let is_recent = |newest| now < newest + THROTTLED_INTERVAL;
    sent.count >= MAX_CODES_PER_WINDOW && sent.newest.is_some_and(is_recent)
}

/// Checks a code and returns the person of the account. A code is valid once, and only in the browser that requested it.
///
/// # Errors
///
/// - [`ProblemCode::WrongCode`] if another guess is allowed,
/// - [`ProblemCode::CodeExpired`] if the code is used, expired, or was guessed too often.
pub async fn verify(
    app: &App,
    id: &str,
    browser: &SecretHash,
    presented: &str,
) -> Result<PersonId, Problem> {
    let id = EmailCodeId::parse(id).map_err(|_| expired())?;
    let digits: String = presented
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let hash = hash(&id, &digits);
    let browser = browser.clone();
    let now = app.clock.now();
    let consumed = app
        .store
        .write(
            async move |tx| match tx.consume_email_code(&id, &browser, &hash, now).await? {
                Ok(email) => Ok::<_, StoreError>(Ok(tx.console_account(&email).await?)),
                Err(error) => Ok(Err(error)),
            },
        )
        .await?;
    match consumed {
        Ok(Some(account)) => Ok(account.person),
        Ok(None) | Err(EmailCodeError::Incorrect) => Err(Problem::new(ProblemCode::WrongCode)),
        Err(EmailCodeError::Expired | EmailCodeError::TooManyGuesses) => Err(expired()),
    }
}

fn mail(app: &App, text: Localizer, email: &EmailAddress, digits: &str) -> Mail {
    let product = app.config.product_name.as_str();
    let variables = || {
        [
            ("product", product.into()),
            ("code", digits.into()),
            ("host", app.config.public_url.to_string().into()),
        ]
    };
    Mail {
        to: email.to_string(),
        subject: text.format("console-mail-code-subject", &[("product", product.into())]),
        text: text.format("console-mail-code-text", &variables()),
    }
}

fn expired() -> Problem {
    Problem::new(ProblemCode::CodeExpired)
}

/// Generates uniformly distributed digits: random numbers that would make small codes more likely are discarded.
fn generate_digits() -> String {
    const CODE_COUNT: u32 = 10_u32.pow(CODE_DIGITS as u32);
    const UNBIASED_LIMIT: u32 = u32::MAX - u32::MAX % CODE_COUNT;
    loop {
        let number = u32::from_be_bytes(random::bytes());
        if number < UNBIASED_LIMIT {
            return format!("{:0width$}", number % CODE_COUNT, width = CODE_DIGITS);
        }
    }
}

/// The ID of the code is the salt of the hash: hashes of all eight-digit codes could be precomputed without it.
fn hash(id: &EmailCodeId, digits: &str) -> SecretHash {
    seal::hash(&format!("{id} {digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_digits() {
        for _ in 0..100 {
            let code = generate_digits();
            assert_eq!(code.len(), CODE_DIGITS);
            assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
}
