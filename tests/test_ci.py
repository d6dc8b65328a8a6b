"""What a build server runs: it fails when a test fails, and when none ran."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPORT = (
    '<testsuites><testsuite name="pytest" errors="0" failures="0" skipped="{skipped}" tests="{tests}" /></testsuites>'
)


def run(folder: Path, *, tests: int, skipped: int, code: int = 0) -> subprocess.CompletedProcess[str]:
    """`.ci/run` on a machine where nothing can be installed and the tests end like this."""
    report = REPORT.format(tests=tests, skipped=skipped)
    _program(
        folder / "make",
        f'for word in "$@"; do case $word in REPORT=*) echo \'{report}\' >"${{word#REPORT=}}"; esac; done\nexit {code}',
    )
    for name in ("apt-get", "sudo"):
        _program(folder / name, "exit 1")
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    return subprocess.run([ROOT / ".ci" / "run"], env=environment, capture_output=True, text=True, check=False)


def _program(path: Path, code: str) -> None:
    path.write_text(f"#!/usr/bin/env bash\n{code}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_it_says_how_many_ran(tmp_path: Path) -> None:
    done = run(tmp_path, tests=12, skipped=2)
    assert done.returncode == 0, done.stderr
    assert "10 tests ran, 2 were left out." in done.stdout


@pytest.mark.parametrize(("tests", "skipped"), [(0, 0), (7, 7)])
def test_it_fails_when_no_test_ran(tmp_path: Path, tests: int, skipped: int) -> None:
    done = run(tmp_path, tests=tests, skipped=skipped)
    assert done.returncode == 1
    assert "No test ran." in done.stderr


def test_it_fails_when_a_test_fails(tmp_path: Path) -> None:
    assert run(tmp_path, tests=12, skipped=0, code=2).returncode == 2
