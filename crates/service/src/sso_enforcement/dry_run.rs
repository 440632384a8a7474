//! What would become of each member if everybody had to come through the identity provider.

use runtime::email_address::EmailAddress;
use serde::Serialize;
use store::{
    Connection, ConnectionState, Domain, Member, Provisioning, SignInOptions, SsoEnforcement,
};
use utoipa::ToSchema;

use crate::member::is_in_one_of;
use crate::{instant, role};

/// What requiring single sign-on does, or would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SsoRequirement)]
pub struct DryRun {
    /// Since when it is required; nothing while it is not.
    #[schema(format = DateTime)]
    pub required_since: Option<String>,
    /// Who requires it.
    pub required_by: Option<String>,
    /// How many members are locked out.
    pub locked_out: usize,
    /// Whether some administrator could still come in if the identity provider let nobody in: by an exemption or a
    /// recovery code.
    pub has_way_back: bool,
    /// What becomes of each member, those who are locked out first. Whoever has been deactivated is not counted.
    pub members: Vec<Prospect>,
}

/// What becomes of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Prospect {
    /// The member's id.
    pub member: String,
    /// What to call them.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// What they may do.
    pub role: String,
    /// What becomes of them.
    #[schema(value_type = String, example = "locked_out")]
    pub fate: Fate,
    /// Why, by a name that programs and documentation share: `has-account`, `exempt`, `invited-not-come`, `no-email`,
    /// `outside-domains`, `other-connection` or `no-active-connection`.
    #[schema(example = "outside-domains")]
    pub reason: &'static str,
    /// Why, in one sentence.
    pub detail: &'static str,
    /// How many recovery codes they have left.
    pub recovery_codes: i64,
}

/// What becomes of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// They cannot come in any more.
    LockedOut,
    /// They have never come through the identity provider, and will be recognised when they do.
    FirstSignIn,
    /// They come in as before: by an exemption.
    Exempt,
    /// They come in through the identity provider, as they have before.
    Fine,
}

impl DryRun {
    pub(super) fn new(requirement: Option<&SsoEnforcement>, mut members: Vec<Prospect>) -> Self {
        members.sort_by_key(|one| one.fate);
        let is_out = |one: &&Prospect| one.fate == Fate::LockedOut;
        let has_way_back = |one: &Prospect| {
            one.role == role::ADMIN && (one.fate == Fate::Exempt || one.recovery_codes > 0)
        };
        Self {
            required_since: requirement.map(|requirement| instant(requirement.since)),
            required_by: requirement.and_then(|requirement| requirement.by.clone()),
            locked_out: members.iter().filter(is_out).count(),
            has_way_back: members.iter().any(has_way_back),
            members,
        }
    }
}

/// Judges everybody who has not been deactivated.
pub(super) fn judge(
    members: &[Member],
    means: &[SignInOptions],
    domains: &[Domain],
    connections: &[Connection],
) -> Vec<Prospect> {
    let provisioning: Vec<Provisioning> = connections
        .iter()
        .filter(|one| one.state() == ConnectionState::Active)
        .map(|one| one.settings.provisioning)
        .collect();
    let prospect = |means: &SignInOptions| {
        let member = members.iter().find(|one| one.id == means.member)?;
        let email = member.profile.email.as_deref();
        let address = email.and_then(EmailAddress::read);
        let is_believed = address.is_some_and(|address| is_in_one_of(&address, domains));
        let (fate, reason, detail) = fate(means, email, is_believed, &provisioning);
        Some(Prospect {
            member: member.id.to_string(),
            name: member.profile.name.clone(),
            email: member.profile.email.clone(),
            role: member.role.clone(),
            fate,
            reason,
            detail,
            recovery_codes: means.recovery_codes,
        })
    };
    means.iter().filter_map(prospect).collect()
}

