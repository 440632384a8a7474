"""Apache with mod_auth_openidc, a certified client, in front of pages for members."""

from __future__ import annotations

import pathlib

from interop.process import Process

HERE = pathlib.Path(__file__).parent


class ModAuthOpenidc:
    """A web server with access for the members of one organization. It uses PKCE if the application has to."""

    def __init__(self, folder: pathlib.Path, port: int, issuer: str, application: dict, organization: str):
        options = ["-DPKCE"] if application["require_pkce"] else []
        self.members_url = f"http://127.0.0.1:{port}/members"
        self.claims_url = f"http://127.0.0.1:{port}/callback?info=json"
        self.process = Process(
            "mod-auth-openidc",
            ["/usr/sbin/apache2", "-DFOREGROUND", *options, "-f", HERE / "httpd.conf"],
            ready=f"http://127.0.0.1:{port}/",
            environment={
                "PORT": str(port),
                "FOLDER": str(folder),
                "ISSUER": issuer,
                "CLIENT_ID": application["id"],
                "CLIENT_SECRET": application["client_secret"],
                "ORGANIZATION": organization,
            },
        )

    def stop(self):
        self.process.stop()
