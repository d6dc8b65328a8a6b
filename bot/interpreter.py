"""How the interpreter is set for a service: threads change places soon, and its collector seldom looks."""

from __future__ import annotations

import gc
import sys

SWITCH = 0.0005
"""Seconds a thread may keep the interpreter; Python's 5 ms starve the writer while the loop is busy."""
LOOKS = (10_000, 20, 20)
"""Objects, and rounds, between collections; with Python's 700 they take a fifteenth of a turn."""


def starting() -> None:
    """What a start makes stays: walking through it again and again is a fifth of the start."""
    sys.setswitchinterval(SWITCH)
    gc.disable()


def serving() -> None:
    """What is there now is left out of collections, which would stop everything for long to walk through it."""
    sys.setswitchinterval(SWITCH)
    gc.freeze()
    gc.set_threshold(*LOOKS)
    gc.enable()
