//! Through which of its connections the people of an organization sign in.
//!
//! An organization with several active connections has rules that choose by email address. The most specific pattern
//! decides: an address before a domain, a domain before its parents. A rule whose connection is deleted or not active is
//! skipped. Rules choose a connection and nothing else: they neither verify a domain nor admit anyone.

mod pattern;
mod table;

use std::collections::BTreeSet;

use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText, Problem, ProblemCode};
use serde::{Deserialize, Serialize};
use store::{Connection, ConnectionId, ConnectionState, Organization, OrganizationTx, RoutingRule};
pub(crate) use table::{RoutedAddress, RoutingTable};
use utoipa::ToSchema;

use crate::audit_log::AuditRecord;
use crate::connection::ETag;
use crate::{Actor, TxError, json, organization, to_json};
use pattern::Pattern;

pub const MAX_RULES: usize = 100;
pub const MAX_PATTERNS: usize = 200;

/// The routing rules of an organization.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub struct NewRouting {
    /// The rules. They replace all earlier ones.
    #[schema(max_items = 100)]
    pub rules: Vec<NewRoutingRule>,
}

/// A rule that sends people to one of the organization's connections.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct NewRoutingRule {
    /// Whom the rule sends: everyone in a domain (`acme.example` or `*@acme.example`), in its subdomains
    /// (`*.acme.example`), or one person (`ada@acme.example`). The most specific pattern of all rules decides.
    #[schema(min_items = 1, max_items = 200, example = json!(["eu.acme.example", "ada@acme.example"]))]
    pub patterns: Vec<String>,
    /// The connection ID.
    #[schema(example = "con_4xk6t7yq2m5c3w6lz4ys2n7pba")]
    pub connection: String,
}

/// The routing rules of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Routing)]
pub struct RoutingView {
    /// The rules, in the order in which they were given.
    pub rules: Vec<RoutingRuleView>,
    /// Changes with the rules. Send it with a request that replaces them: the request fails with `edit-conflict` if they
    /// were changed since you read them.
    #[schema(value_type = String)]
    pub revision: ETag,
}

/// A rule that sends people to one of the organization's connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RoutingRule)]
pub struct RoutingRuleView {
    /// Whom the rule sends.
    pub patterns: Vec<String>,
    /// The connection ID.
    pub connection: String,
    /// The name of the connection; absent if the connection was deleted.
    pub connection_name: Option<String>,
    /// Why the rule is skipped; absent if it applies.
    pub skipped: Option<SkippedRule>,
}

/// Why a rule is skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkippedRule {
    /// The connection was deleted.
    ConnectionDeleted,
    /// The connection is not active.
    ConnectionNotActive,
}

impl SkippedRule {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConnectionDeleted => "connection_deleted",
            Self::ConnectionNotActive => "connection_not_active",
        }
    }
}

/// The routing rules of an organization.
pub async fn list(app: &App, org_id_or_slug: &str) -> Result<RoutingView, Problem> {
    let organization = organization::find(app, org_id_or_slug).await?;
    let mut tx = app.store.snapshot().await?;
    let mut org_tx = tx.organization(&organization.id);
    let rules = org_tx.routing_rules().await?;
    Ok(view(&rules, &org_tx.connections().await?))
}

/// Replaces the routing rules of an organization.
///
/// # Errors
///
/// When a pattern is invalid or in two rules, or a connection does not exist; a rule of a connection that was deleted
/// may stay. `edit-conflict` when the rules were changed since the caller read the revision, unless they are already as
/// the caller wants them.
pub async fn replace(
    app: &App,
    actor: &Actor,
    org_id_or_slug: &str,
    new: NewRouting,
    if_match: Option<ETag>,
) -> Result<RoutingView, Problem> {
    json::validate(&new)?;
    let organization = organization::find(app, org_id_or_slug).await?;
    let rules = parse_rules(&new)?;
    let app = app.clone();
    let store = app.store.clone();
    let actor = actor.clone();
    let replaced = store.write(async move |tx| {
        let mut org_tx = tx.organization(&organization.id);
        let locked = org_tx.lock().await?;
        locked.ok_or_else(|| Problem::not_found("organization", organization.id.as_str()))?;
        let before = org_tx.routing_rules().await?;
        let connections = check_connections(&mut org_tx, &rules, &before).await?;
        let after = view(&rules, &connections);
        if rules == before {
            return Ok::<_, TxError>(after);
        }
        if if_match.is_some_and(|read| read != revision(&before)) {
            return Err(edit_conflict().into());
        }
        org_tx.replace_routing_rules(&rules).await?;
        let was = to_json(&view(&before, &connections));
        let record = audit(&actor, &organization);
        let entry = record.entry(&app, Some(was), Some(to_json(&after)));
        tx.add_audit_entry(&entry).await?;
        Ok(after)
    });
    replaced.await.map_err(Problem::from)
}

