"""The small rules behind every refusal: whose customers somebody sees, which button is theirs, what a role may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import BadInput
from bot.core.messages import Address, Pressed
from bot.core.text import Text, plain
from flows.arrival import refusal, role_of
from flows.customers.sight import hint, level_of, not_yours, seen, sees, sees_all_of, sight_of, who_to_ask
from flows.keys.actions import MOST, caller, keys, make_key, revoke
from flows.router import (
    ANSWERS,
    COMMANDS,
    CUSTOMERS,
    DIALOGS,
    EDITORS,
    EVERYONE,
    MANAGERS,
    MEMBERS,
    OWNERS,
    PRESSES,
    STRANGERS,
    Route,
    RouteError,
    answered,
    arguments,
    by_words,
    command,
    dialog,
    press,
)
from flows.turn import Turn, sign, unsigned
from flows.words import Words
from store.engine import open_database
from store.firms import set_settings
from store.models import ApiKey, Audit, Conversation, Customer, Deal, Member, Reminder
from store.work import Work
from tests.engines import NOON, Hands, fresh
from tests.flows.surveys.scene import Scene

HERE = Address("memory", "staff", "Bob")


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Ann owns the firm, Max manages; Bob and Cem are a team, Dan is alone; each has a customer, one is nobody's."""
    folder: Path = tmp_path_factory.mktemp("rights")
    with fresh("sqlite", folder) as url:
        clock = Hands()
        made = Scene(open_database(url, clock), clock)
        for name, role in (("Ann", "owner"), ("Max", "manager"), ("Bob", "rep"), ("Cem", "rep"), ("Dan", "rep")):
            made.customer(f"{name}'s", owner=made.member(name, role))
        made.customer("Nobody's")
        made.write(_teamed)
        yield made
        made.database.close()


def _teamed(work: Work) -> None:
    for name in ("Bob", "Cem"):
        work.change(_member(work, name), team="north")
    firm = work.firm(1)
    assert firm is not None
    set_settings(work, firm, sight={"rep": "team", "manager": "own"})


def _member(work: Work, name: str) -> Member:
    found = work.first(Member, name=name)
    assert found is not None
    return found


def as_(scene: Scene, name: str, act: Callable[[Turn], Any], *, place: str = "private", role: str = "") -> Any:
    """In a turn of this member, of nobody when the name is empty."""

    def inside(work: Work) -> Any:
        firm = work.firm(1)
        assert firm is not None
        turn = Turn(work=work, workspace=firm, key="t")
        turn.member = _member(work, name) if name else None
        if place:
            chat = Address("memory", "staff", place).key
            turn.conversation = Conversation(
                address=chat, platform="memory", account="staff", side="member", kind=place, seen=NOON
            )
        work.sight = sight_of(turn, role)
        return act(turn)

    return scene.write(inside)


def customers(turn: Turn) -> set[str]:
    """Whose customers whoever acts sees."""
    return {row.name.removesuffix("'s") for row in turn.work.find(Customer) if sees(turn, row)}


@pytest.mark.parametrize(
    ("who", "sight"),
    [
        ("Ann", {"Ann", "Max", "Bob", "Cem", "Dan", "Nobody"}),
        ("Max", {"Max", "Nobody"}),
        ("Bob", {"Bob", "Cem", "Nobody"}),
        ("Dan", {"Dan", "Nobody"}),
        ("", {"Ann", "Max", "Bob", "Cem", "Dan", "Nobody"}),
    ],
)
def test_everybody_sees_whose_customers_the_firm_has_said(scene: Scene, who: str, sight: set[str]) -> None:
    assert as_(scene, who, customers) == sight
    assert as_(scene, who, lambda turn: sees(turn, None))


def test_a_key_counts_with_its_own_role_and_what_was_not_set_sees_all(scene: Scene) -> None:
    assert as_(scene, "Ann", customers, role="manager") == {"Ann", "Nobody"}
    assert as_(scene, "Ann", customers, role="viewer") == as_(scene, "Ann", customers)
    roles = ("owner", "manager", "rep", "viewer", "unheard of")
    assert as_(scene, "Ann", lambda turn: [level_of(turn, role) for role in roles]) == [
        *("all", "own", "team", "all", "all")
    ]


def _given(turn: Turn, to: str) -> list[Any]:
    """What Dan has to do for a customer of Ann's, and the same for somebody else."""
    work, whose = turn.work, _member(turn.work, to).id
    about = {"customer": 1, "member": whose}
    return [
        work.add(Reminder(text="r", due=NOON, wall="2026-03-02T12:00", zone="UTC", by=whose, **about)),
        work.add(Deal(what="d", stage=1, opened=NOON, moved=NOON, **about)),
    ]


