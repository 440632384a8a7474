use serde::{Deserialize, Serialize};

use super::{AuthorizationProblem, AuthorizationRefusal, ShownRefusal, ToldRefusal};
use crate::application::{Application, ClientType};
use crate::parameters::{Parameter, ParameterFault, Parameters};
use crate::pkce::CodeChallenge;
use crate::prompt::{Prompt, Prompts};
use crate::redirect_uri::{self, RedirectUri};
use crate::scope::{Scope, Scopes};
use crate::timestamp::Timestamp;

const CLIENT_ID: Parameter = Parameter::new("client_id", 128);
const REDIRECT_URI: Parameter = Parameter::new("redirect_uri", redirect_uri::LONGEST);
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
const UI_LOCALES: Parameter = Parameter::new("ui_locales", 256);
// These change what the others mean: ignoring one would answer a question that nobody asked.
const NOT_SUPPORTED: [Parameter; 3] = [
    Parameter::new("request", usize::MAX),
    Parameter::new("request_uri", usize::MAX),
    Parameter::new("registration", usize::MAX),
];

/// How the response reaches the application.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    /// In the query of the redirect URI.
    #[default]
    Query,
    /// As a form that the browser posts by itself.
    FormPost,
}

impl ResponseMode {
    /// All that discovery announces.
    pub const ALL: [Self; 2] = [Self::Query, Self::FormPost];

    /// The word in the protocol.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::FormPost => "form_post",
        }
    }
}

/// What a known application asks for, to be answered at an address of its own.
///
/// [`AuthorizationRequest::read`] is the only way to judge one; the form for a store
/// (`Serialize`, `Deserialize`) is for our own use between leaving for the identity provider and coming back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuthorizationRequest {
    /// The application.
    pub client_id: String,
    /// Where it is answered.
    pub redirect_uri: RedirectUri,
    /// How it is answered.
    pub response_mode: ResponseMode,
    /// What it wants to know.
    pub scopes: Scopes,
    /// What it gets back as it is.
    pub state: Option<String>,
    /// What the ID token repeats.
    pub nonce: Option<String>,
    /// What the code is bound to; a public client always has one.
    pub code_challenge: Option<CodeChallenge>,
    /// What the person is to be shown.
    pub prompts: Prompts,
    /// How many seconds ago the person may have authenticated at most.
    pub max_age: Option<i64>,
    /// Who is probably signing in: an e-mail address, most often.
    pub login_hint: Option<String>,
    /// At which domain the person is probably at home.
    pub domain_hint: Option<String>,
    /// The organization to sign in to: its id or its slug.
    pub organization: Option<String>,
    /// The connection to sign in with.
    pub connection: Option<String>,
    /// The authentication contexts that would please, best first.
    pub acr_values: Vec<String>,
    /// The languages that would please, best first.
    pub ui_locales: Vec<String>,
}

/// The `client_id` by which the application is to be looked up.
pub fn claimed_client_id(parameters: &Parameters) -> Result<&str, ShownRefusal> {
    trusted(parameters, CLIENT_ID)
}

impl AuthorizationRequest {
    /// Judges a request against the application that has its `client_id`, if there is one.
    pub fn read(
        parameters: &Parameters,
        application: Option<&Application>,
    ) -> Result<Self, AuthorizationRefusal> {
        let client_id = claimed_client_id(parameters)?;
        let application = application
            .filter(|application| application.client_id == client_id)
            .ok_or_else(|| ShownRefusal::UnknownClient {
                received: client_id.to_owned(),
            })?;
        let claimed = trusted(parameters, REDIRECT_URI)?;
        let redirect_uri = application.redirect_uri(claimed).ok_or_else(|| {
            let expected = application.redirect_uris.clone();
            ShownRefusal::RedirectUri {
                expected,
                received: claimed.to_owned(),
            }
        })?;
        Self::read_rest(parameters, application, redirect_uri.clone()).map_err(|problem| {
            AuthorizationRefusal::Told(ToldRefusal {
                redirect_uri,
                response_mode: response_mode(parameters).unwrap_or_default(),
                state: text(parameters, STATE).unwrap_or_default(),
                problem,
            })
        })
    }

    /// The earliest authentication that satisfies `max_age` now; nothing when any does.
    #[must_use]
    pub fn earliest_authentication(&self, now: Timestamp) -> Option<Timestamp> {
        self.max_age.map(|seconds| now.before(seconds))
    }

    /// Whether the person has to authenticate anew, however recently that happened.
    #[must_use]
    pub fn wants_new_authentication(&self) -> bool {
        self.prompts.has(Prompt::Login) || self.max_age == Some(0)
    }

