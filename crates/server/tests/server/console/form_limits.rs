//! Every text field of every form of the console rejects values that are too long or contain NUL.

use rstest::rstest;
use rstest_reuse::apply;
use serde_json::json;
use test_support::{Engine, TestBrowser, TestResponse, TestServer, each_database};

use crate::acme::create_active_acme;

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

/// The forms of a page that use POST.
fn forms(page: &TestResponse, path: &str) -> Vec<Form> {
    let pieces = page.text.split("<form").skip(1);
    let form = |piece: &str| {
        let (start, content) = piece.split_once('>')?;
        let content = content.split("</form>").next()?;
        start.contains("method=\"post\"").then(|| Form {
            action: attribute(start, "action").unwrap_or_else(|| path.to_owned()),
            fields: content.split('<').filter_map(field).collect(),
        })
    };
    pieces.filter_map(form).collect()
}

fn field(piece: &str) -> Option<Field> {
    let tag = piece.split('>').next()?;
    let kind = tag.split_whitespace().next()?;
    let is_chosen = ["hidden", "checkbox", "radio"]
        .iter()
        .any(|one| tag.contains(&format!("type=\"{one}\"")));
    let is_text = kind == "textarea" || kind == "input" && !is_chosen;
    (is_text || ["input", "select", "button"].contains(&kind)).then_some(())?;
    Some(Field {
        name: attribute(tag, "name")?,
        value: attribute(tag, "value").unwrap_or_default(),
        is_text: is_text || kind == "select",
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = after.split_once('"')?;
    Some(value.to_owned())
}

/// Tests each text field of each form of a page. Returns the number of fields.
async fn try_all(_server: &TestServer, browser: &mut TestBrowser, path: &str) -> usize {
    let page = browser.get(path).await;
    assert!(page.status.is_success(), "{path}: {}", page.text);
    let mut tried = 0;
    for form in forms(&page, path) {
        for at in 0..form.fields.len() {
            if !form.fields[at].is_text {
                continue;
            }
            tried += 1;
            for bad in ["a\0b", "https://a\0b.example", &"x".repeat(100_000)] {
                let filled = form.fields.iter().enumerate().map(|(place, field)| {
                    let value = if place == at {
                        bad
                    } else {
                        field.value.as_str()
                    };
                    (field.name.as_str(), value)
                });
                let filled: Vec<_> = filled.collect();
                let answer = browser
                    .post_from("same-origin", &form.action, &filled)
                    .await;
                let what = format!("{}: {} = {:.20?}", form.action, form.fields[at].name, bad);
                assert!(
                    answer.status.is_client_error() || may_be_anything(&form.fields[at].name),
                    "{what}: {} {:.2000}",
                    answer.status,
                    answer.text
                );
                assert!(!answer.status.is_server_error(), "{what}: {}", answer.text);
            }
        }
    }
    tried
}

/// Fields for which an unknown value means the default.
fn may_be_anything(name: &str) -> bool {
    ["language", "purpose", "hours"].contains(&name)
}

#[apply(each_database)]
async fn every_field_rejects_long_values_and_nul(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let connection = create_active_acme(&server).await;
    let id = connection["id"].as_str().unwrap();
    let mut browser = server.operator_browser("op@example.com").await;
    let acme = "/console/organizations/acme";
    let setup = format!("{acme}/sso/{id}/setup");
    let mut tried = 0;
    for path in [
        "/console/organizations".to_owned(),
        "/console/operators".to_owned(),
        format!("{acme}/settings"),
        format!("{acme}/team"),
        format!("{acme}/domains"),
        format!("{acme}/sso"),
        format!("{acme}/sso/roles"),
        format!("{acme}/sso/{id}/links"),
        format!("{setup}/other-side"),
        format!("{setup}/attributes"),
        format!("{setup}/domain"),
    ] {
        let found = try_all(&server, &mut browser, &path).await;
        assert!(found > 1, "{path} has no field");
        tried += found;
    }
    for path in [
        "/console/sign-in",
        "/console/sign-in/code?id=cod_x",
        "/console/sign-in/recovery",
    ] {
        tried += try_all(&server, &mut server.browser(), path).await;
    }
    assert!(tried > 40, "{tried}");
    let there = server
        .api
        .get(&format!("/organizations/acme/connections/{id}"))
        .await
        .json();
    assert_eq!(there, connection);
}

#[apply(each_database)]
async fn pages_apply_the_limits_of_the_api_and_show_them(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = server.operator_browser("op@example.com").await;
    let team = "/console/organizations/acme/team";
    let page = browser.get(team).await;
    let long = "x".repeat(900_000);
    let refused = browser
        .submit(
            &page,
            team,
            &[("email", "eve@acme.example"), ("name", &long)],
        )
        .await;
    assert!(
        refused
            .text
            .contains("Expected at most 200 bytes, but received a text of 900000 bytes."),
        "{:.9000}",
        refused.text
    );
    let refused = browser
        .submit(
            &page,
            team,
            &[("email", "eve@acme.example"), ("name", "E\0ve")],
        )
        .await;
    assert!(
        refused
            .text
            .contains("Expected a text without the NUL character, but received ")
    );
    let label = "x".repeat(60);
    let domain = format!("{label}.{label}.{label}.{label}.{label}.example");
    let domains = "/console/organizations/acme/domains";
    let refused = browser.submit(&page, domains, &[("domain", &domain)]).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.text);
    let rules: Vec<(String, &str)> = (0..20_000)
        .map(|number| (format!("g{number}"), "member"))
        .collect();
    let mut fields = vec![("default_role", "member")];
    for (group, role) in &rules {
        fields.extend([("group", group.as_str()), ("role", *role)]);
    }
    let roles = "/console/organizations/acme/sso/roles";
    let page = browser.get(roles).await;
    let refused = browser.submit(&page, roles, &fields).await;
    assert!(
        refused
            .text
            .contains("Expected at most 100 items, but received a list of length 20000."),
        "{:.3000}",
        refused.text
    );
    assert!(
        refused.text.len() < 100_000,
        "a page that takes megabytes: {}",
        refused.text.len()
    );
}

#[apply(each_database)]
async fn a_url_with_a_nul_is_rejected_before_any_lookup(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    create_active_acme(&server).await;
    let mut browser = server.operator_browser("op@example.com").await;
    for path in [
        "/console/organizations/a%00b/team",
        "/console/organizations/acme/team?q=%00",
        "/console/organizations/acme/sign-in-attempts?person=a%00b",
        "/console/organizations?after=%00",
    ] {
        assert_eq!(browser.get(path).await.status.as_u16(), 400, "{path}");
    }
    for path in ["/organizations/a%00b", "/organizations?cursor=%00"] {
        assert_eq!(
            server.api.get(path).await.problem().code,
            "malformed",
            "{path}"
        );
    }
    let nul = json!({"name": "A\0B"});
    assert_eq!(
        server
            .api
            .post("/organizations", nul)
            .await
            .problem()
            .errors[0]
            .expected,
        "a text without the NUL character"
    );
}
