use insta::assert_snapshot;
use rstest::rstest;

use super::*;

fn load(toml: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
    let random = random_number();
    let file = std::env::temp_dir().join(format!("vestibule-config-{random}.toml"));
    std::fs::write(&file, toml).unwrap();
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let config = Config::load(Some(&file), environment);
    std::fs::remove_file(&file).unwrap();
    config
}

fn random_number() -> u64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    u64::from_be_bytes(bytes)
}

/// The problems of a configuration without the random name of the file.
fn load_problems(toml: &str, environment: &[(&str, &str)]) -> Vec<String> {
    let ConfigErrors(problems) = load(toml, environment).unwrap_err();
    problems
        .iter()
        .map(|problem| {
            problem
                .split_once(".toml, ")
                .map_or(&**problem, |split| split.1)
                .to_owned()
        })
        .collect()
}

#[rstest]
#[case::no_plan("[]", "none")]
#[case::uppercase("[\"Free\"]", "Free")]
fn invalid_plans_are_one_problem(#[case] plans: &str, #[case] received: &str) {
    let problems = load_problems(&format!("plans = {plans}"), &[]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].contains("plans: expected") && problems[0].ends_with(received),
        "{problems:?}"
    );
}

/// The settings with these keys, or all settings, one on each line.
fn settings(config: &Config, keys: &[&str]) -> String {
    config
        .lines()
        .into_iter()
        .filter(|(key, _)| keys.is_empty() || keys.contains(key))
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect()
}

