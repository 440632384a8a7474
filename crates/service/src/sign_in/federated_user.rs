//! The user whom an identity provider names, and which member they are: determined without writing anything.

use jiff::Timestamp;
use runtime::app::App;
use saml::Claims;
use store::{
    ConnectionSettings, Domain, IdpAccount, Member, OrganizationId, OrganizationTx, Profile,
    StoreError,
};

use super::attribute_mapping::{MappedProfile, attribute_sources};
use super::discovery::OrgConnection;
use super::error::SignInError;
use super::member_match::{
    Candidates, Decision, EmailTrust, Membership, SameEmailMember, check_unconfirmed, decide,
};
use super::role_mapping::map_role;

/// A user whom an accepted assertion names.
#[derive(Clone, Debug)]
pub struct FederatedUser {
    pub organization: OrganizationId,
    /// How the identity provider identifies the user.
    pub account: IdpAccount,
    pub profile: MappedProfile,
    /// The connection's epoch when the assertion was validated.
    pub session_epoch: i64,
    /// Whether the connection is active by a setup link alone.
    is_unconfirmed: bool,
    settings: ConnectionSettings,
}

/// The member that a user is or becomes, with what changes by this sign-in.
#[derive(Clone, Debug)]
pub struct MemberMatch {
    pub decision: Decision,
    /// The member as stored, unless the user becomes a new one.
    pub before: Option<Member>,
    /// The profile from now on.
    pub profile: Profile,
    /// The role from now on.
    pub role: String,
    /// Whether a new member is provisioned although another one, who signs in with another account, has the same
    /// verified address.
    pub duplicates_email: bool,
}

impl MemberMatch {
    /// Whether the member is stored already with this profile and role.
    pub fn changes_nothing(&self) -> bool {
        matches!(self.decision, Decision::Existing(_))
            && self
                .before
                .as_ref()
                .is_some_and(|before| before.profile == self.profile && before.role == self.role)
    }
}

impl FederatedUser {
    /// Reads the user whom an assertion names, by the attribute mapping of the connection.
    pub fn new(
        app: &App,
        org_connection: &OrgConnection,
        claims: &Claims,
    ) -> Result<Self, SignInError> {
        let connection = &org_connection.connection;
        let profile = MappedProfile::new(claims, connection, org_connection.entity_id(app))?;
        Ok(Self {
            organization: org_connection.organization.id.clone(),
            account: IdpAccount {
                connection: connection.id.clone(),
                issuer: claims.issuer.clone(),
                subject: profile.subject.clone(),
            },
            profile,
            session_epoch: connection.lifecycle.session_epoch,
            is_unconfirmed: connection.lifecycle.unconfirmed_since.is_some(),
            settings: connection.settings.clone(),
        })
    }

    /// The names of the profile fields, each with the attribute that filled it.
    pub fn attribute_sources(&self, claims: &Claims) -> Vec<(&'static str, String)> {
        attribute_sources(claims, &self.settings)
    }

    /// Determines which member the user is, and whether they may sign in.
    pub async fn match_member(
        &self,
        organization: &mut OrganizationTx<'_>,
        now: Timestamp,
    ) -> Result<MemberMatch, SignInError> {
        let known = organization.member_by_idp_account(&self.account).await?;
        self.match_with(organization, known, now).await
    }

    /// Like [`match_member`](Self::match_member), and holds what the decision rests on until the transaction ends, unless
    /// there is nothing to write.
    pub async fn match_and_lock_member(
        &self,
        organization: &mut OrganizationTx<'_>,
        now: Timestamp,
    ) -> Result<MemberMatch, SignInError> {
        let Some(known) = organization.member_by_idp_account(&self.account).await? else {
            if let Some(email) = &self.profile.email {
                organization.lock_member_email(email.as_str()).await?;
            }
            return self.match_with(organization, None, now).await;
        };
        let id = known.id.clone();
        let matched = self.match_with(organization, Some(known), now).await?;
        if matched.changes_nothing() {
            return Ok(matched);
        }
        organization.share_domains().await?;
        let locked = organization.lock_member(&id).await?;
        self.match_with(organization, locked, now).await
    }

    async fn match_with(
        &self,
        organization: &mut OrganizationTx<'_>,
        known: Option<Member>,
        now: Timestamp,
    ) -> Result<MemberMatch, SignInError> {
        let candidates = self.load_candidates(organization, known).await?;
        let email_trust = self.email_trust(&organization.domains().await?);
        let decision = decide(&candidates, self.settings.provisioning, email_trust)?;
        let duplicates_email = decision == Decision::Provision
            && matches!(email_trust, EmailTrust::Verified(_))
            && candidates
                .same_email
                .iter()
                .any(|other| other.membership == Membership::Joined);
        let before = match &decision {
            Decision::Existing(_) => candidates.member,
            Decision::AcceptInvitation(invited) => candidates
                .same_email
                .into_iter()
                .map(|other| other.member)
                .find(|member| member.id == *invited),
            Decision::Provision => None,
        };
        let profile_before = before.as_ref().map(|member| member.profile.clone());
        let profile_before = profile_before.unwrap_or_default();
        let role_before = before.as_ref().map(|member| member.role.as_str());
        let groups = self
            .profile
            .sent_groups(self.settings.provider, &profile_before);
        let ConnectionSettings {
            role_rules,
            default_role,
            ..
        } = &self.settings;
        let role = map_role(role_rules, default_role, groups, role_before);
        if self.is_unconfirmed {
            check_unconfirmed(&decision, role_before, &role)?;
        }
        Ok(MemberMatch {
            decision,
            role,
            profile: self.merged_profile(&profile_before, email_trust, now),
            before,
            duplicates_email,
        })
    }

    async fn load_candidates(
        &self,
        organization: &mut OrganizationTx<'_>,
        member: Option<Member>,
    ) -> Result<Candidates, StoreError> {
        let mut same_email = Vec::new();
        if let (None, Some(email)) = (&member, &self.profile.email) {
            for member in organization.members_by_email(email.as_str()).await? {
                let has_account = !organization.identities(&member.id).await?.is_empty();
                let membership = if has_account {
                    Membership::Joined
                } else {
                    Membership::Invited
                };
                same_email.push(SameEmailMember { member, membership });
            }
        }
        Ok(Candidates { member, same_email })
    }

    fn email_trust(&self, domains: &[Domain]) -> EmailTrust<'_> {
        let is_verified = |name: &str| {
            domains
                .iter()
                .any(|domain| domain.verified_at.is_some() && domain.name == name)
        };
        match &self.profile.email {
            None => EmailTrust::Missing,
            Some(email) if is_verified(email.domain()) => EmailTrust::Verified(email),
            Some(email) => EmailTrust::Unverified(email),
        }
    }

    fn merged_profile(
        &self,
        before: &Profile,
        email_trust: EmailTrust<'_>,
        now: Timestamp,
    ) -> Profile {
        let email_verified_at = match email_trust {
            EmailTrust::Missing => before.email_verified_at,
            EmailTrust::Unverified(_) => None,
            EmailTrust::Verified(email) => {
                let since = before
                    .email_verified_at
                    .filter(|_| before.email.as_deref() == Some(email.as_str()));
                Some(since.unwrap_or(now))
            }
        };
        let mut profile = Profile {
            email_verified_at,
            ..self.profile.merge_into(before)
        };
        if profile != *before {
            profile.standard_claims.updated_at = Some(now);
        }
        profile
    }
}
