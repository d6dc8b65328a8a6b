"""What other topics may want to know of an act that was taken back, or done again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowsRestored:
    """These rows (table, id) are what they were before; what others were shown of them is out of date."""

    rows: tuple[tuple[str, int], ...]
    label: str
    card: str = ""
    """The card that the act itself is shown on; whoever takes it back changes that one."""
