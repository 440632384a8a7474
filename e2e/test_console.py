"""An operator and an organization's administrator use the console."""

from __future__ import annotations

import pytest


def link_for(demo, email: str) -> str:
    """The link by which somebody comes in who has an account."""
    return demo.command("sign-in-link", email)["link"]


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "op@vestibule.example")["link"]


def test_an_operator_makes_an_organization_whose_admin_connects_a_provider(demo, browser, operator_link):
    browser.open(operator_link)
    browser.look("link")
    browser.press("^sign in$")
    browser.wait_for("organizations")
    browser.look("organizations")
    browser.fill("^name", "Umbrella")
    browser.press("^create organization$")
    browser.wait_for("organization created")
    browser.look("empty-team")
    browser.fill("^email", "wesker@umbrella.example")
    browser.choose("^role$", "admin")
    browser.press("^invite member$")
    browser.wait_for("wesker@umbrella.example has been invited")
    browser.look("invited")
    for tab in ("Audit log", "Settings"):
        browser.press(f"^{tab}$")
        browser.look(tab.lower().replace(" ", "-"))
    browser.open(demo.issuer() + "/console/operators")
    browser.look("operators")
    browser.open(demo.issuer() + "/console/trail")
    browser.wait_for("organization.create")
    browser.look("trail")
    browser.press("^sign out$")
    browser.wait_for("email me a code|sign in with sso")
    browser.look("sign-in")
    browser.fill("^email", "op@vestibule.example")
    browser.press("^email me a code$")
    browser.wait_for("open the outbox")
    browser.look("code")

    browser.open(link_for(demo, "wesker@umbrella.example"))
    browser.press("^sign in$")
    browser.wait_for("wesker@umbrella.example")
    browser.press("^single sign-on$")
    browser.wait_for("enable saml authentication")
    browser.look("empty-panel")
    browser.press("^save$")
    browser.wait_for("assertion consumer service url")
    browser.fill("sign on url", "ftp://idp.umbrella.example")
    browser.fill("issuer", "https://idp.umbrella.example")
    browser.fill("public certificate", "not a certificate")
    browser.press("^save$")
    browser.wait_for("expected")
    browser.look("panel-with-faults")
    assert "ftp://idp.umbrella.example" in browser.driver.page_source
    browser.open(demo.issuer() + "/console/account")
    browser.wait_for("your sessions")
    browser.look("account")
    browser.open(demo.issuer() + "/console/organizations")
    browser.wait_for("page not found")
    browser.look("not-for-administrators")


def test_the_demo_prints_a_link_into_the_console(demo, browser):
    browser.open(demo.console_link())
    browser.press("^sign in$")
    browser.wait_for("globex")
    browser.wait_for("which identity provider do you use")
    browser.open(demo.issuer() + "/console/organizations/acme/sso")
    browser.wait_for("assertion consumer service url")
    browser.look("panel")
    browser.driver.set_window_size(360, 800)
    browser.look("panel-narrow")
    wide = browser.driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, "the page is wider than a telephone"
    browser.driver.set_window_size(1600, 1000)
    browser.look("panel-wide")
    browser.choose("language", "Deutsch")
    browser.wait_for("SAML-Authentifizierung aktivieren")
    browser.look("panel-german")
