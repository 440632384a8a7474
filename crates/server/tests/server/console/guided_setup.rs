//! The guided setup in the console.

use axum::http::StatusCode;
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestServer, each_database};

use super::idp_metadata::idp_metadata;
use super::organization::{create_acme_with_ada, create_other_with_eve, first_connection};
use super::page_text::main_text;
use super::setup_steps::{REVIEW, SAVE, start_setup, submit_step, verify_domain};

/// The steps of the guided setup.
const STEPS: [&str; 8] = [
    "provider",
    "instructions",
    "instructions/1",
    "idp-details",
    "attributes",
    "test",
    "domain",
    "activate",
];

#[apply(each_database)]
async fn the_guided_setup_leads_from_the_provider_to_an_active_connection(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;

    let metadata = idp_metadata("rsa-2048.crt");
    let provider_step = format!("{base}/idp-details");
    let review = [("pasted", metadata.as_str()), REVIEW];
    let reviewed = submit_step(&mut ada, &provider_step, &review).await;
    assert!(reviewed.text.contains("Details to save"));
    let save = [("pasted", metadata.as_str()), SAVE];
    let saved = ada.submit(&reviewed, &provider_step, &save).await;
    let attributes = format!("{base}/attributes");
    assert_eq!(saved.location(), attributes);

    let roles = [("email", "mail"), ("default_role", "member")];
    let saved = submit_step(&mut ada, &attributes, &roles).await;
    let test = format!("{base}/test");
    assert_eq!(saved.location(), test);
    let redirect = submit_step(&mut ada, &test, &[]).await;
    let sign_on_url = "https://idp.acme.example/sso?SAMLRequest=";
    assert!(redirect.location().starts_with(sign_on_url));

    verify_domain(&server, &mut ada, &format!("{base}/domain")).await;
    let activate = format!("{base}/activate");
    let page = ada.get(&activate).await;
    assert_snapshot!(main_text(&page), @"
    Acme
    Keycloak · Step 7 of 7
    Activation
    Identity provider (done)
    Provider configuration
    Provider details (done)
    Attributes and roles (done)
    Test
    Domain (done)
    Activation
    Who is affected
    1 member will be able to sign in through your identity provider.
    Anyone who signs in with an email address at acme.example will be redirected to your identity provider.
    Members stay signed in, and their existing sign-in methods keep working.
    You can disable the connection and restore earlier settings at any time.
    These settings haven’t been tested yet: Test
    Test connection
    Activate without testing
    Back
    ");
    let activated = ada.submit(&page, &activate, &[]).await;
    let page = ada.get(activated.location()).await;
    assert!(page.text.contains("Connection active"));
    assert!(
        page.visible_text()
            .contains("Provider configuration (done)")
    );
    let advice = "Verify a domain so members can sign in";
    assert!(!page.text.contains(advice));
    assert_eq!(first_connection(&server).await["state"], "active");
}

#[apply(each_database)]
async fn each_instruction_leads_to_the_next_one(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let instructions = format!("{base}/instructions");
    let first = ada.get(&instructions).await;
    assert_eq!(first.location(), format!("{instructions}/1"));
    for number in 1..=5 {
        let path = format!("{instructions}/{number}");
        let page = ada.get(&path).await;
        assert!(page.text.contains("Step 2 of 7"));
        let title = format!("Instruction {number} of 5");
        assert!(page.text.contains(&title));
        let done = ada.submit(&page, &path, &[("done", "1")]).await;
        let next = match number {
            5 => format!("{base}/idp-details"),
            _ => format!("{instructions}/{}", number + 1),
        };
        assert_eq!(done.location(), next);
    }
    let after_the_last = ada.get(&format!("{instructions}/6")).await;
    assert_eq!(after_the_last.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn an_instruction_can_be_marked_as_not_done(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let instructions = format!("{base}/instructions");
    for number in 1..=5 {
        let path = format!("{instructions}/{number}");
        submit_step(&mut ada, &path, &[("done", "1")]).await;
    }
    let last = format!("{instructions}/5");
    let page = ada.get(&last).await;
    assert!(page.text.contains("Mark as not done"));
    let reopened = ada.submit(&page, &last, &[("reopen", "1")]).await;
    assert_eq!(reopened.location(), last);
    // The setup continues with this instruction.
    assert_eq!(ada.get(&base).await.location(), instructions);
    assert_eq!(ada.get(&instructions).await.location(), last);
}

#[apply(each_database)]
async fn the_step_for_attributes_starts_with_defaults(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let page = ada.get(&format!("{base}/attributes")).await;
    let advice = "The defaults work for most setups. After a test, you can see what your identity provider sends.";
    assert!(page.text.contains(advice));
    // The default role and three rows for rules. Leaving them unchanged makes no user an admin.
    let member = "<option selected>member</option>";
    assert_eq!(page.text.matches(member).count(), 4, "{}", page.text);
    assert!(!page.text.contains("<option selected>admin</option>"));
}

#[apply(each_database)]
async fn an_invalid_role_is_rejected_and_the_input_is_kept(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let invalid = [
        ("email", "mail"),
        ("group", "it"),
        ("role", "king"),
        ("default_role", "member"),
    ];
    let attributes = format!("{base}/attributes");
    let rejected = submit_step(&mut ada, &attributes, &invalid).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_snapshot!("attributes_step_with_an_invalid_role", rejected.main_html());
}

#[apply(each_database)]
async fn attributes_and_role_rules_are_saved(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let valid = [
        ("email", "mail"),
        ("group", "it"),
        ("role", "admin"),
        ("group", ""),
        ("role", "admin"),
        ("default_role", "member"),
    ];
    let attributes = format!("{base}/attributes");
    let saved = submit_step(&mut ada, &attributes, &valid).await;
    assert_eq!(saved.location(), format!("{base}/test"));
    let connection = first_connection(&server).await;
    assert_eq!(connection["attributes"]["email"], "mail");
    let rules = json!([{ "group": "it", "role": "admin" }]);
    assert_eq!(connection["role_rules"], rules);
}

#[apply(each_database)]
async fn the_attributes_of_an_unknown_provider_are_not_listed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "other").await;
    let page = ada.get(&format!("{base}/attributes")).await;
    assert!(!page.text.contains("Must be added"));
}

#[apply(each_database)]
async fn a_pending_domain_is_removed_in_its_step(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let domain_step = format!("{base}/domain");
    let misspelled = [("domain", "amce.example")];
    submit_step(&mut ada, &domain_step, &misspelled).await;
    let page = ada.get(&domain_step).await;
    let remove = format!("{domain_step}/amce.example/remove");
    assert!(page.text.contains(&remove));
    let removed = ada.submit(&page, &remove, &[]).await;
    assert_eq!(removed.location(), domain_step);
    let page = ada.get(&domain_step).await;
    assert!(!page.text.contains("amce.example"));
}

#[apply(each_database)]
async fn a_verified_domain_is_not_removed_in_its_step(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "keycloak").await;
    let domain_step = format!("{base}/domain");
    verify_domain(&server, &mut ada, &domain_step).await;
    let page = ada.get(&domain_step).await;
    assert!(page.text.contains("Verified"));
    let remove = format!("{domain_step}/acme.example/remove");
    assert!(!page.text.contains(&remove));
    let rejected = ada.submit(&page, &remove, &[]).await;
    assert_eq!(rejected.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn activating_without_a_verified_domain_shows_the_consequence(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "other").await;
    let metadata = idp_metadata("rsa-2048.crt");
    let save = [("pasted", metadata.as_str()), SAVE];
    submit_step(&mut ada, &format!("{base}/idp-details"), &save).await;
    let activate = format!("{base}/activate");
    let activated = submit_step(&mut ada, &activate, &[]).await;
    let page = ada.get(activated.location()).await;
    assert!(page.text.contains("Connection active"));
    let advice = "Verify a domain so members can sign in";
    assert!(page.text.contains(advice));
    let link = format!("<a href=\"{base}/domain\">Domain</a>");
    assert!(page.text.contains(&link));
    assert!(!page.text.contains("start from your application"));
}

#[apply(each_database)]
async fn setup_pages_of_other_organizations_are_not_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = create_acme_with_ada(&server).await;
    let base = start_setup(&mut ada, "okta").await;
    let in_other_organization = base.replace("/acme/", "/other/");
    let mut eve = create_other_with_eve(&server).await;
    let page = eve.get("/console/organizations/other/sso/setup").await;
    for base in [&base, &in_other_organization] {
        let links = base.replace("/setup", "/links");
        let steps = STEPS.map(|step| format!("{base}/{step}"));
        for path in steps.iter().chain([&links]) {
            let response = eve.get(path).await;
            assert_eq!(response.status, StatusCode::NOT_FOUND, "{path}");
        }
        let has_form = |path: &&String| !path.ends_with("/instructions");
        for path in steps.iter().chain([&links]).filter(has_form) {
            let fields = [("provider", "adfs")];
            let rejected = eve.submit(&page, path, &fields).await;
            assert_eq!(rejected.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    assert_eq!(first_connection(&server).await["provider"], "okta");
}
