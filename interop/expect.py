"""Assertions on the last page of a sign-in."""

from __future__ import annotations

import re

from interop.browser import Page
from interop.customer import Customer


def assert_signed_in(page: Page, customer: Customer, email: str) -> dict:
    """Asserts that the application received the expected member, and returns the claims."""
    assert page.status == 200, f"{page.url}: {page.status}\n{page.text[:3000]}"
    return assert_member(page.json(), customer, email)


def assert_member(result: dict, customer: Customer, email: str) -> dict:
    """The same for what the application shows of the member."""
    assert "claims" in result, result
    claims = result["claims"]
    assert claims["iss"] == customer.vestibule.url
    assert claims["email"] == email
    assert claims["organization"]["id"] == customer.organization["id"]
    assert claims["organization"]["slug"] == customer.organization["slug"]
    assert claims["connection"] == customer.connection["id"]
    assert claims["role"] == "member"
    assert claims["sub"].startswith("mem_")
    assert result["userinfo"]["sub"] == claims["sub"]
    assert result["userinfo"]["email"] == email
    attempts = customer.vestibule.attempts(customer.organization["slug"])
    accepted = [attempt for attempt in attempts if attempt["member"] == claims["sub"]]
    assert accepted and all(attempt["outcome"] == "accepted" and attempt["checks"] for attempt in accepted), attempts
    return claims


def assert_rejected(page: Page, customer: Customer, code: str):
    """Asserts that the page and the sign-in attempt have the code, and that the application was not reached.

    Other failed checks may follow in the attempt.
    """
    assert page.status in (400, 403, 409), f"{page.url}: {page.status}\n{page.text[:3000]}"
    assert page.url.startswith(customer.vestibule.url), page.url
    assert f">{code}<" in page.text, f"expected the code {code} on the page:\n{page.text[:3000]}"
    reference_id = re.search(r"att_[a-z2-7]+", page.text)
    assert reference_id, f"expected the reference ID on the page:\n{page.text[:3000]}"
    attempt = customer.vestibule.attempt(customer.organization["slug"], reference_id.group())
    assert (attempt["outcome"], attempt["code"]) == ("rejected", code), attempt
    failed = [check for check in attempt["checks"] if check["outcome"] == "failed"]
    assert failed and failed[0]["code"] == code, attempt["checks"]
