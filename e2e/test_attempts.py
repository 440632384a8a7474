"""An administrator finds a failed sign-in attempt by the reference ID that the member saw."""

from __future__ import annotations

import re

import pytest

from e2e.test_panel import assert_fits_phone


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "attempts@vestibule.example")["link"]


def test_a_rejected_sign_in_is_found_by_its_reference_id_and_explained(demo, browser, operator_link):
    home = demo.issuer() + "/console/organizations/acme"
    browser.open(f"{demo.address}/sign-in-with-email")
    browser.wait_for("work email")
    browser.fill("work email", "ada@acme.example")
    browser.click("continue")
    browser.wait_for("choose an account")
    browser.click("response options")
    browser.choose("^response$", "Wrong Audience")
    browser.click("ada lovelace")
    browser.wait_for("code")
    reference_id = re.search(r"att_[0-9a-z]+", browser.text()).group()

    browser.open(operator_link)
    browser.click("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/sign-in-attempts")
    browser.wait_for("sign-in attempts")
    browser.check_page("attempts")
    assert_fits_phone(browser)
    browser.fill("reference id", reference_id)
    browser.click("^find attempt$")
    browser.wait_for("the assertion was issued for a different service provider")
    browser.wait_for("how to fix")
    browser.check_page("attempt")
    assert_fits_phone(browser)
    browser.click("^show personal data$")
    browser.wait_for("personal data is visible")
    browser.check_page("attempt-revealed")
    browser.click("learn more about audience")
    browser.wait_for("error code audience")
    browser.check_page("error-code")
    assert_fits_phone(browser)
