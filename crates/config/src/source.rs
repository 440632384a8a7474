//! The TOML file and the environment variables, with the location of each value.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use toml::de::{DeTable, DeValue};

use crate::key::Key;
use crate::suggestion;

const ENVIRONMENT_PREFIX: &str = "VESTIBULE_";

/// Every problem of a configuration, one sentence each.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(pub Vec<String>);

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(i64),
    List(Vec<String>),
}

/// Where a value comes from. Problems are reported in this order: the lines of the file, then the environment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Location {
    Line {
        line: usize,
        file: String,
    },
    Variable(String),
    /// The value is absent.
    Default,
}

impl fmt::Display for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { line, file } => write!(formatter, "{file}, line {line}"),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
            Self::Default => formatter.write_str("by default"),
        }
    }
}

/// The value of each key with its location, and the problems so far.
#[derive(Debug)]
pub(super) struct Settings {
    values: BTreeMap<Key, (Location, Value)>,
    problems: Vec<(Location, String)>,
    folder: PathBuf,
}

impl Settings {
    /// Reads the file and the environment, which takes precedence. The only errors are a file that cannot be read or is
    /// not TOML; [`Settings::finish`] returns all other problems.
    pub(super) fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigErrors> {
        let mut settings = Self {
            values: BTreeMap::new(),
            problems: Vec::new(),
            folder: PathBuf::new(),
        };
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).map_err(|error| {
                ConfigErrors(vec![format!("{} cannot be read: {error}", file.display())])
            })?;
            settings.folder = file.parent().map(Path::to_owned).unwrap_or_default();
            settings.read_toml(&file.display().to_string(), &text)?;
        }
        for (name, value) in environment {
            settings.read_variable(&name, value);
        }
        Ok(settings)
    }

    fn read_toml(&mut self, file: &str, text: &str) -> Result<(), ConfigErrors> {
        let table = DeTable::parse(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            ConfigErrors(vec![format!("{file}, line {line}: {}", error.message())])
        })?;
        for (key, value) in table.into_inner() {
            let location = Location::Line {
                line: line_of(text, key.span().start),
                file: file.to_owned(),
            };
            let name = key.into_inner();
            let Some(key) = Key::from_name(&name) else {
                self.unknown_key(location, &name);
                continue;
            };
            match read_value(value.into_inner()) {
                Ok(value) => drop(self.values.insert(key, (location, value))),
                Err(kind) => {
                    let problem = format!(
                        "{location}: {name}: expected a text, a number or a list of texts, received {kind}"
                    );
                    self.problems.push((location, problem));
                }
            }
        }
        Ok(())
    }

    fn read_variable(&mut self, variable: &str, value: String) {
        let Some(rest) = variable.strip_prefix(ENVIRONMENT_PREFIX) else {
            return;
        };
        let location = Location::Variable(variable.to_owned());
        let name = rest.to_ascii_lowercase();
        match Key::from_name(&name) {
            Some(key) => drop(self.values.insert(key, (location, Value::Text(value)))),
            None if secret_of_file(&name).is_some() => {
                self.read_secret_file(location, &name, &value);
            }
            None if is_foreign_variable(rest) => {}
            None => self.unknown_key(location, &name),
        }
    }

    /// Reads the value of a secret from the file that a variable such as `VESTIBULE_SMTP_URL_FILE` names.
    fn read_secret_file(&mut self, location: Location, name: &str, path: &str) {
        let Some(key) = secret_of_file(name) else {
            return;
        };
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let value = Value::Text(text.trim().to_owned());
                self.values.insert(key, (location, value));
            }
            Err(error) => {
                let problem = format!("{location}: {path} cannot be read: {error}");
                self.problems.push((location, problem));
            }
        }
    }

    fn unknown_key(&mut self, location: Location, name: &str) {
        let names = Key::ALL.iter().map(|key| key.name);
        let suggestion = suggestion::nearest(name, names)
            .map(|name| format!("; did you mean {name}?"))
            .unwrap_or_default();
        let problem = format!("{location}: unknown key {name}{suggestion}");
        self.problems.push((location, problem));
    }

    pub(super) fn has(&self, key: Key) -> bool {
        self.values.contains_key(&key)
    }

    /// The text of a key; `None` when the key is absent or its value is not a text.
    pub(super) fn text(&mut self, key: Key) -> Option<String> {
        let received = match &self.values.get(&key)?.1 {
            Value::Text(text) if !text.trim().is_empty() => return Some(text.trim().to_owned()),
            Value::Text(_) => "an empty one",
            Value::Number(_) => "a number",
            Value::List(_) => "a list",
        };
        self.problem(key, "a text", received);
        None
    }

    /// The parsed text of a key; `None` when the key is absent or has a problem.
    pub(super) fn parse<T>(
        &mut self,
        key: Key,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let value = parse(&text);
        if value.is_none() {
            self.problem(key, key.expected, &text);
        }
        value
    }

    /// The list of a key. A text is split at its commas, which is how the environment writes lists.
    pub(super) fn list(&mut self, key: Key) -> Option<Vec<String>> {
        match &self.values.get(&key)?.1 {
            Value::List(list) => return Some(list.clone()),
            Value::Text(text) => {
                let items = text.split(',').map(str::trim);
                return Some(
                    items
                        .filter(|item| !item.is_empty())
                        .map(str::to_owned)
                        .collect(),
                );
            }
            Value::Number(_) => {}
        }
        self.problem(key, "a list of texts", "a number");
        None
    }

    /// The parsed items of a key's list, without those that have a problem.
    pub(super) fn parse_list<T>(&mut self, key: Key, parse: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut values = Vec::new();
        for item in self.list(key).unwrap_or_default() {
            match parse(&item) {
                Some(value) => values.push(value),
                None => self.problem(key, key.expected, &item),
            }
        }
        values
    }

    /// The number of a key if it is in the range. A text is parsed, since the environment has no numbers.
    pub(super) fn number<N: FromStr + PartialOrd>(
        &mut self,
        key: Key,
        range: RangeInclusive<N>,
    ) -> Option<N> {
        let received = match &self.values.get(&key)?.1 {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.trim().to_owned(),
            Value::List(_) => "a list".to_owned(),
        };
        let number = received.parse().ok();
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.problem(key, key.expected, &received);
        }
        number
    }

    /// The number of a key, or the default.
    pub(super) fn number_or<N: FromStr + PartialOrd>(
        &mut self,
        key: Key,
        range: RangeInclusive<N>,
        default: N,
    ) -> N {
        self.number(key, range).unwrap_or(default)
    }

    /// A path relative to the folder of the configuration file.
    pub(super) fn in_folder(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.join(path)
    }

    /// Adds the problem that a key has another value than expected.
    pub(super) fn problem(&mut self, key: Key, expected: &str, received: &str) {
        let location = self
            .values
            .get(&key)
            .map_or(Location::Default, |(location, _)| location.clone());
        let problem = format!(
            "{location}: {}: expected {expected}, received {received}",
            key.name
        );
        self.problems.push((location, problem));
    }

    /// Adds the problem that a required key is absent.
    pub(super) fn missing(&mut self, key: Key, expected: &str) {
        let name = key.name;
        let problem = format!(
            "{name} is missing: expected {expected} (or {ENVIRONMENT_PREFIX}{})",
            name.to_ascii_uppercase()
        );
        self.problems.push((Location::Default, problem));
    }

    /// Fails with all problems, in the order of the file.
    pub(super) fn finish(mut self) -> Result<(), ConfigErrors> {
        if self.problems.is_empty() {
            return Ok(());
        }
        self.problems.sort_by(|(one, _), (other, _)| one.cmp(other));
        let problems = self.problems.into_iter().map(|(_, problem)| problem);
        Err(ConfigErrors(problems.collect()))
    }
}

/// The secret that the variable with this name names a file of.
fn secret_of_file(name: &str) -> Option<Key> {
    let key = Key::from_name(name.strip_suffix("_file")?)?;
    key.is_secret().then_some(key)
}

fn read_value(value: DeValue<'_>) -> Result<Value, &'static str> {
    match value {
        DeValue::String(text) => Ok(Value::Text(text.into_owned())),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(Value::Number)
            .map_err(|_| "a number that is too large"),
        DeValue::Array(items) => items
            .into_iter()
            .map(|item| match item.into_inner() {
                DeValue::String(text) => Ok(text.into_owned()),
                other => Err(other.type_str()),
            })
            .collect::<Result<_, _>>()
            .map(Value::List),
        other => Err(other.type_str()),
    }
}

/// Variables with the prefix that are not settings: Kubernetes sets some for a service called `vestibule`, and tests
/// have their own.
fn is_foreign_variable(rest: &str) -> bool {
    ["SERVICE_", "PORT", "TEST_"]
        .iter()
        .any(|start| rest.starts_with(start))
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
