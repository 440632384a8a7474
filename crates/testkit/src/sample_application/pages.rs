use std::collections::BTreeMap;

use askama::Template;
use serde_json::{Map, Value};

use super::visits::SignedIn;

/// Nobody is signed in.
#[derive(Template)]
#[template(path = "sample_application/welcome.html")]
pub(super) struct Welcome<'a> {
    pub(super) organization: &'a str,
    pub(super) issuer: &'a str,
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
    let id_token = flat(&signed_in.id_token);
    let userinfo = flat(&signed_in.userinfo);
    let mut names: Vec<&String> = id_token.keys().chain(userinfo.keys()).collect();
    names.sort_by_key(|name| (place(name), name.as_str()));
    names.dedup();
    let row = |name: &String| {
        let source = match (id_token.contains_key(name), userinfo.contains_key(name)) {
            (true, true) => "both",
            (true, false) => "ID token",
            (false, _) => "userinfo",
        };
        let value = id_token
            .get(name)
            .or_else(|| userinfo.get(name))
            .cloned()
            .unwrap_or_default();
        Row {
            name: name.clone(),
            value,
            meaning: meaning(name),
            source,
        }
    };
    names.into_iter().map(row).collect()
}

/// The claims by name; what lies inside another has both names with a dot.
fn flat(claims: &Map<String, Value>) -> BTreeMap<String, String> {
    let mut flat = BTreeMap::new();
    for (name, value) in claims {
        match value {
            Value::Object(inner) => {
                flat.extend(
                    inner
                        .iter()
                        .map(|(inner, value)| (format!("{name}.{inner}"), shown(value))),
                );
            }
            value => drop(flat.insert(name.clone(), shown(value))),
        }
    }
    flat
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
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
    ("organization.name", "the organization"),
    ("organization.slug", "its name in addresses"),
    ("organization.id", "its id"),
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
