"""Somebody tries the demo."""

from __future__ import annotations

def choose_at_the_practice_identity_provider(browser, person: str):
    browser.wait_for("choose an account")
    browser.press(person)


def sign_in(browser, demo, person: str):
    """From the sample application through the practice identity provider and back."""
    browser.open(demo.address)
    browser.press("sign in with acme")
    choose_at_the_practice_identity_provider(browser, person)
    browser.wait_for(f"signed in as {person}")


def answer_wrongly(browser, demo, how: str):
    """Lets the practice identity provider answer in one of its wrong ways."""
    browser.open(demo.address)
    browser.press("sign in with acme")
    browser.wait_for("choose an account")
    browser.press("response options")
    browser.choose("^response$", how)
    browser.press("ada lovelace")


def test_ada_signs_in_and_sees_her_claims(demo, browser):
    browser.open(demo.address)
    browser.wait_for("you are not signed in")
    browser.look("sample-application")
    browser.press("sign in with acme")
    browser.wait_for("choose an account")
    browser.look("practice-identity-provider")
    browser.press("ada lovelace")
    browser.wait_for("signed in as ada lovelace")
    browser.look("claims")
    claims = browser.claims()
    assert claims["email"] == "ada@acme.example"
    assert claims["given_name"] == "Ada"
    assert claims["organization"]["slug"] == "acme"


def test_grace_signs_in_after_ada(demo, browser):
    sign_in(browser, demo, "ada lovelace")
    ada = browser.claims()
    browser.press("switch account")
    choose_at_the_practice_identity_provider(browser, "grace hopper")
    browser.wait_for("signed in as grace hopper")
    grace = browser.claims()
    assert grace["email"] == "grace@acme.example"
    assert grace["sub"] != ada["sub"]
    assert grace["organization"] == ada["organization"]


def test_a_person_who_comes_back_is_not_asked_again(demo, browser):
    sign_in(browser, demo, "ada lovelace")
    first = browser.claims()
    browser.press("sign out")
    browser.wait_for("you are not signed in")
    browser.press("sign in with acme")
    browser.wait_for("signed in as ada lovelace")
    again = browser.claims()
    assert (again["sub"], again["auth_time"]) == (first["sub"], first["auth_time"])


def test_an_answer_for_somebody_else_is_refused(demo, browser):
    answer_wrongly(browser, demo, "Wrong Audience")
    browser.wait_for("audience")
    browser.look("refused")
    browser.open(demo.address)
    browser.wait_for("you are not signed in")


def test_an_unsigned_answer_is_refused(demo, browser):
    answer_wrongly(browser, demo, "Unsigned")
    browser.wait_for("unsigned")


def test_an_error_of_the_identity_provider_is_told(demo, browser):
    browser.open(demo.address)
    browser.press("sign in with acme")
    choose_at_the_practice_identity_provider(browser, "send error response")
    browser.wait_for("status")
    browser.look("error-of-the-identity-provider")


def test_going_back_and_answering_again_is_refused(demo, browser):
    browser.open(demo.address)
    browser.press("sign in with acme")
    browser.wait_for("choose an account")
    question = browser.driver.current_url
    browser.press("ada lovelace")
    browser.wait_for("signed in as ada lovelace")
    browser.open(question)
    choose_at_the_practice_identity_provider(browser, "grace hopper")
    browser.wait_for("already been used")
    browser.look("answered-twice")
    browser.open(demo.address)
    browser.wait_for("signed in as ada lovelace")


def test_an_address_leads_to_the_organization(demo, browser):
    browser.open(without_organization(demo))
    browser.look("sign-in-page")
    browser.fill("e-?mail", "ada@acme.example")
    browser.press("continue|next|go on|sign in")
    browser.wait_for("choose an account")


def test_an_address_that_nobody_knows_is_told(demo, browser):
    browser.open(without_organization(demo))
    browser.fill("e-?mail", "ada@elsewhere.example")
    browser.press("continue|next|go on|sign in")
    browser.wait_for("elsewhere.example")
    browser.look("unknown-address")


def test_requests_by_post_work_too(demo, browser):
    connection = demo.command("connection", "list", "acme")["items"][0]["id"]
    demo.command("connection", "update", connection, "--sign-on-binding", "post", "--sign-requests")
    try:
        sign_in(browser, demo, "ada lovelace")
    finally:
        demo.command("connection", "update", connection, "--sign-on-binding", "redirect", "--sign-requests", "no")


def test_the_wrong_addresses_show_a_page(demo, browser):
    for path in ("/", "/authorize", "/saml/con_unknown/acs", "/sign-in", "/nothing"):
        browser.open(demo.issuer() + path)
        browser.look(f"wrong-address-{path.strip('/').replace('/', '-') or 'root'}")


def without_organization(demo) -> str:
    """The sample application's request, as an application would send it that knows no organization."""
    return demo.authorization_request().replace("organization=acme", "prompt=login")
