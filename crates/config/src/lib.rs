//! The configuration: one TOML file, and environment variables for the same keys.
//!
//! [`Settings`] has the values with their locations, [`Config::from_settings`] parses them. All problems of a
//! configuration are reported together, each with its line or environment variable.

mod branding;
mod contact;
mod database;
mod forwarded_header;
mod key;
mod lines;
mod network;
mod plans;
mod public_url;
mod secret_key;
pub mod single_line;
mod smtp;
mod source;
pub mod suggestion;

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use branding::{Color, Logo};
pub use contact::Contact;
pub use database::{Database, InvalidDatabase};
pub use forwarded_header::ForwardedHeader;
pub use key::Key;
use lettre::message::Mailbox;
pub use network::Network;
pub use plans::Plans;
pub use public_url::PublicUrl;
pub use secret_key::SecretKey;
pub use smtp::{MailServer, Security};
pub use source::ConfigErrors;
use source::Settings;

/// The format of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    /// One JSON object per line.
    Json,
}

impl LogFormat {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "text" => Some(Self::Text),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The settings of the operator; `docs/configuration.md` explains each.
#[derive(Clone, Debug)]
pub struct Config {
    pub public_url: PublicUrl,
    pub listen: SocketAddr,
    /// Where metrics are served. Without it they are not.
    pub metrics_listen: Option<SocketAddr>,
    pub database: Database,
    /// The connections to PostgreSQL that are open at most.
    pub database_pool_size: u32,
    pub entity_id: String,
    pub secret_key_file: PathBuf,
    /// Used in place of the file.
    pub secret_keys: Vec<SecretKey>,
    /// After how many days a key that signs ID tokens is replaced; 0 for never.
    pub id_token_key_days: u16,
    /// After how many days the key pairs of a connection are replaced; 0 for never.
    pub connection_key_days: u16,
    pub plans: Plans,
    pub log_format: LogFormat,
    pub log_level: tracing::Level,
    pub trusted_proxies: Vec<Network>,
    pub forwarded_header: ForwardedHeader,
    /// How many sign-in requests one client may send in five minutes.
    pub sign_in_limit: NonZeroU32,
    /// How many sign-in requests of one client may fail in five minutes.
    pub failed_sign_in_limit: NonZeroU32,
    /// How long the server keeps accepting connections after it was asked to stop.
    pub shutdown_delay: Duration,
    pub product_name: String,
    pub support_contact: Option<Contact>,
    pub sales_contact: Option<Contact>,
    pub brand_color: Option<Color>,
    pub logo: Option<Logo>,
    /// Without it no mail is sent.
    pub mail: Option<MailSettings>,
    /// Contains `admin` and `member`.
    pub roles: Vec<String>,
    /// How many groups of a member applications receive at most.
    pub token_groups_limit: u16,
    /// With 0 the messages of sign-in attempts are not stored.
    pub keep_messages_days: u8,
    /// Used in place of the resolvers of the operating system.
    pub dns_resolver: Option<SocketAddr>,
    /// Private networks from which metadata may be fetched, also without TLS.
    pub metadata_networks: Vec<Network>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    pub server: MailServer,
    pub from: Mailbox,
}

impl Config {
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigErrors> {
        let mut settings = Settings::load(file, environment)?;
        let config = Self::from_settings(&mut settings);
        settings.finish()?;
        Ok(config)
    }

    /// The support contact as pages show it.
    pub fn support_contact(&self) -> Option<&str> {
        self.support_contact.as_ref().map(Contact::as_str)
    }

