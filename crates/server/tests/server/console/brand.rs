//! The configured brand on the pages.

use rstest::rstest;
use rstest_reuse::apply;
use std::sync::atomic::{AtomicU32, Ordering};
use test_support::{Engine, TestResponse, TestServer, each_database};

use axum::http::{StatusCode, header};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

/// Configures the brand.
fn configure_brand(server: &mut TestServer) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vestibule-brand-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir(&folder).unwrap();
    let logo = folder.join("logo.svg");
    std::fs::write(&logo, LOGO).unwrap();
    let variables = [
        ("VESTIBULE_PRODUCT_NAME", "Acme Portal"),
        ("VESTIBULE_BRAND_COLOR", "#ffcc00"),
        ("VESTIBULE_LOGO_FILE", logo.to_str().unwrap()),
    ];
    server.reconfigure(&variables);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The URL of a file of the page.
fn address<'a>(page: &'a TestResponse, name: &str) -> &'a str {
    let begin = page.text.find(&format!("/assets/{name}-")).unwrap();
    page.text[begin..].split('"').next().unwrap()
}

#[apply(each_database)]
async fn color_and_logo_appear_on_member_pages_and_in_the_console(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    configure_brand(&mut server);
    let mut browser = server.browser();
    for path in ["/", "/console/sign-in"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            page.text.contains("alt=\"Acme Portal\""),
            "{path}: {}",
            page.text
        );
        assert!(!page.text.contains("style="), "{path}: {}", page.text);

        let style = browser.get(address(&page, "brand")).await;
        assert_eq!(
            style.headers[header::CONTENT_TYPE],
            "text/css; charset=utf-8"
        );
        assert!(
            style.text.contains("--accent:#ffcc00;--on-accent:#000000;"),
            "{}",
            style.text
        );
        assert!(
            style.text.contains("prefers-color-scheme: dark"),
            "{}",
            style.text
        );
    }
}

#[apply(each_database)]
async fn a_logo_cannot_run_scripts(#[case] engine: Engine) {
    let mut server = TestServer::start(engine).await;
    configure_brand(&mut server);
    let mut browser = server.browser();
    let page = browser.get("/").await;
    let logo = browser.get(address(&page, "logo")).await;
    assert_eq!((logo.status, logo.text.as_str()), (StatusCode::OK, LOGO));
    assert_eq!(logo.headers[header::CONTENT_TYPE], "image/svg+xml");
    assert_eq!(logo.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let policy = logo.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(
        policy.contains("sandbox") && policy.contains("default-src 'none'"),
        "{policy}"
    );
    assert!(!policy.contains("script-src"), "{policy}");
    assert_eq!(
        browser
            .get("/assets/logo-0000000000000000.svg")
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[apply(each_database)]
async fn a_server_without_a_brand_shows_only_its_name(#[case] engine: Engine) {
    let server = TestServer::start(engine).await;
    let page = server.browser().get("/").await;
    assert!(
        !page.text.contains("/assets/brand-") && !page.text.contains("<img"),
        "{}",
        page.text
    );
}
