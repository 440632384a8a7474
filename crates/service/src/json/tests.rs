#![expect(
    unused_qualifications,
    reason = "the derive of a schema writes the path of an inlined type"
)]

use runtime::problem::FieldProblem;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use rstest::rstest;

use super::*;

#[derive(Debug, Deserialize, ToSchema, PartialEq)]
struct House {
    #[schema(min_length = 1, max_length = 8)]
    name: String,
    #[schema(minimum = 0, maximum = 9)]
    floors: Option<u32>,
    #[serde(default)]
    #[schema(max_items = 2)]
    colors: Option<Vec<String>>,
    #[serde(default)]
    #[schema(inline)]
    roof: Option<Roof>,
}

#[derive(Debug, Deserialize, ToSchema, PartialEq)]
struct Roof {
    tiled: Option<bool>,
}

fn find_problems(value: Value) -> Vec<(String, String, String)> {
    let problem = from_value::<House>(value).unwrap_err();
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

fn problem(field: &str, expected: &str, received: &str) -> (String, String, String) {
    (field.to_owned(), expected.to_owned(), received.to_owned())
}

#[test]
fn a_valid_body_is_deserialized() {
    let house = from_value::<House>(
        json!({"name": "Ada", "floors": 9, "colors": ["red"], "roof": {"tiled": true}}),
    )
    .unwrap();
    assert_eq!(house.roof, Some(Roof { tiled: Some(true) }));
    assert_eq!(
        from_value::<House>(json!({"name": "Ada", "floors": null}))
            .unwrap()
            .floors,
        None
    );
}

#[test]
fn every_invalid_field_is_reported_with_expected_and_received() {
    assert_eq!(
        find_problems(
            json!({"nane": "x", "floors": 10, "colors": ["red", 4], "roof": {"tile": true}})
        ),
        [
            problem("colors[1]", "a text", "the number 4"),
            problem("floors", "at most 9", "the number 10"),
            problem("nane", "name (there is no field nane)", "an unknown field"),
            problem(
                "roof.tile",
                "roof.tiled (there is no field tile)",
                "an unknown field"
            ),
            problem("name", "a name", "nothing"),
        ]
    );
}

#[rstest]
#[case::empty_text(json!({"name": ""}), problem("name", "a name", "nothing"))]
#[case::line_break(
    json!({"name": "a\nb"}),
    problem("name", "a text on one line, without control characters", r#"the text "a\nb""#)
)]
#[case::bidirectional_control(
    json!({"name": "a\u{202e}b"}),
    problem("name", "a text on one line, without control characters", r#"the text "a\u{202e}b""#)
)]
#[case::blank_text(
    json!({"name": "  "}),
    problem("name", "a text with visible characters", r#"the text "  ""#)
)]
#[case::long_text(
    json!({"name": "x".repeat(99)}),
    problem("name", "at most 8 bytes", "a text of 99 bytes")
)]
#[case::long_list(
    json!({"name": "x", "colors": ["a", "b", "c"]}),
    problem("colors", "at most 2 items", "a list of length 3")
)]
#[case::list_instead_of_object(
    json!(["name"]),
    problem("the body", "an object", "a list of length 1")
)]
fn an_invalid_value_is_reported_with_expected_and_received(
    #[case] body: Value,
    #[case] expected: (String, String, String),
) {
    assert_eq!(find_problems(body), [expected]);
}

#[rstest]
#[case::outermost(r#"{"a":1,"a":1}"#)]
#[case::in_a_list(r#"{"a":[{"b":1,"c":2,"b":3}]}"#)]
fn a_duplicate_field_is_rejected_at_every_depth(#[case] text: &str) {
    assert!(
        strict::parse(text.as_bytes())
            .unwrap_err()
            .to_string()
            .contains("is duplicate")
    );
}

#[test]
fn every_type_of_value_is_parsed() {
    assert_eq!(
        strict::parse(b"{\"a\":[1,-2,2.5,null,true,\"x\"]}").unwrap(),
        json!({"a": [1, -2, 2.5, null, true, "x"]})
    );
}

#[rstest]
#[case::empty("")]
#[case::unclosed("{")]
#[case::two_values("{} {}")]
#[case::leading_zero("{\"a\":01}")]
#[case::byte_order_mark("\u{feff}{}")]
fn text_that_is_not_json_is_rejected(#[case] text: &str) {
    strict::parse(text.as_bytes()).unwrap_err();
}

#[rstest]
#[case::items("[", "1", "]")]
#[case::lists("[", "[]", "]")]
#[case::text("[", "\"\"", "]")]
fn the_number_of_values_is_limited(#[case] start: &str, #[case] value: &str, #[case] end: &str) {
    let list = |count: usize| format!("{start}{}{end}", vec![value; count].join(","));
    strict::parse(list(49_999).as_bytes()).unwrap();
    let error = strict::parse(list(50_000).as_bytes()).unwrap_err();
    assert!(
        error.to_string().contains("more than 50000 values"),
        "{error}"
    );
}

#[test]
fn a_long_list_of_wrong_values_is_not_reported_whole() {
    let problems = find_problems(json!({"name": "x", "colors": vec![1; 40_000]}));
    assert_eq!(
        problems[0],
        problem("colors", "at most 2 items", "a list of length 40000")
    );
    assert_eq!(problems.len(), 100);
    let fields: Map<String, Value> = (0..1000)
        .map(|number| (format!("f{number}"), json!(1)))
        .collect();
    assert!(find_problems(Value::Object(fields)).len() <= 101);
}

#[test]
fn a_change_sets_its_fields_and_null_resets_to_the_default() {
    let current = json!({"name": "Ada", "floors": 3, "roof": {"tiled": true}});
    let change = |change: Value| Patch::new(change).apply_to::<House>(current.clone());
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
