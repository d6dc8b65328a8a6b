"""A firm to try things on: made once, on an empty database."""

from flows.demo.actions import found_demo, panes
from flows.demo.talk import INTRO

__all__ = ["INTRO", "found_demo", "panes"]
