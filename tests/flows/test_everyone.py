"""Everybody against everything: who may not, sees and changes nothing; and no argument, however absurd, harms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.memory import Message
from bot.core.messages import Command, Pressed, Said
from flows import load
from flows.arguments import Rest
from flows.router import (
    COMMANDS,
    CUSTOMERS,
    DIALOGS,
    EVERYONE,
    HEARD,
    MANAGERS,
    MEMBERS,
    OWNERS,
    PRESSES,
    STRANGERS,
    Route,
)
from flows.setup.actions import make_pass
from flows.turn import sign
from store.engine import Database, open_database
from store.models import Inbound, Member, Owned, Reminder
from store.work import Work
from tests.engines import fresh
from tests.transcripts.stage import CUSTOMERS as CUSTOMER_BOT
from tests.transcripts.stage import STAFF, Clock, Person, Stage

load()

FIRM, HOUSE, SECRET = "Northwind Tools", "Zanzibar Holdings", "Quentin Umbral"
NAMES = (HOUSE, SECRET, "Olga Owner", "Max Manager", "Rita Rep", "Vera Viewer")
"""What only the staff side knows; the firm's own name is for customers, not for strangers."""
NEUTRAL = "I don't know you yet: if you have an invitation, open its link or send me its code."
MACHINERY = {
    "listing",
    "inbound",
    "outbox",
    "card",
    "shown",
    "attempt",
    "lease",
    "timer",
    "identity",
    "conversation",
    "audit",
}
"""Tables that any message may write: it came, it was answered, somebody was seen."""
PEOPLE = ("owner", "manager", "rep", "viewer", "customer", "passer-by", "stranger", "removed")
ROLE = {"passer-by": "customer", "removed": "stranger"}