    fn read_rest(
        parameters: &Parameters,
        application: &Application,
        redirect_uri: RedirectUri,
    ) -> Result<Self, AuthorizationProblem> {
        refuse_what_we_do_not_offer(parameters)?;
        check_response_type(parameters)?;
        let scopes = Scopes::read(optional(parameters, SCOPE)?.unwrap_or_default());
        if !scopes.has(Scope::Openid) {
            return Err(AuthorizationProblem::OpenidMissing);
        }
        Ok(Self {
            client_id: application.client_id.clone(),
            redirect_uri,
            response_mode: response_mode(parameters)?,
            scopes,
            state: text(parameters, STATE)?,
            nonce: text(parameters, NONCE)?,
            code_challenge: code_challenge(parameters, application.client_type())?,
            prompts: prompts(parameters)?,
            max_age: max_age(parameters)?,
            login_hint: text(parameters, LOGIN_HINT)?,
            domain_hint: text(parameters, DOMAIN_HINT)?,
            organization: text(parameters, ORGANIZATION)?,
            connection: text(parameters, CONNECTION)?,
            acr_values: words(parameters, ACR_VALUES)?,
            ui_locales: words(parameters, UI_LOCALES)?,
        })
    }
}

fn trusted(parameters: &Parameters, parameter: Parameter) -> Result<&str, ShownRefusal> {
    parameters
        .value(parameter)
        .map_err(ShownRefusal::Parameter)?
        .ok_or_else(|| ShownRefusal::Missing {
            parameter: parameter.name(),
        })
}

fn optional(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<Option<&str>, AuthorizationProblem> {
    parameters
        .value(parameter)
        .map_err(AuthorizationProblem::Parameter)
}

fn text(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<Option<String>, AuthorizationProblem> {
    Ok(optional(parameters, parameter)?.map(str::to_owned))
}

fn words(
    parameters: &Parameters,
    parameter: Parameter,
) -> Result<Vec<String>, AuthorizationProblem> {
    let words = optional(parameters, parameter)?
        .unwrap_or_default()
        .split(' ');
    Ok(words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect())
}

fn refuse_what_we_do_not_offer(parameters: &Parameters) -> Result<(), AuthorizationProblem> {
    for parameter in NOT_SUPPORTED {
        match parameters.value(parameter) {
            Ok(None) => {}
            Ok(Some(_)) | Err(ParameterFault::ControlCharacter { .. }) => {
                return Err(AuthorizationProblem::NotSupported {
                    parameter: parameter.name(),
                });
            }
            Err(fault) => return Err(AuthorizationProblem::Parameter(fault)),
        }
    }
    Ok(())
}

fn check_response_type(parameters: &Parameters) -> Result<(), AuthorizationProblem> {
    match optional(parameters, RESPONSE_TYPE)? {
        Some("code") => Ok(()),
        Some(other) => Err(AuthorizationProblem::ResponseType {
            received: other.to_owned(),
        }),
        None => Err(AuthorizationProblem::Missing {
            parameter: RESPONSE_TYPE.name(),
        }),
    }
}

fn response_mode(parameters: &Parameters) -> Result<ResponseMode, AuthorizationProblem> {
    let Some(word) = optional(parameters, RESPONSE_MODE)? else {
        return Ok(ResponseMode::default());
    };
    let known = ResponseMode::ALL
        .into_iter()
        .find(|mode| mode.as_str() == word);
    known.ok_or_else(|| value_problem(RESPONSE_MODE, "query or form_post", word))
}

fn code_challenge(
    parameters: &Parameters,
    client: ClientType,
) -> Result<Option<CodeChallenge>, AuthorizationProblem> {
    let method = optional(parameters, CODE_CHALLENGE_METHOD)?;
    let Some(challenge) = optional(parameters, CODE_CHALLENGE)? else {
        return match (client, method) {
            (ClientType::Confidential, None) => Ok(None),
            (ClientType::Public, _) | (ClientType::Confidential, Some(_)) => {
                Err(AuthorizationProblem::Missing {
                    parameter: CODE_CHALLENGE.name(),
                })
            }
        };
    };
    // An absent method means `plain` (RFC 7636 4.3), which shows the verifier to whoever sees the request.
    let method = method.unwrap_or("plain");
    if method != "S256" {
        return Err(value_problem(CODE_CHALLENGE_METHOD, "S256", method));
    }
    let expected = "the base64url of a SHA-256, 43 characters";
    let read = CodeChallenge::read(challenge);
    read.map(Some)
        .ok_or_else(|| value_problem(CODE_CHALLENGE, expected, challenge))
}

fn prompts(parameters: &Parameters) -> Result<Prompts, AuthorizationProblem> {
    let words = optional(parameters, PROMPT)?.unwrap_or_default();
    let expected = "none alone, or some of login, consent and select_account";
    Prompts::read(words).ok_or_else(|| value_problem(PROMPT, expected, words))
}

fn max_age(parameters: &Parameters) -> Result<Option<i64>, AuthorizationProblem> {
    let Some(digits) = optional(parameters, MAX_AGE)? else {
        return Ok(None);
    };
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = digits.parse().ok().filter(|_| is_number);
    seconds
        .map(Some)
        .ok_or_else(|| value_problem(MAX_AGE, "a whole number of seconds", digits))
}

fn value_problem(
    parameter: Parameter,
    expected: &'static str,
    received: &str,
) -> AuthorizationProblem {
    let (parameter, received) = (parameter.name(), received.to_owned());
    AuthorizationProblem::Value {
        parameter,
        expected,
        received,
    }
}
