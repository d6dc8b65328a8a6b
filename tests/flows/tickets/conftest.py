"""The town of the teams' tests."""

from tests.flows.teams.conftest import town

__all__ = ["town"]
