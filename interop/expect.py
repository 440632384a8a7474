"""What a test expects of the page that a sign-in ended at."""

from __future__ import annotations

from interop.browser import Page
from interop.customer import Customer


def signed_in(page: Page, customer: Customer, email: str) -> dict:
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
    attempt = customer.last_attempt()
    assert attempt["outcome"] == "accepted", attempt
    assert attempt["checks"], "an attempt shows its checks"
    return claims


def refused(page: Page, customer: Customer, code: str) -> dict:
    """The page says why in one code, nothing reached the application, and the attempt shows the same."""
    assert page.status in (400, 403, 409), f"{page.url}: {page.status}\n{page.text[:3000]}"
    assert page.url.startswith(customer.vestibule.url), page.url
    assert code in page.text, f"expected the code {code} on the page:\n{page.text[:3000]}"
    attempt = customer.last_attempt()
    assert attempt["code"] == code, attempt
    return attempt
