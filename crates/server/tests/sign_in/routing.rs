//! An organization with two active connections: which one a request, a hint or an email address leads to.

use axum::http::StatusCode;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use service::domain::DomainSettings;
use service::json::Patch;
use service::routing::{NewRouting, NewRoutingRule, SkippedRule};
use service::sso_enforcement::Access;
use service::{Actor, domain, routing, sso_enforcement};
use store::{ConnectionId, ConnectionSettings};
use test_support::{
    ADA, Engine, IDP_SIGN_ON_URL, REDIRECT_URI, SsoFixture, TestBrowser, TestResponse,
    connection_settings, each_database,
};
use testkit::identity_provider::IdpBehavior;

use crate::sign_in_page::{open_sign_in_page, submit_email};

const CLI: &Actor = &Actor::CommandLine;
const EU_SIGN_ON_URL: &str = "https://eu.idp.example/sso";
const CHOOSE: &str = "/sign-in/connection";
const COOKIE: &str = "__Host-vestibule-connections";

/// Acme with its connection *Practice*, and a second one.
struct RoutingFixture {
    sso: SsoFixture,
    eu: ConnectionId,
}

impl RoutingFixture {
    async fn new(engine: Engine) -> Self {
        Self::with(engine, |_| ()).await
    }

    /// Changes the settings of both connections.
    async fn with(engine: Engine, change: impl Fn(&mut ConnectionSettings)) -> Self {
        let sso = SsoFixture::on(engine, &change).await;
        let mut settings = ConnectionSettings {
            name: "Entra Europe".to_owned(),
            issuer: "https://eu.idp.example/metadata".to_owned(),
            sign_on_url: EU_SIGN_ON_URL.to_owned(),
            ..connection_settings()
        };
        change(&mut settings);
        let eu = sso.add_connection(&sso.organization, settings).await;
        Self { sso, eu }
    }

    async fn replace_rules(&self, rules: &[(&ConnectionId, &[&str])]) {
        let rule = |(connection, patterns): &(&ConnectionId, &[&str])| NewRoutingRule {
            patterns: patterns
                .iter()
                .map(|pattern| (*pattern).to_owned())
                .collect(),
            connection: connection.to_string(),
        };
        let new = NewRouting {
            rules: rules.iter().map(rule).collect(),
        };
        let app = &self.sso.server.app;
        routing::replace(app, CLI, "acme", new, None).await.unwrap();
    }

    async fn include_subdomains(&self) {
        let settings = DomainSettings {
            include_subdomains: true,
        };
        let change = Patch::new(json!(settings));
        let app = &self.sso.server.app;
        let updated = domain::update(app, CLI, "acme", "acme.example", change).await;
        assert!(updated.unwrap().include_subdomains);
    }

    async fn disable(&self, connection: &ConnectionId) {
        let organization = self.sso.organization.clone();
        let connection = connection.clone();
        let now = self.sso.server.app.clock.now();
        self.sso
            .write(async move |tx| {
                let mut org_tx = tx.organization(&organization);
                org_tx.disable(&connection, now).await.map(drop)
            })
            .await;
    }

    async fn authorize(&self, browser: &mut TestBrowser, more: &[(&str, &str)]) -> TestResponse {
        browser.get(&self.sso.authorize_path(more)).await
    }

    /// Selects a connection on the page.
    async fn choose(
        browser: &mut TestBrowser,
        page: &TestResponse,
        connection: &ConnectionId,
    ) -> TestResponse {
        let fields = [
            ("request", page.hidden_field("request").unwrap()),
            ("email", page.hidden_field("email").unwrap_or_default()),
            ("connection", connection.as_str()),
        ];
        browser.post(CHOOSE, &fields).await
    }
}

/// Where a response leads: to an identity provider, to the chooser, or to the page that asks for the email address.
fn destination(response: &TestResponse) -> &'static str {
    if response.status == StatusCode::OK {
        assert!(
            response.text.contains("Choose how to sign in"),
            "{}",
            response.text
        );
        return "chooser";
    }
    let location = response.location();
    if location.starts_with(&format!("{EU_SIGN_ON_URL}?")) {
        "eu"
    } else if location.starts_with(&format!("{IDP_SIGN_ON_URL}?")) {
        "practice"
    } else if location.starts_with("/sign-in?") {
        "email page"
    } else {
        panic!("{location}")
    }
}

/// The names on the chooser, sorted: both connections are equally old.
fn sorted_names(page: &TestResponse) -> Vec<&str> {
    let mut names = names(page);
    names.sort_unstable();
    names
}

