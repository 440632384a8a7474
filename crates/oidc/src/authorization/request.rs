use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{AuthorizationError, AuthorizationErrorKind, ClientValidationError, RedirectableError};
use crate::application::Application;
use crate::claims_request::{ClaimsRequest, ParsedClaims};
use crate::id_token_hint;
use crate::parameters::{Parameter, ParameterError, Parameters};
use crate::pkce::CodeChallenge;
use crate::prompt::{Prompt, Prompts};
use crate::redirect_uri::{MAX_REDIRECT_URI_BYTES, RedirectUri};
use crate::scope::{Scope, Scopes};

const CLIENT_ID: Parameter = Parameter::new("client_id", 128);
const REDIRECT_URI: Parameter = Parameter::new("redirect_uri", MAX_REDIRECT_URI_BYTES);
const RESPONSE_TYPE: Parameter = Parameter::new("response_type", 64);
const RESPONSE_MODE: Parameter = Parameter::new("response_mode", 64);
const SCOPE: Parameter = Parameter::new("scope", 1024);
const STATE: Parameter = Parameter::new("state", 4096);
const NONCE: Parameter = Parameter::new("nonce", 1024);
const CODE_CHALLENGE: Parameter = Parameter::new("code_challenge", 128);
const CODE_CHALLENGE_METHOD: Parameter = Parameter::new("code_challenge_method", 16);
const PROMPT: Parameter = Parameter::new("prompt", 64);
// Ten digits are three hundred years.
const MAX_AGE: Parameter = Parameter::new("max_age", 10);
const LOGIN_HINT: Parameter = Parameter::new("login_hint", 320);
const DOMAIN_HINT: Parameter = Parameter::new("domain_hint", 253);
const ORGANIZATION: Parameter = Parameter::new("organization", 128);
const CONNECTION: Parameter = Parameter::new("connection", 128);
const ACR_VALUES: Parameter = Parameter::new("acr_values", 1024);
const ID_TOKEN_HINT: Parameter = Parameter::new("id_token_hint", 16 * 1024);
const CLAIMS: Parameter = Parameter::new("claims", 8 * 1024);
const UI_LOCALES: Parameter = Parameter::new("ui_locales", 256);
// These change the meaning of the other parameters, so they cannot be ignored.
const UNSUPPORTED_PARAMETERS: [Parameter; 3] = [
    Parameter::new("request", usize::MAX),
    Parameter::new("request_uri", usize::MAX),
    Parameter::new("registration", usize::MAX),
];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    #[default]
    Query,
    /// A form that a page submits without user interaction (OAuth 2.0 Form Post Response Mode).
    FormPost,
}

impl ResponseMode {
    pub const ALL: [Self; 2] = [Self::Query, Self::FormPost];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
        }
    }
}

/// A valid request of a verified client.
///
/// [`AuthorizationRequest::parse`] is the only way to validate one. `Serialize` and `Deserialize` are for keeping the
/// request while the user is at the identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuthorizationRequest {
    pub client_id: String,
    pub redirect_uri: RedirectUri,
    pub response_mode: ResponseMode,
    pub scopes: Scopes,
    pub state: Option<String>,
    pub nonce: Option<String>,
    /// An application that requires PKCE always sends one.
    pub code_challenge: Option<CodeChallenge>,
    pub prompts: Prompts,
    pub max_age: Option<SignedDuration>,
    /// Usually an email address.
    pub login_hint: Option<String>,
    /// The email domain of the user.
    pub domain_hint: Option<String>,
    /// The ID or slug of the organization to sign in to.
    pub organization: Option<String>,
    /// The ID of the connection to sign in with.
    pub connection: Option<String>,
    /// In order of preference.
    pub acr_values: Vec<String>,
    /// One of these is required (OpenID Connect Core 5.5.1.1).
    #[serde(default)]
    pub essential_acr_values: Vec<String>,
    /// The only member whom the application accepts: the `sub` of `id_token_hint` or of the parameter `claims`.
    #[serde(default)]
    pub subject: Option<String>,
    /// What the parameter `claims` asks for.
    #[serde(default)]
    pub claims: ClaimsRequest,
    /// In order of preference.
    pub ui_locales: Vec<String>,
}

/// The `client_id` by which to look the application up.
pub fn claimed_client_id(parameters: &Parameters) -> Result<&str, ClientValidationError> {
    client_parameter(parameters, CLIENT_ID)
}

