//! `docs/conformance.md` names a test for each claimed clause, and every test that it names exists.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document() -> String {
    fs::read_to_string(root().join("docs/conformance.md")).unwrap()
}

/// The texts between backticks that name a test or a case.
fn named_tests(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|name| name.contains("::") || name.starts_with("cases/"))
        .filter(|name| *name != "cases/NAME")
        .collect()
}

fn exists(name: &str) -> bool {
    if let Some(case) = name.strip_prefix("cases/") {
        let folder = root().join("crates/saml/tests/cases").join(case);
        return folder.join("verdict").is_file();
    }
    let segments: Vec<&str> = name.split("::").collect();
    let [krate, module @ .., function] = segments.as_slice() else {
        return false;
    };
    files(krate, module)
        .iter()
        .any(|file| fs::read_to_string(file).is_ok_and(|text| has_test(&text, function)))
}

/// The files that can have this module of a crate.
fn files(krate: &str, module: &[&str]) -> Vec<PathBuf> {
    let folder = match krate {
        "vestibule" => "server",
        other => other,
    };
    let folder = root().join("crates").join(folder);
    let path = module.join("/");
    let mut files = vec![
        folder.join(format!("tests/{path}.rs")),
        folder.join(format!("src/{path}.rs")),
    ];
    // Tests inside the file that they test.
    if let Some(tested) = path.strip_suffix("/tests") {
        files.push(folder.join(format!("src/{tested}.rs")));
        files.push(folder.join(format!("src/{tested}/mod.rs")));
    }
    files
}

/// Whether the function is there and has the attribute of a test.
fn has_test(text: &str, function: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    let head = format!("fn {function}(");
    let Some(at) = lines.iter().position(|line| line.contains(&head)) else {
        return false;
    };
    let attributes = lines[..at].iter().rev().take_while(|line| !line.is_empty());
    let is_test = |line: &&str| {
        ["#[test]", "#[tokio::test", "#[rstest]", "#[apply("]
            .iter()
            .any(|attribute| line.trim_start().starts_with(attribute))
    };
    attributes.into_iter().any(is_test)
}

#[test]
fn every_test_that_the_conformance_document_names_exists() {
    let document = document();
    let names = named_tests(&document);
    assert!(names.len() > 150, "{}", names.len());
    let missing: Vec<_> = names.into_iter().filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "no such test: {missing:#?}");
}

#[test]
fn every_claimed_clause_names_a_test() {
    let document = document();
    let (claimed, rest) = document.split_once("## Deviations").unwrap();
    let is_row = |line: &&str| {
        line.starts_with("| ") && !line.starts_with("| Clause |") && !line.starts_with("|---")
    };
    let rows: Vec<&str> = claimed.lines().filter(is_row).collect();
    assert!(rows.len() > 90, "{}", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 3, "{row}");
        assert!(!named_tests(cells[2]).is_empty(), "no test: {row}");
    }
    let (deviations, _) = rest.split_once("## Not claimed").unwrap();
    for row in deviations.lines().filter(is_row) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 3, "{row}");
        let reason = cells[2].split('`').next().unwrap().trim();
        assert!(reason.len() > 10, "no reason: {row}");
    }
}

#[test]
fn a_name_that_is_gone_is_noticed() {
    assert!(exists("cases/control-both-signed"));
    assert!(!exists("cases/control-both-unsigned"));
    let this = "vestibule::server::conformance";
    assert!(exists(&format!("{this}::a_name_that_is_gone_is_noticed")));
    assert!(!exists(&format!("{this}::a_name_that_never_was")));
    // A function, but no test.
    assert!(!exists(&format!("{this}::named_tests")));
    assert!(!exists("control-both-signed"));
}
