"""Whatever bytes come from outside, each parser answers with what it is made of or with the one refusal it promises.

Nothing else is raised, also not for what is nested deeply, and nothing takes long. The slow form looks longer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.browser import frames
from adapters.browser.refusals import Refused
from bot.core.errors import BadInput
from bot.core.messages import Address
from flows import dialog
from flows.builder import sheet as surveys
from flows.imports import pages, sheets, vcards
from flows.imports.workbooks import Unreadable
from store import cel
from tests.contract.descriptors import described
from tests.contract.test_contract import samples

Parse = Callable[[bytes], Any]
LONGEST = 2.0
"""Seconds for anything that fits into a message; a busy machine takes its time."""


def _text(parse: Callable[[str], Any]) -> Parse:
    return lambda content: parse(content.decode("utf-8", "replace"))


def _holds(text: str) -> Any:
    return dialog.problem_in(text), dialog.evaluate(text, {"score": 3})


PARSERS: Mapping[str, tuple[Parse, tuple[type[Exception], ...]]] = {
    "a survey as a file": (_text(lambda text: [surveys._read(n) for n in surveys._nodes(text)]), (BadInput,)),
    "a condition": (_text(lambda text: cel.written(cel.parse(text))), (cel.Beyond,)),
    "a condition of a survey": (
        _text(lambda text: (dialog.problem_in(text[:2000]), dialog.evaluate(text[:2000], {"score": 3}))),
        (),
    ),
    "a sheet": (lambda content: list(sheets.read(content).rows()), (Unreadable,)),
    "contact cards": (_text(lambda text: list(vcards.rows(text))), ()),
    "a page with a table": (_text(lambda text: list(pages.rows(text))), ()),
    "a frame of the page": (_text(lambda text: frames.key_of(frames.decoded(text))), (Refused,)),
}
SEEDS: tuple[bytes, ...] = (
    b"name: visit\ntitle: {en: Visit}\nquestions:\n  - {name: score, kind: scale, ask: {en: How?}, low: 0, high: 10}\n",
    b"tier == 'A' && bought(\"pump\", 30) > 3.5 || !(stage in ['lead', 'new'])",
    b"score / (score - 3) > 1 || score * 9223372036854775807 > 0",
    "公司,电话\nAcme,13800138000\n".encode("gb18030"),
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN;CHARSET=utf-8:Li Wei\r\nTEL;TYPE=cell:+86 138\r\nEND:VCARD\r\n",
    b"<table><tr><th colspan=2>Name</th></tr><tr><td rowspan=3>Acme<td>1</table>",
    b"<table><tr><td><![if !x]>Acme<![endif]><td><![weird[1]]><![<td><![if-x]></table>",
    b'{"kind": "say", "key": "a1", "text": "hello"}',
    b"PK\x03\x04" + bytes(40),
)
MANY = 20_000
DEEP: tuple[bytes, ...] = (
    b"[" * MANY,
    b"{a: " * MANY,
    b"- " * MANY,
    b"(" * MANY + b"1" + b")" * MANY,
    b"!" * MANY + b"true",
    b"<table><tr><td>" * 3000,
    b'{"a":' * MANY,
    b"a: &a [" + b"*a, " * 100 + b"]",
    b"a: &a [x,x]\n" + b"".join(b"%c: &%c [*%c,*%c,*%c]\n" % (c, c, c - 1, c - 1, c - 1) for c in range(98, 118)),
    b"BEGIN:VCARD\n" * 5000,
    b"<td colspan=999999999 rowspan=999999999>x" * 50,
    b'"' * MANY,
    b"=" * MANY,
    b"a && " * 5000 + b"a",
)
WHATEVER = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.builds(
        lambda seed, at, put, cut: seed[: at % len(seed)] + put + seed[at % len(seed) + cut :],
        st.sampled_from(SEEDS),
        st.integers(0, 200),
        st.binary(max_size=20) | st.sampled_from([b"'", b'"', b"{", b"\0", b"\xff", b"\n", b"&a", b"*a", b"<", b"]"]),
        st.integers(0, 20),
    ),
)


def _tried(name: str, content: bytes) -> None:
    parse, refusals = PARSERS[name]
    began = time.thread_time()
    with suppress(*refusals):
        parse(content)
    assert time.thread_time() - began < LONGEST, (name, content[:60])


@pytest.mark.parametrize("name", PARSERS)
def test_what_is_nested_deeply_or_endlessly_harms_nobody(name: str) -> None:
    for content in (*SEEDS, *DEEP):
        _tried(name, content)


def _fuzz(name: str, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(content=WHATEVER)
    def one(content: bytes) -> None:
        _tried(name, content)

    one()


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes_is_read_or_refused(name: str) -> None:
    _fuzz(name, 60)


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
def test_whatever_comes_is_read_or_refused_at_length(name: str) -> None:
    _fuzz(name, 20_000)


# what platforms send

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in _paths(each, (*path, key)))]


def _put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _put(value[path[0]], path[1:], new)
    return copy


OUTSIDE = {"telegram", "slack"}
"""Whose updates others write; those of our own pages are written by us."""


def _is_ours(sample: Any) -> bool:
    """What an adapter tells itself."""
    return str(json.loads(Path(sample.values[1]).read_text())["update"].get("type", "")).startswith("rapport_")


def _updates(examples: int) -> None:
    """Real updates with one part replaced: events of that account, or an error, which parks the update."""
    known = [(each.values[0], each.values[1]) for each in samples() if each.values[0] in OUTSIDE and not _is_ours(each)]
    adapters = {name: described(name).make() for name, _path in known}

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(data=st.data())
    def one(data: st.DataObject) -> None:
        name, path = data.draw(st.sampled_from(known))
        update = json.loads(Path(path).read_text())["update"]
        torn = _put(update, data.draw(st.sampled_from(_paths(update))), data.draw(ODD))
        began = time.thread_time()
        try:
            events = list(adapters[name].parse(json.dumps(torn)))
        except Exception:
            events = []
        assert time.thread_time() - began < LONGEST
        for event in events:
            assert Address.of(event.where.key) == event.where
            assert event.where.account == adapters[name].account
            assert event.key
            assert event.at.tzinfo

    one()


def test_updates_with_a_part_replaced_become_events_or_nothing() -> None:
    _updates(150)


@pytest.mark.parametrize("thread", [None, [None], 7, {}])
def test_a_thread_that_is_no_text_still_is_an_address(thread: Any) -> None:
    adapter = described("slack").make()
    path = next(each.values[1] for each in samples() if each.values[1].stem == "thread-broadcast")
    torn = _put(json.loads(path.read_text())["update"], ("event", "thread_ts"), thread)
    (event,) = adapter.parse(json.dumps(torn))
    assert Address.of(event.where.key) == event.where


@pytest.mark.slow
def test_updates_with_a_part_replaced_become_events_or_nothing_at_length() -> None:
    _updates(30_000)
