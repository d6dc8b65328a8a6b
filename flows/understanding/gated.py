"""Patterns that are not tried on a text without the pieces they need."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from flows.understanding.gates import gate_of
from flows.understanding.text import Text


class Gated:
    """A pattern with an example; compiled, and its needs read off it, when it is first used."""

    def __init__(self, pattern: str, example: str = "") -> None:
        self.pattern: Final = pattern
        self.example: Final = example

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    @cached_property
    def _needs(self) -> tuple[frozenset[str], ...]:
        return gate_of(self.pattern).needs

    def fits(self, text: Text) -> bool:
        """Whether the text has a piece of each kind that a match must hold."""
        return not any(map(text.parts.isdisjoint, self._needs))

    def finditer(self, text: Text) -> Iterator[re.Match[str]]:
        """Every match in the text with its capitals."""
        return self.compiled.finditer(text.folded) if self.fits(text) else iter(())
