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
    browser.open(f"{demo.address}/sign-in-by-address")
    browser.wait_for("e-mail")
    browser.fill("e-mail", "ada@acme.example")
    browser.click("continue")
    browser.wait_for("who are you")
    browser.click("respond in another way")
    browser.choose("the response is", "For another service provider (Audience)")
    browser.click("ada lovelace")
    browser.wait_for("code")
    reference_id = re.search(r"att_[0-9a-z]+", browser.text()).group()

    browser.open(operator_link)
    browser.click("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/attempts")
    browser.wait_for("sign-in attempts")
    browser.check_page("attempts")
    assert_fits_phone(browser)
    browser.fill("attempt's number", reference_id)
    browser.click("^find$")
    browser.wait_for("the assertion was made for another service provider")
    browser.wait_for("what to do")
    browser.check_page("attempt")
    assert_fits_phone(browser)
    browser.click("^show personal values$")
    browser.wait_for("personal values are shown")
    browser.check_page("attempt-revealed")
    browser.click("more about audience")
    browser.wait_for("the code audience")
    browser.check_page("refusal")
    assert_fits_phone(browser)
