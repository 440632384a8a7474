"""A user adds a passkey, signs in with it, and removes it."""

from __future__ import annotations

import pytest

from e2e.authenticator import Authenticator
from e2e.conftest import run_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A separate demo, so that other tests do not see these operators."""
    yield from run_demo(tmp_path_factory.mktemp("demo"))


def sign_in_with_link(demo, browser, email: str):
    browser.open(demo.command("operator", "invite", email)["link"])
    browser.click("^sign in$")
    browser.wait_for(email)


def sign_in_with_passkey(demo, browser):
    browser.open(f"{demo.issuer()}/console/sign-in?next=/console/passkeys")
    browser.click("sign in with a passkey")


def sign_out(browser):
    browser.click("^sign out$")
    browser.wait_for("email me a code|sign in with sso")


def test_a_user_adds_a_passkey_and_signs_in_with_it(demo, browser):
    device = Authenticator(browser)
    sign_in_with_link(demo, browser, "ada@vestibule.example")
    browser.click("ada@vestibule.example")
    browser.click("manage passkeys")
    browser.wait_for("you have no passkeys yet")
    browser.check_page("no-passkeys")
    browser.click("^add a passkey$")
    browser.wait_for("passkey added")
    browser.wait_for("my device")
    browser.check_page("passkey")
    (stored,) = device.passkeys()
    assert stored["isResidentCredential"] and stored["rpId"] == "localhost"

    browser.click("^add a passkey$")
    browser.wait_for("already have a passkey on this device")
    browser.check_page("passkey-already-registered")

    sign_out(browser)
    browser.check_page("sign-in")
    sign_in_with_passkey(demo, browser)
    browser.wait_for("my device")
    assert "never" not in browser.text()

    browser.click("^remove$")
    browser.wait_for("only you are affected")
    browser.check_page("passkey-remove")
    browser.click("^remove passkey$")
    browser.wait_for("passkey removed")
    sign_out(browser)
    sign_in_with_passkey(demo, browser)
    browser.wait_for("no longer registered")
    browser.check_page("passkey-unknown")


def test_sign_in_fails_without_user_verification(demo, browser):
    device = Authenticator(browser)
    sign_in_with_link(demo, browser, "grace@vestibule.example")
    browser.open(f"{demo.issuer()}/console/passkeys")
    browser.click("^add a passkey$")
    browser.wait_for("passkey added")
    sign_out(browser)
    device.reject_user()
    sign_in_with_passkey(demo, browser)
    browser.wait_for("the passkey request was canceled")
    browser.check_page("not-completed")
    device.accept_user()
    browser.click("sign in with a passkey")
    browser.wait_for("my device")


def test_a_browser_without_passkey_support_shows_a_message(demo, browser):
    script = {"source": "delete window.PublicKeyCredential"}
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
    sign_in_with_link(demo, browser, "joan@vestibule.example")
    browser.open(f"{demo.issuer()}/console/passkeys")
    browser.wait_for("this browser doesn.t support passkeys")
    browser.check_page("without-passkeys")
    sign_out(browser)
    assert "sign in with a passkey" not in browser.text().lower()
