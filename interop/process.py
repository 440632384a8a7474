"""Server programs that tests start on a free loopback port, with a log."""

from __future__ import annotations

import os
import pathlib
import socket
import subprocess
import time

import requests

LOGS = pathlib.Path(__file__).parent.parent / ".work" / "logs"
TIMEOUT_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment() -> dict:
    """The environment without settings of the program under test."""
    return {name: value for name, value in os.environ.items() if not name.startswith("VESTIBULE_")}


class Process:
    """A running server program."""

    def __init__(self, name: str, command: list, ready: str, environment: dict | None = None):
        LOGS.mkdir(parents=True, exist_ok=True)
        self.log = LOGS / f"interop-{name}.log"
        with self.log.open("w") as log:
            self._child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=clean_environment() | (environment or {}),
            )
        try:
            self._wait_for(ready)
        except BaseException:
            self.stop()
            raise

    def _wait_for(self, url: str):
        session = requests.Session()
        session.trust_env = False
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while time.monotonic() < deadline:
            if self._child.poll() is not None:
                raise RuntimeError(f"the program ended with status {self._child.returncode}:\n{self._log_end()}")
            try:
                response = session.get(url, timeout=TIMEOUT_SECONDS)
            except requests.ConnectionError:
                time.sleep(0.05)
                continue
            if response.status_code < 500:
                return
            raise RuntimeError(f"{url} responds with {response.status_code}:\n{self._log_end()}")
        raise RuntimeError(f"{url} did not respond within {TIMEOUT_SECONDS:.0f} s:\n{self._log_end()}")

    def _log_end(self) -> str:
        return self.log.read_text(errors="replace")[-4000:]

    def stop(self):
        self._child.terminate()
        try:
            self._child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
