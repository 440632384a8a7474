"""Runs saml-idp, a test identity provider for one service provider, with its defaults."""

from __future__ import annotations

import pathlib

from interop.browser import Browser, Page
from interop.keys import write_key_pair
from interop.process import Process, free_port
from interop.program import ROOT

COMMAND = ROOT / ".work/node/saml_idp/node_modules/.bin/saml-idp"


class SamlIdp:
    """The program has one user, and a page where the browser changes what is sent about that user."""

    issuer = "urn:example:idp"
    email = "saml.jackson@example.com"

    def __init__(self, folder: pathlib.Path):
        self.key, self.certificate = write_key_pair(folder, "idp")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.sign_on_url = f"{self.url}/saml/sso"
        self.process = None

    def start(self, acs_url: str, audience: str, *options: str):
        arguments = {
            "--host": "127.0.0.1",
            "--port": self.port,
            "--key": self.key,
            "--cert": self.certificate,
            "--acsUrl": acs_url,
            "--audience": audience,
        }
        flags = [part for pair in arguments.items() for part in pair]
        self.process = Process("saml-idp", ["node", COMMAND, *flags, *options], ready=f"{self.url}/metadata")

    def sign_in(self, browser: Browser, page: Page) -> Page:
        """Submits the page as it is; returns the page with the response."""
        return browser.submit(page.form_with("userName"))

    def stop(self):
        if self.process:
            self.process.stop()
