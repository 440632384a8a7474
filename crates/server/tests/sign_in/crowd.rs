//! Many at once.

use std::collections::BTreeSet;
use std::sync::Arc;
use test_support::{ADA, SsoFixture};

use axum::http::StatusCode;
use base64_simd::URL_SAFE_NO_PAD;
use serde_json::Value;
use testkit::identity_provider::{IdpBehavior, User};

use crate::tokens::redeem;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_response_that_is_posted_fifty_times_at_once_gives_one_code() {
    let sso = Arc::new(SsoFixture::new().await);
    let mut browser = sso.browser();
    let relay_state = sso.start_sign_in(&mut browser).await;
    let response = sso
        .saml_response(&relay_state, ADA, IdpBehavior::Valid)
        .await;
    let tries: Vec<_> = (0..50)
        .map(|_| {
            let (sso, mut browser) = (Arc::clone(&sso), browser.clone());
            let (response, relay_state) = (response.clone(), relay_state.clone());
            tokio::spawn(async move {
                let answer = sso
                    .post_response(&mut browser, &response, &relay_state)
                    .await;
                (answer.status == StatusCode::SEE_OTHER)
                    .then(|| answer.location_parameter("code").unwrap())
                    .ok_or_else(|| answer.error_code().to_owned())
            })
        })
        .collect();
    let mut codes = Vec::new();
    for one in tries {
        match one.await.unwrap() {
            Ok(code) => codes.push(code),
            Err(refusal) => assert_eq!(refusal, "replayed"),
        }
    }
    assert_eq!(codes.len(), 1);
    assert_eq!(redeem(&sso, &codes[0]).await.status, StatusCode::OK);
    assert_eq!(sso.members().await.len(), 1);
    assert_eq!(sso.attempts().await.len(), 50);
}

fn person(number: usize) -> &'static User {
    let text = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    Box::leak(Box::new(User {
        name_id: text(format!("subject-{number}")),
        email: text(format!("person-{number}@acme.example")),
        first_name: text(format!("Person {number}")),
        ..ADA.clone()
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_sign_ins_that_cross_give_everybody_their_own_name() {
    let sso = Arc::new(SsoFixture::new().await);
    // All are under way before the first comes back.
    let mut under_way = Vec::new();
    for number in 0..200 {
        let mut browser = sso.browser();
        let relay_state = sso.start_sign_in(&mut browser).await;
        under_way.push((number, browser, relay_state));
    }
    let arrivals: Vec<_> = under_way
        .into_iter()
        .rev()
        .map(|(number, mut browser, relay_state)| {
            let sso = Arc::clone(&sso);
            tokio::spawn(async move {
                let response = sso
                    .saml_response(&relay_state, person(number), IdpBehavior::Valid)
                    .await;
                let answer = sso
                    .post_response(&mut browser, &response, &relay_state)
                    .await;
                let tokens = redeem(&sso, &answer.location_parameter("code").unwrap())
                    .await
                    .json();
                let payload = tokens["id_token"]
                    .as_str()
                    .unwrap()
                    .split('.')
                    .nth(1)
                    .unwrap();
                let claims: Value =
                    serde_json::from_slice(&URL_SAFE_NO_PAD.decode_to_vec(payload).unwrap())
                        .unwrap();
                assert_eq!(claims["email"], format!("person-{number}@acme.example"));
                claims["sub"].as_str().unwrap().to_owned()
            })
        })
        .collect();
    let mut subjects = BTreeSet::new();
    for arrival in arrivals {
        subjects.insert(arrival.await.unwrap());
    }
    assert_eq!(subjects.len(), 200);
}
