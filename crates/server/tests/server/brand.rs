//! The configured brand on the pages.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use config::Config;
use runtime::app::App;
use runtime::clock::Clock;
use runtime::seal::Seal;
use vestibule::router::router;

use crate::database::on_each_database;
use crate::harness::{Answer, MORNING, Server};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

/// The same server with a configured brand.
fn branded(server: &Server) -> Server {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("vestibule-brand-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir(&folder).unwrap();
    let logo = folder.join("logo.svg");
    std::fs::write(&logo, LOGO).unwrap();
    let settings = [
        ("VESTIBULE_PUBLIC_URL", "https://auth.example.com"),
        ("VESTIBULE_PRODUCT_NAME", "Acme Portal"),
        ("VESTIBULE_BRAND_COLOR", "#ffcc00"),
        ("VESTIBULE_LOGO_FILE", logo.to_str().unwrap()),
    ];
    let environment = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let app = App::new(
        Config::load(None, environment).unwrap(),
        Clock::standing_at(MORNING),
        Seal::from_bytes(&[7; 32]).unwrap(),
        server.app.store.clone(),
    );
    std::fs::remove_dir_all(&folder).unwrap();
    Server {
        routes: router(app.clone()),
        clock: app.clock.clone(),
        app,
        key: server.key.clone(),
        outbox: server.outbox.clone(),
        records: server.records.clone(),
        database: server.database.clone(),
    }
}

async fn get(server: &Server, path: &str) -> Answer {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "auth.example.com")
        .body(Body::empty())
        .unwrap();
    server.send(request).await
}

/// The URL of a file of the page.
fn address<'a>(page: &'a Answer, name: &str) -> &'a str {
    let begin = page.text.find(&format!("/assets/{name}-")).unwrap();
    page.text[begin..].split('"').next().unwrap()
}

on_each_database! {
    async fn color_and_logo_appear_on_member_pages_and_in_the_console(server) {
        let server = branded(&server);
        for path in ["/", "/console/sign-in"] {
            let page = get(&server, path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains("alt=\"Acme Portal\""), "{path}: {}", page.text);
            assert!(!page.text.contains("style="), "{path}: {}", page.text);

            let style = get(&server, address(&page, "brand")).await;
            assert_eq!(style.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
            assert!(style.text.contains("--accent:#ffcc00;--on-accent:#000000;"), "{}", style.text);
            assert!(style.text.contains("prefers-color-scheme: dark"), "{}", style.text);
        }
    }

    async fn a_logo_cannot_run_scripts(server) {
        let server = branded(&server);
        let page = get(&server, "/").await;
        let logo = get(&server, address(&page, "logo")).await;
        assert_eq!((logo.status, logo.text.as_str()), (StatusCode::OK, LOGO));
        assert_eq!(logo.headers[header::CONTENT_TYPE], "image/svg+xml");
        assert_eq!(logo.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let policy = logo.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("script-src"), "{policy}");
        assert_eq!(get(&server, "/assets/logo-0000000000000000.svg").await.status, StatusCode::NOT_FOUND);
    }

    async fn a_server_without_a_brand_shows_only_its_name(server) {
        let page = get(&server, "/").await;
        assert!(!page.text.contains("/assets/brand-") && !page.text.contains("<img"), "{}", page.text);
    }
}
