//! `vestibule connection …`

mod draft;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use runtime::app::App;
use serde_json::{Map, Value, json};
use service::connection::{ConnectionView, Place};
use service::json::Patch;
use service::{Actor, connection, json};

use super::output::Output;
use super::{Ending, file, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a connection, still a draft
    Create {
        /// The organization's id or slug
        organization: String,
        /// Its name for people
        name: String,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// List the connections of an organization
    List {
        /// The organization's id or slug
        organization: String,
    },
    /// Show a connection
    Show {
        /// Its id: con_…
        connection: String,
    },
    /// Change a connection; what is left out stays as it is
    Update {
        /// Its id: con_…
        connection: String,
        /// Its name for people
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Change a connection without members noticing, and publish it then
    #[command(subcommand)]
    Draft(draft::Command),
    /// List the settings with which members have signed in, newest first
    Versions {
        /// Its id: con_…
        connection: String,
    },
    /// Let members sign in with the settings of a version again
    Restore {
        /// Its id: con_…
        connection: String,
        /// The number of the version
        version: i64,
    },
    /// Let members sign in through a connection
    Activate {
        /// Its id: con_…
        connection: String,
    },
    /// Stop a connection
    Disable {
        /// Its id: con_…
        connection: String,
    },
    /// Delete a connection
    Delete {
        /// Its id: con_…
        connection: String,
    },
    /// Print our metadata, for the identity provider
    Metadata {
        /// Its id: con_…
        connection: String,
    },
}

/// What can be set; the identity provider's side is its metadata, or issuer, sign-on URL and certificate.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// A file with the identity provider's metadata; - is standard input
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// A file with the certificate with whose key the metadata has to be signed; may be given several times
    #[arg(long = "metadata-key", value_name = "CERT")]
    metadata_keys: Vec<PathBuf>,
    /// The identity provider's entity ID
    #[arg(long)]
    issuer: Option<String>,
    /// Where the identity provider takes requests to sign in
    #[arg(long, value_name = "URL")]
    sign_on_url: Option<String>,
    /// A file with the identity provider's signing certificate, in any form; may be given several times
    #[arg(long = "certificate", value_name = "FILE")]
    certificates: Vec<PathBuf>,
    /// The product: entra, okta, onelogin, pingone, pingfederate, google, adfs, jumpcloud, auth0, keycloak, shibboleth or other
    #[arg(long)]
    provider: Option<String>,
    /// How requests travel: redirect or post
    #[arg(long, value_name = "BINDING")]
    sign_on_binding: Option<String>,
    /// Sign requests even if the identity provider's metadata does not ask for it
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = switch)]
    sign_requests: Option<bool>,
    /// Accept AES-CBC besides AES-GCM
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = switch)]
    accept_cbc: Option<bool>,
    /// Accept SHA-1 signatures, which others may forge
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = switch)]
    danger_accept_sha1: Option<bool>,
    /// Refuse what was signed with a certificate that has ended
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = switch)]
    reject_expired_signing_certificate: Option<bool>,
    /// Ask the identity provider to authenticate afresh each time
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = switch)]
    force_authn: Option<bool>,
    /// By how many seconds clocks may differ: 0 to 300
    #[arg(long, value_name = "SECONDS")]
    clock_tolerance: Option<i64>,
    /// What happens to a response that nobody asked for: refuse, restart or accept
    #[arg(long)]
    idp_initiated: Option<String>,
    /// How people become members: just_in_time or by_invitation
    #[arg(long)]
    provisioning: Option<String>,
    /// The attribute that names the account, instead of the NameID
    #[arg(long, value_name = "NAME")]
    subject_attribute: Option<String>,
    /// Our entity ID toward this identity provider
    #[arg(long)]
    entity_id: Option<String>,
    /// Our assertion consumer service URL, where it is not the usual one
    #[arg(long, value_name = "URL")]
    acs_url: Option<String>,
    /// The NameID format to ask for
    #[arg(long, value_name = "FORMAT")]
    name_id_format: Option<String>,
    /// The authentication context to ask for
    #[arg(long, value_name = "CONTEXT")]
    authn_context: Option<String>,
    /// The attribute with the e-mail address
    #[arg(long, value_name = "NAME")]
    attributes_email: Option<String>,
    /// The attribute with the given name
    #[arg(long, value_name = "NAME")]
    attributes_first_name: Option<String>,
    /// The attribute with the family name
    #[arg(long, value_name = "NAME")]
    attributes_last_name: Option<String>,
    /// The attribute with the whole name
    #[arg(long, value_name = "NAME")]
    attributes_name: Option<String>,
    /// The attribute with the groups
    #[arg(long, value_name = "NAME")]
    attributes_groups: Option<String>,
    /// The role of whoever no rule gives another
    #[arg(long, value_name = "ROLE")]
    default_role: Option<String>,
    /// Give a role to the members of a group; may be given several times, and the first that fits counts
    #[arg(long = "role-rule", value_name = "GROUP=ROLE", value_parser = role_rule)]
    role_rules: Vec<Value>,
    /// Take all rules away, so that nobody's role changes any more
    #[arg(long, conflicts_with = "role_rules")]
    no_role_rules: bool,
}

