//! What the operator wrote, and where: the TOML file and the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::suggestion;

macro_rules! keys {
    ($($key:ident = $name:literal),* $(,)?) => {
        /// The keys of a configuration.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the configuration that is made of them explains each")]
        pub enum Key { $($key),* }

        impl Key {
            /// Every key there is.
            pub const ALL: &[Self] = &[$(Self::$key),*];

            /// The key as it stands in a file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$key => $name),* }
            }
        }
    };
}

keys! {
    PublicUrl = "public_url",
    Listen = "listen",
    DatabaseUrl = "database_url",
    EntityId = "entity_id",
    SecretKeyFile = "secret_key_file",
    Plans = "plans",
    SsoPlan = "sso_plan",
    LogFormat = "log_format",
    LogLevel = "log_level",
    TrustedProxies = "trusted_proxies",
    ProductName = "product_name",
    SupportContact = "support_contact",
    SalesContact = "sales_contact",
    BrandColor = "brand_color",
    LogoFile = "logo_file",
    SmtpUrl = "smtp_url",
    MailFrom = "mail_from",
    Roles = "roles",
    KeepMessagesDays = "keep_messages_days",
    DnsResolver = "dns_resolver",
    MetadataNetworks = "metadata_networks",
}

/// Begins the name of each environment variable that is a setting.
const PREFIX: &str = "VESTIBULE_";

/// Everything that is wrong with a configuration, a sentence for each.
#[derive(Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<String>);

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Problems {}

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(i64),
    List(Vec<String>),
}

/// What was written for each key, and the problems that have shown so far.
#[derive(Debug)]
pub struct Settings {
    values: BTreeMap<Key, (String, Value)>,
    problems: Vec<String>,
    folder: PathBuf,
}

impl Settings {
    /// Gathers the file, when there is one, and the environment, which goes first where both have a key.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is not TOML; all other problems wait for [`Settings::finish`].
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Problems> {
        let mut settings = Self {
            values: BTreeMap::new(),
            problems: Vec::new(),
            folder: PathBuf::new(),
        };
        if let Some(file) = file {
            let text = std::fs::read_to_string(file).map_err(|error| {
                Problems(vec![format!("{} cannot be read: {error}", file.display())])
            })?;
            settings.folder = file.parent().map(Path::to_owned).unwrap_or_default();
            settings.read_toml(&file.display().to_string(), &text)?;
        }
        for (name, value) in environment {
            settings.read_variable(&name, value);
        }
        Ok(settings)
    }

    fn read_toml(&mut self, file: &str, text: &str) -> Result<(), Problems> {
        let table = DeTable::parse(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            Problems(vec![format!("{file}, line {line}: {}", error.message())])
        })?;
        for (key, value) in table.into_inner() {
            let place = format!("{file}, line {}", line_of(text, key.span().start));
            let name = key.into_inner();
            let Some(key) = Key::ALL.iter().find(|key| key.name() == name) else {
                self.problems.push(format!(
                    "{place}: unknown key {name}{}",
                    did_you_mean(&name)
                ));
                continue;
            };
            match read_value(value.into_inner()) {
                Ok(value) => drop(self.values.insert(*key, (place, value))),
                Err(kind) => self.problems.push(format!(
                    "{place}: {name}: expected a text, a number or a list of texts, received {kind}"
                )),
            }
        }
        Ok(())
    }

    fn read_variable(&mut self, name: &str, value: String) {
        let Some(rest) = name.strip_prefix(PREFIX) else {
            return;
        };
        let place = format!("environment variable {name}");
        let written = rest.to_ascii_lowercase();
        match Key::ALL.iter().find(|key| key.name() == written) {
            Some(key) => drop(self.values.insert(*key, (place, Value::Text(value)))),
            None if is_somebody_elses(rest) => {}
            None => self.problems.push(format!(
                "{place}: unknown key {written}{}",
                did_you_mean(&written)
            )),
        }
    }

    /// Whether a key was written.
    pub fn has(&self, key: Key) -> bool {
        self.values.contains_key(&key)
    }

    /// The text of a key, when it was written.
    pub fn text(&mut self, key: Key) -> Option<String> {
        let (place, value) = self.values.get(&key)?;
        match value {
            Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Text(_) => {
                self.problems.push(format!(
                    "{place}: {}: expected a text, received an empty one",
                    key.name()
                ));
                None
            }
            Value::Number(_) => {
                self.problem(key, "a text", "a number");
                None
            }
            Value::List(_) => {
                self.problem(key, "a text", "a list");
                None
            }
        }
    }

    /// The list of a key, when it was written; one text is a list with commas, as the environment has it.
    pub fn list(&mut self, key: Key) -> Option<Vec<String>> {
        let (_, value) = self.values.get(&key)?;
        match value {
            Value::List(list) => Some(list.clone()),
            Value::Text(text) => Some(
                text.split(',')
                    .map(str::trim)
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect(),
            ),
            Value::Number(_) => {
                self.problem(key, "a list of texts", "a number");
                None
            }
        }
    }

    /// The number of a key, when it was written and is in the range; a text is read, as the environment has it.
    pub fn number(&mut self, key: Key, range: RangeInclusive<i64>) -> Option<i64> {
        let (_, value) = self.values.get(&key)?;
        let (number, received) = match value {
            Value::Number(number) => (Some(*number), number.to_string()),
            Value::Text(text) => (text.trim().parse().ok(), text.clone()),
            Value::List(_) => (None, "a list".to_owned()),
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            let expected = format!("a number from {least} to {most}");
            self.problem(key, &expected, &received);
        }
        number
    }

    /// A path, which is relative to the folder of the configuration file.
    pub fn in_folder(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Notes that the value of a key is not what was expected.
    pub fn problem(&mut self, key: Key, expected: &str, received: &str) {
        let place = self
            .values
            .get(&key)
            .map_or("by default", |(place, _)| place);
        self.problems.push(format!(
            "{place}: {}: expected {expected}, received {received}",
            key.name()
        ));
    }

    /// Notes that a key must be written.
    pub fn missing(&mut self, key: Key, expected: &str) {
        let name = key.name();
        self.problems.push(format!(
            "{name} is missing: expected {expected} (or {PREFIX}{})",
            name.to_ascii_uppercase()
        ));
    }

    /// Ends the reading.
    ///
    /// # Errors
    ///
    /// When anything was wrong.
    pub fn finish(self) -> Result<(), Problems> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Problems(self.problems))
        }
    }
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

/// Variables with our prefix that are no settings: Kubernetes makes some for each service by its name, and tests
/// have their own.
fn is_somebody_elses(rest: &str) -> bool {
    ["SERVICE_", "PORT", "TEST_"]
        .iter()
        .any(|start| rest.starts_with(start))
}

fn did_you_mean(written: &str) -> String {
    suggestion::nearest(written, Key::ALL.iter().map(|key| key.name()))
        .map(|key| format!("; did you mean {key}?"))
        .unwrap_or_default()
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
