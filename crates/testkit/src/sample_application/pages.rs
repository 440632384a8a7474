use askama::Template;
use saml::Timestamp;
use serde_json::{Number, Value};

use super::visits::SignedIn;

/// Nobody is signed in.
#[derive(Template)]
#[template(path = "sample_application/welcome.html")]
pub(super) struct Welcome<'a> {
    pub(super) organization: &'a str,
    pub(super) issuer: &'a str,
}

/// Nobody is signed in any more.
#[derive(Template)]
#[template(path = "sample_application/signed_out.html")]
pub(super) struct SignedOut<'a> {
    pub(super) organization: &'a str,
}

/// Somebody is.
#[derive(Template)]
#[template(path = "sample_application/claims.html")]
pub(super) struct Claims {
    name: String,
    algorithm: String,
    rows: Vec<Row>,
    json: String,
}

/// Nobody is, and this is why.
#[derive(Template)]
#[template(path = "sample_application/problem.html")]
pub(super) struct Problem<'a> {
    pub(super) sentence: &'a str,
    pub(super) organization: &'a str,
}

struct Row {
    name: String,
    value: String,
    meaning: &'static str,
    source: &'static str,
}

impl Claims {
    pub(super) fn new(signed_in: &SignedIn) -> Self {
        let named = ["name", "email", "sub"]
            .into_iter()
            .find_map(|claim| signed_in.id_token.get(claim)?.as_str());
        Self {
            name: named.unwrap_or("somebody").to_owned(),
            algorithm: signed_in.algorithm.clone(),
            rows: rows(signed_in),
            json: format!("{:#}", Value::Object(signed_in.id_token.clone())),
        }
    }
}

/// A row for each claim, those about the person first.
fn rows(signed_in: &SignedIn) -> Vec<Row> {
    let (id_token, userinfo) = (&signed_in.id_token, &signed_in.userinfo);
    let mut names: Vec<&String> = id_token.keys().chain(userinfo.keys()).collect();
    names.sort_by_key(|name| (place(name), name.as_str()));
    names.dedup();
    let row = |name: &String| {
        let source = match (id_token.contains_key(name), userinfo.contains_key(name)) {
            (true, true) => "ID token, userinfo",
            (true, false) => "ID token",
            (false, _) => "userinfo",
        };
        let value = id_token.get(name).or_else(|| userinfo.get(name));
        Row {
            name: name.clone(),
            value: value.map(|value| shown(name, value)).unwrap_or_default(),
            meaning: meaning(name),
            source,
        }
    };
    names.into_iter().map(row).collect()
}

/// A claim's value for people.
fn shown(name: &str, value: &Value) -> String {
    match (name, value) {
        ("iat" | "exp" | "auth_time", Value::Number(seconds)) => instant(seconds),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Array(values)) => values
            .iter()
            .map(|value| shown("", value))
            .collect::<Vec<_>>()
            .join(", "),
        (_, Value::Object(parts)) => {
            let mut parts: Vec<_> = parts.iter().collect();
            parts.sort_by_key(|(name, _)| *name != "name");
            let part = |(name, value): (&String, &Value)| format!("{name}: {}", shown(name, value));
            parts.into_iter().map(part).collect::<Vec<_>>().join(" · ")
        }
        (_, Value::Null | Value::Bool(_) | Value::Number(_)) => value.to_string(),
    }
}

fn instant(seconds: &Number) -> String {
    seconds.as_i64().map_or_else(
        || seconds.to_string(),
        |seconds| Timestamp::from_unix_seconds(seconds).to_string(),
    )
}

/// The claims that are explained, in the order in which they are shown.
const MEANINGS: &[(&str, &str)] = &[
    ("name", "their name"),
    ("given_name", "their given name"),
    ("family_name", "their family name"),
    ("email", "their e-mail address"),
    (
        "email_verified",
        "whether the address lies in a domain of the organization",
    ),
    ("groups", "their groups at the identity provider"),
    ("role", "what they are in the organization"),
    ("organization", "whose member they are"),
    ("sub", "the member, for good"),
    ("connection", "the SAML connection that they came by"),
    ("iss", "who says so"),
    ("aud", "to which application"),
    ("auth_time", "when they signed in"),
    ("acr", "how they signed in"),
    ("iat", "when the token was made"),
    ("exp", "when it is over"),
    ("sid", "the session"),
    ("nonce", "binds the token to this sign-in"),
    ("at_hash", "binds the access token to it"),
];

fn place(name: &str) -> usize {
    MEANINGS
        .iter()
        .position(|(known, _)| *known == name)
        .unwrap_or(MEANINGS.len())
}

fn meaning(name: &str) -> &'static str {
    MEANINGS.get(place(name)).map_or("", |(_, meaning)| meaning)
}
