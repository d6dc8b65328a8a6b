"""Logs: JSON, or lines for a reader at a terminal. Ids and kinds only: what people wrote never comes here.

Texts of ours are constants and carry their values as fields of an allow-list; other libraries' texts are kept, with
everything masked that looks like a token, a link's code or a phone number. Of an error the type and place are told.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

_drawing: Any = sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
import structlog  # noqa: E402 - without rich, with which it would draw tracebacks: a tenth of our start, for nothing

if _drawing is None:
    del sys.modules["rich"]

FIELDS = frozenset(
    """
    account action alert attempts card count cursor depth epoch invitation job kind lane late left_out
    method number outbox outcome path platform port reminder rows seconds size skipped state status
    survey table team timer update url version workspace
    """.split()  # noqa: SIM905 - a list of forty strings reads worse
)
"""Names of fields that may be logged; anything else is dropped, so that a text can't slip in under a new name."""

OURS = ("bot", "store", "flows", "adapters")
_QUIET = ("httpx", "httpcore", "telegram", "aiogram", "websockets", "asyncio", "alembic", "uvicorn")
_SILENT = ("apscheduler",)
"""Only errors: it warns of every tick that is left out while the last one still runs, and those are harmless."""
_MASKS = (
    (re.compile(r"\d{6,12}:[A-Za-z0-9_-]{30,}"), "<token>"),
    (re.compile(r"(/(?:enter|c)/|start=)[A-Za-z0-9_-]{8,}"), r"\1<code>"),
    (re.compile(r"(Bearer |xox[a-z]-|xapp-|whsec_|rk_)[A-Za-z0-9._-]{8,}"), r"\1<token>"),
    (re.compile(r"(?<![\w:.-])\+?\d[\d ()-]{6,}\d(?![\w:.-])"), "<number>"),
)
_LONGEST = 200
_ROOT = Path(__file__).parents[1]

Event = MutableMapping[str, Any]


def set_up(level: str, *, to: TextIO = sys.stderr) -> None:
    """All logs of the process, ours and others', through one handler."""
    pretty = to.isatty()
    last = structlog.dev.ConsoleRenderer(colors=pretty) if pretty else structlog.processors.JSONRenderer(default=str)
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[placed, allowed, masked, structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.ERROR)


def placed(logger: Any, method: str, event: Event) -> Event:
    """Where the record comes from, and the type and place of its error."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["logger"] = record.name
    found = event.pop("exc_info", None) or (record.exc_info if record else None)
    if isinstance(found, tuple) and found[0] is not None:
        event["error"] = found[0].__name__
        event["at"] = _place(found[2])
        if record is not None:
            record.exc_info = record.exc_text = None
    return event


def allowed(logger: Any, method: str, event: Event) -> Event:
    """Without fields that nobody has allowed."""
    kept = {"event", "level", "timestamp", "logger", "error", "at", "_record", "_from_structlog"} | FIELDS
    return {name: value for name, value in event.items() if name in kept}


def masked(logger: Any, method: str, event: Event) -> Event:
    """Without tokens, codes and numbers, and short."""
    return {name: mask(value) if isinstance(value, str) and name in _TEXTS else value for name, value in event.items()}


_TEXTS = frozenset({"event", "path", "url", "error", "update", "card"})


def mask(text: str) -> str:
    """The text with its secrets blackened."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _place(trace: TracebackType | None) -> str:
    """The last frames as file, line and function: enough to find it, and no values."""
    frames = traceback.extract_tb(trace)[-6:]
    return " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames)


def _short(name: str) -> str:
    path = Path(name)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
