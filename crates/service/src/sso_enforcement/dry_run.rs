//! The impact of SSO enforcement on each member.

use std::collections::BTreeMap;

use runtime::email_address::EmailAddress;
use serde::Serialize;
use store::{Connection, Domain, Member, Provisioning, SignInOptions, SsoEnforcement};
use utoipa::ToSchema;

use crate::member::is_in_verified_domain;
use crate::{instant, role};

use super::sso_access::SsoAccess;

/// SSO enforcement of an organization, or its preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SsoEnforcement)]
pub struct DryRun {
    /// When SSO was enforced; absent if it is not.
    #[schema(format = DateTime)]
    pub enforced_since: Option<String>,
    /// The ID of the person who enforced SSO.
    pub enforced_by: Option<String>,
    /// The number of members who can no longer sign in in the usual way.
    pub locked_out: usize,
    /// Whether an administrator can sign in without the identity provider: with a recovery code that is confirmed as
    /// saved, or by an exemption and a method with which this administrator has signed in before.
    pub can_recover: bool,
    /// The impact on each member who is not deactivated, locked-out members first.
    pub members: Vec<MemberImpact>,
}

/// The impact of SSO enforcement on a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberImpact {
    /// The member ID.
    pub member: String,
    /// The full name.
    pub name: Option<String>,
    /// The email address.
    pub email: Option<String>,
    /// The role.
    pub role: String,
    /// `locked_out`, `first_sign_in`, `exempt` or `unaffected`.
    #[schema(value_type = String, example = "locked_out")]
    pub access: Access,
    /// The reason, for programs: `has-account`, `exempt`, `pending-first-sign-in`, `email-missing`, `email-domain-not-verified`,
    /// `email-not-confirmed`, `inactive-connection`,
    /// `other-connection` or `no-active-connection`.
    #[schema(example = "email-domain-not-verified")]
    pub reason: &'static str,
    /// The reason in English.
    pub detail: &'static str,
    /// The ID of the connection to which the routing rules send the member, or of the only active one; absent if the
    /// member chooses among several.
    pub connection: Option<String>,
    /// The number of unused recovery codes.
    pub recovery_codes: i64,
    /// Whether the member has confirmed that the unused recovery codes are saved.
    pub recovery_codes_saved: bool,
    /// When the member last signed in to the console with an emailed code, a link or a passkey.
    #[schema(format = DateTime)]
    pub signed_in_without_sso_at: Option<String>,
    /// Whether the member is an administrator who can sign in without the identity provider.
    pub can_recover: bool,
}

/// How a member can sign in under SSO enforcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// The member cannot sign in, unless with a recovery code.
    LockedOut,
    /// The member has not used SSO yet; the first SSO sign-in will be matched by email address.
    FirstSignIn,
    /// The member is exempt from enforcement.
    Exempt,
    /// The member has signed in through an active connection before.
    Unaffected,
}

impl DryRun {
    pub(super) fn new(
        enforcement: Option<&SsoEnforcement>,
        mut members: Vec<MemberImpact>,
    ) -> Self {
        members.sort_by_key(|member| member.access);
        let is_locked_out = |member: &&MemberImpact| member.access == Access::LockedOut;
        Self {
            enforced_since: enforcement.map(|enforcement| instant(enforcement.since)),
            enforced_by: enforcement.and_then(|enforcement| enforcement.by.clone()),
            locked_out: members.iter().filter(is_locked_out).count(),
            can_recover: members.iter().any(|member| member.can_recover),
            members,
        }
    }
}

/// Whether this is an administrator who can sign in without the identity provider when SSO is enforced. A code that
/// was generated may be lost, and an exempt administrator may never have had another way to sign in.
pub(super) fn can_recover(options: &SignInOptions) -> bool {
    let has_other_method = options.exempt_since.is_some() && options.local_sign_in_at.is_some();
    options.role == role::ADMIN && (options.saved_recovery_codes > 0 || has_other_method)
}

/// The impact on each member who is not deactivated.
pub(super) fn assess(
    members: &[Member],
    sign_in_options: &[SignInOptions],
    domains: &[Domain],
    sso: &SsoAccess,
) -> Vec<MemberImpact> {
    let by_id: BTreeMap<&str, &Member> = members
        .iter()
        .map(|member| (member.id.as_str(), member))
        .collect();
    let impact = |options: &SignInOptions| {
        let member = by_id.get(options.member.as_str())?;
        let email = member.profile.email.as_deref();
        let address = email.and_then(EmailAddress::parse);
        let connection = sso.connection(address.as_ref());
        let route = MemberRoute {
            is_email_verified: address
                .is_some_and(|address| is_in_verified_domain(&address, domains)),
            is_email_confirmed: member.has_confirmed_email(),
            provisioning: &sso.provisioning(connection),
            has_only_other_accounts: connection
                .is_some_and(|connection| sso.has_only_other_accounts(&member.id, connection)),
        };
        let (access, reason, detail) = access(options, email, &route);
        Some(MemberImpact {
            member: member.id.to_string(),
            name: member.profile.name.clone(),
            email: member.profile.email.clone(),
            role: member.role.clone(),
            access,
            reason,
            detail,
            connection: connection.map(|connection: &Connection| connection.id.to_string()),
            recovery_codes: options.recovery_codes,
            recovery_codes_saved: options.saved_recovery_codes > 0,
            signed_in_without_sso_at: options.local_sign_in_at.map(instant),
            can_recover: can_recover(options),
        })
    };
    sign_in_options.iter().filter_map(impact).collect()
}

