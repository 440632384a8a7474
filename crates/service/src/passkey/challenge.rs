//! The questions that passkeys answer: each is for one browser and one purpose, and is answered once.

use jiff::SignedDuration;
use passkey::Challenge;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::{random, seal};
use store::{PasskeyChallenge, PersonId, SecretHash};

/// For so long a question may be answered; browsers are told the same.
const LIFETIME: SignedDuration = SignedDuration::from_secs(300);

/// Who is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The hash of a cookie of the browser.
    pub browser: SecretHash,
    /// Who gets the passkey that is to be made; nobody when somebody comes in.
    pub person: Option<PersonId>,
}

/// Draws a question and remembers it.
pub(super) async fn ask(app: &App, asked: &Asked) -> Result<Challenge, Problem> {
    let challenge = Challenge::from_random(&random::bytes());
    let now = app.clock.now();
    let row = PasskeyChallenge {
        challenge: seal::hash(&challenge.to_base64url()),
        browser: asked.browser.clone(),
        person: asked.person.clone(),
        created_at: now,
        expires_at: now + LIFETIME,
    };
    app.store
        .write(async move |tx| tx.add_passkey_challenge(&row).await)
        .await?;
    Ok(challenge)
}

/// Takes the question that an answer claims to answer. It is spent then, whatever the answer is worth.
pub(super) async fn spend(app: &App, asked: &Asked, claimed: &Challenge) -> Result<(), Problem> {
    let (hash, now) = (seal::hash(&claimed.to_base64url()), app.clock.now());
    let Asked { browser, person } = asked.clone();
    let is_taken = app
        .store
        .write(async move |tx| {
            tx.consume_passkey_challenge(&hash, &browser, person.as_ref(), now)
                .await
        })
        .await?;
    if is_taken {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::PasskeyChallengeExpired))
    }
}
