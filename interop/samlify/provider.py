"""Runs the identity provider in `idp.mjs`."""

from __future__ import annotations

import pathlib

from interop.keys import write_key_pair
from interop.node import start_node
from interop.process import free_port

PROGRAM = pathlib.Path(__file__).parent / "idp.mjs"


class Samlify:
    """One identity provider for all service providers."""

    user = ("alice", "alicepass")

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        (folder / "sp").mkdir()
        write_key_pair(folder, "idp")
        port = free_port()
        self.metadata_url = f"http://127.0.0.1:{port}/metadata"
        self.process = start_node(PROGRAM, self.metadata_url, {"PORT": str(port), "FOLDER": str(folder)})

    def register(self, name: str, metadata: str):
        (self.folder / "sp" / f"{name}.xml").write_text(metadata)

    def stop(self):
        self.process.stop()
