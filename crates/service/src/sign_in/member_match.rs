//! The membership policy, without a database or a clock: which member a user is, and whether they may sign in.

use runtime::email_address::EmailAddress;
use store::{AccountMoveId, Member, MemberId, MemberState, Provisioning, UnverifiedEmail};

use super::error::SignInError;
use crate::role;

/// The members that a user may be.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// The member who has this account.
    pub member: Option<Member>,
    /// The members with the same email address, oldest first.
    pub same_email: Vec<SameEmailMember>,
}

#[derive(Clone, Debug)]
pub struct SameEmailMember {
    pub member: Member,
    pub membership: Membership,
    /// The open move with which an administrator moves the member to this connection.
    pub moved_by: Option<AccountMoveId>,
}

/// Whether a member has an account at an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// Has no account, and an address that an invitation names or that was in a verified domain: invited, or the connection
    /// of the account is deleted.
    Invited,
    /// Has no account, since its connection is deleted, and only that connection has claimed the address: the address may
    /// be another person's.
    Unconfirmed,
    /// Has signed in with another account.
    Joined,
}

impl Membership {
    pub fn new(member: &Member, has_account: bool) -> Self {
        match (has_account, member.has_confirmed_email()) {
            (true, _) => Self::Joined,
            (false, true) => Self::Invited,
            (false, false) => Self::Unconfirmed,
        }
    }
}

/// How far the email address in an assertion is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailTrust<'e> {
    Missing,
    /// The address is in no verified domain of the organization: the identity provider may claim any address.
    Unverified(&'e EmailAddress),
    /// The address is in a verified domain of the organization.
    Verified(&'e EmailAddress),
}

/// How users become members of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admission {
    pub provisioning: Provisioning,
    /// For an address outside the verified domains.
    pub unverified_email: UnverifiedEmail,
}

impl Admission {
    /// The address to store and to give to applications.
    pub fn accepted_email(self, email: EmailTrust<'_>) -> EmailTrust<'_> {
        match (self.unverified_email, email) {
            (UnverifiedEmail::Admit, email) => email,
            (
                UnverifiedEmail::AdmitWithoutEmail | UnverifiedEmail::Refuse,
                EmailTrust::Unverified(_),
            ) => EmailTrust::Missing,
            (_, email) => email,
        }
    }
}

impl<'e> EmailTrust<'e> {
    pub fn address(self) -> Option<&'e EmailAddress> {
        match self {
            Self::Missing => None,
            Self::Unverified(email) | Self::Verified(email) => Some(email),
        }
    }
}

impl Candidates {
    /// The member whom an administrator moves to this connection. With several, no one knows which one is meant.
    fn moved_member(&self) -> Option<Decision> {
        let mut moved = self.same_email.iter().filter_map(|candidate| {
            Some(Decision::MoveAccount {
                member: candidate.member.id.clone(),
                by: candidate.moved_by.clone()?,
            })
        });
        let first = moved.next();
        first.filter(|_| moved.next().is_none())
    }

