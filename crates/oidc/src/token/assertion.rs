//! A JWT by which an application authenticates itself (RFC 7523, OpenID Connect Core 9).

use std::fmt;

use base64_simd::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::issuer::Issuer;
use crate::jwk::{AssertionAlgorithm, ClientKeys};
use crate::timestamp::Timestamp;

/// The most bytes that an assertion may have.
pub(super) const LONGEST: usize = 8192;
/// How far the application's clock may be from ours, in seconds.
const CLOCK_TOLERANCE: i64 = 60;
/// How many seconds an assertion may live, since its `jti` has to be remembered for as long.
const LONGEST_LIFE: i64 = 3600;
/// The most bytes that a `jti` may have.
const LONGEST_JTI: usize = 256;

/// An assertion that was used, to be remembered so that nobody uses it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssertionUse {
    /// What the application calls it; other applications may use the same name.
    pub jti: String,
    /// When it may be forgotten, because its age alone refuses it.
    pub until: Timestamp,
}

/// An assertion that has been taken apart, and that nobody has checked.
#[derive(Clone)]
pub(super) struct UnverifiedAssertion {
    signed: String,
    signature: Vec<u8>,
    header: Header,
    subject: String,
    claims: Claims,
}

// An extension that we do not know changes what the signature means: `crit` refuses (RFC 7515 4.1.11).
// Keys and addresses of keys in the header (`jwk`, `jku`, `x5c`, `x5u`) are never looked at.
#[derive(Clone, Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<IgnoredAny>,
}

#[derive(Clone, Deserialize)]
struct Claims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<Audience>,
    exp: Option<NumericDate>,
    nbf: Option<NumericDate>,
    iat: Option<NumericDate>,
    jti: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn into_list(self) -> Vec<String> {
        match self {
            Self::One(audience) => vec![audience],
            Self::Many(audiences) => audiences,
        }
    }
}

/// Seconds since 1970, with a fraction if the application likes (RFC 7519 2).
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum NumericDate {
    Whole(i64),
    Fraction(f64),
}

impl NumericDate {
    /// The second that it falls in; nothing beyond what a float can count exactly.
    fn timestamp(&self) -> Option<Timestamp> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Whole(seconds) => Some(Timestamp(*seconds)),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the range is checked first"
            )]
            Self::Fraction(seconds) if seconds.abs() < EXACT => Some(Timestamp(*seconds as i64)),
            Self::Fraction(_) => None,
        }
    }
}