/// The names on the chooser, in order.
fn names(page: &TestResponse) -> Vec<&str> {
    let buttons = page.text.split("<button name=\"connection\"").skip(1);
    buttons
        .map(|button| {
            let (_, rest) = button.split_once('>').unwrap();
            rest.split_once('<').unwrap().0
        })
        .collect()
}

#[apply(each_database)]
async fn without_a_rule_the_user_chooses_and_the_last_choice_comes_first(#[case] engine: Engine) {
    let fixture = RoutingFixture::new(engine).await;
    let mut browser = fixture.sso.browser();
    let organization = [("organization", "acme")];
    let page = fixture.authorize(&mut browser, &organization).await;
    assert_eq!(sorted_names(&page), ["Entra Europe", "Practice"]);
    assert!(!page.text.contains("Last used"));
    // The page tells a stranger nothing else of the organization.
    assert!(!page.text.contains("Acme"), "{}", page.text);
    let redirect = RoutingFixture::choose(&mut browser, &page, &fixture.eu).await;
    assert_eq!(destination(&redirect), "eu");
    assert_eq!(browser.cookie(COOKIE), Some(fixture.eu.as_str()));
    let page = fixture.authorize(&mut browser, &organization).await;
    assert_eq!(names(&page), ["Entra Europe", "Practice"]);
    assert!(page.text.contains("Last used"));
    let redirect = RoutingFixture::choose(&mut browser, &page, &fixture.sso.connection).await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let signed_in = fixture
        .sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    assert!(signed_in.location().starts_with(REDIRECT_URI));
    // The standing session is through one of the connections among which the user could choose.
    let again = fixture.authorize(&mut browser, &organization).await;
    assert!(again.location().starts_with(REDIRECT_URI));
    let select = [("organization", "acme"), ("prompt", "select_account")];
    let page = fixture.authorize(&mut browser, &select).await;
    assert_eq!(names(&page), ["Practice", "Entra Europe"]);
}

#[rstest]
#[case::address("ada@acme.example", "eu")]
#[case::address_in_another_case("Ada@ACME.example", "eu")]
#[case::domain("grace@acme.example", "practice")]
#[case::domain_of_subdomains("kim@eu.acme.example", "eu")]
#[case::domain_of_deeper_subdomain("kim@x.eu.acme.example", "eu")]
#[case::closer_domain("kim@lab.eu.acme.example", "practice")]
#[case::no_rule("kim@us.acme.example", "chooser")]
#[tokio::test]
async fn the_most_specific_rule_chooses_the_connection(
    #[case] email: &str,
    #[case] expected: &str,
) {
    let fixture = RoutingFixture::new(Engine::Sqlite).await;
    fixture.include_subdomains().await;
    let practice = &fixture.sso.connection;
    fixture
        .replace_rules(&[
            (practice, &["*@acme.example", "lab.eu.acme.example"]),
            (
                &fixture.eu,
                &["*.eu.acme.example", "eu.acme.example", "ada@acme.example"],
            ),
        ])
        .await;
    let mut browser = fixture.sso.browser();
    let hint = [("login_hint", email)];
    let hinted = fixture.authorize(&mut browser, &hint).await;
    assert_eq!(destination(&hinted), expected);
    let both = [("organization", "acme"), ("login_hint", email)];
    let hinted = fixture.authorize(&mut browser, &both).await;
    assert_eq!(destination(&hinted), expected);
    let request = open_sign_in_page(&fixture.sso, &mut browser).await;
    let entered = submit_email(&mut browser, &request, email).await;
    assert_eq!(destination(&entered), expected);
    // The connection that a request names is used whatever the rules say.
    let exact = [("connection", practice.as_str()), ("login_hint", email)];
    let exact = fixture.authorize(&mut browser, &exact).await;
    assert_eq!(destination(&exact), "practice");
}

#[tokio::test]
async fn a_domain_hint_is_routed_by_rules_of_domains() {
    let fixture = RoutingFixture::new(Engine::Sqlite).await;
    let rules: [(&ConnectionId, &[&str]); 1] = [(&fixture.eu, &["acme.example"])];
    fixture.replace_rules(&rules).await;
    let hint = [("domain_hint", "acme.example")];
    let hinted = fixture.authorize(&mut fixture.sso.browser(), &hint).await;
    assert_eq!(destination(&hinted), "eu");
}

