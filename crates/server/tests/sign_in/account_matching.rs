//! Which member an account belongs to, and what the attempt says about it.

use serde_json::{Value, json};
use store::{Identity, IdpAccount, Member, MemberId, UnverifiedEmail};
use test_support::{ADA, START, SsoFixture, at, connection_settings};
use testkit::identity_provider::User;

use crate::role_mapping::with_admin_rule;

/// Signs a user in with a new browser. Returns the warnings of the attempt.
async fn sign_in(sso: &SsoFixture, user: &User) -> Vec<Value> {
    sso.sign_in(&mut sso.browser(), user).await;
    let attempt = sso.attempts().await.remove(0);
    let checks: Vec<Value> = serde_json::from_str(&attempt.checks).unwrap();
    let warnings = checks.into_iter();
    warnings
        .filter(|check| check["outcome"] == "warning")
        .collect()
}

fn with_name_id_and_email(name_id: &'static str, email: &'static str) -> User {
    User {
        name_id,
        email,
        ..ADA.clone()
    }
}

/// A connection that identifies accounts by the email attribute.
async fn with_email_as_subject() -> SsoFixture {
    SsoFixture::with(|settings| settings.subject_attribute = Some("email".to_owned())).await
}

#[tokio::test]
async fn another_spelling_of_the_domain_is_the_same_member() {
    let sso = with_email_as_subject().await;
    for email in ["ada@acme.example", "ada@ACME.EXAMPLE", "ada@Acme.Example"] {
        sign_in(&sso, &with_name_id_and_email("ada", email)).await;
    }
    assert_eq!(sso.members().await.len(), 1);
    // The part before the domain may be another person.
    sign_in(&sso, &with_name_id_and_email("ada", "ADA@acme.example")).await;
    assert_eq!(sso.members().await.len(), 2);
}

/// Gives the account with this subject to a member, as it was stored before domains were normalized.
async fn add_account(sso: &SsoFixture, member: &MemberId, subject: &str) {
    let identity = Identity {
        account: IdpAccount {
            connection: sso.connection.clone(),
            issuer: connection_settings().issuer,
            subject: subject.to_owned(),
        },
        member: member.clone(),
        created_at: at(START),
    };
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.add_identity(&identity).await?.unwrap();
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_account_that_was_stored_as_it_was_sent_is_still_found() {
    let sso = with_email_as_subject().await;
    sign_in(&sso, &with_name_id_and_email("ada", "grace@acme.example")).await;
    let [member]: [Member; 1] = sso.members().await.try_into().unwrap();
    add_account(
        &sso,
        &member.id,
        r#"["attribute","email","ada@ACME.example"]"#,
    )
    .await;
    for email in ["ada@ACME.example", "ada@acme.example", "ada@acme.EXAMPLE"] {
        sign_in(&sso, &with_name_id_and_email("ada", email)).await;
    }
    assert_eq!(sso.members().await.len(), 1);
}

#[tokio::test]
async fn a_second_member_with_the_same_verified_address_warns_on_the_attempt() {
    let sso = SsoFixture::new().await;
    assert!(
        sign_in(&sso, &with_name_id_and_email("one", "ada@acme.example"))
            .await
            .is_empty()
    );
    let first = sso.members().await.remove(0);
    let warnings = sign_in(&sso, &with_name_id_and_email("two", "ada@acme.example")).await;
    let [warning] = warnings.as_slice() else {
        panic!("{warnings:?}")
    };
    assert_eq!(warning["name"], "same-email");
    assert_eq!(warning["received"], json!(first.id));

    // The same happens when a member's address becomes that of another member.
    sign_in(&sso, &with_name_id_and_email("three", "grace@acme.example")).await;
    let warnings = sign_in(&sso, &with_name_id_and_email("three", "ada@acme.example")).await;
    assert_eq!(warnings.len(), 1);
    assert_eq!(sso.members().await.len(), 3);
}

#[tokio::test]
async fn an_unverified_address_of_another_member_is_no_warning() {
    let sso = SsoFixture::with(|settings| {
        settings.policy.unverified_email = Some(UnverifiedEmail::Admit);
    })
    .await;
    sign_in(&sso, &with_name_id_and_email("one", "ada@home.example")).await;
    let warnings = sign_in(&sso, &with_name_id_and_email("two", "ada@home.example")).await;
    assert!(warnings.is_empty(), "{warnings:?}");
}

#[tokio::test]
async fn a_role_rule_sees_a_group_that_applications_do_not_receive() {
    let sso = with_admin_rule().await;
    let names: Vec<String> = (0..1000).map(|number| format!("a{number}")).collect();
    let mut groups: Vec<&str> = names.iter().map(String::as_str).collect();
    groups.push("administrators");
    groups.push("zzz");
    let long = "z".repeat(513);
    groups.push(&long);
    let user = User {
        groups: Vec::leak(
            groups
                .iter()
                .map(|one| &*String::leak((*one).to_owned()))
                .collect(),
        ),
        ..ADA.clone()
    };
    let warnings = sign_in(&sso, &user).await;
    assert_eq!(warnings[0]["name"], "groups-left-out");
    assert_eq!(warnings[0]["expected"], "at most 1000");
    assert_eq!(warnings[0]["received"], "1002");
    assert_eq!(warnings[1]["name"], "groups-too-long");
    assert_eq!(warnings[1]["received"], "1");
    let [member]: [Member; 1] = sso.members().await.try_into().unwrap();
    assert_eq!(member.role, "admin");
    assert_eq!(member.profile.groups.len(), 1000);
    assert!(member.profile.groups.contains(&"administrators".to_owned()));
}
