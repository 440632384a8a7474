//! The configuration: one TOML file and the environment for the same keys.
//!
//! [`source`] finds what was written and where, [`Config::from_settings`] decides what it means. Every problem of a
//! configuration is told at once, with the line or the variable that it comes from.

mod network;
mod public_url;
mod source;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

pub use network::Network;
pub use public_url::PublicUrl;
pub use source::{Key, Problems, Settings};

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

/// What the operator decided.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address by which browsers and applications reach this server.
    pub public_url: PublicUrl,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where the data is.
    pub database: Database,
    /// The name of this deployment toward identity providers.
    pub entity_id: String,
    /// The file with the key that seals secrets.
    pub secret_key_file: PathBuf,
    /// The plans, from the smallest to the largest.
    pub plans: Plans,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// What is worth a log line.
    pub log_level: tracing::Level,
    /// The proxies whose word about a client's address counts.
    pub trusted_proxies: Vec<Network>,
    /// What pages call the product that people sign in to.
    pub product_name: String,
    /// Whom a person turns to when a sign-in does not work: an address or a link.
    pub support_contact: Option<String>,
}

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file of this machine.
    Sqlite(PathBuf),
    /// A server, with the address as the operator wrote it. It may hold a password.
    Postgres(String),
}

impl fmt::Display for Database {
    /// Names the database without a password.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(formatter, "sqlite:{}", path.display()),
            Self::Postgres(address) => {
                let host = url::Url::parse(address)
                    .ok()
                    .and_then(|url| Some(format!("postgres://{}{}", url.host_str()?, url.path())));
                formatter.write_str(host.as_deref().unwrap_or("postgres"))
            }
        }
    }
}

/// The plans that an organization can have, in order, and from which on SAML single sign-on is part of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    names: Vec<String>,
    first_with_sso: usize,
}

impl Plans {
    /// The plans from the smallest to the largest; nothing when `first_with_sso` is not among them.
    pub fn new(names: Vec<String>, first_with_sso: &str) -> Option<Self> {
        let first_with_sso = names.iter().position(|name| name == first_with_sso)?;
        Some(Self {
            names,
            first_with_sso,
        })
    }

    /// The names, from the smallest plan to the largest.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether the operator has such a plan.
    pub fn has(&self, plan: &str) -> bool {
        self.names.iter().any(|name| name == plan)
    }

    /// Whether SAML single sign-on is part of this plan; it never is of one that the operator no longer has.
    pub fn includes_sso(&self, plan: &str) -> bool {
        self.names
            .iter()
            .position(|name| name == plan)
            .is_some_and(|place| place >= self.first_with_sso)
    }

    /// The smallest plan.
    pub fn smallest(&self) -> &str {
        &self.names[0]
    }

    /// The smallest plan that includes SAML single sign-on.
    pub fn first_with_sso(&self) -> &str {
        &self.names[self.first_with_sso]
    }
}

impl Config {
    /// Reads the file and the environment.
    ///
    /// # Errors
    ///
    /// With every problem that they have.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Problems> {
        let mut settings = Settings::load(file, environment)?;
        let config = Self::from_settings(&mut settings);
        settings.finish()?;
        Ok(config)
    }

    /// Decides what the settings mean. What cannot be understood is noted in `settings`, with any value in its place.
    fn from_settings(settings: &mut Settings) -> Self {
        let listen = listen(settings);
        let public_url = public_url(settings, listen);
        let database = database(settings);
        Self {
            entity_id: entity_id(settings, &public_url),
            secret_key_file: secret_key_file(settings, &database),
            plans: plans(settings),
            log_format: log_format(settings),
            log_level: log_level(settings),
            trusted_proxies: trusted_proxies(settings),
            product_name: settings
                .text(Key::ProductName)
                .unwrap_or_else(|| "Vestibule".to_owned()),
            support_contact: settings.text(Key::SupportContact),
            public_url,
            listen,
            database,
        }
    }

    /// What was understood, a key and its value for each line; without secrets.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let proxies: Vec<String> = self
            .trusted_proxies
            .iter()
            .map(ToString::to_string)
            .collect();
        vec![
            ("public_url", self.public_url.to_string()),
            ("listen", self.listen.to_string()),
            ("database_url", self.database.to_string()),
            ("entity_id", self.entity_id.clone()),
            (
                "secret_key_file",
                self.secret_key_file.display().to_string(),
            ),
            ("plans", self.plans.names().join(", ")),
            ("sso_plan", self.plans.first_with_sso().to_owned()),
            (
                "log_format",
                format!("{:?}", self.log_format).to_lowercase(),
            ),
            ("log_level", self.log_level.to_string().to_lowercase()),
            (
                "trusted_proxies",
                if proxies.is_empty() {
                    "none".to_owned()
                } else {
                    proxies.join(", ")
                },
            ),
            ("product_name", self.product_name.clone()),
            (
                "support_contact",
                self.support_contact
                    .clone()
                    .unwrap_or_else(|| "none".to_owned()),
            ),
        ]
    }
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

