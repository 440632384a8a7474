"""An identity provider with pysaml2. It runs in its own Python environment: python idp.py FOLDER PORT

FOLDER has idp.key, idp.crt and, for each service provider, sp/NAME.xml (its metadata) and sp/NAME.json:
  sign       "response", "assertion" or "both"
  algorithm  "sha256", "sha384", "sha512" or "sha1"
  encryption null, "tripledes-cbc" (what pysaml2 does by itself) or "aes256-gcm"
  audience   an audience other than the service provider's entity ID
"""

from __future__ import annotations

import base64
import functools
import html
import json
import pathlib
import sys
from socketserver import ThreadingMixIn
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIServer, make_server

import saml2.entity
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORDPROTECTEDTRANSPORT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NameID
from saml2.server import Server

NAME, PASSWORD = "alice", "alicepass"
USER = {
    "uid": "alice",
    "mail": "alice@example.org",
    "givenName": "Alice",
    "sn": "Liddell",
    "eduPersonAffiliation": ["staff", "engineering"],
}
SIGNATURE = {
    "sha1": "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    "sha256": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "sha384": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
    "sha512": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
}
DIGEST = {
    "sha1": "http://www.w3.org/2000/09/xmldsig#sha1",
    "sha256": "http://www.w3.org/2001/04/xmlenc#sha256",
    "sha384": "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "sha512": "http://www.w3.org/2001/04/xmlenc#sha512",
}
AES256_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
plain_encryption_part = saml2.entity.pre_encryption_part


class IdentityProvider:
    """Loads its service providers for each request, so that a test can add one at any time."""

    def __init__(self, folder: pathlib.Path, url: str):
        self.folder = folder
        self.url = url

    def config(self, verify_requests: bool = False) -> IdPConfig:
        providers = [str(path) for path in sorted(self.folder.glob("sp/*.xml"))]
        endpoints = [(f"{self.url}/sso/redirect", BINDING_HTTP_REDIRECT), (f"{self.url}/sso/post", BINDING_HTTP_POST)]
        return IdPConfig().load(
            {
                "entityid": f"{self.url}/metadata",
                "key_file": str(self.folder / "idp.key"),
                "cert_file": str(self.folder / "idp.crt"),
                "xmlsec_binary": "/usr/bin/xmlsec1",
                "metadata": {"local": providers} if providers else {},
                "service": {
                    "idp": {
                        "endpoints": {"single_sign_on_service": endpoints},
                        "name_id_format": [NAMEID_FORMAT_EMAILADDRESS],
                        "policy": {"default": {"lifetime": {"minutes": 5}}},
                        "want_authn_requests_signed": verify_requests,
                    }
                },
            }
        )

    def metadata(self) -> str:
        return str(entity_descriptor(self.config()))

    def read_request(self, fields: dict, binding: str):
        """Parses an AuthnRequest, and verifies its signature when it has one."""
        # pysaml2 verifies a signature only when it requires one.
        server = Server(config=self.config(verify_requests="Signature" in fields))
        signed = {
            "relay_state": fields.get("RelayState"),
            "sigalg": fields.get("SigAlg"),
            "signature": fields.get("Signature"),
        }
        return server.parse_authn_request(fields["SAMLRequest"], binding, **signed).message

    def answer(self, sp_entity_id: str, request_id: str | None, destination: str) -> str:
        """The response for the only user, with the options of the service provider's registration."""
        server = Server(config=self.config())
        sp_options = self._sp_options(sp_entity_id)
        self._choose_encryption(server, sp_options["encryption"])
        response = server.create_authn_response(
            USER,
            request_id,
            destination,
            sp_options["audience"] or sp_entity_id,
            name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=USER["mail"]),
            authn={"class_ref": PASSWORDPROTECTEDTRANSPORT},
            sign_response=sp_options["sign"] in ("response", "both"),
            sign_assertion=sp_options["sign"] in ("assertion", "both"),
            encrypt_assertion=sp_options["encryption"] is not None,
            sign_alg=SIGNATURE[sp_options["algorithm"]],
            digest_alg=DIGEST[sp_options["algorithm"]],
        )
        return str(response)

    def _sp_options(self, sp_entity_id: str) -> dict:
        for path in self.folder.glob("sp/*.json"):
            sp_options = json.loads(path.read_text())
            if sp_options["entity_id"] == sp_entity_id:
                return sp_options
        raise KeyError(f"no service provider is called {sp_entity_id}")

    def _choose_encryption(self, server: Server, encryption: str | None):
        saml2.entity.pre_encryption_part = plain_encryption_part
        if encryption == "aes256-gcm":
            saml2.entity.pre_encryption_part = functools.partial(plain_encryption_part, msg_enc=AES256_GCM)
            server.sec.encrypt_assertion = functools.partial(server.sec.encrypt_assertion, key_type="aes-256")

    def consumer(self, sp_entity_id: str) -> str:
        services = Server(config=self.config()).metadata.assertion_consumer_service(sp_entity_id)
        return services[0]["location"]


def form(action: str, fields: dict, visible: str = "") -> str:
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in fields.items()
    )
    return f'<form method="post" action="{html.escape(action)}">{hidden}{visible}<button>Go on</button></form>'


LOGIN = '<input type="text" name="login"><input type="password" name="password">'


class Site:
    """The endpoints: metadata, single sign-on, and IdP-initiated sign-in."""

    def __init__(self, provider: IdentityProvider):
        self.provider = provider

    def __call__(self, environ, start_response):
        fields = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
            fields |= {name: values[0] for name, values in parse_qs(body, keep_blank_values=True).items()}
        kind, text = self.page(environ["PATH_INFO"], fields)
        start_response("200 OK", [("Content-Type", kind)])
        return [text.encode()]

    def page(self, path: str, fields: dict) -> tuple[str, str]:
        if path == "/metadata":
            return "application/samlmetadata+xml", self.provider.metadata()
        if path == "/login":
            return "text/html; charset=utf-8", self.signed_in(fields)
        if path == "/init":
            consumer = self.provider.consumer(fields["sp"])
            hidden_fields = {"sp": fields["sp"], "destination": consumer}
            return "text/html; charset=utf-8", form("/login", hidden_fields, LOGIN)
        binding = BINDING_HTTP_REDIRECT if path == "/sso/redirect" else BINDING_HTTP_POST
        request = self.provider.read_request(fields, binding)
        hidden_fields = {
            "sp": request.issuer.text,
            "request": request.id,
            "destination": request.assertion_consumer_service_url or self.provider.consumer(request.issuer.text),
        }
        if "RelayState" in fields:
            hidden_fields["relay_state"] = fields["RelayState"]
        return "text/html; charset=utf-8", form("/login", hidden_fields, LOGIN)

    def signed_in(self, fields: dict) -> str:
        if (fields["login"], fields["password"]) != (NAME, PASSWORD):
            return "<p>Wrong name or password.</p>"
        response = self.provider.answer(fields["sp"], fields.get("request"), fields["destination"])
        posted = {"SAMLResponse": base64.b64encode(response.encode()).decode()}
        if "relay_state" in fields:
            posted["RelayState"] = fields["relay_state"]
        return form(fields["destination"], posted)


class ThreadingServer(ThreadingMixIn, WSGIServer):
    """Serves requests while a browser keeps an idle connection open."""

    daemon_threads = True


def main():
    folder, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    site = Site(IdentityProvider(folder, f"http://127.0.0.1:{port}"))
    make_server("127.0.0.1", port, site, server_class=ThreadingServer).serve_forever()


if __name__ == "__main__":
    main()