impl UnverifiedAssertion {
    pub(super) fn read(text: &str) -> Result<Self, AssertionProblem> {
        let malformed = || AssertionProblem::Malformed;
        let (signed, signature) = text.rsplit_once('.').ok_or_else(malformed)?;
        let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode_to_vec(part).map_err(|_| malformed());
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| malformed())?;
        let claims: Claims = serde_json::from_slice(&decode(claims)?).map_err(|_| malformed())?;
        let missing = AssertionProblem::Missing { claim: "sub" };
        let subject = claims.sub.clone().ok_or(missing)?;
        let (signed, signature) = (signed.to_owned(), decode(signature)?);
        Ok(Self {
            signed,
            signature,
            header,
            subject,
            claims,
        })
    }

    /// The application that the assertion says it is from.
    pub(super) fn claimed_subject(&self) -> &str {
        &self.subject
    }

    /// Judges the assertion by the keys of the application that it says it is from.
    pub(super) fn prove(
        &self,
        keys: &ClientKeys,
        client_id: &str,
        issuer: &Issuer,
        now: Timestamp,
    ) -> Result<AssertionUse, AssertionProblem> {
        self.check_signature(keys)?;
        self.check_parties(client_id, issuer)?;
        let until = self.check_times(now)?;
        let jti = self
            .claims
            .jti
            .clone()
            .ok_or(AssertionProblem::Missing { claim: "jti" })?;
        if jti.is_empty() || jti.len() > LONGEST_JTI {
            return Err(AssertionProblem::Jti {
                limit: LONGEST_JTI,
                received: jti.len(),
            });
        }
        Ok(AssertionUse { jti, until })
    }

    fn check_signature(&self, keys: &ClientKeys) -> Result<(), AssertionProblem> {
        let Header {
            alg,
            kid,
            typ,
            crit,
        } = &self.header;
        if crit.is_some() {
            return Err(AssertionProblem::CriticalExtension);
        }
        // A token of another kind that the same key signed is no assertion (RFC 8725 3.11).
        let is_ours = |typ: &String| {
            ["JWT", "client-authentication+jwt"]
                .iter()
                .any(|ours| typ.eq_ignore_ascii_case(ours))
        };
        if let Some(received) = typ.as_ref().filter(|typ| !is_ours(typ)) {
            return Err(AssertionProblem::Type {
                received: received.clone(),
            });
        }
        let algorithm =
            AssertionAlgorithm::read(alg).ok_or_else(|| AssertionProblem::Algorithm {
                received: alg.clone(),
            })?;
        let mut candidates = keys.candidates(kid.as_deref(), algorithm).peekable();
        if candidates.peek().is_none() {
            return Err(AssertionProblem::NoKey {
                algorithm,
                kid: kid.clone(),
            });
        }
        let message = self.signed.as_bytes();
        let is_signed = candidates.any(|key| key.verifies(algorithm, message, &self.signature));
        if is_signed {
            Ok(())
        } else {
            Err(AssertionProblem::Signature)
        }
    }

    fn check_parties(&self, client_id: &str, issuer: &Issuer) -> Result<(), AssertionProblem> {
        let claimed = self.claims.iss.as_deref();
        let received = claimed.ok_or(AssertionProblem::Missing { claim: "iss" })?;
        if received != client_id || self.subject != client_id {
            let (expected, received) = (client_id.to_owned(), received.to_owned());
            return Err(AssertionProblem::Issuer { expected, received });
        }
        let audience = self.claims.aud.clone();
        let received = audience
            .ok_or(AssertionProblem::Missing { claim: "aud" })?
            .into_list();
        let expected = vec![issuer.as_str().to_owned(), issuer.token_endpoint()];
        // Every one of them: what names somebody else too, somebody else could have been given.
        if received.is_empty() || !received.iter().all(|audience| expected.contains(audience)) {
            return Err(AssertionProblem::Audience { expected, received });
        }
        Ok(())
    }

    /// Judges the three times, and says when the assertion can be forgotten.
    fn check_times(&self, now: Timestamp) -> Result<Timestamp, AssertionProblem> {
        let time = |claim: &'static str, date: &Option<NumericDate>| {
            let time = date.as_ref().map(NumericDate::timestamp);
            time.map(|time| time.ok_or(AssertionProblem::Time { claim }))
                .transpose()
        };
        let Claims { exp, nbf, iat, .. } = &self.claims;
        let exp = time("exp", exp)?.ok_or(AssertionProblem::Missing { claim: "exp" })?;
        let until = exp.after(CLOCK_TOLERANCE);
        if now >= until {
            return Err(AssertionProblem::Expired { until: exp, now });
        }
        if exp > now.after(LONGEST_LIFE + CLOCK_TOLERANCE) {
            return Err(AssertionProblem::TooLongLived {
                limit: LONGEST_LIFE,
                until: exp,
                now,
            });
        }
        for (claim, date) in [("nbf", nbf), ("iat", iat)] {
            if let Some(from) = time(claim, date)?.filter(|from| *from > now.after(CLOCK_TOLERANCE))
            {
                return Err(AssertionProblem::TooEarly { claim, from, now });
            }
        }
        Ok(until)
    }
}

