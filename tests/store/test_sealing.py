"""Sealed secrets: opened by one key, for one purpose, and by nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from store.sealing import Key, Unopenable, seal

KEY = Key(bytes(range(32)))


def test_what_was_sealed_is_opened_for_its_own_purpose_only() -> None:
    sealed = seal(KEY.public, "123:secret", subject="account:a:bot")
    assert KEY.open(sealed, subject="account:a:bot") == "123:secret"
    assert "secret" not in sealed
    with pytest.raises(Unopenable):
        KEY.open(sealed, subject="account:b:bot")


@pytest.mark.parametrize("broken", ["", "AAAA", "not base64 !", "é"])
def test_rubbish_is_not_opened(broken: str) -> None:
    with pytest.raises(Unopenable):
        KEY.open(broken, subject="x")


def test_another_key_opens_nothing() -> None:
    sealed = seal(KEY.public, "123:secret", subject="x")
    with pytest.raises(Unopenable):
        Key(bytes(32)).open(sealed, subject="x")


def test_the_key_shows_itself_to_nobody() -> None:
    assert repr(KEY) == "<Key>"


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    code = "import sys, pathlib; from store.sealing import Key; print(Key.kept(pathlib.Path(sys.argv[1])).public)"
    command = [sys.executable, "-c", code, str(tmp_path / "data" / "seal.key")]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({process.communicate(timeout=60)[0] for process in several}) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["seal.key"]
    assert (tmp_path / "data" / "seal.key").stat().st_mode & 0o077 == 0
