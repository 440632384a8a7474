"""Sign-in with openid-client of Node.js."""

from __future__ import annotations

import pytest

from interop.expect import assert_signed_in
from interop.node import start_node
from interop.program import ROOT, node_program

PROGRAM = node_program("openid-client", "openid_client")
CLIENT = ROOT / "interop/openid_client/client.mjs"


@pytest.fixture
def sign_in_url(library_sign_in):
    application = library_sign_in.register("/callback")
    process = start_node(CLIENT, library_sign_in.url, library_sign_in.environment(application))
    yield f"{library_sign_in.url}/sign-in"
    process.stop()


def test_a_member_signs_in_with_the_defaults_of_both_sides(library_sign_in, sign_in_url, browser):
    page = library_sign_in.sign_in(browser.open(sign_in_url))
    assert_signed_in(page, library_sign_in.customer, "alice@example.org")
