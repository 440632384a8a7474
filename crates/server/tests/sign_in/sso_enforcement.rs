//! SSO enforcement: its conditions, the members whom it would lock out, and recovery codes.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::StatusCode;
use i18n::{Language, Localizer};
use runtime::problem::{Problem, ProblemCode};
use runtime::random;
use serde_json::json;
use service::connection::ConnectionRef;
use service::console_session::{NewSession, SessionScope};
use service::json::Patch;
use service::member::MemberRef;
use service::recovery::{RecoveryCodes, RecoverySignIn};
use service::sso_enforcement::{Access, DryRun, EnforceRequest, Exemption, Recovery};
use service::{Actor, connection, console_session, organization, recovery, sso_enforcement};
use store::{ConsoleAccount, ConsoleSignInMethod, Member, MemberId, PersonId};
use test_support::{ADA, GRACE, START, SsoFixture, at};
use testkit::identity_provider::IdpBehavior;

use crate::invitation::invite;
use crate::test_sign_in::test_connection;

const MINUTE: i64 = 60;
const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));
const CLI: &Actor = &Actor::CommandLine;
const ENGLISH: Localizer = Localizer::new(Language::English);

/// An organization of which Ada is an admin who has just signed in.
struct AdminFixture {
    sso: SsoFixture,
    ada: Member,
}

impl AdminFixture {
    async fn new() -> Self {
        let sso = SsoFixture::new().await;
        sso.sign_in(&mut sso.browser(), ADA).await;
        let ada = sso.members().await.remove(0);
        let organization = sso.organization.clone();
        let id = ada.id.clone();
        sso.write(async move |tx| {
            let mut scope = tx.organization(&organization);
            scope.set_role(&id, "admin").await.map(drop)
        })
        .await;
        Self { sso, ada }
    }

    fn connection(&self) -> ConnectionRef<'_> {
        ConnectionRef::ById(self.sso.connection.as_str())
    }

    /// Enforces SSO as Ada.
    async fn enforce(&self) -> Result<DryRun, &'static str> {
        self.enforce_as(&self.ada.person).await
    }

    async fn enforce_as(&self, person: &PersonId) -> Result<DryRun, &'static str> {
        self.enforce_with(person, Recovery::Overridden).await
    }

    async fn enforce_with(
        &self,
        person: &PersonId,
        recovery: Recovery,
    ) -> Result<DryRun, &'static str> {
        let request = EnforceRequest {
            person,
            organization: "acme",
            recovery,
            text: ENGLISH,
        };
        sso_enforcement::enforce(&self.sso.server.app, request)
            .await
            .map_err(|problem| problem.code.as_str())
    }

    async fn stop_enforcing(&self) -> DryRun {
        sso_enforcement::stop_enforcing(&self.sso.server.app, CLI, "acme", ENGLISH)
            .await
            .unwrap()
    }

    async fn is_enforced(&self) -> bool {
        let organization = organization::show(&self.sso.server.app, "acme").await;
        organization.unwrap().sso_enforced
    }

    async fn dry_run(&self) -> DryRun {
        sso_enforcement::dry_run(&self.sso.server.app, "acme")
            .await
            .unwrap()
    }

    async fn set_exemption(&self, member: &MemberId, exemption: Exemption) -> DryRun {
        let member = member_ref(member.as_str());
        sso_enforcement::exempt(&self.sso.server.app, CLI, member, exemption)
            .await
            .unwrap()
    }

    async fn deactivate(&self, member: &MemberId) {
        let organization = self.sso.organization.clone();
        let member = member.clone();
        self.sso
            .write(async move |tx| {
                let mut scope = tx.organization(&organization);
                scope.deactivate_member(&member, at(START)).await.map(drop)
            })
            .await;
    }

    /// Issues recovery codes for Ada.
    async fn issue_recovery_codes(&self) -> RecoveryCodes {
        let member = member_ref(self.ada.id.as_str());
        recovery::issue(&self.sso.server.app, CLI, member)
            .await
            .unwrap()
    }

    async fn confirm_saved(&self) -> Result<(), Problem> {
        let member = member_ref(self.ada.id.as_str());
        recovery::confirm_saved(&self.sso.server.app, CLI, member).await
    }

    /// Lets Ada sign in to the console, and so receive mail as an admin.
    async fn make_ada_an_account(&self) {
        let account = ConsoleAccount {
            email: "ada@acme.example".to_owned(),
            person: self.ada.person.clone(),
        };
        self.sso
            .write(async move |tx| tx.add_console_account(&account, at(START)).await.map(drop))
            .await;
    }

    async fn redeem_recovery_code(
        &self,
        email: &str,
        code: &str,
    ) -> Result<RecoverySignIn, Problem> {
        recovery::redeem(&self.sso.server.app, CLIENT, email, code, ENGLISH).await
    }
}