impl AuthorizationRequest {
    /// Validates a request of the application that was found by its `client_id`, if any.
    pub fn parse(
        parameters: &Parameters,
        application: Option<&Application>,
    ) -> Result<Self, AuthorizationError> {
        let client_id = claimed_client_id(parameters)?;
        let application = application
            .filter(|application| application.client_id == client_id)
            .ok_or_else(|| ClientValidationError::ClientNotFound {
                received: client_id.to_owned(),
            })?;
        let claimed = client_parameter(parameters, REDIRECT_URI)?;
        let redirect_uri = application.redirect_uri(claimed).ok_or_else(|| {
            ClientValidationError::RedirectUriNotRegistered {
                expected: application.redirect_uris.clone(),
                received: claimed.to_owned(),
            }
        })?;
        Self::parse_for_client(parameters, application, redirect_uri.clone()).map_err(|kind| {
            AuthorizationError::ReturnToClient(RedirectableError {
                redirect_uri,
                response_mode: response_mode(parameters).unwrap_or_default(),
                state: string(parameters, STATE).unwrap_or_default(),
                kind,
            })
        })
    }

    /// The earliest `auth_time` that satisfies `max_age` now.
    #[must_use]
    pub fn min_auth_time(&self, now: Timestamp) -> Option<Timestamp> {
        let max_age = self.max_age?;
        Some(now.checked_sub(max_age).unwrap_or(Timestamp::MIN))
    }

    /// Whether the user has to authenticate again, no matter how recent the last authentication is.
    #[must_use]
    pub fn requires_reauthentication(&self) -> bool {
        // The identity provider offers another account only when it does not answer from its own session.
        self.prompts.contains(Prompt::Login)
            || self.prompts.contains(Prompt::SelectAccount)
            || self.max_age == Some(SignedDuration::ZERO)
    }

    /// Whether a sign-in with this authentication context may be answered with a code.
    #[must_use]
    pub fn accepts_acr(&self, acr: Option<&str>) -> bool {
        let essential = &self.essential_acr_values;
        essential.is_empty() || acr.is_some_and(|acr| essential.iter().any(|value| value == acr))
    }

    /// Whether a sign-in with this authentication context is what the application prefers.
    #[must_use]
    pub fn prefers_acr(&self, acr: Option<&str>) -> bool {
        let preferred = &self.acr_values;
        self.accepts_acr(acr)
            && (preferred.is_empty()
                || acr.is_some_and(|acr| preferred.iter().any(|value| value == acr)))
    }

    /// Whether a code may be about this member.
    #[must_use]
    pub fn accepts_subject(&self, member: &str) -> bool {
        self.subject
            .as_deref()
            .is_none_or(|subject| subject == member)
    }

    fn parse_for_client(
        parameters: &Parameters,
        application: &Application,
        redirect_uri: RedirectUri,
    ) -> Result<Self, AuthorizationErrorKind> {
        reject_unsupported_parameters(parameters)?;
        check_response_type(parameters)?;
        let scopes = Scopes::parse(optional(parameters, SCOPE)?.unwrap_or_default());
        if !scopes.contains(Scope::Openid) {
            return Err(AuthorizationErrorKind::OpenidScopeMissing);
        }
        let parsed = ParsedClaims::parse(optional(parameters, CLAIMS)?).ok_or_else(|| {
            invalid_value(CLAIMS, "a JSON object as in OpenID Connect Core 5.5", "")
        })?;
        Ok(Self {
            client_id: application.client_id.clone(),
            redirect_uri,
            response_mode: response_mode(parameters)?,
            scopes,
            state: string(parameters, STATE)?,
            nonce: string(parameters, NONCE)?,
            code_challenge: code_challenge(parameters, application.must_send_challenge())?,
            prompts: prompts(parameters)?,
            max_age: max_age(parameters)?,
            login_hint: string(parameters, LOGIN_HINT)?,
            domain_hint: string(parameters, DOMAIN_HINT)?,
            organization: string(parameters, ORGANIZATION)?,
            connection: string(parameters, CONNECTION)?,
            acr_values: acr_values(parameters, &parsed)?,
            subject: subject(parameters, &parsed)?,
            essential_acr_values: parsed.essential_acr_values,
            claims: parsed.request,
            ui_locales: space_separated(parameters, UI_LOCALES)?,
        })
    }
}

