"""The rules; each runs for every adapter of the catalogue that is described."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters import CATALOGUE
from bot.core.capabilities import fit
from bot.core.messages import PRESS_BYTES, Address, Button, Event, Outgoing, Pressed
from bot.core.ports import Adapter
from bot.core.text import Run
from tests.contract.descriptors import UNDESCRIBED, Described, Shown, described, is_described
from tests.contract.hostile import CORPUS

NAMES = [name for name in sorted(CATALOGUE) if is_described(name)]
SIGNATURE = ".8kQ2v1Zr0aL"
"""As long as what the runtime adds to a press."""

MISSING = {(name, rule): why for name in NAMES for rule, why in described(name).missing.items()}
RUBBISH = (
    "",
    " ",
    "null",
    "true",
    "1",
    '"text"',
    "[]",
    "[[]]",
    "{}",
    "{",
    '{"a"',
    "\x00",
    '{"update_id": {}}',
    "[" * 5000,
)

eagerly = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
long = st.builds(lambda text, times: text * times, anything, st.integers(1, 400)).map(lambda text: text[:20_000])
style = st.sampled_from(["", "bold", "italic", "quote", "code"])
runs = st.lists(st.builds(Run, st.one_of(anything, long), style), max_size=6).map(tuple)
press = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=PRESS_BYTES).filter(
    lambda text: len(text.encode()) <= PRESS_BYTES
)
button = st.builds(
    Button,
    anything,
    press.map(lambda text: text + SIGNATURE),
    style=st.sampled_from(["", "primary", "danger"]),
    wide=st.booleans(),
)
buttons = st.lists(button, max_size=130, unique_by=lambda made: made.press).map(tuple)


def adapters(rule: str = "") -> pytest.MarkDecorator:
    """One case an adapter; strict expected failures where the platform can't keep the rule."""
    marks = {name: [pytest.mark.xfail(reason=MISSING[name, rule])] for name in NAMES if (name, rule) in MISSING}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=marks.get(name, [])) for name in NAMES])


def samples() -> list[Any]:
    """Every sample of every adapter."""
    return [
        pytest.param(name, path, id=f"{name}-{path.stem}")
        for name in NAMES
        for path in sorted(described(name).samples.glob("*.json"))
    ]


def shown(it: Described, adapter: Adapter, message: Outgoing) -> tuple[Shown, tuple[str, ...]]:
    """What a reader sees of it, and what typed numbers press; fails where the platform would refuse."""
    fitted = fit(message, adapter.capabilities)
    calls = [call for part in fitted.messages for call in adapter.render(it.chat, part)]
    for call in calls:
        it.accepts(call)
    return it.shown(calls), fitted.choices


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.xfail(reason=UNDESCRIBED[name])] if name in UNDESCRIBED else [])
        for name in sorted(CATALOGUE)
    ],
)
def test_every_adapter_of_the_catalogue_is_described(name: str) -> None:
    assert is_described(name), f"tests/contract/descriptors.py has no entry for {name}"
    assert list(described(name).samples.glob("*.json")), f"there is no sample in tests/contract/samples/ for {name}"


@pytest.mark.parametrize(("name", "path"), samples())
def test_samples_become_the_events_they_should(name: str, path: Path) -> None:
    sample = json.loads(path.read_text())
    events = described(name).make().parse(json.dumps(sample["update"]))

    assert [seen(event, expected) for event, expected in zip(events, sample["events"], strict=False)] == sample[
        "events"
    ]
    assert len(events) == len(sample["events"])


@pytest.mark.parametrize(("name", "path"), samples())
def test_addresses_and_keys_of_events_survive_their_text_form(name: str, path: Path) -> None:
    adapter = described(name).make()
    for event in adapter.parse(json.dumps(json.loads(path.read_text())["update"])):
        assert Address.of(event.where.key) == event.where
        assert (event.where.platform, event.where.account) == (adapter.name, adapter.account)
        assert event.key
        assert event.at.tzinfo


@pytest.mark.parametrize(("name", "path"), samples())
def test_an_update_is_read_the_same_way_every_time(name: str, path: Path) -> None:
    raw = json.dumps(json.loads(path.read_text())["update"])

    assert described(name).make().parse(raw) == described(name).make().parse(raw)


@adapters()
def test_unknown_updates_are_no_events(name: str) -> None:
    it = described(name)

    assert it.unknown
    assert [list(it.make().parse(raw)) for raw in it.unknown] == [[]] * len(it.unknown)


@adapters()
@pytest.mark.parametrize("raw", RUBBISH, ids=range(len(RUBBISH)))
def test_rubbish_raises_or_is_nothing(name: str, raw: str) -> None:
    try:
        events = list(described(name).make().parse(raw))
    except Exception:
        events = []
    assert events == []


@pytest.mark.parametrize(("name", "path"), samples())
def test_samples_with_a_part_torn_out_do_no_harm(name: str, path: Path) -> None:
    adapter, update = described(name).make(), json.loads(path.read_text())["update"]
    for torn in torn_apart(update):
        try:
            events = adapter.parse(json.dumps(torn))
        except Exception:  # noqa: S112
            continue
        assert all(isinstance(event, Event) for event in events)