fn member_ref(member: &str) -> MemberRef<'_> {
    MemberRef {
        organization: "acme",
        member,
    }
}

/// The access of a member while SSO is enforced, and the reason.
fn access(report: &DryRun, member: &MemberId) -> (Access, &'static str) {
    let member = report
        .members
        .iter()
        .find(|reported| reported.member == member.as_str())
        .unwrap();
    (member.access, member.reason)
}

#[tokio::test]
async fn sso_is_enforced_after_a_recent_sign_in_through_the_connection() {
    let fixture = AdminFixture::new().await;
    fixture.sso.server.clock.set(START + 15 * MINUTE + 1);
    assert_eq!(fixture.enforce().await.unwrap_err(), "no-recent-sign-in");
    fixture.sso.sign_in(&mut fixture.sso.browser(), ADA).await;
    let report = fixture.enforce().await.unwrap();
    assert!(report.enforced_since.is_some());
    assert_eq!(
        report.enforced_by.as_deref(),
        Some(fixture.ada.person.as_str())
    );
    assert!(fixture.is_enforced().await);
}

#[tokio::test]
async fn a_recent_sign_in_of_another_user_is_not_enough() {
    let fixture = AdminFixture::new().await;
    fixture.sso.sign_in(&mut fixture.sso.browser(), GRACE).await;
    let unknown = PersonId::from_random(random::bytes());
    assert_eq!(
        fixture.enforce_as(&unknown).await.unwrap_err(),
        "no-recent-sign-in"
    );
}

#[tokio::test]
async fn enforcement_can_be_turned_off_and_removes_no_member() {
    let fixture = AdminFixture::new().await;
    fixture.sso.sign_in(&mut fixture.sso.browser(), GRACE).await;
    fixture.enforce().await.unwrap();
    let report = fixture.stop_enforcing().await;
    assert_eq!(report.enforced_since, None);
    assert!(!fixture.is_enforced().await);
    assert_eq!(fixture.sso.members().await.len(), 2);
    let organization = fixture.sso.organization.as_str();
    assert_eq!(
        fixture.sso.server.audit_actions(organization).await,
        [
            "organization.sso_enforced",
            "organization.sso_enforcement_disabled"
        ]
    );
}

#[tokio::test]
async fn a_test_sign_in_counts_as_a_recent_sign_in_after_the_draft_is_published() {
    let fixture = AdminFixture::new().await;
    let app = &fixture.sso.server.app;
    fixture.sso.server.clock.set(START + 20 * MINUTE);
    let change = Patch::new(json!({"clock_tolerance_seconds": 30}));
    connection::update_working_copy(app, CLI, fixture.connection(), change)
        .await
        .unwrap();
    let mut browser = fixture.sso.browser();
    test_connection(&fixture.sso, &mut browser, ADA, IdpBehavior::Valid).await;
    assert_eq!(fixture.enforce().await.unwrap_err(), "no-recent-sign-in");
    connection::publish(app, CLI, fixture.connection(), None)
        .await
        .unwrap();
    fixture.enforce().await.unwrap();
}

#[tokio::test]
async fn sso_cannot_be_enforced_without_an_active_connection() {
    let fixture = AdminFixture::new().await;
    connection::disable(&fixture.sso.server.app, CLI, fixture.connection())
        .await
        .unwrap();
    assert_eq!(fixture.enforce().await.unwrap_err(), "no-active-connection");
    assert_eq!(
        access(&fixture.dry_run().await, &fixture.ada.id),
        (Access::LockedOut, "no-active-connection")
    );
}

#[tokio::test]
async fn sso_cannot_be_enforced_on_a_plan_without_sso() {
    let fixture = AdminFixture::new().await;
    let starter = Patch::new(json!({"plan": "starter"}));
    organization::update(&fixture.sso.server.app, CLI, "acme", starter)
        .await
        .unwrap();
    assert_eq!(fixture.enforce().await.unwrap_err(), "sso-not-in-plan");
}

