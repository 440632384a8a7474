//! A JWT by which an application authenticates itself (RFC 7523, OpenID Connect Core 9).

use base64_simd::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::AssertionProblem;
use crate::algorithm::AssertionAlgorithm;
use crate::client_keys::ClientKeys;
use crate::issuer::Issuer;
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
