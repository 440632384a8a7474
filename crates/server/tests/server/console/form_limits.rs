//! Every text field of every form of the console rejects values that are too long or contain NUL.

use axum::http::{Request, StatusCode};
use insta::assert_snapshot;
use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};

use super::responses::get_each;
use crate::acme::create_active_acme;
use crate::objects::id;

/// A form of a page, as a browser sends it.
struct Form {
    action: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    value: String,
    /// Whether it is a text field.
    is_text: bool,
}

#[apply(each_database)]
async fn every_field_rejects_long_values_and_nul(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let id = id(&connection);
    let mut operator = server.operator_browser("op@example.com").await;
    let acme = "/console/organizations/acme";
    let setup = format!("{acme}/sso/{id}/setup");
    let mut count = 0;
    for path in [
        "/console/organizations",
        "/console/operators",
        &format!("{acme}/settings"),
        &format!("{acme}/team"),
        &format!("{acme}/domains"),
        &format!("{acme}/sso"),
        &format!("{acme}/sso/role-mapping"),
        &format!("{acme}/sso/{id}/setup-links"),
        &format!("{setup}/idp-details"),
        &format!("{setup}/attributes"),
        &format!("{setup}/domain"),
    ] {
        let count_of_page = assert_fields_reject_bad_values(&mut operator, path).await;
        assert!(count_of_page > 1, "{path} has no field");
        count += count_of_page;
    }
    for path in [
        "/console/sign-in",
        "/console/sign-in/code?id=cod_x",
        "/console/sign-in/recovery",
    ] {
        count += assert_fields_reject_bad_values(&mut server.browser(), path).await;
    }
    assert!(count > 40, "{count}");
    let path = format!("/organizations/acme/connections/{id}");
    let unchanged = server.api.get(&path).await.json();
    assert_eq!(unchanged, connection);
}

#[rstest]
#[case::too_long(
    &"x".repeat(900_000),
    "Expected at most 200 bytes, but received a text of 900000 bytes."
)]
#[case::nul("E\0ve", "Expected a text without the NUL character, but received ")]
#[tokio::test]
async fn the_team_page_shows_the_limits_of_the_api(#[case] name: &str, #[case] error: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let team = "/console/organizations/acme/team";
    let page = operator.get(team).await;
    let fields = [("email", "eve@acme.example"), ("name", name)];
    let rejected = operator.submit(&page, team, &fields).await;
    assert!(rejected.text.contains(error), "{:.9000}", rejected.text);
}

