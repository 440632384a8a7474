//! What a test sign-in has shown. It tells of a person, so it is sealed and does not stay for long.

use jiff::SignedDuration;
use runtime::app::App;
use saml::Claims;
use serde::{Deserialize, Serialize};
use store::{AttemptId, Profile, SealedText};

use super::error::Refusal;
use super::federated_user::{Finding, Newcomer};
use super::member_match::Decision;

/// What a test sign-in has shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestResult {
    /// The name by which the account would be known.
    pub subject: String,
    /// What the identity provider has sent.
    pub attributes: Vec<SentAttribute>,
    /// What of it was understood.
    pub person: Understood,
    /// Who they would be here.
    pub becomes: Becomes,
    /// Whether they would become a member beside one who has the same believed address and has come by another account.
    #[serde(default)]
    pub is_second: bool,
    /// What they might do here, if they come in.
    pub role: Option<String>,
}

/// An attribute as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentAttribute {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Vec<String>,
    /// Which parts of the profile it has filled: `email`, `first_name`, `last_name`, `name` or `groups`.
    #[serde(default)]
    pub fills: Vec<String>,
}

/// What was understood of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// E-mail address.
    pub email: Option<String>,
    /// Whether the address is in a verified domain of the organization; nobody knows for whoever does not come in.
    pub email_believed: Option<bool>,
    /// Whole name.
    pub name: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Groups; nothing when the identity provider does not say which.
    pub groups: Option<Vec<String>>,
}

/// Who somebody would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes {
    /// A member who has been here.
    Known {
        /// The member's id.
        member: String,
    },
    /// A member who was invited and has not come yet.
    Invited {
        /// The member's id.
        member: String,
    },
    /// A member who does not exist yet.
    New,
    /// Nobody: they would not come in.
    Refused {
        /// The stable code.
        code: String,
        /// One sentence for the administrator.
        detail: String,
    },
}

impl TestResult {
    /// For so long it can be looked at.
    pub const KEPT: SignedDuration = SignedDuration::from_hours(168);

    /// What has been found out about somebody.
    pub fn new(claims: &Claims, newcomer: &Newcomer, found: Result<&Finding, &Refusal>) -> Self {
        let described = &newcomer.described;
        let believed = |profile: &Profile| profile.email_verified_at.is_some();
        let sources = newcomer.sources(claims);
        Self {
            subject: described.subject.clone(),
            attributes: claims
                .attributes
                .iter()
                .map(|one| sent(one, &sources))
                .collect(),
            person: Understood {
                email: described.email.as_ref().map(ToString::to_string),
                email_believed: found.ok().map(|finding| believed(&finding.profile)),
                name: described.display_name(),
                first_name: described.first_name.clone(),
                last_name: described.last_name.clone(),
                groups: described.groups.clone(),
            },
            becomes: becomes(found),
            is_second: found.is_ok_and(|finding| finding.is_second),
            role: found.ok().map(|finding| finding.role.clone()),
        }
    }

    /// Seals it for the attempt to which it belongs.
    pub fn seal(&self, app: &App, attempt: &AttemptId) -> SealedText {
        let text = serde_json::to_vec(self).expect("texts are JSON");
        app.seal.close(&place(attempt), &text)
    }

    /// Opens what was sealed for an attempt; nothing when it does not open with this deployment's key.
    pub fn open(app: &App, attempt: &AttemptId, sealed: &SealedText) -> Option<Self> {
        let text = app.seal.open(&place(attempt), sealed).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

fn becomes(found: Result<&Finding, &Refusal>) -> Becomes {
    match found.map(|finding| &finding.decision) {
        Ok(Decision::Welcome(member)) => Becomes::Known {
            member: member.to_string(),
        },
        Ok(Decision::Join(member)) => Becomes::Invited {
            member: member.to_string(),
        },
        Ok(Decision::Create) => Becomes::New,
        Err(refusal) => Becomes::Refused {
            code: refusal.code().to_owned(),
            detail: refusal.to_string(),
        },
    }
}

fn sent(attribute: &saml::Attribute, sources: &[(&str, String)]) -> SentAttribute {
    let filled = sources.iter().filter(|(_, name)| *name == attribute.name);
    SentAttribute {
        name: attribute.name.clone(),
        values: attribute.values.clone(),
        fills: filled.map(|(part, _)| (*part).to_owned()).collect(),
    }
}

fn place(attempt: &AttemptId) -> String {
    format!("attempt/{attempt}/result")
}
