//! The demo: sign-ins at the sample application, invalid responses, and a second start with the same data.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

use axum::http::Request;
use demo::{Demo, Folder, Port, Ports};
use insta::assert_snapshot;
use rstest::rstest;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::dns::{Dns, Records};
use runtime::mail::Mail;
use runtime::random;
use service::connection::ConnectionInput;
use service::domain::{DomainView, NewDomain};
use service::organization::OrganizationQuery;
use service::{Actor, PageRequest, application, connection, domain, organization};
use store::{DomainState, DomainVerificationMethod};
use testkit::browser::{Browser, Page};
use testkit::identity_provider::IdpBehavior;

const CLI: &Actor = &Actor::CommandLine;

async fn start_demo() -> Demo {
    start_demo_in(Folder::temporary(random::bytes()).unwrap()).await
}

async fn start_demo_in(folder: Folder) -> Demo {
    let ports = Ports::bind(Port::Fixed(0)).await.unwrap();
    Demo::start(folder, ports, Clock::system(), vestibule::DEMO_SERVER)
        .await
        .unwrap()
}

/// Follows a link of the sample application to the sign-in page of the practice identity provider.
async fn start_sign_in(browser: &mut Browser, demo: &Demo, link: &str) -> Page {
    let urls = demo.urls();
    let home = browser.open(&urls.sample_application).await.unwrap();
    let page = browser.follow(&home, link).await.unwrap();
    let is_identity_provider = page.url.as_str().starts_with(&urls.identity_provider);
    assert!(is_identity_provider, "{}", page.text);
    page
}

/// Presses the button of a user on the sign-in page. Returns the page that posts the response to the ACS URL.
async fn press_user(
    browser: &mut Browser,
    page: &Page,
    username: &str,
    behavior: IdpBehavior,
) -> Page {
    let form = page.form_with("user").unwrap();
    let form = form.fill("behavior", behavior.as_str()).unwrap();
    let form = form.press("user", username).unwrap();
    browser.submit(&form).await.unwrap()
}

/// Presses the button of a user on the sign-in page, and posts the response to the ACS URL.
async fn complete_sign_in(
    browser: &mut Browser,
    page: &Page,
    username: &str,
    behavior: IdpBehavior,
) -> Page {
    let page = press_user(browser, page, username, behavior).await;
    let form = page.form_with("SAMLResponse").unwrap();
    browser.submit(&form).await.unwrap()
}

/// Signs a user in. Returns the page of the sample application.
async fn sign_in(browser: &mut Browser, demo: &Demo, username: &str) -> Page {
    let page = start_sign_in(browser, demo, "/sign-in").await;
    complete_sign_in(browser, &page, username, IdpBehavior::Valid).await
}

/// The error code of an error page.
fn error_code(page: &Page) -> &str {
    let (_, rest) = page
        .text
        .split_once("<dt>Error code</dt><dd>")
        .unwrap_or_else(|| panic!("no error page: {}", page.text));
    rest.split_once("</dd>").unwrap().0
}

#[rstest]
#[case::ada("ada", "Ada Lovelace", "ada@acme.example")]
#[case::grace("grace", "Grace Hopper", "grace@acme.example")]
#[tokio::test]
async fn a_user_signs_in_and_the_application_receives_the_claims(
    #[case] username: &str,
    #[case] name: &str,
    #[case] email: &str,
) {
    let demo = start_demo().await;
    let page = sign_in(&mut Browser::default(), &demo, username).await;
    let home = format!("{}/", demo.urls().sample_application);
    assert_eq!(page.url.as_str(), home);
    let signed_in = format!("Signed in as {name}");
    for content in [signed_in.as_str(), email, "name: Acme", "everybody"] {
        assert!(page.contains(content), "{content}: {}", page.text);
    }
    demo.stop().await;
}

