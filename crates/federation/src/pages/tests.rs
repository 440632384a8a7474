//! Every page in every state, with hostile text in every place for text.

use i18n::Language;
use insta::assert_snapshot;
use oidc::authorization::{AuthorizationResponse, ResponseMode};
use oidc::{ClientType, RedirectUri};
use rstest::rstest;

use super::*;

const HOSTILE: &str = "\"><script>alert(1)</script>";

fn frame() -> Frame<'static> {
    frame_in(Language::English)
}

fn frame_in(language: Language) -> Frame<'static> {
    Frame {
        text: Localizer::new(language),
        product_name: "Acme <Portal>",
        support_contact: Some("help@acme.example"),
        styles: vec!["/assets/style-1.css".into()],
        logo: None,
        icon: "/assets/icon-1.svg".into(),
        script: "/assets/post-2.js".into(),
        copy_script: "/assets/console-3.js",
    }
}

/// Renders a page, and checks what is true of every page.
fn render_page(page: &impl Template) -> String {
    let html = page.render().unwrap();
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\""), "{html}");
    assert!(html.contains("name=\"viewport\""), "{html}");
    assert!(html.contains("Acme &#60;Portal&#62;"), "{html}");
    assert_eq!(html.matches("<h1>").count(), 1, "{html}");
    // The content security policy forbids inline scripts and styles; a page must not depend on that.
    for inline in [
        "<script>",
        "style=",
        "onclick=",
        "onload=",
        "<style>",
        "javascript:",
    ] {
        assert!(!html.contains(inline), "{inline} in {html}");
    }
    html
}

fn render_email_page(error: Option<String>) -> String {
    render_page(&EmailPage {
        frame: frame(),
        request: "handle",
        email: HOSTILE,
        error,
    })
}

#[test]
fn the_email_page_labels_its_field() {
    assert_snapshot!("email_page", render_email_page(None));
}

#[test]
fn the_email_page_describes_its_field_by_the_error() {
    let error = format!("No single sign-on for {HOSTILE}");
    assert_snapshot!("email_page_with_error", render_email_page(Some(error)));
}

fn error_page() -> ErrorPage<'static> {
    ErrorPage {
        frame: frame(),
        message: HOSTILE.to_owned(),
        remedy: "Ask an administrator.".to_owned(),
        code: "audience",
        attempt: None,
        application_return: None,
    }
}

#[test]
fn the_error_page_shows_code_reference_and_support_contact() {
    let page = ErrorPage {
        attempt: Some("att_1"),
        ..error_page()
    };
    assert_snapshot!("error_page_with_reference", render_page(&page));
}

#[test]
fn the_error_page_links_to_the_application() {
    let way_back = application_return(ResponseMode::Query);
    let page = ErrorPage {
        application_return: Some(&way_back),
        ..error_page()
    };
    assert!(!page.posts_to_application());
    assert_snapshot!("error_page_with_redirect", render_page(&page));
}

#[test]
fn the_error_page_posts_to_an_application_that_asked_for_a_form() {
    let way_back = application_return(ResponseMode::FormPost);
    let page = ErrorPage {
        application_return: Some(&way_back),
        ..error_page()
    };
    assert!(page.posts_to_application());
    assert_snapshot!("error_page_with_form", render_page(&page));
}

fn application_return(response_mode: ResponseMode) -> ApplicationReturn {
    let response = AuthorizationResponse {
        redirect_uri: RedirectUri::parse("https://app.example/cb", ClientType::Confidential)
            .unwrap(),
        response_mode,
        parameters: vec![
            ("error", "access_denied".to_owned()),
            ("state", HOSTILE.to_owned()),
        ],
    };
    ApplicationReturn::new(HOSTILE.to_owned(), response)
}

#[test]
fn the_confirmation_names_the_user_and_the_application() {
    let page = ConfirmSignInPage {
        frame: frame(),
        request: "handle",
        user: HOSTILE.to_owned(),
        application: Some(HOSTILE),
        organization: HOSTILE,
    };
    assert_snapshot!("confirm_sign_in_page", render_page(&page));
}

#[test]
fn a_confirmation_without_one_application_names_the_product() {
    let page = ConfirmSignInPage {
        frame: frame(),
        request: "handle",
        user: "ada@acme.example".to_owned(),
        application: None,
        organization: "Acme",
    };
    let title = "Continue as ada@acme.example to Acme &#60;Portal&#62;?";
    assert!(render_page(&page).contains(title));
}

#[test]
fn the_page_that_posts_a_form_has_a_button_for_browsers_without_scripts() {
    let fields = [
        ("SAMLRequest".into(), "PHM+".into()),
        ("RelayState".into(), HOSTILE.into()),
    ];
    let page = AutoPostPage {
        frame: frame(),
        action: "https://idp.example/sso?a=1&b=2",
        fields: &fields,
    };
    assert_snapshot!("auto_post_page", render_page(&page));
}

#[test]
fn the_home_page_links_to_the_console_and_the_discovery_document() {
    assert_snapshot!("home_page", render_page(&HomePage { frame: frame() }));
}

#[test]
fn the_page_of_the_entity_id_says_where_metadata_is() {
    let page = EntityIdPage {
        frame: frame(),
        metadata_url: format!("https://auth.example.com/{HOSTILE}"),
    };
    let html = render_page(&page);
    assert!(html.contains("<code>https://auth.example.com/&#34;&#62;&#60;script&#62;alert(1)"));
}

#[test]
fn the_app_picker_links_to_each_application() {
    let applications = [AppLink {
        name: HOSTILE.to_owned(),
        url: "https://app.example".to_owned(),
    }];
    let page = AppPickerPage {
        frame: frame(),
        applications: &applications,
    };
    assert!(render_page(&page).contains("href=\"https://app.example\""));
}

#[test]
fn the_app_picker_without_applications_tells_the_user_to_open_one() {
    let page = AppPickerPage {
        frame: frame(),
        applications: &[],
    };
    assert!(render_page(&page).contains("Open your application"));
}

#[test]
fn an_asset_is_named_after_its_content() {
    assert!(STYLE.path.starts_with("/assets/style-") && STYLE.path.ends_with(".css"));
    assert_ne!(STYLE.path.len(), "/assets/style-.css".len());
}

#[rstest]
#[case::english(Language::English, "en", "Sign in")]
#[case::french(Language::French, "fr", "Se connecter")]
#[case::dutch(Language::Dutch, "nl", "Inloggen")]
#[case::german(Language::German, "de", "Anmelden")]
fn a_page_states_its_language(#[case] language: Language, #[case] tag: &str, #[case] title: &str) {
    let html = render_page(&EmailPage {
        frame: frame_in(language),
        request: "handle",
        email: "",
        error: None,
    });
    assert!(html.contains(&format!("<html lang=\"{tag}\">")));
    assert!(html.contains(&format!("<h1>{title}</h1>")));
}

#[test]
fn a_logo_has_the_product_name_as_its_text() {
    let branded = Frame {
        styles: vec!["/assets/style-1.css".into(), "/assets/brand-2.css".into()],
        logo: Some("/assets/logo-3.svg".into()),
        ..frame()
    };
    let html = render_page(&HomePage { frame: branded });
    assert!(
        html.contains(
            "<img class=\"logo\" src=\"/assets/logo-3.svg\" alt=\"Acme &#60;Portal&#62;\">"
        ),
        "{html}"
    );
    let place = |path: &str| html.find(path).unwrap();
    assert!(
        place("/assets/style-1.css") < place("/assets/brand-2.css"),
        "{html}"
    );
}
