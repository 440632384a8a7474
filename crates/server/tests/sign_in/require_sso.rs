//! Requiring single sign-on: who may turn it on, whom it would lock out, and the ways back.

use std::net::{IpAddr, Ipv4Addr};
use test_support::{ADA, GRACE, START, SsoFixture, at};

use axum::http::StatusCode;
use runtime::problem::ProblemCode;
use runtime::random;
use serde_json::json;
use service::connection::ConnectionRef;
use service::json::Patch;
use service::member::MemberRef;
use service::sso_enforcement::{Access, DryRun, Exemption};
use service::{Actor, connection, organization, recovery, sso_enforcement};
use store::{Member, MemberId, Page, Person, PersonId, Profile};
use testkit::identity_provider::IdpBehavior;

const MINUTE: i64 = 60;
const CLIENT: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));
const CLI: &Actor = &Actor::CommandLine;

/// A sso in which Ada is an administrator who has just signed in.
async fn sso() -> (SsoFixture, Member) {
    let sso = SsoFixture::new().await;
    sso.sign_in(&mut sso.browser(), ADA).await;
    let ada = sso.members().await.remove(0);
    let (organization, id) = (sso.organization.clone(), ada.id.clone());
    sso.write(async move |tx| {
        let mut place = tx.organization(&organization);
        place.set_role(&id, "admin").await.map(drop)
    })
    .await;
    (sso, ada)
}

async fn require(sso: &SsoFixture, person: &PersonId) -> Result<DryRun, &'static str> {
    let required = sso_enforcement::enforce(&sso.server.app, person, "acme").await;
    required.map_err(|problem| problem.code.as_str())
}

async fn dry_run(sso: &SsoFixture) -> DryRun {
    sso_enforcement::dry_run(&sso.server.app, "acme")
        .await
        .unwrap()
}

/// Adds a member who has never signed in through an identity provider.
async fn invite(sso: &SsoFixture, email: Option<&str>) -> MemberId {
    let person = Person {
        id: PersonId::from_random(random::bytes()),
        email: email.map(str::to_owned),
        name: None,
        created_at: at(START),
    };
    let member = Member {
        id: MemberId::from_random(random::bytes()),
        organization: sso.organization.clone(),
        person: person.id.clone(),
        role: "member".to_owned(),
        profile: Profile {
            email: email.map(str::to_owned),
            ..Profile::default()
        },
        created_at: at(START),
        deactivated_at: None,
    };
    let id = member.id.clone();
    sso.write(async move |tx| {
        let mut tenant = tx.organization(&member.organization);
        tenant.add_person(&person).await?;
        tenant.add_member(&member).await.map(|added| added.unwrap())
    })
    .await;
    id
}

fn access_of(report: &DryRun, member: &MemberId) -> (Access, &'static str) {
    let one = report
        .members
        .iter()
        .find(|one| one.member == member.as_str());
    one.map(|one| (one.access, one.reason)).unwrap()
}

#[tokio::test]
async fn enforcing_sso_requires_a_recent_sign_in_through_the_connection() {
    let (sso, ada) = sso().await;
    sso.server.clock.set(START + 15 * MINUTE + 1);
    assert_eq!(
        require(&sso, &ada.person).await.unwrap_err(),
        "no-recent-sign-in"
    );
    sso.sign_in(&mut sso.browser(), ADA).await;
    sso.sign_in(&mut sso.browser(), GRACE).await;
    let stranger = PersonId::from_random(random::bytes());
    assert_eq!(
        require(&sso, &stranger).await.unwrap_err(),
        "no-recent-sign-in"
    );
    let report = require(&sso, &ada.person).await.unwrap();
    assert!(report.enforced_since.is_some());
    assert_eq!(report.enforced_by.as_deref(), Some(ada.person.as_str()));
    let shown = organization::show(&sso.server.app, "acme").await.unwrap();
    assert!(shown.sso_enforced);

    let report = sso_enforcement::stop_enforcing(&sso.server.app, CLI, "acme")
        .await
        .unwrap();
    assert_eq!(report.enforced_since, None);
    assert!(
        !organization::show(&sso.server.app, "acme")
            .await
            .unwrap()
            .sso_enforced
    );
    // No member was removed.
    assert_eq!(sso.members().await.len(), 2);
    let events = {
        let mut tx = sso.server.app.store.snapshot().await.unwrap();
        let mut organization = tx.organization(&sso.organization);
        organization.audit_log(&Page::first(9)).await
    };
    let mut actions: Vec<String> = events.unwrap().into_iter().map(|one| one.action).collect();
    actions.sort();
    assert_eq!(
        actions,
        [
            "organization.sso_enforced",
            "organization.sso_enforcement_disabled"
        ]
    );
}

#[tokio::test]
async fn a_test_shows_that_one_can_come_in_unless_it_was_of_a_draft() {
    use crate::test_sign_in::come_back;
    let (sso, ada) = sso().await;
    sso.server.clock.set(START + 20 * MINUTE);
    let place = ConnectionRef::ById(sso.connection.as_str());
    let change = Patch::new(json!({"clock_tolerance_seconds": 30}));
    connection::update_working_copy(&sso.server.app, CLI, place, change)
        .await
        .unwrap();
    come_back(&sso, &mut sso.browser(), ADA, IdpBehavior::Valid).await;
    assert_eq!(
        require(&sso, &ada.person).await.unwrap_err(),
        "no-recent-sign-in"
    );
    connection::publish(&sso.server.app, CLI, place, None)
        .await
        .unwrap();
    require(&sso, &ada.person).await.unwrap();
}