def test_what_somebody_was_given_to_do_they_see_whoever_s_the_customer_is(scene: Scene) -> None:
    def act(turn: Turn) -> list[bool]:
        theirs, others = _given(turn, "Dan"), _given(turn, "Bob")
        found = [seen(turn, theirs) == theirs, seen(turn, others) == []]
        for row in (*theirs, *others):
            name = type(row).__name__.lower()
            found.append(sees_all_of(turn, {name: row.id}) is (row in theirs))
        return found

    assert all(as_(scene, "Dan", act))
    assert as_(scene, "Ann", lambda turn: len(seen(turn, _given(turn, "Bob")))) == 2


def test_a_button_is_looked_at_for_every_customer_that_it_names(scene: Scene) -> None:
    def sees_(values: dict[str, Any]) -> Any:
        return as_(scene, "Dan", lambda turn: sees_all_of(turn, values))

    numbers = {name: number for number, name in enumerate(("Ann", "Max", "Bob", "Cem", "Dan", "Nobody"), 1)}
    assert sees_({"customer": numbers["Dan"]})
    assert sees_({"customer": numbers["Nobody"], "other": numbers["Dan"]})
    assert not sees_({"customer": numbers["Dan"], "other": numbers["Ann"]})
    assert sees_({"page": numbers["Ann"], "customer": "all", "unknown": 1})
    assert sees_({"deal": 10**6, "customer": 10**6})
    assert as_(scene, "Ann", lambda turn: sees_all_of(turn, {"customer": numbers["Bob"]}))


def _said(words: Text | None) -> str:
    return plain(words.resolve(Words("en", "UTC", NOON))) if words else ""


def test_who_does_not_see_all_is_told_so_and_whom_to_ask(scene: Scene) -> None:
    assert _said(as_(scene, "Dan", hint)) == "You see the customers of their team here. Ann can look further."
    assert _said(as_(scene, "Max", hint)) == "You see only their own customers here. Ann can look further."
    assert as_(scene, "Ann", hint) is None
    assert as_(scene, "Dan", who_to_ask) == "Ann"
    assert _said(as_(scene, "Dan", not_yours)) == "You may not see this customer any more. Ask Ann."


def test_owners_see_all_whatever_was_set(scene: Scene) -> None:
    def act(turn: Turn) -> str:
        set_settings(turn.work, turn.workspace, sight={"owner": "own"})
        found = level_of(turn, "owner")
        set_settings(turn.work, turn.workspace, sight={"rep": "team", "manager": "own"})
        return found

    assert as_(scene, "Ann", act) == "all"


# buttons


def test_a_button_fits_only_the_chat_it_was_made_for() -> None:
    signed = sign("secret", HERE, "done:7")
    assert unsigned("secret", HERE, signed) == "done:7"
    assert unsigned("secret", Address("memory", "staff", "Bob", "thread"), signed) == "done:7"
    assert len(signed) <= len("done:7") + 12
    wrong = [
        unsigned("another", HERE, signed),
        unsigned("secret", Address("memory", "staff", "Ann"), signed),
        unsigned("secret", Address("memory", "shop", "Bob"), signed),
        unsigned("secret", HERE, signed.replace("7", "8", 1)),
        unsigned("secret", HERE, signed[:-1]),
        unsigned("secret", HERE, "done:7"),
        unsigned("secret", HERE, "done:7~"),
        unsigned("secret", HERE, ""),
    ]
    assert wrong == [None] * 8


def test_a_press_with_the_sign_of_signatures_in_it_comes_back_whole() -> None:
    assert unsigned("s", HERE, sign("s", HERE, "tag:a~b")) == "tag:a~b"
    assert unsigned("s", HERE, sign("s", HERE, "")) == ""
    assert unsigned("s", HERE, sign("s", HERE, "客户:1")) == "客户:1"


@pytest.mark.parametrize("forged", ["客户:1~AAAAAAAAAA", "done:7~é", "done:7~\ud83d", "\ud83d~x"])
def test_a_forged_button_in_any_script_is_an_old_button_and_no_mistake_of_ours(scene: Scene, forged: str) -> None:
    assert unsigned("s", HERE, forged) is None
    answer = scene.does("staff", "Bob", Pressed(forged, "1"))
    assert answer is not None
    assert "older version" in answer.toast


def _route(act: Callable[..., Any]) -> Route:
    from flows.router import _parameters

    return Route("x", act, EDITORS, parameters=_parameters(act))


