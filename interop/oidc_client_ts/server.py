"""The server of an application that runs in the browser: it has the page and the library, and no secret."""

from __future__ import annotations

import json
import threading

from flask import Flask, Response, send_file
from werkzeug.serving import make_server

from interop.program import ROOT

PAGE = ROOT / "interop/oidc_client_ts/client.html"
LIBRARY = ROOT / ".work/node/oidc_client_ts/node_modules/oidc-client-ts/dist/browser/oidc-client-ts.js"


class PageServer:
    """Serves the page of one application on a loopback port."""

    def __init__(self, port: int, issuer: str, application: dict):
        settings = json.dumps({"issuer": issuer, "client_id": application["id"]})
        page = PAGE.read_text().replace("SETTINGS", settings)
        app = Flask("oidc-client-ts")
        app.add_url_rule("/oidc-client-ts.js", "library", lambda: send_file(LIBRARY))
        for path in ("/", "/callback"):
            app.add_url_rule(path, path, lambda: Response(page, mimetype="text/html"))
        self._server = make_server("127.0.0.1", port, app, threaded=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