#[tokio::test]
async fn another_user_can_sign_in_after_ada() {
    let demo = start_demo().await;
    let mut browser = Browser::default();
    let page = sign_in(&mut browser, &demo, "ada").await;
    assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
    let page = start_sign_in(&mut browser, &demo, "/switch-account").await;
    let page = complete_sign_in(&mut browser, &page, "grace", IdpBehavior::Valid).await;
    assert!(page.contains("Signed in as Grace Hopper"), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn signing_out_of_the_sample_application_keeps_the_session_of_vestibule() {
    let demo = start_demo().await;
    let mut browser = Browser::default();
    let page = sign_in(&mut browser, &demo, "ada").await;
    let form = page.form_to("/sign-out").unwrap();
    let page = browser.submit(&form).await.unwrap();
    assert!(page.contains("Signed out"), "{}", page.text);
    let page = browser.follow(&page, "/sign-in").await.unwrap();
    assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn the_error_response_button_fails_the_sign_in() {
    let demo = start_demo().await;
    let mut browser = Browser::default();
    let page = start_sign_in(&mut browser, &demo, "/sign-in").await;
    let page = complete_sign_in(&mut browser, &page, "none", IdpBehavior::Valid).await;
    assert_eq!(error_code(&page), "idp-error-status");
    demo.stop().await;
}

#[tokio::test]
async fn each_invalid_response_is_rejected_with_its_code() {
    let demo = start_demo().await;
    let mut codes = Vec::new();
    for behavior in IdpBehavior::ALL {
        let signs_in = [
            IdpBehavior::Valid,
            IdpBehavior::NoAttributes,
            IdpBehavior::RenamedEmailAttribute,
            IdpBehavior::MultiFactor,
            IdpBehavior::EarlierAuthentication,
            IdpBehavior::RecentAuthentication,
            IdpBehavior::Replayed,
        ];
        if signs_in.contains(behavior) {
            continue;
        }
        let mut browser = Browser::default();
        let page = start_sign_in(&mut browser, &demo, "/sign-in").await;
        let page = complete_sign_in(&mut browser, &page, "ada", *behavior).await;
        codes.push(format!("{}: {}", behavior.as_str(), error_code(&page)));
        let home = browser.open(&demo.urls().sample_application).await.unwrap();
        assert!(home.contains("You are not signed in"), "{behavior:?}");
    }
    assert_snapshot!(codes.join("\n"), @"
    wrong-audience: audience-mismatch
    wrong-recipient: recipient-mismatch
    wrong-destination: destination-mismatch
    wrong-issuer: issuer-mismatch
    wrong-in-response-to: in-response-to-mismatch
    expired: expired
    not-yet-valid: not-yet-valid
    clock-ahead: idp-clock-ahead
    clock-behind: idp-clock-behind
    unsigned: unsigned
    untrusted-key: signature-mismatch
    tampered: digest-mismatch
    sha1-digest: sha1-not-allowed
    second-assertion: multiple-assertions
    no-name-id: subject-not-found
    transient-name-id: transient-subject
    no-authn-statement: authn-statement-missing
    ");
    demo.stop().await;
}

#[tokio::test]
async fn a_response_signs_in_once() {
    let demo = start_demo().await;
    let mut browser = Browser::default();
    let page = start_sign_in(&mut browser, &demo, "/sign-in").await;
    let page = press_user(&mut browser, &page, "ada", IdpBehavior::Valid).await;
    let form = page.form_with("SAMLResponse").unwrap();
    let page = browser.submit(&form).await.unwrap();
    assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
    let page = browser.submit(&form).await.unwrap();
    assert!(!error_code(&page).is_empty());
    demo.stop().await;
}

#[tokio::test]
async fn a_response_cannot_be_used_for_another_request() {
    let demo = start_demo().await;
    sign_in(&mut Browser::default(), &demo, "ada").await;
    let mut browser = Browser::default();
    let page = start_sign_in(&mut browser, &demo, "/sign-in").await;
    let page = complete_sign_in(&mut browser, &page, "ada", IdpBehavior::Replayed).await;
    assert_eq!(error_code(&page), "in-response-to-mismatch");
    demo.stop().await;
}

#[tokio::test]
async fn an_unsolicited_response_is_rejected() {
    let demo = start_demo().await;
    let mut browser = Browser::default();
    let home = browser.open(&demo.urls().identity_provider).await.unwrap();
    let code = "<code>no-pending-sign-in</code>";
    assert!(home.contains(code), "{}", home.text);
    let page = browser
        .follow(&home, "/idp-initiated?application=0")
        .await
        .unwrap();
    let page = complete_sign_in(&mut browser, &page, "ada", IdpBehavior::Valid).await;
    assert_eq!(error_code(&page), "no-pending-sign-in");
    demo.stop().await;
}

#[tokio::test]
async fn a_second_start_keeps_the_data_without_duplicates() {
    let parent = Folder::temporary(random::bytes()).unwrap();
    let path = parent.file("demo");
    let mut ids = Vec::new();
    for _ in 0..2 {
        let demo = start_demo_in(Folder::persistent(&path).unwrap()).await;
        let page = sign_in(&mut Browser::default(), &demo, "ada").await;
        assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
        ids.push(list_ids(demo.app()).await);
        demo.stop().await;
    }
    assert_eq!(ids[0].len(), 4);
    assert_eq!(ids[0], ids[1]);
}

/// The IDs of the organizations, of the connections of `acme` and of the applications.
async fn list_ids(app: &App) -> Vec<String> {
    let first_page = PageRequest::default();
    let organizations = organization::list(app, &OrganizationQuery::default(), &first_page)
        .await
        .unwrap()
        .items;
    let connections = connection::list(app, "acme").await.unwrap().items;
    let applications = application::list(app, &first_page).await.unwrap().items;
    let organizations = organizations
        .into_iter()
        .map(|organization| organization.id);
    let connections = connections.into_iter().map(|connection| connection.id);
    let applications = applications.into_iter().map(|application| application.id);
    organizations
        .chain(connections)
        .chain(applications)
        .collect()
}

#[tokio::test]
async fn a_manual_connection_works_after_a_second_start() {
    let parent = Folder::temporary(random::bytes()).unwrap();
    let path = parent.file("demo");
    let demo = start_demo_in(Folder::persistent(&path).unwrap()).await;
    connect_globex(&demo).await;
    demo.stop().await;
    // The servers use other ports after the second start.
    let demo = start_demo_in(Folder::persistent(&path).unwrap()).await;
    let urls = demo.urls();
    let connections = connection::list(demo.app(), "globex").await.unwrap().items;
    let entity_id = format!("{}/metadata", urls.identity_provider);
    assert_eq!(connections[0].issuer, entity_id);
    let mut browser = Browser::default();
    let home = browser.open(&urls.identity_provider).await.unwrap();
    assert!(home.contains("Sample product for Acme"), "{}", home.text);
    assert!(home.contains("Sample product for Globex"), "{}", home.text);
    assert_eq!(dns_records(demo.app()).all().len(), 1);
    demo.stop().await;
}

/// Creates a connection to the practice identity provider and a DNS-verified domain for Globex.
async fn connect_globex(demo: &Demo) {
    let metadata_url = format!("{}/metadata", demo.urls().identity_provider);
    let metadata = Browser::default().open(&metadata_url).await.unwrap();
    let input = ConnectionInput {
        name: "Manual".to_owned(),
        metadata_xml: Some(metadata.text),
        ..ConnectionInput::default()
    };
    let app = demo.app();
    connection::create(app, CLI, "globex", input).await.unwrap();
    let domain = add_domain(app, "globex").await;
    let record = domain.record.unwrap();
    dns_records(app).publish(&record.name, &record.value);
    domain::check(app, CLI, "globex", "globex.example")
        .await
        .unwrap();
}

/// Adds the domain `globex.example`, which DNS will verify.
async fn add_domain(app: &App, organization: &str) -> DomainView {
    let new = NewDomain {
        domain: "globex.example".to_owned(),
        verification: Some(DomainVerificationMethod::Dns),
        include_subdomains: None,
    };
    domain::add(app, CLI, organization, new).await.unwrap()
}

/// The DNS records of the demo.
fn dns_records(app: &App) -> &Records {
    let Dns::Fixed(records) = &app.dns else {
        panic!("the demo queries real name servers");
    };
    records
}

#[tokio::test]
async fn the_outbox_shows_emails_with_links_and_without_markup() {
    let demo = start_demo().await;
    let vestibule = &demo.urls().vestibule;
    let outbox = format!("{vestibule}/outbox");
    let mut browser = Browser::default();
    let page = browser.open(&outbox).await.unwrap();
    assert!(page.contains("No messages yet"), "{}", page.text);
    demo.app().mailer.send(Mail {
        to: "ada@acme.example".to_owned(),
        subject: "Invitation".to_owned(),
        text: format!("Open {vestibule}/console.\n\n<b>Bye</b>"),
    });
    let page = browser.open(&outbox).await.unwrap();
    assert!(page.contains("Invitation"), "{}", page.text);
    assert!(page.contains("ada@acme.example"), "{}", page.text);
    let link = format!("<a href=\"{vestibule}/console\">");
    assert!(page.text.contains(&link), "{}", page.text);
    assert!(!page.text.contains("<b>Bye"), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn a_domain_is_verified_by_a_record_of_the_dns_page() {
    let demo = start_demo().await;
    let record = add_domain(demo.app(), "acme").await.record.unwrap();
    dns_records(demo.app()).publish(&record.name, &record.value);
    let dns_url = format!("{}/dns", demo.urls().vestibule);
    let page = Browser::default().open(&dns_url).await.unwrap();
    let name = "_vestibule-challenge.globex.example";
    assert!(page.contains(name), "{}", page.text);
    assert!(page.contains(&record.value), "{}", page.text);
    let checked = domain::check(demo.app(), CLI, "acme", "globex.example").await;
    assert_eq!(checked.unwrap().state, DomainState::Verified);
    demo.stop().await;
}

#[tokio::test]
async fn an_empty_dns_record_is_rejected_at_its_fields() {
    let demo = start_demo().await;
    let dns_url = format!("{}/dns", demo.urls().vestibule);
    let request = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body("name=&value=".to_owned())
        .unwrap();
    let rejected = Browser::default().send(&dns_url, request).await.unwrap();
    assert_eq!(rejected.status, 422);
    assert!(
        rejected.text.contains("id=\"name-fault\""),
        "{}",
        rejected.text
    );
    assert!(
        rejected.text.contains("id=\"value-fault\""),
        "{}",
        rejected.text
    );
    assert!(!rejected.text.contains("Record added."));
    demo.stop().await;
}

#[tokio::test]
async fn the_sample_application_has_a_page_for_unknown_urls() {
    let demo = start_demo().await;
    let url = format!("{}/nope", demo.urls().sample_application);
    let page = Browser::default().open(&url).await.unwrap();
    assert_eq!(page.status, 404);
    assert!(page.contains("Page not found"), "{}", page.text);
    assert!(
        page.contains("There is no page at this URL."),
        "{}",
        page.text
    );
    demo.stop().await;
}

#[tokio::test]
async fn a_cross_site_request_cannot_add_a_dns_record() {
    let demo = start_demo().await;
    let dns_url = format!("{}/dns", demo.urls().vestibule);
    let mut browser = Browser::default();
    let page = browser.open(&dns_url).await.unwrap();
    let form = page.form_with("value").unwrap();
    let form = form
        .fill("name", "_vestibule-challenge.globex.example")
        .unwrap();
    let form = form.fill("value", "vestibule-verification=x").unwrap();
    // The test browser sends no Origin header.
    let response = browser.submit(&form).await.unwrap();
    assert_eq!(response.status, 403);
    demo.stop().await;
}
