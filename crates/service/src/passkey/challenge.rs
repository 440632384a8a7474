//! The challenges of passkeys. A challenge is for one browser and one purpose, and is valid once.

use jiff::SignedDuration;
use passkey::Challenge;
use runtime::app::App;
use runtime::problem::{Problem, ProblemCode};
use runtime::{random, seal};
use store::{PasskeyChallenge, PersonId, SecretHash};

/// The options for the browser name the same timeout.
const CHALLENGE_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// The browser and the person that a challenge is for.
#[derive(Clone, Debug)]
pub struct ChallengeRequester {
    /// The hash of a cookie of the browser.
    pub browser: SecretHash,
    /// The person who registers a passkey; `None` for a sign-in.
    pub person: Option<PersonId>,
}

/// Generates a challenge and stores its hash.
pub(super) async fn issue(app: &App, requester: &ChallengeRequester) -> Result<Challenge, Problem> {
    let challenge = Challenge::from_random(&random::bytes());
    let now = app.clock.now();
    let row = PasskeyChallenge {
        challenge: seal::hash(&challenge.to_base64url()),
        browser: requester.browser.clone(),
        person: requester.person.clone(),
        created_at: now,
        expires_at: now + CHALLENGE_LIFETIME,
    };
    app.store
        .write(async move |tx| tx.add_passkey_challenge(&row).await)
        .await?;
    Ok(challenge)
}

/// Consumes the challenge that a response claims to answer, before the response is verified.
pub(super) async fn consume(
    app: &App,
    requester: &ChallengeRequester,
    claimed: &Challenge,
) -> Result<(), Problem> {
    let hash = seal::hash(&claimed.to_base64url());
    let now = app.clock.now();
    let ChallengeRequester { browser, person } = requester.clone();
    let is_consumed = app
        .store
        .write(async move |tx| {
            tx.consume_passkey_challenge(&hash, &browser, person.as_ref(), now)
                .await
        })
        .await?;
    if is_consumed {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::PasskeyChallengeExpired))
    }
}
