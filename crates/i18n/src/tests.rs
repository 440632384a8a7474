//! Every language says the same things, and everything that a page asks for is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;

/// The keys of a language, each with the variables that its words use.
fn keys(files: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
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
                let again = found.insert(key.clone(), BTreeSet::new());
                assert!(again.is_none(), "{key} is there twice");
            }
            if let (false, Some(variables)) = (line.starts_with('#'), found.get_mut(&key)) {
                variables.extend(variables_of(line));
            }
        }
    }
    found
}

fn variables_of(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).map(|rest| {
        rest.chars()
            .take_while(|one| one.is_ascii_alphanumeric() || *one == '_')
            .collect()
    })
}

#[test]
fn every_language_has_every_key_with_the_same_variables() {
    let english: BTreeMap<_, _> = {
        let mut all = keys(&files(Language::English));
        let operators = keys(&[OPERATOR]);
        all.retain(|key, _| !operators.contains_key(key));
        all
    };
    assert!(!english.is_empty());
    for language in Language::ALL {
        let mut theirs = keys(&files(language));
        if language == Language::English {
            theirs.retain(|key, _| english.contains_key(key));
        }
        for (key, variables) in &english {
            let there = theirs
                .get(key)
                .unwrap_or_else(|| panic!("{key} is missing in {language:?}"));
            assert_eq!(there, variables, "{key} in {language:?}");
        }
        let superfluous: Vec<_> = theirs
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

/// Finds what stands between `before` and the next quotation mark.
fn literals(text: &str, before: &str) -> Vec<String> {
    let found = text.split(before).skip(1);
    found
        .filter_map(|rest| rest.split_once('"').map(|(key, _)| key.to_owned()))
        .collect()
}

/// Other things are said in the program too, by whole sentences.
fn is_key(text: &str) -> bool {
    text.contains('-')
        && text
            .bytes()
            .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-')
}

fn visit(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, found);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "html" || kind == "rs")
            && !path.ends_with("i18n/src/tests.rs")
        {
            let text = fs::read_to_string(&path).unwrap();
            for before in [
                ".say(\"",
                ".with(\"",
                ".within(\"",
                "LocalizedText::key(\"",
                "LocalizedText::with(\"",
            ] {
                found.extend(
                    literals(&text, before)
                        .into_iter()
                        .filter(|one| is_key(one)),
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
                visit(&sources, &mut named);
            }
        }
    }
    assert!(named.len() > 100, "too few keys were found: {named:?}");
    let english = Text::in_language(Language::English);
    let missing: BTreeSet<_> = named.iter().filter(|key| !english.has(key)).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
}

#[test]
fn numbers_choose_their_words_and_names_stay_as_they_are() {
    for (language, expected) in [
        (Language::English, "1 day"),
        (Language::French, "1 jour"),
        (Language::Dutch, "1 dag"),
        (Language::German, "1 Tag"),
    ] {
        let text = Text::in_language(language);
        assert_eq!(text.with("frame-days", &[("days", 1.into())]), expected);
    }
    let english = Text::in_language(Language::English);
    assert_eq!(english.with("frame-days", &[("days", 3.into())]), "3 days");
}
