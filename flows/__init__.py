"""What we do: one room a topic. The order here is the order in which topics are asked about plain words."""

from importlib import import_module
from importlib.util import find_spec

TOPICS = (
    "research",
    "accounts",
    "webhooks",
    "setup",
    "help",
    "undo",
    "teams",
    "relay",
    "quiet",
    "spoken",
    "guesses",
    "care",
    "optout",
    "campaigns",
    "churn",
    "referrals",
    "surveys",
    "builder",
    "rewards",
    "results",
    "themes",
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
    "privacy",
    "keeping",
    "status",
    "webform",
    "files",
    "voice",
    "hints",
    "fields",
    "tiers",
    "reception",
    "tickets",
    "automation",
    "trends",
    "knowledge",
    "clocks",
    "routing",
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
    """Imports every topic's handlers, once; nothing is heard before. Who imports whom does not change the order."""
    for topic in TOPICS:
        for module in HEARING:
            if find_spec(name := f"flows.{topic}.{module}"):
                import_module(name)
    from flows.router import HEARD

    for routes in HEARD.values():
        routes.sort(key=lambda route: TOPICS.index(route.act.__module__.split(".")[1]))
