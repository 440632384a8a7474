//! The guided setup, in the console and with a setup link.

use crate::manual_connection::{key_file, manual_connection};
use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::{Value, json};
use test_support::{Engine, START, TestBrowser, TestResponse, TestServer, each_database};

const METADATA: &str = r#"<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.acme.example/realms/staff"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>CERTIFICATE</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.acme.example/slo"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.acme.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>"#;

fn metadata(key: &str) -> String {
    let lines: String = key_file(key)
        .lines()
        .filter(|line| !line.starts_with("-----"))
        .collect();
    METADATA.replace("CERTIFICATE", &lines)
}

fn shows(answer: &TestResponse, words: &str) {
    assert!(answer.text.contains(words), "{words:?} in {}", answer.text);
}

fn hides(answer: &TestResponse, words: &str) {
    assert!(!answer.text.contains(words), "{words:?} in {}", answer.text);
}

async fn admin(server: &TestServer) -> TestBrowser {
    let new = json!({ "name": "Acme", "plan": "enterprise" });
    server.api.create("/organizations", new).await;
    let member = json!({ "email": "ada@acme.example", "role": "admin" });
    server
        .api
        .create("/organizations/acme/members", member)
        .await;
    server.account_browser("ada@acme.example").await
}

/// Starts the setup for a product. Returns the base path of its pages.
async fn begin(_server: &TestServer, admin: &mut TestBrowser, product: &str) -> String {
    let path = "/console/organizations/acme/sso/setup";
    let page = admin.get(path).await;
    let begun = admin.submit(&page, path, &[("provider", product)]).await;
    let (base, rest) = begun.location().split_once("/setup/").unwrap();
    assert_eq!(rest, "cards");
    format!("{base}/setup")
}

async fn connection(server: &TestServer) -> Value {
    let listed = server
        .api
        .get("/organizations/acme/connections")
        .await
        .json();
    listed["items"][0].clone()
}

/// Creates a connection and a setup link for it.
async fn link(server: &TestServer, connection: Value, new: Value) -> (String, String) {
    let made = server
        .api
        .create("/organizations/acme/connections", connection)
        .await;
    let links = format!(
        "/organizations/acme/connections/{}/setup-links",
        made["id"].as_str().unwrap()
    );
    let made = server.api.create(&links, new).await;
    let url = made["url"].as_str().unwrap();
    let path = url.strip_prefix("https://auth.example.com").unwrap();
    let revoke = format!("{links}/{}/revoke", made["id"].as_str().unwrap());
    (path.to_owned(), revoke)
}

async fn open(server: &TestServer, path: &str) -> TestBrowser {
    let mut guest = server.browser();
    let door = guest.get(path).await;
    let opened = guest.submit(&door, path, &[]).await;
    assert_eq!(opened.location(), "/setup");
    guest
}

fn nameless() -> Value {
    json!({ "name": "Acme", "provider": "keycloak" })
}

/// Verifies the domain of the organization by DNS.
async fn prove(server: &TestServer, browser: &mut TestBrowser, place: &str) {
    let page = browser.get(place).await;
    browser
        .submit(&page, place, &[("domain", "acme.example")])
        .await;
    let page = browser.get(place).await;
    let (_, rest) = page.text.split_once("vestibule-verification=").unwrap();
    let secret: String = rest.chars().take(32).collect();
    let value = format!("vestibule-verification={secret}");
    server
        .dns_records
        .publish("_vestibule-challenge.acme.example", &value);
    let check = format!("{place}/acme.example/check");
    let checked = browser.submit(&page, &check, &[]).await;
    assert_eq!(checked.location(), place);
}

async fn take_back_a_mistake(_server: &TestServer, browser: &mut TestBrowser, place: &str) {
    let page = browser.get(place).await;
    let mistake = [("domain", "amce.example")];
    browser.submit(&page, place, &mistake).await;
    let remove = format!("{place}/amce.example/remove");
    let page = browser.get(place).await;
    shows(&page, &remove);
    let removed = browser.submit(&page, &remove, &[]).await;
    assert_eq!(removed.location(), place);
    hides(&browser.get(place).await, "amce.example");
}

