//! The values in the fields of the form.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use service::connection::ConnectionInput;
use store::Connection;

use super::setting::{Control, Setting, all};
use crate::form::ConsoleForm;
use crate::setup::setup_user::SetupUser;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AdvancedForm {
    /// The text of each setting, by its name in the API.
    texts: BTreeMap<&'static str, String>,
    pub claims: Vec<CustomClaimRow>,
}

/// A claim for applications. A row without name and attribute is not one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CustomClaimRow {
    pub name: String,
    pub attribute: String,
    pub is_list: bool,
}

impl AdvancedForm {
    pub(super) fn from_connection(connection: &Connection) -> Self {
        let settings = serde_json::to_value(ConnectionInput::from_connection(connection))
            .expect("the types of the API are JSON");
        let text = |setting: &Setting| {
            let value = &settings[setting.field];
            let text = match setting.control {
                Control::Switch => (*value == Value::Bool(true)).to_string(),
                _ => value_text(value),
            };
            (setting.field, text)
        };
        let claims = connection.settings.policy.custom_claims.iter();
        Self {
            texts: all().map(text).collect(),
            claims: claims
                .map(|claim| CustomClaimRow {
                    name: claim.name.clone(),
                    attribute: claim.attribute.clone(),
                    is_list: claim.multiple,
                })
                .collect(),
        }
    }

    /// A field that the form does not have keeps the saved value; a box that is not checked has no field.
    /// A setting that the user cannot change keeps it too.
    pub(super) fn from_submission(form: &ConsoleForm, saved: &Self, user: &SetupUser) -> Self {
        let mut values = saved.clone();
        for setting in all().filter(|setting| setting.lock(user).is_none()) {
            let field = setting.field;
            match setting.control {
                Control::Switch => values.set(field, form.has(field).to_string()),
                Control::Claims => values.claims = submitted_claims(form),
                Control::Lines if form.has(field) => {
                    values.set(field, lines(form.text(field)).join("\n"));
                }
                _ if form.has(field) => values.set(field, form.text(field).to_owned()),
                _ => {}
            }
        }
        values
    }

    /// Adds or removes a row, as the pressed button says. Returns whether one was pressed.
    pub(super) fn edit_rows(&mut self, form: &ConsoleForm) -> bool {
        if form.has("add_claim") {
            self.claims.push(CustomClaimRow::default());
            return true;
        }
        let Some(index) = form.filled("remove_claim") else {
            return false;
        };
        if let Ok(index) = index.parse::<usize>()
            && index < self.claims.len()
        {
            self.claims.remove(index);
        }
        true
    }

    /// The settings that differ from the saved ones.
    pub(super) fn changes(&self, saved: &Self) -> Value {
        let changed = all().filter(|setting| match setting.control {
            Control::Claims => self.claims != saved.claims,
            _ => self.get(setting.field) != saved.get(setting.field),
        });
        let changes: Map<String, Value> = changed
            .map(|setting| (setting.field.to_owned(), self.to_json(setting)))
            .collect();
        Value::Object(changes)
    }

    pub(super) fn get(&self, field: &str) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    pub(super) fn set(&mut self, field: &'static str, text: String) {
        self.texts.insert(field, text);
    }

    /// Ends with an empty row, which the user can fill in.
    pub(super) fn add_empty_row(&mut self) {
        if self.claims.last() != Some(&CustomClaimRow::default()) {
            self.claims.push(CustomClaimRow::default());
        }
    }

    /// An empty text resets a setting to its default. A number that is none is rejected with its field.
    fn to_json(&self, setting: &Setting) -> Value {
        let text = self.get(setting.field);
        match setting.control {
            Control::Claims => self.claims.iter().map(CustomClaimRow::to_json).collect(),
            Control::Lines => json!(lines(text)),
            _ if text.is_empty() => Value::Null,
            Control::Switch | Control::DefaultSwitch => match text {
                "true" => json!(true),
                "false" => json!(false),
                _ => json!(text),
            },
            Control::Number => text
                .parse::<i64>()
                .map_or_else(|_| json!(text), Value::from),
            Control::Choice(..) | Control::Text => json!(text),
        }
    }
}

impl CustomClaimRow {
    fn to_json(&self) -> Value {
        json!({ "name": self.name, "attribute": self.attribute, "multiple": self.is_list })
    }
}

/// Rows of which a part is filled in; the part that is missing is an error.
fn submitted_claims(form: &ConsoleForm) -> Vec<CustomClaimRow> {
    let rows = form.all("claim_name").zip(form.all("claim_attribute"));
    let rows = rows.zip(form.all("claim_values"));
    rows.filter(|((name, attribute), _)| !name.is_empty() || !attribute.is_empty())
        .map(|((name, attribute), values)| CustomClaimRow {
            name: name.to_owned(),
            attribute: attribute.to_owned(),
            is_list: values == "list",
        })
        .collect()
}

fn lines(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

/// A value as its field shows it.
fn value_text(value: &Value) -> String {
    match value {
        Value::Null | Value::Object(_) => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => {
            let texts = items.iter().filter_map(Value::as_str);
            texts.collect::<Vec<_>>().join("\n")
        }
    }
}
