"""Sign-in with mozilla-django-oidc, which does not use PKCE."""

from __future__ import annotations

import pytest

from interop.expect import assert_signed_in
from interop.program import ROOT, python_program
from interop.python import start_python

PROGRAM = python_program("mozilla-django-oidc", ROOT / "interop/mozilla_django_oidc/requirements.txt")
SITE = ROOT / "interop/mozilla_django_oidc/site.py"


@pytest.fixture
def sign_in_url(library_sign_in, tmp_path):
    application = library_sign_in.register("/oidc/callback/", require_pkce=False)
    environment = library_sign_in.environment(application) | {"FOLDER": str(tmp_path)}
    process = start_python(SITE, library_sign_in.url, environment)
    yield f"{library_sign_in.url}/oidc/authenticate/"
    process.stop()


def test_a_member_signs_in_with_the_defaults_and_pkce_not_required(library_sign_in, sign_in_url, browser):
    page = library_sign_in.sign_in(browser.open(sign_in_url))
    assert_signed_in(page, library_sign_in.customer, "alice@example.org")
    assert page.json()["user"] == "alice@example.org"
