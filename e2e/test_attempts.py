"""An administrator reads why a sign-in failed, and finds the attempt by the number that the member was shown."""

from __future__ import annotations

import re

import pytest

from e2e.test_panel import not_wider_than_a_telephone


@pytest.fixture(scope="module")
def operator_link(demo) -> str:
    return demo.command("operator", "invite", "attempts@vestibule.example")["link"]


def test_a_refused_sign_in_is_found_by_its_number_and_explained(demo, browser, operator_link):
    home = demo.issuer() + "/console/organizations/acme"
    browser.open(f"{demo.address}/sign-in-with-email")
    browser.wait_for("work email")
    browser.fill("work email", "ada@acme.example")
    browser.press("continue")
    browser.wait_for("choose an account")
    browser.press("response options")
    browser.choose("^response$", "Wrong Audience")
    browser.press("ada lovelace")
    browser.wait_for("code")
    number = re.search(r"att_[0-9a-z]+", browser.text()).group()

    browser.open(operator_link)
    browser.press("^sign in$")
    browser.wait_for("organizations")
    browser.open(f"{home}/attempts")
    browser.wait_for("sign-in attempts")
    browser.look("attempts")
    not_wider_than_a_telephone(browser)
    browser.fill("reference id", number)
    browser.press("^find attempt$")
    browser.wait_for("the assertion was issued for a different service provider")
    browser.wait_for("how to fix")
    browser.look("attempt")
    not_wider_than_a_telephone(browser)
    browser.press("^show personal data$")
    browser.wait_for("personal data is visible")
    browser.look("attempt-revealed")
    browser.press("learn more about audience")
    browser.wait_for("error code audience")
    browser.look("refusal")
    not_wider_than_a_telephone(browser)