fn listen(settings: &mut Settings) -> SocketAddr {
    let Some(written) = settings.text(Key::Listen) else {
        return DEFAULT_LISTEN;
    };
    written.parse().unwrap_or_else(|_| {
        settings.problem(
            Key::Listen,
            "an address and a port such as 127.0.0.1:8080 or [::]:8080",
            &written,
        );
        DEFAULT_LISTEN
    })
}

fn public_url(settings: &mut Settings, listen: SocketAddr) -> PublicUrl {
    let Some(written) = settings.text(Key::PublicUrl) else {
        if !listen.ip().is_loopback() {
            settings.missing(
                Key::PublicUrl,
                "the https address by which browsers reach this server",
            );
        }
        return PublicUrl::of_loopback(listen.port());
    };
    PublicUrl::read(&written).unwrap_or_else(|expected| {
        settings.problem(Key::PublicUrl, expected, &written);
        PublicUrl::of_loopback(listen.port())
    })
}

fn database(settings: &mut Settings) -> Database {
    let written = settings
        .text(Key::DatabaseUrl)
        .unwrap_or_else(|| "sqlite:vestibule.sqlite".to_owned());
    if written.starts_with("postgres://") || written.starts_with("postgresql://") {
        return Database::Postgres(written);
    }
    match written
        .strip_prefix("sqlite:")
        .map(|path| path.strip_prefix("//").unwrap_or(path))
    {
        Some(path) if !path.is_empty() && !path.contains('?') => {
            Database::Sqlite(settings.in_folder(path))
        }
        Some(_) | None => {
            // The value may hold a password, so it is not repeated.
            settings.problem(
                Key::DatabaseUrl,
                "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME",
                "something else",
            );
            Database::Sqlite(PathBuf::new())
        }
    }
}

/// SAML limits an entity identifier to 1024 characters; the rest keeps it one token for every product.
fn entity_id(settings: &mut Settings, public_url: &PublicUrl) -> String {
    let Some(written) = settings.text(Key::EntityId) else {
        return format!("{public_url}/saml");
    };
    if written.len() > 1024
        || written
            .chars()
            .any(|one| one.is_whitespace() || one.is_control())
    {
        settings.problem(
            Key::EntityId,
            "a name without spaces of at most 1024 bytes, best a URL",
            &written,
        );
    }
    written
}

fn secret_key_file(settings: &mut Settings, database: &Database) -> PathBuf {
    if let Some(written) = settings.text(Key::SecretKeyFile) {
        return settings.in_folder(&written);
    }
    match database {
        Database::Sqlite(path) => path.with_file_name("vestibule.key"),
        Database::Postgres(_) => settings.in_folder("vestibule.key"),
    }
}

fn plans(settings: &mut Settings) -> Plans {
    let defaults = || {
        ["starter", "professional", "enterprise", "enterprise-plus"]
            .map(str::to_owned)
            .to_vec()
    };
    let names = settings.list(Key::Plans).unwrap_or_else(defaults);
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    if names.is_empty()
        || distinct.len() != names.len()
        || names.iter().any(|name| !is_plan_name(name))
    {
        let expected = "at least one name of lower-case letters, digits and hyphens, each once";
        settings.problem(Key::Plans, expected, &names.join(", "));
    }
    let sso_plan = settings
        .text(Key::SsoPlan)
        .unwrap_or_else(|| "enterprise".to_owned());
    Plans::new(names.clone(), &sso_plan).unwrap_or_else(|| {
        settings.problem(
            Key::SsoPlan,
            &format!("one of the plans ({})", names.join(", ")),
            &sso_plan,
        );
        Plans {
            names: vec![sso_plan],
            first_with_sso: 0,
        }
    })
}

fn is_plan_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn log_format(settings: &mut Settings) -> LogFormat {
    match settings.text(Key::LogFormat).as_deref() {
        None | Some("text") => LogFormat::Text,
        Some("json") => LogFormat::Json,
        Some(other) => {
            settings.problem(Key::LogFormat, "text or json", other);
            LogFormat::Text
        }
    }
}

fn log_level(settings: &mut Settings) -> tracing::Level {
    match settings.text(Key::LogLevel).as_deref() {
        Some("error") => tracing::Level::ERROR,
        Some("warn") => tracing::Level::WARN,
        None | Some("info") => tracing::Level::INFO,
        Some("debug") => tracing::Level::DEBUG,
        Some(other) => {
            settings.problem(Key::LogLevel, "error, warn, info or debug", other);
            tracing::Level::INFO
        }
    }
}

fn trusted_proxies(settings: &mut Settings) -> Vec<Network> {
    let mut networks = Vec::new();
    for written in settings.list(Key::TrustedProxies).unwrap_or_default() {
        match Network::read(&written) {
            Some(network) => networks.push(network),
            None => settings.problem(
                Key::TrustedProxies,
                "addresses such as 10.0.0.7 or 10.0.0.0/8",
                &written,
            ),
        }
    }
    networks
}

#[cfg(test)]
mod tests;
