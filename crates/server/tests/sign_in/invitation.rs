//! Members who have never signed in.

use runtime::random;
use store::{Member, MemberId, Person, PersonId, Profile};
use test_support::{START, SsoFixture, at};

/// Adds a member with this role who has never signed in.
pub(crate) async fn invite(sso: &SsoFixture, email: Option<&str>, role: &str) -> MemberId {
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
        role: role.to_owned(),
        profile: Profile {
            email: email.map(str::to_owned),
            ..Profile::default()
        },
        created_at: at(START),
        joined_at: None,
        invited_email: email.map(str::to_owned),
        invitation_sent_at: None,
        deactivated_at: None,
    };
    let id = member.id.clone();
    sso.write(async move |tx| {
        let mut scope = tx.organization(&member.organization);
        scope.add_person(&person).await?;
        scope.add_member(&member).await.map(|added| added.unwrap())
    })
    .await;
    id
}
