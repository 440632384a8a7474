//! Role rules, which are evaluated at each sign-in.

use store::{Member, Page, RoleRule};
use test_support::{ADA, GRACE, SsoFixture, acs_path};
use testkit::identity_provider::User;

fn rule(group: &str, role: &str) -> RoleRule {
    RoleRule {
        group: group.to_owned(),
        role: role.to_owned(),
    }
}

async fn world_with(rules: &'static [(&'static str, &'static str)]) -> SsoFixture {
    SsoFixture::with(|settings| {
        settings.role_rules = rules
            .iter()
            .map(|(group, role)| rule(group, role))
            .collect();
    })
    .await
}

async fn sign_in(sso: &SsoFixture, person: &User) -> Member {
    sso.sign_in(&mut sso.browser(), person).await;
    let members = sso.members().await;
    let is_theirs = |one: &Member| one.profile.email.as_deref() == Some(person.email);
    members.into_iter().find(is_theirs).unwrap()
}

async fn role_events(sso: &SsoFixture) -> Vec<(String, Option<String>, Option<String>)> {
    let mut tx = sso.server.app.store.snapshot().await.unwrap();
    let mut organization = tx.organization(&sso.organization);
    let events = organization.audit_log(&Page::first(50)).await.unwrap();
    let events = events.into_iter();
    events
        .filter(|event| event.action == "member.role_changed")
        .map(|event| (event.actor, event.before, event.after))
        .collect()
}

#[tokio::test]
async fn a_group_gives_a_role_and_takes_it_away_again() {
    let sso = world_with(&[("administrators", "admin")]).await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "admin");
    assert_eq!(sign_in(&sso, ADA).await.role, "member");
    assert!(role_events(&sso).await.is_empty());

    let demoted = User {
        groups: &["everybody"],
        ..GRACE.clone()
    };
    assert_eq!(sign_in(&sso, &demoted).await.role, "member");
    let [(actor, before, after)] = role_events(&sso).await.try_into().unwrap();
    assert_eq!(actor, sso.connection.to_string());
    assert_eq!(before.as_deref(), Some(r#"{"role":"admin"}"#));
    assert_eq!(after.as_deref(), Some(r#"{"role":"member"}"#));
}

#[tokio::test]
async fn a_member_who_leaves_all_groups_loses_their_roles() {
    let sso = world_with(&[("administrators", "admin")]).await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "admin");
    let left = User {
        groups: &[],
        ..GRACE.clone()
    };
    assert_eq!(sign_in(&sso, &left).await.role, "member");
}

#[tokio::test]
async fn the_first_who_comes_is_no_admin_for_that() {
    let sso = SsoFixture::new().await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "member");
}

#[tokio::test]
async fn without_role_rules_a_manually_assigned_role_is_kept() {
    let sso = SsoFixture::new().await;
    let member = sign_in(&sso, GRACE).await;
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        let mut place = tx.organization(&organization);
        place.set_role(&member.id, "admin").await.map(drop)
    })
    .await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "admin");
    assert!(role_events(&sso).await.is_empty());
}

#[tokio::test]
async fn a_connection_that_was_only_begun_is_not_active() {
    let sso = SsoFixture::new().await;
    let organization = sso.add_organization("globex", "enterprise").await;
    let settings = serde_json::json!({"name": "Begun"});
    let settings = service::json::from_value(settings).unwrap();
    let actor = service::Actor::CommandLine;
    let made =
        service::connection::create(&sso.server.app, &actor, organization.as_str(), settings)
            .await
            .unwrap();
    let mut browser = sso.browser();
    let address = sso.authorize_path(&[("connection", &made.id)]);
    let answer = browser.get(&address).await;
    assert_eq!(answer.error_code(), "connection-not-active");
    let acs = acs_path(&store::ConnectionId::parse(&made.id).unwrap());
    let response = sso.server.build_response(
        &sso.response_target(None),
        ADA,
        testkit::identity_provider::IdpBehavior::Valid,
    );
    let answer = browser
        .post(&acs, &[("SAMLResponse", response.as_str())])
        .await;
    assert_eq!(answer.error_code(), "connection-not-active");
}
