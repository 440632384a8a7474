"""An administrator tests the connection, enforces SSO, and uses a recovery code."""

from __future__ import annotations

import re

import pytest
from selenium.webdriver.common.by import By

from e2e.conftest import run_demo
from e2e.test_console import sign_in_link

ADA = "ada@acme.example"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A separate demo without any sign-in."""
    yield from run_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "panel@vestibule.example")["link"]


@pytest.fixture(scope="module")
def home(demo) -> str:
    return demo.issuer() + "/console/organizations/acme"


def assert_fits_phone(browser):
    browser.driver.set_window_size(360, 800)
    is_too_wide = browser.driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth")
    assert not is_too_wide, f"{browser.driver.current_url} is wider than a phone"
    browser.driver.set_window_size(1200, 900)


def toggle(browser, field: str):
    browser.driver.find_element(By.ID, field).click()


def test_an_administrator_tests_and_enforces_sso_and_recovers(demo, browser, operator_link, home):
    browser.open(operator_link)
    browser.click("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/team")
    browser.fill("^email", ADA)
    browser.choose("^role$", "admin", button="^invite member$")
    browser.click("^invite member$")
    browser.wait_for(f"emailed the invitation to {ADA}")
    browser.click("^sign out$")
    browser.wait_for("recovery code")

    browser.open(sign_in_link(demo, ADA))
    browser.click("^sign in$")
    browser.wait_for(ADA)
    browser.open(f"{home}/sso")
    browser.wait_for("enable saml authentication")
    browser.click("^test saml configuration$")
    browser.wait_for("choose an account")
    browser.click("ada lovelace")
    browser.wait_for("configuration is correct")
    browser.check_page("test-passed")
    assert_fits_phone(browser)
    browser.click("^create test link$")
    browser.wait_for("/setup/vsl_")
    browser.check_page("test-link")
    browser.click("^test again$")
    browser.wait_for("choose an account")
    browser.click("response options")
    browser.choose("^response$", "Signed with an untrusted key")
    browser.click("ada lovelace")
    browser.wait_for("this sign-in would have failed")
    browser.check_page("test-failed")
    assert_fits_phone(browser)

    browser.open(f"{home}/sso-enforcement")
    browser.wait_for("impact preview")
    browser.check_page("dry-run")
    assert_fits_phone(browser)
    browser.click("^generate new codes$")
    browser.wait_for("won.t be shown again")
    browser.check_page("recovery-codes")
    assert_fits_phone(browser)
    code = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", browser.text()).group()
    browser.click("i.ve saved my codes")
    browser.wait_for("10 left|sign in with sso")
    if browser.driver.find_elements(By.CSS_SELECTOR, "form[action$='/sso-enforcement/sign-in']"):
        browser.click("^sign in with sso$")
        browser.wait_for("choose an account")
        browser.click("ada lovelace")
        browser.wait_for("you signed in through the connection")
    if browser.driver.find_elements(By.ID, "confirmed"):
        toggle(browser, "confirmed")
    browser.click("^enforce sso$")
    browser.wait_for("sso is now enforced")
    browser.check_page("sso-enforced-own-session")
    assert_fits_phone(browser)
    browser.open(f"{home}/sso-enforcement")
    browser.wait_for("this organization enforces sso")
    browser.check_page("sso-only")
    browser.click("use a recovery code")
    browser.wait_for("recovery code")
    browser.check_page("recovery")
    browser.fill("^email", ADA)
    browser.fill("recovery code", "aaaa-aaaa-aaaa-aaaa")
    browser.click("^sign in$")
    browser.wait_for("this recovery code isn.t valid")
    browser.check_page("recovery-code-rejected")
    browser.fill("recovery code", code)
    browser.click("^sign in$")
    browser.wait_for("turn off sso enforcement")
    browser.check_page("sso-enforced")
    browser.click("turn off sso enforcement")
    browser.wait_for("turn off sso enforcement for")
    browser.check_page("turn-off-sso-enforcement")
    browser.click("^turn off sso enforcement$", among="button")
    browser.wait_for("sso is no longer enforced")


def test_a_draft_takes_effect_when_it_is_published(demo, browser, home):
    browser.open(demo.command("operator", "invite", "draft@vestibule.example")["link"])
    browser.click("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/sso")
    browser.wait_for("enable saml authentication")
    sign_on_url = browser.driver.find_element("id", "sign_on_url").get_attribute("value")
    browser.fill("sign on url", sign_on_url + "?other")
    browser.click("^save$")
    browser.wait_for("saved as a draft")
    browser.check_page("draft")
    assert_fits_phone(browser)
    browser.click("^publish changes$")
    browser.wait_for("haven.t passed a test")
    browser.check_page("publish-untested")
    assert_fits_phone(browser)
    browser.click("^publish without a test$")
    browser.wait_for("changes published")
    browser.check_page("live-untested")
    browser.click("^versions$")
    browser.wait_for(r"\bcurrent\b")
    browser.check_page("versions")
    assert_fits_phone(browser)
    browser.click("^restore")
    browser.wait_for(r"restore version \d")
    browser.wait_for("members will use these settings immediately")
    browser.check_page("restore")
    assert_fits_phone(browser)
    browser.click("^restore version$")
    browser.wait_for("version restored")
    browser.click("edit role mapping")
    browser.wait_for("default role")
    browser.check_page("roles")
    assert_fits_phone(browser)
    browser.open(f"{home}/sso")
    toggle(browser, "enabled")
    browser.click("^save$")
    browser.wait_for("who is affected")
    browser.check_page("disable")
    browser.click("^disable connection$")
    browser.wait_for("connection disabled")
    toggle(browser, "enabled")
    browser.click("^save$")
    browser.wait_for("will be able to sign in through your identity provider")
    browser.check_page("activate")
    assert_fits_phone(browser)
    browser.click("^activate connection$")
    browser.wait_for("connection activated")
