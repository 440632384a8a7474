//! The demo: signing in, invalid responses, and restarting with existing data.

#![expect(clippy::unwrap_used, reason = "test helpers may panic")]

use demo::{Demo, Folder, Port, Ports, ServerUrls};
use runtime::app::App;
use runtime::clock::Clock;
use runtime::dns::Dns;
use runtime::mail::Mail;
use runtime::random;
use service::connection::ConnectionInput;
use service::domain::NewDomain;
use service::{Actor, PageRequest, application, connection, domain, organization};
use store::{DomainState, DomainVerificationMethod};
use testkit::browser::{Browser, Page};
use testkit::identity_provider::IdpBehavior;

async fn demo() -> Demo {
    start(Folder::temporary(random::bytes()).unwrap()).await
}

async fn start(folder: Folder) -> Demo {
    let ports = Ports::bind(Port::Fixed(0)).await.unwrap();
    Demo::start(folder, ports, Clock::system(), vestibule::DEMO_SERVER)
        .await
        .unwrap()
}

/// Starts a sign-in at the sample application. Returns the page of the practice identity provider.
async fn begin(browser: &mut Browser, urls: &ServerUrls, link: &str) -> Page {
    let page = browser.open(&urls.sample_application).await.unwrap();
    let page = browser.follow(&page, link).await.unwrap();
    assert!(
        page.url.as_str().starts_with(&urls.identity_provider),
        "{}",
        page.text
    );
    page
}

/// Presses a button of the practice identity provider and posts its response to the ACS URL.
async fn answer(browser: &mut Browser, page: &Page, person: &str, behavior: IdpBehavior) -> Page {
    let form = page
        .form_with("user")
        .unwrap()
        .fill("behavior", behavior.as_str())
        .unwrap();
    let page = browser
        .submit(&form.press("user", person).unwrap())
        .await
        .unwrap();
    browser
        .submit(&page.form_with("SAMLResponse").unwrap())
        .await
        .unwrap()
}

/// The error code in the HTML of the error page.
fn told(code: &str) -> String {
    format!("<dt>Error code</dt><dd>{code}</dd>")
}

async fn sign_in(browser: &mut Browser, urls: &ServerUrls, person: &str) -> Page {
    let page = begin(browser, urls, "/sign-in").await;
    answer(browser, &page, person, IdpBehavior::Valid).await
}

#[tokio::test]
async fn both_users_sign_in_and_the_application_receives_their_claims() {
    let demo = demo().await;
    for (person, name, email) in [
        ("ada", "Ada Lovelace", "ada@acme.example"),
        ("grace", "Grace Hopper", "grace@acme.example"),
    ] {
        let page = sign_in(&mut Browser::default(), demo.urls(), person).await;
        assert_eq!(
            page.url.as_str(),
            format!("{}/", demo.urls().sample_application)
        );
        assert!(
            page.contains(&format!("Signed in as {name}")),
            "{}",
            page.text
        );
        assert!(
            page.contains(email) && page.contains("name: Acme") && page.contains("everybody"),
            "{}",
            page.text
        );
    }
    demo.stop().await;
}

