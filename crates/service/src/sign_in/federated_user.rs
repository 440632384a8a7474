//! The user whom an identity provider names, and which member they are: determined without writing anything.

use jiff::Timestamp;
use runtime::app::App;
use runtime::email_address::EmailAddress;
use saml::Claims;
use store::{
    ConnectionSettings, Domain, IdpAccount, Member, MemberId, OrganizationId, OrganizationTx,
    Profile, StoreError, SubjectOwner, UnverifiedEmail,
};

use super::attempt_warning::AttemptWarning;
use super::attribute_mapping::{AccountSubject, MappedProfile, TokenGroups, attribute_sources};
use super::discovery::OrgConnection;
use super::error::SignInError;
use super::member_match::{
    Admission, Candidates, Decision, EmailTrust, Membership, SameEmailMember, check_unconfirmed,
    decide,
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
    /// The groups for applications; `None` when the groups are unknown.
    pub token_groups: Option<TokenGroups>,
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
    /// Another member with the same verified address, who signs in with another account, when a new member is
    /// provisioned or the member has a new address.
    pub same_email: Option<MemberId>,
    /// The domain of an address outside the verified domains that the connection does not let the member have.
    pub email_left_out: Option<String>,
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
        let rules = &connection.settings.role_rules;
        let token_groups = profile.token_groups(rules, app.config.token_groups_limit.into());
        Ok(Self {
            organization: org_connection.organization.id.clone(),
            account: IdpAccount {
                connection: connection.id.clone(),
                issuer: claims.issuer.clone(),
                subject: profile.subject.normalized.clone(),
            },
            profile,
            token_groups,
            session_epoch: connection.lifecycle.session_epoch,
            is_unconfirmed: connection.lifecycle.unconfirmed_since.is_some(),
            settings: connection.settings.clone(),
        })
    }

    /// The names of the profile fields, each with the attribute that filled it.
    pub fn attribute_sources(&self, claims: &Claims) -> Vec<(&'static str, String)> {
        attribute_sources(claims, &self.settings)
    }

    /// What an administrator must know about a sign-in of this user.
    pub fn warnings(&self, matched: Option<&MemberMatch>) -> Vec<AttemptWarning> {
        let groups = self.token_groups.as_ref();
        let left_out = groups.filter(|groups| groups.left_out > 0);
        let left_out = left_out.map(|groups| AttemptWarning::GroupsLeftOut {
            kept: groups.kept.len(),
            left_out: groups.left_out,
        });
        let too_long = groups.filter(|groups| groups.too_long > 0);
        let too_long = too_long.map(|groups| AttemptWarning::GroupsTooLong {
            count: groups.too_long,
        });
        let joined = self.profile.joined_emails.clone();
        let joined = joined.map(|attribute| AttemptWarning::JoinedEmails { attribute });
        let names = &self.profile.custom_claims.left_out;
        let claims = (!names.is_empty()).then(|| AttemptWarning::ClaimsLeftOut {
            names: names.clone(),
        });
        let other = matched.and_then(|matched| matched.same_email.clone());
        let same_email = other.map(|other| AttemptWarning::SameEmail { other });
        let email = matched.and_then(|matched| matched.email_left_out.clone());
        let email = email.map(|domain| AttemptWarning::EmailLeftOut { domain });
        [left_out, too_long, joined, claims, same_email, email]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Determines which member the user is, and whether they may sign in.
    pub async fn match_member(
        &self,
        organization: &mut OrganizationTx<'_>,
        now: Timestamp,
    ) -> Result<MemberMatch, SignInError> {
        let known = self.find_member(organization).await?;
        self.match_with(organization, known, now).await
    }

    /// Like [`match_member`](Self::match_member), and holds what the decision rests on until the transaction ends, unless
    /// there is nothing to write.
    pub async fn match_and_lock_member(
        &self,
        organization: &mut OrganizationTx<'_>,
        now: Timestamp,
    ) -> Result<MemberMatch, SignInError> {
        let Some(known) = self.find_member(organization).await? else {
            if !self.profile.emails.is_empty() {
                organization.share_domains().await?;
                let domains = organization.domains().await?;
                if let Some(email) = self.email_trust(&domains).address() {
                    organization.lock_member_email(email.as_str()).await?;
                }
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
        let domains = organization.domains().await?;
        let email_trust = self.email_trust(&domains);
        let candidates = self
            .load_candidates(organization, known, email_trust, now)
            .await?;
        let admission = self.admission(&domains);
        let decision = decide(&candidates, admission, email_trust)?;
        let same_email = candidates.other_with_same_email(&decision, email_trust);
        let before = match &decision {
            Decision::Existing(_) => candidates.member,
            Decision::AcceptInvitation(chosen) | Decision::MoveAccount { member: chosen, .. } => {
                candidates
                    .same_email
                    .into_iter()
                    .map(|other| other.member)
                    .find(|member| member.id == *chosen)
            }
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
        let accepted = admission.accepted_email(email_trust);
        let profile = self.merged_profile(&profile_before, accepted, now);
        // An address that an earlier setting of the connection has admitted is still stored.
        let left_out = email_trust
            .address()
            .filter(|email| profile.email.as_deref() != Some(email.as_str()));
        Ok(MemberMatch {
            decision,
            role,
            email_left_out: left_out.map(|email| email.domain().to_owned()),
            profile,
            before,
            same_email,
        })
    }

    /// The member who has this account, in whatever way its subject is written.
    async fn find_member(
        &self,
        organization: &mut OrganizationTx<'_>,
    ) -> Result<Option<Member>, StoreError> {
        let AccountSubject {
            normalized,
            sent,
            has_spellings,
        } = &self.profile.subject;
        let as_sent = IdpAccount {
            subject: sent.clone(),
            ..self.account.clone()
        };
        // Two members may have accounts that differ in this from the time before domains were normalized.
        let found = organization.member_by_idp_account(&as_sent).await?;
        if found.is_some() || !has_spellings {
            return Ok(found);
        }
        if normalized != sent {
            let found = organization.member_by_idp_account(&self.account).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        let owners = organization.owners_ignoring_case(&self.account).await?;
        let same = |owner: &SubjectOwner| self.profile.subject.is_same(&owner.subject);
        Ok(owners.into_iter().find(same).map(|found| found.member))
    }

    async fn load_candidates(
        &self,
        organization: &mut OrganizationTx<'_>,
        member: Option<Member>,
        email_trust: EmailTrust<'_>,
        now: Timestamp,
    ) -> Result<Candidates, StoreError> {
        let has_address = |member: &Member, email: &EmailAddress| {
            member.profile.email.as_deref() == Some(email.as_str())
        };
        let email = email_trust
            .address()
            .filter(|email| !member.iter().any(|member| has_address(member, email)));
        let mut same_email = Vec::new();
        if let Some(email) = email {
            for member in organization.members_by_email(email.as_str()).await? {
                let has_account = !organization.identities(&member.id).await?.is_empty();
                let membership = Membership::new(&member, has_account);
                let moved_by = organization
                    .open_move_of(&member.id, &self.account.connection, now)
                    .await?;
                same_email.push(SameEmailMember {
                    member,
                    membership,
                    moved_by,
                });
            }
        }
        Ok(Candidates { member, same_email })
    }

    /// How users become members, by the settings of the connection.
    fn admission(&self, domains: &[Domain]) -> Admission {
        let has_domain = domains.iter().any(|domain| domain.verified_at.is_some());
        let default = if has_domain {
            UnverifiedEmail::Refuse
        } else {
            UnverifiedEmail::Admit
        };
        Admission {
            provisioning: self.settings.provisioning,
            unverified_email: self.settings.policy.unverified_email.unwrap_or(default),
        }
    }

    /// The address of the user: one in a verified domain of the organization if there is one, or else the first.
    pub fn email_trust(&self, domains: &[Domain]) -> EmailTrust<'_> {
        let is_verified = |email: &&EmailAddress| {
            domains
                .iter()
                .any(|domain| domain.verified_at.is_some() && domain.name == email.domain())
        };
        let emails = &self.profile.emails;
        match (emails.iter().find(is_verified), emails.first()) {
            (Some(verified), _) => EmailTrust::Verified(verified),
            (None, Some(first)) => EmailTrust::Unverified(first),
            (None, None) => EmailTrust::Missing,
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
            ..self
                .profile
                .merge_into(before, email_trust.address(), self.token_groups.as_ref())
        };
        if profile != *before {
            profile.standard_claims.updated_at = Some(now);
        }
        profile
    }
}
