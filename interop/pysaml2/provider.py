"""Runs the identity provider in `idp.py` with the Python environment of pysaml2."""

from __future__ import annotations

import json
import pathlib
from urllib.parse import urlencode

from interop.keys import write_key_pair
from interop.process import Process, free_port

HERE = pathlib.Path(__file__).parent
PYTHON = HERE.parent.parent / ".work" / "venv" / "pysaml2" / "bin" / "python"


class Pysaml2:
    """One identity provider with separate options for each service provider."""

    user = ("alice", "alicepass")

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        (folder / "sp").mkdir()
        write_key_pair(folder, "idp")
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.metadata_url = f"{self.url}/metadata"
        self.process = Process("pysaml2", [PYTHON, HERE / "idp.py", folder, port], ready=self.metadata_url)

    def register(self, name: str, metadata: str, **sp_options):
        """Registers a service provider; `idp.py` lists the `sp_options`."""
        usual = {"sign": "both", "algorithm": "sha256", "encryption": None, "audience": None}
        (self.folder / "sp" / f"{name}.xml").write_text(metadata)
        (self.folder / "sp" / f"{name}.json").write_text(json.dumps(usual | sp_options))
        if "audience" in sp_options:
            # pysaml2 only accepts service providers whose metadata it has.
            other = metadata.replace(f'"{sp_options["entity_id"]}"', f'"{sp_options["audience"]}"')
            (self.folder / "sp" / f"{name}-audience.xml").write_text(other)

    def unsolicited_url(self, entity_id: str) -> str:
        """The URL of IdP-initiated sign-in."""
        return f"{self.url}/init?" + urlencode({"sp": entity_id})

    def stop(self):
        self.process.stop()
