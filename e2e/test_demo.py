"""Somebody tries the demo."""

from __future__ import annotations

import json
import re


def sign_in(browser, demo, person: str):
    """From the sample application through the practice identity provider and back."""
    browser.open(demo.address)
    browser.look("sample-application")
    browser.press("sign in")
    browser.wait_for("practice identity provider")
    browser.look("practice-identity-provider")
    browser.press(person)
    browser.wait_for("claims|signed in as")
    browser.look("claims")


def claims(browser) -> dict:
    """The claims that the sample application shows."""
    text = browser.text()
    return json.loads(re.search(r"\{.*\}", text, re.DOTALL).group())


def test_ada_signs_in_and_sees_her_claims(demo, browser):
    sign_in(browser, demo, "ada")
