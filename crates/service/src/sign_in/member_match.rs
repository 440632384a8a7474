//! The whole membership policy, with no database and no clock in sight.

use runtime::email_address::EmailAddress;
use store::{Member, MemberId, Provisioning};

use super::error::Refusal;

/// What the organization knows of a person who has arrived.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The member to whom the account belongs.
    pub member: Option<Member>,
    /// The members with the same e-mail address, oldest first.
    pub namesakes: Vec<Namesake>,
}

/// A member with the same e-mail address.
#[derive(Clone, Debug)]
pub struct Namesake {
    /// The member.
    pub member: Member,
    /// Whether they have been here, or were only invited.
    pub arrival: Arrived,
}

/// Whether a member has an account at an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// They were invited and have not come yet.
    NotYet,
    /// They have signed in by another account.
    Before,
}

/// What an e-mail address is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth<'e> {
    /// There is none.
    Missing,
    /// It is in no domain of the organization: the identity provider may say whatever it likes.
    Hearsay(&'e EmailAddress),
    /// It is in a domain that is verified for the organization.
    Believed(&'e EmailAddress),
}

/// What becomes of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They are this member.
    Welcome(MemberId),
    /// They take up the invitation that this member is.
    Join(MemberId),
    /// They become a member.
    Create,
}

/// Decides who a person is, and whether they may come in.
///
/// An account that is known is its member's. Otherwise a believed address leads to the invitation for it, and to
/// nobody who has been here before: whoever has an address today need not be whoever had it last year.
///
/// # Errors
///
/// When they may not.
pub fn decide(
    known: &Known,
    provisioning: Provisioning,
    email: Worth<'_>,
) -> Result<Decision, Refusal> {
    if let Some(member) = &known.member {
        return admit(member).map(|()| Decision::Welcome(member.id.clone()));
    }
    if let Worth::Believed(_) = email {
        // Another account of theirs must not be a way around a deactivation.
        known
            .namesakes
            .iter()
            .try_for_each(|one| admit(&one.member))?;
        let invitation = known
            .namesakes
            .iter()
            .find(|one| one.arrival == Arrived::NotYet);
        if let Some(invited) = invitation {
            return Ok(Decision::Join(invited.member.id.clone()));
        }
    }
    match (provisioning, email) {
        (Provisioning::JustInTime, _) => Ok(Decision::Create),
        (Provisioning::InvitationOnly, Worth::Missing) => Err(Refusal::EmailMissing),
        (Provisioning::InvitationOnly, Worth::Hearsay(email)) => Err(Refusal::OutsideDomains {
            domain: email.domain().to_owned(),
        }),
        (Provisioning::InvitationOnly, Worth::Believed(_)) => Err(Refusal::NotAMember),
    }
}

fn admit(member: &Member) -> Result<(), Refusal> {
    match member.deactivated_at {
        Some(_) => Err(Refusal::Deactivated),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use store::{OrganizationId, PersonId, Profile};

    use super::*;

    fn member(number: u8) -> Member {
        Member {
            id: MemberId::from_random([number; 16]),
            organization: OrganizationId::from_random([9; 16]),
            person: PersonId::from_random([number; 16]),
            role: "member".to_owned(),
            profile: Profile::default(),
            created_at: jiff::Timestamp::constant(0, 0),
            deactivated_at: None,
        }
    }

    fn deactivated(number: u8) -> Member {
        Member {
            deactivated_at: Some(jiff::Timestamp::constant(1, 0)),
            ..member(number)
        }
    }

    fn namesake(member: Member, arrival: Arrived) -> Known {
        Known {
            member: None,
            namesakes: vec![Namesake { member, arrival }],
        }
    }

    fn decided(
        known: &Known,
        provisioning: Provisioning,
        worth: impl Fn(&EmailAddress) -> Worth<'_>,
    ) -> Result<Decision, &'static str> {
        let email = EmailAddress::parse("ada@acme.example").unwrap();
        decide(known, provisioning, worth(&email)).map_err(|refusal| refusal.code())
    }

    #[test]
    fn an_account_is_its_members_unless_they_are_deactivated() {
        for provisioning in [Provisioning::JustInTime, Provisioning::InvitationOnly] {
            let known = Known {
                member: Some(member(1)),
                namesakes: Vec::new(),
            };
            assert_eq!(
                decided(&known, provisioning, |_| Worth::Missing),
                Ok(Decision::Welcome(member(1).id))
            );
            let known = Known {
                member: Some(deactivated(1)),
                namesakes: Vec::new(),
            };
            assert_eq!(
                decided(&known, provisioning, |_| Worth::Missing),
                Err("deactivated")
            );
        }
    }

    #[test]
    fn strangers_join_as_the_connection_says() {
        let nobody = Known::default();
        assert_eq!(
            decided(&nobody, Provisioning::JustInTime, |_| Worth::Missing),
            Ok(Decision::Create)
        );
        assert_eq!(
            decided(&nobody, Provisioning::JustInTime, |email| Worth::Hearsay(
                email
            )),
            Ok(Decision::Create)
        );
        assert_eq!(
            decided(&nobody, Provisioning::InvitationOnly, |_| Worth::Missing),
            Err("email-missing")
        );
        assert_eq!(
            decided(&nobody, Provisioning::InvitationOnly, |email| {
                Worth::Hearsay(email)
            }),
            Err("outside-domains")
        );
        assert_eq!(
            decided(&nobody, Provisioning::InvitationOnly, |email| {
                Worth::Believed(email)
            }),
            Err("not-a-member")
        );
    }

    #[test]
    fn an_invitation_is_taken_up_by_a_believed_address_alone() {
        let invited = namesake(member(1), Arrived::NotYet);
        for provisioning in [Provisioning::JustInTime, Provisioning::InvitationOnly] {
            assert_eq!(
                decided(&invited, provisioning, |email| Worth::Believed(email)),
                Ok(Decision::Join(member(1).id))
            );
        }
        assert_eq!(
            decided(&invited, Provisioning::JustInTime, |email| Worth::Hearsay(
                email
            )),
            Ok(Decision::Create)
        );
        assert_eq!(
            decided(&invited, Provisioning::InvitationOnly, |email| {
                Worth::Hearsay(email)
            }),
            Err("outside-domains")
        );
    }

    #[test]
    fn an_address_never_leads_to_somebody_who_has_been_here() {
        let other = namesake(member(1), Arrived::Before);
        assert_eq!(
            decided(&other, Provisioning::JustInTime, |email| Worth::Believed(
                email
            )),
            Ok(Decision::Create)
        );
        assert_eq!(
            decided(&other, Provisioning::InvitationOnly, |email| {
                Worth::Believed(email)
            }),
            Err("not-a-member")
        );
    }

    #[test]
    fn another_account_is_no_way_around_a_deactivation() {
        for arrival in [Arrived::NotYet, Arrived::Before] {
            let known = namesake(deactivated(1), arrival);
            assert_eq!(
                decided(&known, Provisioning::JustInTime, |email| Worth::Believed(
                    email
                )),
                Err("deactivated")
            );
        }
    }
}