#[apply(each_database)]
async fn a_rule_whose_connection_is_disabled_or_deleted_is_skipped(#[case] engine: Engine) {
    let fixture = RoutingFixture::new(engine).await;
    let third = fixture
        .sso
        .add_connection(&fixture.sso.organization, connection_settings())
        .await;
    let rules: [(&ConnectionId, &[&str]); 2] = [
        (&third, &["ada@acme.example"]),
        (&fixture.eu, &["acme.example"]),
    ];
    fixture.replace_rules(&rules).await;
    fixture.disable(&third).await;
    let app = &fixture.sso.server.app;
    let listed = routing::list(app, "acme").await.unwrap();
    assert_eq!(
        listed.rules[0].skipped,
        Some(SkippedRule::ConnectionNotActive)
    );
    let hint = [("login_hint", "ada@acme.example")];
    let mut browser = fixture.sso.browser();
    assert_eq!(
        destination(&fixture.authorize(&mut browser, &hint).await),
        "eu"
    );
    let organization = fixture.sso.organization.clone();
    let now = app.clock.now();
    let deleted = third.clone();
    fixture
        .sso
        .write(async move |tx| {
            let mut org_tx = tx.organization(&organization);
            org_tx.delete_connection(&deleted, now).await.map(drop)
        })
        .await;
    assert_eq!(
        destination(&fixture.authorize(&mut browser, &hint).await),
        "eu"
    );
    let listed = routing::list(app, "acme").await.unwrap();
    assert_eq!(
        listed.rules[0].skipped,
        Some(SkippedRule::ConnectionDeleted)
    );
    assert_eq!(listed.rules[1].skipped, None);
    // The rule of the deleted connection may stay, and with one active connection everyone uses that one.
    fixture.replace_rules(&rules[..1]).await;
    fixture.disable(&fixture.eu).await;
    assert_eq!(
        destination(&fixture.authorize(&mut browser, &hint).await),
        "practice"
    );
}

#[tokio::test]
async fn an_email_address_without_a_rule_leads_to_the_chooser() {
    let fixture = RoutingFixture::new(Engine::Sqlite).await;
    let mut browser = fixture.sso.browser();
    let request = open_sign_in_page(&fixture.sso, &mut browser).await;
    let page = submit_email(&mut browser, &request, "ada@acme.example").await;
    assert_eq!(sorted_names(&page), ["Entra Europe", "Practice"]);
    let redirect = RoutingFixture::choose(&mut browser, &page, &fixture.sso.connection).await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    let signed_in = fixture
        .sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    let state = signed_in.location_parameter("state");
    assert_eq!(state.as_deref(), Some("the state"));
}

#[tokio::test]
async fn only_a_connection_of_the_choice_can_be_chosen() {
    let fixture = RoutingFixture::new(Engine::Sqlite).await;
    let globex = fixture.sso.add_organization("globex", "enterprise").await;
    let foreign = fixture
        .sso
        .add_connection(&globex, connection_settings())
        .await;
    let mut browser = fixture.sso.browser();
    let organization = [("organization", "acme")];
    let page = fixture.authorize(&mut browser, &organization).await;
    let refused = RoutingFixture::choose(&mut browser, &page, &foreign).await;
    assert_eq!(refused.error_code(), "connection-not-found");
    // Nor does an address in the form lead elsewhere.
    fixture.sso.add_domain(&globex, "globex.example").await;
    let fields = [
        ("request", page.hidden_field("request").unwrap()),
        ("email", "eve@globex.example"),
        ("connection", foreign.as_str()),
    ];
    let refused = browser.post(CHOOSE, &fields).await;
    assert_eq!(refused.error_code(), "connection-not-found");
    let other_browser = &mut fixture.sso.browser();
    let refused = RoutingFixture::choose(other_browser, &page, &fixture.eu).await;
    assert_eq!(refused.error_code(), "browser-mismatch");
    fixture.disable(&fixture.eu).await;
    let refused = RoutingFixture::choose(&mut browser, &page, &fixture.eu).await;
    assert_eq!(refused.error_code(), "connection-not-found");
}