def test_what_a_button_says_has_to_fit_its_handler() -> None:
    def act(turn: Turn, id: int, name: str, more: int | None = None) -> None: ...

    act.__annotations__ = {"turn": Turn, "id": int, "name": str, "more": int | None, "return": type(None)}
    route = _route(act)
    assert [(p.name, p.kind, p.optional) for p in route.parameters] == [
        *(("id", int, False), ("name", str, False), ("more", int, True))
    ]
    assert arguments(route, ["7", "x"]) == {"id": 7, "name": "x"}
    assert arguments(route, ["-7", "9", "3"]) == {"id": -7, "name": "9", "more": 3}
    for odd in ([], ["7"], ["7", "x", "3", "4"], ["x", "x"], ["7", "x", "y"], ["--7", "x"], ["", "x"]):
        assert arguments(route, odd) is None


def test_a_list_stays_a_list() -> None:
    def act(turn: Turn, names: list[str]) -> None: ...

    act.__annotations__ = {"turn": Turn, "names": list[str], "return": type(None)}
    assert [p.kind for p in _route(act).parameters] == [list[str]]


def test_every_handler_is_found_under_its_name_by_roles_that_there_are() -> None:
    for table in (COMMANDS, PRESSES, DIALOGS, ANSWERS):
        for name, route in table.items():
            assert (route.name, callable(route.act)) == (name, True)
            assert frozenset() < route.for_ <= EVERYONE | STRANGERS, name
    assert {route.name for route in COMMANDS.values() if not isinstance(route.help, Text) or not route.help} == set()
    found = by_words("who is Acme")
    assert found is not None
    assert (found[0].name, found[1], found[0].usage) == ("who", "Acme", "/who customer")


def test_nothing_is_heard_twice() -> None:
    for register in (command("who", help=Text(("x",))), press("undo"), dialog("survey"), answered("survey")):
        with pytest.raises(RouteError):
            register(lambda turn: None)


# roles


def test_each_group_of_roles_is_what_it_says() -> None:
    assert [sorted(group) for group in (OWNERS, MANAGERS, EDITORS, MEMBERS, CUSTOMERS, STRANGERS)] == [
        ["owner"],
        ["manager", "owner"],
        ["manager", "owner", "rep"],
        ["manager", "owner", "rep", "viewer"],
        ["customer"],
        ["stranger"],
    ]
    assert EVERYONE == MEMBERS | CUSTOMERS


def _refused(turn: Turn, route: Route | None) -> str:
    reply = refusal(turn, route)
    return _said(reply.text) if reply else ""  # type: ignore[arg-type]


def test_who_may_not_hears_why_and_whom_to_ask(scene: Scene) -> None:
    managers = Route("settings", lambda turn: None, MANAGERS)
    assert as_(scene, "Max", lambda turn: _refused(turn, managers)) == ""
    assert as_(scene, "Bob", lambda turn: _refused(turn, managers)) == (
        "Your role here is rep, and this is for owner, manager.\nAsk Ann, Max."
    )
    assert as_(scene, "Bob", lambda turn: _refused(turn, None)) == ""
    nobody = Route("page", lambda turn: None, CUSTOMERS)
    assert as_(scene, "Ann", lambda turn: _refused(turn, nobody)) == (
        "Your role here is owner, and this is for customers."
    )


def test_at_most_three_are_named(scene: Scene) -> None:
    reps = Route("x", lambda turn: None, frozenset({"rep", "owner"}))
    assert as_(scene, "Max", lambda turn: _refused(turn, reps)).endswith("Ask Ann, Bob, Cem.")


def test_strangers_and_customers_reach_what_is_theirs_and_hear_nothing_else(scene: Scene) -> None:
    ours, theirs = Route("x", lambda turn: None, MEMBERS), Route("x", lambda turn: None, CUSTOMERS | STRANGERS)

    def act(turn: Turn) -> list[tuple[str, str, str, str]]:
        found = []
        for side, former in (("member", False), ("customer", False), ("customer", True)):
            assert turn.conversation is not None
            turn.conversation = Conversation.loaded({**turn.conversation.__dict__, "side": side})
            turn.former = former
            found.append((role_of(turn), _refused(turn, ours), _refused(turn, None), _refused(turn, theirs)))
        return found

    door = "I don't know you yet: if you have an invitation, open its link or send me its code."
    assert as_(scene, "", act) == [
        ("stranger", door, door, ""),
        ("customer", "That is not available here. Write it without the “/”, and a person reads it.", "", ""),
        ("stranger", door, door, ""),
    ]


