use std::fmt::Display;

use super::Config;

impl Config {
    /// Each key with its value for the log of `serve`, without secrets.
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let mail = self.mail.as_ref();
        vec![
            ("public_url", self.public_url.to_string()),
            ("listen", self.listen.to_string()),
            ("metrics_listen", maybe(self.metrics_listen)),
            ("database_url", self.database.to_string()),
            ("database_pool_size", self.database_pool_size.to_string()),
            ("entity_id", self.entity_id.clone()),
            (
                "secret_key_file",
                self.secret_key_file.display().to_string(),
            ),
            ("secret_key", maybe(self.secret_keys.first().map(|_| "set"))),
            ("id_token_key_days", self.id_token_key_days.to_string()),
            ("connection_key_days", self.connection_key_days.to_string()),
            ("plans", self.plans.names().join(", ")),
            ("sso_plan", self.plans.first_with_sso().to_owned()),
            (
                "log_format",
                format!("{:?}", self.log_format).to_lowercase(),
            ),
            ("log_level", self.log_level.to_string().to_lowercase()),
            ("trusted_proxies", list(&self.trusted_proxies)),
            ("sign_in_limit", self.sign_in_limit.to_string()),
            (
                "failed_sign_in_limit",
                self.failed_sign_in_limit.to_string(),
            ),
            ("forwarded_header", self.forwarded_header.to_string()),
            (
                "shutdown_delay_seconds",
                self.shutdown_delay.as_secs().to_string(),
            ),
            ("product_name", self.product_name.clone()),
            ("support_contact", maybe(self.support_contact.as_ref())),
            ("sales_contact", maybe(self.sales_contact.as_ref())),
            ("brand_color", maybe(self.brand_color.as_ref())),
            (
                "logo_file",
                maybe(self.logo.as_ref().map(|logo| format!("{logo:?}"))),
            ),
            ("smtp_url", maybe(mail.map(|mail| &mail.server))),
            ("mail_from", maybe(mail.map(|mail| &mail.from))),
            ("roles", self.roles.join(", ")),
            ("token_groups_limit", self.token_groups_limit.to_string()),
            ("keep_messages_days", self.keep_messages_days.to_string()),
            (
                "dns_resolver",
                self.dns_resolver
                    .map_or_else(|| "the machine's own".to_owned(), |one| one.to_string()),
            ),
            ("metadata_networks", list(&self.metadata_networks)),
        ]
    }
}

fn maybe(value: Option<impl Display>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

fn list(values: &[impl Display]) -> String {
    if values.is_empty() {
        return "none".to_owned();
    }
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    values.join(", ")
}