#[tokio::test]
async fn sso_cannot_be_enforced_if_no_member_could_sign_in() {
    let (sso, ada) = sso().await;
    let place = ConnectionRef::ById(sso.connection.as_str());
    connection::disable(&sso.server.app, CLI, place)
        .await
        .unwrap();
    assert_eq!(
        require(&sso, &ada.person).await.unwrap_err(),
        "no-active-connection"
    );
    assert_eq!(
        access_of(&dry_run(&sso).await, &ada.id),
        (Access::LockedOut, "no-active-connection")
    );
    connection::activate(&sso.server.app, CLI, place, None)
        .await
        .unwrap();
    let starter = Patch::new(json!({"plan": "starter"}));
    organization::update(&sso.server.app, CLI, "acme", starter)
        .await
        .unwrap();
    assert_eq!(
        require(&sso, &ada.person).await.unwrap_err(),
        "sso-not-in-plan"
    );
}

#[tokio::test]
async fn a_dry_run_names_who_would_be_locked_out_and_why() {
    let (sso, ada) = sso().await;
    let invited = invite(&sso, Some("grace@acme.example")).await;
    let outside = invite(&sso, Some("kim@elsewhere.example")).await;
    let nameless = invite(&sso, None).await;
    let gone = invite(&sso, Some("old@acme.example")).await;
    let (organization, deactivated) = (sso.organization.clone(), gone.clone());
    sso.write(async move |tx| {
        let mut place = tx.organization(&organization);
        let at = at(START);
        place.deactivate_member(&deactivated, at).await.map(drop)
    })
    .await;
    let report = dry_run(&sso).await;
    assert_eq!(report.locked_out, 2);
    assert_eq!(report.members.len(), 4);
    assert_eq!(
        access_of(&report, &ada.id),
        (Access::Unaffected, "has-account")
    );
    assert_eq!(
        access_of(&report, &invited),
        (Access::FirstSignIn, "pending-first-sign-in")
    );
    assert_eq!(
        access_of(&report, &outside),
        (Access::LockedOut, "email-domain-not-verified")
    );
    assert_eq!(
        access_of(&report, &nameless),
        (Access::LockedOut, "email-missing")
    );
    assert_eq!(report.members[0].access, Access::LockedOut);

    let report = sso_enforcement::exempt(
        &sso.server.app,
        CLI,
        member_ref(outside.as_str()),
        Exemption::Granted,
    )
    .await
    .unwrap();
    assert_eq!(access_of(&report, &outside), (Access::Exempt, "exempt"));
    let report = sso_enforcement::exempt(
        &sso.server.app,
        CLI,
        member_ref(outside.as_str()),
        Exemption::Withdrawn,
    )
    .await
    .unwrap();
    assert_eq!(access_of(&report, &outside).0, Access::LockedOut);
    // What the dry run says is what a sign-in does.
    sso.sign_in(&mut sso.browser(), GRACE).await;
    assert_eq!(
        access_of(&dry_run(&sso).await, &invited),
        (Access::Unaffected, "has-account")
    );
}

fn member_ref(member: &str) -> MemberRef<'_> {
    MemberRef {
        organization: "acme",
        member,
    }
}

#[tokio::test]
async fn a_recovery_code_lets_an_administrator_in_once() {
    let (sso, ada) = sso().await;
    assert!(!dry_run(&sso).await.can_recover);
    let member = member_ref(ada.id.as_str());
    let first = recovery::issue(&sso.server.app, CLI, member).await.unwrap();
    assert_eq!(first.codes.len(), 10);
    let report = dry_run(&sso).await;
    assert!(report.can_recover);
    assert_eq!(report.members[0].recovery_codes, 10);

    let typed = format!(" {} ", first.codes[3].to_uppercase());
    // With another's address it is worth nothing, and stays good.
    for email in ["grace@acme.example", "ada"] {
        let other = recovery::redeem(&sso.server.app, CLIENT, email, &typed).await;
        assert_eq!(other.unwrap_err().code, ProblemCode::InvalidFields);
    }
    let came = recovery::redeem(&sso.server.app, CLIENT, "Ada@Acme.example", &typed)
        .await
        .unwrap();
    assert_eq!(
        (&came.person, &came.organization),
        (&ada.person, &sso.organization)
    );
    let again = recovery::redeem(&sso.server.app, CLIENT, "Ada@Acme.example", &typed)
        .await
        .unwrap_err();
    assert_eq!(
        (again.status, again.code),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::InvalidFields)
    );
    assert_eq!(dry_run(&sso).await.members[0].recovery_codes, 9);

    recovery::issue(&sso.server.app, CLI, member).await.unwrap();
    recovery::redeem(&sso.server.app, CLIENT, "ada@acme.example", &first.codes[4])
        .await
        .unwrap_err();
    for _ in 0..7 {
        recovery::redeem(&sso.server.app, CLIENT, "ada@acme.example", "aaaa")
            .await
            .unwrap_err();
    }
    let slowed = recovery::redeem(&sso.server.app, CLIENT, "ada@acme.example", "aaaa")
        .await
        .unwrap_err();
    assert_eq!(slowed.code, ProblemCode::TooManyRequests);
}

#[tokio::test]
async fn only_admins_have_recovery_codes() {
    let (sso, _) = sso().await;
    let member = invite(&sso, Some("grace@acme.example")).await;
    let refused = recovery::issue(&sso.server.app, CLI, member_ref(member.as_str())).await;
    assert_eq!(refused.unwrap_err().code, ProblemCode::NotAnAdmin);
    let unknown = recovery::issue(&sso.server.app, CLI, member_ref("mem_aaaa")).await;
    assert_eq!(unknown.unwrap_err().status, StatusCode::NOT_FOUND);
}
