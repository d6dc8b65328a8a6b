"""Every rule by which words are understood has somebody who says it so, in a story or a test."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import flows
from flows.understanding.colloquial import plain
from flows.understanding.lazily import lazy
from flows.understanding.straight import straight
from tests.transcripts.script import read, scripts

TESTS = Path(__file__).parents[1]
ELSEWHERE = ("flows.understanding", "flows.guesses")
"""Facts are held to a corpus of their own; and what guesses from a single word is no order."""
PATTERN = (re.Pattern, type(lazy("")))


def said() -> frozenset[str]:
    """As it was typed, line by line, and in the plain form of either language."""
    talk = [line.text.partition(": ")[2] for path in scripts(TESTS) for line in read(path).talk if not line.inner]
    for path in (*(TESTS / "flows").rglob("*.py"), *(TESTS / "security").rglob("*.py")):
        values = [one.value for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Constant)]
        talk += [
            one.decode("latin-1") if isinstance(one, bytes) else one for one in values if isinstance(one, str | bytes)
        ]
    lines = {line for words in talk for line in (words, *words.splitlines(), *words.split("\\n")) if len(line) < 200}
    return frozenset(form for words in lines for form in (words, straight(words), plain(words)))


def is_said(rule: re.Pattern[str], lines: Collection[str]) -> bool:
    """By a whole line, or else from somewhere in it, or up to somewhere: behind a command's name, around a time."""
    if any(map(rule.search, lines)):
        return True
    short = [line for line in lines if len(line) < 60]
    return any(rule.search(line[at:]) or rule.search(line[:at]) for line in short for at in range(1, len(line)))


def rules(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, PATTERN):
        yield value
    elif isinstance(value, Mapping):
        yield from rules((*value, *value.values()))
    elif isinstance(value, Collection) and not isinstance(value, str | bytes):
        for one in value:
            yield from rules(one)


def test_every_rule_is_said_by_somebody() -> None:
    names = [one.name for one in walk_packages(flows.__path__, "flows.") if not one.name.startswith(ELSEWHERE)]
    tables = [table for name in names for table in vars(import_module(name)).values()]
    lines = said()
    assert {rule.pattern for rule in rules(tuple(tables)) if not is_said(rule, lines)} == set()
