//! Role rules, which are evaluated at each sign-in.

use store::{AuditEntry, AuditFilter, Member, Page, RoleRule};
use test_support::{ADA, GRACE, SsoFixture};
use testkit::identity_provider::User;

/// A fixture whose connection gives the role `admin` to the group `administrators`.
pub(crate) async fn with_admin_rule() -> SsoFixture {
    SsoFixture::with(|settings| {
        settings.role_rules = vec![RoleRule {
            group: "administrators".to_owned(),
            role: "admin".to_owned(),
        }];
    })
    .await
}

/// Signs a user in. Returns the member.
async fn sign_in(sso: &SsoFixture, user: &User) -> Member {
    sso.sign_in(&mut sso.browser(), user).await;
    let members = sso.members().await;
    let has_email = |member: &Member| member.profile.email.as_deref() == Some(user.email);
    members.into_iter().find(has_email).unwrap()
}

/// The changes of roles in the audit log.
async fn role_changes(sso: &SsoFixture) -> Vec<AuditEntry> {
    let mut tx = sso.server.app.store.snapshot().await.unwrap();
    let mut scope = tx.organization(&sso.organization);
    let mut entries = scope
        .audit_log(&AuditFilter::default(), &Page::first(50))
        .await
        .unwrap();
    entries.retain(|entry| entry.action == "member.role_changed");
    entries
}

#[tokio::test]
async fn a_member_has_the_role_of_the_group_at_each_sign_in() {
    let sso = with_admin_rule().await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "admin");
    assert_eq!(sign_in(&sso, ADA).await.role, "member");
    assert!(role_changes(&sso).await.is_empty());

    let demoted = User {
        groups: &["everybody"],
        ..GRACE.clone()
    };
    assert_eq!(sign_in(&sso, &demoted).await.role, "member");
    let [change] = role_changes(&sso).await.try_into().unwrap();
    assert_eq!(change.actor, sso.connection.to_string());
    assert_eq!(change.before.as_deref(), Some(r#"{"role":"admin"}"#));
    assert_eq!(change.after.as_deref(), Some(r#"{"role":"member"}"#));
}

#[tokio::test]
async fn a_member_without_groups_has_the_default_role() {
    let sso = with_admin_rule().await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "admin");
    let without_groups = User {
        groups: &[],
        ..GRACE.clone()
    };
    assert_eq!(sign_in(&sso, &without_groups).await.role, "member");
}

#[tokio::test]
async fn the_first_member_of_an_organization_is_not_automatically_an_admin() {
    let sso = SsoFixture::new().await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "member");
}

#[tokio::test]
async fn without_role_rules_a_manually_assigned_role_is_kept() {
    let sso = SsoFixture::new().await;
    let member = sign_in(&sso, GRACE).await;
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.set_role(&member.id, "admin").await.map(drop)
    })
    .await;
    assert_eq!(sign_in(&sso, GRACE).await.role, "admin");
    assert!(role_changes(&sso).await.is_empty());
}
