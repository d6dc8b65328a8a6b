"""What we do: one room a topic. The order here is the order in which topics are asked about plain words."""

from importlib import import_module
from importlib.util import find_spec

TOPICS = (
    "accounts",
    "webhooks",
    "setup",
    "help",
    "undo",
    "teams",
    "quiet",
    "spoken",
    "surveys",
    "alerts",
    "reminders",
    "rhythm",
    "promises",
    "deals",
    "approvals",
    "quotes",
    "pictures",
    "day",
    "imports",
    "exports",
    "duplicates",
    "keys",
    "webform",
    "files",
    "voice",
    "hints",
    "fields",
    "tiers",
    "duty",
    "refresh",
    "reports",
    "views",
    "orders",
    "segments",
    "leads",
    "handover",
    "customers",
    "activities",
)


HEARING = (
    "commands",
    "presses",
    "dialogs",
    "corrections",
    "deletions",
    "forms",
    "previews",
    "pages",
    "timers",
    "steps",
)
"""Modules of a topic that register handlers."""


def load() -> None:
    """Imports every topic's handlers, once; nothing is heard before."""
    for topic in TOPICS:
        for module in HEARING:
            if find_spec(name := f"flows.{topic}.{module}"):
                import_module(name)
