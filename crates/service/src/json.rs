//! JSON from clients, validated against the schemas of the OpenAPI document.
//!
//! One description serves both, so the document cannot promise what the server rejects. Unknown and duplicate fields are
//! errors: a misspelled setting must not silently keep its default.
//!
//! Deserialization alone is not enough: it stops at the first error, accepts an array in place of an object, and takes
//! the last of two equal fields when a change is merged into a resource.

mod schema;
pub mod strict;

use runtime::problem::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::PartialSchema;

/// The body of a PATCH request (RFC 7396): `null` resets a field to its default.
#[derive(Clone, Debug)]
pub struct Patch(Value);

impl Patch {
    pub const fn new(change: Value) -> Self {
        Self(change)
    }

    /// Whether the change sets a field to a value other than its default.
    pub fn sets(&self, field: &str) -> bool {
        self.0.get(field).is_some_and(|value| !value.is_null())
    }

    /// Merges the change into the current settings.
    pub fn apply_to<T>(self, current: Value) -> Result<T, Problem>
    where
        T: DeserializeOwned + PartialSchema + 'static,
    {
        let Value::Object(change) = self.0 else {
            return Err(Problem::malformed(
                "the body must be a JSON object with the fields to change",
            ));
        };
        // First the fields of the change alone, so that no problem names a field that the client has not sent.
        schema::validate_fields::<T>(&change)?;
        let mut merged = current;
        if let Value::Object(merged) = &mut merged {
            merge(merged, change);
        }
        from_value(merged)
    }
}

/// The object without its fields that are `null`, which are absent as the schema sees them.
fn without_nulls(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, value| !value.is_null());
    }
    value
}

fn merge(current: &mut Map<String, Value>, change: Map<String, Value>) {
    for (name, value) in change {
        match (value, current.get_mut(&name)) {
            (Value::Null, _) => drop(current.remove(&name)),
            (Value::Object(change), Some(Value::Object(current))) => merge(current, change),
            (value, _) => drop(current.insert(name, value)),
        }
    }
}

/// Validates a value that did not come as JSON, such as the form of a page.
pub fn validate<T: Serialize + PartialSchema + 'static>(value: &T) -> Result<(), Problem> {
    let value = serde_json::to_value(value).expect("the types of the API are JSON");
    schema::validate::<T>(&value)
}

/// Validates and deserializes a value. The problem has every invalid field.
pub fn from_value<T>(value: Value) -> Result<T, Problem>
where
    T: DeserializeOwned + PartialSchema + 'static,
{
    schema::validate::<T>(&value)?;
    // A type may be stricter than its schema.
    serde_json::from_value(without_nulls(value))
        .map_err(|error| Problem::malformed(error.to_string()))
}

#[cfg(test)]
mod tests;
