"""A firm to try things on: made once, on an empty database."""

from flows.demo.actions import found_demo, panes

__all__ = ["found_demo", "panes"]
