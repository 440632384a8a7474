//! Every language has the same keys, and every key that a page names exists.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use rstest::rstest;

use super::*;

/// The keys of a language, each with the variables of its text.
fn parse_keys(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for file in files {
        if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
            panic!("{errors:?} in a file that begins {:?}", file.lines().next());
        }
        let mut key = String::new();
        for line in file.lines() {
            let names_a_key = line.split_once(" =").map(|(name, _)| name);
            if let Some(name) = names_a_key.filter(|name| {
                line.starts_with(|first: char| first.is_ascii_lowercase()) && !name.contains(' ')
            }) {
                key = name.to_owned();
                let earlier = found.insert(key.clone(), BTreeSet::new());
                assert!(earlier.is_none(), "{key} is defined twice");
            }
            if let (false, Some(variables)) = (line.starts_with('#'), found.get_mut(&key)) {
                variables.extend(parse_variables(line));
            }
        }
    }
    found
}

fn parse_variables(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).map(|rest| {
        rest.chars()
            .take_while(|one| one.is_ascii_alphanumeric() || *one == '_')
            .collect()
    })
}

#[test]
fn every_language_has_every_key_with_the_same_variables() {
    let english = parse_keys(&files(Language::English));
    assert!(!english.is_empty());
    for language in Language::ALL {
        let translated = parse_keys(&files(language));
        for (key, variables) in &english {
            let translated_variables = translated
                .get(key)
                .unwrap_or_else(|| panic!("{key} is missing in {language:?}"));
            assert_eq!(translated_variables, variables, "{key} in {language:?}");
        }
        let superfluous: Vec<_> = translated
            .keys()
            .filter(|key| !english.contains_key(*key))
            .collect();
        assert!(superfluous.is_empty(), "{language:?}: {superfluous:?}");
    }
}

#[test]
fn french_signs_stay_with_their_word() {
    let lines = files(Language::French).into_iter().flat_map(str::lines);
    for line in lines.filter(|line| !line.starts_with('#')) {
        for broken in [" :", " ;", " ?", " !", " »", "« "] {
            assert!(
                !line.contains(broken),
                "{broken:?} can be broken in {line:?}"
            );
        }
    }
}

/// The string literals after each `call`, such as `.get("`. Names of HTTP headers are left out.
fn find_literals(source: &str, call: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once(call) {
        let before = before.trim_end();
        if !before.ends_with("headers()") && !before.ends_with("headers") {
            found.extend(after.split_once('"').map(|(literal, _)| literal.to_owned()));
        }
        rest = after;
    }
    found
}

/// Other methods with these names take literals too, but none in the form of a key.
fn is_key(text: &str) -> bool {
    text.contains('-')
        && text
            .bytes()
            .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-')
}

fn collect_keys(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_keys(&path, found);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "html" || kind == "rs")
            && !path.ends_with("i18n/src/tests.rs")
        {
            let text = fs::read_to_string(&path).unwrap();
            // A call whose first argument is on the next line counts too.
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = text.replace("( \"", "(\"");
            for call in [
                ".get(\"",
                ".format(\"",
                ".in_message(\"",
                "LocalizedText::key(\"",
                "LocalizedText::with(\"",
            ] {
                found.extend(
                    find_literals(&text, call)
                        .into_iter()
                        .filter(|literal| is_key(literal)),
                );
            }
        }
    }
}

#[test]
fn every_key_that_a_page_names_exists() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut named = Vec::new();
    for entry in fs::read_dir(crates).unwrap() {
        let folder = entry.unwrap().path();
        for sources in [folder.join("templates"), folder.join("src")] {
            if sources.is_dir() {
                collect_keys(&sources, &mut named);
            }
        }
    }
    assert!(named.len() > 100, "too few keys were found: {named:?}");
    let english = Localizer::new(Language::English);
    let missing: BTreeSet<_> = named.iter().filter(|key| !english.has(key)).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

/// Customers read the product's name, which is a variable.
#[test]
fn no_text_names_the_server() {
    for language in Language::ALL {
        for file in files(language) {
            assert!(!file.contains("Vestibule"), "{language:?}: {file}");
        }
    }
}

#[rstest]
#[case::english(Language::English, "1 day")]
#[case::french(Language::French, "1 jour")]
#[case::dutch(Language::Dutch, "1 dag")]
#[case::german(Language::German, "1 Tag")]
fn the_number_one_has_the_singular(#[case] language: Language, #[case] expected: &str) {
    let text = Localizer::new(language);
    assert_eq!(text.format("frame-days", &[("days", 1.into())]), expected);
}

#[test]
fn a_number_greater_than_one_has_the_plural() {
    let english = Localizer::new(Language::English);
    assert_eq!(
        english.format("frame-days", &[("days", 3.into())]),
        "3 days"
    );
}
