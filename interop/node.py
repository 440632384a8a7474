"""Programs on Node.js, with the packages that `scripts/install` puts in .work/node."""

from __future__ import annotations

import pathlib
import shutil

from interop.process import Process
from interop.program import ROOT


def start_node(program: pathlib.Path, ready: str, environment: dict) -> Process:
    """Starts a program with the packages of the folder that it is in. A copy runs, because Node.js looks for packages
    above the program's own folder only."""
    folder = program.parent.name
    copy = pathlib.Path(shutil.copy(program, ROOT / ".work/node" / folder))
    return Process(folder.replace("_", "-"), ["node", copy], ready, environment)