class Firm:
    """A firm with one person of each kind, an open reminder and a customer."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.people: dict[str, Person] = {}

    async def furnish(self) -> None:
        stage = self.stage
        stage.found(FIRM, "CN", "en", "Asia/Shanghai")
        for name, role in zip(NAMES[2:], ("owner", "manager", "rep", "viewer"), strict=True):
            stage.member(name, role, "en", "Asia/Shanghai")
            self.people[role] = stage.people[name]
        stage.member("Gone Girl", "owner", "en", "")
        self.people["removed"] = stage.people["Gone Girl"]
        customer, contact = stage.write(self._rows)
        stage.customer("Carl Customer", customer, contact, "en", "")
        self.people["customer"] = stage.people["Carl Customer"]
        stage.stranger("Paul Passer", CUSTOMER_BOT, "en")
        stage.stranger("Sam Stranger", STAFF, "en")
        self.people |= {"passer-by": stage.people["Paul Passer"], "stranger": stage.people["Sam Stranger"]}
        for name in ("passer-by", "stranger", "removed"):
            await self.says(name, "hello")

    def _rows(self, work: Work) -> tuple[int, int]:
        rep, gone = work.first(Member, name="Rita Rep"), work.first(Member, name="Gone Girl")
        assert rep is not None
        assert gone is not None
        customer = work.customers.add(HOUSE, owner=rep.id)
        contact = work.customers.add_contact(customer, SECRET)
        work.add(
            Reminder(
                member=rep.id,
                customer=customer.id,
                text="call them",
                due=datetime(2026, 3, 9, 2, tzinfo=UTC),
                wall="2026-03-09T10:00",
                zone="Asia/Shanghai",
                by=rep.id,
            )
        )
        work.people.cut_off(gone)
        work.change(gone, state="removed", home="")
        return customer.id, contact.id

    async def says(self, who: str, text: str) -> str:
        person = self.people[who]
        if text.startswith("/"):
            name, _space, rest = text[1:].partition(" ")
            return await self._does(person, Command(name, rest, self.stage.next_message()))
        return await self._does(person, Said(text, self.stage.next_message()))

    async def presses(self, who: str, press: str) -> str:
        person = self.people[who]
        secret = self.stage.database.write(lambda work: work.firm(1)).result(10)
        assert secret is not None
        return await self._does(person, Pressed(sign(secret.secret, person.address, press), "1"))

    async def taps(self, who: str, label: str) -> str:
        """The newest button with this label, wherever it stands."""
        person = self.people[who]
        buttons = [button for message in self.stage.messages(person) for button in message.buttons]
        found = [button.press for button in buttons if button.label == label]
        return await self._does(person, Pressed(found[-1], "1"))

    async def _does(self, person: Person, body: Any) -> str:
        """Everything that this person was shown because of it: messages, buttons and the toast."""
        before = max((message.order for message in self.stage.messages(person)), default=0)
        answer = await self.stage.act(person, body)
        shown = [message for message in self.stage.messages(person) if message.order > before]
        return "\n".join([*map(_whole, shown), answer.toast if answer else ""]).strip()

    def tables(self) -> Mapping[str, list[str]]:
        """Every business row, as text."""
        kinds = [kind for kind in Owned.__subclasses__() if kind.table().name not in MACHINERY]
        return {
            kind.table().name: [str(row) for row in self.stage.write(lambda work, kind=kind: work.find(kind))]
            for kind in kinds
        }

    def parked(self) -> int:
        return int(self.stage.database.write(_parked).result(10))


def _parked(work: Work) -> int:
    from sqlalchemy import func, select

    from store.statements import Statement

    count = Statement(lambda: select(func.count()).where(Inbound.table().c.state == "parked"))
    return int(work.value(count))


def _whole(message: Message) -> str:
    return "\n".join([message.text, *(button.label for button in message.buttons)])


@pytest.fixture
async def firm(tmp_path: Path) -> AsyncIterator[Firm]:
    with fresh("sqlite", tmp_path) as url:
        clock = Clock(datetime(2026, 3, 2, 2, tzinfo=UTC))
        database: Database = open_database(url, clock)
        made = Firm(Stage(database, clock))
        await made.furnish()
        try:
            yield made
        finally:
            database.close()


def role(who: str) -> str:
    return ROLE.get(who, who)


def shows_nothing(who: str, shown: str) -> None:
    """No name of the staff side; to strangers on that side, nothing but the one sentence."""
    if role(who) == "stranger":
        assert shown in ("", NEUTRAL)
    if role(who) in ("customer", "stranger"):
        own = {HOUSE, "Rita Rep"} if who == "customer" else set()  # who answers them has a name
        assert [name for name in NAMES if name in shown and name not in own] == []


# who may do what

ARGUMENTS = {"customer": HOUSE, "name": "Rita Rep", "when": "tomorrow 9:00", "role": "manager", "zone": "Europe/Berlin"}


def _typed(route: Route) -> str:
    parts = [ARGUMENTS.get(parameter.name, "something") for parameter in route.parameters]
    return " ".join([f"/{route.name}", *parts])


def _pressed(route: Route) -> str:
    values = [str(1) if parameter.kind is int else "owner" for parameter in route.parameters]
    return ":".join([route.name, *values])[:48]


@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_not_use_a_command_sees_nothing_and_changes_nothing(firm: Firm, who: str) -> None:
    for route in COMMANDS.values():
        if role(who) in route.for_:
            continue
        before = firm.tables()
        shown = await firm.says(who, _typed(route))
        assert shown, f"/{route.name} was met with silence"
        shows_nothing(who, shown)
        assert firm.tables() == before, route.name
    assert firm.parked() == 0


@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_not_use_a_button_sees_nothing_and_changes_nothing(firm: Firm, who: str) -> None:
    for route in PRESSES.values():
        if role(who) in route.for_:
            continue
        before = firm.tables()
        shown = await firm.presses(who, _pressed(route))
        assert shown, f"{route.name} was met with silence"
        shows_nothing(who, shown)
        assert firm.tables() == before, route.name
    assert firm.parked() == 0


@pytest.mark.parametrize("who", ["customer", "passer-by", "stranger", "removed"])
async def test_what_outsiders_may_use_shows_nothing_of_the_staff_side(firm: Firm, who: str) -> None:
    for route in COMMANDS.values():
        if role(who) in route.for_:
            for typed in (f"/{route.name}", _typed(route), f"/{route.name} {HOUSE[:5]}", f"/{route.name} {SECRET[:5]}"):
                shows_nothing_but_invitations(who, await firm.says(who, typed))
    for route in PRESSES.values():
        if role(who) in route.for_:
            shows_nothing_but_invitations(who, await firm.presses(who, _pressed(route)))
    assert firm.parked() == 0


def shows_nothing_but_invitations(who: str, shown: str) -> None:
    """A code that is tried out may be answered by its own sentence; names stay hidden all the same."""
    own = {HOUSE, SECRET} if who == "customer" else set()
    assert [name for name in NAMES if name in shown and name not in own] == []
    if role(who) == "stranger":
        assert FIRM not in shown


@pytest.mark.parametrize("who", ["customer", "passer-by", "stranger", "removed"])
async def test_words_without_a_slash_open_nothing_either(firm: Firm, who: str) -> None:
    for route in COMMANDS.values():
        for word in route.words:
            if role(who) not in route.for_:
                shows_nothing(who, await firm.says(who, f"{word} {HOUSE}"))


async def test_the_stranger_and_the_removed_get_the_same_sentence_for_everything(firm: Firm) -> None:
    said = ["hello", "/who", "/nonsense", "who is Zanzibar Holdings", "Called Zanzibar Holdings", "撤销", "👍"]
    for who in ("stranger", "removed"):
        assert {await firm.says(who, text) for text in said} == {NEUTRAL}
        assert await firm.presses(who, "who:1") == NEUTRAL
        assert await firm.presses(who, "nothing-like-this:1") == NEUTRAL


async def test_a_pressed_button_of_somebody_else_is_no_button(firm: Firm) -> None:
    secret = firm.stage.database.write(lambda work: work.firm(1)).result(10)
    assert secret is not None
    foreign = sign(secret.secret, firm.people["owner"].address, "who:1")
    shown = await firm._does(firm.people["rep"], Pressed(foreign, "1"))
    assert HOUSE not in shown


# the table, read by a person

EXPECTED: Mapping[frozenset[str], Sequence[str]] = {
    OWNERS: ("allow", "setup"),
    MANAGERS: ("colleague", "invite-back", "member-stays", "remove", "role"),
    CUSTOMERS: ("bind", "its-me", "kb-no", "kb-yes", "not-me", "not-solved"),
}


def test_the_narrow_routes_are_these() -> None:
    for roles, names in EXPECTED.items():
        found = {name for table in (COMMANDS, PRESSES) for name, route in table.items() if route.for_ == roles}
        assert set(names) <= found


def test_what_a_customer_may_do_is_little_and_written_down() -> None:
    open_to_customers = {n for t in (COMMANDS, PRESSES) for n, route in t.items() if route.for_ & CUSTOMERS}
    assert open_to_customers <= {
        "anonymous-contact",
        "answer",
        "bind",
        "cancel",
        "care-on",
        "care-stop",
        "event",
        "help",
        "its-me",
        "kb-no",
        "kb-yes",
        "language",
        "mydata",
        "mydata-erase",
        "not-me",
        "not-solved",
        "pick",
        "promise-right",
        "resume",
        "score",
        "speak",
        "standing-person",
        "start",
        "stop",
        "survey-back",
        "survey-on",
        "survey-skip",
        "survey-stop",
    }


def test_strangers_are_heard_by_the_door_alone() -> None:
    assert {name for name, route in COMMANDS.items() if route.for_ & STRANGERS} == {"start"}
    assert {name for name, route in PRESSES.items() if route.for_ & STRANGERS} == set()
    assert {name for name, route in DIALOGS.items() if route.for_ & STRANGERS} == set()


def test_every_route_says_for_whom_it_is() -> None:
    everybody = EVERYONE | STRANGERS
    tables = [*COMMANDS.values(), *PRESSES.values(), *DIALOGS.values(), *(r for rs in HEARD.values() for r in rs)]
    assert [route.name for route in tables if not route.for_ or not route.for_ <= everybody] == []


def test_a_route_that_does_not_say_so_is_for_editors_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.router import EDITORS, command, press

    monkeypatch.setattr("flows.router.COMMANDS", {})
    monkeypatch.setattr("flows.router.PRESSES", {})
    from bot.core.text import text
    from flows import router

    command("unsaid", help=text("x"))(lambda turn: None)
    press("unsaid")(lambda turn: None)
    assert router.COMMANDS["unsaid"].for_ == router.PRESSES["unsaid"].for_ == EDITORS
    assert not EDITORS & (CUSTOMERS | STRANGERS)
    assert EDITORS < MEMBERS


# absurd and hostile arguments

HOSTILE: Mapping[str, str] = {
    "nothing": "",
    "spaces": "   ",
    "endless": "x" * 5000,
    "emoji": "🦄" * 40,
    "right to left": "שלום \u202eمرحبا",
    "sql": "'; DROP TABLE member; --",
    "everyone": "@everyone <!channel> @all",
    "number": "99999999999999999999",
    "negative": "-1",
    "the past": "yesterday 9:00",
    "long ago": "1999-01-01",
    "nobody": "Nobody Whatsoever",
    "a chinese nobody": "查无此人",
    "mark-up": "<b>*_`[x](http://evil.example)",
    "format": "{name} %s {0} \\N{BULLET}",
    "control": "\x00\x07\x1b[31m",
}
HARMLESS = {"help", "start", "cancel", "today", "settings", "members", "mute", "undo", "redo", "language"}
"""Show something, whatever follows; they change nothing."""
TAKES_ANYTHING = (Rest,)
"""A command whose own argument is free text keeps that text: that is its job."""


def _takes_anything(route: Route, typed: str) -> bool:
    """True when what was typed is a whole and valid command, so that doing it is right."""
    kinds = {parameter.kind for parameter in route.parameters if not parameter.optional}
    return bool(typed.strip()) and kinds <= set(TAKES_ANYTHING) and bool(kinds)


@pytest.mark.parametrize("what", HOSTILE)
async def test_absurd_arguments_are_answered_and_change_nothing(firm: Firm, what: str) -> None:
    typed = HOSTILE[what]
    for route in [route for route in COMMANDS.values() if "owner" in route.for_]:
        if _takes_anything(route, typed):
            continue
        before = _business(firm)
        shown = await firm.says("owner", f"/{route.name} {typed}".rstrip() if typed.strip() else f"/{route.name}")
        assert shown, f"/{route.name} {what}: silence"
        assert "went wrong" not in shown, f"/{route.name} {what}"
        assert _business(firm) == before, f"/{route.name} {what}"
        await firm.says("owner", "/cancel")
    assert firm.parked() == 0


@pytest.mark.parametrize("what", HOSTILE)
async def test_free_text_takes_anything_without_breaking(firm: Firm, what: str) -> None:
    for route in [r for r in COMMANDS.values() if "owner" in r.for_ and _takes_anything(r, HOSTILE[what])]:
        shown = await firm.says("owner", f"/{route.name} {HOSTILE[what]}")
        assert shown, f"/{route.name} {what}"
        assert "went wrong" not in shown, f"/{route.name} {what}"
        await firm.says("owner", "/cancel")
    assert firm.parked() == 0


def _business(firm: Firm) -> Mapping[str, list[str]]:
    """Passes and calendar addresses are made by asking for one: a secret nobody is given harms nobody.

    The ready stages of the pipeline are laid out, in the firm's language, when somebody first looks at them.
    """
    return {
        name: rows for name, rows in firm.tables().items() if name not in ("pass", "feed", "stage", "job", "change")
    }


async def test_a_missing_argument_is_named_with_an_example(firm: Firm) -> None:
    for route in [r for r in COMMANDS.values() if "owner" in r.for_ and any(not p.optional for p in r.parameters)]:
        shown = await firm.says("owner", f"/{route.name}")
        assert "Example: " in shown, f"/{route.name}: {shown}"
        await firm.says("owner", "/cancel")


async def test_what_is_too_much_is_quoted_with_an_example(firm: Firm) -> None:
    for route in [r for r in COMMANDS.values() if "owner" in r.for_ and not r.parameters]:
        shown = await firm.says("owner", f"/{route.name} and much more")
        assert "and much more" in shown
        assert f"/{route.name}" in shown


@pytest.mark.parametrize("typed", ["/alerts nonsense", "/survey yesterday", "/survey off nothing", "/language klingon"])
async def test_a_name_nobody_bears_is_quoted_with_an_example(firm: Firm, typed: str) -> None:
    shown = await firm.says("owner", typed)
    assert f"“{typed.split()[-1]}”" in shown
    assert "Example: /" in shown


async def test_a_wish_to_stop_counts_whatever_follows_the_slash(firm: Firm) -> None:
    assert "no more surveys" in await firm.says("customer", "/stop writing to me, please")
    assert "Welcome back" in await firm.says("customer", "/resume now")
    assert "no more surveys" not in await firm.says("customer", "stop by our office tomorrow")


OWN = {"quiet"}
"""Numbers that are no row: one's own quiet hours."""