#[rstest]
#[case::passive(true, "interaction_required")]
#[case::not_passive(false, "login_required")]
#[tokio::test]
async fn a_silent_request_uses_the_remembered_choice(#[case] passive: bool, #[case] error: &str) {
    let fixture = RoutingFixture::with(Engine::Sqlite, |settings| {
        settings.policy.passive_requests = passive;
    })
    .await;
    let mut browser = fixture.sso.browser();
    let silent = [("organization", "acme"), ("prompt", "none")];
    let answer = fixture.authorize(&mut browser, &silent).await;
    assert_eq!(answer.location_parameter("error").as_deref(), Some(error));
    let organization = [("organization", "acme")];
    let page = fixture.authorize(&mut browser, &organization).await;
    RoutingFixture::choose(&mut browser, &page, &fixture.eu).await;
    let answer = fixture.authorize(&mut browser, &silent).await;
    if passive {
        assert_eq!(destination(&answer), "eu");
    } else {
        assert_eq!(answer.location_parameter("error").as_deref(), Some(error));
    }
    // A forged cookie chooses nothing that the organization does not have.
    browser.set_cookie(&format!("{COOKIE}=con_x.{}.", "a".repeat(4000)));
    let answer = fixture.authorize(&mut browser, &silent).await;
    assert_eq!(answer.location_parameter("error").as_deref(), Some(error));
}

#[tokio::test]
async fn addresses_of_subdomains_are_routed_and_not_verified() {
    let sso = SsoFixture::new().await;
    let hint = [("login_hint", "kim@eu.acme.example")];
    let path = sso.authorize_path(&hint);
    assert_eq!(destination(&sso.browser().get(&path).await), "email page");
    let fixture = RoutingFixture {
        eu: sso.connection.clone(),
        sso,
    };
    fixture.include_subdomains().await;
    let routed = fixture.sso.browser().get(&path).await;
    assert_eq!(destination(&routed), "practice");
    let app = &fixture.sso.server.app;
    let new = json!({"email": "kim@eu.acme.example", "send_email": false});
    let api = &fixture.sso.server.api;
    let invited = api.create("/organizations/acme/members", new).await;
    assert_eq!(invited["email_verified"], false);
    let report = sso_enforcement::dry_run(app, "acme").await.unwrap();
    assert_eq!(report.members[0].reason, "email-domain-not-verified");
}

#[apply(each_database)]
async fn the_dry_run_follows_the_rules(#[case] engine: Engine) {
    let fixture = RoutingFixture::new(engine).await;
    let mut browser = fixture.sso.browser();
    let organization = [("organization", "acme")];
    let page = fixture.authorize(&mut browser, &organization).await;
    let redirect = RoutingFixture::choose(&mut browser, &page, &fixture.sso.connection).await;
    let relay_state = redirect.location_parameter("RelayState").unwrap();
    fixture
        .sso
        .complete_sign_in(&mut browser, &relay_state, ADA, IdpBehavior::Valid)
        .await;
    let app = &fixture.sso.server.app;
    let impact = async || {
        let report = sso_enforcement::dry_run(app, "acme").await.unwrap();
        let ada = report.members[0].clone();
        (ada.access, ada.reason, ada.connection)
    };
    assert_eq!(impact().await, (Access::Unaffected, "has-account", None));
    let ada = fixture.sso.members().await.remove(0).profile.email.unwrap();
    let practice = &fixture.sso.connection;
    fixture.replace_rules(&[(practice, &[&ada])]).await;
    let expected = Some(practice.to_string());
    assert_eq!(
        impact().await,
        (Access::Unaffected, "has-account", expected)
    );
    fixture.replace_rules(&[(&fixture.eu, &[&ada])]).await;
    let expected = Some(fixture.eu.to_string());
    assert_eq!(
        impact().await,
        (Access::LockedOut, "other-connection", expected)
    );
}

#[tokio::test]
async fn a_sign_in_to_the_console_asks_for_the_connection() {
    let fixture = RoutingFixture::new(Engine::Sqlite).await;
    let mut browser = fixture.sso.browser();
    let page = browser.get("/console/sign-in").await;
    let fields = [("email", "ada@acme.example"), ("sso", "1")];
    let page = browser.submit(&page, "/console/sign-in", &fields).await;
    assert_eq!(sorted_names(&page), ["Entra Europe", "Practice"]);
    let redirect = RoutingFixture::choose(&mut browser, &page, &fixture.eu).await;
    assert_eq!(destination(&redirect), "eu");
    let rules: [(&ConnectionId, &[&str]); 1] = [(&fixture.eu, &["acme.example"])];
    fixture.replace_rules(&rules).await;
    let page = browser.get("/console/sign-in").await;
    let redirect = browser.submit(&page, "/console/sign-in", &fields).await;
    assert_eq!(destination(&redirect), "eu");
}
