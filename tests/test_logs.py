"""No message text, token, code or number ever stands in a log."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import logs

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


class Lines(io.StringIO):
    """A log that is read back as rows."""

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    to = Lines()
    logs.set_up("INFO", to=to)
    yield to
    root.handlers, root.level = before, level


def test_allowed_fields_are_kept_and_others_dropped(lines: Lines) -> None:
    logging.getLogger("bot.x").info("done", extra={"action": "done", "update": "7", "text": "Li Wei wants 50"})
    (row,) = lines.rows()
    assert (row["event"], row["action"], row["update"]) == ("done", "done", "7")
    assert "text" not in row


def test_an_error_is_told_by_type_and_place(lines: Lines) -> None:
    try:
        raise ValueError("Li Wei, 138 0013 8000")
    except ValueError:
        logging.getLogger("bot.x").exception("a turn failed")
    (row,) = lines.rows()
    assert row["error"] == "ValueError"
    assert "test_an_error_is_told" in row["at"]
    assert "Li Wei" not in lines.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.telegram.org/bot{TOKEN}/getMe",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        "opened /enter/AbCdEfGhIjKlMnOpQrStUv",
        "opened /c/AbCdEfGhIjKlMnOpQrStUv?lang=zh",
        "https://t.me/x?start=AbCdEfGhIjKlMnOpQrStUv",
        "Authorization: Bearer AbCdEfGhIjKl-MnOpQrStUv",
        "token xoxb-123456-AbCdEfGhIj",
    ],
)
def test_secrets_are_blackened(lines: Lines, text: str) -> None:
    logging.getLogger("somebody").warning(text)
    assert TOKEN not in lines.getvalue()
    assert "AbCdEfGhIj" not in lines.getvalue()


@pytest.mark.parametrize("number", ["13800138000", "+86 138 0013 8000", "138-0013-8000", "+1 (555) 010-4477"])
def test_phone_numbers_are_blackened(lines: Lines, number: str) -> None:
    logging.getLogger("somebody").warning("called %s today", number)
    assert lines.rows()[0]["event"] == "called <number> today"


def test_the_chatter_of_libraries_is_left_out(lines: Lines) -> None:
    for name in ("httpx", "telegram.ext", "aiogram.event", "apscheduler.executors", "uvicorn.error"):
        logging.getLogger(name).info("chatter")
    assert lines.getvalue() == ""


def test_a_tick_that_is_left_out_is_no_news(lines: Lines) -> None:
    logging.getLogger("apscheduler.scheduler").warning("maximum number of running instances reached")
    assert lines.getvalue() == ""
    logging.getLogger("apscheduler.executors.default").error("a job failed")
    assert len(lines.rows()) == 1


def test_long_texts_are_cut(lines: Lines) -> None:
    logging.getLogger("somebody").warning("x" * 5000)
    assert len(lines.rows()[0]["event"]) <= 201


def test_every_field_that_is_logged_is_allowed() -> None:
    root = Path(__file__).parents[1]
    sources = [path for top in logs.OURS for path in (root / top).rglob("*.py")]
    extras = [found for path in sources for found in re.findall(r"extra=\{([^}]*)\}", path.read_text("utf-8"))]
    names = {name for extra in extras for name in re.findall(r'"(\w+)":', extra)}
    assert "action" in names
    assert names - logs.FIELDS <= {"error"}