#[test]
fn an_empty_configuration_serves_localhost() {
    let config = Config::load(None, []).unwrap();
    assert_snapshot!(settings(&config, &[]), @"
    public_url = http://localhost:8080
    listen = 127.0.0.1:8080
    metrics_listen = none
    database_url = sqlite:vestibule.sqlite
    database_pool_size = 16
    entity_id = http://localhost:8080/saml
    secret_key_file = vestibule.key
    secret_key = none
    id_token_key_days = 90
    connection_key_days = 0
    plans = starter, professional, enterprise, enterprise-plus
    sso_plan = enterprise
    log_format = text
    log_level = info
    trusted_proxies = none
    sign_in_limit = 15000
    failed_sign_in_limit = 500
    forwarded_header = X-Forwarded-For
    shutdown_delay_seconds = 0
    product_name = localhost
    support_contact = none
    sales_contact = none
    brand_color = none
    logo_file = none
    smtp_url = none
    mail_from = none
    roles = admin, member
    token_groups_limit = 1000
    keep_messages_days = 7
    dns_resolver = the machine's own
    metadata_networks = none
    ");
    assert_eq!(
        config.database,
        Database::Sqlite(PathBuf::from("vestibule.sqlite"))
    );
    assert_eq!(config.secret_key_file, PathBuf::from("vestibule.key"));
}

#[test]
fn all_problems_are_reported_together_with_their_lines() {
    let reported = load_problems(
        "public_url = \"http://auth.example.com\"\n\nlisten = \"8080\"\ndatabase_urll = \"x\"\nlog_format = \"xml\"\nplans = 4\nsso_plan = \"gold\"\n",
        &[
            ("VESTIBULE_LOG_LEVEL", "loud"),
            ("VESTIBULE_PUBLICURL", "x"),
            ("HOME", "/root"),
        ],
    );
    assert_eq!(
        reported,
        [
            "line 1: public_url: expected https, since http is for addresses of this machine alone (localhost, 127.0.0.1), received http://auth.example.com",
            "line 3: listen: expected an address and a port such as 127.0.0.1:8080 or [::]:8080, received 8080",
            "line 4: unknown key database_urll; did you mean database_url?",
            "line 5: log_format: expected text or json, received xml",
            "line 6: plans: expected a list of texts, received a number",
            "line 7: sso_plan: expected one of the plans (starter, professional, enterprise, enterprise-plus), received gold",
            "environment variable VESTIBULE_LOG_LEVEL: log_level: expected error, warn, info or debug, received loud",
            "environment variable VESTIBULE_PUBLICURL: unknown key publicurl; did you mean public_url?",
        ]
    );
}

#[test]
fn a_server_on_other_addresses_than_loopback_needs_a_public_url() {
    assert_eq!(
        load_problems("listen = \"0.0.0.0:8080\"", &[]),
        [
            "public_url is missing: expected the https address by which browsers reach this server (or VESTIBULE_PUBLIC_URL)"
        ]
    );
}

#[test]
fn the_environment_takes_precedence_over_the_file() {
    let config = load(
        "public_url = \"https://file.example.com\"\nplans = [\"free\", \"paid\"]\nsso_plan = \"paid\"",
        &[
            ("VESTIBULE_PUBLIC_URL", "https://auth.example.com"),
            ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1"),
            ("VESTIBULE_SERVICE_HOST", "10.1.2.3"),
        ],
    )
    .unwrap();
    assert_eq!(config.public_url.as_str(), "https://auth.example.com");
    assert_eq!(config.trusted_proxies.len(), 2);
    assert_eq!(config.plans.names(), ["free", "paid"]);
}

#[test]
fn paths_are_relative_to_the_file() {
    let config = load("database_url = \"sqlite:data/v.sqlite\"", &[]).unwrap();
    assert_eq!(
        config.database,
        Database::Sqlite(std::env::temp_dir().join("data/v.sqlite"))
    );
    assert_eq!(
        config.secret_key_file,
        std::env::temp_dir().join("data/vestibule.key")
    );
}

#[test]
fn a_database_password_is_never_repeated() {
    let config = load(
        "database_url = \"postgres://me:hunter2@db.example.com/vestibule\"",
        &[],
    )
    .unwrap();
    assert_eq!(
        config.database.to_string(),
        "postgres://db.example.com/vestibule"
    );
    assert!(
        !load_problems("database_url = \"mysql://me:hunter2@db\"", &[])
            .concat()
            .contains("hunter2")
    );
}

#[test]
fn the_lines_name_every_key_and_no_password() {
    let config = load(
        "smtp_url = \"smtps://me:hunter2@mail.example.com\"\nmail_from = \"Example <sso@example.com>\"",
        &[],
    )
    .unwrap();
    let lines = config.lines();
    let named: Vec<&str> = lines.iter().map(|(key, _)| *key).collect();
    let keys: Vec<&str> = Key::ALL.iter().map(|key| key.name).collect();
    assert_eq!(named, keys);
    assert!(!format!("{lines:?} {config:?}").contains("hunter2"));
    assert!(
        !load_problems("smtp_url = \"smtp://me:hunter2@mail/x\"", &[])
            .concat()
            .contains("hunter2")
    );
}

#[test]
fn optional_settings_are_parsed() {
    let config = load(
        "sales_contact = \"sales@example.com\"\nbrand_color = \"#1a5fb4\"\nroles = [\"member\", \"auditor\", \"admin\"]\ntoken_groups_limit = 200\nkeep_messages_days = 0\ndns_resolver = \"[::1]:5353\"",
        &[("VESTIBULE_METADATA_NETWORKS", "10.1.0.0/16, fd00::/8")],
    )
    .unwrap();
    let keys = [
        "sales_contact",
        "brand_color",
        "roles",
        "token_groups_limit",
        "keep_messages_days",
        "dns_resolver",
        "metadata_networks",
    ];
    assert_snapshot!(settings(&config, &keys), @"
    sales_contact = sales@example.com
    brand_color = #1a5fb4
    roles = member, auditor, admin
    token_groups_limit = 200
    keep_messages_days = 0
    dns_resolver = [::1]:5353
    metadata_networks = 10.1.0.0/16, fd00::/8
    ");
    assert_eq!(
        config.sales_contact.unwrap().href(),
        "mailto:sales@example.com"
    );
    assert_eq!(config.roles, ["member", "auditor", "admin"]);
    assert_eq!(config.metadata_networks.len(), 2);
}

#[test]
fn days_are_read_from_the_environment() {
    let config = load("", &[("VESTIBULE_KEEP_MESSAGES_DAYS", "90")]).unwrap();
    assert_eq!(config.keep_messages_days, 90);
}

#[test]
fn optional_settings_have_defaults() {
    let config = load("", &[]).unwrap();
    assert_eq!(config.roles, ["admin", "member"]);
    assert_eq!(config.keep_messages_days, 7);
    assert!(config.mail.is_none() && config.metadata_networks.is_empty());
}

#[test]
fn problems_with_optional_settings_describe_valid_values() {
    assert_eq!(
        load_problems(
            "sales_contact = \"javascript:x\"\nbrand_color = \"red\"\nsmtp_url = \"mail.example.com\"\nmail_from = \"a\\r\\nBcc: b@example.com\"\nroles = [\"admin\"]\nkeep_messages_days = 91\ndns_resolver = \"dns.example.com\"\nmetadata_networks = [\"intranet\"]",
            &[]
        ),
        [
            "line 1: sales_contact: expected a link such as https://example.com/sales, or an email address, received javascript:x",
            "line 2: brand_color: expected a color such as #1a5fb4, received red",
            "line 3: smtp_url: expected smtps://USER:PASSWORD@HOST:PORT or smtp://USER:PASSWORD@HOST:PORT, received something else",
            "line 4: mail_from: expected an address such as sso@example.com or Example <sso@example.com>, received a\r\nBcc: b@example.com",
            "line 5: roles: expected names of lower-case letters, digits and hyphens, each once, with admin and member among them, received admin",
            "line 6: keep_messages_days: expected a number from 0 to 90, received 91",
            "line 7: dns_resolver: expected an address and a port such as 192.0.2.53:53 or [2001:db8::53]:53, received dns.example.com",
            "line 8: metadata_networks: expected addresses such as 10.0.0.7 or 10.0.0.0/8, received intranet",
        ]
    );
    assert_eq!(
        load_problems("smtp_url = \"smtp://localhost\"", &[]),
        [
            "mail_from is missing: expected the address that mail comes from (or VESTIBULE_MAIL_FROM)"
        ]
    );
}

#[test]
fn a_logo_is_read_from_the_folder_of_the_file() {
    let random = random_number();
    let logo = std::env::temp_dir().join(format!("vestibule-logo-{random}.svg"));
    let name = logo.file_name().unwrap().to_str().unwrap().to_owned();
    let toml = format!("logo_file = \"{name}\"");
    assert!(load_problems(&toml, &[])[0].contains("No such file"));
    std::fs::write(&logo, "<svg/>").unwrap();
    assert_eq!(
        load(&toml, &[]).unwrap().logo.unwrap().media_type,
        "image/svg+xml"
    );
    std::fs::write(&logo, format!("<svg>{}</svg>", " ".repeat(262_144))).unwrap();
    assert!(load_problems(&toml, &[])[0].ends_with("262155 bytes"));
    std::fs::remove_file(&logo).unwrap();
}

#[rstest]
#[case::below("starter", false)]
#[case::named("enterprise", true)]
#[case::above("plus", true)]
#[case::unknown("former", false)]
fn a_plan_includes_single_sign_on_from_the_named_one_upward(
    #[case] plan: &str,
    #[case] expected: bool,
) {
    let names = ["starter", "enterprise", "plus"].map(str::to_owned);
    let plans = Plans::new(names.to_vec(), "enterprise").unwrap();
    assert_eq!(plans.includes_sso(plan), expected);
}

#[test]
fn the_documentation_has_a_row_for_each_key() {
    let page = include_str!("../../../docs/configuration.md");
    let written: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let keys: Vec<&str> = Key::ALL.iter().map(|key| key.name).collect();
    assert_eq!(written, keys);
}

#[test]
fn a_variable_can_name_a_file_with_a_secret() {
    let file = std::env::temp_dir().join(format!("vestibule-secret-{}", random_number()));
    std::fs::write(&file, "postgres://vestibule:s3cret@db.internal/sso\n").unwrap();
    let variable = ("VESTIBULE_DATABASE_URL_FILE", file.to_str().unwrap());
    let config = load("", &[variable]);
    std::fs::remove_file(&file).unwrap();
    let database = config.unwrap().database;
    assert!(
        matches!(&database, Database::Postgres(url) if url.contains("s3cret")),
        "{database}"
    );
}

#[test]
fn a_secret_file_that_cannot_be_read_is_a_problem() {
    let variable = ("VESTIBULE_SMTP_URL_FILE", "/nowhere/smtp");
    let problems = load_problems("", &[variable]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with(
            "environment variable VESTIBULE_SMTP_URL_FILE: /nowhere/smtp cannot be read"
        ),
        "{problems:?}"
    );
}

#[test]
fn the_secret_key_can_be_a_setting_that_no_message_shows() {
    let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let config = load("", &[("VESTIBULE_SECRET_KEY", key)]).unwrap();
    assert_eq!(settings(&config, &["secret_key"]), "secret_key = set\n");
    assert!(!format!("{config:?}").contains(key));
    let problems = load_problems("", &[("VESTIBULE_SECRET_KEY", "dG9vIHNob3J0")]);
    assert_eq!(
        problems,
        [
            "environment variable VESTIBULE_SECRET_KEY: secret_key: expected 32 bytes in base64, such as those of: \
          openssl rand -base64 32 (while you replace the key, both keys with a comma between them), received something else"
        ]
    );
    let both = format!("{key},BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
    let config = load("", &[("VESTIBULE_SECRET_KEY", &both)]).unwrap();
    let keys: Vec<_> = config.secret_keys.iter().map(SecretKey::as_bytes).collect();
    assert_eq!(keys, [&std::array::from_fn(|byte| byte as u8), &[7; 32]]);
}

#[rstest]
#[case::line_break("product_name = \"Acme\\nAdmin\"")]
#[case::bidirectional_control("product_name = \"Acme \\u202e\"")]
#[case::hidden("entity_id = \"urn:a\\u202eb\"")]
#[case::script("support_contact = \"javascript:alert(1)\"")]
#[case::sentence("support_contact = \"ask Ada\"")]
fn a_text_for_pages_is_validated(#[case] toml: &str) {
    let problems = load_problems(toml, &[]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let (key, _) = toml.split_once(' ').unwrap();
    assert!(problems[0].contains(key), "{problems:?}");
}

#[test]
fn an_unknown_parameter_of_the_database_url_is_a_problem_without_the_password() {
    let toml = "database_url = \"postgres://vestibule:s3cret@db.internal/sso?sslmod=require\"";
    let problems = load_problems(toml, &[]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("sslmode"), "{problems:?}");
    assert!(problems[0].ends_with("received sslmod"), "{problems:?}");
    assert!(!problems[0].contains("s3cret"), "{problems:?}");
    let valid = toml.replace("sslmod=", "sslmode=");
    assert!(load(&valid, &[]).is_ok());
}

#[test]
fn the_example_for_packages_is_valid() {
    let file = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../packaging/vestibule.toml"
    ));
    let config = Config::load(Some(file), []).unwrap();
    let keys = [
        "database_url",
        "secret_key_file",
        "metrics_listen",
        "trusted_proxies",
    ];
    assert_snapshot!(settings(&config, &keys), @"
    metrics_listen = 127.0.0.1:9090
    database_url = sqlite:/var/lib/vestibule/vestibule.sqlite
    secret_key_file = /var/lib/vestibule/vestibule.key
    trusted_proxies = 127.0.0.1/32
    ");
}

#[test]
fn a_database_url_with_several_servers_is_shown_without_the_password() {
    let toml = "database_url = \"postgres://vestibule:s3cret@db1:5432,db2:5433/sso?sslmode=verify-full\"\n\
                database_pool_size = 40";
    let config = load(toml, &[]).unwrap();
    let shown = "database_url = postgres://db1:5432,db2:5433/sso\ndatabase_pool_size = 40\n";
    assert_eq!(
        settings(&config, &["database_url", "database_pool_size"]),
        shown
    );
}

#[rstest]
#[case::sqlite("sqlite:vestibule.sqlite", false)]
#[case::this_machine("postgres://v:p@127.0.0.1:5432/sso", false)]
#[case::socket("postgres://v@/sso?host=/run/postgresql", false)]
#[case::verified("postgres://v:p@db1,db2/sso?sslmode=verify-full", false)]
#[case::encrypted_only("postgres://v:p@db/sso?sslmode=require", true)]
#[case::by_default("postgres://v:p@db/sso", true)]
#[case::one_of_several("postgres://v:p@localhost,db2/sso", true)]
fn a_connection_over_the_network_is_exposed_unless_the_server_is_verified(
    #[case] url: &str,
    #[case] expected: bool,
) {
    assert_eq!(Database::parse(url).unwrap().is_exposed(), expected);
}
