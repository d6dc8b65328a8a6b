"""Messages as lines of a terminal: a little ANSI, buttons as numbers; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.messages import Address, Outgoing
from bot.core.ports import Call

STYLES = {"bold": "\x1b[1m", "italic": "\x1b[3m", "quote": "\x1b[2m", "code": "\x1b[36m"}
RESET = "\x1b[0m"
MARK = "↳ "
"""Before what hangs under an earlier message."""


def render(to: Address, message: Outgoing) -> tuple[Call, ...]:
    """One call that prints the message; a cleared card leaves nothing to print."""
    if message.clears:
        return ()
    return (Call("print", {**message.as_json(), "chat": to.chat}, message.file),)


def lines(entry: Mapping[str, Any], *, colours: bool) -> list[str]:
    """An entry as it is printed: text, files by name, then what can be chosen."""
    text = "".join(_run(*run, colours=colours) for run in entry.get("text", ()))
    files = [*entry.get("files", ()), *([entry["file"]] if entry.get("file") else ())]
    found = ((MARK if entry.get("answers") else "") + text).split("\n") if text else []
    found += [f"[{_bare(file['name'])}]" for file in files]
    return [*found, *_choices(entry.get("buttons", ()), colours=colours)]


def presses(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """What the numbers under an entry mean, from 1."""
    return tuple(button["press"] for button in entry.get("buttons", ()) if button.get("press"))


def _run(text: str, style: str = "", url: str = "", *, colours: bool) -> str:
    shown = _bare(text) if not url or url == text else f"{_bare(text)} ({_bare(url)})"
    if style == "quote":
        shown = "\n".join(f"│ {line}" for line in shown.split("\n"))
    return f"{STYLES[style]}{shown}{RESET}" if colours and style in STYLES else shown


def _choices(buttons: Sequence[Mapping[str, Any]], *, colours: bool) -> list[str]:
    numbered = [button for button in buttons if button.get("press")]
    linked = [button for button in buttons if not button.get("press")]
    found = [
        f"  {_strong(str(number), colours=colours)} {_bare(button['label'])}"
        for number, button in enumerate(numbered, 1)
    ]
    return found + [f"  → {_bare(button['label'])}: {_bare(button.get('url', ''))}" for button in linked]


def _strong(text: str, *, colours: bool) -> str:
    return f"{STYLES['bold']}{text}{RESET}" if colours else f"{text})"


def _bare(text: str) -> str:
    """Without control characters: what people wrote must not steer the terminal of others."""
    return "".join(character for character in text if character in "\n\t" or unicodedata.category(character) != "Cc")
