"""Programs in Python, each with its own environment that `scripts/install` puts in .work/venv."""

from __future__ import annotations

import pathlib

from interop.process import Process
from interop.program import ROOT


def start_python(program: pathlib.Path, ready: str, environment: dict) -> Process:
    """Starts a program with the environment that has the name of its folder."""
    folder = program.parent.name
    python = ROOT / ".work/venv" / folder / "bin/python"
    # Not the folder of the program: a file in it would hide a package of the same name.
    return Process(folder.replace("_", "-"), [python, "-P", program], ready, environment)
