//! Responses as real identity providers send them, by what they make of a member.

use axum::http::StatusCode;
use store::{
    ConnectionId, ConnectionSettings, GroupSeparator, Identity, IdpAccount, Member, Provider,
    RoleRule,
};
use test_support::{START, SsoFixture, at, connection_settings};

use crate::captured_responses::post_answer;
use crate::invitation::invite;

const ISSUER: &str = "https://idp.example.org/idp";

fn read_file(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/field");
    std::fs::read_to_string(format!("{folder}/{name}")).unwrap()
}

fn settings(group_with_role: &str) -> ConnectionSettings {
    ConnectionSettings {
        issuer: ISSUER.to_owned(),
        entity_id: Some("https://sso.example.net/saml".to_owned()),
        acs_url: Some("https://sso.example.net/saml/con_a/acs".to_owned()),
        role_rules: vec![RoleRule {
            group: group_with_role.to_owned(),
            role: "admin".to_owned(),
        }],
        ..connection_settings()
    }
}

async fn add_connection(sso: &SsoFixture, settings: ConnectionSettings) -> ConnectionId {
    let now = saml::parse_xs_date_time("2026-11-24T12:00:30Z").unwrap();
    sso.server.clock.set(now.as_second());
    let certificate: String = read_file("idp.crt")
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    sso.add_connection_with_certificate(&sso.organization, settings, certificate)
        .await
}

async fn post(sso: &SsoFixture, connection: ConnectionId, file: &str) {
    let request = "_req4711".to_owned();
    let response = post_answer(sso, connection, request, &read_file(file)).await;
    assert_eq!(response.status, StatusCode::SEE_OTHER, "{}", response.text);
}

/// Signs in with a response. Returns the only member.
async fn sign_in(settings: ConnectionSettings, file: &str) -> Member {
    let sso = SsoFixture::new().await;
    let connection = add_connection(&sso, settings).await;
    post(&sso, connection, file).await;
    let [member]: [Member; 1] = sso.members().await.try_into().unwrap();
    member
}

#[tokio::test]
async fn one_distinguished_name_is_one_group_of_ping_federate() {
    let name = "CN=App Admins,OU=Groups,DC=acme,DC=example";
    let settings = ConnectionSettings {
        provider: Provider::PingFederate,
        ..settings(name)
    };
    let member = sign_in(settings, "30-pingfederate-one-dn.xml").await;
    assert_eq!(member.profile.groups, [name]);
    assert_eq!(member.role, "admin");
}

#[tokio::test]
async fn the_last_of_1001_groups_gives_its_role() {
    let member = sign_in(settings("zz-app-admins"), "31-1001-groups.xml").await;
    assert_eq!(member.role, "admin");
    assert_eq!(member.profile.groups.len(), 1000);
}

#[tokio::test]
async fn a_domain_in_capitals_is_the_same_member() {
    let sso = SsoFixture::new().await;
    let connection = add_connection(&sso, settings("admins")).await;
    let ada = invite(&sso, Some("ada@acme.example"), "member").await;
    let identity = Identity {
        account: IdpAccount {
            connection: connection.clone(),
            issuer: ISSUER.to_owned(),
            subject: r#"["name-id","ada@acme.example",null,null]"#.to_owned(),
        },
        member: ada.clone(),
        created_at: at(START),
    };
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        let mut scope = tx.organization(&organization);
        scope.add_identity(&identity).await?.unwrap();
        Ok(())
    })
    .await;
    post(&sso, connection, "33-name-id-domain-in-capitals.xml").await;
    let [member]: [Member; 1] = sso.members().await.try_into().unwrap();
    assert_eq!(member.id, ada);
}

#[tokio::test]
async fn the_address_in_the_verified_domain_is_preferred() {
    let member = sign_in(settings("admins"), "35-two-mail-values.xml").await;
    assert_eq!(member.profile.email.as_deref(), Some("ada@acme.example"));
    assert!(member.profile.email_verified_at.is_some());
}

#[tokio::test]
async fn groups_in_one_value_are_split_at_the_separator_of_the_connection() {
    let mut settings = settings("app-admins");
    settings.policy.group_separator = Some(GroupSeparator::Semicolon);
    let member = sign_in(settings.clone(), "36-groups-joined.xml").await;
    assert_eq!(member.profile.groups, ["all", "app-admins", "staff"]);
    assert_eq!(member.role, "admin");

    settings.policy.group_separator = None;
    let member = sign_in(settings, "36-groups-joined.xml").await;
    assert_eq!(member.profile.groups, ["staff;app-admins;all"]);
    assert_eq!(member.role, "member");
}
