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

/// Checks that the value of a field is a role of the configuration.
pub(super) fn check_configured(
    app: &App,
    field: impl Into<String>,
    role: &str,
) -> Result<(), FieldProblem> {
    let roles = all(app);
    if roles.contains(&role) {
        return Ok(());
    }
    let expected = LocalizedText::one_of(&roles);
    Err(FieldProblem::new(
        field,
        expected,
        LocalizedText::quoted(role),
    ))
}
