use askama::Template;
use jiff::Timestamp;
use serde_json::{Number, Value};

use super::sessions::SignedInUser;

#[derive(Template)]
#[template(path = "sample_application/welcome.html")]
pub(super) struct WelcomePage<'a> {
    pub(super) organization: &'a str,
    pub(super) issuer: &'a str,
}

#[derive(Template)]
#[template(path = "sample_application/signed_out.html")]
pub(super) struct SignedOutPage<'a> {
    pub(super) organization: &'a str,
}

#[derive(Template)]
#[template(path = "sample_application/claims.html")]
pub(super) struct ClaimsPage {
    name: String,
    algorithm: String,
    rows: Vec<ClaimRow>,
    json: String,
}

#[derive(Template)]
#[template(path = "sample_application/error.html")]
pub(super) struct ErrorPage<'a> {
    pub(super) title: &'static str,
    pub(super) message: &'a str,
    pub(super) organization: &'a str,
}

struct ClaimRow {
    name: String,
    value: String,
    description: &'static str,
    source: &'static str,
}

impl ClaimsPage {
    pub(super) fn new(user: &SignedInUser) -> Self {
        let name = ["name", "email", "sub"]
            .into_iter()
            .find_map(|claim| user.id_token.get(claim)?.as_str());
        Self {
            name: name.unwrap_or("an unnamed member").to_owned(),
            algorithm: user.algorithm.clone(),
            rows: claim_rows(user),
            json: format!("{:#}", Value::Object(user.id_token.clone())),
        }
    }
}

/// One row for each claim, the known ones first in the order of [`CLAIM_DESCRIPTIONS`].
fn claim_rows(user: &SignedInUser) -> Vec<ClaimRow> {
    let id_token = &user.id_token;
    let userinfo = &user.userinfo;
    let mut names: Vec<&String> = id_token.keys().chain(userinfo.keys()).collect();
    names.sort_by_key(|name| (position(name), name.as_str()));
    names.dedup();
    let row = |name: &String| {
        let source = match (id_token.contains_key(name), userinfo.contains_key(name)) {
            (true, true) => "ID token, userinfo",
            (true, false) => "ID token",
            (false, _) => "userinfo",
        };
        let value = id_token.get(name).or_else(|| userinfo.get(name));
        ClaimRow {
            name: name.clone(),
            value: value
                .map(|value| format_claim(name, value))
                .unwrap_or_default(),
            description: description(name),
            source,
        }
    };
    names.into_iter().map(row).collect()
}

fn format_claim(name: &str, value: &Value) -> String {
    match (name, value) {
        ("iat" | "exp" | "auth_time", Value::Number(seconds)) => format_instant(seconds),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Array(values)) => values
            .iter()
            .map(|value| format_claim("", value))
            .collect::<Vec<_>>()
            .join(", "),
        (_, Value::Object(members)) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name != "name");
            members
                .into_iter()
                .map(|(name, value)| format!("{name}: {}", format_claim(name, value)))
                .collect::<Vec<_>>()
                .join(" · ")
        }
        (_, Value::Null | Value::Bool(_) | Value::Number(_)) => value.to_string(),
    }
}

fn format_instant(seconds: &Number) -> String {
    seconds.as_i64().map_or_else(
        || seconds.to_string(),
        |seconds| {
            Timestamp::from_second(seconds)
                .unwrap_or(Timestamp::MAX)
                .to_string()
        },
    )
}

/// Known claims and their descriptions, in display order.
const CLAIM_DESCRIPTIONS: &[(&str, &str)] = &[
    ("name", "Full name"),
    ("given_name", "First name"),
    ("family_name", "Last name"),
    ("email", "Email address"),
    (
        "email_verified",
        "Whether the email address is in a verified domain of the organization",
    ),
    ("groups", "Groups at the identity provider"),
    ("role", "Role in the organization"),
    ("organization", "Organization of the member"),
    ("sub", "Member ID, which never changes"),
    ("connection", "SAML connection of this sign-in"),
    ("iss", "Issuer of the token"),
    ("aud", "Client ID of the application"),
    ("auth_time", "Time of the sign-in"),
    ("acr", "Authentication method"),
    ("iat", "Time of issue"),
    ("exp", "Expiration time"),
    ("sid", "Session ID"),
    ("nonce", "Binds the ID token to this sign-in"),
    ("at_hash", "Binds the access token to the ID token"),
];

fn position(name: &str) -> usize {
    CLAIM_DESCRIPTIONS
        .iter()
        .position(|(known, _)| *known == name)
        .unwrap_or(CLAIM_DESCRIPTIONS.len())
}

fn description(name: &str) -> &'static str {
    CLAIM_DESCRIPTIONS
        .get(position(name))
        .map_or("", |(_, description)| description)
}
