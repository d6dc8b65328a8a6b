"""Amounts of money."""

from flows.understanding.money.reading import read_sums
from flows.understanding.money.rules import RULES

__all__ = ["RULES", "read_sums"]
