//! What an administrator must know about a sign-in that succeeds. It is stored with the checks of the attempt.

use serde::Serialize;
use store::MemberId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptWarning {
    /// Applications do not receive every group of the member.
    GroupsLeftOut { kept: usize, left_out: usize },
    /// The names of this many groups are too long for applications.
    GroupsTooLong { count: usize },
    /// Another member has the same verified address, and signs in with another account.
    SameEmail { other: MemberId },
    /// Several email addresses are in one value, so none of them is used.
    JoinedEmails { attribute: String },
    /// The email address is outside the verified domains, and the connection does not let the member have it.
    EmailLeftOut { domain: String },
    /// The values of these custom claims are too long or too many.
    ClaimsLeftOut { names: Vec<String> },
}

/// A warning among the checks of an attempt.
#[derive(Debug, Serialize)]
pub(super) struct WarningRow {
    name: &'static str,
    title: &'static str,
    outcome: &'static str,
    expected: Option<String>,
    received: Option<String>,
    code: Option<&'static str>,
    detail: &'static str,
}

impl AttemptWarning {
    pub(super) fn row(&self) -> WarningRow {
        let (name, title, detail) = match self {
            Self::GroupsLeftOut { .. } => (
                "groups-left-out",
                "Groups left out of tokens",
                "role rules saw every group; applications receive those that a rule names, then the first in alphabetical order",
            ),
            Self::GroupsTooLong { .. } => (
                "groups-too-long",
                "Groups with long names left out of tokens",
                "role rules saw every group; applications receive no group whose name has more than 512 bytes",
            ),
            Self::SameEmail { .. } => (
                "same-email",
                "Another member has the same verified email address",
                "the user is a member with another account; if both are one person, merge the members",
            ),
            Self::JoinedEmails { .. } => (
                "joined-emails",
                "Several email addresses in one value",
                "no address is used; the identity provider must send each address as a value of its own",
            ),
            Self::EmailLeftOut { .. } => (
                "email-left-out",
                "Email address outside the verified domains",
                "by the settings of the connection, it is not stored, and applications do not receive it as the email address",
            ),
            Self::ClaimsLeftOut { .. } => (
                "claims-left-out",
                "Custom claims left out",
                "a value has at most 512 bytes, a list at most 100 values, and all claims together at most 16 KiB",
            ),
        };
        let (expected, received) = match self {
            Self::GroupsLeftOut { kept, left_out } => (
                Some(format!("at most {kept}")),
                Some((kept + left_out).to_string()),
            ),
            Self::GroupsTooLong { count } => (None, Some(count.to_string())),
            Self::SameEmail { other } => (None, Some(other.to_string())),
            Self::JoinedEmails { attribute } => (None, Some(attribute.clone())),
            Self::EmailLeftOut { domain } => (None, Some(domain.clone())),
            Self::ClaimsLeftOut { names } => (None, Some(names.join(", "))),
        };
        WarningRow {
            name,
            title,
            outcome: "warning",
            expected,
            received,
            code: None,
            detail,
        }
    }
}
