"""Nothing is learned by heart: no sentence of outside examples stands in the code, and each rule stands alone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.understanding.text import prepare
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


def check(step: int) -> None:
    """Without a rule only those examples are read differently that hold words it reads."""
    for _, book, reader in READERS:
        before = {one.example: reader(one.example, book) for one in book}
        for rule in list(book)[::step]:
            without = book.without(rule)
            changed = [text for text, read in before.items() if reader(text, without) != read]
            assert rule.example in changed
            assert [text for text in changed if not rule.compiled.search(prepare(text).low)] == []


def test_without_a_rule_nothing_else_changes() -> None:
    check(step=40)


@pytest.mark.slow
def test_without_any_one_rule_nothing_else_changes() -> None:
    check(step=1)
