"""The table of `docs/interoperability.md`: what each program did in this run."""

from __future__ import annotations

import os

import pytest

from interop.program import ROOT, Program

HEAD = """# Interoperability

`scripts/test-interop` signs users in with independent programs, each on SQLite and on PostgreSQL. A run with
`VESTIBULE_TEST_WRITE=1` writes this table.

| program | version | scenario | result |
|---|---|---|---|
"""


class Report:
    """Collects the outcome of each test by program and scenario. A scenario works if all its variants do."""

    def __init__(self):
        self._works: dict[tuple[str, str, str], bool] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        program: Program | None = getattr(item.module, "PROGRAM", None)
        is_result = outcome.when == "call" or outcome.failed
        if program and is_result and not outcome.skipped:
            scenario = item.originalname.removeprefix("test_").replace("_", " ")
            row = (program.name, program.version, scenario)
            self._works[row] = self._works.get(row, True) and outcome.passed
        return outcome

    def pytest_sessionfinish(self):
        folder = "docs" if os.environ.get("VESTIBULE_TEST_WRITE") else ".work"
        (ROOT / folder / "interoperability.md").write_text(self.table())

    def table(self) -> str:
        rows = sorted(self._works.items(), key=lambda row: (row[0][0].lower(), row[0]))
        lines = [
            f"| {name} | {version} | {scenario} | {'works' if works else 'fails'} |\n"
            for (name, version, scenario), works in rows
        ]
        return HEAD + "".join(lines)
