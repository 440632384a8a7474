//! `vestibule connection …`

mod draft;
mod key;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use i18n::{Language, Localizer};
use runtime::app::App;
use saml::ClockTolerance;
use serde_json::{Map, Value, json};
use service::connection::ConnectionRef::ById;
use service::connection::ConnectionView;
use service::json::Patch;
use service::{Actor, connection, json};
use store::{
    AuthnContextComparison, Binding, GroupSeparator, IdpInitiated, Provider, Provisioning,
    UnverifiedEmail,
};

use super::confirmation::Deletion;
use super::output::Output;
use super::value::{parse_clock_tolerance, parse_yes_no};
use super::{CliError, file, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a connection. It is not active yet
    Create {
        /// Organization ID or slug
        organization: String,
        /// Display name
        name: String,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// List the connections of an organization
    List {
        /// Organization ID or slug
        organization: String,
    },
    /// Show a connection
    Show {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Update a connection, also a live one, at once (connection draft changes it after a test). Options that you omit stay
    /// unchanged
    Update {
        /// Connection ID (con_…)
        connection: String,
        /// New display name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        settings: Box<Settings>,
    },
    /// Edit a draft of a connection, then publish it
    #[command(subcommand)]
    Draft(draft::Command),
    /// List published versions of the settings, newest first
    Versions {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Restore an earlier version of the settings
    Restore {
        /// Connection ID (con_…)
        connection: String,
        /// Version number
        version: i64,
    },
    /// Activate a connection, so members can sign in through it. Confirms what a setup link has requested or activated
    Activate {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Decline the activation that the recipient of a setup link has requested, and revoke the link
    DeclineActivation {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Disable a connection, so members can't sign in through it
    Disable {
        /// Connection ID (con_…)
        connection: String,
    },
    /// Delete a connection with its settings, versions, keys and setup links
    Delete {
        /// Connection ID (con_…)
        connection: String,
        /// Confirm the deletion
        #[arg(long)]
        yes: bool,
    },
    /// Manage the key pairs of a connection, which sign requests and decrypt assertions
    #[command(subcommand)]
    Key(key::Command),
    /// Print the service provider metadata for the identity provider, as XML
    Metadata {
        /// Connection ID (con_…)
        connection: String,
    },
}

/// The settings of a connection. The identity provider is described by its metadata, or by issuer, sign-on URL and
/// certificate.
#[derive(Debug, Args)]
pub(super) struct Settings {
    /// File with the identity provider's metadata, or - for standard input
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// URL of the identity provider's metadata, which is fetched once
    #[arg(long, value_name = "URL", conflicts_with = "metadata")]
    metadata_url: Option<String>,
    /// File with a certificate that the metadata must be signed with. Can be repeated
    #[arg(long = "metadata-certificate", value_name = "FILE")]
    metadata_certificates: Vec<PathBuf>,
    /// Entity ID of the identity provider
    #[arg(long)]
    issuer: Option<String>,
    /// SSO URL of the identity provider
    #[arg(long, value_name = "URL")]
    sign_on_url: Option<String>,
    /// File with a signing certificate of the identity provider (PEM, DER or base64). Can be repeated
    #[arg(long = "certificate", value_name = "FILE")]
    certificates: Vec<PathBuf>,
    /// Identity provider product: entra, okta, onelogin, pingone, pingfederate, google, adfs, jumpcloud, auth0,
    /// keycloak, shibboleth or other
    #[arg(long)]
    provider: Option<Provider>,
    /// Binding of sign-in requests: redirect or post
    #[arg(long, value_name = "BINDING")]
    sign_on_binding: Option<Binding>,
    /// Sign requests even if the identity provider's metadata doesn't require it
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    sign_requests: Option<bool>,
    /// Accept assertions encrypted with AES-CBC, not only AES-GCM
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    accept_cbc: Option<bool>,
    /// Accept SHA-1 signatures, which can be forged
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    danger_accept_sha1: Option<bool>,
    /// Reject signatures of expired certificates
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    reject_expired_signing_certificate: Option<bool>,
    /// Require the identity provider to re-authenticate the user on each sign-in
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    force_authn: Option<bool>,
    /// Allowed clock skew in seconds, 0 to 300
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = parse_clock_tolerance)]
    clock_tolerance: Option<ClockTolerance>,
    /// How to handle IdP-initiated sign-ins: reject, restart or danger_accept. With danger_accept, any website can try to
    /// sign a visitor in to someone else's account
    #[arg(long)]
    idp_initiated: Option<IdpInitiated>,
    /// How users become members: just_in_time or invitation_only
    #[arg(long)]
    provisioning: Option<Provisioning>,
    /// Attribute that identifies the account, instead of the NameID
    #[arg(long, value_name = "NAME")]
    subject_attribute: Option<String>,
    /// Entity ID of the service provider, if not the default
    #[arg(long)]
    entity_id: Option<String>,
    /// Assertion consumer service URL, if not the default
    #[arg(long, value_name = "URL")]
    acs_url: Option<String>,
    /// NameID format to request
    #[arg(long, value_name = "FORMAT")]
    name_id_format: Option<String>,
    /// Request the creation of an identifier for the user if there is none
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    allow_create: Option<bool>,
    /// Pass prompt=none of an application to the identity provider
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    passive_requests: Option<bool>,
    /// Authentication context to request, which a sign-in must have. Can be repeated
    #[arg(long = "authn-context", value_name = "CONTEXT")]
    authn_contexts: Vec<String>,
    /// Request no authentication context, and accept each
    #[arg(long, conflicts_with = "authn_contexts")]
    no_authn_contexts: bool,
    /// How the identity provider compares authentication contexts: exact, minimum, maximum or better
    #[arg(long, value_name = "COMPARISON")]
    authn_context_comparison: Option<AuthnContextComparison>,
    /// Authentication context that a sign-in may have instead of the requested ones. Can be repeated
    #[arg(long = "accepted-authn-context", value_name = "CONTEXT")]
    accepted_authn_contexts: Vec<String>,
    /// Accept no authentication contexts but the requested ones
    #[arg(long, conflicts_with = "accepted_authn_contexts")]
    no_accepted_authn_contexts: bool,
    /// Accept assertions that don't say how and when the user signed in to the identity provider
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    accept_missing_authn_statement: Option<bool>,
    /// Require a signature of the response itself, not only of the assertion
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    require_signed_response: Option<bool>,
    /// Require a signature of the assertion itself, not only of the response
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    require_signed_assertion: Option<bool>,
    /// Require encrypted assertions
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    require_encryption: Option<bool>,
    /// Publish the key to encrypt assertions with in the service provider's metadata
    #[arg(long, value_name = "yes|no", num_args = 0..=1, default_missing_value = "yes", value_parser = parse_yes_no)]
    publish_encryption_key: Option<bool>,
    /// Character between groups that are sent in one value: none, comma, semicolon or pipe
    #[arg(long, value_name = "SEPARATOR")]
    group_separator: Option<GroupSeparator>,
    /// New members whose email address is outside the verified domains: admit, admit_without_email or refuse
    #[arg(long, value_name = "POLICY")]
    unverified_email: Option<UnverifiedEmail>,
    /// Give an attribute to applications as a claim; NAME[] for a list of all its values. Can be repeated; replaces all
    /// custom claims
    #[arg(long = "custom-claim", value_name = "NAME=ATTRIBUTE", value_parser = parse_custom_claim)]
    custom_claims: Vec<Value>,
    /// Remove all custom claims
    #[arg(long, conflicts_with = "custom_claims")]
    no_custom_claims: bool,
    /// Attribute with the email address
    #[arg(long, value_name = "NAME")]
    attributes_email: Option<String>,
    /// Attribute with the first name
    #[arg(long, value_name = "NAME")]
    attributes_first_name: Option<String>,
    /// Attribute with the last name
    #[arg(long, value_name = "NAME")]
    attributes_last_name: Option<String>,
    /// Attribute with the full name
    #[arg(long, value_name = "NAME")]
    attributes_name: Option<String>,
    /// Attribute with the groups
    #[arg(long, value_name = "NAME")]
    attributes_groups: Option<String>,
    /// Role of members whom no role rule matches
    #[arg(long, value_name = "ROLE")]
    default_role: Option<String>,
    /// Give a role to the members of a group. Can be repeated; the first match applies
    #[arg(long = "role-rule", value_name = "GROUP=ROLE", value_parser = parse_role_rule)]
    role_rules: Vec<Value>,
    /// Remove all role rules, so sign-ins no longer change roles
    #[arg(long, conflicts_with = "role_rules")]
    no_role_rules: bool,
}

/// Parses `GROUP=ROLE`. The name of a group may contain equals signs, the name of a role cannot.
fn parse_role_rule(text: &str) -> Result<Value, String> {
    match text.rsplit_once('=') {
        Some((group, role)) => Ok(json!({"group": group, "role": role})),
        None => Err("expected GROUP=ROLE".to_owned()),
    }
}

/// Parses `NAME=ATTRIBUTE` or `NAME[]=ATTRIBUTE`. The name of an attribute may contain equals signs.
fn parse_custom_claim(text: &str) -> Result<Value, String> {
    let Some((name, attribute)) = text.split_once('=') else {
        return Err("expected NAME=ATTRIBUTE".to_owned());
    };
    let list_name = name.strip_suffix("[]");
    Ok(json!({
        "name": list_name.unwrap_or(name),
        "attribute": attribute,
        "multiple": list_name.is_some(),
    }))
}

/// The value of a repeatable option: absent when the option was not given, empty when it was removed.
fn list<T>(values: Vec<T>, is_removed: bool) -> Option<Vec<T>> {
    (is_removed || !values.is_empty()).then_some(values)
}

const CONNECTION_COLUMNS: [&str; 5] = ["id", "state", "provider", "name", "issuer"];
const VERSION_COLUMNS: [&str; 4] = ["number", "published_at", "published_by", "changed"];

pub(super) async fn run(app: &App, command: Command, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    match command {
        Command::Create {
            organization,
            name,
            settings,
        } => {
            let settings = body(Some(&name), *settings)?;
            create(app, &organization, settings, output).await?;
        }
        Command::List { organization } => {
            let all = connection::list(app, &organization).await?;
            output.list(&all, &CONNECTION_COLUMNS, "No connections yet.");
        }
        Command::Show { connection } => {
            print_connection(output, &connection::show(app, ById(&connection)).await?);
        }
        Command::Update {
            connection,
            name,
            settings,
        } => {
            let change = Patch::new(body(name.as_deref(), *settings)?);
            let target = ById(&connection);
            let updated = connection::update(app, actor, target, change).await?;
            print_connection(output, &updated);
        }
        Command::Draft(command) => draft::run(app, command, output).await?,
        Command::Versions { connection } => {
            let all = connection::versions(app, ById(&connection)).await?;
            output.list(&all, &VERSION_COLUMNS, "No published versions yet.");
        }
        Command::Restore {
            connection,
            version,
        } => {
            let target = ById(&connection);
            output.object(&connection::restore(app, actor, target, version, None).await?);
        }
        Command::Activate { connection } => activate(app, &connection, output).await?,
        Command::DeclineActivation { connection } => {
            let target = ById(&connection);
            output.object(&connection::decline_activation(app, actor, target).await?);
        }
        Command::Disable { connection } => {
            output.object(&connection::disable(app, actor, ById(&connection)).await?);
        }
        Command::Delete { connection, yes } => delete(app, &connection, yes, output).await?,
        Command::Key(command) => key::run(app, command, output).await?,
        Command::Metadata { connection } => {
            let (_, connection) = connection::find(app, ById(&connection)).await?;
            output::write(&connection::sp_metadata(app, &connection).await?);
        }
    }
    Ok(())
}

async fn create(
    app: &App,
    organization: &str,
    settings: Value,
    output: Output,
) -> Result<(), CliError> {
    let settings = json::from_value(settings)?;
    let created = connection::create(app, &Actor::CommandLine, organization, settings).await?;
    print_connection(output, &created);
    output.message(&next_steps(&created));
    Ok(())
}

async fn delete(app: &App, connection: &str, yes: bool, output: Output) -> Result<(), CliError> {
    deletion(app, connection).await?.confirm(yes)?;
    connection::delete(app, &Actor::CommandLine, ById(connection)).await?;
    output.message(&format!("Deleted {connection}."));
    Ok(())
}

/// With the effects that the page of the console names.
async fn deletion(app: &App, connection: &str) -> Result<Deletion, CliError> {
    let name = connection::show(app, ById(connection)).await?.name;
    let impact = connection::impact(app, ById(connection)).await?;
    let text = Localizer::new(Language::English);
    Ok(Deletion {
        object: format!("the connection {name}"),
        effects: console::connection_deletion_effects(text, &impact),
        name,
    })
}

async fn activate(app: &App, connection: &str, output: Output) -> Result<(), CliError> {
    let actor = &Actor::CommandLine;
    let activated = connection::activate(app, actor, ById(connection), None).await?;
    print_connection(output, &activated);
    Ok(())
}

/// Prints a connection and the dangers of its settings.
fn print_connection(output: Output, connection: &ConnectionView) {
    output.object(connection);
    warn_of_dangers(connection);
}

/// Writes the dangers of a connection's settings to standard error.
fn warn_of_dangers(connection: &ConnectionView) {
    let warnings = connection.warnings.iter();
    for warning in warnings.filter(|warning| warning.code.starts_with("danger-")) {
        eprintln!("Warning: {}.", warning.detail);
    }
}

fn next_steps(created: &ConnectionView) -> String {
    let id = &created.id;
    let commands = if created.complete {
        format!("  vestibule connection activate {id}")
    } else {
        format!(
            "  vestibule connection update {id} --metadata FILE\n  vestibule connection activate {id}"
        )
    };
    format!(
        "\nAdd these values to the identity provider:\n  Assertion consumer service (reply) URL  {}\n  Entity ID (audience)                    {}\n\nOr import the metadata:\n  {}\n\nThen run:\n{commands}",
        created.acs_url, created.entity_id, created.sp_metadata_url
    )
}

/// The request body of the API, with only the fields that were given.
fn body(name: Option<&str>, settings: Settings) -> Result<Value, CliError> {
    let metadata = settings
        .metadata
        .map(|path| {
            let entity = settings.issuer.as_deref();
            let is_signed = !settings.metadata_certificates.is_empty();
            file::read_metadata(&path, entity, is_signed)
        })
        .transpose()?;
    let certificates = read_files("--certificate", &settings.certificates)?;
    let metadata_certificates =
        read_files("--metadata-certificate", &settings.metadata_certificates)?;
    let attributes = without_nulls(json!({
        "email": settings.attributes_email,
        "first_name": settings.attributes_first_name,
        "last_name": settings.attributes_last_name,
        "name": settings.attributes_name,
        "groups": settings.attributes_groups,
    }));
    Ok(Value::Object(without_nulls(json!({
        "name": name,
        "default_role": settings.default_role,
        "role_rules": list(settings.role_rules, settings.no_role_rules),
        "metadata_xml": metadata,
        "metadata_url": settings.metadata_url,
        "metadata_certificates": metadata_certificates,
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
        "clock_tolerance_seconds": settings.clock_tolerance.map(|tolerance| tolerance.duration().as_secs()),
        "idp_initiated": settings.idp_initiated,
        "provisioning": settings.provisioning,
        "subject_attribute": settings.subject_attribute,
        "entity_id": settings.entity_id,
        "acs_url": settings.acs_url,
        "name_id_format": settings.name_id_format,
        "allow_create": settings.allow_create,
        "passive_requests": settings.passive_requests,
        "authn_contexts": list(settings.authn_contexts, settings.no_authn_contexts),
        "authn_context_comparison": settings.authn_context_comparison,
        "accepted_authn_contexts": list(settings.accepted_authn_contexts, settings.no_accepted_authn_contexts),
        "accept_missing_authn_statement": settings.accept_missing_authn_statement,
        "require_signed_response": settings.require_signed_response,
        "require_signed_assertion": settings.require_signed_assertion,
        "require_encryption": settings.require_encryption,
        "publish_encryption_key": settings.publish_encryption_key,
        "group_separator": settings.group_separator,
        "unverified_email": settings.unverified_email,
        "custom_claims": list(settings.custom_claims, settings.no_custom_claims),
        "attributes": if attributes.is_empty() { Value::Null } else { Value::Object(attributes) },
    }))))
}

/// The content of each file of an option. `None` if the option was not given.
fn read_files(option: &str, paths: &[PathBuf]) -> Result<Option<Vec<String>>, CliError> {
    let texts: Vec<String> = paths
        .iter()
        .map(|path| file::read_certificate(option, path))
        .collect::<Result<_, _>>()?;
    Ok(Some(texts).filter(|texts| !texts.is_empty()))
}

fn without_nulls(fields: Value) -> Map<String, Value> {
    let Value::Object(fields) = fields else {
        return Map::new();
    };
    fields
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .collect()
}
