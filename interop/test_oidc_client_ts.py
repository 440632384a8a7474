"""Sign-in with oidc-client-ts in Chromium: an application without a server."""

from __future__ import annotations

import json

import pytest

from interop.chromium import Chromium
from interop.expect import assert_member
from interop.oidc_client_ts.server import PageServer
from interop.program import node_program

PROGRAM = node_program("oidc-client-ts", "oidc_client_ts")


@pytest.fixture
def chromium(tmp_path):
    chromium = Chromium(tmp_path)
    yield chromium
    chromium.stop()


@pytest.fixture
def sign_in_url(library_sign_in):
    application = library_sign_in.register("/callback", client_type="public")
    server = PageServer(library_sign_in.port, library_sign_in.issuer, application)
    yield f"{library_sign_in.url}/"
    server.stop()


def test_a_member_signs_in_with_the_defaults_of_both_sides(library_sign_in, sign_in_url, chromium):
    chromium.open(sign_in_url)
    chromium.fill_in(email=f"alice@{library_sign_in.domain}")
    username, password = library_sign_in.user
    chromium.fill_in(username=username, password=password)
    result = json.loads(chromium.text_of("result"))
    assert_member(result, library_sign_in.customer, "alice@example.org")
