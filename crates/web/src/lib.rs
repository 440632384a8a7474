//! HTTP for all routes: middleware, cookies, assets, and the answers that are pages or problems.

pub mod assets;
pub mod chosen_connections;
pub mod client_address;
pub mod cookie;
pub mod headers;
pub mod json_body;
pub mod page;
pub mod path_check;
pub mod probes;
pub mod problem_response;
pub mod rate_limit;
pub mod request_language;
pub mod request_log;
pub mod routing;
pub mod serve;

pub use assets::{CONSOLE_SCRIPT, CONSOLE_STYLE, ICON, PASSKEY_SCRIPT, SCRIPT, STYLE, serve_asset};
pub use client_address::ClientAddress;
pub use cookie::{Cookie, language_cookie};
pub use headers::{CONTENT_SECURITY_POLICY, accepts_html, user_agent};
pub use json_body::{JsonBody, JsonPatch};
pub use problem_response::ProblemResponse;
pub use rate_limit::limit_token;
pub use request_language::{LANGUAGE_COOKIE, RequestLanguage};
pub use serve::serve;