#[tokio::test]
async fn a_dry_run_lists_locked_out_members_first() {
    let fixture = AdminFixture::new().await;
    let invited = invite(&fixture.sso, Some("grace@acme.example"), "member").await;
    let other_domain = invite(&fixture.sso, Some("kim@elsewhere.example"), "member").await;
    let without_email = invite(&fixture.sso, None, "member").await;
    let deactivated = invite(&fixture.sso, Some("old@acme.example"), "member").await;
    fixture.deactivate(&deactivated).await;

    let report = fixture.dry_run().await;
    assert_eq!(report.locked_out, 2);
    assert_eq!(report.members.len(), 4);
    assert_eq!(report.members[0].access, Access::LockedOut);
    assert_eq!(
        access(&report, &fixture.ada.id),
        (Access::Unaffected, "has-account")
    );
    assert_eq!(
        access(&report, &invited),
        (Access::FirstSignIn, "pending-first-sign-in")
    );
    assert_eq!(
        access(&report, &other_domain),
        (Access::LockedOut, "email-domain-not-verified")
    );
    assert_eq!(
        access(&report, &without_email),
        (Access::LockedOut, "email-missing")
    );
}

#[tokio::test]
async fn an_exempt_member_is_not_locked_out() {
    let fixture = AdminFixture::new().await;
    let member = invite(&fixture.sso, Some("kim@elsewhere.example"), "member").await;
    let report = fixture.set_exemption(&member, Exemption::Granted).await;
    assert_eq!(access(&report, &member), (Access::Exempt, "exempt"));
    let report = fixture.set_exemption(&member, Exemption::Withdrawn).await;
    assert_eq!(access(&report, &member).0, Access::LockedOut);
}

#[tokio::test]
async fn an_invited_member_is_unaffected_after_the_first_sign_in() {
    let fixture = AdminFixture::new().await;
    let member = invite(&fixture.sso, Some("grace@acme.example"), "member").await;
    let report = fixture.dry_run().await;
    assert_eq!(access(&report, &member).0, Access::FirstSignIn);
    fixture.sso.sign_in(&mut fixture.sso.browser(), GRACE).await;
    assert_eq!(
        access(&fixture.dry_run().await, &member),
        (Access::Unaffected, "has-account")
    );
}

#[tokio::test]
async fn ten_recovery_codes_are_issued() {
    let fixture = AdminFixture::new().await;
    assert!(!fixture.dry_run().await.can_recover);
    let issued = fixture.issue_recovery_codes().await;
    assert_eq!(issued.codes.len(), 10);
    let report = fixture.dry_run().await;
    assert!(!report.can_recover);
    assert_eq!(report.members[0].recovery_codes, 10);
    fixture.confirm_saved().await.unwrap();
    assert!(fixture.dry_run().await.can_recover);
    // New codes are not saved yet.
    fixture.issue_recovery_codes().await;
    assert!(!fixture.dry_run().await.can_recover);
}

#[tokio::test]
async fn codes_are_confirmed_only_after_they_were_issued() {
    let fixture = AdminFixture::new().await;
    let rejected = fixture.confirm_saved().await.unwrap_err();
    assert_eq!(rejected.code, ProblemCode::NoRecoveryCodes);
}

#[tokio::test]
async fn enforcing_sso_requires_a_way_to_regain_access() {
    let fixture = AdminFixture::new().await;
    let ada = &fixture.ada.person;
    let enforce = async || fixture.enforce_with(ada, Recovery::Required).await;
    assert_eq!(enforce().await.unwrap_err(), "no-recovery");
    fixture.issue_recovery_codes().await;
    assert_eq!(enforce().await.unwrap_err(), "no-recovery");
    assert!(!fixture.is_enforced().await);
    fixture.confirm_saved().await.unwrap();
    assert!(enforce().await.unwrap().enforced_since.is_some());
}

