"""The programs under test, with their versions. Each module of tests names its own as `PROGRAM`."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import json
import pathlib
import re
import subprocess
import tomllib

ROOT = pathlib.Path(__file__).parent.parent


@dataclasses.dataclass(frozen=True)
class Program:
    name: str
    version: str


def debian_program(name: str, package: str) -> Program:
    command = ["dpkg-query", "-W", "-f", "${source:Upstream-Version}", package]
    version = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Program(name, version)


def python_program(name: str, requirements: pathlib.Path | None = None) -> Program:
    """A package of this environment, or of the one with these requirements."""
    if requirements is None:
        return Program(name, importlib.metadata.version(name))
    pinned = re.search(rf"^{re.escape(name)}==(\S+)", requirements.read_text(), re.MULTILINE)
    return Program(name, pinned.group(1))


def node_program(name: str, folder: str) -> Program:
    package = ROOT / ".work/node" / folder / "node_modules" / name / "package.json"
    return Program(name, json.loads(package.read_text())["version"])


def rust_program(name: str, lock: pathlib.Path) -> Program:
    packages = tomllib.loads(lock.read_text())["package"]
    return Program(name, next(package["version"] for package in packages if package["name"] == name))