/// What decides where a member signs in, and whether they are recognized there.
struct MemberRoute<'r> {
    is_email_verified: bool,
    /// Whether the address leads to the member, as [`Member::has_confirmed_email`] says.
    is_email_confirmed: bool,
    /// How the connections let new users join to which the member may be sent.
    provisioning: &'r [Provisioning],
    /// Whether the member is sent to a connection, and has accounts at others only.
    has_only_other_accounts: bool,
}

/// Checks in the order in which a sign-in is matched to a member.
fn access(
    options: &SignInOptions,
    email: Option<&str>,
    route: &MemberRoute<'_>,
) -> (Access, &'static str, &'static str) {
    let locked_out = |reason, detail| (Access::LockedOut, reason, detail);
    if options.exempt_since.is_some() {
        return (Access::Exempt, "exempt", "is exempt and signs in as before");
    }
    if route.provisioning.is_empty() {
        return locked_out("no-active-connection", "there is no active connection");
    }
    if route.has_only_other_accounts {
        return locked_out(
            "other-connection",
            "has only signed in through another connection than the one to which the routing rules send this email address; an account there is not matched to this member",
        );
    }
    if options.active_accounts > 0 {
        return (
            Access::Unaffected,
            "has-account",
            "has signed in through an active connection before",
        );
    }
    if options.accounts > 0 {
        return locked_out(
            "inactive-connection",
            "has only signed in through a connection or an identity provider that is no longer in use; an account at another one is not matched to this member",
        );
    }
    if email.is_none() {
        return locked_out(
            "email-missing",
            "has not signed in through a present connection, and has no email address by which a sign-in could be matched",
        );
    }
    if route.is_email_verified && !route.is_email_confirmed {
        return locked_out(
            "email-not-confirmed",
            "has only signed in through a connection that is deleted, with an email address that was in no verified domain then; another person may have it, so no sign-in is matched to this member",
        );
    }
    if route.is_email_verified {
        return (
            Access::FirstSignIn,
            "pending-first-sign-in",
            "has not signed in through a present connection; the first sign-in with this email address is matched to this member",
        );
    }
    if route.provisioning.contains(&Provisioning::JustInTime) {
        return locked_out(
            "email-domain-not-verified",
            "has not signed in through a present connection, and the email address is in no verified domain: a sign-in would create another member",
        );
    }
    locked_out(
        "email-domain-not-verified",
        "has not signed in through a present connection, and the email address is in no verified domain: a sign-in would not be matched to this member",
    )
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use rstest::rstest;
    use store::MemberId;

    use super::*;

    const OPEN: &[Provisioning] = &[Provisioning::JustInTime];
    const INVITED: &[Provisioning] = &[Provisioning::InvitationOnly];

    fn options(accounts: i64, active_accounts: i64) -> SignInOptions {
        SignInOptions {
            member: MemberId::from_random([1; 16]),
            role: role::MEMBER.to_owned(),
            exempt_since: None,
            accounts,
            active_accounts,
            recovery_codes: 0,
            saved_recovery_codes: 0,
            local_sign_in_at: None,
        }
    }

    /// A member, and how their connections let new users join.
    struct Case {
        accounts: i64,
        active_accounts: i64,
        email: Option<&'static str>,
        is_email_verified: bool,
        is_email_confirmed: bool,
        provisioning: &'static [Provisioning],
        has_only_other_accounts: bool,
    }

    const WITHOUT_ACCOUNT: Case = Case {
        accounts: 0,
        active_accounts: 0,
        email: Some("ada@acme.example"),
        is_email_verified: true,
        is_email_confirmed: true,
        provisioning: OPEN,
        has_only_other_accounts: false,
    };
    const WITH_ACCOUNT: Case = Case {
        accounts: 1,
        active_accounts: 1,
        ..WITHOUT_ACCOUNT
    };

    #[rstest]
    #[case::active_account(
        Case { email: None, is_email_verified: false, ..WITH_ACCOUNT },
        Access::Unaffected,
        "has-account"
    )]
    #[case::no_active_connection(
        Case { provisioning: &[], ..WITH_ACCOUNT },
        Access::LockedOut,
        "no-active-connection"
    )]
    #[case::account_of_another_connection(
        Case { active_accounts: 0, ..WITH_ACCOUNT },
        Access::LockedOut,
        "inactive-connection"
    )]
    #[case::routed_to_another_connection(
        Case { has_only_other_accounts: true, ..WITH_ACCOUNT },
        Access::LockedOut,
        "other-connection"
    )]
    #[case::no_email(
        Case { email: None, is_email_verified: false, ..WITHOUT_ACCOUNT },
        Access::LockedOut,
        "email-missing"
    )]
    #[case::just_in_time(WITHOUT_ACCOUNT, Access::FirstSignIn, "pending-first-sign-in")]
    #[case::invitation_only(
        Case { provisioning: INVITED, ..WITHOUT_ACCOUNT },
        Access::FirstSignIn,
        "pending-first-sign-in"
    )]
    #[case::claimed_email(
        Case { is_email_confirmed: false, ..WITHOUT_ACCOUNT },
        Access::LockedOut,
        "email-not-confirmed"
    )]
    #[case::unverified_email_just_in_time(
        Case { is_email_verified: false, ..WITHOUT_ACCOUNT },
        Access::LockedOut,
        "email-domain-not-verified"
    )]
    #[case::unverified_email_invitation_only(
        Case { is_email_verified: false, provisioning: INVITED, ..WITHOUT_ACCOUNT },
        Access::LockedOut,
        "email-domain-not-verified"
    )]
    fn each_case_has_its_access_and_reason(
        #[case] case: Case,
        #[case] expected: Access,
        #[case] expected_reason: &str,
    ) {
        let mut options = options(case.accounts, case.active_accounts);
        let access = |options: &SignInOptions| {
            let route = MemberRoute {
                is_email_verified: case.is_email_verified,
                is_email_confirmed: case.is_email_confirmed,
                provisioning: case.provisioning,
                has_only_other_accounts: case.has_only_other_accounts,
            };
            access(options, case.email, &route)
        };
        let (actual, reason, _) = access(&options);
        assert_eq!(actual, expected);
        assert_eq!(reason, expected_reason);
        options.exempt_since = Some(Timestamp::constant(1, 0));
        assert_eq!(access(&options).0, Access::Exempt);
    }

    fn impact(access: Access) -> MemberImpact {
        MemberImpact {
            member: "mem_a".to_owned(),
            name: None,
            email: None,
            role: role::ADMIN.to_owned(),
            access,
            reason: "has-account",
            detail: "",
            connection: None,
            recovery_codes: 0,
            recovery_codes_saved: false,
            signed_in_without_sso_at: None,
            can_recover: false,
        }
    }

    #[test]
    fn one_admin_who_can_recover_is_enough() {
        let others = vec![impact(Access::Unaffected), impact(Access::LockedOut)];
        assert!(!DryRun::new(None, others.clone()).can_recover);
        let recovering = MemberImpact {
            can_recover: true,
            ..impact(Access::Exempt)
        };
        let all = [others, vec![recovering]].concat();
        assert!(DryRun::new(None, all).can_recover);
    }

    #[test]
    fn locked_out_members_come_first() {
        let both = vec![impact(Access::Unaffected), impact(Access::LockedOut)];
        let report = DryRun::new(None, both);
        assert_eq!(report.locked_out, 1);
        assert_eq!(report.members[0].access, Access::LockedOut);
    }

    #[rstest]
    #[case::nothing(admin(), false)]
    #[case::codes_not_saved(SignInOptions { recovery_codes: 10, ..admin() }, false)]
    #[case::saved_codes(SignInOptions { recovery_codes: 10, saved_recovery_codes: 10, ..admin() }, true)]
    #[case::exemption_without_method(SignInOptions { exempt_since: Some(NOW), ..admin() }, false)]
    #[case::method_without_exemption(SignInOptions { local_sign_in_at: Some(NOW), ..admin() }, false)]
    #[case::exemption_and_method(
        SignInOptions { exempt_since: Some(NOW), local_sign_in_at: Some(NOW), ..admin() },
        true
    )]
    #[case::member_with_both(
        SignInOptions {
            role: role::MEMBER.to_owned(),
            exempt_since: Some(NOW),
            local_sign_in_at: Some(NOW),
            ..admin()
        },
        false
    )]
    fn an_admin_recovers_access_in_two_ways(
        #[case] options: SignInOptions,
        #[case] expected: bool,
    ) {
        assert_eq!(can_recover(&options), expected);
    }

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn admin() -> SignInOptions {
        SignInOptions {
            role: role::ADMIN.to_owned(),
            ..options(1, 1)
        }
    }
}