#[tokio::test]
async fn an_exempt_admin_counts_after_a_sign_in_without_sso() {
    let fixture = AdminFixture::new().await;
    let report = fixture
        .set_exemption(&fixture.ada.id, Exemption::Granted)
        .await;
    assert!(!report.can_recover);
    assert_eq!(report.members[0].signed_in_without_sso_at, None);
    let ada = fixture.ada.person.clone();
    let session = NewSession {
        person: ada.clone(),
        method: ConsoleSignInMethod::EmailCode,
        scope: SessionScope::Person,
        user_agent: None,
    };
    console_session::begin(&fixture.sso.server.app, session)
        .await
        .unwrap();
    assert!(fixture.dry_run().await.can_recover);
    let enforced = fixture.enforce_with(&ada, Recovery::Required).await;
    assert!(enforced.unwrap().enforced_since.is_some());
}

#[tokio::test]
async fn admins_learn_of_changed_enforcement_and_used_codes_by_email() {
    let fixture = AdminFixture::new().await;
    let ada = fixture.ada.id.as_str();
    fixture.make_ada_an_account().await;
    let code = fixture.issue_recovery_codes().await.codes.remove(0);
    fixture.enforce().await.unwrap();
    fixture
        .redeem_recovery_code("ada@acme.example", &code)
        .await
        .unwrap();
    fixture.stop_enforcing().await;
    // Nothing has changed, so there is nothing to tell.
    fixture.stop_enforcing().await;
    let mails = fixture.sso.server.outbox.mails();
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(
        subjects,
        [
            "SSO is now enforced for acme",
            "A recovery code was used for acme",
            "SSO is no longer enforced for acme",
        ],
        "{ada}"
    );
    assert!(mails.iter().all(|mail| mail.to == "ada@acme.example"));
    assert!(
        mails[1].text.contains("9 unused codes"),
        "{}",
        mails[1].text
    );
}

#[tokio::test]
async fn a_recovery_code_is_redeemed_once() {
    let fixture = AdminFixture::new().await;
    let issued = fixture.issue_recovery_codes().await;
    let code = format!(" {} ", issued.codes[3].to_uppercase());
    let email = "Ada@Acme.example";
    let recovered = fixture.redeem_recovery_code(email, &code).await.unwrap();
    assert_eq!(recovered.person, fixture.ada.person);
    assert_eq!(recovered.organization, fixture.sso.organization);
    let again = fixture.redeem_recovery_code(email, &code).await;
    let problem = again.unwrap_err();
    assert_eq!(problem.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem.code, ProblemCode::InvalidFields);
    assert_eq!(fixture.dry_run().await.members[0].recovery_codes, 9);
}

#[tokio::test]
async fn a_recovery_code_with_the_email_of_another_user_is_rejected_and_not_used_up() {
    let fixture = AdminFixture::new().await;
    let code = fixture.issue_recovery_codes().await.codes.remove(3);
    for email in ["grace@acme.example", "ada"] {
        let rejected = fixture.redeem_recovery_code(email, &code).await;
        assert_eq!(rejected.unwrap_err().code, ProblemCode::InvalidFields);
    }
    fixture
        .redeem_recovery_code("ada@acme.example", &code)
        .await
        .unwrap();
}

#[tokio::test]
async fn new_recovery_codes_replace_the_earlier_ones() {
    let fixture = AdminFixture::new().await;
    let code = fixture.issue_recovery_codes().await.codes.remove(4);
    fixture.issue_recovery_codes().await;
    fixture
        .redeem_recovery_code("ada@acme.example", &code)
        .await
        .unwrap_err();
}

#[tokio::test]
async fn a_client_can_try_10_recovery_codes_in_a_row() {
    let fixture = AdminFixture::new().await;
    let redeem = async || {
        let redeemed = fixture
            .redeem_recovery_code("ada@acme.example", "aaaa")
            .await;
        redeemed.unwrap_err().code
    };
    for _ in 0..10 {
        assert_eq!(redeem().await, ProblemCode::InvalidFields);
    }
    assert_eq!(redeem().await, ProblemCode::TooManyRequests);
}

#[tokio::test]
async fn only_admins_have_recovery_codes() {
    let fixture = AdminFixture::new().await;
    let app = &fixture.sso.server.app;
    let member = invite(&fixture.sso, Some("grace@acme.example"), "member").await;
    let issued = recovery::issue(app, CLI, member_ref(member.as_str())).await;
    assert_eq!(issued.unwrap_err().code, ProblemCode::NotAnAdmin);
    let issued = recovery::issue(app, CLI, member_ref("mem_aaaa")).await;
    assert_eq!(issued.unwrap_err().status, StatusCode::NOT_FOUND);
}
