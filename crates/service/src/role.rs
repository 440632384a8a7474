//! Roles: what members may do.

use runtime::app::App;
use runtime::problem::{FieldProblem, LocalizedText};

/// The role whose members set the organization up.
pub const ADMIN: &str = "admin";
/// The role of everybody else, unless something gives another.
pub const MEMBER: &str = "member";

/// Every role that there is.
pub fn all(app: &App) -> Vec<&str> {
    app.config.roles.iter().map(String::as_str).collect()
}

/// The role that nobody has to choose.
pub(super) fn usual() -> String {
    MEMBER.to_owned()
}

/// What is wrong with a role that somebody names, if it is not one.
pub(super) fn problem(app: &App, field: impl Into<String>, role: &str) -> Option<FieldProblem> {
    let roles = all(app);
    let names = roles.join(", ");
    let expected = LocalizedText::with("problem-expected-one-of", &[("names", names.as_str())]);
    (!roles.contains(&role)).then(|| FieldProblem::new(field, expected, format!("{role:?}")))
}
