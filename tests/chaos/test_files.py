"""What a committed row may name is on the disk under its name, whenever the power goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.files import Shelf


def test_a_file_is_kept_with_its_name_and_costs_nothing_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[Path, bool]] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        at = Path(os.readlink(f"/proc/self/fd/{handle}"))
        synced.append((at, any(len(file.name) == 64 for file in at.iterdir()) if at.is_dir() else False))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    shelf = Shelf(tmp_path / "files")
    hash = shelf.keep(b"an offer")
    assert [at for at, _ in synced if at.is_dir()] == [tmp_path / "files", tmp_path / "files" / hash[:2]]
    assert synced[-1] == (tmp_path / "files" / hash[:2], True)
    synced.clear()
    shelf.keep(b"an offer")
    assert synced == []