#[apply(each_database)]
async fn a_domain_that_is_too_long_is_rejected(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let domains = "/console/organizations/acme/domains";
    let page = operator.get(domains).await;
    let label = "x".repeat(60);
    let domain = format!("{label}.{label}.{label}.{label}.{label}.example");
    let fields = [("domain", domain.as_str())];
    let rejected = operator.submit(&page, domains, &fields).await;
    assert_eq!(rejected.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[apply(each_database)]
async fn a_list_that_is_too_long_is_rejected_with_a_short_page(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let groups: Vec<String> = (0..20_000).map(|number| format!("g{number}")).collect();
    let mut fields = vec![("default_role", "member")];
    for group in &groups {
        fields.extend([("group", group.as_str()), ("role", "member")]);
    }
    let roles = "/console/organizations/acme/sso/role-mapping";
    let page = operator.get(roles).await;
    let rejected = operator.submit(&page, roles, &fields).await;
    let error = "Expected at most 100 items, but received a list of length 20000.";
    assert!(rejected.text.contains(error), "{:.3000}", rejected.text);
    assert!(rejected.text.len() < 100_000, "{}", rejected.text.len());
}

/// A field takes many times the memory of its two octets.
#[tokio::test]
async fn a_form_with_too_many_fields_is_rejected() {
    let server = TestServer::start(Engine::Sqlite).await;
    let acme = create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let connection = id(&acme);
    let path = format!("/console/organizations/acme/sso/{connection}/setup/idp-details");
    let page = operator.get(&path).await;
    let token = page.hidden_field("csrf").unwrap_or_default();
    let form = format!("csrf={token}&{}", "a&".repeat(2_000_000));
    let request = Request::post("/")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let rejected = operator.send(&path, request.body(form).unwrap()).await;
    assert_eq!(rejected.status, StatusCode::BAD_REQUEST);
    let error = "read that request. Reload the page";
    assert!(rejected.text.contains(error), "{:.3000}", rejected.text);
}

#[rstest]
#[case::after_an_equals_sign("key=")]
#[case::after_a_slash("key/")]
#[case::after_an_underscore("x_")]
#[tokio::test]
async fn a_private_key_in_a_name_is_not_repeated(#[case] before: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let team = "/console/organizations/acme/team";
    let key = "MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
    let name = format!("{before}{key}");
    let page = operator.get(team).await;
    let fields = [("email", "eve@acme.example"), ("name", name.as_str())];
    let rejected = operator.submit(&page, team, &fields).await;
    assert!(rejected.status.is_client_error(), "{}", rejected.status);
    assert!(!rejected.text.contains(key));
    assert!(
        rejected.text.contains("a private key"),
        "{:.3000}",
        rejected.text
    );
}

#[apply(each_database)]
async fn a_url_with_nul_is_rejected_before_any_lookup(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut operator = server.operator_browser("op@example.com").await;
    let pages = [
        "/console/organizations/a%00b/team",
        "/console/organizations/acme/team?q=%00",
        "/console/organizations/acme/sign-in-attempts?user=a%00b",
        "/console/organizations?after=%00",
    ];
    assert_snapshot!(get_each(&mut operator, &pages).await, @"
    /console/organizations/a%00b/team: 400
    /console/organizations/acme/team?q=%00: 400
    /console/organizations/acme/sign-in-attempts?user=a%00b: 400
    /console/organizations?after=%00: 400
    ");
}

#[rstest]
#[case::in_the_path("/organizations/a%00b")]
#[case::in_the_query("/organizations?cursor=%00")]
#[tokio::test]
async fn the_api_rejects_a_url_with_nul(#[case] path: &str) {
    let server = TestServer::start(Engine::Sqlite).await;
    let rejected = server.api.get(path).await;
    assert_eq!(rejected.problem().code, "malformed");
}

#[apply(each_database)]
async fn the_api_rejects_a_name_with_nul(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let organization = json!({ "name": "A\0B" });
    let rejected = server.api.post("/organizations", organization).await;
    assert_snapshot!(rejected.problem(), @r#"
    invalid-fields
    name: expected a text without the NUL character, received the text "A\0B"
    "#);
}

/// Submits each form of a page with bad values in each text field. Returns the number of text fields.
async fn assert_fields_reject_bad_values(browser: &mut TestBrowser, path: &str) -> usize {
    let page = browser.get(path).await;
    assert!(page.status.is_success(), "{path}: {}", page.text);
    let mut count = 0;
    for form in forms(&page, path) {
        for (index, field) in form.fields.iter().enumerate() {
            if !field.is_text {
                continue;
            }
            count += 1;
            for bad in ["a\0b", "https://a\0b.example", &"x".repeat(100_000)] {
                let fields = form.fields_with(index, bad);
                let response = browser
                    .post_from("same-origin", &form.action, &fields)
                    .await;
                let status = response.status;
                let context = format!("{}: {} = {bad:.20?}: {status}", form.action, field.name);
                let is_rejected = status.is_client_error();
                assert!(is_rejected || field.has_default(), "{context}");
                assert!(!status.is_server_error(), "{context}");
            }
        }
    }
    count
}

/// The forms of a page that use POST.
fn forms(page: &TestResponse, path: &str) -> Vec<Form> {
    let parts = page.text.split("<form").skip(1);
    parts.filter_map(|part| Form::parse(part, path)).collect()
}

impl Form {
    /// Parses the HTML after `<form`.
    fn parse(html: &str, path: &str) -> Option<Self> {
        let (tag, content) = html.split_once('>')?;
        let content = content.split("</form>").next()?;
        tag.contains("method=\"post\"").then(|| Self {
            action: attribute(tag, "action").unwrap_or_else(|| path.to_owned()),
            fields: content.split('<').filter_map(Field::parse).collect(),
        })
    }

    /// The fields with another value in one of them.
    fn fields_with<'a>(&'a self, changed: usize, value: &'a str) -> Vec<(&'a str, &'a str)> {
        let mut fields: Vec<_> = self
            .fields
            .iter()
            .map(|field| (field.name.as_str(), field.value.as_str()))
            .collect();
        fields[changed].1 = value;
        fields
    }
}

impl Field {
    /// Parses the HTML after `<`.
    fn parse(html: &str) -> Option<Self> {
        let tag = html.split('>').next()?;
        let element = tag.split_whitespace().next()?;
        let is_choice = ["hidden", "checkbox", "radio"]
            .iter()
            .any(|kind| tag.contains(&format!("type=\"{kind}\"")));
        let is_text = element == "textarea" || element == "input" && !is_choice;
        (is_text || ["input", "select", "button"].contains(&element)).then_some(())?;
        Some(Self {
            name: attribute(tag, "name")?,
            value: attribute(tag, "value").unwrap_or_default(),
            is_text: is_text || element == "select",
        })
    }

    /// Whether an unknown value means the default.
    fn has_default(&self) -> bool {
        self.name == "language"
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = after.split_once('"')?;
    Some(value.to_owned())
}