/// Follows the policy by which a sign-in finds its member, in the same order.
fn fate(
    means: &SignInOptions,
    email: Option<&str>,
    is_believed: bool,
    provisioning: &[Provisioning],
) -> (Fate, &'static str, &'static str) {
    let out = |reason, detail| (Fate::LockedOut, reason, detail);
    if means.exempt_since.is_some() {
        return (
            Fate::Exempt,
            "exempt",
            "is exempted, and comes in as before",
        );
    }
    if provisioning.is_empty() {
        return out(
            "no-active-connection",
            "there is no active connection through which anybody could come",
        );
    }
    if means.active_accounts > 0 {
        return (
            Fate::Fine,
            "has-account",
            "has signed in through an active connection before",
        );
    }
    if means.accounts > 0 {
        return out(
            "other-connection",
            "has only ever signed in through a connection or an identity provider that is no longer in use, and another account does not lead to this member",
        );
    }
    if email.is_none() {
        return out(
            "no-email",
            "has never signed in through the identity provider and has no e-mail address by which a first sign-in could find them",
        );
    }
    if is_believed {
        return (
            Fate::FirstSignIn,
            "invited-not-come",
            "has not signed in through the identity provider yet; the first sign-in with this address finds them",
        );
    }
    if provisioning.contains(&Provisioning::JustInTime) {
        return out(
            "outside-domains",
            "has never signed in through the identity provider, and the e-mail address is in no verified domain: a sign-in would make another member",
        );
    }
    out(
        "outside-domains",
        "has never signed in through the identity provider, and the e-mail address is in no verified domain: members join by invitation, and the invitation is not found",
    )
}

#[cfg(test)]
mod tests {
    use store::MemberId;

    use super::*;

    const OPEN: &[Provisioning] = &[Provisioning::JustInTime];
    const INVITED: &[Provisioning] = &[Provisioning::InvitationOnly];

    fn means(accounts: i64, live_accounts: i64) -> SignInOptions {
        SignInOptions {
            member: MemberId::from_random([1; 16]),
            exempt_since: None,
            accounts,
            active_accounts: live_accounts,
            recovery_codes: 0,
        }
    }

    #[test]
    fn each_way_to_be_locked_out_has_its_reason() {
        let mail = Some("ada@acme.example");
        for (means, email, is_believed, provisioning, expected) in [
            (means(1, 1), None, false, OPEN, (Fate::Fine, "has-account")),
            (
                means(1, 1),
                mail,
                true,
                &[],
                (Fate::LockedOut, "no-active-connection"),
            ),
            (
                means(1, 0),
                mail,
                true,
                OPEN,
                (Fate::LockedOut, "other-connection"),
            ),
            (
                means(0, 0),
                None,
                false,
                OPEN,
                (Fate::LockedOut, "no-email"),
            ),
            (
                means(0, 0),
                mail,
                true,
                OPEN,
                (Fate::FirstSignIn, "invited-not-come"),
            ),
            (
                means(0, 0),
                mail,
                true,
                INVITED,
                (Fate::FirstSignIn, "invited-not-come"),
            ),
            (
                means(0, 0),
                mail,
                false,
                OPEN,
                (Fate::LockedOut, "outside-domains"),
            ),
            (
                means(0, 0),
                mail,
                false,
                INVITED,
                (Fate::LockedOut, "outside-domains"),
            ),
        ] {
            let (fate_of, reason, _) = fate(&means, email, is_believed, provisioning);
            assert_eq!((fate_of, reason), expected);
            let mut exempt = means;
            exempt.exempt_since = Some(jiff::Timestamp::constant(1, 0));
            assert_eq!(
                fate(&exempt, email, is_believed, provisioning).0,
                Fate::Exempt
            );
        }
    }

    #[test]
    fn an_administrator_with_a_code_is_a_way_back() {
        let prospect = |role: &str, recovery_codes, fate| Prospect {
            member: "mem_a".to_owned(),
            name: None,
            email: None,
            role: role.to_owned(),
            fate,
            reason: "has-account",
            detail: "",
            recovery_codes,
        };
        let way_back = |one| DryRun::new(None, vec![one]).has_way_back;
        assert!(way_back(prospect("admin", 1, Fate::Fine)));
        assert!(way_back(prospect("admin", 0, Fate::Exempt)));
        assert!(!way_back(prospect("admin", 0, Fate::Fine)));
        assert!(!way_back(prospect("member", 9, Fate::Exempt)));
        let both = vec![
            prospect("member", 0, Fate::Fine),
            prospect("member", 0, Fate::LockedOut),
        ];
        let report = DryRun::new(None, both);
        assert_eq!(report.locked_out, 1);
        assert_eq!(report.members[0].fate, Fate::LockedOut);
    }
}
