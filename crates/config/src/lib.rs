//! The configuration: one TOML file and the environment for the same keys.
//!
//! [`source`] finds what was written and where, [`Config::from_settings`] decides what it means. Every problem of a
//! configuration is told at once, with the line or the variable that it comes from.

mod branding;
mod contact;
mod database;
mod lines;
mod network;
mod plans;
mod public_url;
mod smtp;
mod source;
pub mod suggestion;

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

pub use branding::{Color, Logo};
pub use contact::Contact;
pub use database::Database;
use lettre::message::Mailbox;
pub use network::Network;
pub use plans::Plans;
pub use public_url::PublicUrl;
pub use smtp::{MailServer, Security};
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
    /// Whom an organization turns to for a plan with single sign-on.
    pub sales_contact: Option<Contact>,
    /// The colour of buttons and links.
    pub brand_color: Option<Color>,
    /// What stands for the product on its pages.
    pub logo: Option<Logo>,
    /// How mail leaves; without it none does.
    pub mail: Option<MailSettings>,
    /// The roles that a member can have; `admin` and `member` are among them.
    pub roles: Vec<String>,
    /// For so many days the messages of an attempt to sign in are kept; with 0 they are not.
    pub keep_messages_days: u8,
    /// The server that answers questions about domains, instead of the machine's own.
    pub dns_resolver: Option<SocketAddr>,
    /// The networks in which metadata may be fetched although they are private, and without TLS.
    pub metadata_networks: Vec<Network>,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// The server that takes it.
    pub server: MailServer,
    /// Whom it comes from.
    pub from: Mailbox,
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
        let database = Database::of(settings);
        Self {
            entity_id: entity_id(settings, &public_url),
            secret_key_file: secret_key_file(settings, &database),
            plans: Plans::of(settings),
            log_format: log_format(settings),
            log_level: log_level(settings),
            trusted_proxies: networks(settings, Key::TrustedProxies),
            product_name: settings
                .text(Key::ProductName)
                .unwrap_or_else(|| "Vestibule".to_owned()),
            support_contact: settings.text(Key::SupportContact),
            sales_contact: sales_contact(settings),
            brand_color: brand_color(settings),
            logo: logo(settings),
            mail: mail(settings),
            roles: roles(settings),
            keep_messages_days: keep_messages_days(settings),
            dns_resolver: dns_resolver(settings),
            metadata_networks: networks(settings, Key::MetadataNetworks),
            public_url,
            listen,
            database,
        }
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

/// Plans and roles are named so: in addresses, in the API and in the file.
fn is_name(name: &str) -> bool {
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

fn networks(settings: &mut Settings, key: Key) -> Vec<Network> {
    let mut networks = Vec::new();
    for written in settings.list(key).unwrap_or_default() {
        match Network::read(&written) {
            Some(network) => networks.push(network),
            None => settings.problem(key, "addresses such as 10.0.0.7 or 10.0.0.0/8", &written),
        }
    }
    networks
}

fn sales_contact(settings: &mut Settings) -> Option<Contact> {
    let written = settings.text(Key::SalesContact)?;
    let contact = Contact::read(&written);
    if contact.is_none() {
        let expected = "a link such as https://example.com/sales, or an e-mail address";
        settings.problem(Key::SalesContact, expected, &written);
    }
    contact
}

fn brand_color(settings: &mut Settings) -> Option<Color> {
    let written = settings.text(Key::BrandColor)?;
    let color = Color::read(&written);
    if color.is_none() {
        settings.problem(Key::BrandColor, "a colour such as #1a5fb4", &written);
    }
    color
}

fn logo(settings: &mut Settings) -> Option<Logo> {
    let written = settings.text(Key::LogoFile)?;
    let logo = Logo::read(&settings.in_folder(&written));
    logo.map_err(|received| {
        let expected = "a PNG or SVG file of at most 262144 bytes";
        settings.problem(Key::LogoFile, expected, &received);
    })
    .ok()
}

fn mail(settings: &mut Settings) -> Option<MailSettings> {
    let from = mail_from(settings);
    let written = settings.text(Key::SmtpUrl)?;
    let server = MailServer::read(&written).map_err(|expected| {
        // The value may hold a password, so it is not repeated.
        settings.problem(Key::SmtpUrl, expected, "something else");
    });
    if !settings.has(Key::MailFrom) {
        settings.missing(Key::MailFrom, "the address that mail comes from");
    }
    Some(MailSettings {
        server: server.ok()?,
        from: from?,
    })
}

fn mail_from(settings: &mut Settings) -> Option<Mailbox> {
    let written = settings.text(Key::MailFrom)?;
    let from = written.parse();
    from.map_err(|_| {
        let expected = "an address such as sso@example.com or Example <sso@example.com>";
        settings.problem(Key::MailFrom, expected, &written);
    })
    .ok()
}

fn roles(settings: &mut Settings) -> Vec<String> {
    let own = || ["admin", "member"].map(str::to_owned).to_vec();
    let Some(roles) = settings.list(Key::Roles) else {
        return own();
    };
    let distinct: BTreeSet<_> = roles.iter().collect();
    let has_ours = own().iter().all(|role| distinct.contains(role));
    if !has_ours || distinct.len() != roles.len() || !roles.iter().all(|role| is_name(role)) {
        let expected = "names of lower-case letters, digits and hyphens, each once, with admin and member among them";
        settings.problem(Key::Roles, expected, &roles.join(", "));
    }
    roles
}

fn keep_messages_days(settings: &mut Settings) -> u8 {
    settings
        .number(Key::KeepMessagesDays, 0..=90)
        .and_then(|days| u8::try_from(days).ok())
        .unwrap_or(7)
}

fn dns_resolver(settings: &mut Settings) -> Option<SocketAddr> {
    let written = settings.text(Key::DnsResolver)?;
    let resolver = written.parse();
    resolver
        .map_err(|_| {
            let expected = "an address and a port such as 192.0.2.53:53 or [2001:db8::53]:53";
            settings.problem(Key::DnsResolver, expected, &written);
        })
        .ok()
}

#[cfg(test)]
mod tests;
