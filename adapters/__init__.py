"""How messages travel: one package a platform, imported only when an account needs it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bot.core.ports import Adapter

CATALOGUE: dict[str, str] = {
    "memory": "adapters.memory:MemoryAdapter",
    "browser": "adapters.browser:BrowserAdapter",
    "terminal": "adapters.terminal:TerminalAdapter",
    "telegram-staff": "adapters.telegram.staff:StaffBot",
    "telegram-customers": "adapters.telegram.customers:CustomerBot",
    "slack": "adapters.slack.wire:SlackAdapter",
    "webhook": "adapters.webhook.wire:WebhookAdapter",
}
"""Name → "module:Class"; nothing here is imported before it is built."""

SERVICES: dict[str, str] = {
    "speech": "adapters.assist.speech:SpeechAdapter",
    "model": "adapters.assist.model:ModelAdapter",
}
"""The same for services that are asked and chat with nobody."""


def build(name: str, **arguments: Any) -> Adapter:
    """The adapter of that name; KeyError when the catalogue has none."""
    module, _, kind = {**CATALOGUE, **SERVICES}[name].partition(":")
    adapter: Adapter = getattr(import_module(module), kind)(**arguments)
    return adapter
