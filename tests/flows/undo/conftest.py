"""A firm that writes things down and takes them back."""

from tests.flows.teams.conftest import town

__all__ = ["town"]
