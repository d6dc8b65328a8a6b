# ruff: noqa: E501 -- a rule is one line
"""Free text → facts: reads a line in English and Chinese; pure, and never fails for any text."""

from flows.understanding.commands import read_money, read_phone, read_recurrence, read_time
from flows.understanding.context import Context
from flows.understanding.facts import (
    Activity,
    Commitment,
    Contact,
    Mention,
    Money,
    Place,
    Quantity,
    Reading,
    Time,
    Word,
    as_json,
    why,
)  # fmt: skip
from flows.understanding.names import NOBODY, Known, MemoryNames, Names, normal, short_forms, sound, surname_of
from flows.understanding.reading import read

__all__ = [
    "NOBODY", "Activity", "Commitment", "Contact", "Context", "Known", "MemoryNames", "Mention", "Money", "Names", "Place", "Quantity", "Reading",
    "Time", "Word", "as_json", "normal", "read", "read_money", "read_phone", "read_recurrence", "read_time", "short_forms", "sound", "surname_of", "why",
]  # fmt: skip