fn client_parameter(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<&str, ClientValidationError> {
    parameters
        .value(parameter)
        .map_err(ClientValidationError::Parameter)?
        .ok_or_else(|| ClientValidationError::MissingParameter {
            parameter: parameter.name(),
        })
}

fn optional(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<Option<&str>, AuthorizationErrorKind> {
    parameters
        .value(parameter)
        .map_err(AuthorizationErrorKind::Parameter)
}

fn string(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<Option<String>, AuthorizationErrorKind> {
    Ok(optional(parameters, parameter)?.map(str::to_owned))
}

fn space_separated(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<Vec<String>, AuthorizationErrorKind> {
    let value = optional(parameters, parameter)?.unwrap_or_default();
    Ok(value
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect())
}

fn reject_unsupported_parameters(parameters: &Parameters) -> Result<(), AuthorizationErrorKind> {
    for parameter in UNSUPPORTED_PARAMETERS {
        match parameters.value(parameter) {
            Ok(None) => {}
            Ok(Some(_)) | Err(ParameterError::ControlCharacter { .. }) => {
                return Err(AuthorizationErrorKind::UnsupportedParameter {
                    parameter: parameter.name(),
                });
            }
            Err(error) => return Err(AuthorizationErrorKind::Parameter(error)),
        }
    }
    Ok(())
}

fn check_response_type(parameters: &Parameters) -> Result<(), AuthorizationErrorKind> {
    match optional(parameters, RESPONSE_TYPE)? {
        Some("code") => Ok(()),
        Some(other) => Err(AuthorizationErrorKind::UnsupportedResponseType {
            received: other.to_owned(),
        }),
        None => Err(AuthorizationErrorKind::MissingParameter {
            parameter: RESPONSE_TYPE.name(),
        }),
    }
}

fn response_mode(parameters: &Parameters) -> Result<ResponseMode, AuthorizationErrorKind> {
    let Some(name) = optional(parameters, RESPONSE_MODE)? else {
        return Ok(ResponseMode::default());
    };
    let mode = ResponseMode::ALL
        .into_iter()
        .find(|mode| mode.as_str() == name);
    mode.ok_or_else(|| invalid_value(RESPONSE_MODE, "query or form_post", name))
}

fn code_challenge(
    parameters: &Parameters,
    is_required: bool,
) -> Result<Option<CodeChallenge>, AuthorizationErrorKind> {
    let method = optional(parameters, CODE_CHALLENGE_METHOD)?;
    let Some(challenge) = optional(parameters, CODE_CHALLENGE)? else {
        return match (is_required, method) {
            (false, None) => Ok(None),
            (true, _) => Err(AuthorizationErrorKind::PkceRequired),
            (false, Some(_)) => Err(AuthorizationErrorKind::MissingParameter {
                parameter: CODE_CHALLENGE.name(),
            }),
        };
    };
    // Without a method the request means `plain` (RFC 7636 4.3), which reveals the verifier in the request.
    let method = method.unwrap_or("plain");
    if method != "S256" {
        return Err(invalid_value(CODE_CHALLENGE_METHOD, "S256", method));
    }
    let expected = "the base64url of a SHA-256, 43 characters";
    CodeChallenge::parse(challenge)
        .map(Some)
        .ok_or_else(|| invalid_value(CODE_CHALLENGE, expected, challenge))
}

fn prompts(parameters: &Parameters) -> Result<Prompts, AuthorizationErrorKind> {
    let value = optional(parameters, PROMPT)?.unwrap_or_default();
    let expected = "none alone, or login and select_account";
    let prompts = Prompts::parse(value).ok_or_else(|| invalid_value(PROMPT, expected, value))?;
    if prompts.contains(Prompt::Consent) {
        return Err(AuthorizationErrorKind::ConsentRequired);
    }
    Ok(prompts)
}

/// The `acr_values` and those of the parameter `claims`.
fn acr_values(
    parameters: &Parameters,
    claims: &ParsedClaims,
) -> Result<Vec<String>, AuthorizationErrorKind> {
    let mut values = space_separated(parameters, ACR_VALUES)?;
    values.extend(claims.acr_values.iter().cloned());
    Ok(values)
}

/// The `sub` that the request is limited to.
///
/// The signature of `id_token_hint` is not verified, because the key may be gone and the hint only ever excludes
/// people: a forged one gives no code that a request without it would not have given.
fn subject(
    parameters: &Parameters,
    claims: &ParsedClaims,
) -> Result<Option<String>, AuthorizationErrorKind> {
    let expected = "an ID token of this provider, about the subject of claims if both are present";
    let Some(token) = optional(parameters, ID_TOKEN_HINT)? else {
        return Ok(claims.subject.clone());
    };
    let invalid = || invalid_value(ID_TOKEN_HINT, expected, "");
    let subject = id_token_hint::subject(token).ok_or_else(invalid)?;
    match &claims.subject {
        Some(other) if *other != subject => Err(invalid()),
        Some(_) | None => Ok(Some(subject)),
    }
}

fn max_age(parameters: &Parameters) -> Result<Option<SignedDuration>, AuthorizationErrorKind> {
    let Some(digits) = optional(parameters, MAX_AGE)? else {
        return Ok(None);
    };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.parse().ok().filter(|_| is_number);
    seconds
        .map(|seconds| Some(SignedDuration::from_secs(seconds)))
        .ok_or_else(|| invalid_value(MAX_AGE, "a whole number of seconds", digits))
}

fn invalid_value(
    parameter: Parameter,
    expected: &'static str,
    received: &str,
) -> AuthorizationErrorKind {
    AuthorizationErrorKind::InvalidValue {
        parameter: parameter.name(),
        expected,
        received: received.to_owned(),
    }
}
