"""What a test expects of the page that a sign-in ended at."""

from __future__ import annotations

import re

from interop.browser import Page
from interop.customer import Customer


def assert_signed_in(page: Page, customer: Customer, email: str) -> dict:
    """The application greets the right person of the right organization; returns the claims."""
    assert page.status == 200, f"{page.url}: {page.status}\n{page.text[:3000]}"
    answer = page.json()
    claims = answer["claims"]
    assert claims["iss"] == customer.vestibule.url
    assert claims["email"] == email
    assert claims["organization"]["id"] == customer.organization["id"]
    assert claims["organization"]["slug"] == customer.organization["slug"]
    assert claims["connection"] == customer.connection["id"]
    assert claims["role"] == "member"
    assert claims["sub"].startswith("mem_")
    assert answer["userinfo"]["sub"] == claims["sub"]
    assert answer["userinfo"]["email"] == email
    attempts = customer.vestibule.attempts(customer.organization["slug"])
    accepted = [attempt for attempt in attempts if attempt["member"] == claims["sub"]]
    assert accepted and all(attempt["outcome"] == "accepted" and attempt["checks"] for attempt in accepted), attempts
    return claims


def assert_rejected(page: Page, customer: Customer, code: str):
    """The page says why in one code, nothing reached the application, and the attempt shows the same.

    What else is wrong with the response may follow it in the list of checks.
    """
    assert page.status in (400, 403, 409), f"{page.url}: {page.status}\n{page.text[:3000]}"
    assert page.url.startswith(customer.vestibule.url), page.url
    assert f">{code}<" in page.text, f"expected the code {code} on the page:\n{page.text[:3000]}"
    number = re.search(r"att_[a-z2-7]+", page.text)
    assert number, f"expected the attempt's number on the page:\n{page.text[:3000]}"
    attempt = customer.vestibule.attempt(customer.organization["slug"], number.group())
    assert (attempt["outcome"], attempt["code"]) == ("refused", code), attempt
    failed = [check for check in attempt["checks"] if check["outcome"] == "failed"]
    assert failed and failed[0]["code"] == code, attempt["checks"]
