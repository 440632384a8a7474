//! What a test sign-in has shown. It is personal data, so it is sealed and kept for a short time.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use saml::Claims;
use serde::{Deserialize, Serialize};
use store::{AttemptId, ClaimValue, Profile, SealedColumn, SealedText};

use super::error::SignInError;
use super::federated_user::{FederatedUser, MemberMatch};
use super::member_match::Decision;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// The subject of the account.
    pub subject: String,
    /// What the identity provider has sent.
    pub attributes: Vec<SentAttribute>,
    /// What the attribute mapping made of it.
    pub user: MappedUser,
    /// Which member the user would be.
    pub outcome: TestOutcome,
    /// Whether a new member would be provisioned although another one, who signs in with another account, has the same
    /// verified address.
    #[serde(default)]
    pub duplicates_email: bool,
    /// The role, when the user would be signed in.
    pub role: Option<String>,
    /// Whether the member would not have the email address, which is outside the verified domains.
    #[serde(default)]
    pub email_left_out: bool,
    /// The number of groups that applications would not receive.
    #[serde(default)]
    pub groups_left_out: usize,
    /// The number of groups whose names are too long for applications.
    #[serde(default)]
    pub groups_too_long: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAttribute {
    pub name: String,
    pub values: Vec<String>,
    /// The profile fields that it filled: `email`, `first_name`, `last_name`, `name` or `groups`.
    #[serde(default)]
    pub fields: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedUser {
    pub email: Option<String>,
    /// Whether the address is in a verified domain of the organization; `None` when the user would not be signed in.
    pub email_verified: Option<bool>,
    /// The full name.
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    /// `None` when the identity provider does not tell the groups.
    pub groups: Option<Vec<String>>,
    /// The custom claims for applications.
    #[serde(default)]
    pub custom_claims: BTreeMap<String, ClaimValue>,
}

/// What would become of the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestOutcome {
    /// The user would sign in as this member.
    Existing { member: String },
    /// The user would accept the invitation of this member.
    Invited { member: String },
    /// The user would sign in as this member, whom an administrator moves to this connection.
    Moved { member: String },
    /// A new member would be provisioned.
    Provisioned,
    /// The user would not be signed in.
    Rejected {
        code: String,
        /// One sentence for the administrator.
        detail: String,
    },
}

impl TestResult {
    /// How long a result is kept.
    pub const LIFETIME: SignedDuration = SignedDuration::from_hours(168);

    pub fn new(
        claims: &Claims,
        user: &FederatedUser,
        email: Option<&EmailAddress>,
        matched: Result<&MemberMatch, &SignInError>,
    ) -> Self {
        let mapped = &user.profile;
        let is_verified = |profile: &Profile| profile.email_verified_at.is_some();
        let sources = user.attribute_sources(claims);
        Self {
            subject: mapped.subject.sent.clone(),
            attributes: claims
                .attributes
                .iter()
                .map(|attribute| sent_attribute(attribute, &sources))
                .collect(),
            user: MappedUser {
                email: email.map(ToString::to_string),
                email_verified: matched.ok().map(|matched| is_verified(&matched.profile)),
                name: mapped.display_name(),
                first_name: mapped.first_name.clone(),
                last_name: mapped.last_name.clone(),
                groups: mapped.groups.clone(),
                custom_claims: mapped.custom_claims.claims.clone(),
            },
            outcome: TestOutcome::new(matched),
            duplicates_email: matched.is_ok_and(|matched| matched.same_email.is_some()),
            email_left_out: matched.is_ok_and(|matched| matched.email_left_out.is_some()),
            groups_left_out: user
                .token_groups
                .as_ref()
                .map_or(0, |groups| groups.left_out),
            groups_too_long: user
                .token_groups
                .as_ref()
                .map_or(0, |groups| groups.too_long),
            role: matched.ok().map(|matched| matched.role.clone()),
        }
    }

    pub fn seal(&self, app: &App, attempt: &AttemptId) -> SealedText {
        let text = serde_json::to_vec(self).expect("strings are JSON");
        app.seal
            .seal(&SealedColumn::TestResult.place(attempt.as_str()), &text)
    }

    /// `None` when the sealed result does not open with this deployment's key.
    pub fn open(app: &App, attempt: &AttemptId, sealed: &SealedText) -> Option<Self> {
        let text = app
            .seal
            .unseal(&SealedColumn::TestResult.place(attempt.as_str()), sealed)
            .ok()?;
        serde_json::from_slice(&text).ok()
    }
}

impl TestOutcome {
    fn new(matched: Result<&MemberMatch, &SignInError>) -> Self {
        match matched.map(|matched| &matched.decision) {
            Ok(Decision::Existing(member)) => Self::Existing {
                member: member.to_string(),
            },
            Ok(Decision::AcceptInvitation(member)) => Self::Invited {
                member: member.to_string(),
            },
            Ok(Decision::MoveAccount { member, .. }) => Self::Moved {
                member: member.to_string(),
            },
            Ok(Decision::Provision) => Self::Provisioned,
            Err(error) => Self::Rejected {
                code: error.code().to_string(),
                detail: error.to_string(),
            },
        }
    }
}

fn sent_attribute(attribute: &saml::Attribute, sources: &[(&str, String)]) -> SentAttribute {
    let filled = sources.iter().filter(|(_, name)| *name == attribute.name);
    SentAttribute {
        name: attribute.name.clone(),
        values: attribute.values.iter().map(str::to_owned).collect(),
        fields: filled.map(|(field, _)| (*field).to_owned()).collect(),
    }
}
