//! What holds for every request, whichever route answers it.

pub(crate) mod address;
mod assets;
pub(crate) mod client;
mod cookie;
pub(crate) mod headers;
mod json_body;
mod limit;
pub(crate) mod log;
pub(crate) mod probes;
mod problem_response;
mod request_language;
mod serve;

pub(crate) use assets::{
    CONSOLE_SCRIPT, CONSOLE_STYLE, PASSKEY_SCRIPT, SCRIPT, STYLE, serve_asset,
};
pub(crate) use client::ClientAddress;
pub(crate) use cookie::{Cookie, language_cookie};
pub(crate) use headers::{CONTENT_SECURITY_POLICY, user_agent};
pub(crate) use json_body::{JsonBody, JsonPatch};
pub(crate) use limit::{limit_sign_in, limit_token};
pub(crate) use problem_response::ProblemResponse;
pub(crate) use request_language::{LANGUAGE_COOKIE, RequestLanguage};
pub(crate) use serve::serve;