/// The name of a group may have equals signs, that of a role has none.
fn role_rule(written: &str) -> Result<Value, String> {
    match written.rsplit_once('=') {
        Some((group, role)) => Ok(json!({"group": group, "role": role})),
        None => Err("expected GROUP=ROLE".to_owned()),
    }
}

fn switch(written: &str) -> Result<bool, String> {
    match written {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("expected yes or no".to_owned()),
    }
}

pub(super) async fn carry_out(app: &App, command: Command, output: Output) -> Result<(), Ending> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create {
            organization,
            name,
            settings,
        } => {
            let settings = json::from_value(body(Some(&name), *settings)?)?;
            let made = connection::create(app, actor, &organization, settings).await?;
            output.object(&made);
            output.say(&next_steps(&made));
        }
        Command::List { organization } => {
            let all = connection::list(app, &organization).await?;
            output.list(&all, &["id", "state", "provider", "name", "issuer"]);
        }
        Command::Show { connection } => {
            output.object(&connection::show(app, Place::Anywhere(&connection)).await?);
        }
        Command::Update {
            connection,
            name,
            settings,
        } => {
            let change = Patch::new(body(name.as_deref(), *settings)?);
            output.object(
                &connection::update(app, actor, Place::Anywhere(&connection), change).await?,
            );
        }
        Command::Draft(command) => draft::carry_out(app, command, output).await?,
        Command::Versions { connection } => {
            let all = connection::versions(app, Place::Anywhere(&connection)).await?;
            output.list(&all, &["number", "published_at", "published_by", "changed"]);
        }
        Command::Restore {
            connection,
            version,
        } => {
            let place = Place::Anywhere(&connection);
            output.object(&connection::restore(app, actor, place, (version, None)).await?);
        }
        Command::Activate { connection } => {
            let place = Place::Anywhere(&connection);
            output.object(&connection::activate(app, actor, place, None).await?);
        }
        Command::Disable { connection } => {
            output.object(&connection::disable(app, actor, Place::Anywhere(&connection)).await?);
        }
        Command::Delete { connection } => {
            connection::delete(app, actor, Place::Anywhere(&connection)).await?;
            output.say(&format!("{connection} is deleted"));
        }
        Command::Metadata { connection } => {
            let (_, connection) = connection::find(app, Place::Anywhere(&connection)).await?;
            output::write(&connection::metadata(app, &connection).await?);
        }
    }
    Ok(())
}

fn next_steps(made: &ConnectionView) -> String {
    let then = if made.complete {
        format!("activate {}", made.id)
    } else {
        format!("update {} --metadata FILE, and activate", made.id)
    };
    format!(
        "\nAt the identity provider, enter\n  assertion consumer service (reply) URL  {}\n  entity ID (audience)                    {}\nor give it the metadata at {}.\nThen: vestibule connection {then}",
        made.acs_url, made.entity_id, made.metadata_url
    )
}

/// The body that the API would get, without what was left out.
fn body(name: Option<&str>, settings: Settings) -> Result<Value, Ending> {
    let metadata = settings
        .metadata
        .map(|path| file::text("--metadata", &path))
        .transpose()?;
    let certificates = texts("--certificate", &settings.certificates)?;
    let metadata_keys = texts("--metadata-key", &settings.metadata_keys)?;
    let attributes = given(json!({
        "email": settings.attributes_email,
        "first_name": settings.attributes_first_name,
        "last_name": settings.attributes_last_name,
        "name": settings.attributes_name,
        "groups": settings.attributes_groups,
    }));
    let has_rules = settings.no_role_rules || !settings.role_rules.is_empty();
    Ok(Value::Object(given(json!({
        "name": name,
        "default_role": settings.default_role,
        "role_rules": has_rules.then_some(settings.role_rules),
        "metadata_xml": metadata,
        "metadata_certificates": metadata_keys,
        "issuer": settings.issuer,
        "sign_on_url": settings.sign_on_url,
        "certificates": certificates,
        "provider": settings.provider,
        "sign_on_binding": settings.sign_on_binding,
        "sign_requests": settings.sign_requests,
        "accept_cbc": settings.accept_cbc,
        "danger_accept_sha1": settings.danger_accept_sha1,
        "reject_expired_signing_certificate": settings.reject_expired_signing_certificate,
        "force_authn": settings.force_authn,
        "clock_tolerance_seconds": settings.clock_tolerance,
        "idp_initiated": settings.idp_initiated,
        "provisioning": settings.provisioning,
        "subject_attribute": settings.subject_attribute,
        "entity_id": settings.entity_id,
        "acs_url": settings.acs_url,
        "name_id_format": settings.name_id_format,
        "authn_context": settings.authn_context,
        "attributes": if attributes.is_empty() { Value::Null } else { Value::Object(attributes) },
    }))))
}

/// What the files of an option hold; nothing when it was not given.
fn texts(option: &str, paths: &[PathBuf]) -> Result<Option<Vec<String>>, Ending> {
    let texts: Vec<String> = paths
        .iter()
        .map(|path| file::text_or_base64(option, path))
        .collect::<Result<_, _>>()?;
    Ok(Some(texts).filter(|texts| !texts.is_empty()))
}

fn given(fields: Value) -> Map<String, Value> {
    let Value::Object(fields) = fields else {
        return Map::new();
    };
    fields
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .collect()
}