@adapters("presses")
@eagerly
@given(press=press)
def test_presses_survive_the_way_there_and_back(name: str, press: str) -> None:
    it = described(name)
    adapter = it.make()
    message = Outgoing((Run("Which?"),), (Button("This", press + SIGNATURE),))
    (carried,) = shown(it, adapter, message)[0].presses

    (event,) = adapter.parse(it.pressed(carried))
    assert isinstance(event.body, Pressed)
    assert event.body.press == press + SIGNATURE


@adapters()
@eagerly
@given(runs=runs, buttons=buttons)
def test_whatever_is_said_fits_and_every_option_stays_choosable(
    name: str, runs: tuple[Run, ...], buttons: tuple[Button, ...]
) -> None:
    it = described(name)
    view, choices = shown(it, it.make(), Outgoing(runs, buttons, key="k"))

    assert [*view.presses, *choices] == [button.press for button in buttons]


@adapters()
@eagerly
@given(runs=runs, buttons=buttons)
def test_whatever_an_edit_says_fits_and_changes_that_message(
    name: str, runs: tuple[Run, ...], buttons: tuple[Button, ...]
) -> None:
    it = described(name)
    view, choices = shown(it, it.make(), Outgoing(runs, buttons, edits="7", key="k"))

    assert view.changes == ("7",)
    assert [*view.presses, *choices] == [button.press for button in buttons]


@adapters("clears")
def test_a_cleared_message_is_taken_away(name: str) -> None:
    it = described(name)
    view, _ = shown(it, it.make(), Outgoing((), edits="7", clears=True, key="k"))

    assert (view.changes, view.text, view.presses) == (("7",), "", ())


@adapters()
@pytest.mark.parametrize("words", CORPUS, ids=range(len(CORPUS)))
@pytest.mark.parametrize("style", ["", "bold", "quote"])
def test_hostile_words_stay_words(name: str, words: str, style: Any) -> None:
    it = described(name)
    message = Outgoing((Run("Note: "), Run(words, style), Run(" – logged")), (Button("OK", "ok"),), key="k")
    view, _ = shown(it, it.make(), message)

    assert view.unasked == ()
    assert view.links == ()
    if len(words) < 1000:
        assert view.text == f"Note: {words} – logged"


@adapters()
@eagerly
@given(
    parts=st.lists(st.sampled_from([*CORPUS[:60], "@", ".", "com", "://", "a", " "]), min_size=2, max_size=8),
    styles=st.lists(style, min_size=8, max_size=8),
)
def test_hostile_words_stay_words_when_styles_meet(name: str, parts: Sequence[str], styles: Sequence[Any]) -> None:
    it = described(name)
    view, _ = shown(it, it.make(), Outgoing(tuple(map(Run, parts, styles)), key="k"))

    assert view.unasked == ()


@adapters()
def test_links_of_ours_are_links(name: str) -> None:
    it = described(name)
    message = Outgoing(
        (Run("Open "), Run("the page", "", "https://crm.example.com/c/1")),
        (Button("Web", url="https://crm.example.com/w"),),
    )
    view, _ = shown(it, it.make(), message)

    assert view.links == ("https://crm.example.com/c/1", "https://crm.example.com/w")


@adapters()
def test_an_address_without_a_dot_reaches_the_reader_somehow(name: str) -> None:
    it = described(name)
    message = Outgoing(
        (Run("the page", "", "http://localhost:8080/c/1"),), (Button("Web", url="http://localhost:8080/w"),)
    )
    view, _ = shown(it, it.make(), message)

    for address in ("http://localhost:8080/c/1", "http://localhost:8080/w"):
        assert address in view.text or address in view.links


def seen(event: Event, expected: dict[str, Any]) -> dict[str, Any]:
    """Of an event as much as a sample looks at."""
    facts = {
        "body": type(event.body).__name__,
        "chat": event.where.chat,
        "thread": event.where.thread,
        "private": event.private,
        "at": event.at.isoformat(),
        "sender": event.sender.id,
        "sender_name": event.sender.name,
        "language": event.sender.language,
        "is_bot": event.sender.is_bot,
        "page": event.page.key if event.page else "",
        "shared": event.shared,
    }
    return {field: facts[field] if field in facts else plain(field, event) for field in expected}


def plain(field: str, event: Event) -> Any:
    """A field of the body, as JSON would have it."""
    value = getattr(event.body, field)
    if isinstance(value, Address):
        return value.key
    if field == "people":
        return [person.id for person in value]
    if field == "files":
        return [{name: getattr(file, name) for name in ("name", "mime", "ref", "size", "kind")} for file in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def torn_apart(value: Any) -> list[Any]:
    """The value with each of its parts, in turn, missing or replaced by rubbish."""
    if not isinstance(value, dict):
        return [None, [], {}, "x", -1, 10**30, True]
    torn = []
    for name, part in value.items():
        rest = {other: value[other] for other in value if other != name}
        torn += [rest, *({**rest, name: odd} for odd in torn_apart(part))]
    return torn
