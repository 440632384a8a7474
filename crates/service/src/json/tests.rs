#![expect(
    unused_qualifications,
    reason = "the derive of a schema writes the path of an inlined type"
)]

use runtime::problem::FieldProblem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::*;

#[derive(Debug, Deserialize, ToSchema, PartialEq)]
struct House {
    #[schema(min_length = 1, max_length = 8)]
    name: String,
    #[schema(minimum = 0, maximum = 9)]
    floors: Option<u32>,
    #[serde(default)]
    #[schema(max_items = 2)]
    colours: Option<Vec<String>>,
    #[serde(default)]
    #[schema(inline)]
    roof: Option<Roof>,
}

#[derive(Debug, Deserialize, ToSchema, PartialEq)]
struct Roof {
    tiled: Option<bool>,
}

fn complaints(value: Value) -> Vec<(String, String, String)> {
    let problem = read::<House>(value).unwrap_err();
    problem
        .errors
        .into_iter()
        .map(
            |FieldProblem {
                 field,
                 expected,
                 received,
             }| (field, expected.to_string(), received.to_string()),
        )
        .collect()
}

fn said(field: &str, expected: &str, received: &str) -> (String, String, String) {
    (field.to_owned(), expected.to_owned(), received.to_owned())
}

#[test]
fn a_body_as_the_schema_says_is_read() {
    let house = read::<House>(
        json!({"name": "Ada", "floors": 9, "colours": ["red"], "roof": {"tiled": true}}),
    )
    .unwrap();
    assert_eq!(house.roof, Some(Roof { tiled: Some(true) }));
    assert_eq!(
        read::<House>(json!({"name": "Ada", "floors": null}))
            .unwrap()
            .floors,
        None
    );
}

#[test]
fn every_wrong_field_is_named_with_what_was_expected_and_what_came() {
    assert_eq!(
        complaints(
            json!({"nane": "x", "floors": 10, "colours": ["red", 4], "roof": {"tile": true}})
        ),
        [
            said("colours[1]", "a text", "the number 4"),
            said("floors", "at most 9", "the number 10"),
            said(
                "nane",
                "name (there is no field nane)",
                "a field that nobody knows"
            ),
            said(
                "roof.tile",
                "roof.tiled (there is no field tile)",
                "a field that nobody knows"
            ),
            said("name", "a text", "nothing"),
        ]
    );
    assert_eq!(
        complaints(json!({"name": ""})),
        [said("name", "at least 1 byte", "an empty text")]
    );
    assert_eq!(
        complaints(json!({"name": "x".repeat(99)})),
        [said("name", "at most 8 bytes", "a text of 99 bytes")]
    );
    assert_eq!(
        complaints(json!({"name": "x", "colours": ["a", "b", "c"]})),
        [said("colours", "at most 2 items", "a list of length 3")]
    );
    assert_eq!(
        complaints(json!(["name"])),
        [said("the body", "an object", "a list of length 1")]
    );
}

#[test]
fn a_name_that_comes_twice_is_refused_at_every_depth() {
    for text in [r#"{"a":1,"a":1}"#, r#"{"a":[{"b":1,"c":2,"b":3}]}"#] {
        assert!(
            strict::parse(text.as_bytes())
                .unwrap_err()
                .to_string()
                .contains("comes twice")
        );
    }
    assert_eq!(
        strict::parse(b"{\"a\":[1,-2,2.5,null,true,\"x\"]}").unwrap(),
        json!({"a": [1, -2, 2.5, null, true, "x"]})
    );
    for text in ["", "{", "{} {}", "{\"a\":01}", "\u{feff}{}"] {
        strict::parse(text.as_bytes()).unwrap_err();
    }
}

#[test]
fn a_change_touches_what_it_names_and_null_puts_back_the_default() {
    let there = json!({"name": "Ada", "floors": 3, "roof": {"tiled": true}});
    let change = |change: Value| Patch::new(change).over::<House>(there.clone());
    assert_eq!(change(json!({"floors": null})).unwrap().floors, None);
    assert_eq!(change(json!({"name": "Bea"})).unwrap().floors, Some(3));
    assert_eq!(
        change(json!({"flors": 4})).unwrap_err().errors[0].field,
        "flors"
    );
    assert_eq!(
        change(json!({"name": null})).unwrap_err().errors[0].field,
        "name"
    );
    change(json!([])).unwrap_err();
}
