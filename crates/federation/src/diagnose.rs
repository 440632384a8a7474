//! A closer look at a refusal, for those reasons behind which there can be several mistakes.
//!
//! It runs after the verdict and never changes whether somebody comes in; it only tells apart what an administrator has
//! to repair in different places.

use base64_simd::STANDARD;
use jiff::Timestamp;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use saml::certificate::Certificate;
use saml::{Claims, Rejection, Trust, UnverifiedMessage};
use service::sign_in::discovery::Destination;
use service::sign_in::error::Refusal;
use service::sign_in::expectation::{certificate, decryption, expectation, trust_in};
use service::sign_in::signing_certificate::has_signed;
use store::{Connection, ConnectionKey, KeyPurpose};

use super::pending_sign_in::Arrival;
use super::posted_form::Posted;

/// So many certificates of other connections are tried: each costs a verification.
const MOST_CANDIDATES: usize = 16;

/// Gives a refusal its most telling reason.
pub(super) async fn refine(
    app: &App,
    destination: &Destination,
    (arrival, posted): (&Arrival, &Posted),
    refusal: Refusal,
) -> Refusal {
    let Refusal::Saml(rejection) = refusal else {
        return refusal;
    };
    let found = match *rejection {
        Rejection::SignatureMismatch { .. } => {
            other_connection(app, destination, (arrival, posted)).await
        }
        Rejection::NotYetValid { now, .. } => clock_ahead(destination, posted, now),
        Rejection::Expired { .. } => clock_behind(destination, (arrival, posted)),
        Rejection::DecryptionFailed => other_key(app, destination, posted).await,
        _ => None,
    };
    found.unwrap_or(Refusal::Saml(rejection))
}

/// Where an address would have been found, when the assertion has one under a name that nobody looks at.
pub(super) fn with_lookalike(refusal: Refusal, claims: &Claims) -> Refusal {
    if !matches!(refusal, Refusal::EmailMissing) {
        return refusal;
    }
    let lookalike = claims.attributes.iter().find(|attribute| {
        attribute
            .values
            .iter()
            .any(|value| EmailAddress::parse(value).is_some())
    });
    match lookalike {
        Some(attribute) => Refusal::EmailElsewhere {
            attribute: attribute.name.clone(),
        },
        None => refusal,
    }
}

/// A response that was written after now was written by a clock that is ahead.
fn clock_ahead(destination: &Destination, posted: &Posted, now: Timestamp) -> Option<Refusal> {
    let issued = UnverifiedMessage::parse(&posted.response)?.issued?;
    let ahead = issued.as_second() - now.as_second();
    (ahead > destination.connection.settings.clock_tolerance.as_secs())
        .then_some(Refusal::ClockAhead { issued, now })
}

/// A response that was written before we asked for it was written by a clock that is behind.
fn clock_behind(
    destination: &Destination,
    (arrival, posted): (&Arrival, &Posted),
) -> Option<Refusal> {
    let Arrival::Awaited(awaited) = arrival else {
        return None;
    };
    let asked = awaited.pending.created_at;
    let issued = UnverifiedMessage::parse(&posted.response)?.issued?;
    let behind = asked.as_second() - issued.as_second();
    (behind > destination.connection.settings.clock_tolerance.as_secs()).then(|| {
        Refusal::ClockBehind {
            issued,
            asked: asked,
        }
    })
}

/// The other connection of the same organization whose certificate made the signature; those of others are not tried,
/// so that nobody learns of them.
async fn other_connection(
    app: &App,
    destination: &Destination,
    (arrival, posted): (&Arrival, &Posted),
) -> Option<Refusal> {
    let connections: Vec<Connection> = {
        let mut tx = app.store.snapshot().await.ok()?;
        let mut organization = tx.organization(&destination.organization.id);
        organization.connections().await.ok()?
    };
    let this = &destination.connection;
    let keys = app.keys.connection_decryption(this).await.ok()?;
    let expectation = expectation(app, destination, arrival.in_response_to(), app.clock.now());
    let decryption = decryption(this, &keys);
    let candidates = connections.into_iter().flat_map(|one| {
        let Connection {
            id,
            settings,
            certificates,
            ..
        } = one;
        certificates
            .into_iter()
            .map(move |stored| (id.clone(), settings.name.clone(), stored))
    });
    candidates
        .filter(|(id, _, _)| *id != this.id)
        .take(MOST_CANDIDATES)
        .find_map(|(_, name, stored)| {
            let certificate = certificate(&stored).ok()?;
            let sha256 = certificate.sha256();
            let trust: Trust = trust_in(this, vec![certificate]).ok()?;
            let is_signer = has_signed(&posted.response, &trust, (&decryption, &expectation));
            is_signer.then_some(Refusal::CertificateOfOtherConnection {
                connection: name,
                sha256,
            })
        })
}

/// What the message says about the key for which it was encrypted, held against ours.
async fn other_key(app: &App, destination: &Destination, posted: &Posted) -> Option<Refusal> {
    let named = UnverifiedMessage::parse(&posted.response)?.encrypted_for;
    let received = named.first()?.clone();
    let stored: Vec<ConnectionKey> = {
        let connection = &destination.connection;
        let mut tx = app.store.snapshot().await.ok()?;
        let mut organization = tx.organization(&connection.organization);
        organization.connection_keys(&connection.id).await.ok()?
    };
    let ours: Vec<(String, Option<Timestamp>)> = stored
        .into_iter()
        .filter(|key| key.purpose == KeyPurpose::Decryption)
        .filter_map(|key| Some((fingerprint(&key.certificate)?, key.retired_at)))
        .collect();
    let now = app.clock.now();
    let is_retired = |at: &Option<Timestamp>| at.is_some_and(|at| at <= now);
    let expected = ours
        .iter()
        .find(|(_, retired)| !is_retired(retired))
        .map(|(sha256, _)| sha256.clone());
    match ours.iter().find(|(sha256, _)| named.contains(sha256)) {
        Some((_, retired)) if is_retired(retired) => {
            Some(Refusal::EncryptedForOldKey { expected, received })
        }
        Some(_) => None,
        None => Some(Refusal::EncryptedForOtherKey { expected, received }),
    }
}

fn fingerprint(base64: &str) -> Option<String> {
    let der = STANDARD.decode_to_vec(base64).ok()?;
    Certificate::from_der(&der).ok().map(|one| one.sha256())
}
