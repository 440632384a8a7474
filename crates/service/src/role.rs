//! The roles of members.

use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText};

/// The role of the members who can manage the organization.
pub const ADMIN: &str = "admin";
/// The default role.
pub const MEMBER: &str = "member";

/// The roles of the configuration.
pub fn all(app: &App) -> Vec<&str> {
    app.config.roles.iter().map(String::as_str).collect()
}

pub(super) fn default_role() -> String {
    MEMBER.to_owned()
}

/// The problem with a field whose value is not a role of the configuration.
pub(super) fn problem(app: &App, field: impl Into<String>, role: &str) -> Option<FieldProblem> {
    let roles = all(app);
    let names = roles.join(", ");
    let expected = LocalizedText::with("problem-expected-one-of", &[("names", names.as_str())]);
    (!roles.contains(&role)).then(|| FieldProblem::new(field, expected, format!("{role:?}")))
}