async def test_a_refused_command_keeps_the_draft(firm: Firm) -> None:
    await firm.says("rep", "Called Unheard Of Ltd, wants a quote by Friday")
    for absurd in ("/remind", "/role Rita Rep king", "/tag", "/zone nowhere", "/nonsense", "/who"):
        await firm.says("rep", absurd)
    assert "Logged: call" in await firm.taps("rep", "Create Unheard Of Ltd and log")
    assert firm.parked() == 0


async def test_a_burst_about_strangers_waits_line_by_line(firm: Firm) -> None:
    for line in ("Called Unheard Of Ltd", "Visited Delta Works Ltd", "Met Silent Partners Inc"):
        await firm.says("rep", line)
    assert "forgotten" in await firm.taps("rep", "Cancel")
    assert "Logged: call · Unheard Of Ltd" in await firm.taps("rep", "Create Unheard Of Ltd and log")
    assert "Logged: visit · Delta Works Ltd" in await firm.taps("rep", "Create Delta Works Ltd and log")
    assert "settled already" in await firm.taps("rep", "Create Silent Partners Inc and log")


REFUSED: Sequence[tuple[str, str, str]] = (
    ("/note Nobdy prefers mail", HOUSE, "prefers mail"),
    ("/tag Nobdy hot expo", HOUSE, f"{HOUSE} #hot #expo"),
    (f"/remind {HOUSE} yesterday 9:00 bring samples", "tomorrow 10:00", f"bring samples · {HOUSE}"),
    (f"/remind {HOUSE} bring samples", "tomorrow 10:00", f"bring samples · {HOUSE}"),
)


