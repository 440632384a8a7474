//! Whom an identity provider has named, and who they are here: found out without writing anything.

use jiff::Timestamp;
use runtime::app::App;
use saml::Claims;
use store::{ConnectionSettings, Domain, IdpAccount, Member, OrganizationTx, Profile, StoreError};

use super::discovery::Destination;
use super::error::Refusal;
use super::member_match::{Arrived, Decision, Known, Namesake, Worth, decide};
use super::profile::{Described, sources};
use super::role_mapping::role;

/// Somebody whom an accepted assertion names.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// The account by which the identity provider knows them.
    pub account: IdpAccount,
    /// What is said about them.
    pub described: Described,
    settings: ConnectionSettings,
}

/// Who somebody is here, and what is known of them from now on.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What becomes of them.
    pub decision: Decision,
    /// The member that they are already, or are invited to be.
    pub before: Option<Member>,
    /// What is known of them from now on.
    pub profile: Profile,
    /// What they may do from now on.
    pub role: String,
    /// Whether they become a member beside one who has the same believed address and has come by another account.
    pub is_second: bool,
}

impl Newcomer {
    /// Reads whom an assertion names, by the rules of a connection.
    ///
    /// # Errors
    ///
    /// When it names nobody by whom an account could be known.
    pub fn read(app: &App, destination: &Destination, claims: &Claims) -> Result<Self, Refusal> {
        let connection = &destination.connection;
        let described = Described::read(claims, connection, destination.entity_id(app))?;
        Ok(Self {
            account: IdpAccount {
                connection: connection.id.clone(),
                issuer: claims.issuer.clone(),
                subject: described.subject.clone(),
            },
            described,
            settings: connection.settings.clone(),
        })
    }

    /// Which attribute has filled which part of the profile, by the names of both.
    pub fn sources(&self, claims: &Claims) -> Vec<(&'static str, String)> {
        sources(claims, &self.settings)
    }

    /// Finds out who they are in the organization.
    ///
    /// # Errors
    ///
    /// When they may not come in.
    pub async fn find_out(
        &self,
        organization: &mut OrganizationTx<'_>,
        now: Timestamp,
    ) -> Result<Finding, Refusal> {
        let known = self.know(organization).await?;
        let worth = self.worth(&organization.domains().await?);
        let decision = decide(&known, self.settings.provisioning, worth)?;
        let is_second = decision == Decision::Create
            && matches!(worth, Worth::Believed(_))
            && known
                .namesakes
                .iter()
                .any(|one| one.arrival == Arrived::Before);
        let before = match &decision {
            Decision::Welcome(_) => known.member,
            Decision::Join(member) => known
                .namesakes
                .into_iter()
                .map(|one| one.member)
                .find(|one| one.id == *member),
            Decision::Create => None,
        };
        let profile_before = before.as_ref().map(|member| member.profile.clone());
        let profile_before = profile_before.unwrap_or_default();
        let groups = self
            .described
            .groups_said(self.settings.provider, &profile_before);
        let role_before = before.as_ref().map(|member| member.role.as_str());
        let ConnectionSettings {
            role_rules,
            default_role,
            ..
        } = &self.settings;
        Ok(Finding {
            decision,
            role: role(role_rules, default_role, groups, role_before),
            profile: self.profile(&profile_before, worth, now),
            before,
            is_second,
        })
    }

    async fn know(&self, organization: &mut OrganizationTx<'_>) -> Result<Known, StoreError> {
        let member = organization.member_by_idp_account(&self.account).await?;
        let mut namesakes = Vec::new();
        if let (None, Some(email)) = (&member, &self.described.email) {
            for member in organization.members_by_email(email.as_str()).await? {
                let has_come = !organization.identities(&member.id).await?.is_empty();
                let arrival = if has_come {
                    Arrived::Before
                } else {
                    Arrived::NotYet
                };
                namesakes.push(Namesake { member, arrival });
            }
        }
        Ok(Known { member, namesakes })
    }

    fn worth(&self, domains: &[Domain]) -> Worth<'_> {
        let is_ours = |name: &str| {
            domains
                .iter()
                .any(|one| one.verified_at.is_some() && one.name == name)
        };
        match &self.described.email {
            None => Worth::Missing,
            Some(email) if is_ours(email.domain()) => Worth::Believed(email),
            Some(email) => Worth::Hearsay(email),
        }
    }

    fn profile(&self, before: &Profile, worth: Worth<'_>, now: Timestamp) -> Profile {
        let email_verified_at = match worth {
            Worth::Missing => before.email_verified_at,
            Worth::Hearsay(_) => None,
            Worth::Believed(email) => {
                let since = before
                    .email_verified_at
                    .filter(|_| before.email.as_deref() == Some(email.as_str()));
                Some(since.unwrap_or(now))
            }
        };
        Profile {
            email_verified_at,
            ..self.described.over(before)
        }
    }
}
