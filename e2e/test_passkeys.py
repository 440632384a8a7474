"""Somebody adds a passkey, comes in by it, and removes it."""

from __future__ import annotations

import pytest

from e2e.authenticator import Authenticator
from e2e.conftest import running


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo of its own, whose operators nobody else counts."""
    yield from running(tmp_path_factory.mktemp("demo"))


def come_in_by_link(demo, browser, email: str):
    browser.open(demo.command("operator", "invite", email)["link"])
    browser.press("^sign in$")
    browser.wait_for(email)


def come_in_by_passkey(demo, browser):
    browser.open(f"{demo.issuer()}/console/sign-in?next=/console/passkeys")
    browser.press("sign in with a passkey")


def sign_out(browser):
    browser.press("^sign out$")
    browser.wait_for("email me a code|sign in with sso")


def test_somebody_adds_a_passkey_and_comes_in_by_it(demo, browser):
    device = Authenticator(browser)
    come_in_by_link(demo, browser, "ada@vestibule.example")
    browser.press("ada@vestibule.example")
    browser.press("manage passkeys")
    browser.wait_for("you have no passkeys yet")
    browser.look("no-passkeys")
    browser.press("^add a passkey$")
    browser.wait_for("passkey added")
    browser.wait_for("my device")
    browser.look("a-passkey")
    (kept,) = device.passkeys()
    assert kept["isResidentCredential"] and kept["rpId"] == "localhost"

    browser.press("^add a passkey$")
    browser.wait_for("already have a passkey on this device")
    browser.look("the-same-device-again")

    sign_out(browser)
    browser.look("sign-in")
    come_in_by_passkey(demo, browser)
    browser.wait_for("my device")
    assert "never" not in browser.text().lower()

    browser.press("^remove$")
    browser.driver.switch_to.alert.accept()
    browser.wait_for("passkey removed")
    sign_out(browser)
    come_in_by_passkey(demo, browser)
    browser.wait_for("no longer registered")
    browser.look("passkey-unknown")


def test_whoever_the_device_does_not_know_does_not_come_in(demo, browser):
    device = Authenticator(browser)
    come_in_by_link(demo, browser, "grace@vestibule.example")
    browser.open(f"{demo.issuer()}/console/passkeys")
    browser.press("^add a passkey$")
    browser.wait_for("passkey added")
    sign_out(browser)
    device.forget_its_user()
    come_in_by_passkey(demo, browser)
    browser.wait_for("the passkey request was canceled")
    browser.look("not-completed")
    device.know_its_user()
    browser.press("sign in with a passkey")
    browser.wait_for("my device")


def test_a_browser_without_passkeys_is_told_so(demo, browser):
    script = {"source": "delete window.PublicKeyCredential"}
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
    come_in_by_link(demo, browser, "joan@vestibule.example")
    browser.open(f"{demo.issuer()}/console/passkeys")
    browser.wait_for("this browser doesn.t support passkeys")
    browser.look("without-passkeys")
    sign_out(browser)
    assert "sign in with a passkey" not in browser.text().lower()
