"""Hours beside names and next to nothing else, as people jot their day down: "Globex 11am, Stark 2:30"."""

from collections.abc import Sequence
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.moods import Moods

Span = tuple[int, int]
_REST: Final = lazy(
    r"(?:[ ,:@/()&+-]|w/|(?<![a-z])(?:with|at|and|then|the|in person|on site|online|hq|office|"
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday|s|sday)?)(?![a-z]))*"
)


def is_agenda(low: str, moods: Moods, hour: Span, names: Sequence[Span], times: Sequence[Span]) -> bool:
    """Whether the clause of an hour holds nothing but a known name beside it."""
    left, right = moods.clause(*hour)
    left, right = max(left, 0), min(right, len(low))
    inside = [(start, end) for start, end in names if left <= start and end <= right]
    if not inside:
        return False
    words = list(low[left:right])
    for start, end in [*inside, *times]:
        for place in range(max(start, left), min(end, right)):
            words[place - left] = " "
    return _REST.fullmatch("".join(words).strip(" ,.;!")) is not None
