//! Who becomes a member, and whose e-mail address is believed.

use runtime::random;
use store::{Member, MemberId, Person, PersonId, Profile, Provisioning};
use test_support::{
    ADA, GRACE, ORIGIN, START, SsoFixture, TestResponse, acs_path, at, connection_settings,
};
use testkit::identity_provider::IdpBehavior;

use crate::attempt_page::failed_attempt;

async fn arrive(
    sso: &SsoFixture,
    person: &'static testkit::identity_provider::User,
) -> TestResponse {
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, person, IdpBehavior::Valid)
        .await;
    sso.post_response(&mut browser, &response, &relay_state)
        .await
}

async fn invite(sso: &SsoFixture, email: &str) -> MemberId {
    let person = Person {
        id: PersonId::from_random(random::bytes()),
        email: Some(email.to_owned()),
        name: None,
        created_at: at(START),
    };
    let member = Member {
        id: MemberId::from_random(random::bytes()),
        organization: sso.organization.clone(),
        person: person.id.clone(),
        role: "admin".to_owned(),
        profile: Profile {
            email: Some(email.to_owned()),
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

#[tokio::test]
async fn by_invitation_only_the_invited_come_in() {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let ada = invite(&sso, "ada@acme.example").await;
    assert!(arrive(&sso, ADA).await.location_parameter("code").is_some());
    assert_eq!(arrive(&sso, GRACE).await.error_code(), "not-a-member");
    let members = sso.members().await;
    let [member] = members.as_slice() else {
        panic!("{members:?}")
    };
    assert_eq!((&member.id, member.role.as_str()), (&ada, "admin"));
    assert!(member.profile.email_verified_at.is_some());
    // Afterwards the account counts, whatever the address.
    assert!(arrive(&sso, ADA).await.location_parameter("code").is_some());
}

#[tokio::test]
async fn an_address_outside_the_verified_domains_is_hearsay() {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    invite(&sso, "ada@acme.example").await;
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        tx.organization(&organization)
            .remove_domain("acme.example")
            .await
            .map(drop)
    })
    .await;
    let page = arrive(&sso, ADA).await;
    failed_attempt(&sso, &page, "email-domain-not-verified").await;

    // Another organization that has the domain changes nothing about it.
    let globex = sso.add_organization("globex", "enterprise").await;
    sso.add_domain(&globex, "acme.example").await;
    assert_eq!(
        arrive(&sso, ADA).await.error_code(),
        "email-domain-not-verified"
    );
}

#[tokio::test]
async fn who_joins_with_a_foreign_address_has_none_that_is_verified() {
    let sso = SsoFixture::new().await;
    let invited = invite(&sso, "ada@acme.example").await;
    let organization = sso.organization.clone();
    sso.write(async move |tx| {
        tx.organization(&organization)
            .remove_domain("acme.example")
            .await
            .map(drop)
    })
    .await;
    assert!(arrive(&sso, ADA).await.location_parameter("code").is_some());
    let members = sso.members().await;
    let newcomer = members.iter().find(|member| member.id != invited).unwrap();
    assert_eq!(newcomer.profile.email.as_deref(), Some("ada@acme.example"));
    assert_eq!(newcomer.profile.email_verified_at, None);
}

#[tokio::test]
async fn a_deactivated_member_stays_outside_by_every_account() {
    let sso = SsoFixture::new().await;
    assert!(arrive(&sso, ADA).await.location_parameter("code").is_some());
    let (organization, member) = (sso.organization.clone(), sso.members().await.remove(0).id);
    sso.write(async move |tx| {
        tx.organization(&organization)
            .deactivate_member(&member, at(START))
            .await
            .map(drop)
    })
    .await;
    let page = arrive(&sso, ADA).await;
    failed_attempt(&sso, &page, "member-deactivated").await;

    let second = sso
        .add_connection(&sso.organization, connection_settings())
        .await;
    let mut browser = sso.browser();
    let relay_state = sso
        .start_sign_in_with(&mut browser, &[("connection", second.as_str())])
        .await;
    let to = testkit::identity_provider::ResponseTarget {
        acs_url: format!("{ORIGIN}{}", acs_path(&second)),
        ..sso.response_target(Some(sso.server.authn_request_id(&relay_state).await))
    };
    let response = sso.server.build_response(&to, ADA, IdpBehavior::Valid);
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", relay_state.as_str()),
    ];
    let page = browser.post(&acs_path(&second), &fields).await;
    assert_eq!(page.error_code(), "member-deactivated");
    assert_eq!(sso.members().await.len(), 1);
}

#[tokio::test]
async fn an_invitation_without_an_email_matches_no_user() {
    let sso =
        SsoFixture::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::NoAttributes)
        .await;
    assert_eq!(
        sso.post_response(&mut browser, &response, &relay_state)
            .await
            .error_code(),
        "email-missing"
    );
    assert!(sso.members().await.is_empty());
}
