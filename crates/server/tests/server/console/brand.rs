//! The configured brand on the pages.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::{StatusCode, header};
use rstest::rstest;
use rstest_reuse::apply;
use test_support::{Engine, TestResponse, TestServer, each_database};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

#[rstest]
#[case::member_page("/")]
#[case::console_page("/console/sign-in")]
#[tokio::test]
async fn a_page_has_the_color_and_the_logo_of_the_brand(#[case] path: &str) {
    let mut server = TestServer::start(Engine::Sqlite).await;
    configure_brand(&mut server);
    let mut browser = server.browser();
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("alt=\"Acme Portal\""));
    assert!(!page.text.contains("style="));

    let style = browser.get(asset_path(&page, "brand")).await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
    let accent = "--accent:#ffcc00;--on-accent:#000000;";
    assert!(style.text.contains(accent), "{}", style.text);
    assert!(style.text.contains("prefers-color-scheme: dark"));
}

#[apply(each_database)]
async fn a_logo_cannot_run_scripts(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    configure_brand(&mut server);
    let mut browser = server.browser();
    let page = browser.get("/").await;
    let logo = browser.get(asset_path(&page, "logo")).await;
    assert_eq!(logo.status, StatusCode::OK);
    assert_eq!(logo.text, LOGO);
    assert_eq!(logo.headers[header::CONTENT_TYPE], "image/svg+xml");
    assert_eq!(logo.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let policy = logo.header("content-security-policy");
    assert!(policy.contains("sandbox"), "{policy}");
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
}

#[apply(each_database)]
async fn a_logo_has_no_other_url(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    configure_brand(&mut server);
    let path = "/assets/logo-0000000000000000.svg";
    let response = server.browser().get(path).await;
    assert_eq!(response.status, StatusCode::NOT_FOUND);
}

#[apply(each_database)]
async fn a_server_without_a_brand_shows_only_its_name(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let page = server.browser().get("/").await;
    assert!(!page.text.contains("/assets/brand-"));
    assert!(!page.text.contains("<img"));
}

/// Configures a name, a color and a logo.
fn configure_brand(server: &mut TestServer) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vestibule-brand-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir(&folder).unwrap();
    let logo = folder.join("logo.svg");
    std::fs::write(&logo, LOGO).unwrap();
    server.reconfigure(&[
        ("VESTIBULE_PRODUCT_NAME", "Acme Portal"),
        ("VESTIBULE_BRAND_COLOR", "#ffcc00"),
        ("VESTIBULE_LOGO_FILE", logo.to_str().unwrap()),
    ]);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The path of a file of the page.
fn asset_path<'a>(page: &'a TestResponse, name: &str) -> &'a str {
    let start = page.text.find(&format!("/assets/{name}-")).unwrap();
    page.text[start..].split('"').next().unwrap()
}
