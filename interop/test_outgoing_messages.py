"""What we send, judged by programs that we did not write: xmlsec1, OpenSSL's RSA and the schemas of OASIS."""

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

# SimpleSAMLphp ships them.
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
    judge = etree.XMLSchema(etree.parse(SCHEMAS / schema, parser))
    judge.assertValid(etree.fromstring(document, parser))


def xmlsec1_verifies(folder, document: bytes, customer) -> bool:
    (folder / "request.xml").write_bytes(document)
    pem = fetch(f"{customer.vestibule.url}/saml/{customer.connection['id']}/certificate")
    (folder / "sp.crt").write_text(pem)
    done = subprocess.run(
        ["xmlsec1", "--verify", "--id-attr:ID", f"{PROTOCOL}:AuthnRequest"]
        + ["--pubkey-cert-pem", str(folder / "sp.crt"), str(folder / "request.xml")],
        capture_output=True,
        text=True,
    )
    return done.returncode == 0


@pytest.fixture
def asked(operator, simplesamlphp, simplesamlphp_metadata, slug, browser):
    """Connects an organization, and goes to where its identity provider would be asked."""

    def asked(**settings):
        customer = operator.create_by_api(slug, simplesamlphp_metadata, **settings)
        browser.stop_before(simplesamlphp.url)
        return customer, customer.start_sign_in(browser)

    return asked


def test_our_metadata_is_valid(operator, simplesamlphp_metadata, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata, sign_requests=True)
    document = customer.metadata().encode()
    assert_valid("saml-schema-metadata-2.0.xsd", document)
    root = etree.fromstring(document)
    assert root.get("entityID") == customer.connection["entity_id"]
    consumer = root.find(f".//{{{METADATA}}}AssertionConsumerService")
    assert consumer.get("Location") == customer.connection["acs_url"]


def test_our_metadata_carries_our_certificate(operator, simplesamlphp_metadata, slug):
    customer = operator.create_by_api(slug, simplesamlphp_metadata)
    root = etree.fromstring(customer.metadata().encode())
    published = {
        x509.load_der_x509_certificate(base64.b64decode(element.text))
        for element in root.iter(f"{{{SIGNATURE}}}X509Certificate")
    }
    assert certificate_of(customer) in published


def test_a_redirect_request_is_valid(asked):
    customer, page = asked()
    fields = parse_qs(urlsplit(page.url).query)
    document = zlib.decompress(base64.b64decode(fields["SAMLRequest"][0]), wbits=-15)
    assert_valid("saml-schema-protocol-2.0.xsd", document)
    assert etree.fromstring(document).get("AssertionConsumerServiceURL") == customer.connection["acs_url"]
    assert len(fields["RelayState"][0].encode()) <= 80


def test_a_redirect_signature_is_verified_by_openssl(asked):
    customer, page = asked(sign_requests=True)
    signed, _, signature = urlsplit(page.url).query.partition("&Signature=")
    assert [part.partition("=")[0] for part in signed.split("&")] == ["SAMLRequest", "RelayState", "SigAlg"]
    assert parse_qs(signed)["SigAlg"] == [RSA_SHA256]
    verify(customer, signature, signed)
    with pytest.raises(InvalidSignature):
        verify(customer, signature, signed.replace("RelayState=", "RelayState=x"))


def verify(customer, signature: str, signed: str):
    key = certificate_of(customer).public_key()
    key.verify(base64.b64decode(unquote(signature)), signed.encode(), padding.PKCS1v15(), hashes.SHA256())


def test_a_posted_signature_is_verified_by_xmlsec1(asked, tmp_path):
    customer, page = asked(sign_requests=True, sign_on_binding="post")
    form = page.form_with("SAMLRequest")
    assert form.action == customer.connection["sign_on_url"]
    assert len(form.fields["RelayState"].encode()) <= 80
    document = base64.b64decode(form.fields["SAMLRequest"])
    assert_valid("saml-schema-protocol-2.0.xsd", document)
    assert xmlsec1_verifies(tmp_path, document, customer)
    altered = document.replace(b"AssertionConsumerServiceURL=\"http", b"AssertionConsumerServiceURL=\"https")
    assert altered != document and not xmlsec1_verifies(tmp_path, altered, customer)
