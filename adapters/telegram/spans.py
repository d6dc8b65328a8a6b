"""Runs become Telegram's plain text and entities; what a person typed never becomes a mention or a link.

Telegram links @names, addresses and commands in plain text by itself, without asking. A word joiner (invisible,
no width) behind "@", "://" and the dots of a host name stops it; links of ours and code are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from bot.core.capabilities import size
from bot.core.incoming import whole
from bot.core.text import Run, Runs

JOINER = "\u2060"
ENTITIES = 100
"""Telegram ignores every further one without a word."""

_KINDS: Mapping[str, str] = {"bold": "bold", "italic": "italic", "quote": "blockquote", "code": "code"}
_EMAIL = re.compile(r"[(<\[\"']*[A-Za-z0-9_.+-]*[A-Za-z0-9_]@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,6}[)>\]\"',;:.!?]*")
_BREAKS = re.compile(r"(?<=@)(?=\w)|(?<=://)|(?<=[\w-]\.)(?=[^\W\d])|(?<=\d\.)(?=\d+\.\d)")
_STAND_INS = str.maketrans({"@": "＠", ".": "․", ":": "："})
_SEAM = re.compile(r"[@./:]\w|\w[./:]")
_WORD = re.compile(r"\S+")


def shown(runs: Runs, limit: int, tail: Runs = ()) -> tuple[str, list[dict[str, Any]]]:
    """The text and its entities, in UTF-16 units; where room is short, `tail` is kept and links before styles."""
    end = _at_most(tail, limit)
    safe = _at_most(_harmless(runs, limit - _length(end)), limit - _length(end)) + end
    text, entities, at = "", [], 0
    for run in safe:
        length = size(run.text, "utf16")
        entities += [{**kind, "offset": at, "length": length} for kind in _entities(run) if visible(run.text)]
        text, at = text + run.text, at + length
    kept = sorted(entities, key=lambda entity: entity["type"] not in ("text_link", "code"))[:ENTITIES]
    return text, sorted(kept, key=lambda entity: (entity["offset"], entity["type"]))


def visible(text: str) -> bool:
    """Whether a reader would see anything; Telegram refuses texts of which they would not."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


def linkable(url: str) -> bool:
    """Whether Telegram takes it for a link: it refuses hosts without a dot, so "localhost" fails the whole message."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "tg" or (parts.scheme in ("http", "https") and "." in host.strip("."))


def _entities(run: Run) -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = []
    if run.url and linkable(run.url):
        kinds.append({"type": "text_link", "url": run.url})
    if run.style and not (run.style == "code" and kinds):
        kinds.append({"type": _KINDS[run.style]})
    return kinds


def _harmless(runs: Runs, limit: int) -> Runs:
    """With joiners; where they would not fit, with look-alikes of the same length."""
    plain = tuple(Run(whole(part.text), part.style, part.url) for run in runs for part in _spelled(run))
    joined = _apart(tuple(_changed(run, _broken) for run in plain))
    return joined if _length(joined) <= limit else tuple(_changed(run, _replaced) for run in plain)


def _apart(runs: Runs) -> Runs:
    """ "@" and a name in another style stay apart too."""
    out = list(runs)
    for number, (before, after) in enumerate(pairwise(runs)):
        seam = before.text[-1:] + after.text[:1]
        if _SEAM.fullmatch(seam) and not _ours(before) and not _ours(after):
            out[number] = replace(before, text=before.text + JOINER)
    return tuple(out)


def _ours(run: Run) -> bool:
    return run.style == "code" or bool(run.url)


def _spelled(run: Run) -> tuple[Run, ...]:
    """A link that Telegram would not take is written out, to be copied."""
    if not run.url or linkable(run.url):
        return (run,)
    label = () if run.text == run.url else (Run(f"{run.text}: ", run.style),)
    return (*label, Run(run.url, "code"))


def _changed(run: Run, change: Callable[[str], str]) -> Run:
    if _ours(run):
        return run
    return Run(_WORD.sub(lambda found: change(found[0]), run.text), run.style)


def _broken(word: str) -> str:
    """E-mail addresses stay, so that they can be copied: Telegram makes them mail, not mentions or pages."""
    return word if _EMAIL.fullmatch(word) else _BREAKS.sub(JOINER, word)


def _replaced(word: str) -> str:
    return word if _EMAIL.fullmatch(word) or not _BREAKS.search(word) else word.translate(_STAND_INS)


def _length(runs: Runs) -> int:
    return sum(size(run.text, "utf16") for run in runs)


def _at_most(runs: Runs, limit: int) -> Runs:
    """Only links written out for want of a host name with a dot can have made it longer than `fit` left it."""
    kept: list[Run] = []
    for run in runs:
        room = limit - _length(tuple(kept))
        text = whole(run.text).encode("utf-16-le")[: 2 * max(room, 0)].decode("utf-16-le", "ignore")
        kept += [replace(run, text=text)] if text else []
    return tuple(kept)
