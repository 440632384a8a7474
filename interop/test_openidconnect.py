"""Sign-in with openidconnect, a crate of Rust."""

from __future__ import annotations

import os

import pytest

from interop.expect import assert_signed_in
from interop.process import Process
from interop.program import ROOT, rust_program

PROGRAM = rust_program("openidconnect", ROOT / "interop/openidconnect/Cargo.lock")


@pytest.fixture
def sign_in_url(library_sign_in):
    application = library_sign_in.register("/callback")
    process = Process(
        "openidconnect",
        [os.environ["OPENIDCONNECT_CLIENT"]],
        ready=library_sign_in.url,
        environment=library_sign_in.environment(application),
    )
    yield f"{library_sign_in.url}/sign-in"
    process.stop()


def test_a_member_signs_in_with_the_defaults_of_both_sides(library_sign_in, sign_in_url, browser):
    page = library_sign_in.sign_in(browser.open(sign_in_url))
    assert_signed_in(page, library_sign_in.customer, "alice@example.org")
