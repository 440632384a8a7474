"""Sign-in with Auth.js for Express."""

from __future__ import annotations

import pytest

from interop.expect import assert_signed_in
from interop.node import start_node
from interop.program import ROOT, Program, node_program

PROGRAM = Program("Auth.js (@auth/express)", node_program("@auth/express", "auth_js").version)
CLIENT = ROOT / "interop/auth_js/client.mjs"


@pytest.fixture
def sign_in_url(library_sign_in):
    application = library_sign_in.register("/auth/callback/vestibule")
    process = start_node(CLIENT, library_sign_in.url, library_sign_in.environment(application))
    yield f"{library_sign_in.url}/auth/signin"
    process.stop()


def test_a_member_signs_in_with_the_defaults_of_both_sides(library_sign_in, sign_in_url, browser):
    # The page of the library has a button for each provider; a GET request does not start a sign-in.
    button = browser.open(sign_in_url).form_with("csrfToken")
    page = library_sign_in.sign_in(browser.submit(button))
    assert_signed_in(page, library_sign_in.customer, "alice@example.org")
    assert page.json()["user"]["email"] == "alice@example.org"
