"""What a reader of one language hands on: whose promise it is, where its words begin, and how it was put."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

By = Literal["us", "them"]


class Way(Enum):
    """How a promise was put, as far as what follows in the line may change it."""

    SAID = "said"
    WANTED = "wanted"
    """They asked for it: ours to do, and perhaps done already."""
    HINTED = "hinted"
    """They would like it: a promise only when the next statement says by when it is sent."""
    BARE = "bare"
    """Nobody is named who does it: ours, or theirs in what they said."""


@dataclass(frozen=True, slots=True)
class Form:
    by: By
    start: int
    rule: str
    way: Way = Way.SAID
