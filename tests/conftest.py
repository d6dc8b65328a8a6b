"""Fixtures for every test: databases on both engines."""

from tests.engines import clock, database, engine, pytest_terminal_summary, url

__all__ = ["clock", "database", "engine", "pytest_terminal_summary", "url"]
