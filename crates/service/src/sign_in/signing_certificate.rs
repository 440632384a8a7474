//! Which of several certificates made a signature of a response: for an administrator who looks for the reason of a
//! refusal, never to let anybody in.

use runtime::app::App;
use saml::certificate::Certificate;
use saml::{Decryption, Expectation, InResponseTo, Outcome, Rule, Trust};
use store::{Connection, Organization};

use super::discovery::Destination;
use super::expectation::{decryption, expectation, trust_in};

/// So many certificates are tried: each costs a verification.
const MOST: usize = 16;

/// The first of these certificates that made a signature of a posted response.
pub async fn signer_among(
    app: &App,
    (organization, connection): (&Organization, &Connection),
    response: &str,
    candidates: Vec<Certificate>,
) -> Option<Certificate> {
    let destination = Destination {
        organization: organization.clone(),
        connection: connection.clone(),
    };
    let keys = app.keys.connection_decryption(connection).await.ok()?;
    let now = app.clock.now();
    let expectation = expectation(app, &destination, InResponseTo::Unsolicited, now);
    let keys = decryption(connection, &keys);
    candidates.into_iter().take(MOST).find(|one| {
        trust_in(connection, vec![one.clone()])
            .is_ok_and(|trust| has_signed(response, &trust, (&keys, &expectation)))
    })
}

/// Whether a trusted key made a signature of a response.
pub fn has_signed(
    response: &str,
    trust: &Trust,
    (keys, expectation): (&Decryption, &Expectation),
) -> bool {
    let judgement = saml::judge(response, trust, keys, expectation);
    judgement.checks.iter().any(|check| {
        matches!(
            check.rule,
            Rule::ResponseSignature | Rule::AssertionSignature
        ) && check.outcome == Outcome::Passed
    })
}
