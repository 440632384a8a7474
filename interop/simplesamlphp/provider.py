"""SimpleSAMLphp, run by the web server of PHP."""

from __future__ import annotations

import json
import pathlib
from urllib.parse import urlencode

from interop.keys import write_key_pair
from interop.process import Process, free_port

HERE = pathlib.Path(__file__).parent
PROGRAM = "/usr/share/simplesamlphp/www"


class SimpleSAMLphp:
    """One identity provider with separate options for each service provider."""

    user = ("alice", "alicepass")

    def __init__(self, folder: pathlib.Path, host: str = "127.0.0.1"):
        """`host` is the host name in URLs."""
        self.folder = folder
        (folder / "sp").mkdir()
        write_key_pair(folder, "idp")
        port = free_port()
        self.url = f"http://{host}:{port}"
        self.metadata_url = f"{self.url}/saml2/idp/metadata.php"
        self.process = Process(
            "simplesamlphp",
            ["php", "-d", "error_log=", "-S", f"127.0.0.1:{port}", "-t", PROGRAM],
            ready=self.metadata_url,
            environment={
                "SIMPLESAMLPHP_CONFIG_DIR": str(HERE / "config"),
                "VESTIBULE_INTEROP_FOLDER": str(folder),
                "VESTIBULE_INTEROP_URL": self.url,
            },
        )

    def register(self, name: str, metadata: str, **sp_options):
        """Registers a service provider; `sp_options` are options of SimpleSAMLphp."""
        (self.folder / "sp" / f"{name}.xml").write_text(metadata)
        (self.folder / "sp" / f"{name}.json").write_text(json.dumps(sp_options))

    def unsolicited_url(self, entity_id: str) -> str:
        """The URL of IdP-initiated sign-in."""
        return f"{self.url}/saml2/idp/SSOService.php?" + urlencode({"spentityid": entity_id})

    def stop(self):
        self.process.stop()
