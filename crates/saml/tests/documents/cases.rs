//! A case is a folder with the posted document, the context and the expected verdict. Its name describes the case.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::context::{self, Context};

/// Judges every folder in `tests/cases`.
#[test]
fn every_case_gets_its_verdict() {
    let cases = cases();
    let wrong: Vec<_> = cases
        .iter()
        .filter_map(|(name, case)| {
            let got = context::format_verdict(
                &case
                    .context
                    .validate_response(&case.posted, &context::tests().join("keys")),
            );
            let fits = case.verdicts().any(|verdict| verdict == got);
            (!fits).then(|| format!("{name}: expected {}, got {got}", case.verdict))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} cases:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// A rejection proves something only when the same document without the hostile edit is accepted.
#[test]
fn every_rejected_case_has_a_control_that_is_accepted() {
    let cases = cases();
    let posted_alone = |name: &str| name.starts_with("dos-posted");
    for (name, case) in &cases {
        let control = case
            .context
            .control
            .as_deref()
            .and_then(|control| cases.get(control));
        if case.verdict.starts_with("rejected") && !posted_alone(name) {
            let control =
                control.unwrap_or_else(|| panic!("{name} names no control that is there"));
            assert!(
                control.verdict.starts_with("accepted"),
                "the control of {name} is rejected"
            );
        }
    }
}

/// `ATTACKS.md` names every folder by a prefix of its name, and no folder that does not exist.
#[test]
fn every_case_is_in_the_table_of_attacks() {
    let table = context::text(&context::tests().join("../ATTACKS.md"));
    let rows = table.split('`').skip(1).step_by(2);
    let named: Vec<_> = rows
        .filter(|name| name.split('-').nth(1).is_some() && !name.contains(['/', '.', ' ']))
        .collect();
    let fits = |name: &str, case: &str| {
        name.strip_suffix('*')
            .map_or(case == name, |start| case.starts_with(start))
    };
    let cases = cases();
    for case in cases.keys() {
        assert!(
            named.iter().any(|name| fits(name, case)),
            "{case} is in no row of ATTACKS.md"
        );
    }
    for name in named {
        assert!(
            cases.keys().any(|case| fits(name, case)),
            "ATTACKS.md names {name}, which is not there"
        );
    }
}

struct Case {
    posted: String,
    context: Context,
    verdict: String,
}

impl Case {
    /// The verdicts that describe the defect; most cases have one.
    fn verdicts(&self) -> impl Iterator<Item = String> {
        let (outcome, what) = self
            .verdict
            .split_once(' ')
            .expect("a verdict has two words");
        let alternatives: Vec<_> = match outcome {
            "accepted" => vec![what],
            _ => what.split('|').collect(),
        };
        alternatives
            .into_iter()
            .map(move |what| format!("{outcome} {what}"))
    }
}

fn cases() -> BTreeMap<String, Case> {
    let folder = context::tests().join("cases");
    let entries = fs::read_dir(&folder).expect("the folder of cases");
    let cases: BTreeMap<_, _> = entries
        .map(|entry| entry.expect("a folder entry").path())
        .map(|case| (name_of(&case), read(&case)))
        .collect();
    assert!(
        cases.len() > 1000,
        "a test that looks at nothing proves nothing"
    );
    cases
}

fn name_of(case: &Path) -> String {
    case.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn read(case: &Path) -> Case {
    let posted = case.join("posted.txt");
    let posted = if posted.exists() {
        context::text(&posted)
    } else {
        let document = fs::read(case.join("response.xml"))
            .unwrap_or_else(|error| panic!("{}: {error}", case.display()));
        base64_simd::STANDARD.encode_to_string(document)
    };
    let context = context::text(&case.join("context.toml"));
    let context =
        toml::from_str(&context).unwrap_or_else(|error| panic!("{}: {error}", case.display()));
    Case {
        posted,
        context,
        verdict: context::text(&case.join("verdict")).trim_end().to_owned(),
    }
}
