"""When and where a line was written, and the firm's own habits about hours and days."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

Mood = Literal["past", "future", "none"]

PARTS: Final[dict[str, tuple[int, int]]] = {
    "morning": (9, 0),
    "noon": (12, 0),
    "lunch": (12, 0),
    "afternoon": (15, 0),
    "evening": (19, 0),
    "night": (20, 0),
    "dawn": (2, 0),
    "early": (9, 0),
    "forenoon": (10, 0),
    "dusk": (18, 0),
    "dark": (20, 0),
    "close": (18, 0),
}
_MONTH_FIRST: Final = frozenset(["CN", "US", "JP", "KR", "TW", "HK", "MO", "PH", "CA", "SG", "MY"]) - {
    "SG",
    "MY",
    "HK",
    "MO",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader of the line knows without reading it; everything but `now` has a usual value."""

    now: datetime
    country: str = "CN"
    language: str = "en"
    working_hours: tuple[int, int] = (8, 18)
    part_hours: tuple[tuple[str, tuple[int, int]], ...] = ()
    month_first: bool | None = None
    workdays: Collection[date] = ()
    days_off: Collection[date] = ()
    _parts: dict[str, tuple[int, int]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now must be an aware time")
        self._parts.update(PARTS)
        self._parts.update(self.part_hours)

    def hour_of(self, part: str) -> tuple[int, int]:
        """The hour that a part of the day stands for, after the firm's own settings."""
        return self._parts[part]

    @property
    def is_month_first(self) -> bool:
        """Whether 12/5 is 5 December here."""
        return self.country in _MONTH_FIRST if self.month_first is None else self.month_first