@pytest.mark.parametrize(("typed", "answer", "shown"), REFUSED)
async def test_what_else_was_typed_need_not_be_typed_again(firm: Firm, typed: str, answer: str, shown: str) -> None:
    assert "Example: " in await firm.says("rep", typed)
    assert shown in await firm.says("rep", answer)


async def test_a_known_person_with_an_unknown_firm_is_asked_about(firm: Firm) -> None:
    shown = await firm.says("rep", f"Had lunch with {SECRET} from Globex")
    assert "Create Globex and log" in shown
    assert HOUSE in shown
    assert f"Logged: meeting · {HOUSE}" in await firm.taps("rep", f"{HOUSE} · Rita Rep")


TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp_-1"


@pytest.mark.parametrize("before", ["/remind", f"/note {HOUSE}", "Called Unheard Of Ltd", ""])
@pytest.mark.parametrize("typed", [TOKEN, f"/note {HOUSE} {TOKEN}", f"called {HOUSE}, token {TOKEN}"])
async def test_a_bots_token_is_kept_by_nothing_whatever_was_asked(firm: Firm, before: str, typed: str) -> None:
    if before:
        await firm.says("rep", before)
    assert "kept nothing of it" in await firm.says("rep", typed)
    assert not any(TOKEN in row for rows in firm.tables().values() for row in rows)


