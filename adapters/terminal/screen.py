"""What stands in the terminal: prints entries, and knows which press each number means now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.terminal.lines import Lines
from adapters.terminal.parse import choice_of, pressed, said
from adapters.terminal.render import lines, presses


class Screen:
    """The last message that offered a choice is the one that numbers press."""

    def __init__(self, ends: Lines) -> None:
        self._ends = ends
        self._message = ""
        self._presses: tuple[str, ...] = ()

    def show(self, entry: Mapping[str, Any], message: str, *, before: str = "") -> None:
        """Prints it; a message without a choice takes none away, unless it is the one that had it."""
        found = presses(entry)
        if found or message == self._message:
            self._message, self._presses = message, found
        shown = lines(entry, colours=self._ends.colours)
        for number, line in enumerate(shown):
            self._ends.write(line if number else before + line)
        if shown and self._ends.colours:
            self._ends.write("")

    def meant(self, line: str) -> dict[str, Any] | None:
        """What a typed line is: a press, something said, or nothing."""
        if number := choice_of(line, len(self._presses)):
            return pressed(self._presses[number - 1], self._message)
        return said(line) if line.strip() else None
