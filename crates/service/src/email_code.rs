//! One-time codes that are sent to the addresses of accounts.

use std::net::IpAddr;

use i18n::Localizer;
use jiff::{SignedDuration, Timestamp};
use runtime::app::App;
use runtime::email_address::EmailAddress;
use runtime::mail::Mail;
use runtime::problem::{Problem, ProblemCode};
use runtime::{random, seal};
use store::{
    EmailCode, EmailCodeError, EmailCodeId, PersonId, SecretHash, SentEmailCodes, StoreError,
};

/// For so long a code may be used.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// So many codes are sent to one address in [`WINDOW`] as they are asked for, and after that one in [`PAUSE`], for
/// whoever asks first. How many one client may ask for an address is held to a tighter limit ([`web::Limits`]), so
/// that it takes many networks to be the first each time; a passkey and single sign-on are ways in that nobody can hold
/// shut.
///
/// That is 65 codes in an hour for somebody who asks from everywhere at once. Five guesses at each, of 10^8 codes that
/// there are, leave one in 300 000 to chance.
const MOST: i64 = 5;
const WINDOW: SignedDuration = SignedDuration::from_secs(3600);
const PAUSE: SignedDuration = SignedDuration::from_secs(60);
/// How many digits a code has.
const DIGITS: usize = 8;

/// Sends a code to an address, if it is an account's. What comes back does not tell.
///
/// # Errors
///
/// When the address is none, no mail can be sent, or too many codes were asked for just now.
pub async fn send(
    app: &App,
    email: &str,
    (client, browser): (IpAddr, &SecretHash),
    text: Localizer,
) -> Result<EmailCodeId, Problem> {
    if !app.mailer.is_available() {
        return Err(Problem::new(ProblemCode::NoMail));
    }
    let email = EmailAddress::parse_field("email", email)?;
    let now = app.clock.now();
    // First, so that whoever has to wait for somebody else does not use up what they may ask for themselves.
    if is_paused(app, &email, now).await? || !app.limits.may_request_email_code(client, &email) {
        return Err(Problem::new(ProblemCode::TooManyRequests));
    }
    let id = EmailCodeId::from_random(random::bytes());
    let digits = draw();
    let code = EmailCode {
        id: id.clone(),
        browser: browser.clone(),
        email: email.to_string(),
        code: hash(&id, &digits),
        created_at: now,
        expires_at: now + LIFETIME,
    };
    let is_account = app
        .store
        .write(async move |tx| {
            let sent = tx.sent_email_codes(&code.email, window(now)).await?;
            if must_pause(&sent, now) {
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
            app.mailer.send(mail(app, text, (&email, &digits)));
            Ok(id)
        }
    }
}

async fn is_paused(app: &App, email: &EmailAddress, now: Timestamp) -> Result<bool, StoreError> {
    let mut tx = app.store.snapshot().await?;
    let sent = tx.sent_email_codes(email.as_str(), window(now)).await?;
    Ok(must_pause(&sent, now))
}

/// Since when what was sent counts.
fn window(now: Timestamp) -> Timestamp {
    now.saturating_sub(WINDOW).unwrap_or(Timestamp::MIN)
}

fn must_pause(sent: &SentEmailCodes, now: Timestamp) -> bool {
    sent.count >= MOST && sent.newest.is_some_and(|newest| now < newest + PAUSE)
}

/// Takes a code, and says whose account it was sent to.
///
/// # Errors
///
/// When it is wrong or over.
pub async fn take(
    app: &App,
    (id, browser): (&str, &SecretHash),
    presented: &str,
) -> Result<PersonId, Problem> {
    let id = EmailCodeId::parse(id).map_err(|_| over())?;
    let digits: String = presented
        .chars()
        .filter(|one| !one.is_whitespace())
        .collect();
    let (hash, browser) = (hash(&id, &digits), browser.clone());
    let now = app.clock.now();
    let taken = app
        .store
        .write(
            async move |tx| match tx.consume_email_code(&id, &browser, &hash, now).await? {
                Ok(email) => Ok::<_, StoreError>(Ok(tx.console_account(&email).await?)),
                Err(why) => Ok(Err(why)),
            },
        )
        .await?;
    match taken {
        Ok(Some(holder)) => Ok(holder.person),
        Ok(None) | Err(EmailCodeError::Incorrect) => Err(Problem::new(ProblemCode::WrongCode)),
        Err(EmailCodeError::Expired | EmailCodeError::TooManyGuesses) => Err(over()),
    }
}

fn mail(app: &App, text: Localizer, (email, digits): (&EmailAddress, &str)) -> Mail {
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

fn over() -> Problem {
    Problem::new(ProblemCode::CodeExpired)
}

/// A number that was drawn evenly: what would favour small numbers is drawn again.
fn draw() -> String {
    const ALL: u32 = 10_u32.pow(DIGITS as u32);
    const EVEN: u32 = u32::MAX - u32::MAX % ALL;
    loop {
        let number = u32::from_be_bytes(random::bytes());
        if number < EVEN {
            return format!("{:0width$}", number % ALL, width = DIGITS);
        }
    }
}

/// Eight digits alone could be looked up; with the id that each code has, they cannot beforehand.
fn hash(id: &EmailCodeId, digits: &str) -> SecretHash {
    seal::hash(&format!("{id} {digits}"))
}

#[test]
fn a_code_has_eight_digits() {
    for _ in 0..100 {
        let code = draw();
        assert_eq!(code.len(), DIGITS);
        assert!(code.bytes().all(|one| one.is_ascii_digit()));
    }
}
