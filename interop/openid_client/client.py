"""An application on Node.js with openid-client, with the defaults of that library."""

from __future__ import annotations

import pathlib

from interop.process import Process

HERE = pathlib.Path(__file__).parent
LIBRARY = HERE.parent.parent / ".work/node/openid_client/node_modules/openid-client/build/index.js"


class OpenidClient:
    """The application on a loopback port."""

    def __init__(self, port: int, issuer: str, application: dict):
        self.sign_in_url = f"http://127.0.0.1:{port}/sign-in"
        self.process = Process(
            "openid-client",
            ["node", HERE / "client.mjs"],
            ready=f"http://127.0.0.1:{port}/",
            environment={
                "PORT": str(port),
                "ISSUER": issuer,
                "CLIENT_ID": application["id"],
                "CLIENT_SECRET": application["client_secret"],
                "LIBRARY": str(LIBRARY),
            },
        )

    def stop(self):
        self.process.stop()
