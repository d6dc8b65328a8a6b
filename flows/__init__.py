"""What we do: one room a topic. The order here is the order in which topics are asked about plain words."""

from importlib import import_module

TOPICS = ("setup", "undo", "teams", "quiet", "surveys", "alerts", "reminders", "files", "customers", "activities")


def load() -> None:
    """Imports every topic's handlers, once; nothing is heard before."""
    for topic in TOPICS:
        import_module(f"flows.{topic}.commands")
    for module in (
        "flows.setup.pages",
        "flows.reminders.timers",
        "flows.quiet.timers",
        "flows.surveys.timers",
        "flows.alerts.timers",
    ):
        import_module(module)
