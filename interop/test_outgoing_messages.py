"""Vestibule's messages, verified with xmlsec1, OpenSSL and the schemas of OASIS."""

from __future__ import annotations

import base64
import pathlib
import subprocess
import zlib
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

from interop.conftest import fetch

# The package of SimpleSAMLphp contains them.
SCHEMAS = pathlib.Path("/usr/share/simplesamlphp/schemas")
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"


def certificate_of(customer) -> x509.Certificate:
    pem = fetch(f"{customer.vestibule.url}/saml/{customer.connection['id']}/certificate")
    return x509.load_pem_x509_certificate(pem.encode())


def assert_valid(schema: str, document: bytes):
    parser = etree.XMLParser(no_network=True)
    xml_schema = etree.XMLSchema(etree.parse(SCHEMAS / schema, parser))
    xml_schema.assertValid(etree.fromstring(document, parser))


def xmlsec1_verifies(folder, document: bytes, customer) -> bool:
    (folder / "request.xml").write_bytes(document)
    pem = fetch(f"{customer.vestibule.url}/saml/{customer.connection['id']}/certificate")
    (folder / "sp.crt").write_text(pem)
    completed = subprocess.run(
        ["xmlsec1", "--verify", "--id-attr:ID", f"{PROTOCOL}:AuthnRequest"]
        + ["--pubkey-cert-pem", str(folder / "sp.crt"), str(folder / "request.xml")],
        capture_output=True,
        text=True,
    )
    return completed.returncode == 0


@pytest.fixture
def start_sign_in(operator, simplesamlphp, simplesamlphp_metadata, slug, browser):
    """Connects an organization, and starts a sign-in that stops before the identity provider."""

    def start_sign_in(**settings):
        customer = operator.create_by_api(slug, simplesamlphp_metadata, **settings)
        browser.stop_before(simplesamlphp.url)
        return customer, customer.start_sign_in(browser)

    return start_sign_in


def test_the_metadata_is_valid(operator, simplesamlphp_metadata, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata, sign_requests=True)
    document = customer.metadata().encode()
    assert_valid("saml-schema-metadata-2.0.xsd", document)
    root = etree.fromstring(document)
    assert root.get("entityID") == customer.connection["entity_id"]
    consumer = root.find(f".//{{{METADATA}}}AssertionConsumerService")
    assert consumer.get("Location") == customer.connection["acs_url"]


def test_the_metadata_contains_the_certificate(operator, simplesamlphp_metadata, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    root = etree.fromstring(customer.metadata().encode())
    published = {
        x509.load_der_x509_certificate(base64.b64decode(element.text))
        for element in root.iter(f"{{{SIGNATURE}}}X509Certificate")
    }
    assert certificate_of(customer) in published


def test_a_redirect_request_is_valid(start_sign_in):
    customer, page = start_sign_in()
    fields = parse_qs(urlsplit(page.url).query)
    document = zlib.decompress(base64.b64decode(fields["SAMLRequest"][0]), wbits=-15)
    assert_valid("saml-schema-protocol-2.0.xsd", document)
    assert etree.fromstring(document).get("AssertionConsumerServiceURL") == customer.connection["acs_url"]
    assert len(fields["RelayState"][0].encode()) <= 80


def test_a_redirect_signature_is_verified_by_openssl(start_sign_in):
    customer, page = start_sign_in(sign_requests=True)
    signed_query, _, signature = urlsplit(page.url).query.partition("&Signature=")
    assert [part.partition("=")[0] for part in signed_query.split("&")] == ["SAMLRequest", "RelayState", "SigAlg"]
    assert parse_qs(signed_query)["SigAlg"] == [RSA_SHA256]
    verify_signature(customer, signature, signed_query)
    with pytest.raises(InvalidSignature):
        verify_signature(customer, signature, signed_query.replace("RelayState=", "RelayState=x"))


def verify_signature(customer, signature: str, signed_query: str):
    key = certificate_of(customer).public_key()
    key.verify(base64.b64decode(unquote(signature)), signed_query.encode(), padding.PKCS1v15(), hashes.SHA256())


def test_a_posted_signature_is_verified_by_xmlsec1(start_sign_in, tmp_path):
    customer, page = start_sign_in(sign_requests=True, sign_on_binding="post")
    form = page.form_with("SAMLRequest")
    assert form.action == customer.connection["sign_on_url"]
    assert len(form.fields["RelayState"].encode()) <= 80
    document = base64.b64decode(form.fields["SAMLRequest"])
    assert_valid("saml-schema-protocol-2.0.xsd", document)
    assert xmlsec1_verifies(tmp_path, document, customer)
    altered = document.replace(b"AssertionConsumerServiceURL=\"http", b"AssertionConsumerServiceURL=\"https")
    assert altered != document and not xmlsec1_verifies(tmp_path, altered, customer)