    /// The oldest other active member with the same verified address who signs in with another account.
    pub fn other_with_same_email(
        &self,
        decision: &Decision,
        email: EmailTrust<'_>,
    ) -> Option<MemberId> {
        let can_have_another = match decision {
            Decision::Existing(_) | Decision::Provision => true,
            Decision::AcceptInvitation(_) | Decision::MoveAccount { .. } => false,
        };
        let is_verified = matches!(email, EmailTrust::Verified(_));
        let mut others = self
            .same_email
            .iter()
            .filter(|_| can_have_another && is_verified);
        let is_usable = |member: &Member| {
            member.profile.email_verified_at.is_some() && member.state() == MemberState::Active
        };
        others
            .find(|other| other.membership == Membership::Joined && is_usable(&other.member))
            .map(|other| other.member.id.clone())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The user is this member.
    Existing(MemberId),
    /// The user accepts the invitation of this member.
    AcceptInvitation(MemberId),
    /// The user is this member, whom an administrator moves to this connection from another one.
    MoveAccount { member: MemberId, by: AccountMoveId },
    /// The user becomes a new member (just-in-time provisioning).
    Provision,
}

/// Decides which member a user is, and whether they may sign in.
///
/// A known account belongs to its member. Otherwise a verified address leads to the invitation for it, and to a member
/// who has signed in before only if the account is gone with its connection, or an administrator moves the member to this
/// connection: an address can pass to another person. An address that was only claimed leads to no one.
pub fn decide(
    candidates: &Candidates,
    admission: Admission,
    email: EmailTrust<'_>,
) -> Result<Decision, SignInError> {
    if let Some(member) = &candidates.member {
        check_active(member)?;
        return Ok(Decision::Existing(member.id.clone()));
    }
    if let EmailTrust::Verified(_) = email {
        // Another account of the same person must not be a way around a deactivation.
        for same_email in &candidates.same_email {
            check_active(&same_email.member)?;
        }
        if let Some(moved) = candidates.moved_member() {
            return Ok(moved);
        }
        let invited = candidates
            .same_email
            .iter()
            .find(|same_email| same_email.membership == Membership::Invited);
        if let Some(invited) = invited {
            return Ok(Decision::AcceptInvitation(invited.member.id.clone()));
        }
    }
    let unverified = |email: &EmailAddress| SignInError::EmailDomainNotVerified {
        domain: email.domain().to_owned(),
    };
    match (admission.provisioning, email) {
        (Provisioning::JustInTime, EmailTrust::Unverified(email))
            if admission.unverified_email == UnverifiedEmail::Refuse =>
        {
            Err(unverified(email))
        }
        (Provisioning::JustInTime, _) => Ok(Decision::Provision),
        (Provisioning::InvitationOnly, EmailTrust::Missing) => Err(SignInError::EmailMissing),
        (Provisioning::InvitationOnly, EmailTrust::Unverified(email)) => Err(unverified(email)),
        (Provisioning::InvitationOnly, EmailTrust::Verified(_)) => Err(SignInError::NotAMember),
    }
}

/// Rejects a sign-in that would make the user an administrator through a connection that a setup link activated and
/// no one has confirmed: anyone may control the identity provider.
///
/// The user does not join with a lower role instead. That would use up the invitation, or leave two members with one
/// address, and after the confirmation the person would still lack the role.
pub fn check_unconfirmed(
    decision: &Decision,
    role_before: Option<&str>,
    role: &str,
) -> Result<(), SignInError> {
    let was_admin = role_before == Some(role::ADMIN);
    let becomes_admin = match decision {
        Decision::AcceptInvitation(_) | Decision::MoveAccount { .. } => {
            was_admin || role == role::ADMIN
        }
        Decision::Existing(_) => !was_admin && role == role::ADMIN,
        Decision::Provision => role == role::ADMIN,
    };
    if becomes_admin {
        return Err(SignInError::ActivationNotConfirmed);
    }
    Ok(())
}

fn check_active(member: &Member) -> Result<(), SignInError> {
    match member.deactivated_at {
        Some(_) => Err(SignInError::MemberDeactivated),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rstest::rstest;
    use store::{OrganizationId, PersonId, Profile};

    use super::*;

    fn member(number: u8) -> Member {
        Member {
            id: MemberId::from_random([number; 16]),
            organization: OrganizationId::from_random([9; 16]),
            person: PersonId::from_random([number; 16]),
            role: "member".to_owned(),
            profile: Profile::default(),
            created_at: Timestamp::constant(0, 0),
            joined_at: None,
            invited_email: None,
            invitation_sent_at: None,
            deactivated_at: None,
        }
    }

    fn deactivated(number: u8) -> Member {
        Member {
            deactivated_at: Some(Timestamp::constant(1, 0)),
            ..member(number)
        }
    }

    fn same_email(member: Member, membership: Membership) -> Candidates {
        Candidates {
            member: None,
            same_email: vec![SameEmailMember {
                member,
                membership,
                moved_by: None,
            }],
        }
    }

    /// What is known about the email address of the user.
    #[derive(Clone, Copy)]
    enum Trust {
        Missing,
        Unverified,
        Verified,
    }

    fn decide_sign_in(
        candidates: &Candidates,
        provisioning: Provisioning,
        email_trust: Trust,
    ) -> Result<Decision, &'static str> {
        let email = EmailAddress::parse("ada@acme.example").unwrap();
        let email_trust = match email_trust {
            Trust::Missing => EmailTrust::Missing,
            Trust::Unverified => EmailTrust::Unverified(&email),
            Trust::Verified => EmailTrust::Verified(&email),
        };
        let admission = Admission {
            provisioning,
            unverified_email: UnverifiedEmail::Admit,
        };
        decide(candidates, admission, email_trust).map_err(|error| error.code().as_str())
    }

    #[rstest]
    #[case::admit(UnverifiedEmail::Admit, Ok(Decision::Provision), true)]
    #[case::without_email(UnverifiedEmail::AdmitWithoutEmail, Ok(Decision::Provision), false)]
    #[case::refuse(UnverifiedEmail::Refuse, Err("email-domain-not-verified"), false)]
    fn a_connection_decides_about_addresses_outside_the_verified_domains(
        #[case] unverified_email: UnverifiedEmail,
        #[case] expected: Result<Decision, &'static str>,
        #[case] is_accepted: bool,
    ) {
        let admission = Admission {
            provisioning: Provisioning::JustInTime,
            unverified_email,
        };
        let address = EmailAddress::parse("ada@home.example").unwrap();
        let email = EmailTrust::Unverified(&address);
        let decide = |candidates: &Candidates, email| {
            decide(candidates, admission, email).map_err(|error| error.code().as_str())
        };
        assert_eq!(decide(&Candidates::default(), email), expected);
        assert_eq!(admission.accepted_email(email) == email, is_accepted);
        // A known member, and a user without an address, are no matter of domains.
        let known = Candidates {
            member: Some(member(1)),
            same_email: Vec::new(),
        };
        assert_eq!(decide(&known, email), Ok(Decision::Existing(member(1).id)));
        let missing = decide(&Candidates::default(), EmailTrust::Missing);
        assert_eq!(missing, Ok(Decision::Provision));
        let verified = EmailTrust::Verified(&address);
        assert_eq!(admission.accepted_email(verified), verified);
    }

    #[rstest]
    #[case::active(member(1), Ok(Decision::Existing(member(1).id)))]
    #[case::deactivated(deactivated(1), Err("member-deactivated"))]
    fn an_account_belongs_to_its_member_unless_deactivated(
        #[case] owner: Member,
        #[case] expected: Result<Decision, &'static str>,
        #[values(Provisioning::JustInTime, Provisioning::InvitationOnly)]
        provisioning: Provisioning,
    ) {
        let candidates = Candidates {
            member: Some(owner),
            same_email: Vec::new(),
        };
        assert_eq!(
            decide_sign_in(&candidates, provisioning, Trust::Missing),
            expected
        );
    }

    #[rstest]
    #[case::without_email(Provisioning::JustInTime, Trust::Missing, Ok(Decision::Provision))]
    #[case::unverified(Provisioning::JustInTime, Trust::Unverified, Ok(Decision::Provision))]
    #[case::without_email_or_invitation(
        Provisioning::InvitationOnly,
        Trust::Missing,
        Err("email-missing")
    )]
    #[case::unverified_without_invitation(
        Provisioning::InvitationOnly,
        Trust::Unverified,
        Err("email-domain-not-verified")
    )]
    #[case::verified_without_invitation(
        Provisioning::InvitationOnly,
        Trust::Verified,
        Err("not-a-member")
    )]
    fn a_new_user_joins_as_the_connection_allows(
        #[case] provisioning: Provisioning,
        #[case] email: Trust,
        #[case] expected: Result<Decision, &'static str>,
    ) {
        let unknown = Candidates::default();
        assert_eq!(decide_sign_in(&unknown, provisioning, email), expected);
    }

    #[rstest]
    #[case::verified_just_in_time(
        Provisioning::JustInTime,
        Trust::Verified,
        Ok(Decision::AcceptInvitation(member(1).id))
    )]
    #[case::verified_invitation_only(
        Provisioning::InvitationOnly,
        Trust::Verified,
        Ok(Decision::AcceptInvitation(member(1).id))
    )]
    #[case::unverified_just_in_time(
        Provisioning::JustInTime,
        Trust::Unverified,
        Ok(Decision::Provision)
    )]
    #[case::unverified_invitation_only(
        Provisioning::InvitationOnly,
        Trust::Unverified,
        Err("email-domain-not-verified")
    )]
    fn only_a_verified_address_accepts_an_invitation(
        #[case] provisioning: Provisioning,
        #[case] email: Trust,
        #[case] expected: Result<Decision, &'static str>,
    ) {
        let invited = same_email(member(1), Membership::Invited);
        assert_eq!(decide_sign_in(&invited, provisioning, email), expected);
    }

    #[rstest]
    #[case::just_in_time(Provisioning::JustInTime, Ok(Decision::Provision))]
    #[case::invitation_only(Provisioning::InvitationOnly, Err("not-a-member"))]
    fn an_address_never_leads_to_a_member_who_has_signed_in_or_only_claimed_it(
        #[case] provisioning: Provisioning,
        #[case] expected: Result<Decision, &'static str>,
        #[values(Membership::Unconfirmed, Membership::Joined)] membership: Membership,
    ) {
        let other = same_email(member(1), membership);
        assert_eq!(
            decide_sign_in(&other, provisioning, Trust::Verified),
            expected
        );
    }

    #[rstest]
    #[case::claimed(None, None, Membership::Unconfirmed)]
    #[case::invited(Some("ada@acme.example"), None, Membership::Invited)]
    #[case::invited_to_another_address(Some("eve@acme.example"), None, Membership::Unconfirmed)]
    #[case::verified(None, Some(Timestamp::constant(1, 0)), Membership::Invited)]
    fn a_member_without_an_account_is_invited_to_a_confirmed_address_only(
        #[case] invited_email: Option<&str>,
        #[case] email_verified_at: Option<Timestamp>,
        #[case] expected: Membership,
    ) {
        let profile = Profile {
            email: Some("ada@acme.example".to_owned()),
            email_verified_at,
            ..Profile::default()
        };
        let member = Member {
            profile,
            invited_email: invited_email.map(str::to_owned),
            ..member(1)
        };
        assert_eq!(Membership::new(&member, false), expected);
        assert_eq!(Membership::new(&member, true), Membership::Joined);
    }

    fn moved(member: Member) -> SameEmailMember {
        SameEmailMember {
            member,
            membership: Membership::Joined,
            moved_by: Some(AccountMoveId::from_random([7; 16])),
        }
    }

    #[rstest]
    fn an_address_leads_to_the_one_member_who_is_moved(
        #[values(Provisioning::JustInTime, Provisioning::InvitationOnly)]
        provisioning: Provisioning,
    ) {
        let mut candidates = Candidates {
            member: None,
            same_email: vec![moved(member(1))],
        };
        let expected = Decision::MoveAccount {
            member: member(1).id,
            by: AccountMoveId::from_random([7; 16]),
        };
        assert_eq!(
            decide_sign_in(&candidates, provisioning, Trust::Verified),
            Ok(expected)
        );
        let unverified = decide_sign_in(&candidates, provisioning, Trust::Unverified);
        assert!(!matches!(unverified, Ok(Decision::MoveAccount { .. })));
        candidates.same_email.push(moved(member(2)));
        let ambiguous = decide_sign_in(&candidates, provisioning, Trust::Verified);
        assert!(!matches!(ambiguous, Ok(Decision::MoveAccount { .. })));
    }

    #[rstest]
    #[case::invited_admin(Decision::AcceptInvitation(member(1).id), Some("admin"), "admin", true)]
    #[case::invited_admin_with_another_role(
        Decision::AcceptInvitation(member(1).id),
        Some("admin"),
        "member",
        true
    )]
    #[case::invited_member(Decision::AcceptInvitation(member(1).id), Some("member"), "member", false)]
    #[case::invited_member_by_a_rule(
        Decision::AcceptInvitation(member(1).id),
        Some("member"),
        "admin",
        true
    )]
    #[case::new_member(Decision::Provision, None, "member", false)]
    #[case::new_member_by_a_rule(Decision::Provision, None, "admin", true)]
    #[case::known_member(Decision::Existing(member(1).id), Some("member"), "member", false)]
    #[case::known_member_by_a_rule(Decision::Existing(member(1).id), Some("member"), "admin", true)]
    #[case::known_admin(Decision::Existing(member(1).id), Some("admin"), "admin", false)]
    fn no_user_becomes_an_administrator_through_an_unconfirmed_connection(
        #[case] decision: Decision,
        #[case] role_before: Option<&str>,
        #[case] role: &str,
        #[case] is_rejected: bool,
    ) {
        let checked = check_unconfirmed(&decision, role_before, role);
        let code = checked.err().map(|error| error.code().as_str());
        assert_eq!(code, is_rejected.then_some("activation-not-confirmed"));
    }

    #[rstest]
    fn another_account_does_not_bypass_a_deactivation(
        #[values(Membership::Invited, Membership::Unconfirmed, Membership::Joined)]
        membership: Membership,
    ) {
        let candidates = same_email(deactivated(1), membership);
        assert_eq!(
            decide_sign_in(&candidates, Provisioning::JustInTime, Trust::Verified),
            Err("member-deactivated")
        );
    }
}
