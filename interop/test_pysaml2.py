"""pysaml2 signs a member in, and is refused where what it does is not safe."""

from __future__ import annotations

import pytest

from interop.expect import refused, signed_in

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
    "wrong-audience": ({"audience": "urn:somebody:else"}, "audience"),
}


def connect(operator, pysaml2, metadata, slug, options=(), **treatment):
    file = operator.file(f"{slug}.xml", metadata)
    customer = operator.by_command(slug, "--metadata", file, *options)
    pysaml2.register(slug, customer.metadata(), entity_id=operator.entity_id(slug), **treatment)
    return customer


@pytest.mark.parametrize("way", ACCEPTED)
def test_a_member_signs_in(way, operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, **ACCEPTED[way])
    signed_in(customer.sign_in(browser, pysaml2.person), customer, "alice@example.org")


@pytest.mark.parametrize("way", REFUSED)
def test_what_is_not_safe_is_refused(way, operator, pysaml2, pysaml2_metadata, browser, slug):
    treatment, code = REFUSED[way]
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, **treatment)
    refused(customer.sign_in(browser, pysaml2.person), customer, code)


def test_sha1_is_accepted_by_the_exception_alone(operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(
        operator, pysaml2, pysaml2_metadata, slug, options=["--danger-accept-sha1"], algorithm="sha1"
    )
    signed_in(customer.sign_in(browser, pysaml2.person), customer, "alice@example.org")


def test_pysaml2_verifies_our_redirect_signature(operator, pysaml2, pysaml2_metadata, browser, slug):
    customer = connect(operator, pysaml2, pysaml2_metadata, slug, options=["--sign-requests"])
    page = customer.ask(browser)
    assert "Signature=" in page.url and "SigAlg=" in page.url, page.url
    # The control: with another RelayState the signature is wrong, and pysaml2 gives up.
    assert browser.open(page.url.replace("RelayState=", "RelayState=x")).status == 500
    signed_in(browser.deliver(browser.sign_in_at(page, *pysaml2.person)), customer, "alice@example.org")
