//! Who becomes a member, and whose e-mail address is believed.

use runtime::random;
use store::{Member, MemberId, Person, PersonId, Profile, Provisioning};
use testkit::identity_provider::IdpBehavior;

use crate::browser::{Answer, Browser};
use crate::console::story;
use crate::harness::{at, *};

async fn arrive(world: &World, person: &'static testkit::identity_provider::User) -> Answer {
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world.response(&handle, person, IdpBehavior::Valid).await;
    world.post_response(&mut browser, &response, &handle).await
}

async fn invite(world: &World, email: &str) -> MemberId {
    let person = Person {
        id: PersonId::from_random(random::bytes()),
        email: Some(email.to_owned()),
        name: None,
        created_at: at(MORNING),
    };
    let member = Member {
        id: MemberId::from_random(random::bytes()),
        organization: world.organization.clone(),
        person: person.id.clone(),
        role: "admin".to_owned(),
        profile: Profile {
            email: Some(email.to_owned()),
            ..Profile::default()
        },
        created_at: at(MORNING),
        deactivated_at: None,
    };
    let id = member.id.clone();
    world
        .write(async move |tx| {
            let mut tenant = tx.organization(&member.organization);
            tenant.add_person(&person).await?;
            tenant.add_member(&member).await.map(|added| added.unwrap())
        })
        .await;
    id
}

#[tokio::test]
async fn by_invitation_only_the_invited_come_in() {
    let world = World::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let ada = invite(&world, "ada@acme.example").await;
    assert!(arrive(&world, ADA).await.parameter("code").is_some());
    assert_eq!(arrive(&world, GRACE).await.refusal(), "not-a-member");
    let members = world.members().await;
    let [member] = members.as_slice() else {
        panic!("{members:?}")
    };
    assert_eq!((&member.id, member.role.as_str()), (&ada, "admin"));
    assert!(member.profile.email_verified_at.is_some());
    // Afterwards the account counts, whatever the address.
    assert!(arrive(&world, ADA).await.parameter("code").is_some());
}

#[tokio::test]
async fn an_address_outside_the_verified_domains_is_hearsay() {
    let world = World::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    invite(&world, "ada@acme.example").await;
    let organization = world.organization.clone();
    world
        .write(async move |tx| {
            tx.organization(&organization)
                .remove_domain("acme.example")
                .await
                .map(drop)
        })
        .await;
    let page = arrive(&world, ADA).await;
    story(&world, &page, "email-domain-not-verified").await;

    // Another organization that has the domain changes nothing about it.
    let globex = world.add_organization("globex", "enterprise").await;
    world.add_domain(&globex, "acme.example").await;
    assert_eq!(
        arrive(&world, ADA).await.refusal(),
        "email-domain-not-verified"
    );
}

#[tokio::test]
async fn who_joins_with_a_foreign_address_has_none_that_is_verified() {
    let world = World::new().await;
    let invited = invite(&world, "ada@acme.example").await;
    let organization = world.organization.clone();
    world
        .write(async move |tx| {
            tx.organization(&organization)
                .remove_domain("acme.example")
                .await
                .map(drop)
        })
        .await;
    assert!(arrive(&world, ADA).await.parameter("code").is_some());
    let members = world.members().await;
    let newcomer = members.iter().find(|member| member.id != invited).unwrap();
    assert_eq!(newcomer.profile.email.as_deref(), Some("ada@acme.example"));
    assert_eq!(newcomer.profile.email_verified_at, None);
}

#[tokio::test]
async fn a_deactivated_member_stays_outside_by_every_account() {
    let world = World::new().await;
    assert!(arrive(&world, ADA).await.parameter("code").is_some());
    let (organization, member) = (
        world.organization.clone(),
        world.members().await.remove(0).id,
    );
    world
        .write(async move |tx| {
            tx.organization(&organization)
                .deactivate_member(&member, at(MORNING))
                .await
                .map(drop)
        })
        .await;
    let page = arrive(&world, ADA).await;
    story(&world, &page, "member-deactivated").await;

    let second = world
        .add_connection(&world.organization, settings_of_practice())
        .await;
    let mut browser = Browser::default();
    let handle = world
        .begin_with(&mut browser, &[("connection", second.as_str())])
        .await;
    let to = testkit::identity_provider::ResponseTarget {
        acs_url: format!("{ORIGIN}{}", acs_of(&second)),
        ..world.addressee(Some(world.request_of(&handle).await))
    };
    let response = world.answer(&to, ADA, IdpBehavior::Valid);
    let fields = [
        ("SAMLResponse", response.as_str()),
        ("RelayState", handle.as_str()),
    ];
    let page = browser.post(&world, &acs_of(&second), &fields).await;
    assert_eq!(page.refusal(), "member-deactivated");
    assert_eq!(world.members().await.len(), 1);
}

#[tokio::test]
async fn an_invitation_without_an_email_matches_no_user() {
    let world = World::with(|settings| settings.provisioning = Provisioning::InvitationOnly).await;
    let mut browser = Browser::default();
    let handle = world.begin(&mut browser).await;
    let response = world
        .response(&handle, ADA, IdpBehavior::NoAttributes)
        .await;
    assert_eq!(
        world
            .post_response(&mut browser, &response, &handle)
            .await
            .refusal(),
        "email-missing"
    );
    assert!(world.members().await.is_empty());
}