    /// Parses the settings. A value with a problem is replaced by any other; [`Settings::finish`] returns the problem.
    fn from_settings(settings: &mut Settings) -> Self {
        let listen = settings
            .parse(key::LISTEN, |text| text.parse().ok())
            .unwrap_or(DEFAULT_LISTEN);
        let public_url = public_url(settings, listen);
        let database = Database::from_settings(settings);
        Self {
            database_pool_size: settings
                .number(key::DATABASE_POOL_SIZE, 4..=1000)
                .unwrap_or(16),
            entity_id: settings
                .parse(key::ENTITY_ID, entity_id)
                .unwrap_or_else(|| format!("{public_url}/saml")),
            secret_key_file: secret_key_file(settings, &database),
            secret_keys: secret_keys(settings),
            id_token_key_days: settings
                .number(key::ID_TOKEN_KEY_DAYS, 0..=3650)
                .unwrap_or(90),
            connection_key_days: settings
                .number(key::CONNECTION_KEY_DAYS, 0..=7300)
                .unwrap_or(0),
            plans: Plans::from_settings(settings),
            log_format: settings
                .parse(key::LOG_FORMAT, LogFormat::parse)
                .unwrap_or(LogFormat::Text),
            log_level: settings
                .parse(key::LOG_LEVEL, log_level)
                .unwrap_or(tracing::Level::INFO),
            metrics_listen: settings.parse(key::METRICS_LISTEN, |text| text.parse().ok()),
            trusted_proxies: settings.parse_list(key::TRUSTED_PROXIES, Network::parse),
            forwarded_header: settings
                .parse(key::FORWARDED_HEADER, ForwardedHeader::parse)
                .unwrap_or(ForwardedHeader::XForwardedFor),
            sign_in_limit: sign_in_limit(settings, key::SIGN_IN_LIMIT, DEFAULT_SIGN_IN_LIMIT),
            failed_sign_in_limit: sign_in_limit(
                settings,
                key::FAILED_SIGN_IN_LIMIT,
                DEFAULT_FAILED_SIGN_IN_LIMIT,
            ),
            shutdown_delay: settings
                .number(key::SHUTDOWN_DELAY_SECONDS, 0..=120)
                .map_or(Duration::ZERO, Duration::from_secs),
            product_name: settings
                .parse(key::PRODUCT_NAME, product_name)
                .unwrap_or_else(|| default_product_name(&public_url)),
            support_contact: settings.parse(key::SUPPORT_CONTACT, Contact::parse),
            sales_contact: settings.parse(key::SALES_CONTACT, Contact::parse),
            brand_color: settings.parse(key::BRAND_COLOR, Color::parse),
            logo: logo(settings),
            mail: mail(settings),
            roles: roles(settings),
            token_groups_limit: settings
                .number(key::TOKEN_GROUPS_LIMIT, 1..=5000)
                .unwrap_or(1000),
            keep_messages_days: settings
                .number(key::KEEP_MESSAGES_DAYS, 0..=90)
                .unwrap_or(7),
            dns_resolver: settings.parse(key::DNS_RESOLVER, |text| text.parse().ok()),
            metadata_networks: settings.parse_list(key::METADATA_NETWORKS, Network::parse),
            public_url,
            listen,
            database,
        }
    }
}

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// Everyone in a company of 5,000, from one address, with some retries.
const DEFAULT_SIGN_IN_LIMIT: NonZeroU32 = NonZeroU32::new(15_000).unwrap();
const DEFAULT_FAILED_SIGN_IN_LIMIT: NonZeroU32 = NonZeroU32::new(500).unwrap();

fn sign_in_limit(settings: &mut Settings, key: Key, default: NonZeroU32) -> NonZeroU32 {
    settings
        .number(key, 10..=1_000_000)
        .and_then(NonZeroU32::new)
        .unwrap_or(default)
}

fn public_url(settings: &mut Settings, listen: SocketAddr) -> PublicUrl {
    let Some(text) = settings.text(key::PUBLIC_URL) else {
        if !listen.ip().is_loopback() {
            settings.missing(key::PUBLIC_URL, key::PUBLIC_URL.expected);
        }
        return PublicUrl::loopback(listen.port());
    };
    PublicUrl::parse(&text).unwrap_or_else(|expected| {
        settings.problem(key::PUBLIC_URL, expected, &text);
        PublicUrl::loopback(listen.port())
    })
}

/// SAML limits an entity ID to 1024 characters; some products do not accept spaces.
fn entity_id(text: &str) -> Option<String> {
    let is_valid = text.len() <= 1024
        && single_line::check(text).is_ok()
        && !text.chars().any(char::is_whitespace);
    is_valid.then(|| text.to_owned())
}

/// Customers know the host from the address of the page, and have never heard of this server.
fn default_product_name(public_url: &PublicUrl) -> String {
    let host = public_url.host_name();
    host.unwrap_or_else(|| public_url.authority().to_owned())
}

/// Pages and mails show the name in the middle of a line.
fn product_name(text: &str) -> Option<String> {
    single_line::check(text).ok().map(|()| text.to_owned())
}

fn secret_key_file(settings: &mut Settings, database: &Database) -> PathBuf {
    if let Some(path) = settings.text(key::SECRET_KEY_FILE) {
        return settings.in_folder(&path);
    }
    match database {
        Database::Sqlite(path) => path.with_file_name("vestibule.key"),
        Database::Postgres(_) => settings.in_folder("vestibule.key"),
    }
}

fn secret_keys(settings: &mut Settings) -> Vec<SecretKey> {
    let Some(text) = settings.text(key::SECRET_KEY) else {
        return Vec::new();
    };
    let parsed: Option<Vec<_>> = text.split(',').map(SecretKey::parse).collect();
    let parsed = parsed.filter(|keys| keys.len() <= 2);
    if parsed.is_none() {
        settings.problem(key::SECRET_KEY, key::SECRET_KEY.expected, "something else");
    }
    parsed.unwrap_or_default()
}

/// Whether plans and roles may have this name, in URLs, the API and the file.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn log_level(text: &str) -> Option<tracing::Level> {
    match text {
        "error" => Some(tracing::Level::ERROR),
        "warn" => Some(tracing::Level::WARN),
        "info" => Some(tracing::Level::INFO),
        "debug" => Some(tracing::Level::DEBUG),
        _ => None,
    }
}

fn logo(settings: &mut Settings) -> Option<Logo> {
    let path = settings.text(key::LOGO_FILE)?;
    Logo::from_file(&settings.in_folder(&path))
        .map_err(|received| settings.problem(key::LOGO_FILE, key::LOGO_FILE.expected, &received))
        .ok()
}

fn mail(settings: &mut Settings) -> Option<MailSettings> {
    let from = settings.parse(key::MAIL_FROM, |text| text.parse().ok());
    let url = settings.text(key::SMTP_URL)?;
    let server = MailServer::parse(&url).map_err(|expected| {
        // The value may contain a password, so it is not repeated.
        settings.problem(key::SMTP_URL, expected, "something else");
    });
    if !settings.has(key::MAIL_FROM) {
        settings.missing(key::MAIL_FROM, "the address that mail comes from");
    }
    Some(MailSettings {
        server: server.ok()?,
        from: from?,
    })
}

fn roles(settings: &mut Settings) -> Vec<String> {
    let required = ["admin", "member"];
    let Some(roles) = settings.list(key::ROLES) else {
        return required.map(str::to_owned).to_vec();
    };
    let distinct: BTreeSet<&str> = roles.iter().map(String::as_str).collect();
    let is_valid = required.iter().all(|role| distinct.contains(role))
        && distinct.len() == roles.len()
        && roles.iter().all(|role| is_name(role));
    if !is_valid {
        settings.problem(key::ROLES, key::ROLES.expected, &roles.join(", "));
    }
    roles
}

#[cfg(test)]
mod tests;
