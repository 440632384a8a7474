"""An operator and an organization's administrator use the console."""

from __future__ import annotations

import pytest


def sign_in_link(demo, email: str) -> str:
    """A sign-in link for an existing account."""
    return demo.command("sign-in-link", email)["link"]


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "op@vestibule.example")["link"]


def test_an_operator_creates_an_organization_whose_admin_configures_saml(demo, browser, operator_link):
    browser.open(operator_link)
    browser.check_page("link")
    browser.click("^sign in$")
    browser.wait_for("organizations")
    browser.check_page("organizations")
    browser.fill("^name", "Umbrella")
    browser.click("^create organization$")
    browser.wait_for("organization created")
    browser.check_page("empty-team")
    browser.fill("^email", "wesker@umbrella.example")
    browser.choose("^role$", "admin", button="^invite member$")
    browser.click("^invite member$")
    browser.wait_for("emailed the invitation to wesker@umbrella.example")
    browser.check_page("invited")
    for tab in ("Audit log", "Settings"):
        browser.click(f"^{tab}$")
        browser.check_page(tab.lower().replace(" ", "-"))
    browser.open(demo.issuer() + "/console/operators")
    browser.check_page("operators")
    browser.open(demo.issuer() + "/console/audit-log")
    browser.wait_for("organization.created")
    browser.check_page("audit-log")
    browser.click("^sign out$")
    browser.wait_for("email me a code|sign in with sso")
    browser.check_page("sign-in")
    browser.fill("^email", "op@vestibule.example")
    browser.click("^email me a code$")
    browser.wait_for("open the outbox")
    browser.check_page("code")

    browser.open(sign_in_link(demo, "wesker@umbrella.example"))
    browser.click("^sign in$")
    browser.wait_for("wesker@umbrella.example")
    browser.click("^single sign-on$")
    browser.wait_for("enable saml authentication")
    browser.check_page("empty-panel")
    browser.click("^save$")
    browser.wait_for("assertion consumer service url")
    browser.fill("sign on url", "ftp://idp.umbrella.example")
    browser.fill("issuer", "https://idp.umbrella.example")
    browser.fill("public certificate", "not a certificate")
    browser.click("^save$")
    browser.wait_for("expected")
    browser.check_page("panel-with-faults")
    assert "ftp://idp.umbrella.example" in browser.driver.page_source
    browser.open(demo.issuer() + "/console/account")
    browser.wait_for("your sessions")
    browser.check_page("account")
    browser.open(demo.issuer() + "/console/organizations")
    browser.wait_for("page not found")
    browser.check_page("operators-only")


def test_the_console_link_of_the_demo_opens_the_console(demo, browser):
    browser.open(demo.console_link())
    browser.click("^sign in$")
    browser.wait_for("globex")
    browser.wait_for("which identity provider do you use")
    browser.open(demo.issuer() + "/console/organizations/acme/sso")
    browser.wait_for("assertion consumer service url")
    browser.check_page("panel")
    browser.driver.set_window_size(360, 800)
    browser.check_page("panel-narrow")
    is_too_wide = browser.driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth")
    assert not is_too_wide, "the page is wider than a phone"
    browser.driver.set_window_size(1600, 1000)
    browser.check_page("panel-wide")
    browser.choose("language", "Deutsch")
    browser.wait_for("SAML-Authentifizierung aktivieren")
    browser.check_page("panel-german")
