//! Strict query parameters: an unknown or repeated one is an error, as an unknown field of a body is.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::request::Parts;
use runtime::problem::{FieldProblem, Problem};
use serde::de::DeserializeOwned;

/// The parameters of a query by name.
#[derive(Debug)]
pub(super) struct QueryParameters(BTreeMap<String, String>);

impl QueryParameters {
    /// Reads the query of a request, which may have these parameters, each once.
    pub(super) fn read(parts: &Parts, known: &[&str]) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Problem::malformed("the query of the URL cannot be read"))?;
        let mut parameters = BTreeMap::new();
        let mut problems = Vec::new();
        for (name, value) in pairs {
            if !known.contains(&name.as_str()) {
                let expected = match known {
                    [only] => format!("only the parameter {only}"),
                    known => format!("one of the parameters {}", known.join(", ")),
                };
                problems.push(FieldProblem::new(name, expected, "an unknown parameter"));
            } else if parameters.insert(name.clone(), value).is_some() {
                problems.push(FieldProblem::new(name, "one value", "several"));
            }
        }
        if problems.is_empty() {
            Ok(Self(parameters))
        } else {
            Err(Problem::fields(problems))
        }
    }

    /// The parameters as a type with optional texts.
    pub(super) fn deserialize<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let parameters = serde_json::json!(self.0);
        serde_json::from_value(parameters)
            .map_err(|_| Problem::malformed("the query of the URL cannot be read"))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}