async fn take_back_nothing_that_counts(
    _server: &TestServer,
    browser: &mut TestBrowser,
    place: &str,
) {
    let page = browser.get(place).await;
    shows(&page, "Verified");
    let remove = format!("{place}/acme.example/remove");
    hides(&page, &remove);
    let refused = browser.submit(&page, &remove, &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

/// Completes the steps one by one. Completed steps stay completed.
async fn follow_the_cards(_server: &TestServer, admin: &mut TestBrowser, base: &str) {
    let first = admin.get(&format!("{base}/cards")).await;
    assert_eq!(first.location(), format!("{base}/cards/1"));
    let mut at = format!("{base}/cards/1");
    let mut cards = 0;
    while at.contains("/cards/") {
        let page = admin.get(&at).await;
        shows(&page, "Step 2 of 7");
        shows(&page, &format!("Instruction {} of 8", cards + 1));
        at = admin
            .submit(&page, &at, &[("done", "1")])
            .await
            .location()
            .to_owned();
        cards += 1;
    }
    assert_eq!(
        (cards, at.as_str()),
        (8, format!("{base}/other-side").as_str())
    );
    let last = format!("{base}/cards/8");
    let page = admin.get(&last).await;
    shows(&page, "Mark as not done");
    let opened = admin.submit(&page, &last, &[("open", "1")]).await;
    assert_eq!(opened.location(), last);
    assert_eq!(admin.get(base).await.location(), format!("{base}/cards"));
    assert_eq!(admin.get(&format!("{base}/cards")).await.location(), last);
    assert_eq!(
        admin.get(&format!("{base}/cards/9")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[apply(each_database)]
async fn an_admin_completes_the_setup_from_product_to_activation(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let base = begin(&server, &mut admin, "keycloak").await;
    follow_the_cards(&server, &mut admin, &base).await;
    // The metadata: reviewed, then saved.
    let other_side = format!("{base}/other-side");
    let page = admin.get(&other_side).await;
    let pasted = metadata("rsa-2048.crt");
    let looked = admin
        .submit(&page, &other_side, &[("pasted", &pasted), ("look", "1")])
        .await;
    for words in [
        "Details to save",
        "https://idp.acme.example/realms/staff",
        "HTTP-Redirect",
        "https://idp.acme.example/slo",
        "RSA 2048",
        "Expires in",
    ] {
        shows(&looked, words);
    }
    assert_eq!(connection(&server).await["complete"], false);
    let kept = admin
        .submit(&looked, &other_side, &[("pasted", &pasted), ("keep", "1")])
        .await;
    assert_eq!(kept.location(), format!("{base}/attributes"));
    let there = connection(&server).await;
    assert_eq!(
        (&there["complete"], &there["name"]),
        (&json!(true), &json!("Keycloak"))
    );
    shows(&admin.get(&other_side).await, "Current settings");
    // Attributes and roles.
    let attributes = format!("{base}/attributes");
    let page = admin.get(&attributes).await;
    shows(
        &page,
        "The defaults work for most setups. After a test, you can see what your identity provider sends.",
    );
    // The default role and three rows for rules. Leaving them unchanged makes no user an admin.
    assert_eq!(
        page.text
            .matches("<option selected>member</option>")
            .count(),
        4,
        "{}",
        page.text
    );
    assert!(
        !page.text.contains("<option selected>admin</option>"),
        "{}",
        page.text
    );
    let wrong = [
        ("email", "mail"),
        ("group", "it"),
        ("role", "king"),
        ("default_role", "member"),
    ];
    let refused = admin.submit(&page, &attributes, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"mail\"", "value=\"it\"", "king"] {
        shows(&refused, kept);
    }
    let right = [
        ("email", "mail"),
        ("group", "it"),
        ("role", "admin"),
        ("group", ""),
        ("role", "admin"),
        ("default_role", "member"),
    ];
    let saved = admin.submit(&page, &attributes, &right).await;
    assert_eq!(saved.location(), format!("{base}/test"));
    let there = connection(&server).await;
    assert_eq!(there["attributes"]["email"], "mail");
    assert_eq!(
        there["role_rules"],
        json!([{"group": "it", "role": "admin"}])
    );
    // The test redirects to the identity provider.
    let test = format!("{base}/test");
    let page = admin.get(&test).await;
    let left = admin.submit(&page, &test, &[]).await;
    assert!(
        left.location()
            .starts_with("https://idp.acme.example/sso?SAMLRequest=")
    );
    // The domain, then activation.
    let place = format!("{base}/domain");
    take_back_a_mistake(&server, &mut admin, &place).await;
    prove(&server, &mut admin, &format!("{base}/domain")).await;
    take_back_nothing_that_counts(&server, &mut admin, &place).await;
    let activate = format!("{base}/activate");
    let page = admin.get(&activate).await;
    for words in [
        "Anyone who signs in with an email address at acme.example",
        "1 member will be able to sign in",
        "These settings haven’t been tested yet",
        "Activate without testing",
    ] {
        shows(&page, words);
    }
    let activated = admin.submit(&page, &activate, &[]).await;
    let active = admin.get(activated.location()).await;
    shows(&active, "Connection active");
    hides(&active, "Verify a domain so members can sign in");
    assert_eq!(connection(&server).await["state"], "active");
}

#[apply(each_database)]
async fn activating_without_a_verified_domain_shows_the_consequence(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let base = begin(&server, &mut admin, "other").await;
    let other_side = format!("{base}/other-side");
    let page = admin.get(&other_side).await;
    let pasted = metadata("rsa-2048.crt");
    admin
        .submit(&page, &other_side, &[("pasted", &pasted), ("keep", "1")])
        .await;
    // The attributes of an unknown product are not known, so the page shows none.
    hides(
        &admin.get(&format!("{base}/attributes")).await,
        "Must be added",
    );
    let activate = format!("{base}/activate");
    let page = admin.get(&activate).await;
    let activated = admin.submit(&page, &activate, &[]).await;
    let active = admin.get(activated.location()).await;
    for words in [
        "Connection active",
        "Verify a domain so members can sign in",
        &format!("<a href=\"{base}/domain\">Domain</a>"),
    ] {
        shows(&active, words);
    }
    hides(&active, "start from your application");
}

#[apply(each_database)]
async fn three_values_can_replace_the_metadata(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let other_side = format!("{}/other-side", begin(&server, &mut admin, "other").await);
    let page = admin.get(&other_side).await;
    let certificate = key_file("rsa-2048.crt");
    let half = [
        ("issuer", "https://idp.acme.example"),
        ("certificate", certificate.as_str()),
    ];
    let refused = admin.submit(&page, &other_side, &half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(&refused, "This field is required");
    shows(&refused, "value=\"https://idp.acme.example\"");
    let whole = [
        ("issuer", "https://idp.acme.example"),
        ("sign_on_url", "https://idp.acme.example/sso"),
        ("pasted", certificate.as_str()),
        ("keep", "1"),
    ];
    let kept = admin.submit(&page, &other_side, &whole).await;
    assert!(kept.location().ends_with("/attributes"));
    assert_eq!(connection(&server).await["complete"], true);
    // Entering only a certificate replaces the current one.
    let other = key_file("ec-p256.crt");
    let kept = admin
        .submit(
            &page,
            &other_side,
            &[("pasted", other.as_str()), ("keep", "1")],
        )
        .await;
    assert!(kept.location().ends_with("/attributes"));
    let there = connection(&server).await;
    assert_eq!(there["certificates"].as_array().unwrap().len(), 1);
    assert_eq!(there["certificates"][0]["key"], "ECDSA P-256");
    assert_eq!(there["issuer"], "https://idp.acme.example");
}

#[apply(each_database)]
async fn invalid_values_are_reported_at_their_fields(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let base = begin(&server, &mut admin, "okta").await;
    let other_side = format!("{base}/other-side");
    let page = admin.get(&other_side).await;
    let own = format!(
        "/saml/{}/metadata",
        connection(&server).await["id"]
            .as_str()
            .unwrap()
            .replace('_', "-")
    );
    let own = admin.get(&own).await.text;
    let theirs = own.replace(
        "entityID=\"https://auth.example.com",
        "entityID=\"https://other.example.com",
    );
    assert_ne!(own, theirs);
    for (pasted, words) in [
        (String::new(), "Paste your metadata or certificate here"),
        (
            "hello".to_owned(),
            "This isn’t a URL, metadata, or a certificate.",
        ),
        (key_file("request.csr"), "a certificate signing request"),
        (key_file("rsa-2048.pub"), "only a public key"),
        (key_file("rsa-1024.crt"), "shorter than 2048 bits"),
        (
            "<html></html>".to_owned(),
            "This is a web page, not metadata",
        ),
        ("<a></a>".to_owned(), "This is XML, but not metadata"),
        ("localhost:8081/metadata".to_owned(), "Add https://"),
        ("idp.acme.example/metadata?x=1".to_owned(), "Add https://"),
        (own, "This is our own metadata"),
        (theirs, "the metadata of a service provider"),
        ("http://10.0.0.1/metadata".to_owned(), "https://"),
        ("https://127.0.0.1/metadata".to_owned(), "public address"),
    ] {
        let refused = admin
            .submit(&page, &other_side, &[("pasted", &pasted), ("look", "1")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{pasted}");
        shows(&refused, words);
        shows(&refused, "aria-invalid");
    }
    assert_eq!(connection(&server).await["complete"], false);
}

#[apply(each_database)]
async fn a_private_key_is_neither_stored_nor_shown_again(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let other_side = format!("{}/other-side", begin(&server, &mut admin, "okta").await);
    let page = admin.get(&other_side).await;
    let both = format!("{}\n{}", key_file("rsa-2048.crt"), key_file("rsa-2048.key"));
    for (field, secret) in [
        ("pasted", both.as_str()),
        ("certificate", &key_file("rsa-2048.pkcs1.key")),
        ("pasted", &format!("<md>{}</md>", key_file("rsa-2048.key"))),
    ] {
        for button in ["look", "keep"] {
            let refused = admin
                .submit(&page, &other_side, &[(field, secret), (button, "1")])
                .await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            shows(&refused, "This is a private key");
            hides(&refused, "BEGIN RSA");
            hides(&refused, "PRIVATE KEY-----");
        }
    }
    // Other errors are shown too, and input that is not secret is kept.
    let key = key_file("rsa-2048.key");
    let both = [
        ("sign_on_url", "idp.acme.example/sso"),
        ("issuer", "https://idp.acme.example"),
        ("certificate", key.as_str()),
        ("look", "1"),
    ];
    let refused = admin.submit(&page, &other_side, &both).await;
    for words in [
        "This is a private key",
        "(without https:// or http://)",
        "value=\"idp.acme.example/sso\"",
        "value=\"https://idp.acme.example\"",
    ] {
        shows(&refused, words);
    }
    hides(&refused, "This field is required");
    hides(&refused, "PRIVATE KEY-----");
    assert_eq!(connection(&server).await["complete"], false);
}

#[apply(each_database)]
async fn warnings_are_shown_before_the_details_are_saved(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    // At this time, the short-lived certificate has expired.
    server.clock.set(START + 60 * 86_400);
    let mut admin = admin(&server).await;
    let other_side = format!("{}/other-side", begin(&server, &mut admin, "okta").await);
    let page = admin.get(&other_side).await;
    for (pasted, words) in [
        (metadata("rsa-2048.crt"), "This looks like Keycloak, but you chose Okta"),
        (metadata("rsa-2048.crt").replace("/realms/staff", "/x"), "This issuer is unusual"),
        (metadata("rsa-2048.crt").replace("https://idp.acme.example/sso", "http://idp.acme.example/sso"), "uses http://"),
        (metadata("expired.crt"), "A certificate has expired"),
        (metadata("rsa-2048.crt").replace("</md:KeyDescriptor>", "</md:KeyDescriptor><md:Extensions xmlns:alg=\"urn:oasis:names:tc:SAML:metadata:algsupport\"><alg:SigningMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/></md:Extensions>"), "Your identity provider’s details use SHA-1"),
    ] {
        let looked = admin.submit(&page, &other_side, &[("pasted", &pasted), ("look", "1")]).await;
        assert_eq!(looked.status, StatusCode::OK, "{}", looked.text);
        shows(&looked, "Details to save");
        shows(&looked, words);
    }
}

#[apply(each_database)]
async fn the_user_chooses_one_of_several_identity_providers(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let other_side = format!(
        "{}/other-side",
        begin(&server, &mut admin, "shibboleth").await
    );
    let page = admin.get(&other_side).await;
    let (one, two) = (
        metadata("rsa-2048.crt"),
        metadata("rsa-3072.crt").replace("idp.acme", "idp2.acme"),
    );
    let pasted = format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{one}{two}</md:EntitiesDescriptor>"
    );
    let asked = admin
        .submit(&page, &other_side, &[("pasted", &pasted), ("look", "1")])
        .await;
    shows(&asked, "several identity providers");
    shows(
        &asked,
        "<option>https://idp2.acme.example/realms/staff</option>",
    );
    let chosen = [
        ("pasted", pasted.as_str()),
        ("entity", "https://idp2.acme.example/realms/staff"),
    ];
    let looked = admin
        .submit(&page, &other_side, &[chosen[0], chosen[1], ("look", "1")])
        .await;
    shows(&looked, "RSA 3072");
    admin
        .submit(&page, &other_side, &[chosen[0], chosen[1], ("keep", "1")])
        .await;
    assert_eq!(
        connection(&server).await["issuer"],
        "https://idp2.acme.example/realms/staff"
    );
}

#[apply(each_database)]
async fn a_setup_link_opens_the_setup_pages_and_no_others(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let (path, _) = link(&server, nameless(), json!({})).await;
    let mut guest = open(&server, &path).await;
    assert_eq!(guest.get("/setup").await.location(), "/setup/provider");
    let page = guest.get("/setup/provider").await;
    let chosen = guest
        .submit(&page, "/setup/provider", &[("provider", "okta")])
        .await;
    assert_eq!(chosen.location(), "/setup/cards");
    let pasted = metadata("rsa-2048.crt");
    let kept = guest
        .submit(
            &page,
            "/setup/other-side",
            &[("pasted", &pasted), ("keep", "1")],
        )
        .await;
    assert_eq!(kept.location(), "/setup/attributes");
    let there = connection(&server).await;
    assert_eq!(
        (&there["complete"], &there["provider"]),
        (&json!(true), &json!("okta"))
    );
    // A setup link can't make a user an admin.
    let page = guest.get("/setup/attributes").await;
    hides(&page, "<option>admin</option>");
    let refused = guest
        .submit(
            &page,
            "/setup/attributes",
            &[
                ("group", "staff"),
                ("role", "admin"),
                ("default_role", "member"),
            ],
        )
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    shows(&refused, "A setup link can’t grant the admin role");
    assert_eq!(connection(&server).await["role_rules"], json!([]));
    // The setup link gives no access to the console.
    for path in [
        "/console",
        "/console/account",
        "/console/organizations",
        "/console/organizations/acme/sso",
        "/console/organizations/acme/team",
        "/console/organizations/acme/sso/setup",
    ] {
        assert!(
            guest
                .get(path)
                .await
                .location()
                .starts_with("/console/sign-in?next="),
            "{path}"
        );
    }
    let console = format!(
        "/console/organizations/acme/sso/{}/setup/provider",
        there["id"].as_str().unwrap()
    );
    let refused = guest.submit(&page, &console, &[("provider", "adfs")]).await;
    assert!(refused.location().starts_with("/console/sign-in"));
    assert_eq!(connection(&server).await["provider"], "okta");
    // Without a verified domain, an admin has to activate the connection.
    let page = guest.get("/setup/activate").await;
    shows(&page, "An admin of your organization");
    // Both see who is affected, but only an admin sees the names of other connections.
    // A second later, so that the new connection stays the first of the list.
    server.clock.set(START + 1);
    let other = server
        .api
        .create(
            "/organizations/acme/connections",
            manual_connection(&[("name", json!("The other one"))]),
        )
        .await;
    let other = format!(
        "/organizations/acme/connections/{}",
        other["id"].as_str().unwrap()
    );
    let active = server
        .api
        .post(&format!("{other}/activate"), Value::Null)
        .await;
    assert_eq!(active.status, StatusCode::OK, "{}", active.text);
    let theirs = admin.get(&console.replace("provider", "activate")).await;
    let page = guest.get("/setup/activate").await;
    for seen in [&theirs, &page] {
        shows(seen, "1 member will be able to sign in");
    }
    shows(&theirs, "These connections stay active: The other one.");
    hides(&page, "The other one");
    assert_eq!(
        server.api.delete(&other).await.status,
        StatusCode::NO_CONTENT
    );
    let refused = guest.submit(&page, "/setup/activate", &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(connection(&server).await["state"], "draft");
    prove(&server, &mut guest, "/setup/domain").await;
    let page = guest.get("/setup/activate").await;
    let activated = guest.submit(&page, "/setup/activate", &[]).await;
    assert_eq!(activated.location(), "/setup/activate");
    assert_eq!(connection(&server).await["state"], "active");
    // After activation, the link is complete.
    shows(&guest.get("/setup").await, "Setup complete");
    let late = guest
        .submit(
            &page,
            "/setup/other-side",
            &[("pasted", &pasted), ("keep", "1")],
        )
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let history = admin.get("/console/organizations/acme/audit-log").await;
    for words in ["setup_link.open", "Setup link"] {
        shows(&history, words);
    }
}

#[apply(each_database)]
async fn a_setup_link_cannot_add_unlimited_pending_domains(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let (path, _) = link(&server, nameless(), json!({ "purpose": "domain" })).await;
    let mut guest = open(&server, &path).await;
    let page = guest.get("/setup/domain").await;
    let add = async |guest: &mut TestBrowser, place: &str, page: &TestResponse, number: usize| {
        let domain = format!("acme{number}.example");
        guest.submit(page, place, &[("domain", &domain)]).await
    };
    for number in 0..20 {
        assert_eq!(
            add(&mut guest, "/setup/domain", &page, number)
                .await
                .location(),
            "/setup/domain"
        );
    }
    let refused = add(&mut guest, "/setup/domain", &page, 20).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    shows(&refused, "20 domains are already pending");
    // An admin has no such limit.
    let domains = "/console/organizations/acme/domains";
    let page = admin.get(domains).await;
    add(&mut admin, domains, &page, 21).await.location();
}

#[apply(each_database)]
async fn a_setup_link_opens_only_the_pages_of_its_purpose(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    admin(&server).await;
    for (purpose, step) in [("test", "test"), ("domain", "domain")] {
        let (path, _) = link(
            &server,
            manual_connection(&[]),
            json!({ "purpose": purpose }),
        )
        .await;
        let mut guest = open(&server, &path).await;
        assert_eq!(
            guest.get("/setup").await.location(),
            format!("/setup/{step}")
        );
        let page = guest.get(&format!("/setup/{step}")).await;
        assert_eq!(page.status, StatusCode::OK);
        for other in [
            "provider",
            "cards",
            "cards/1",
            "other-side",
            "attributes",
            "test",
            "domain",
            "activate",
        ] {
            if other != step {
                let answer = guest.get(&format!("/setup/{other}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{purpose}: {other}");
            }
        }
        for (other, fields) in [
            ("provider", [("provider", "okta")]),
            ("other-side", [("keep", "1")]),
            ("attributes", [("default_role", "member")]),
            ("activate", [("x", "1")]),
        ] {
            let answer = guest
                .submit(&page, &format!("/setup/{other}"), &fields)
                .await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{purpose}: {other}");
        }
    }
}

#[apply(each_database)]
async fn opening_a_setup_link_changes_nothing_until_the_button_is_pressed(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    admin(&server).await;
    let (path, revoke) = link(&server, nameless(), json!({ "hours": 1 })).await;
    for _ in 0..3 {
        shows(
            &server.browser().get(&path).await,
            "Connect your identity provider",
        );
    }
    let state = server
        .api
        .get(
            revoke
                .rsplit_once('/')
                .unwrap()
                .0
                .rsplit_once('/')
                .unwrap()
                .0,
        )
        .await
        .json();
    assert_eq!(state["items"][0]["state"], "waiting");
    // A program that posts the form without opening the page has no token.
    let blind = server.browser().post_from("same-origin", &path, &[]).await;
    assert_eq!(blind.status, StatusCode::FORBIDDEN);
    let mut guest = open(&server, &path).await;
    let page = guest.get("/setup/provider").await;
    let foreign = guest
        .post_from("cross-site", "/setup/provider", &[("provider", "okta")])
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let stale = guest
        .post_from(
            "same-origin",
            "/setup/provider",
            &[("csrf", "0"), ("provider", "okta")],
        )
        .await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    // A second person opens the link.
    open(&server, &path).await;
    server.api.post(&revoke, Value::Null).await;
    let shut = guest.get("/setup").await;
    assert_eq!(shut.status, StatusCode::GONE);
    shows(&shut, "Open your setup link again");
    let late = guest
        .submit(&page, "/setup/provider", &[("provider", "okta")])
        .await;
    assert_eq!(late.status, StatusCode::GONE);
    let gone = server.browser().get(&path).await;
    assert_eq!(gone.status, StatusCode::GONE);
    shows(&gone, "The link has been revoked");
    shows(
        &server.browser().get("/setup/vsl_unknown").await,
        "This link doesn’t exist",
    );
    let (path, _) = link(&server, nameless(), json!({ "hours": 1 })).await;
    server.clock.set(START + 3600);
    shows(&server.browser().get(&path).await, "The link has expired");
}

#[apply(each_database)]
async fn an_admin_creates_and_revokes_setup_links(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let begin = "/console/organizations/acme/sso/setup";
    let page = admin.get(begin).await;
    let made = admin
        .submit(&page, begin, &[("for-someone-else", "1")])
        .await;
    let links = made.location().to_owned();
    let page = admin.get(&links).await;
    let refused = admin
        .submit(
            &page,
            &links,
            &[("purpose", "domain"), ("hours", "24"), ("email", "it")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(&refused, "value=\"it\"");
    let made = admin
        .submit(
            &page,
            &links,
            &[
                ("purpose", "domain"),
                ("hours", "24"),
                ("email", "it@acme.example"),
            ],
        )
        .await;
    shows(&made, "https://auth.example.com/setup/vsl_");
    shows(&made, "25 Nov 2026, 09:00 UTC</time>");
    let again = admin.get(&links).await;
    hides(&again, "/setup/vsl_");
    shows(&again, "Pending");
    let (_, rest) = again.text.split_once(&format!("{links}/")).unwrap();
    let revoke = format!("{links}/{}", rest.split('"').next().unwrap());
    assert_eq!(admin.submit(&again, &revoke, &[]).await.location(), links);
    shows(&admin.get(&links).await, "Revoked");
}

#[apply(each_database)]
async fn setup_pages_of_other_organizations_are_not_found(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut ada = admin(&server).await;
    let base = begin(&server, &mut ada, "okta").await;
    server
        .api
        .create(
            "/organizations",
            json!({ "name": "Other", "plan": "enterprise" }),
        )
        .await;
    server
        .api
        .create(
            "/organizations/other/members",
            json!({ "email": "eve@other.example", "role": "admin" }),
        )
        .await;
    let mut eve = server.account_browser("eve@other.example").await;
    let through_hers = base.replace("/acme/", "/other/");
    let links = |base: &str| base.replace("/setup", "/links");
    let page = eve.get("/console/organizations/other/sso/setup").await;
    for base in [&base, &through_hers] {
        for step in [
            "provider",
            "cards",
            "cards/1",
            "other-side",
            "attributes",
            "test",
            "domain",
            "activate",
        ] {
            let path = format!("{base}/{step}");
            assert_eq!(eve.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            if step != "cards" {
                let answer = eve.submit(&page, &path, &[("provider", "adfs")]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        assert_eq!(eve.get(&links(base)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            eve.submit(&page, &links(base), &[]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(connection(&server).await["provider"], "okta");
}

#[apply(each_database)]
async fn domain_checks_are_rate_limited(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let mut admin = admin(&server).await;
    let domains = "/console/organizations/acme/domains";
    let page = admin.get(domains).await;
    admin
        .submit(&page, domains, &[("domain", "acme.example")])
        .await;
    let check = format!("{domains}/acme.example/check");
    for _ in 0..5 {
        let looked = admin.submit(&page, &check, &[]).await;
        assert_eq!(looked.status, StatusCode::SEE_OTHER);
    }
    let refused = admin.submit(&page, &check, &[]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    shows(&refused, "Wait a minute");
    server.clock.set(START + 60);
    let looked = admin.submit(&page, &check, &[]).await;
    assert_eq!(looked.status, StatusCode::SEE_OTHER);
}