def test_in_a_room_with_somebody_from_outside_only_what_shows_nothing_is_heard(scene: Scene) -> None:
    def act(turn: Turn) -> list[str]:
        assert turn.conversation is not None
        turn.conversation = Conversation.loaded({**turn.conversation.__dict__, "outsider": True})
        routes = [None, *(Route(name, lambda turn: None, MEMBERS) for name in ("who", "alerts", "language", "speak"))]
        return [_refused(turn, route) for route in routes]

    outside = "Somebody from outside is in this room, so please ask me in our private chat."
    assert as_(scene, "Ann", act, place="room") == [outside, outside, "", "", ""]
    assert as_(scene, "Ann", lambda turn: _refused(turn, None), place="room") == ""
    assert as_(scene, "Ann", act, place="private") == [""] * 5


# keys


def test_a_key_never_does_more_than_its_maker(scene: Scene) -> None:
    order = ("viewer", "rep", "manager", "owner")

    def makes(name: str) -> list[str]:
        def act(turn: Turn) -> list[str]:
            made = []
            for role in order:
                try:
                    made.append(make_key(turn, f"{name} {role}", role)[0].role)
                except BadInput:
                    continue
            return made

        return as_(scene, name, act)  # type: ignore[no-any-return]

    assert (makes("Ann"), makes("Max"), makes("Bob")) == ([*order], [*order[:3]], [*order[:2]])


def test_a_key_opens_as_long_as_it_and_its_maker_may(scene: Scene) -> None:
    row, token = as_(scene, "Max", lambda turn: make_key(turn, "shop", "manager"))
    found = scene.write(lambda work: caller(work, token))
    assert (found.key.id, found.member.name, found.firm.id, found.writes) == (row.id, "Max", 1, True)
    assert (token.startswith("rk_"), token.endswith(row.tail), token in row.digest) == (True, True, False)
    assert [scene.write(lambda work, t=t: caller(work, t)) for t in ("", "rk_", token[3:], token + "x")] == [None] * 4
    for change, opens in (({"role": "rep"}, False), ({"role": "owner"}, True), ({"state": "removed"}, False)):
        scene.write(lambda work, change=change: work.change(_member(work, "Max"), **change))
        assert bool(scene.write(lambda work: caller(work, token))) is opens, change
    scene.write(lambda work: work.change(_member(work, "Max"), state="active", role="manager"))
    assert as_(scene, "Ann", lambda turn: revoke(turn, row.id)).state == "revoked"
    assert scene.write(lambda work: caller(work, token)) is None
    assert as_(scene, "Ann", lambda turn: (revoke(turn, row.id), revoke(turn, 10**6))) == (None, None)


def _why_not(scene: Scene, who: str, name: str, role: str) -> str:
    with pytest.raises(BadInput) as refused:
        as_(scene, who, lambda turn: make_key(turn, name, role))
    return _said(refused.value.text)


@pytest.mark.parametrize("name", ["", "x" * 41, " x", "a;b"])
def test_a_key_needs_a_name(scene: Scene, name: str) -> None:
    why = "A key's name is letters and digits, up to 40. Example: /apikey webshop rep"
    assert _why_not(scene, "Ann", name, "rep") == why


def test_a_key_has_a_role_that_there_is_and_that_its_maker_has(scene: Scene) -> None:
    assert _why_not(scene, "Ann", "x", "king") == "A role is one of: viewer, rep, manager, owner."
    assert _why_not(scene, "Bob", "x", "owner") == "A key may not do more than you: you are rep."


def test_there_are_twenty_keys_at_most(scene: Scene) -> None:
    def fill(turn: Turn) -> int:
        while len(keys(turn)) < MOST:
            make_key(turn, "one more", "viewer")
        return len(keys(turn))

    assert as_(scene, "Ann", fill) == 20
    why = "There are 20 keys already. Revoke one first: /apikey"
    assert _why_not(scene, "Ann", "too many", "viewer") == why
    assert len(scene.find(ApiKey, state="active")) == 20
    _revoke_all(scene)


def _revoke_all(scene: Scene) -> None:
    scene.write(lambda work: [work.change(row, state="revoked") for row in work.find(ApiKey, state="active")])


def test_the_record_says_who_made_and_who_revoked_which_key(scene: Scene) -> None:
    row, _token = as_(scene, "Max", lambda turn: make_key(turn, "recorded", "rep"))
    as_(scene, "Ann", lambda turn: revoke(turn, row.id))
    said = [(line.actor, line.action) for line in scene.find(Audit, subject=f"key:{row.id}")]
    assert said == [("member:2", "api key made"), ("member:1", "api key revoked")]
