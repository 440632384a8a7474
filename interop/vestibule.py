"""Vestibule with the interfaces of an operator: configuration file, CLI and API."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess

import requests

from interop.process import Process, clean_environment, free_port

PROGRAM = pathlib.Path(os.environ["VESTIBULE_PROGRAM"])


class CommandFailed(Exception):
    """A command of the program ended with a status other than 0."""


class Vestibule:
    """A running server with its own database."""

    def __init__(self, name: str, folder: pathlib.Path, database_url: str):
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.configuration = folder / "vestibule.toml"
        self.configuration.write_text(
            f'public_url = "{self.url}"\n'
            f'listen = "127.0.0.1:{port}"\n'
            f'database_url = "{database_url}"\n'
            f'secret_key_file = "{folder}/secret.key"\n'
        )
        self.process = Process(
            f"vestibule-{name}",
            [PROGRAM, "serve", "--config", self.configuration],
            ready=f"{self.url}/readyz",
        )
        self.key = self.command("api-key", "create", "interop")["key"]

    def command(self, *arguments) -> dict | list:
        """Runs a CLI command, and returns the JSON that it prints."""
        command = [PROGRAM, "--config", self.configuration, *arguments, "--json"]
        completed = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            env=clean_environment(),
        )
        if completed.returncode != 0:
            raise CommandFailed(f"{' '.join(map(str, arguments))}: {completed.stderr}{completed.stdout}")
        return json.loads(completed.stdout) if completed.stdout.strip() else {}

    def api(self, method: str, path: str, body: dict | None = None) -> dict | list:
        """Calls the API, and returns the response; an error status fails with the problem document."""
        session = requests.Session()
        session.trust_env = False
        response = session.request(
            method,
            f"{self.url}/api/v1{path}",
            json=body,
            headers={"authorization": f"Bearer {self.key}"},
            timeout=30,
        )
        assert response.ok, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else {}

    def metadata(self, connection_id: str) -> str:
        """The service provider metadata of a connection."""
        response = requests.get(f"{self.url}/saml/{connection_id}/metadata", timeout=30)
        assert response.ok, f"{response.status_code} {response.text}"
        return response.text

    def attempts(self, organization: str) -> list[dict]:
        """The sign-in attempts of an organization, newest first, each with its checks."""
        return self.api("GET", f"/organizations/{organization}/sign-in-attempts")["items"]

    def attempt(self, organization: str, attempt_id: str) -> dict:
        return self.api("GET", f"/organizations/{organization}/sign-in-attempts/{attempt_id}")

    def stop(self):
        self.process.stop()
