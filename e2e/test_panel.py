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
    browser.fill("^e-mail", ADA)
    browser.choose("^role$", "admin")
    browser.press("^invite$")
    browser.wait_for(f"{ADA} has been invited")
    browser.press("^sign out$")
    browser.wait_for("recovery code")

    browser.open(link_for(demo, ADA))
    browser.press("^sign in$")
    browser.wait_for(ADA)
    browser.open(f"{home}/sso")
    browser.wait_for("enable saml authentication")
    browser.press("^test saml configuration$")
    browser.wait_for("who are you")
    browser.press("ada lovelace")
    browser.wait_for("configuration is correct")
    browser.look("test-passed")
    not_wider_than_a_telephone(browser)
    browser.press("^make a link$")
    browser.wait_for("/setup/vsl_")
    browser.look("test-link")
    browser.press("^test again$")
    browser.wait_for("who are you")
    browser.press("respond in another way")
    browser.choose("the response is", "Signed with another key")
    browser.press("ada lovelace")
    browser.wait_for("would have been refused")
    browser.look("test-failed")
    not_wider_than_a_telephone(browser)

    browser.open(f"{home}/sso-enforcement")
    browser.wait_for("who would be locked out")
    browser.look("dry-run")
    not_wider_than_a_telephone(browser)
    browser.press("^make new codes$")
    browser.wait_for("this once")
    browser.look("recovery-codes")
    not_wider_than_a_telephone(browser)
    code = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", browser.text()).group()
    browser.press("i have kept them")
    browser.wait_for("10 left|sign in now")
    if "sign in now" in browser.text().lower():
        browser.press("sign in now")
        browser.wait_for("who are you")
        browser.press("ada lovelace")
        browser.wait_for("you have come through")
    if browser.driver.find_elements(By.ID, "understood"):
        tick(browser, "understood")
    browser.press("^require it for all members$")
    browser.wait_for("it has worked")
    browser.look("required-for-oneself")
    not_wider_than_a_telephone(browser)
    browser.open(f"{home}/sso-enforcement")
    browser.wait_for("wants everybody to come through its identity provider")
    browser.look("barred")
    browser.press("use a recovery code")
    browser.wait_for("recovery code")
    browser.look("recovery")
    browser.fill("^e-mail", ADA)
    browser.fill("recovery code", "aaaa-aaaa-aaaa-aaaa")
    browser.press("^sign in$")
    browser.wait_for("not a recovery code")
    browser.look("recovery-refused")
    browser.fill("recovery code", code)
    browser.press("^sign in$")
    browser.wait_for("undo at once")
    browser.look("required")
    browser.press("undo at once")
    browser.wait_for("required no longer")


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
    browser.press("^publish$")
    browser.wait_for("published")
    browser.press("^versions$")
    browser.wait_for("in use")
    browser.look("versions")
    not_wider_than_a_telephone(browser)
    browser.press("^restore")
    browser.wait_for("restore version")
    browser.look("restore")
    not_wider_than_a_telephone(browser)
    browser.press("^restore$")
    browser.wait_for("has been restored")
    browser.press("change roles")
    browser.wait_for("default role")
    browser.look("roles")
    not_wider_than_a_telephone(browser)
    browser.open(f"{home}/sso")
    tick(browser, "enabled")
    browser.press("^save$")
    browser.wait_for("who will notice what")
    browser.look("disable")
    browser.press("^switch off$")
    browser.wait_for("is switched off")
    tick(browser, "enabled")
    browser.press("^save$")
    browser.wait_for("can sign in through your identity provider")
    browser.look("activate")
    not_wider_than_a_telephone(browser)
    browser.press("^activate$")
    browser.wait_for("single sign-on is active")
