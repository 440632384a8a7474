/// A key of the configuration, and what its value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The name in the file; the environment variable is `VESTIBULE_` and the name in capital letters.
    pub name: &'static str,
    /// A description of valid values, for problems.
    pub expected: &'static str,
}

impl Key {
    /// Whether the value is a secret, so that no message repeats it and an environment variable may name a file with it.
    pub(super) fn is_secret(self) -> bool {
        [SECRET_KEY, DATABASE_URL, SMTP_URL].contains(&self)
    }
}

macro_rules! keys {
    ($($key:ident = $name:literal, $expected:expr;)*) => {
        $(pub(super) const $key: Key = Key { name: $name, expected: $expected };)*

        impl Key {
            /// Every key, in the order of `docs/configuration.md`.
            pub const ALL: &[Self] = &[$($key),*];

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|key| key.name == name).copied()
            }
        }
    };
}

const PATH: &str = "a path";
const NETWORKS: &str = "addresses such as 10.0.0.7 or 10.0.0.0/8";

keys! {
    PUBLIC_URL = "public_url", "the https address by which browsers reach this server";
    LISTEN = "listen", "an address and a port such as 127.0.0.1:8080 or [::]:8080";
    METRICS_LISTEN = "metrics_listen", "an address and a port such as 127.0.0.1:9090 or [::]:9090";
    DATABASE_URL = "database_url", "sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME (with several servers: HOST:PORT,HOST:PORT)";
    DATABASE_POOL_SIZE = "database_pool_size", "a number from 4 to 1000";
    ENTITY_ID = "entity_id", "an absolute URI of at most 256 characters, such as a URL";
    SECRET_KEY_FILE = "secret_key_file", PATH;
    SECRET_KEY = "secret_key", "32 bytes in base64, such as those of: openssl rand -base64 32 (while you replace the key, both keys with a comma between them)";
    ID_TOKEN_KEY_DAYS = "id_token_key_days", "a number from 0 to 3650";
    CONNECTION_KEY_DAYS = "connection_key_days", "a number from 0 to 7300";
    PLANS = "plans", "at least one name of lower-case letters, digits and hyphens, each once";
    SSO_PLAN = "sso_plan", "one of the plans";
    LOG_FORMAT = "log_format", "text or json";
    LOG_LEVEL = "log_level", "error, warn, info or debug";
    TRUSTED_PROXIES = "trusted_proxies", NETWORKS;
    SIGN_IN_LIMIT = "sign_in_limit", "a number from 10 to 1000000";
    FAILED_SIGN_IN_LIMIT = "failed_sign_in_limit", "a number from 10 to 1000000";
    FORWARDED_HEADER = "forwarded_header", "X-Forwarded-For or Forwarded";
    SHUTDOWN_DELAY_SECONDS = "shutdown_delay_seconds", "a number from 0 to 120";
    PRODUCT_NAME = "product_name", "a text on one line, without control characters";
    SUPPORT_CONTACT = "support_contact", "an email address, or a link such as https://example.com/support";
    SALES_CONTACT = "sales_contact", "a link such as https://example.com/sales, or an email address";
    BRAND_COLOR = "brand_color", "a color such as #1a5fb4";
    LOGO_FILE = "logo_file", "a PNG or SVG file of at most 262144 bytes";
    SMTP_URL = "smtp_url", "smtps://USER:PASSWORD@HOST:PORT or smtp://USER:PASSWORD@HOST:PORT";
    MAIL_FROM = "mail_from", "an address such as sso@example.com or Example <sso@example.com>";
    ROLES = "roles", "names of lower-case letters, digits and hyphens, each once, with admin and member among them";
    TOKEN_GROUPS_LIMIT = "token_groups_limit", "a number from 1 to 5000";
    KEEP_MESSAGES_DAYS = "keep_messages_days", "a number from 0 to 90";
    DNS_RESOLVER = "dns_resolver", "an address and a port such as 192.0.2.53:53 or [2001:db8::53]:53";
    METADATA_NETWORKS = "metadata_networks", NETWORKS;
}