/// Why a client assertion proves nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssertionProblem {
    /// It is not a signed JWT in compact form, or its JSON has the wrong shape.
    Malformed,
    /// Its header has extensions that have to be understood.
    CriticalExtension,
    /// It is a JWT of another kind.
    Type {
        /// The kind that its header names.
        received: String,
    },
    /// It is not signed by one of [`AssertionAlgorithm::ALL`].
    Algorithm {
        /// The algorithm that its header names.
        received: String,
    },
    /// The application has registered no such key.
    NoKey {
        /// The algorithm that its header names.
        algorithm: AssertionAlgorithm,
        /// The key that its header names.
        kid: Option<String>,
    },
    /// None of the registered keys made the signature.
    Signature,
    /// A claim is not there.
    Missing {
        /// Its name.
        claim: &'static str,
    },
    /// Issuer and subject are not both the application.
    Issuer {
        /// The `client_id`.
        expected: String,
        /// The `iss`.
        received: String,
    },
    /// It is addressed to somebody else, or to somebody else too.
    Audience {
        /// Our names: each is fine, and both.
        expected: Vec<String>,
        /// The `aud`.
        received: Vec<String>,
    },
    /// A time is out of all range.
    Time {
        /// Its name.
        claim: &'static str,
    },
    /// It is over.
    Expired {
        /// The `exp`.
        until: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// It lives longer than we want to remember it.
    TooLongLived {
        /// The most seconds from now to `exp`.
        limit: i64,
        /// The `exp`.
        until: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// It is not yet valid, or was made in the future.
    TooEarly {
        /// `nbf` or `iat`.
        claim: &'static str,
        /// Its value.
        from: Timestamp,
        /// When it was presented.
        now: Timestamp,
    },
    /// Its `jti` is empty or too long.
    Jti {
        /// The most bytes that it may have.
        limit: usize,
        /// How many it has.
        received: usize,
    },
    /// It was used before.
    Replayed,
}

impl AssertionProblem {
    /// The name that logs, docs and support requests share. Never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "assertion-malformed",
            Self::CriticalExtension => "assertion-critical-extension",
            Self::Type { .. } => "assertion-type",
            Self::Algorithm { .. } => "assertion-algorithm",
            Self::NoKey { .. } => "assertion-no-key",
            Self::Signature => "assertion-signature",
            Self::Missing { .. } => "assertion-claim-missing",
            Self::Issuer { .. } => "assertion-issuer",
            Self::Audience { .. } => "assertion-audience",
            Self::Time { .. } => "assertion-time",
            Self::Expired { .. } => "assertion-expired",
            Self::TooLongLived { .. } => "assertion-too-long-lived",
            Self::TooEarly { .. } => "assertion-too-early",
            Self::Jti { .. } => "assertion-jti",
            Self::Replayed => "assertion-replayed",
        }
    }
}

impl fmt::Display for AssertionProblem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the client assertion ")?;
        match self {
            Self::Malformed => out.write_str("is not a signed JWT"),
            Self::CriticalExtension => out.write_str("has critical header extensions"),
            Self::Type { .. } => out.write_str("is a JWT of another type"),
            Self::Algorithm { .. } => {
                out.write_str("has to be signed by RS256, PS256, ES256 or EdDSA")
            }
            Self::NoKey { algorithm, .. } => {
                write!(
                    out,
                    "names a key for {} that is not registered",
                    algorithm.as_str()
                )
            }
            Self::Signature => out.write_str("is not signed by a registered key"),
            Self::Missing { claim } => write!(out, "has no {claim}"),
            Self::Issuer { .. } => out.write_str("has to have the client id as iss and sub"),
            Self::Audience { .. } => out
                .write_str("has to have the issuer or the token endpoint as aud, and nothing else"),
            Self::Time { claim } => write!(out, "has a {claim} out of range"),
            Self::Expired { .. } => out.write_str("has expired"),
            Self::TooLongLived { limit, .. } => {
                write!(out, "may live at most {limit} seconds")
            }
            Self::TooEarly { claim, .. } => write!(out, "has a {claim} in the future"),
            Self::Jti { limit, .. } => write!(out, "needs a jti of 1 to {limit} bytes"),
            Self::Replayed => out.write_str("has been used before"),
        }
    }
}

impl std::error::Error for AssertionProblem {}
