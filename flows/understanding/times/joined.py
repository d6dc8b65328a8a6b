"""One time as its words say it: pieces that belong together, not yet on the calendar."""

from dataclasses import dataclass
from typing import Literal

from flows.understanding.times.pieces import Every, Piece

Bound = Literal["before", "after", "since", "within", ""]


@dataclass(frozen=True, slots=True)
class Joined:
    """One time as its words say it, not yet on the calendar."""

    start: int
    end: int
    rules: tuple[str, ...]
    day: Piece | None = None
    clock: Piece | None = None
    part: Piece | None = None
    zone: str = ""
    instant: Piece | None = None
    every: Every | None = None
    length: Piece | None = None
    anchored: Piece | None = None
    until: "Joined | None" = None
    bound: Bound = ""
    day_last: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it can stand as a time of its own."""
        return any((self.day, self.clock, self.part, self.instant, self.every, self.anchored))
