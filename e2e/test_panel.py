"""An administrator tests the connection, requires it of everybody, and finds the ways back."""

from __future__ import annotations

import re

import pytest
from selenium.webdriver.common.by import By

from e2e.conftest import running
from e2e.test_console import link_for

ADA = "ada@acme.example"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo of its own, in which nobody has signed in yet."""
    yield from running(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "panel@vestibule.example")["link"]


@pytest.fixture(scope="module")
def home(demo) -> str:
    return demo.issuer() + "/console/organizations/acme"


def not_wider_than_a_telephone(browser):
    browser.driver.set_window_size(360, 800)
    wide = browser.driver.execute_script("return document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, f"{browser.driver.current_url} is wider than a telephone"
    browser.driver.set_window_size(1200, 900)


def tick(browser, field: str):
    browser.driver.find_element(By.ID, field).click()


def test_an_administrator_tests_requires_and_comes_back(demo, browser, operator_link, home):
    browser.open(operator_link)
    browser.press("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/team")
    browser.fill("^email", ADA)
    browser.choose("^role$", "admin")
    browser.press("^invite member$")
    browser.wait_for(f"{ADA} has been invited")
    browser.press("^sign out$")
    browser.wait_for("recovery code")

    browser.open(link_for(demo, ADA))
    browser.press("^sign in$")
    browser.wait_for(ADA)
    browser.open(f"{home}/sso")
    browser.wait_for("enable saml authentication")
    browser.press("^test saml configuration$")
    browser.wait_for("choose an account")
    browser.press("ada lovelace")
    browser.wait_for("configuration is correct")
    browser.look("test-passed")
    not_wider_than_a_telephone(browser)
    browser.press("^create test link$")
    browser.wait_for("/setup/vsl_")
    browser.look("test-link")
    browser.press("^test again$")
    browser.wait_for("choose an account")
    browser.press("response options")
    browser.choose("^response$", "Signed with an untrusted key")
    browser.press("ada lovelace")
    browser.wait_for("this sign-in would have failed")
    browser.look("test-failed")
    not_wider_than_a_telephone(browser)

    browser.open(f"{home}/sso/require")
    browser.wait_for("preview impact")
    browser.look("dry-run")
    not_wider_than_a_telephone(browser)
    browser.press("^generate new codes$")
    browser.wait_for("won.t be shown again")
    browser.look("recovery-codes")
    not_wider_than_a_telephone(browser)
    code = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", browser.text()).group()
    browser.press("i.ve saved my codes")
    browser.wait_for("10 left|sign in with sso")
    if browser.driver.find_elements(By.CSS_SELECTOR, "form[action$='/require/sign-in']"):
        browser.press("^sign in with sso$")
        browser.wait_for("choose an account")
        browser.press("ada lovelace")
        browser.wait_for("you signed in through the connection")
    if browser.driver.find_elements(By.ID, "understood"):
        tick(browser, "understood")
    browser.press("^enforce sso$")
    browser.wait_for("sso is now enforced")
    browser.look("required-for-oneself")
    not_wider_than_a_telephone(browser)
    browser.open(f"{home}/sso/require")
    browser.wait_for("this organization enforces sso")
    browser.look("barred")
    browser.press("use a recovery code")
    browser.wait_for("recovery code")
    browser.look("recovery")
    browser.fill("^email", ADA)
    browser.fill("recovery code", "aaaa-aaaa-aaaa-aaaa")
    browser.press("^sign in$")
    browser.wait_for("this recovery code isn.t valid")
    browser.look("recovery-refused")
    browser.fill("recovery code", code)
    browser.press("^sign in$")
    browser.wait_for("turn off sso enforcement")
    browser.look("required")
    browser.press("turn off sso enforcement")
    browser.wait_for("sso is no longer enforced")


def test_a_change_waits_until_it_is_published(demo, browser, home):
    browser.open(demo.command("operator", "invite", "draft@vestibule.example")["link"])
    browser.press("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/sso")
    browser.wait_for("enable saml authentication")
    there = browser.driver.find_element("id", "sign_on_url").get_attribute("value")
    browser.fill("sign on url", there + "?other")
    browser.press("^save$")
    browser.wait_for("saved as a draft")
    browser.look("draft")
    not_wider_than_a_telephone(browser)
    browser.press("^publish changes$")
    browser.wait_for("changes published")
    browser.press("^versions$")
    browser.wait_for(r"\bcurrent\b")
    browser.look("versions")
    not_wider_than_a_telephone(browser)
    browser.press("^restore")
    browser.wait_for(r"restore version \d")
    browser.wait_for("members will use these settings immediately")
    browser.look("restore")
    not_wider_than_a_telephone(browser)
    browser.press("^restore version$")
    browser.wait_for("version restored")
    browser.press("edit role mapping")
    browser.wait_for("default role")
    browser.look("roles")
    not_wider_than_a_telephone(browser)
    browser.open(f"{home}/sso")
    tick(browser, "enabled")
    browser.press("^save$")
    browser.wait_for("who is affected")
    browser.look("disable")
    browser.press("^disable connection$")
    browser.wait_for("connection disabled")
    tick(browser, "enabled")
    browser.press("^save$")
    browser.wait_for("will be able to sign in through your identity provider")
    browser.look("activate")
    not_wider_than_a_telephone(browser)
    browser.press("^activate connection$")
    browser.wait_for("connection activated")
