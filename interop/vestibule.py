"""Vestibule as its operator meets it: a configuration file, the command line, the API."""

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
    """A running server with a database of its own."""

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
        """Runs one command of the program, and returns the object that it prints."""
        command = [PROGRAM, "--config", self.configuration, *arguments, "--json"]
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            env=clean_environment(),
        )
        if done.returncode != 0:
            raise CommandFailed(f"{' '.join(map(str, arguments))}: {done.stderr}{done.stdout}")
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def api(self, method: str, path: str, body: dict | None = None) -> dict | list:
        """Asks the API, and returns its answer; a refusal is an exception that shows the problem document."""
        session = requests.Session()
        session.trust_env = False
        answer = session.request(
            method,
            f"{self.url}/api/v1{path}",
            json=body,
            headers={"authorization": f"Bearer {self.key}"},
            timeout=30,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else {}

    def metadata(self, connection_id: str) -> str:
        """What a service provider's connection publishes for its identity provider."""
        answer = requests.get(f"{self.url}/saml/{connection_id}/metadata", timeout=30)
        assert answer.ok, f"{answer.status_code} {answer.text}"
        return answer.text

    def attempts(self, organization: str) -> list[dict]:
        """The attempts of an organization, newest first, each with its checks."""
        return self.api("GET", f"/organizations/{organization}/sign-in-attempts")["items"]

    def attempt(self, organization: str, attempt_id: str) -> dict:
        return self.api("GET", f"/organizations/{organization}/sign-in-attempts/{attempt_id}")

    def stop(self):
        self.process.stop()
