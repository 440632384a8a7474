//! Every page in every state, with hostile text wherever text can stand.

use i18n::Language;

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
        styles: vec![Cow::Borrowed(&STYLE.path)],
        logo: None,
        script: Cow::Borrowed(&SCRIPT.path),
        copy_script: &CONSOLE_SCRIPT.path,
    }
}

fn rendered(page: &impl Template) -> String {
    let html = page.render().unwrap();
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\""), "{html}");
    assert!(html.contains("name=\"viewport\""), "{html}");
    assert!(html.contains("Acme &#60;Portal&#62;"), "{html}");
    assert_eq!(html.matches("<h1>").count(), 1, "{html}");
    // The policy would not let them run, and no one should have to rely on it.
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

fn email_page(error: Option<String>) -> String {
    rendered(&EmailPage {
        frame: frame(),
        request: "handle",
        email: HOSTILE,
        error,
    })
}

#[test]
fn the_email_page_labels_its_field_and_its_error() {
    let html = email_page(None);
    assert!(html.contains("<label for=\"email\">"), "{html}");
    assert!(html.contains("autofocus>"), "{html}");
    assert!(html.contains("name=\"request\" value=\"handle\""), "{html}");

    let html = email_page(Some(format!("No single sign-on for {HOSTILE}")));
    assert!(
        html.contains("aria-invalid=\"true\" aria-describedby=\"email-error\""),
        "{html}"
    );
    assert!(
        html.contains("id=\"email-error\" role=\"alert\">No single sign-on for &#34;&#62;"),
        "{html}"
    );
}

#[test]
fn the_error_page_shows_code_attempt_and_whom_to_ask() {
    let page = ErrorPage {
        frame: frame(),
        message: HOSTILE.to_owned(),
        remedy: "Ask an administrator.".to_owned(),
        code: "audience",
        attempt: Some("att_1"),
        error_redirect: None,
    };
    let html = rendered(&page);
    assert!(
        html.contains("<dd>audience</dd>") && html.contains("<dd id=\"attempt\">att_1</dd>"),
        "{html}"
    );
    assert!(html.contains("data-copy=\"attempt\""), "{html}");
    assert!(html.contains("help@acme.example"), "{html}");
    assert!(!html.contains("Back to the application"), "{html}");

    let error_redirect = Some("https://app.example/cb?error=access_denied&state=1");
    let html = rendered(&ErrorPage {
        error_redirect,
        attempt: None,
        ..page
    });
    assert!(
        html.contains("href=\"https://app.example/cb?error=access_denied&#38;state=1\""),
        "{html}"
    );
    assert!(
        !html.contains("Reference ID") && !html.contains("data-copy"),
        "{html}"
    );
}

#[test]
fn the_posting_page_has_a_button_for_those_without_scripts() {
    let fields = [
        ("SAMLRequest".into(), "PHM+".into()),
        ("RelayState".into(), HOSTILE.into()),
    ];
    let html = rendered(&AutoPostPage {
        frame: frame(),
        action: "https://idp.example/sso?a=1&b=2",
        fields: &fields,
    });
    assert!(
        html.contains("action=\"https://idp.example/sso?a=1&#38;b=2\" data-post"),
        "{html}"
    );
    assert!(
        html.contains("name=\"SAMLRequest\" value=\"PHM+\""),
        "{html}"
    );
    assert!(html.contains("<button>Continue</button>"), "{html}");
    assert!(
        html.contains(&format!("<script src=\"{}\"></script>", SCRIPT.path)),
        "{html}"
    );
}

#[test]
fn the_front_page_and_the_page_of_the_signed_in_lead_on() {
    let front = rendered(&HomePage { frame: frame() });
    for place in ["/console", "/.well-known/openid-configuration"] {
        assert!(front.contains(&format!("href=\"{place}\"")), "{front}");
    }
    let there = [AppLink {
        name: HOSTILE.to_owned(),
        url: "https://app.example".to_owned(),
    }];
    assert!(
        rendered(&AppPickerPage {
            frame: frame(),
            applications: &there
        })
        .contains("href=\"https://app.example\"")
    );
    assert!(
        rendered(&AppPickerPage {
            frame: frame(),
            applications: &[]
        })
        .contains("Open your application")
    );
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
fn a_page_says_in_which_language_it_is(
    #[case] language: Language,
    #[case] tag: &str,
    #[case] title: &str,
) {
    let html = rendered(&EmailPage {
        frame: frame_in(language),
        request: "handle",
        email: "",
        error: None,
    });
    assert!(html.contains(&format!("<html lang=\"{tag}\">")));
    assert!(html.contains(&format!("<h1>{title}</h1>")));
}

#[test]
fn a_logo_stands_for_the_product_and_is_named_after_it() {
    let branded = Frame {
        styles: vec!["/assets/style-1.css".into(), "/assets/brand-2.css".into()],
        logo: Some("/assets/logo-3.svg".into()),
        ..frame()
    };
    let html = rendered(&HomePage { frame: branded });
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
