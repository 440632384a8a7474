"""pysaml2 signs a member in, and is refused where what it does is not safe."""

from __future__ import annotations

import pytest

from interop.expect import assert_rejected, assert_signed_in

ACCEPTED = {
    "response": {"sign": "response"},
    "assertion": {"sign": "assertion"},
    "both": {"sign": "both"},
    "sha384": {"algorithm": "sha384"},
    "sha512": {"algorithm": "sha512"},
    "aes256-gcm": {"encryption": "aes256-gcm"},
    "aes256-gcm-signed-inside": {"encryption": "aes256-gcm", "sign": "assertion"},
}
REFUSED = {
    "sha1": ({"algorithm": "sha1"}, "sha1"),
    "3des": ({"encryption": "tripledes-cbc"}, "encryption-algorithm"),
    "wrong-audience": ({"audience": "urn:another:audience"}, "audience"),
}


def connect(operator, pysaml2, metadata, slug, options=(), **treatment):
    file = operator.file(f"{slug}.xml", metadata)
    customer = operator.create_by_cli(slug, "--metadata", file, *options)
    pysaml2.register(slug, customer.metadata(), entity_id=operator.entity_id(slug), **treatment)
    return customer


@pytest.mark.parametrize("variant", ACCEPTED)
def test_a_member_signs_in(variant, operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, **ACCEPTED[variant])
    assert_signed_in(customer.sign_in(browser, pysaml2.person), customer, "alice@example.org")


@pytest.mark.parametrize("variant", REFUSED)
def test_what_is_not_safe_is_refused(variant, operator, pysaml2, pysaml2_metadata, browser, slug):
    treatment, code = REFUSED[variant]
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, **treatment)
    assert_rejected(customer.sign_in(browser, pysaml2.person), customer, code)


def test_sha1_is_accepted_by_the_exception_alone(operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(
        operator, pysaml2, pysaml2_metadata, slug, options=["--danger-accept-sha1"], algorithm="sha1"
    )
    assert_signed_in(customer.sign_in(browser, pysaml2.person), customer, "alice@example.org")


def test_pysaml2_verifies_our_redirect_signature(operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, options=["--sign-requests"])
    page = customer.start_sign_in(browser)
    assert "Signature=" in page.url and "SigAlg=" in page.url, page.url
    # The control: with another RelayState the signature is wrong, and pysaml2 gives up.
    assert browser.open(page.url.replace("RelayState=", "RelayState=x")).status == 500
    assert_signed_in(browser.deliver(browser.sign_in_at(page, *pysaml2.person)), customer, "alice@example.org")
