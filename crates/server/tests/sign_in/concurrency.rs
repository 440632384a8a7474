//! Sign-ins that are completed at the same time.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use store::Provisioning;
use test_support::{ADA, Engine, SsoFixture, each_database};
use testkit::identity_provider::{IdpBehavior, User};

use crate::tokens::{id_token_claims, redeem_code};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_response_that_is_posted_50_times_concurrently_gives_one_code() {
    let sso = Arc::new(SsoFixture::new().await);
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let posts: Vec<_> = (0..50)
        .map(|_| {
            let sso = Arc::clone(&sso);
            let mut browser = browser.clone();
            let response = response.clone();
            let relay_state = relay_state.clone();
            tokio::spawn(async move {
                sso.post_response(&mut browser, &response, &relay_state)
                    .await
            })
        })
        .collect();
    let mut codes = Vec::new();
    for post in posts {
        let response = post.await.unwrap();
        if response.status == StatusCode::SEE_OTHER {
            codes.push(response.location_parameter("code").unwrap());
        } else {
            assert_eq!(response.error_code(), "replayed");
        }
    }
    assert_eq!(codes.len(), 1);
    assert_eq!(redeem_code(&sso, &codes[0]).await.status, StatusCode::OK);
    assert_eq!(sso.members().await.len(), 1);
    assert_eq!(sso.attempts().await.len(), 50);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_200_concurrent_sign_ins_each_user_receives_their_own_claims() {
    let sso = Arc::new(SsoFixture::new().await);
    // All sign-ins are started before the first one is completed.
    let mut started = Vec::new();
    for number in 0..200 {
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        started.push((number, browser, relay_state));
    }
    let completions: Vec<_> = started
        .into_iter()
        .rev()
        .map(|(number, mut browser, relay_state)| {
            let sso = Arc::clone(&sso);
            tokio::spawn(async move {
                let user = numbered_user(number);
                let redirect = sso
                    .complete_sign_in(&mut browser, &relay_state, user, IdpBehavior::Valid)
                    .await;
                let code = redirect.location_parameter("code").unwrap();
                let claims = id_token_claims(&redeem_code(&sso, &code).await);
                assert_eq!(claims["email"], user.email);
                claims["sub"].as_str().unwrap().to_owned()
            })
        })
        .collect();
    let mut subjects = BTreeSet::new();
    for completion in completions {
        subjects.insert(completion.await.unwrap());
    }
    assert_eq!(subjects.len(), 200);
}

/// One of many users of the identity provider.
fn numbered_user(number: usize) -> &'static User {
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    Box::leak(Box::new(User {
        name_id: leak(format!("subject-{number}")),
        email: leak(format!("user-{number}@acme.example")),
        first_name: leak(format!("User {number}")),
        ..ADA.clone()
    }))
}

/// Four accounts at the identity provider with one address.
fn namesakes() -> [User; 4] {
    ["p-1", "p-2", "p-3", "p-4"].map(|name_id| User { name_id, ..*ADA })
}

#[apply(each_database)]
async fn one_of_four_concurrent_sign_ins_accepts_an_invitation(#[case] engine: Engine) {
    let sso = SsoFixture::on(engine, |settings| {
        settings.provisioning = Provisioning::InvitationOnly;
    });
    let sso = Arc::new(sso.await);
    let invited = json!({ "email": "ada@acme.example" });
    sso.server
        .api
        .create("/organizations/acme/members", invited)
        .await;
    let mut started = Vec::new();
    for user in namesakes() {
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        started.push((browser, relay_state, user));
    }
    let completions: Vec<_> = started
        .into_iter()
        .map(|(mut browser, relay_state, user)| {
            let sso = Arc::clone(&sso);
            tokio::spawn(async move {
                sso.complete_sign_in(&mut browser, &relay_state, &user, IdpBehavior::Valid)
                    .await
            })
        })
        .collect();
    let mut accepted = 0;
    for completion in completions {
        let response = completion.await.unwrap();
        if response.status == StatusCode::SEE_OTHER {
            accepted += 1;
        } else {
            assert_eq!(response.error_code(), "not-a-member");
        }
    }
    assert_eq!(accepted, 1);
    assert_eq!(sso.members().await.len(), 1);
}

#[apply(each_database)]
async fn one_of_four_concurrent_invitations_adds_a_member(#[case] engine: Engine) {
    let sso = Arc::new(SsoFixture::on(engine, |_| {}).await);
    let invitations: Vec<_> = (0..4)
        .map(|_| {
            let sso = Arc::clone(&sso);
            tokio::spawn(async move {
                let invited = json!({ "email": "ada@acme.example" });
                let api = &sso.server.api;
                api.post("/organizations/acme/members", invited)
                    .await
                    .status
            })
        })
        .collect();
    let mut statuses = Vec::new();
    for invitation in invitations {
        statuses.push(invitation.await.unwrap());
    }
    statuses.sort();
    let conflict = StatusCode::CONFLICT;
    assert_eq!(
        statuses,
        [StatusCode::CREATED, conflict, conflict, conflict]
    );
    assert_eq!(sso.members().await.len(), 1);
}

/// A company whose members all come from one address, with a clock that stands still.
#[tokio::test]
async fn sign_ins_of_a_whole_office_are_not_limited() {
    let sso = SsoFixture::new().await;
    for number in 0..600 {
        let mut browser = sso.server.browser_at([203, 0, 113, 9]);
        let relay_state = sso.start_sign_in(&mut browser).await;
        let name_id: &'static str = format!("p-{number}").leak();
        let user = User { name_id, ..*ADA };
        let redirect = sso
            .complete_sign_in(&mut browser, &relay_state, &user, IdpBehavior::Valid)
            .await;
        assert!(redirect.location_parameter("code").is_some(), "{number}");
    }
}
