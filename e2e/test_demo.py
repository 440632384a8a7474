"""A new user tries the demo."""

from __future__ import annotations


def choose_user_at_identity_provider(browser, user: str):
    browser.wait_for("choose an account")
    browser.click(user)


def sign_in(browser, demo, user: str):
    """Signs in to the sample application with the practice identity provider."""
    browser.open(demo.address)
    browser.click("sign in with acme")
    choose_user_at_identity_provider(browser, user)
    browser.wait_for(f"signed in as {user}")


def send_faulty_response(browser, demo, fault: str):
    """Makes the practice identity provider send one of its faulty responses."""
    browser.open(demo.address)
    browser.click("sign in with acme")
    browser.wait_for("choose an account")
    browser.click("response options")
    browser.choose("^response$", fault)
    browser.click("ada lovelace")


def test_ada_signs_in_and_sees_her_claims(demo, browser):
    browser.open(demo.address)
    browser.wait_for("you are not signed in")
    browser.check_page("sample-application")
    browser.click("sign in with acme")
    browser.wait_for("choose an account")
    browser.check_page("practice-identity-provider")
    browser.click("ada lovelace")
    browser.wait_for("signed in as ada lovelace")
    browser.check_page("claims")
    claims = browser.claims()
    assert claims["email"] == "ada@acme.example"
    assert claims["given_name"] == "Ada"
    assert claims["organization"]["slug"] == "acme"


def test_grace_signs_in_after_ada(demo, browser):
    sign_in(browser, demo, "ada lovelace")
    ada = browser.claims()
    browser.click("switch account")
    choose_user_at_identity_provider(browser, "grace hopper")
    browser.wait_for("signed in as grace hopper")
    grace = browser.claims()
    assert grace["email"] == "grace@acme.example"
    assert grace["sub"] != ada["sub"]
    assert grace["organization"] == ada["organization"]


def test_a_returning_user_keeps_the_session(demo, browser):
    sign_in(browser, demo, "ada lovelace")
    first = browser.claims()
    browser.click("sign out")
    browser.wait_for("you are not signed in")
    browser.click("sign in with acme")
    browser.wait_for("signed in as ada lovelace")
    again = browser.claims()
    assert (again["sub"], again["auth_time"]) == (first["sub"], first["auth_time"])


def test_a_response_for_another_audience_is_rejected(demo, browser):
    send_faulty_response(browser, demo, "Wrong Audience")
    browser.wait_for("audience")
    browser.check_page("sign-in-failed")
    browser.open(demo.address)
    browser.wait_for("you are not signed in")


def test_an_unsigned_response_is_rejected(demo, browser):
    send_faulty_response(browser, demo, "Unsigned")
    browser.wait_for("unsigned")


def test_an_error_of_the_identity_provider_is_shown(demo, browser):
    browser.open(demo.address)
    browser.click("sign in with acme")
    choose_user_at_identity_provider(browser, "send error response")
    browser.wait_for("status")
    browser.check_page("error-of-the-identity-provider")


def test_a_second_response_to_one_request_is_rejected(demo, browser):
    browser.open(demo.address)
    browser.click("sign in with acme")
    browser.wait_for("choose an account")
    identity_provider_url = browser.driver.current_url
    browser.click("ada lovelace")
    browser.wait_for("signed in as ada lovelace")
    browser.open(identity_provider_url)
    choose_user_at_identity_provider(browser, "grace hopper")
    browser.wait_for("already been used")
    browser.check_page("response-replayed")
    browser.open(demo.address)
    browser.wait_for("signed in as ada lovelace")


def test_an_email_address_selects_the_organization(demo, browser):
    browser.open(without_organization(demo))
    browser.check_page("sign-in-page")
    browser.fill("e-?mail", "ada@acme.example")
    browser.click("continue|next|go on|sign in")
    browser.wait_for("choose an account")


def test_an_unknown_email_domain_is_reported(demo, browser):
    browser.open(without_organization(demo))
    browser.fill("e-?mail", "ada@elsewhere.example")
    browser.click("continue|next|go on|sign in")
    browser.wait_for("elsewhere.example")
    browser.check_page("unknown-address")


def test_post_binding_works_for_requests(demo, browser):
    connection = demo.command("connection", "list", "acme")["items"][0]["id"]
    demo.command("connection", "update", connection, "--sign-on-binding", "post", "--sign-requests")
    try:
        sign_in(browser, demo, "ada lovelace")
    finally:
        demo.command("connection", "update", connection, "--sign-on-binding", "redirect", "--sign-requests", "no")


def test_an_identity_provider_on_another_site_can_answer_over_plain_http(demo, browser):
    """`localhost` and `127.0.0.1` are two sites, so Chromium sends no cookie with the form of the identity provider."""
    browser.open(demo.address)
    browser.click("sign in with acme")
    browser.wait_for("choose an account")
    address = browser.driver.current_url
    assert address.startswith("http://localhost:"), address
    browser.open(address.replace("http://localhost:", "http://127.0.0.1:", 1))
    choose_user_at_identity_provider(browser, "ada lovelace")
    browser.wait_for("signed in as ada lovelace")


def test_a_browser_that_keeps_no_cookies_is_not_sent_in_circles(demo, browser):
    browser.open(demo.address)
    browser.click("sign in with acme")
    browser.wait_for("choose an account")
    browser.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    browser.click("ada lovelace")
    browser.wait_for("browser-mismatch")


def test_wrong_urls_show_an_error_page(demo, browser):
    for path in ("/", "/authorize", "/saml/con_unknown/acs", "/sign-in", "/nothing"):
        browser.open(demo.issuer() + path)
        browser.check_page(f"wrong-address-{path.strip('/').replace('/', '-') or 'root'}")


def without_organization(demo) -> str:
    """The sample application's authorization request without an organization."""
    return demo.authorization_request().replace("organization=acme", "prompt=login")
