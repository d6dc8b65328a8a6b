"""Every rule by which a sentence is heard as an order has somebody who says it so, in a story or a test."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from flows import spoken
from flows.understanding.colloquial import plain
from flows.understanding.lazily import lazy
from flows.understanding.straight import straight
from tests.transcripts.script import read, scripts

TESTS = Path(__file__).parents[2]
ORDERS = [one.name for one in iter_modules(spoken.__path__) if not one.name.startswith("guess")]
"""What guesses from a single word is no order."""
PATTERN = (re.Pattern, type(lazy("")))


def said() -> frozenset[str]:
    """As it was typed, and in the plain form of either language."""
    talk = [line.text.partition(": ")[2] for path in scripts(TESTS) for line in read(path).talk if not line.inner]
    for path in (TESTS / "flows").rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text()))
        talk += [one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return frozenset(form for words in talk if len(words) < 200 for form in (words, straight(words), plain(words)))


def rules(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, PATTERN):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from rules(one)


def test_every_rule_is_said_by_somebody() -> None:
    tables = [table for name in ORDERS for table in vars(import_module(f"flows.spoken.{name}")).values()]
    lines = said()
    assert {rule.pattern for rule in rules(tuple(tables)) if not any(map(rule.search, lines))} == set()
