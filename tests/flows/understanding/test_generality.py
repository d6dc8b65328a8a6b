"""Nothing is learned by heart: no sentence of outside examples stands in the code, and each rule stands alone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.understanding.grammar import Book, Rule
from tests.flows.understanding.test_rules import READERS

ROOT = Path(__file__).resolve().parents[3]
CORPUS = Path(os.environ.get("RAPPORT_LANGUAGE", ROOT.parent / "shared" / "language"))


def sentences() -> Iterator[str]:
    """Every text of the outside examples that is long enough to be nobody's everyday phrase."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"].strip()
            if len(text.split()) > 4 or sum("\u3400" <= mark <= "\u9fff" for mark in text) > 9:
                yield text


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the outside examples are not on this machine")
def test_no_sentence_of_the_outside_examples_is_in_the_project() -> None:
    folders = ("flows/understanding", "flows/activities", "tests/flows/understanding", "benchmarks")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".txt")]
    written = "\n".join(path.read_text(encoding="utf-8").casefold() for path in files)
    assert [text for text in sentences() if text.casefold() in written] == []


def others_changed(book: Book[Any], reader: Any, rule: Rule[Any], before: dict[str, Any]) -> list[str]:
    """Examples of other rules that are read differently without this one."""
    without = book.without(rule)
    return [
        one.example
        for one in book
        if one.example != rule.example and reader(one.example, without) != before[one.example]
    ]


def check(step: int) -> None:
    for _, book, reader in READERS:
        before = {one.example: reader(one.example, book) for one in book}
        for rule in list(book)[::step]:
            assert len(others_changed(book, reader, rule, before)) <= 0.05 * len(book) + 1, rule.name


def test_without_a_rule_next_to_nothing_else_changes() -> None:
    check(step=40)


@pytest.mark.slow
def test_without_any_one_rule_next_to_nothing_else_changes() -> None:
    check(step=1)
