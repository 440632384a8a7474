"""Runs the identity provider in `site.py`."""

from __future__ import annotations

import pathlib
from urllib.parse import urlencode

import requests

from interop.keys import write_key_pair
from interop.process import free_port
from interop.python import start_python

PROGRAM = pathlib.Path(__file__).parent / "site.py"


class Djangosaml2idp:
    """One identity provider for all service providers."""

    user = ("alice", "alicepass")

    def __init__(self, folder: pathlib.Path):
        write_key_pair(folder, "idp")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.metadata_url = f"{self.url}/idp/metadata/"
        self.process = start_python(PROGRAM, self.metadata_url, {"PORT": str(port), "FOLDER": str(folder)})

    def register(self, entity_id: str, metadata: str, **sp_options):
        """Registers a service provider; `sp_options` are fields of its form."""
        body = {"entity_id": entity_id, "local_metadata": metadata} | sp_options
        response = requests.post(f"{self.url}/register/", json=body, timeout=30)
        assert response.status_code == 201, f"{response.status_code} {response.text}"

    def unsolicited_url(self, entity_id: str) -> str:
        """The URL of IdP-initiated sign-in."""
        return f"{self.url}/idp/sso/init/?" + urlencode({"sp": entity_id})

    def stop(self):
        self.process.stop()