async def test_a_line_about_something_done_is_no_answer_to_a_question(firm: Firm) -> None:
    await firm.says("rep", "/who")
    assert "Logged: visit" in await firm.says("rep", f"Visited {HOUSE}, all fine")


@pytest.mark.parametrize("number", [0, 77, 999_999_999, -1])
async def test_other_peoples_numbers_open_nothing(firm: Firm, number: int) -> None:
    """A button that was made for somebody else, or for a row that is not there."""
    for route in PRESSES.values():
        ints = [parameter for parameter in route.parameters if parameter.kind is int]
        if not ints or "rep" not in route.for_ or route.name in OWN:
            continue
        values = [str(number) if parameter.kind is int else "x" for parameter in route.parameters]
        before = _business(firm)
        shown = await firm.presses("rep", ":".join([route.name, *values])[:48])
        assert shown, f"{route.name}:{number} was met with silence"
        assert "went wrong" not in shown, route.name
        assert _business(firm) == before, route.name
    assert firm.parked() == 0


async def test_codes_are_guessed_ten_times_an_hour_and_no_more(firm: Firm) -> None:
    token = firm.stage.write(lambda work: make_pass(work, "member", role="owner"))
    answers = {await firm.says("stranger", "/start " + "A" * 21 + str(n % 10)) for n in range(10)}
    answers.add(await firm.says("stranger", f"/start {token}"))
    assert len(answers) == 1
    assert firm.stage.write(lambda work: work.first(Member, name="Sam Stranger")) is None
