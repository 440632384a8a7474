//! JSON that somebody sends: read strictly, against the schema that the OpenAPI document publishes.
//!
//! One description serves both, so that the document cannot promise what the server refuses. A field that nobody
//! knows is an error, and so is one that comes twice: a misspelt setting must not silently keep its default.

mod schema;
pub mod strict;

use runtime::problem::Problem;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::PartialSchema;

/// The body of a request that changes something: what it names is changed, `null` puts back what it was by default.
#[derive(Clone, Debug)]
pub struct Patch(Value);

impl Patch {
    /// The change that a JSON object describes.
    pub const fn new(change: Value) -> Self {
        Self(change)
    }

    /// Whether the change says something about a field, apart from putting back its default.
    pub fn names(&self, field: &str) -> bool {
        self.0.get(field).is_some_and(|value| !value.is_null())
    }

    /// Lays the change over what is there (RFC 7396) and reads the result.
    ///
    /// # Errors
    ///
    /// With every field that is not as its schema says.
    pub fn over<T: DeserializeOwned + PartialSchema>(self, there: Value) -> Result<T, Problem> {
        let Value::Object(change) = self.0 else {
            return Err(Problem::malformed(
                "the body must be a JSON object with the fields to change",
            ));
        };
        // Fields of the change alone are checked first, so that a complaint never names what the sender left alone.
        schema::check_fields::<T>(&change)?;
        let mut whole = there;
        if let Value::Object(whole) = &mut whole {
            lay_over(whole, change);
        }
        read(whole)
    }
}

fn lay_over(whole: &mut serde_json::Map<String, Value>, change: serde_json::Map<String, Value>) {
    for (name, value) in change {
        match (value, whole.get_mut(&name)) {
            (Value::Null, _) => drop(whole.remove(&name)),
            (Value::Object(inner), Some(Value::Object(there))) => lay_over(there, inner),
            (value, _) => drop(whole.insert(name, value)),
        }
    }
}

/// Holds what did not come as JSON against the schema of its type too: a form of a page, for example.
///
/// # Errors
///
/// With every field that is not as its schema says.
///
/// # Panics
///
/// Never: what the API reads can be written as JSON.
pub fn check<T: Serialize + PartialSchema>(value: &T) -> Result<(), Problem> {
    let value = serde_json::to_value(value).expect("what the API reads is JSON");
    schema::check::<T>(&value)
}

/// Reads a value against the schema of its type.
///
/// # Errors
///
/// With every field that is not as its schema says.
pub fn read<T: DeserializeOwned + PartialSchema>(value: Value) -> Result<T, Problem> {
    schema::check::<T>(&value)?;
    // What the schema lets through and the type does not is one rule that stands in the type alone.
    serde_json::from_value(value).map_err(|error| Problem::malformed(error.to_string()))
}

#[cfg(test)]
mod tests;
