"""An application that signs its users in with Authlib, an independent client library.

Authlib does discovery, PKCE, state and nonce, exchanges the code and verifies the ID token by the published keys.
"""

from __future__ import annotations

import threading

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import Flask, jsonify, request
from werkzeug.serving import make_server


class RelyingParty:
    """The application on a loopback port. `register` creates the Authlib client of an application in Vestibule."""

    def __init__(self):
        self.app = Flask("relying-party")
        self.app.secret_key = "only-for-tests-on-this-machine"
        self.oauth = OAuth(self.app)
        self.app.add_url_rule("/<client>/sign-in", view_func=self._sign_in)
        self.app.add_url_rule("/<client>/callback", view_func=self._callback)
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def redirect_uri(self, client: str) -> str:
        return f"{self.url}/{client}/callback"

    def sign_in_url(self, client: str) -> str:
        return f"{self.url}/{client}/sign-in"

    def register(self, client: str, issuer: str, application: dict, **options):
        """Creates an Authlib client from the API's representation of an application."""
        self.oauth.register(
            client,
            overwrite=True,
            client_id=application["id"],
            client_secret=application.get("client_secret"),
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email groups",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": application["token_endpoint_auth_method"],
            },
            **options,
        )

    def register_with_defaults(self, client: str, issuer: str, application: dict):
        """Creates an Authlib client as its documentation shows: no PKCE, no authentication method."""
        self.oauth.register(
            client,
            overwrite=True,
            client_id=application["id"],
            client_secret=application["client_secret"],
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email"},
        )

    def _sign_in(self, client: str):
        return self.oauth.create_client(client).authorize_redirect(
            self.redirect_uri(client), **request.args.to_dict()
        )

    def _callback(self, client: str):
        authlib_client = self.oauth.create_client(client)
        try:
            token = authlib_client.authorize_access_token()
        except OAuthError as error:
            return jsonify(error=error.error, description=error.description), 400
        return jsonify(
            claims=token["userinfo"],
            userinfo=authlib_client.userinfo(token=token),
            token={name: token[name] for name in ("token_type", "expires_in", "id_token")},
        )

    def stop(self):
        self._server.shutdown()
