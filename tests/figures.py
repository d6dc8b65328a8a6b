"""What a test has measured: said aloud, and kept with its outcome for whoever writes the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[[str], None]
FIGURE = "figure"
"""The property of a test under which they are."""


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], record_property: Callable[[str, object], None]) -> Told:
    """Takes a line of figures."""

    def tell(line: str) -> None:
        record_property(FIGURE, line)
        with capsys.disabled():
            print(f"\n{line}")  # noqa: T201

    return tell