fn parse_rules(new: &NewRouting) -> Result<Vec<RoutingRule>, Problem> {
    let mut errors = Vec::new();
    let mut rules = Vec::new();
    // In normal form.
    let mut known = BTreeSet::new();
    for (number, rule) in new.rules.iter().enumerate() {
        let mut patterns = Vec::new();
        if rule.patterns.is_empty() {
            let field = format!("rules[{number}].patterns");
            errors.push(invalid_pattern(
                field,
                "problem-expected-routing-pattern",
                "",
            ));
        }
        for (index, text) in rule.patterns.iter().enumerate() {
            let expected = match Pattern::parse(text).map(|pattern| pattern.to_string()) {
                None => "problem-expected-routing-pattern",
                Some(pattern) if known.insert(pattern.clone()) => {
                    patterns.push(pattern);
                    continue;
                }
                Some(_) => "problem-expected-routing-pattern-once",
            };
            let field = format!("rules[{number}].patterns[{index}]");
            errors.push(invalid_pattern(field, expected, text));
        }
        match ConnectionId::parse(&rule.connection) {
            Ok(connection) => rules.push(RoutingRule {
                connection,
                patterns,
            }),
            Err(_) => errors.push(unknown_connection(number, &rule.connection)),
        }
    }
    if errors.is_empty() {
        Ok(rules)
    } else {
        Err(Problem::fields(errors))
    }
}

fn invalid_pattern(field: String, expected: &'static str, received: &str) -> FieldProblem {
    FieldProblem::new(
        field,
        LocalizedText::key(expected),
        LocalizedText::quoted(received),
    )
}

fn unknown_connection(rule: usize, received: &str) -> FieldProblem {
    FieldProblem::new(
        format!("rules[{rule}].connection"),
        LocalizedText::key("problem-expected-routing-connection"),
        LocalizedText::quoted(received),
    )
}

/// Checks that each rule leads to a connection of the organization, or to a deleted one as before.
async fn check_connections(
    org_tx: &mut OrganizationTx<'_>,
    rules: &[RoutingRule],
    before: &[RoutingRule],
) -> Result<Vec<Connection>, TxError> {
    let connections = org_tx.connections().await?;
    let is_known = |id: &ConnectionId| {
        connections.iter().any(|connection| connection.id == *id)
            || before.iter().any(|rule| rule.connection == *id)
    };
    let errors: Vec<FieldProblem> = rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| !is_known(&rule.connection))
        .map(|(number, rule)| unknown_connection(number, rule.connection.as_str()))
        .collect();
    if errors.is_empty() {
        Ok(connections)
    } else {
        Err(Problem::fields(errors).into())
    }
}

fn view(rules: &[RoutingRule], connections: &[Connection]) -> RoutingView {
    let rule = |rule: &RoutingRule| {
        let mut connections = connections.iter();
        let found = connections.find(|connection| connection.id == rule.connection);
        let skipped = match found.map(Connection::state) {
            None => Some(SkippedRule::ConnectionDeleted),
            Some(ConnectionState::Active) => None,
            Some(_) => Some(SkippedRule::ConnectionNotActive),
        };
        RoutingRuleView {
            patterns: rule.patterns.clone(),
            connection: rule.connection.to_string(),
            connection_name: found.map(|connection| connection.settings.name.clone()),
            skipped,
        }
    };
    RoutingView {
        rules: rules.iter().map(rule).collect(),
        revision: revision(rules),
    }
}

fn revision(rules: &[RoutingRule]) -> ETag {
    let rules = rules
        .iter()
        .map(|rule| (rule.connection.as_str(), &rule.patterns));
    ETag::of(&to_json(&rules.collect::<Vec<_>>()))
}

fn edit_conflict() -> Problem {
    Problem::with_detail(
        ProblemCode::EditConflict,
        "the routing rules were changed since you read them; read them again, and send your change with their revision",
    )
}

fn audit<'d>(actor: &'d Actor, organization: &'d Organization) -> AuditRecord<'d> {
    AuditRecord {
        actor,
        organization: Some(&organization.id),
        action: "organization.routing_updated",
        subject: organization.id.as_str(),
    }
}