#[tokio::test]
async fn another_user_can_sign_in_after_ada() {
    let demo = demo().await;
    let mut browser = Browser::default();
    let page = sign_in(&mut browser, demo.urls(), "ada").await;
    assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
    let page = begin(&mut browser, demo.urls(), "/switch-account").await;
    let page = answer(&mut browser, &page, "grace", IdpBehavior::Valid).await;
    assert!(page.contains("Signed in as Grace Hopper"), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn signing_out_of_the_sample_application_keeps_the_session_of_vestibule() {
    let demo = demo().await;
    let mut browser = Browser::default();
    let page = sign_in(&mut browser, demo.urls(), "ada").await;
    let page = browser
        .submit(&page.form_to("/sign-out").unwrap())
        .await
        .unwrap();
    assert!(page.contains("Signed out"), "{}", page.text);
    let page = browser.follow(&page, "/sign-in").await.unwrap();
    assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn the_error_response_button_fails_the_sign_in() {
    let demo = demo().await;
    let mut browser = Browser::default();
    let page = begin(&mut browser, demo.urls(), "/sign-in").await;
    let page = answer(&mut browser, &page, "none", IdpBehavior::Valid).await;
    assert!(page.contains(&told("idp-error-status")), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn each_invalid_response_is_rejected_with_its_code() {
    let demo = demo().await;
    for (behavior, code) in [
        (IdpBehavior::WrongAudience, "audience-mismatch"),
        (IdpBehavior::WrongRecipient, "recipient-mismatch"),
        (IdpBehavior::WrongDestination, "destination-mismatch"),
        (IdpBehavior::WrongIssuer, "issuer-mismatch"),
        (IdpBehavior::WrongInResponseTo, "in-response-to-mismatch"),
        (IdpBehavior::Expired, "expired"),
        (IdpBehavior::NotYetValid, "not-yet-valid"),
        (IdpBehavior::Unsigned, "unsigned"),
        (IdpBehavior::UntrustedKey, "signature-mismatch"),
        (IdpBehavior::Tampered, "digest-mismatch"),
        (IdpBehavior::Sha1Digest, "sha1-not-allowed"),
        (IdpBehavior::SecondAssertion, "multiple-assertions"),
        (IdpBehavior::NoNameId, "subject-not-found"),
        (IdpBehavior::TransientNameId, "transient-subject"),
    ] {
        let mut browser = Browser::default();
        let page = begin(&mut browser, demo.urls(), "/sign-in").await;
        let page = answer(&mut browser, &page, "ada", behavior).await;
        assert!(page.contains(&told(code)), "{behavior:?}: {}", page.text);
        let home = browser.open(&demo.urls().sample_application).await.unwrap();
        assert!(home.contains("You are not signed in"), "{behavior:?}");
    }
    demo.stop().await;
}

#[tokio::test]
async fn a_response_signs_in_once() {
    let demo = demo().await;
    let mut browser = Browser::default();
    let page = begin(&mut browser, demo.urls(), "/sign-in").await;
    let form = page
        .form_with("user")
        .unwrap()
        .press("user", "ada")
        .unwrap();
    let page = browser.submit(&form).await.unwrap();
    let form = page.form_with("SAMLResponse").unwrap();
    let page = browser.submit(&form).await.unwrap();
    assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
    let page = browser.submit(&form).await.unwrap();
    assert!(page.contains("<dt>Error code</dt>"), "{}", page.text);
    // The response can't be used for another request either.
    let mut thief = Browser::default();
    let page = begin(&mut thief, demo.urls(), "/sign-in").await;
    let page = answer(&mut thief, &page, "ada", IdpBehavior::Replayed).await;
    assert!(
        page.contains(&told("in-response-to-mismatch")),
        "{}",
        page.text
    );
    demo.stop().await;
}

#[tokio::test]
async fn an_unsolicited_response_is_rejected() {
    let demo = demo().await;
    let mut browser = Browser::default();
    let home = browser.open(&demo.urls().identity_provider).await.unwrap();
    assert!(
        home.contains("<code>no-pending-sign-in</code>"),
        "{}",
        home.text
    );
    let page = browser
        .follow(&home, "/idp-initiated?application=0")
        .await
        .unwrap();
    let page = answer(&mut browser, &page, "ada", IdpBehavior::Valid).await;
    assert!(page.contains(&told("no-pending-sign-in")), "{}", page.text);
    demo.stop().await;
}

#[tokio::test]
async fn a_second_start_keeps_the_data_without_duplicates() {
    let parent = Folder::temporary(random::bytes()).unwrap();
    let path = parent.file("kept");
    let mut ids = Vec::new();
    for _ in 0..2 {
        let demo = start(Folder::persistent(&path).unwrap()).await;
        let page = sign_in(&mut Browser::default(), demo.urls(), "ada").await;
        assert!(page.contains("Signed in as Ada Lovelace"), "{}", page.text);
        ids.push(all_ids(&demo).await);
        demo.stop().await;
    }
    assert_eq!(ids[0].len(), 4);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_manual_connection_works_after_a_second_start() {
    let parent = Folder::temporary(random::bytes()).unwrap();
    let path = parent.file("kept");
    let demo = start(Folder::persistent(&path).unwrap()).await;
    let metadata = Browser::default()
        .open(&format!("{}/metadata", demo.urls().identity_provider))
        .await;
    connect_globex(demo.app(), &metadata.unwrap().text).await;
    demo.stop().await;
    // All servers use other ports now.
    let demo = start(Folder::persistent(&path).unwrap()).await;
    let connections = connection::list(demo.app(), "globex").await.unwrap().items;
    let now = format!("{}/metadata", demo.urls().identity_provider);
    assert_eq!(connections[0].issuer, now);
    let home = Browser::default()
        .open(&demo.urls().identity_provider)
        .await
        .unwrap();
    assert!(home.contains("Vestibule for Acme") && home.contains("Vestibule for Globex"));
    let Dns::Fixed(records) = &demo.app().dns else {
        panic!("the demo queries real name servers");
    };
    assert_eq!(records.all().len(), 1);
    demo.stop().await;
}

/// Creates a connection to the practice identity provider and a DNS-verified domain for Globex.
async fn connect_globex(app: &App, metadata: &str) {
    let actor = Actor::CommandLine;
    let settings = ConnectionInput {
        name: "By hand".to_owned(),
        metadata_xml: Some(metadata.to_owned()),
        ..ConnectionInput::default()
    };
    connection::create(app, &actor, "globex", settings)
        .await
        .unwrap();
    let new = NewDomain {
        domain: "globex.example".to_owned(),
        verification: Some(DomainVerificationMethod::Dns),
    };
    let claimed = domain::add(app, &actor, "globex", new).await.unwrap();
    let record = claimed.record.unwrap();
    let Dns::Fixed(records) = &app.dns else {
        panic!("the demo queries real name servers");
    };
    records.publish(&record.name, &record.value);
    domain::check(app, &actor, "globex", "globex.example")
        .await
        .unwrap();
}

#[tokio::test]
async fn the_demo_has_pages_for_emails_and_dns_records() {
    let demo = demo().await;
    let vestibule = &demo.urls().vestibule;
    let mut browser = Browser::default();
    let outbox = format!("{vestibule}/outbox");
    let empty = browser.open(&outbox).await.unwrap();
    assert!(empty.contains("No messages yet"), "{}", empty.text);
    demo.app().mailer.send(Mail {
        to: "ada@acme.example".to_owned(),
        subject: "Come in".to_owned(),
        text: format!("Open {vestibule}/console.\n\n<b>Bye</b>"),
    });
    let page = browser.open(&outbox).await.unwrap();
    assert!(page.contains("Come in") && page.contains("ada@acme.example"));
    let link = format!("<a href=\"{vestibule}/console\">");
    assert!(page.text.contains(&link), "{}", page.text);
    assert!(!page.text.contains("<b>Bye"), "{}", page.text);

    let name = "_vestibule-challenge.globex.example";
    let verification = Some(DomainVerificationMethod::Dns);
    let domain = "globex.example".to_owned();
    let actor = Actor::CommandLine;
    let claimed = domain::add(
        demo.app(),
        &actor,
        "acme",
        NewDomain {
            domain,
            verification,
        },
    )
    .await;
    let value = claimed.unwrap().record.unwrap().value;
    let dns_page = browser.open(&format!("{vestibule}/dns")).await.unwrap();
    let form = dns_page.form_with("value").unwrap();
    let form = form.fill("name", name).unwrap();
    // The test browser sends no Origin header, so the form is rejected as cross-site.
    let refused = browser.submit(&form.fill("value", &value).unwrap()).await;
    assert_eq!(refused.unwrap().status, 403);
    let Dns::Fixed(records) = &demo.app().dns else {
        panic!("the demo queries real name servers");
    };
    records.publish(name, &value);
    let dns_page = browser.open(&format!("{vestibule}/dns")).await.unwrap();
    assert!(
        dns_page.contains(name) && dns_page.contains(&value),
        "{}",
        dns_page.text
    );
    let checked = domain::check(demo.app(), &actor, "acme", "globex.example").await;
    assert_eq!(checked.unwrap().state, DomainState::Verified);
    demo.stop().await;
}

async fn all_ids(demo: &Demo) -> Vec<String> {
    let (app, first_page) = (demo.app(), PageRequest::default());
    let organizations = organization::list(app, &first_page)
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|one| one.id);
    let connections = connection::list(app, "acme")
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|one| one.id);
    let applications = application::list(app, &first_page)
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|one| one.id);
    organizations
        .chain(connections)
        .chain(applications)
        .collect()
}
