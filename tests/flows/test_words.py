"""Every sentence of ours is there in Chinese, with the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from bot.core.text import Amount, Moment, bold, gettext, join, plain, text
from flows.words import Words, catalogue, language_written

ROOT = Path(__file__).parent.parent.parent
PLACES = re.compile(r"\{(\w+)\}")


def sentences() -> Iterator[tuple[str, str]]:
    """(file, English wording) of everything that goes through gettext."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for path in sorted((ROOT / "flows").rglob("*.py")):
        for _line, message, _comments, _context in extract_from_file("python", str(path), keywords=keywords):
            yield path.relative_to(ROOT).as_posix(), message if isinstance(message, str) else message[0]


def test_every_sentence_is_translated() -> None:
    chinese = catalogue("zh")
    missing = sorted({f"{path}: {sentence!r}" for path, sentence in sentences() if sentence not in chinese})
    assert missing == []


def test_no_translation_is_left_over() -> None:
    used = {sentence for _path, sentence in sentences()}
    assert sorted(set(catalogue("zh")) - used) == []


def test_translations_keep_the_places() -> None:
    for sentence, translated in catalogue("zh").items():
        forms = [translated] if isinstance(translated, str) else list(translated)
        for form in forms:
            extra = set(PLACES.findall(form)) - set(PLACES.findall(sentence)) - {"n"}
            assert not extra, (sentence, form)
            lost = set(PLACES.findall(sentence)) - set(PLACES.findall(form))
            assert not lost, (sentence, form)


NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "form", "expected"),
    [
        ("en", "moment", "Tue 10 Mar 15:00 (Shanghai)"),
        ("zh", "moment", "3月10日周二 15:00 (上海)"),
        ("en", "day", "Tue 10 Mar"),
        ("zh", "short", "3月10日周二 15:00"),
        ("en", "time", "15:00"),
    ],
)
def test_times_read_the_readers_way(language: str, form: str, expected: str) -> None:
    at = datetime(2026, 3, 10, 7, tzinfo=UTC)
    assert Words(language, "Asia/Shanghai", NOW).moment(Moment(at, form)) == expected  # type: ignore[arg-type]


def test_a_far_day_has_its_year() -> None:
    assert Words("en", "UTC", NOW).moment(Moment(date(2028, 3, 1), "day")) == "Wed 1 Mar 2028"
    assert Words("zh", "UTC", NOW).moment(Moment(date(2028, 3, 1), "day")) == "2028年3月1日周三"


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [("en", "1200000", "CN¥1.2M"), ("zh", "1200000", "¥120万"), ("zh", "980.5", "¥980.5"), ("en", "8000", "CN¥8,000")],
)
def test_money_reads_the_readers_way(language: str, value: str, expected: str) -> None:
    assert Words(language, "UTC", NOW).amount(Amount(Decimal(value), "CNY")) == expected  # type: ignore[arg-type]


def test_marks_between_facts_are_the_readers_own() -> None:
    said = join(", ", [text("owner", ": ", "Ann"), text("manager", ": ", "Bob, Carl")])
    assert plain(said.resolve(Words("en", "UTC", NOW))) == "owner: Ann, manager: Bob, Carl"
    assert plain(said.resolve(Words("zh", "UTC", NOW))) == "owner：Ann、manager：Bob, Carl"


@pytest.mark.parametrize(
    ("firm", "said"), [("Acme Inc.", "Hello, this is Acme Inc."), ("Acme", "Hello, this is Acme.")]
)
def test_a_name_that_ends_in_a_full_stop_needs_no_second_one(firm: str, said: str) -> None:
    greeting = gettext("Hello, this is {firm}.", firm=bold(firm))
    assert plain(greeting.resolve(Words("en", "UTC", NOW))) == said


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("你们的发票什么时候开？", "zh"),
        ("订单", "zh"),
        ("ABC-200 泵漏水了", "zh"),
        ("my pump leaks", "en"),
        ("Where's the invoice?", "en"),
        ("好", None),
        ("ok thanks", None),
        ("Hill Farm Ltd", None),
        ("please call 张伟 back", None),
        ("https://example.com/a/b 12", None),
        ("3", None),
        ("", None),
    ],
)
def test_what_a_text_is_plainly_written_in(words: str, language: str | None) -> None:
    assert language_written(words) == language
